"""A council that would go alone: its wish, an assessment, an answer, a decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.cast import ADA, Cast
from tests.clusters.formed import NOW, TODAY, council
from waywarden.county.decisions.models import Decision
from waywarden.county.papers.models import Paper
from waywarden.devolution.clusters.actions import alone as actions
from waywarden.devolution.clusters.actions.alone import Ruling, Wish
from waywarden.devolution.clusters.factors import FACTORS
from waywarden.devolution.clusters.models import Finding, GoingAlone
from waywarden.fabric.documents import actions as documents


def asked(cast: Cast, name: str = "coldbrook", **facts: Any) -> GoingAlone:
    """Let a council ask to cut its village grass alone."""
    said = {"starts_on": date(2027, 4, 1), "says": "Our own mower and two people"} | facts
    wish = Wish(services=[cast.service("DPS01")], **said)
    return actions.ask(body=council(cast, name), wish=wish, by=ADA, now=NOW)[0]


def findings(**steps: str) -> list[Finding]:
    """Give a finding for each factor: in part, unless a step is given."""
    said = {factor.key: steps.get(factor.key.replace("-", "_"), "partly") for factor in FACTORS}
    return [
        Finding(factor=key, step=step, says=f"{step}, we read", evidence="Letter 1")
        for key, step in said.items()
    ]


def assess(of: GoingAlone, found: list[Finding] | None = None, *, now: datetime = NOW) -> bool:
    """Let the county assess it: each factor in part, unless findings are given."""
    return actions.assess(of=of, version=of.version, findings=found or findings(), by=ADA, now=now)


def assessed(cast: Cast) -> GoingAlone:
    made = asked(cast)
    assess(made)
    return made


def say(of: GoingAlone, says: str = "We have two mowers", **facts: Any) -> None:
    """Let the council answer its assessment."""
    actions.answer(of=of, **{"version": of.version, "says": says, "by": ADA, "now": NOW} | facts)


def heard(cast: Cast) -> GoingAlone:
    """Give a wish that is assessed, and whose council has answered."""
    made = assessed(cast)
    say(made)
    return made


def decide(of: GoingAlone, outcome: str = "agreed", now: datetime = NOW, **facts: Any) -> bool:
    ruling = Ruling(outcome=outcome, reasons="It lasts", **facts)
    return actions.decide(of=of, version=of.version, ruling=ruling, by=ADA, now=now)


def resolution(cast: Cast, **facts: Any) -> Decision:
    said = {"kind": "minute", "title": "To insure the mower", "status": "decided"}
    when = {"outcome": "agreed", "reference": "7", "stated_on": TODAY, "received_at": NOW}
    return Decision.objects.create(**{"body": cast.coldbrook_council} | said | when | facts)


def certificate(cast: Cast) -> Paper:
    body = cast.coldbrook_council
    given = {"content": b"%PDF-1.7 cover", "media_type": "application/pdf"}
    ready = documents.made(name="cover.pdf", **given)
    kept = {"kept_for": body.subject, "body_key": body.key, "by": ADA, "today": TODAY}
    file = documents.keep(ready=ready, **kept)
    said = {"title": "Cover of 2027", "kind": "insurance", "is_public": True}
    return Paper.objects.create(body=body, file=file, **said)
