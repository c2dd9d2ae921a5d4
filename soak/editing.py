"""The product's forms that change a row as it was seen, filled in by several at once."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate

from soak import people
from soak.filling import DESK, phone
from soak.together import Press
from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Contact
from waywarden.county.people.models import Office
from waywarden.county.services import queries


class ChangingContact:
    """Several tabs change one telephone number of Wychbourne."""

    name = "desk:contact"

    def __init__(self) -> None:
        bron = people.cast().bron
        self.sessions = [people.session_of(bron) for _ in range(4)]
        self.acting = people.office_of(bron)
        self.rows: dict[int, Contact] = {}

    def opened(self, number: int, editors: int) -> list[Press]:
        said = {"by": people.cast().by, "today": localdate()}
        body = people.cast().wychbourne_council
        row = councils.add_contact(body=body, kind="phone", value=phone(number), **said)
        self.rows[number] = row
        kept = {"acting_in": self.acting, "version": str(row.version), "kind": "phone"}
        where = f"{DESK}/contacts/{row.pk}/"
        return [
            Press(session, where, kept | {"value": phone(number * 10 + editor + 10**8)})
            for editor, session in enumerate(self.sessions[:editors])
        ]

    def typed(self, press: Press) -> str:
        return press.fields["value"]

    def stands(self, number: int) -> str:
        self.rows[number].refresh_from_db()
        return self.rows[number].value


class Extending(ChangingContact):
    """Several tabs extend one office, each until another day."""

    name = "offices:extend"

    def __init__(self) -> None:
        super().__init__()
        self.holder = people.newcomer("Wilf", "operative")
        self.offices: dict[int, Office] = {}

    def opened(self, number: int, editors: int) -> list[Press]:
        office = people.give(self.holder, "operative", f"extended {number}")
        self.offices[number] = office
        kept = {"acting_in": self.acting, "version": str(office.version)}
        where = f"{DESK}/people/{office.pk}/extend/"
        later = [localdate() + timedelta(days=310 + editor) for editor in range(editors)]
        return [
            Press(session, where, kept | {"until": str(day)})
            for day, session in zip(later, self.sessions, strict=False)
        ]

    def typed(self, press: Press) -> str:
        return press.fields["until"]

    def stands(self, number: int) -> str:
        self.offices[number].refresh_from_db()
        return str(self.offices[number].ends_on)


class Ending(Extending):
    """Several tabs end one office, each on another day."""

    name = "offices:end"

    def opened(self, number: int, editors: int) -> list[Press]:
        office = people.give(self.holder, "operative", f"ended {number}")
        self.offices[number] = office
        kept = {"acting_in": self.acting, "version": str(office.version), "when": "on"}
        days = [str(localdate() + timedelta(days=10 + editor)) for editor in range(editors)]
        return [
            Press(session, f"{DESK}/people/{office.pk}/end/", kept | {"on": day})
            for day, session in zip(days, self.sessions, strict=False)
        ]

    def typed(self, press: Press) -> str:
        return press.fields["on"]


class Correcting(ChangingContact):
    """Several tabs put one figure of Wychbourne right, each with another amount."""

    name = "quantities:quantity"

    def opened(self, number: int, editors: int) -> list[Press]:
        self.place, self.service = people.cast().wychbourne, people.cast().service("DPS01")
        held = queries.current_quantity(self.place, self.service)
        kept = {
            "acting_in": self.acting,
            "version": str(held.pk if held else 0),
            "what": "new",
            "source": f"Counted, {number}",
            "stated_on": str(localdate()),
        }
        where = f"/places/{self.place.key}/quantities/{self.service.slug}/"
        return [
            Press(session, where, kept | {"amount": str(number * 10 + editor + 1)})
            for editor, session in enumerate(self.sessions[:editors])
        ]

    def typed(self, press: Press) -> str:
        return press.fields["amount"]

    def stands(self, number: int) -> str:
        held = queries.current_quantity(self.place, self.service)
        return str(held.amount_milli // 1000) if held else ""
