"""A council asks to go alone; the county assesses it, and decides once the council was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import alone, alone_queries, letters
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Finding, GoingAlone
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.notices.telling import Says

Status = GoingAlone.Status
#: What of a finding is kept, besides whose it is.
SAID = ("factor", "step", "says", "evidence", "decision_id", "paper_id")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a council would do alone, from when, and how."""

    services: Sequence[Service]
    starts_on: date
    says: str


@transaction.atomic
def ask(*, body: Body, wish: Wish, by: Actor, now: datetime) -> GoingAlone:
    """Ask to deliver services for a council's own area only."""
    # Of two who ask for one council at once the second sees what the first has asked.
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    services = [service.pk for service in wish.services]
    open_ones = alone_queries.open_of(body)
    CannotCluster.if_any(alone.obstacles_to_asking(body, services, open_ones))
    given = {"starts_on": wish.starts_on, "says": wish.says}
    made = GoingAlone.objects.create(body=body, asked_at=now, **given)
    made.services.set(services)
    after = {
        "services": [service.code for service in wish.services],
        "starts_on": str(wish.starts_on),
        "says": journal.personal(wish.says, of=made.key),
    }
    journal.write(by=by, did="asked to go alone", to=made.subject, after=after)
    return made


@transaction.atomic
def assess(
    *, of: GoingAlone, version: int, findings: Sequence[Finding], by: Actor, now: datetime
) -> bool:
    """Judge a council by each published factor; return whether it could be written to."""
    if of.version != version:
        raise Overtaken
    CannotCluster.if_any(alone.obstacles_to_assessing(of, findings))
    held = [_said(each) for each in alone_queries.findings_of(of)]
    if held == [_said(each) for each in findings]:
        return False
    status = Status.ASSESSED if of.is_asked else of.status
    GoingAlone.objects.change_as_read(of, version, status=status, assessed_at=now)
    for each in findings:
        given = {name: value for name, value in _said(each).items() if name != "factor"}
        Finding.objects.update_or_create(going=of, factor=each.factor, defaults=given)
    after = {each.factor: _journalled(of, each) for each in findings}
    journal.write(by=by, did="assessed who would go alone", to=of.subject, after=after)
    today = localtime(now).date()
    return _told(of, letters.assessed(of), by=by, today=today)


def _said(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in SAID}


def _journalled(of: GoingAlone, finding: Finding) -> dict[str, Any]:
    return {
        "step": finding.step,
        "says": journal.personal(finding.says, of=of.key),
        "evidence": journal.personal(finding.evidence, of=of.key) if finding.evidence else "",
        "decision": finding.decision.key if finding.decision else "",
        "paper": finding.paper.subject.key if finding.paper else "",
    }


@transaction.atomic
def answer(*, of: GoingAlone, says: str, by: Actor, now: datetime) -> None:
    """Let the council say once what it thinks of its assessment."""
    CannotCluster.if_any(alone.obstacles_to_answering(of))
    if not GoingAlone.objects.change(of, answer=says, answered_at=now):
        raise Overtaken
    after = {"answer": journal.personal(says, of=of.key)}
    journal.write(by=by, did="answered its assessment", to=of.subject, after=after)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What was decided and why."""

    outcome: str
    reasons: str
    deferred_until: date | None = None
    decision: Decision | None = None


@transaction.atomic
def decide(*, of: GoingAlone, version: int, ruling: Ruling, by: Actor, now: datetime) -> bool:
    """Give the decision with its reasons; return whether the council could be written to."""
    if of.version != version:
        raise Overtaken
    today = localtime(now).date()
    CannotCluster.if_any(
        alone.obstacles_to_deciding(
            of, outcome=ruling.outcome, deferred_until=ruling.deferred_until, today=today
        )
    )
    before = {"stage": of.stage}
    given = {"status": Status.DECIDED, "decided_at": now}
    GoingAlone.objects.change_as_read(of, version, **given, **vars(ruling))
    after = {
        "outcome": ruling.outcome,
        "reasons": journal.personal(ruling.reasons, of=of.key),
        "deferred_until": str(ruling.deferred_until or ""),
        "decision": ruling.decision.key if ruling.decision else "",
    }
    did = "decided on who would go alone"
    journal.write(by=by, did=did, to=of.subject, before=before, after=after)
    return _told(of, letters.alone_decided(of), by=by, today=today)


def _told(of: GoingAlone, says: Says, *, by: Actor, today: date) -> bool:
    return not letters.tell([of.body], says, by=by, today=today, topic=letters.ALONE)


@transaction.atomic
def withdraw(*, of: GoingAlone, reason: str, by: Actor) -> None:
    """Take it back; what was found stays on record, and the council may ask anew."""
    CannotCluster.if_any(alone.obstacles_to_working_on(of))
    before = {"stage": of.stage}
    if not GoingAlone.objects.change(of, status=Status.WITHDRAWN):
        raise Overtaken
    did = "withdrew its wish to go alone"
    journal.write(by=by, did=did, to=of.subject, before=before, reason=reason)
