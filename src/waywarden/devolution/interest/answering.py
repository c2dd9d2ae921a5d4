"""What the county does with an expression: a co-ordinator, notes, findings, and a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.decisions.models import Decision
from waywarden.county.offices.telling import reply_address
from waywarden.county.people.models import Office
from waywarden.devolution.interest import letters, policies
from waywarden.devolution.interest.actions import DECIDED, CannotAsk, move, tell, who_was_first
from waywarden.devolution.interest.models import Assessment, Expression, Note
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal

Status = Expression.Status
#: What the journal says of a note.
NOTED = "noted a conversation"


@transaction.atomic
def coordinate(*, of: Expression, version: int, office: Office, by: Actor, now: datetime) -> bool:
    """Name who answers those who ask, and tell them; return whether they could be written to."""
    CannotAsk.if_any(policies.obstacles_to_answering(of))
    if of.version != version:
        raise Overtaken
    if of.coordinator == office:
        return False
    before = {"coordinator": str(of.coordinator or "")}
    given = {"status": Status.TALKING} if of.status == Status.SENT else {}
    Expression.objects.change_as_read(of, version, coordinator=office, **given)
    after = {"coordinator": str(office)}
    journal.write(by=by, did="named a co-ordinator", to=of.subject, before=before, after=after)
    return tell(of, letters.coordinated, by=by, now=now, reply_to=reply_address(office.body))


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What was said, seen or changed on a day, and whether those who ask are to read it."""

    kind: str
    on: date
    says: str
    is_for_asker: bool = False


@transaction.atomic
def note(*, of: Expression, noted: Noted, by: Actor, now: datetime) -> tuple[Note, bool]:
    """Keep a note of the conversation; return it, and whether those who ask were written to."""
    # Locked, so that nobody erases who asked meanwhile.
    held = Expression.objects.select_for_update().get(pk=of.pk)
    CannotAsk.if_any(policies.obstacles_to_noting(held))
    if noted.on > localtime(now).date():
        raise CannotAsk("Enter a day that has come: a note says what was.")
    is_for_asker = noted.is_for_asker or noted.kind == Note.Kind.DONE
    given = vars(noted) | {"is_for_asker": is_for_asker}
    made = Note.objects.create(expression=of, noted_by=by.shown_as, noted_at=now, **given)
    after = {
        "kind": noted.kind,
        "on": str(noted.on),
        "says": journal.personal(noted.says, of=of.key),
        "is_for_asker": is_for_asker,
    }
    # A note that is not for those who ask concerns the county alone.
    to = of.subject if is_for_asker else replace(of.subject, bodies=(of.asked_of.key,))
    journal.write(by=by, did=NOTED, to=to, after=after)
    return made, is_for_asker and tell(of, letters.news, by=by, now=now)


@dataclass(frozen=True)
class Finding:
    """How one criterion is met, in a word and in words."""

    criterion: str
    finding: str
    says: str


@transaction.atomic
def assess(
    *, of: Expression, version: int, findings: Sequence[Finding], criteria: Sequence[str], by: Actor
) -> None:
    """Hold an expression against each criterion that was published. There is no score."""
    CannotAsk.if_any(policies.obstacles_to_assessing(of, criteria))
    if of.version != version:
        raise Overtaken
    if [each.criterion for each in findings] != list(criteria):
        raise CannotAsk("Judge it by each of the criteria that were published, and by no other.")
    held = {
        row.criterion: Finding(row.criterion, row.finding, row.says) for row in of.assessments.all()
    }
    if held == {each.criterion: each for each in findings}:
        return
    Expression.objects.change_as_read(of, version, status=Status.ASSESSED)
    for order, each in enumerate(findings):
        Assessment.objects.update_or_create(
            expression=of,
            criterion=each.criterion,
            defaults={"order": order, "finding": each.finding, "says": each.says},
        )
    after = {
        each.criterion: [each.finding, journal.personal(each.says, of=of.answer_key)]
        for each in findings
    }
    journal.write(by=by, did="assessed an expression of interest", to=of.subject, after=after)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided, why, and on which lawful ground where a challenge is not agreed."""

    outcome: str
    reasons: str
    deferred_until: date | None = None
    ground: str = ""
    decision: Decision | None = None


@transaction.atomic
def decide(*, of: Expression, decided: Decided, by: Actor, now: datetime) -> bool:
    """Give a decision with its reasons; return whether those who asked could be written to."""
    if over := policies.obstacles_to_answering(of):
        raise CannotAsk(" ".join([*over, who_was_first(of)]).strip())
    obstacles = policies.obstacles_to_deciding(
        of,
        outcome=decided.outcome,
        ground=decided.ground,
        deferred_until=decided.deferred_until,
        today=localtime(now).date(),
    )
    CannotAsk.if_any(obstacles)
    before = {"stage": of.stage}
    move(of, Status.DECIDED, decided_at=now, **vars(decided))
    after = {
        "outcome": decided.outcome,
        "reasons": journal.personal(decided.reasons, of=of.answer_key),
        "deferred_until": str(decided.deferred_until or ""),
        "ground": decided.ground,
        "decision": decided.decision.key if decided.decision else "",
    }
    journal.write(by=by, did=DECIDED, to=of.subject, before=before, after=after)
    return tell(of, letters.decided, by=by, now=now)
