"""What tests say of groups that lead: one that asked the county and was agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.clusters.formed import NOW
from tests.interest.said import FRIENDS, sent
from waywarden.county.councils.models import Body
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import leading
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.interest import answering
from waywarden.devolution.interest.answering import Decided
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.subjects import Actor

LETTER = "Its letter of 20 January"


def green_hands() -> Body:
    """Give a company that has an office of its own here."""
    found, _ = Body.objects.get_or_create(
        key="green-hands", kind="cic", name="Green Hands CIC", starts_on=date(2020, 1, 1)
    )
    return found


def asked(cast: Cast, *, outcome: str = "agreed", **facts: Any) -> Expression:
    """Let the friends of the recreation ground ask, and let the county decide."""
    of = sent(cast, now=NOW, **facts)
    deferred = {"deferred_until": date(2027, 6, 1)} if outcome == "deferred" else {}
    said = Decided(outcome=outcome, reasons="It is a good plan", **deferred)
    answering.decide(of=of, decided=said, by=FRIENDS, now=NOW)
    of.refresh_from_db()
    return of


def company(cast: Cast, **facts: Any) -> Expression:
    """Let the company ask from its own office, and let the county agree."""
    asker = {"kind": "company", "who": "Green Hands CIC", "company_number": "12345678"}
    return asked(cast, body=green_hands(), asker=asker, **facts)


def led(cluster: Cluster, of: Expression, *, by: Actor, service: bool = False) -> bool:
    """Let it take the lead of a cluster, or of its first service."""
    role = queries.roles_of(cluster)[1 if service else 0]
    return leading.choose(role=role, of=of, shows=LETTER, by=by, now=NOW)
