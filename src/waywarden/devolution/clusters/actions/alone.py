"""A council asks to go alone; the county assesses it, and decides once the council was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import alone, alone_queries, letters
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Answer, Finding, GoingAlone
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
def ask(
    *, body: Body, wish: Wish, by: Actor, now: datetime, noted_by: Body | None = None
) -> tuple[GoingAlone, bool]:
    """Ask to deliver services for a council's own area only; the county may note it, and who asked.

    Of what the county notes the council is told, and the county of what a council asks; return
    also whether a letter could be sent.
    """
    # Of two who ask for one council at once the second sees what the first has asked.
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    services = [service.pk for service in wish.services]
    open_ones = alone_queries.open_of(body)
    CannotCluster.if_any(alone.obstacles_to_asking(body, services, open_ones))
    given = {"starts_on": wish.starts_on, "says": wish.says, "noted_by": noted_by}
    made = GoingAlone.objects.create(body=body, asked_at=now, **given)
    made.services.set(services)
    after = {
        "services": [service.code for service in wish.services],
        "starts_on": str(wish.starts_on),
        "says": journal.personal(wish.says, of=made.key),
        "noted_by": noted_by.key if noted_by else "",
    }
    journal.write(by=by, did="asked to go alone", to=made.subject, after=after)
    tell = _told if noted_by else _told_county
    is_told = tell(made, letters.asked_alone(made), by=by, today=localtime(now).date())
    return made, bool(is_told)


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
    says = letters.assessed(of, answer_by=today + timedelta(days=alone.DAYS_TO_ANSWER))
    return _told(of, says, by=by, today=today)


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
def answer(*, of: GoingAlone, version: int, says: str, by: Actor, now: datetime) -> None:
    """Let the council say once what it thinks of an assessment, as it was shown to it."""
    if of.version != version:
        raise Overtaken
    CannotCluster.if_any(alone.obstacles_to_answering(of))
    GoingAlone.objects.change_as_read(of, version)
    # It was assessed, or it would have been refused.
    assessed_at = cast(datetime, of.assessed_at)
    Answer.objects.create(going=of, assessed_at=assessed_at, says=says, given_at=now)
    after = {"answer": journal.personal(says, of=of.key)}
    journal.write(by=by, did="answered its assessment", to=of.subject, after=after)
    _told_county(of, letters.answered(of), by=by, today=localtime(now).date())


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


def _told_county(of: GoingAlone, says: Says, *, by: Actor, today: date) -> bool:
    counties = alone_queries.counties_of(of.body, on=today)
    topic = letters.WHO_GOES_ALONE
    return not letters.tell(counties, says, by=by, today=today, topic=topic)


@transaction.atomic
def withdraw(*, of: GoingAlone, reason: str, by: Actor, now: datetime) -> bool:
    """Take it back; what was found stays on record, and the council may ask anew.

    Return whether whoever did not do it could be written to.
    """
    CannotCluster.if_any(alone.obstacles_to_working_on(of))
    before = {"stage": of.stage}
    if not GoingAlone.objects.change(of, status=Status.WITHDRAWN):
        raise Overtaken
    did = "withdrew its wish to go alone"
    journal.write(by=by, did=did, to=of.subject, before=before, reason=reason)
    says, today = letters.withdrawn_alone(of), localtime(now).date()
    # Both sides, of which the one whose officer acts is not written to.
    reached = [tell(of, says, by=by, today=today) for tell in (_told, _told_county)]
    return all(reached)
