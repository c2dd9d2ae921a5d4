"""What tests say of expressions of interest: one that is whole, and how it is typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.offers.asked import open_today, send
from waywarden.devolution.interest import actions
from waywarden.devolution.interest.actions import Asker, Means, Wish
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.offers.models import Round
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.notices.models import Notice

FRIENDS = Actor("expression-0", "Whoever has the link to an expression of interest")
CRITERIA = "- Local people do the work\n- It is safe\n"
#: The pages of the form, as they are typed.
WHO = {"kind": "group", "who": "Friends of the Rec"}
REACHED = {"contact_name": "Flo Hart", "contact_email": "flo@friends.example"}
WHAT = {"services": ["DPS01"], "places": "coldbrook", "what": "Mow the green twice a month"}
HOW = {"by_whom": "Six of us", "host_kind": "parish", "host": "Coldbrook Parish Council"}
CHALLENGED = {
    "relevant_body": "voluntary",
    "part": "part",
    "outcomes": "A green that is used",
    "finances": "Two mowers",
    "capability": "Two of us are trained",
    "period": "none",
}


def a_round(cast: Cast) -> Round:
    """Let the county open an offer with two criteria."""
    return open_today(cast, criteria=CRITERIA)


def begun(cast: Cast, **facts: Any) -> Expression:
    """Let the friends of the recreation ground begin to ask."""
    given = {"asked_of": cast.county_council, "by": FRIENDS, "now": timezone.now()}
    asker = Asker(**WHO | REACHED | facts.pop("asker", {}))
    return actions.begin(asker=asker, **given | facts).expression


def written(cast: Cast, *, is_challenge: bool = False, **facts: Any) -> Expression:
    """Let them write all three pages."""
    of = begun(cast, **facts)
    wish = Wish(
        services=[cast.service("DPS01")],
        places=[cast.coldbrook],
        what="Mow the green twice a month",
        round=of.round,
    )
    actions.say_what(of=of, version=of.version, wish=wish, by=FRIENDS)
    means = Means(by_whom="Six of us", is_challenge=is_challenge)
    actions.say_how(of=of, version=of.version, means=means, by=FRIENDS)
    if is_challenge:
        said = {name: value for name, value in CHALLENGED.items() if name != "part"}
        challenged = actions.Challenged(is_whole=False, **said)
        actions.challenge(of=of, version=of.version, said=challenged, by=FRIENDS)
    return of


def sent(cast: Cast, *, now: datetime | None = None, **facts: Any) -> Expression:
    """Let them send it."""
    of = written(cast, **facts)
    actions.send(of=of, by=FRIENDS, now=now or timezone.now())
    return of


def ask(browser: Client, **typed: Any) -> str:
    """Fill in the first page without an account; give the address of the expression."""
    answer = send(browser, "/interest/ask/", **WHO | typed)
    assert answer.status_code == 200, answer.content.decode()
    return answer.redirect_chain[-1][0].removesuffix("what/")


def page(browser: Client, where: str, **typed: Any) -> Any:
    """Fill in one of the next pages, on top of what stands there."""
    of = Expression.objects.get(pk=int(where.strip("/").split("/")[1]))
    return send(browser, where, version=of.version, **typed)


def last_letter() -> Notice:
    """Give the letter that was written last."""
    found = Notice.objects.order_by("pk").last()
    assert found
    return found
