"""Whether the decisions of both sides let an agreement come into force, and what is missing.

The county decides by its executive or by an officer to whom that was given, a parish by its full
council. A decision in call-in does not act yet, and one that was called in does not act at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.powers.parties import PERHAPS_NO_COUNCIL, Kind
from waywarden.rules.saying import day, listed

BASES = (
    Basis(
        rule="An executive function is handed over by the executive, not by the full council.",
        source="Local Government Act 2000, section 9EA",
        sure=Sure.READ,
    ),
    Basis(
        rule="A parish decides by its full council, and the minute is named.",
        source="Local Government Act 1972, Schedule 12",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="A parish meeting without a council does not sign as a local authority does, unless "
        "an order gives it the power.",
        source="Local Government Act 1972, sections 109 and 270(1)",
        sure=Sure.RECALLED,
    ),
)


class Decider(StrEnum):
    """Who decided for a party."""

    EXECUTIVE = "executive"
    OFFICER = "officer by delegation"
    FULL_COUNCIL = "full council"
    COMMITTEE = "committee"
    PARISH_MEETING = "parish meeting"
    GOVERNING_BODY = "governing body"


#: Who decides for a council whose executive answers for the function (section 9EA, read).
OF_EXECUTIVE = frozenset({Decider.EXECUTIVE, Decider.OFFICER})
#: Who decides for the others (recalled: a parish may have given it to a committee).
DECIDES = {
    Kind.PRINCIPAL: frozenset({Decider.FULL_COUNCIL, Decider.COMMITTEE, Decider.OFFICER}),
    Kind.PARISH: frozenset({Decider.FULL_COUNCIL}),
    Kind.MEETING: frozenset({Decider.PARISH_MEETING}),
    Kind.UNKNOWN: frozenset({Decider.FULL_COUNCIL, Decider.PARISH_MEETING}),
    Kind.PUBLIC: frozenset({Decider.GOVERNING_BODY}),
    Kind.OUTSIDE: frozenset({Decider.GOVERNING_BODY}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one party decided about one version of an agreement."""

    party: str
    decider: Decider
    reference: str
    decided_on: date
    is_yes: bool = True
    #: The hash of the version it is about; empty where the minute names none.
    digest: str = ""
    #: The last day on which it can be called in; None where it cannot be.
    call_in_ends_on: date | None = None
    was_called_in: bool = False
    #: Whether its quorum held after interests were declared; None where not recorded.
    was_quorate: bool | None = True


@dataclass(frozen=True, slots=True)
class Side:
    """A party to an agreement: what kind of body it is, and who answers for the function."""

    name: str
    kind: Kind
    #: Whether its executive answers for the function; of a council of two tiers usually so.
    by_executive: bool = False
    #: Whether an order under section 109 gives a parish meeting the power.
    has_order: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands in the way. What is recalled warns, and is confirmed by somebody."""

    says: str
    refuses: bool = True


def findings(
    sides: Sequence[Side], decisions: Sequence[Decision], *, digest: str, on: date
) -> list[Finding]:
    """List what keeps an agreement from being in force on a day, side by side."""
    if len({side.name for side in sides}) < 2:
        return [Finding("An agreement has two sides at least. Name the other.")]
    return [each for side in sides for each in findings_of(side, decisions, digest=digest, on=on)]


def obstacles(
    sides: Sequence[Side], decisions: Sequence[Decision], *, digest: str, on: date
) -> list[str]:
    """List what alone refuses, in words to act on; nothing where an agreement may be in force."""
    found = findings(sides, decisions, digest=digest, on=on)
    return [each.says for each in found if each.refuses]


def findings_of(
    side: Side, decisions: Sequence[Decision], *, digest: str, on: date
) -> list[Finding]:
    """List what of one side keeps an agreement from being in force on a day."""
    if side.kind is Kind.NOBODY:
        return [
            Finding(f"In {side.name} there is no council to agree. Name the body that takes it on.")
        ]
    own = [one for one in decisions if one.party == side.name and one.decided_on <= on]
    if not own:
        return [
            *_of_capacity(side),
            Finding(
                f"No decision of {side.name} is recorded. Record its decision and the reference."
            ),
        ]
    # A council may change its mind: what it decided last counts.
    last = max(own, key=lambda one: one.decided_on)
    return [*_of_capacity(side), *_of_decision(side, last, digest, on)]


def _of_capacity(side: Side) -> list[Finding]:
    if side.kind not in PERHAPS_NO_COUNCIL or side.has_order:
        return []
    return [
        Finding(
            f"{side.name} is a parish meeting, or may be one, which does not sign as a council "
            "does (Local Government Act 1972, section 270(1); to be confirmed by the monitoring "
            "officer). Name the order under section 109, or offer a grant or a contract.",
            refuses=False,
        )
    ]


def _of_decision(side: Side, one: Decision, digest: str, on: date) -> list[Finding]:
    when = f"the decision of {side.name} of {day(one.decided_on)}"
    if not one.is_yes:
        return [
            Finding(
                f"By {when} it is refused. Ask for another decision, or withdraw the agreement."
            )
        ]
    found = _of_decider(when, side, one)
    if not one.reference.strip():
        found.append(Finding(f"{_capital(when)} has no reference. Add the number of its minute."))
    if one.digest and one.digest != digest:
        found.append(
            Finding(f"{_capital(when)} is about another version. Let it decide about this one.")
        )
    return [*found, *_of_effect(when, one, on)]


def _of_decider(when: str, side: Side, one: Decision) -> list[Finding]:
    allowed = OF_EXECUTIVE if side.by_executive else DECIDES[side.kind]
    if one.decider in allowed:
        return []
    who, law = listed(sorted(allowed), last="or"), ""
    if side.by_executive:
        law = " (Local Government Act 2000, section 9EA)"
    says = f"{_capital(when)} was by its {one.decider}. It takes its {who}{law}."
    return [Finding(says, refuses=side.by_executive)]


def _of_effect(when: str, one: Decision, on: date) -> list[Finding]:
    found = []
    if one.was_called_in:
        found.append(f"{_capital(when)} was called in. It acts only once decided again.")
    elif one.call_in_ends_on and on <= one.call_in_ends_on:
        found.append(f"{_capital(when)} can be called in until {day(one.call_in_ends_on)}.")
    if one.was_quorate is False:
        found.append(f"At {when} there was no quorum. Let it be decided again.")
    if one.was_quorate is None:
        found.append(f"It is not recorded whether there was a quorum at {when}. Record it.")
    return [Finding(says) for says in found]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
