"""Changes to decisions: planned, signed off, taken, called in, withdrawn; interests declared."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions import policies, queries
from waywarden.county.decisions.models import Decision, Interest, Option, SignOff
from waywarden.county.decisions.policies import Notice, Proposal, Taken
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import day
from waywarden.fabric.journal import actions as journal
from waywarden.rules.bank_holidays import NotRecorded
from waywarden.rules.publicity import call_in_ends_on

Status = Decision.Status


class CannotDecide(Refusal):
    """A decision that cannot be recorded or changed as asked; the message says why."""


@transaction.atomic
def plan(*, body: Body, proposal: Proposal, by: Actor, today: date) -> Decision:
    """Announce what a body is going to decide."""
    CannotDecide.if_any(policies.obstacles_to_planning(proposal, today=today))
    decision = Decision.objects.create(body=body, status=Status.PLANNED, **vars(proposal))
    after = {
        "title": journal.personal(decision.title, of=decision.key),
        "text": journal.personal(decision.text, of=decision.key),
        "kind": decision.kind,
        "is_key": decision.is_key,
        "announced_on": _day(decision.announced_on),
        "due_on": _day(decision.due_on),
        "decider": str(decision.decider or ""),
    }
    journal.write(by=by, did="planned a decision", to=decision.subject, after=after)
    return decision


@transaction.atomic
def record(
    *,
    body: Body,
    kind: str,
    title: str,
    taken: Taken,
    by: Actor,
    now: datetime,
    is_exempt: bool = False,
) -> Decision:
    """Record a decision that was taken and not planned here."""
    decision = Decision(body=body, kind=kind, title=title, is_exempt=is_exempt)
    CannotDecide.if_any(
        policies.obstacles_to_taking(
            decision, taken, today=localtime(now).date(), signed=(), interests=()
        )
    )
    for name, value in _as_taken(decision, taken, now).items():
        setattr(decision, name, value)
    _keep(decision, taken)
    journal.write(
        by=by, did="recorded a decision", to=decision.subject, after=_said(decision, taken)
    )
    return decision


@transaction.atomic
def take(*, decision: Decision, taken: Taken, by: Actor, now: datetime) -> None:
    """Record how a planned decision was taken. Where it was deferred, it is planned anew.

    Raises ``Overtaken`` where somebody else has recorded or withdrawn it meanwhile.
    """
    if not decision.is_planned:
        raise _moved(decision)
    CannotDecide.if_any(
        policies.obstacles_to_taking(
            decision,
            taken,
            today=localtime(now).date(),
            signed=queries.signed_kinds(decision),
            interests=list(decision.interests.standing()),
        )
    )
    before = {"text": journal.personal(decision.text, of=decision.key)}
    _change(decision, decision.version, _as_taken(decision, taken, now))
    after, did = _said(decision, taken), "took a planned decision"
    journal.write(by=by, did=did, to=decision.subject, before=before, after=after)


@transaction.atomic
def correct(
    *, decision: Decision, version: int, taken: Taken, reason: str, by: Actor, today: date
) -> None:
    """Put the record of a decision right, saying why; when it was received here stays."""
    CannotDecide.if_any(policies.obstacles_to_correcting(decision, taken))
    before = _said(decision, _recorded(decision))
    CannotDecide.if_any(
        policies.obstacles_to_taking(
            decision, taken, today=today, signed=(), interests=list(decision.interests.standing())
        )
    )
    # Once it was called in and confirmed, or its window is not known, there is none again.
    ends_on = decision.call_in_ends_on and _call_in_of(decision, taken)
    _change(decision, version, vars(taken) | {"call_in_ends_on": ends_on})
    after = _said(decision, taken)
    changed = [name for name in after if name in CALLED or before[name] != after[name]]
    journal.write(
        by=by,
        did="corrected a decision",
        to=decision.subject,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
    )


#: What stands in the journal by reference: whether it changed is not seen from the reference.
CALLED = ("title", "text", "conditions")


def _recorded(decision: Decision) -> Taken:
    return Taken(**{each.name: getattr(decision, each.name) for each in fields(Taken)})


def _change(decision: Decision, version: int, given: dict[str, Any]) -> None:
    """Change a row as it was read; its reference and day stand for it once."""
    try:
        with transaction.atomic():
            Decision.objects.change_as_read(decision, version, **given)
    except IntegrityError:
        raise _twice(decision.body, given["reference"], given["stated_on"]) from None


def _as_taken(decision: Decision, taken: Taken, now: datetime) -> dict[str, Any]:
    """Give the fields of a decision once it is taken."""
    given = vars(taken) | {"status": Status.DECIDED, "received_at": now}
    given["text"] = taken.text or decision.text
    given["call_in_ends_on"] = _call_in_of(decision, taken)
    return given


def _call_in_of(decision: Decision, taken: Taken) -> date | None:
    """Return until when it can be called in: decisions of an executive, for five working days."""
    is_open = decision.kind == Decision.Kind.EXECUTIVE and taken.outcome == Decision.Outcome.AGREED
    try:
        return call_in_ends_on(taken.stated_on) if is_open else None
    except NotRecorded:
        # A year whose bank holidays are not entered is long past, or years ahead.
        return None


def _keep(decision: Decision, taken: Taken) -> None:
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError:
        raise _twice(decision.body, taken.reference, taken.stated_on) from None


def _twice(body: Body, reference: str, on: date) -> CannotDecide:
    return CannotDecide(f"{body} has recorded {reference} of {day(on)} already.")


def _said(decision: Decision, taken: Taken) -> dict[str, Any]:
    """Give what the journal holds of a decision: its words by reference alone."""
    words = {
        "title": journal.personal(decision.title, of=decision.key),
        "text": journal.personal(decision.text, of=decision.key),
        "conditions": journal.personal(taken.conditions, of=decision.key),
    }
    plain = {
        name: value
        for name, value in vars(taken).items()
        if name not in ("text", "conditions", "stated_on")
    }
    return plain | words | {"stated_on": str(taken.stated_on), "kind": decision.kind}


@transaction.atomic
def add_option(
    *, decision: Decision, title: str, says: str, is_recommended: bool, by: Actor
) -> Option:
    """Add what could be decided instead. One option at most is recommended."""
    CannotDecide.if_any(policies.obstacles_to_changing_the_proposal(decision))
    if is_recommended:
        decision.options.filter(is_recommended=True).update(is_recommended=False)
    option = Option.objects.create(
        decision=decision, title=title, says=says, is_recommended=is_recommended
    )
    after = {
        "option": journal.personal(title, of=decision.key),
        "is_recommended": is_recommended,
    }
    journal.write(by=by, did="added an option", to=decision.subject, after=after)
    return option


@transaction.atomic
def drop_option(*, option: Option, by: Actor) -> bool:
    """Leave out an option; say whether it was open until now."""
    decision = option.decision
    CannotDecide.if_any(policies.obstacles_to_changing_the_proposal(decision))
    if not Option.objects.filter(pk=option.pk, is_dropped=False).update(is_dropped=True):
        return False
    before = {"option": journal.personal(option.title, of=decision.key)}
    journal.write(by=by, did="left out an option", to=decision.subject, before=before)
    return True


@transaction.atomic
def sign_off(
    *, decision: Decision, kind: str, says: str, shown: str, by: Office, now: datetime
) -> SignOff:
    """Say of a proposal, as it was shown, that it may be decided.

    Raises ``Overtaken`` where it was changed since, and nothing is signed.
    """
    CannotDecide.if_any(policies.obstacles_to_changing_the_proposal(decision))
    if shown != queries.proposal_digest(decision, queries.options_of(decision)):
        raise Overtaken("What is proposed was changed meanwhile. Read it again.")
    given = {"signed_as": by, "signed_at": now, "says": says}
    signed, is_new = SignOff.objects.get_or_create(
        decision=decision, kind=kind, shown=shown, defaults=given
    )
    if not is_new:
        raise CannotDecide(f"{signed.signed_as} has signed it off already.")
    after = {"kind": kind, "says": journal.personal(says, of=decision.key), "shown": shown}
    journal.write(by=by.actor, did="signed off a proposal", to=decision.subject, after=after)
    return signed


@dataclass(frozen=True, kw_only=True)
class Declared:
    """An interest as it is declared: whose, of what nature, and whether they leave the item."""

    member: str
    nature: str
    effect: str
    dispensation: str = ""
    office: Office | None = None


@transaction.atomic
def declare_interest(
    *, decision: Decision, declared: Declared, by: Actor, now: datetime
) -> Interest:
    """Minute that a member has an interest in what is decided."""
    if decision.is_withdrawn:
        raise CannotDecide("This was withdrawn: there is nothing left to decide.")
    interest = Interest.objects.create(decision=decision, declared_at=now, **vars(declared))
    after = _interest(interest)
    journal.write(by=by, did="declared an interest", to=decision.subject, after=after)
    return interest


@transaction.atomic
def take_back_interest(*, interest: Interest, reason: str, by: Actor, now: datetime) -> None:
    """Take back a declaration; that it was made, and why it was taken back, is kept."""
    open_one = Interest.objects.standing().filter(pk=interest.pk)
    if not open_one.update(taken_back_at=now, why_taken_back=reason):
        raise CannotDecide("This declaration was taken back already.")
    journal.write(
        by=by,
        did="took back an interest",
        to=interest.decision.subject,
        before=_interest(interest),
        after={"why": journal.personal(reason, of=interest.decision.key)},
    )


def _interest(interest: Interest) -> dict[str, Any]:
    return {
        "member": journal.personal(interest.member, of=interest.decision.key),
        "nature": interest.nature,
        "effect": interest.effect,
        "dispensation": interest.dispensation,
    }


@transaction.atomic
def hand_on(*, decision: Decision, version: int, to: Office | None, by: Actor) -> None:
    """Let somebody else take a planned decision, or a meeting."""
    CannotDecide.if_any(policies.obstacles_to_handing_on(decision, to))
    before = {"decider": str(decision.decider or "")}
    Decision.objects.change_as_read(decision, version, decider=to)
    after = {"decider": str(to or "")}
    journal.write(
        by=by, did="handed a decision on", to=decision.subject, before=before, after=after
    )


@transaction.atomic
def give_notice(
    *, decision: Decision, version: int, notice: Notice, reason: str, by: Actor, today: date
) -> None:
    """Put on record when notice was given, why it could not wait, and what is exempt."""
    CannotDecide.if_any(policies.obstacles_to_giving_notice(decision, notice, today=today))
    before = {name: getattr(decision, name) for name in vars(notice)}
    Decision.objects.change_as_read(decision, version, **vars(notice))
    journal.write(
        by=by,
        did="changed the notice of a decision",
        to=decision.subject,
        before=_notice(before, decision),
        after=_notice(vars(notice), decision),
        reason=reason,
    )


def _notice(held: dict[str, Any], decision: Decision) -> dict[str, Any]:
    return {
        "announced_on": _day(held["announced_on"]),
        "urgency": journal.personal(held["urgency"], of=decision.key),
        "is_exempt": held["is_exempt"],
    }


@transaction.atomic
def withdraw(*, decision: Decision, reason: str, by: Actor) -> None:
    """Withdraw what was planned or called in, or what was recorded and never was decided."""
    _move(decision, Status.WITHDRAWN, reason)
    journal.write(by=by, did="withdrew a decision", to=decision.subject, reason=reason)


@transaction.atomic
def call_in(*, decision: Decision, reason: str, by: Actor, today: date) -> None:
    """Note that a decision was called in: it waits until it is confirmed or withdrawn."""
    CannotDecide.if_any(policies.obstacles_to_calling_in(decision, today=today))
    _move(decision, Status.CALLED_IN, reason)
    journal.write(by=by, did="called in a decision", to=decision.subject, reason=reason)


@transaction.atomic
def confirm(*, decision: Decision, reason: str, by: Actor) -> None:
    """Confirm a decision that was called in; it cannot be called in again."""
    if decision.status != Status.CALLED_IN:
        raise _moved(decision)
    _move(decision, Status.DECIDED, reason, call_in_ends_on=None)
    journal.write(by=by, did="confirmed a decision", to=decision.subject, reason=reason)


def _move(decision: Decision, to: str, why: str, **given: Any) -> None:
    """Move a decision on, if it is still as it was read."""
    is_open = to in Decision.MOVES[Status(decision.status)]
    if not is_open or not Decision.objects.change(decision, status=to, said_of_it=why, **given):
        raise _moved(decision)


def _moved(decision: Decision) -> Overtaken:
    decision.refresh_from_db()
    return Overtaken(f"It is “{decision.get_status_display()}” by now. Look at it again.")


def _day(on: date | None) -> str:
    return str(on) if on else ""
