"""Tables that one alone may take in, and figures that a table and a form would both change."""

from __future__ import annotations

from django.utils.timezone import localdate

from soak import people
from soak.browsers import Answer, Browser
from soak.races import Contest
from soak.sites import Site
from soak.together import Press
from waywarden.county.councils.models import Contact
from waywarden.county.services import queries
from waywarden.county.services.models import Quantity
from waywarden.fabric.journal.models import Entry


class Taking(Contest):
    """Two officers of Wychbourne, each in two tabs, who send tables and take them in."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        bron, fay = people.cast().bron, people.newcomer("Fay", "finance-officer")
        self.rivals = [(people.session_of(who), people.office_of(who)) for who in (bron, fay) * 2]

    def sent(self, kind: str, cells: str) -> str:
        """Send a table, and give the address of its page."""
        session, acting = self.rivals[0]
        fields = {"acting_in": acting, "once": people.key(), "cells": cells}
        return Browser(self.site.port, session).send(f"/imports/{kind}/", fields).location

    def taking_in(self, where: str, rival: int) -> Press:
        """Open the page of a table, and give what takes it in."""
        session, acting = self.rivals[rival]
        shown = Browser(self.site.port, session).form(where, having="seen")
        fields = shown | {"acting_in": acting, "decision": "good"}
        return Press(session, f"{where}decide/", fields)


class Confirming(Taking):
    """Two officers, each in two tabs, take in one table."""

    name = "confirming"
    told = ("This table was decided on before.",)

    def ready(self, number: int, rivals: int) -> list[Press]:
        cells = f"kind,value\nTelephone,01865 {number:09}\nTelephone,01866 {number:09}\n"
        where = self.sent("contacts", cells)
        self.lines = self._lines()
        return [self.taking_in(where, rival) for rival in range(rivals)]

    def winners(self, number: int) -> int:
        """Count how often the rows went in; each row is there once, or something is wrong."""
        rows = Contact.objects.filter(value__endswith=f" {number:09}").count()
        return self._lines() - self.lines if rows == 2 else rows + 2

    def _lines(self) -> int:
        return Entry.objects.filter(did="recorded contacts").count()

    def is_won(self, answer: Answer) -> bool:
        return answer.status == 302 and self.told[0] not in answer.body


class Measuring(Taking):
    """Two forms and two tables would each put another figure in the place of the same one."""

    name = "measuring"
    told = (
        "while you had it open",
        "somebody changed a record",
        "was changed by somebody else meanwhile",
    )

    def ready(self, number: int, rivals: int) -> list[Press]:
        self._lay_out(number)
        presses = [self._typed(number, rival) for rival in range(rivals // 2)]
        return presses + [self._tabled(number, rival) for rival in range(rivals // 2, rivals)]

    def _lay_out(self, number: int) -> None:
        """Let there be a figure to change, or, every second time, none."""
        self.place, self.service = people.cast().wychbourne, people.cast().service("DPS01")
        held = Quantity.objects.current().filter(area=self.place, service=self.service)
        if number % 2:
            held.update(withdrawn_on=localdate())

    def _typed(self, number: int, rival: int) -> Press:
        session, acting = self.rivals[rival]
        where = f"/places/{self.place.key}/quantities/{self.service.slug}/"
        held = queries.current_quantity(self.place, self.service)
        fields = {"what": "new", "amount": str(rival + 1), "source": f"race {number}"}
        told = {"stated_on": str(localdate()), "version": str(held.pk if held else 0)}
        return Press(session, where, fields | told | {"acting_in": acting})

    def _tabled(self, number: int, rival: int) -> Press:
        heads = "place,service,amount,unit,source,date,confidence"
        said = f"race {number},{localdate()},A"
        row = f"{self.place.name},{self.service.name},{rival + 1},{self.service.unit},{said}"
        return self.taking_in(self.sent("quantities", f"{heads}\n{row}\n"), rival)

    def winners(self, number: int) -> int:
        return Quantity.objects.filter(source=f"race {number}").count()
