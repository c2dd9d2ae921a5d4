"""More forms that make something, each filled in as often as there are numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from soak import people
from soak.filling import DESK, Listing
from soak.together import Press
from waywarden.county.councils.models import Body
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.offices.models import Invitation
from waywarden.county.papers.models import Paper
from waywarden.county.people.models import Office
from waywarden.county.recovery.models import Recovery
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.imports import queries as imports
from waywarden.fabric.imports.actions import Sent, receive
from waywarden.fabric.imports.kinds import Occasion, kinds
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import FeedToken

DAY = timedelta(days=1)
A_YEAR = 300 * DAY


@dataclass(frozen=True)
class Who:
    """Who asks, without a request."""

    acting: Office
    by: Actor


class Otherwise(Listing):
    """A form to which something is added when it is sent otherwise."""

    def other(self, press: Press) -> Press:
        return replace(press, fields=press.fields | {"reason": "Something else"})


class Deciding(Otherwise):
    """Bron takes in a table of contacts."""

    name = "imports:decide"

    def press(self, number: int) -> Press:
        office, kind = people.acting_office(people.cast().bron), kinds()["contacts"]
        content = f"kind,value\nTelephone,01867 {number:09}\n".encode()
        sent = Sent("soak.csv", content, imports.sheet_of(content, kind))
        upload = receive(kind=kind, sent=sent, by=office.actor, body_key=office.body.key)
        occasion = Occasion(Who(office, office.actor), timezone.now(), localdate())
        seen = imports.reading_of(upload, kind, occasion).digest
        self.before = self._lines()
        fields = {"acting_in": self.acting, "decision": "good", "seen": seen}
        return Press(self.session, f"/imports/contacts/{upload.pk}/decide/", fields)

    def made(self, number: int) -> int:
        return self._lines() - self.before

    def _lines(self) -> int:
        return Entry.objects.filter(did="recorded contacts").count()


class Inviting(Otherwise):
    """Bron invites somebody; what was sent before was sent the day before yesterday."""

    name = "offices:invite"
    path = f"{DESK}/people/invite/"

    def press(self, number: int) -> Press:
        Invitation.objects.update(sent_at=timezone.now() - 2 * DAY)
        return Press(self.session, self.path, self.offer(number) | {"kind": "operative"})

    def offer(self, number: int) -> dict[str, str]:
        """Give whom an office is offered, and from when until when."""
        days = {"starts_on": str(localdate() + DAY), "ends_on": str(localdate() + A_YEAR)}
        return days | {"acting_in": self.acting, "address": self._address(number)}

    def made(self, number: int) -> int:
        return Invitation.objects.filter(address=self._address(number)).count()

    def _address(self, number: int) -> str:
        return f"{type(self).__name__.lower()}{number}@example.org"


class NamingSuccessor(Inviting):
    """Bron hands over an office."""

    name = "offices:hand-over"

    def __init__(self) -> None:
        super().__init__()
        self.holder = people.newcomer("Wynn", "operative")

    def press(self, number: int) -> Press:
        office = people.give(self.holder, "operative", f"handed {number}")
        where = f"{DESK}/people/{office.pk}/hand-over/"
        return Press(self.session, where, self.offer(number) | {"leaves": "before"})


class Proposing(Otherwise):
    """Ada proposes to let somebody into a body where nobody is left."""

    name = "recovery:propose"

    def __init__(self) -> None:
        ada = people.cast().ada
        self.session, self.acting = people.session_of(ada), people.office_of(ada)

    def press(self, number: int) -> Press:
        body = Body.objects.create(key=f"left-{number}", kind="parish", name=f"Left {number}")
        fields = {
            "acting_in": self.acting,
            "address": f"left{number}@example.org",
            "kind": "clerk",
            "ends_on": str(localdate() + A_YEAR),
            "reason": "Nobody has answered for a month",
        }
        return Press(self.session, f"/bodies/{body.key}/recovery/propose/", fields)

    def made(self, number: int) -> int:
        return Recovery.objects.filter(body__key=f"left-{number}").count()


class LookingIn(Otherwise):
    """Opal, the operator, looks into Wychbourne."""

    name = "looking_in:look-in"

    def __init__(self) -> None:
        self.session = people.session_of(people.operator("Opal"))

    def press(self, number: int) -> Press:
        fields = {"acting_in": "", "reason": f"Asked by the clerk, {number}", "hours": "1"}
        return Press(self.session, f"{DESK}/look-in/", fields)

    def made(self, number: int) -> int:
        return OperatorAccess.objects.filter(reason=f"Asked by the clerk, {number}").count()


class AddingPaper(Otherwise):
    """Bron adds a paper."""

    name = "papers:add"

    def press(self, number: int) -> Press:
        fields = {"acting_in": self.acting, "title": f"Paper {number}", "kind": "other"}
        file = {"file": f"Paper number {number}\n".encode()}
        return Press(self.session, f"{DESK}/papers/add/", fields, file)

    def other(self, press: Press) -> Press:
        return replace(press, files={"file": b"Something else\n"})

    def made(self, number: int) -> int:
        return Paper.objects.filter(title=f"Paper {number}").count()


class Following(Otherwise):
    """Bron makes a calendar of the office."""

    name = "notices:feeds"

    def press(self, number: int) -> Press:
        self.before = FeedToken.objects.count()
        followed = people.acting_office(people.cast().bron).subject.key
        return Press(self.session, "/account/calendars/", {"followed": followed})

    def made(self, number: int) -> int:
        return FeedToken.objects.count() - self.before
