"""What one alone may win: an invitation, an office, a recovery, a letter, a whole site."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from soak import people
from soak.browsers import Answer
from soak.emptying import empty
from soak.races import Contest
from soak.sites import Site
from soak.together import Press
from waywarden.county.councils.models import Body
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office, Person
from waywarden.county.recovery.models import Recovery
from waywarden.county.signing_in import first_run
from waywarden.county.signing_in.models import FirstRun
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.forms.models import Bucket
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import How, Notice

A_YEAR = timedelta(days=300)


class Accepting(Contest):
    """Several follow the link of one invitation; it was forwarded."""

    name = "accepting"
    told = ("was accepted already",)

    def ready(self, number: int, rivals: int) -> list[Press]:
        now, today = timezone.now(), localdate()
        Invitation.objects.create(
            body=people.cast().wychbourne_council,
            kind="operative",
            portfolio=f"race {number}",
            starts_on=today,
            ends_on=today + A_YEAR,
            address=f"rival{number}@example.org",
            token_hash=hash_of(f"key-{number}"),
            sent_at=now,
            expires_at=now + A_YEAR,
            sent_by=people.acting_office(people.cast().bron),
        )
        return [
            Press("", f"/invitations/key-{number}/", {"shown_as": f"Rival {number} {rival}"})
            for rival in range(rivals)
        ]

    def winners(self, number: int) -> int:
        return Office.objects.filter(portfolio=f"race {number}").count()


class HandingOver(Contest):
    """The clerk, in several tabs, names another successor in each."""

    name = "handing-over"
    told = ("A successor was named", "Somebody sent the same invitation this moment")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.bron = people.cast().bron
        self.holder = people.newcomer("Wynn", "operative")
        self.sessions: list[str] = []
        self.offices: dict[int, int] = {}

    def ready(self, number: int, rivals: int) -> list[Press]:
        self.sessions = self.sessions or [people.session_of(self.bron) for _ in range(rivals)]
        office = people.give(self.holder, "operative", f"hand {number}")
        self.offices[number] = office.pk
        today, acting = localdate(), people.office_of(self.bron)
        days = {"starts_on": str(today + timedelta(days=1)), "ends_on": str(today + A_YEAR)}
        return [
            Press(
                session,
                f"/bodies/wychbourne-council/people/{office.pk}/hand-over/",
                days
                | {
                    "acting_in": acting,
                    "once": people.key(),
                    "address": f"successor{number}x{rival}@example.org",
                    "leaves": "before",
                },
            )
            for rival, session in enumerate(self.sessions)
        ]

    def winners(self, number: int) -> int:
        return Invitation.objects.filter(in_place_of=self.offices[number]).count()


class Agreeing(Contest):
    """The county and the district both agree to a recovery, each in two tabs."""

    name = "agreeing"
    told = ("This proposal is no longer open", "Somebody else agreed to this")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.proposer = people.operator("Opal")
        ada, dee = people.cast().ada, people.district_officer("Dee")
        self.rivals = [(people.session_of(who), people.office_of(who)) for who in (ada, dee) * 2]
        self.bodies: dict[int, Body] = {}

    def ready(self, number: int, rivals: int) -> list[Press]:
        body = Body.objects.create(key=f"lost-{number}", kind="parish", name=f"Lost {number}")
        self.bodies[number] = body
        recovery = Recovery.objects.create(
            body=body,
            address=f"new{number}@example.org",
            kind="clerk",
            ends_on=localdate() + A_YEAR,
            reason="Nobody has answered for a month",
            proposed_by=self.proposer,
            proposed_at=timezone.now(),
        )
        where = f"/bodies/{body.key}/recovery/{recovery.pk}/agree/"
        return [
            Press(session, where, {"acting_in": office}) for session, office in self.rivals[:rivals]
        ]

    def winners(self, number: int) -> int:
        return Invitation.objects.filter(body=self.bodies[number]).count()

    def is_won(self, answer: Answer) -> bool:
        return "You agreed." in answer.body


class PuttingBack(Contest):
    """The operator, in several tabs, has a letter tried again that was set aside."""

    name = "putting-back"
    told = ("That letter is not set aside any more. Nothing was changed.",)

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        opal = people.operator("Opal")
        self.sessions = [people.session_of(opal) for _ in range(4)]
        self.letters: dict[int, Notice] = {}

    def ready(self, number: int, rivals: int) -> list[Press]:
        now = timezone.now()
        self.letters[number] = letter = Notice.objects.create(
            message_id=f"<soak-{number}@example.org>",
            to_key=f"soak-{number}",
            to_email=f"soak{number}@example.org",
            topic="offices",
            how=How.NOW,
            subject="Soaked",
            text="Soaked",
            told_on=localdate(now),
            due_at=now,
            status=Notice.Status.QUARANTINED,
            tries=5,
        )
        where = f"/notices/log/{letter.pk}/again/"
        return [Press(session, where, {}) for session in self.sessions[:rivals]]

    def winners(self, number: int) -> int:
        return Entry.objects.about("notice", str(self.letters[number].pk)).count()

    def is_won(self, answer: Answer) -> bool:
        return "The letter will be tried again within a minute." in answer.body


class FirstOfficer(Contest):
    """Strangers who all have the set-up code of an empty site, each with an address of their own.

    It takes everybody out of the site it is tried on.
    """

    name = "first-officer"
    told = ("This site has its first officer already.",)

    def ready(self, number: int, rivals: int) -> list[Press]:
        empty(Person, FirstRun, Bucket)
        fields = {
            "code": first_run.new_code(settings.INSTANCE),
            "body": str(people.cast().county_council.pk),
            "kind": "partnerships-officer",
            "ends_on": str(localdate() + A_YEAR),
        }
        return [
            Press("", "/first-run/", fields | {"shown_as": "Stranger", "email": address})
            for address in (f"{number}.{rival}@example.org" for rival in range(rivals))
        ]

    def winners(self, number: int) -> int:
        return max(Person.objects.count(), Office.objects.count())

    def is_won(self, answer: Answer) -> bool:
        return answer.location.startswith("/account/")
