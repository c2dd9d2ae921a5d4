"""What stands in the way of planning, signing off and taking a decision, in words to act on.

Sections are those of the Local Authorities (Executive Arrangements) (Meetings and Access
to Information) (England) Regulations 2012 (SI 2012/2089), read; what is recalled is said so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision, Interest, SignOff
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import PRINCIPAL
from waywarden.fabric.common.wording import day
from waywarden.rules.publicity import first_decision_day
from waywarden.rules.voting import CannotBeSo, Vote

Kind, Outcome = Decision.Kind, Decision.Outcome
#: Bodies with an executive. Parishes resolve at meetings, or let an officer decide (s101 LGA 1972).
WITH_EXECUTIVE = PRINCIPAL | {Body.Kind.STRATEGIC}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is to be decided, by whom and when."""

    kind: str
    title: str
    due_on: date
    text: str = ""
    is_key: bool = False
    announced_on: date | None = None
    urgency: str = ""
    decider: Office | None = None
    is_exempt: bool = False


@dataclass(frozen=True, kw_only=True)
class Notice:
    """When notice of a decision was given, why it could not wait, and whether it is exempt."""

    announced_on: date | None
    urgency: str
    is_exempt: bool


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is said of a decision that was taken: outcome, day, reference, votes."""

    outcome: str
    reference: str
    stated_on: date
    text: str = ""
    conditions: str = ""
    link: str = ""
    present: int | None = None
    quorum: int | None = None
    left: int = 0
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    is_by_casting_vote: bool = False


def kinds_of(body: Body) -> list[Decision.Kind]:
    """Return the kinds of decision that are taken in a body."""
    return [kind for kind in Kind if kind != Kind.EXECUTIVE or body.kind in WITH_EXECUTIVE]


def obstacles_to_planning(proposal: Proposal, *, today: date) -> list[str]:
    """List what keeps a decision from being announced."""
    announced_on = proposal.announced_on
    obstacles = [*_of_who_takes_it(proposal)]
    if proposal.due_on < today:
        obstacles.append(f"{day(proposal.due_on)} is over. Record the decision as taken instead.")
    if announced_on is not None and announced_on > today:
        obstacles.append(
            f"The notice cannot have been published on {day(announced_on)}: that day has not come."
        )
    if proposal.is_key and announced_on is None:
        obstacles.append("Say when the notice of a key decision was published.")
    return obstacles


def _of_who_takes_it(proposal: Proposal) -> list[str]:
    if proposal.kind == Kind.MINUTE and proposal.decider:
        return ["A meeting resolves it: nobody takes it alone."]
    if proposal.kind == Kind.OFFICER and proposal.decider is None:
        return ["Say which officer takes it."]
    if proposal.is_key and proposal.kind == Kind.MINUTE:
        return ["Key decisions are taken by or for an executive, not by a meeting of the council."]
    return []


def obstacles_to_handing_on(decision: Decision, to: Office | None) -> list[str]:
    """List what keeps somebody else from taking a planned decision."""
    changed = Proposal(
        kind=decision.kind, title=decision.title, due_on=date.max, decider=to, is_key=False
    )
    return obstacles_to_changing_the_proposal(decision) or _of_who_takes_it(changed)


def obstacles_to_taking(
    decision: Decision,
    taken: Taken,
    *,
    today: date,
    signed: Collection[str],
    interests: Collection[Interest],
) -> list[str]:
    """List what keeps a decision from standing as taken, the proposal's gaps first."""
    return [
        *_of_what_was_planned(decision, taken, signed, interests),
        *_of_the_day(decision, taken, today),
        *_of_the_vote(taken, interests),
    ]


def _of_what_was_planned(
    decision: Decision, taken: Taken, signed: Collection[str], interests: Collection[Interest]
) -> list[str]:
    if not decision.is_planned or taken.outcome == Outcome.DEFERRED:
        return []
    missing = [kind.label.lower() for kind in sign_offs_of(decision) if kind not in signed]
    obstacles = []
    if missing:
        obstacles.append(f"Not signed off yet: {', '.join(missing)}.")
    decider = decision.decider
    offices = [each.office for each in interests if each.office]
    if decider and any(office.person_id == decider.person_id for office in offices):
        obstacles.append(
            f"{decision.decider} has declared an interest in it: hand it to somebody else, "
            "or withdraw it."
        )
    return obstacles


def _of_the_day(decision: Decision, taken: Taken, today: date) -> list[str]:
    if taken.stated_on > today:
        return [f"{day(taken.stated_on)} has not come yet."]
    if not decision.is_key or taken.outcome == Outcome.DEFERRED or decision.urgency:
        return []
    if decision.announced_on is None:
        return ["Say when the notice of this key decision was published, or why it is urgent."]
    first = first_decision_day(decision.announced_on)
    if taken.stated_on >= first:
        return []
    return [
        f"A key decision is announced 28 days before: this one can be taken from {day(first)} on. "
        "If it was urgent, say which exception was used (general exception or special urgency)."
    ]


def _of_the_vote(taken: Taken, interests: Collection[Interest]) -> list[str]:
    try:
        vote = vote_of(taken, interests)
    except CannotBeSo as refused:
        return [str(refused)]
    if vote is None or taken.outcome == Outcome.DEFERRED:
        return []
    if not vote.is_quorate:
        return [
            f"{vote.stayed} of {vote.present} stayed for the item, and {vote.quorum} are the "
            "quorum: the meeting could not decide. Record it as deferred."
        ]
    return _of_the_count(taken, vote)


def _of_the_count(taken: Taken, vote: Vote) -> list[str]:
    """Hold the outcome against the votes, where anybody counted them."""
    if not vote.voted:
        return []
    count = f"{vote.votes_for} voted for it and {vote.votes_against} against"
    if vote.is_tied:
        return [] if taken.is_by_casting_vote else [f"{count}: say that the chair's vote decided."]
    if taken.is_by_casting_vote:
        return [f"{count}: no casting vote was needed."]
    if vote.is_carried == (taken.outcome == Outcome.AGREED):
        return []
    return [f"{count}: it was {'agreed' if vote.is_carried else 'not agreed'}."]


def vote_of(taken: Taken, interests: Collection[Interest]) -> Vote | None:
    """Return how members voted, the quorum looked at again without those who left.

    As many left as the minute says, or as have declared that they did if those are more.
    Raises `CannotBeSo` for numbers that contradict one another.
    """
    counted = (taken.votes_for, taken.votes_against, taken.abstained)
    if taken.present is None or taken.quorum is None:
        if any(number is not None for number in (taken.present, taken.quorum, *counted)):
            raise CannotBeSo("Say how many members were there, and how many are the quorum.")
        return None
    declared = sum(each.effect == Interest.Effect.LEFT for each in interests)
    return Vote(
        present=taken.present,
        quorum=taken.quorum,
        withdrawn=max(taken.left, declared),
        votes_for=taken.votes_for or 0,
        votes_against=taken.votes_against or 0,
        abstained=taken.abstained or 0,
    )


def sign_offs_of(decision: Decision) -> list[SignOff.Kind]:
    """Return what is asked for before it is taken: of a principal council, not of its meetings."""
    is_asked = decision.kind != Kind.MINUTE and decision.body.kind in WITH_EXECUTIVE
    return list(SignOff.Kind) if is_asked else []


def obstacles_to_changing_the_proposal(decision: Decision) -> list[str]:
    """List what keeps what is proposed, and who looked at it, from being changed."""
    if decision.is_planned:
        return []
    return ["It was decided or withdrawn: what was proposed stays as it was."]


def obstacles_to_correcting(decision: Decision, taken: Taken) -> list[str]:
    """List what keeps the record of a decision from being put right."""
    if decision.status != Decision.Status.DECIDED:
        return ["Only a decision that stands can be put right."]
    was_deferred = decision.due_on is not None and decision.outcome == Outcome.DEFERRED
    if was_deferred and taken.outcome != Outcome.DEFERRED:
        return ["What was deferred is planned anew, and signed off, before it is taken."]
    return []


def obstacles_to_giving_notice(decision: Decision, notice: Notice, *, today: date) -> list[str]:
    """List what keeps the notice of a decision from being put on record."""
    if decision.status == Decision.Status.WITHDRAWN:
        return ["It was withdrawn: there is nothing left to announce."]
    if notice.announced_on is not None and notice.announced_on > today:
        return [
            f"The notice cannot have been published on {day(notice.announced_on)}: that day has "
            "not come."
        ]
    if decision.is_key and not notice.announced_on and not notice.urgency:
        return ["Say when the notice of this key decision was published, or why it is urgent."]
    return []


def obstacles_to_withdrawing(decision: Decision) -> list[str]:
    """List what keeps a decision from being withdrawn. A record of what never was is, as well."""
    if (
        decision.status in Decision.MOVES
        and Decision.Status.WITHDRAWN in Decision.MOVES[Decision.Status(decision.status)]
    ):
        return []
    return ["It was withdrawn already."]


def obstacles_to_calling_in(decision: Decision, *, today: date) -> list[str]:
    """List what keeps a decision from being called in."""
    if decision.status != Decision.Status.DECIDED or decision.call_in_ends_on is None:
        return ["Only a decision of the executive that stands can be called in."]
    if today > decision.call_in_ends_on:
        return [f"It could be called in until {day(decision.call_in_ends_on)}."]
    return []


def flags(decision: Decision, interests: Collection[Interest]) -> list[str]:
    """List what a reader ought to notice of a decision."""
    found = []
    if decision.is_late:
        found.append("It was recorded here more than 28 days after the day it states.")
    if decision.is_key and decision.publicity and not decision.publicity.is_surely_enough:
        found.append(_of_short_notice(decision))
    declared = sum(each.effect == Interest.Effect.LEFT for each in interests)
    vote = decision.vote
    if vote is not None and declared > vote.withdrawn:
        stayed = vote.present - declared
        quorate = "still" if stayed >= vote.quorum else "no longer"
        found.append(
            f"{declared} members have declared that they left, and the minute counts "
            f"{vote.withdrawn}. Without them the meeting was {quorate} quorate."
        )
    return found


def _of_short_notice(decision: Decision) -> str:
    first = decision.announced_on and first_decision_day(decision.announced_on)
    why = f" Said of it: {decision.urgency}" if decision.urgency else ""
    return (
        f"28 clear days from its notice end before {day(first)}.{why}"
        if first
        else f"It was not announced 28 days before.{why}"
    )
