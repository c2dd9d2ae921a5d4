"""The product's forms that make something, filled in."""

from __future__ import annotations

from dataclasses import replace

from soak import people
from soak.acts import Appointing
from soak.together import Press
from waywarden.county.councils.models import Contact
from waywarden.county.people.models import Office
from waywarden.fabric.imports.models import Upload

DESK = "/bodies/wychbourne-council"


def phone(number: int) -> str:
    """Give a telephone number of our own."""
    return f"01865 {number:09}"


class Listing:
    """Bron lists a telephone number of Wychbourne."""

    name = "desk:add-contact"

    def __init__(self) -> None:
        bron = people.cast().bron
        self.session, self.acting = people.session_of(bron), people.office_of(bron)

    def press(self, number: int) -> Press:
        fields = {"acting_in": self.acting, "kind": "phone", "value": phone(number)}
        return Press(self.session, f"{DESK}/contacts/add/", fields)

    def other(self, press: Press) -> Press:
        return replace(press, fields=press.fields | {"value": "01865 999999"})

    def made(self, number: int) -> int:
        return Contact.objects.filter(value=phone(number)).count()


class GivingOffice(Listing):
    """Ada gives somebody an office of the county."""

    name = "offices:appoint"

    def __init__(self) -> None:
        self.act = Appointing()
        self.session = people.session_of(people.cast().ada)

    def press(self, number: int) -> Press:
        return Press(self.session, self.act.path(number), self.act.fields(number))

    def other(self, press: Press) -> Press:
        return replace(press, fields=press.fields | {"portfolio": "something else"})

    def made(self, number: int) -> int:
        return Office.objects.filter(portfolio=f"soak {number}").count()


class SendingTable(Listing):
    """Bron pastes a table of contacts."""

    name = "imports:send"

    def press(self, number: int) -> Press:
        cells = f"kind,value\nTelephone,{phone(number)}\n"
        return Press(self.session, "/imports/contacts/", {"acting_in": self.acting, "cells": cells})

    def other(self, press: Press) -> Press:
        return replace(press, fields=press.fields | {"cells": "kind,value\nE-mail,a@example.org\n"})

    def made(self, number: int) -> int:
        return Upload.objects.filter(table__icontains=phone(number)).count()
