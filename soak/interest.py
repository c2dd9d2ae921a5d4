"""The forms about expressions of interest, filled in: begun, put right, noted on."""

from __future__ import annotations

from django.utils import timezone
from django.utils.timezone import localdate

from soak import people
from soak.editing import ChangingContact
from soak.filling import Listing
from soak.together import Press
from waywarden.devolution.interest.models import Expression, Note


class Asking(Listing):
    """Bron asks to run a service for Wychbourne."""

    name = "interest:ask"

    def press(self, number: int) -> Press:
        said = {"acting_in": self.acting, "kind": "council", "who": f"Wychbourne {number}"}
        return Press(self.session, "/interest/ask/", said)

    def other(self, press: Press) -> Press:
        return Press(press.session, press.path, press.fields | {"who": "Somebody else"})

    def made(self, number: int) -> int:
        return Expression.objects.filter(who=f"Wychbourne {number}").count()


def asked(who: str, **facts: object) -> Expression:
    """Give what Wychbourne asks of the county."""
    cast, now = people.cast(), timezone.now()
    given = {"asked_of": cast.county_council, "body": cast.wychbourne_council, "kind": "council"}
    found = Expression.objects.filter(who=who).first()
    return found or Expression.objects.create(who=who, begun_at=now, **given, **facts)


class Noting(Listing):
    """Ada notes what was said."""

    name = "interest:note"

    def __init__(self) -> None:
        ada = people.cast().ada
        self.session, self.acting = people.session_of(ada), people.office_of(ada)
        self.of = asked("Who is talked with", status="sent", sent_at=timezone.now())

    def press(self, number: int) -> Press:
        said = {"acting_in": self.acting, "kind": "said", "on": str(localdate())}
        where = f"{self.of.get_absolute_url()}note/"
        return Press(self.session, where, said | {"says": f"They said {number}"})

    def other(self, press: Press) -> Press:
        return Press(press.session, press.path, press.fields | {"says": "Something else"})

    def made(self, number: int) -> int:
        return Note.objects.filter(says=f"They said {number}").count()


class SayingWho(ChangingContact):
    """Several tabs say who asks."""

    name = "interest:who"

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[int, Expression] = {}

    def opened(self, number: int, editors: int) -> list[Press]:
        of = self.asked[number] = asked(f"Edited {number}")
        kept = {"acting_in": self.acting, "version": str(of.version), "kind": "council"}
        where = f"{of.get_absolute_url()}who/"
        return [
            Press(session, where, kept | {"who": f"Tab {number * 10 + editor}"})
            for editor, session in enumerate(self.sessions[:editors])
        ]

    def typed(self, press: Press) -> str:
        return press.fields["who"]

    def stands(self, number: int) -> str:
        self.asked[number].refresh_from_db()
        return self.asked[number].who
