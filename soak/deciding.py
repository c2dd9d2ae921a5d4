"""The forms about decisions, filled in: recorded, planned, added to, put right."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from soak import people
from soak.editing import ChangingContact
from soak.filling import DESK
from soak.making import Otherwise
from soak.together import Press
from waywarden.county.decisions.models import Decision, Interest, Option

MINUTE = {"kind": "minute", "outcome": "agreed"}


class Recording(Otherwise):
    """Bron records a minute of Wychbourne."""

    name = "decisions:record"

    def press(self, number: int) -> Press:
        day = {"acting_in": self.acting, "stated_on": str(localdate())}
        said = {"title": "To mow", "reference": f"soak {number}"}
        return Press(self.session, f"{DESK}/decisions/record/", MINUTE | day | said)

    def other(self, press: Press) -> Press:
        return Press(press.session, press.path, press.fields | {"title": "Something else"})

    def made(self, number: int) -> int:
        return Decision.objects.filter(reference=f"soak {number}").count()


class Planning(Recording):
    """Bron plans what the next meeting resolves."""

    name = "decisions:plan"

    def press(self, number: int) -> Press:
        day = {"acting_in": self.acting, "due_on": str(localdate() + timedelta(days=9))}
        said = {"kind": "minute", "title": f"To mow, {number}"}
        return Press(self.session, f"{DESK}/decisions/plan/", day | said)

    def made(self, number: int) -> int:
        return Decision.objects.filter(title=f"To mow, {number}").count()


def planned() -> Decision:
    """Give what Wychbourne plans to decide."""
    body = people.cast().wychbourne_council
    given = {"kind": "minute", "status": "planned", "title": "To add to"}
    return Decision.objects.get_or_create(body=body, **given)[0]


class AddingOption(Recording):
    """Bron adds what could be decided instead."""

    name = "decisions:add-option"

    def press(self, number: int) -> Press:
        said = {"acting_in": self.acting, "title": f"Option {number}", "says": "So be it"}
        return Press(self.session, f"{DESK}/decisions/{planned().pk}/options/add/", said)

    def made(self, number: int) -> int:
        return Option.objects.filter(title=f"Option {number}").count()


class Declaring(Recording):
    """Bron minutes an interest."""

    name = "decisions:declare"

    def press(self, number: int) -> Press:
        said = {"acting_in": self.acting, "member": f"Member {number}", "nature": "other"}
        where = f"{DESK}/decisions/{planned().pk}/interests/declare/"
        return Press(self.session, where, said | {"effect": "stayed"})

    def other(self, press: Press) -> Press:
        return Press(press.session, press.path, press.fields | {"member": "Somebody else"})

    def made(self, number: int) -> int:
        return Interest.objects.filter(member=f"Member {number}").count()


class PuttingRight(ChangingContact):
    """Several tabs put one record right, each with other conditions."""

    name = "decisions:correct"

    def __init__(self) -> None:
        super().__init__()
        self.decided: dict[int, Decision] = {}

    def opened(self, number: int, editors: int) -> list[Press]:
        today, reference = localdate(), f"edited {number}"
        when = {"stated_on": today, "received_at": now(), "reference": reference}
        body = people.cast().wychbourne_council
        row = Decision.objects.create(body=body, title="To mow", **MINUTE, **when)
        self.decided[number] = row
        kept = {"acting_in": self.acting, "version": str(row.version), "outcome": "agreed"}
        said = kept | {"reference": reference, "stated_on": str(today), "reason": "A slip"}
        return [
            Press(session, f"{DESK}/decisions/{row.pk}/correct/", said | {"conditions": words})
            for words, session in zip(_words(number, editors), self.sessions, strict=False)
        ]

    def typed(self, press: Press) -> str:
        return press.fields["conditions"]

    def stands(self, number: int) -> str:
        self.decided[number].refresh_from_db()
        return self.decided[number].conditions


def _words(number: int, editors: int) -> list[str]:
    return [f"In weather {number * 10 + editor}" for editor in range(editors)]
