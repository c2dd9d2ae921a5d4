"""Rules about decisions, their options, sign-offs and the interests declared in them."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, NOON, Break, Whole, once, twice
from waywarden.county.decisions.models import Decision, Interest, Option, SignOff
from waywarden.county.people.models import Office

TAKEN = {"stated_on": APRIL, "received_at": NOON, "outcome": "agreed", "reference": "2026/1"}


def decision(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a minute that breaks no rule."""
    about = {"body": cast.coldbrook_council, "kind": "minute", "title": "To mow"}
    return about | TAKEN | facts


def planned(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a decision that was not taken."""
    none = {"stated_on": None, "received_at": None, "outcome": "", "reference": ""}
    return decision(cast, status="planned", **none) | facts


def _held(cast: Cast) -> Decision:
    return Decision.objects.first() or Decision.objects.create(**decision(cast))


def option(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of an option that is recommended."""
    said = {"title": "To wait", "says": "It costs nothing", "is_recommended": True}
    return {"decision": _held(cast)} | said | facts


def sign_off(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a sign-off."""
    office = Office.objects.first() or cast.at_coldbrook
    said = {"kind": "legal", "says": "Lawful", "shown": "0f", "signed_at": NOON}
    return {"decision": _held(cast), "signed_as": office} | said | facts


def interest(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a declaration that stands."""
    said = {"member": "Councillor One", "nature": "other", "effect": "left", "declared_at": NOON}
    return {"decision": _held(cast)} | said | facts


THERE = {"present": 5, "quorum": 3}
BROKEN: dict[str, Break] = {
    "a_decision_has_a_title": once(Decision, lambda c: decision(c, title="")),
    "a_decision_is_of_a_known_kind_and_status": once(
        Decision, lambda c: decision(c, kind="gossip")
    ),
    "a_decision_taken_has_day_outcome_and_reference": once(
        Decision, lambda c: decision(c, reference="")
    ),
    "a_planned_decision_was_not_taken": once(Decision, lambda c: decision(c, status="planned")),
    "who_was_there_is_counted_with_the_quorum": once(
        Decision, lambda c: decision(c, **THERE, left=6)
    ),
    "votes_are_counted_together": once(Decision, lambda c: decision(c, **THERE, votes_for=3)),
    "a_body_gives_a_reference_once_in_a_day": twice(Decision, decision),
    "an_option_has_a_title": once(Option, lambda c: option(c, title="")),
    "one_option_at_most_is_recommended": twice(Option, option),
    "a_sign_off_is_of_a_known_kind_and_says_something": once(
        SignOff, lambda c: sign_off(c, kind="taste")
    ),
    "a_proposal_is_signed_off_once": twice(SignOff, sign_off),
    "an_interest_is_somebodys_and_of_a_known_nature": once(
        Interest, lambda c: interest(c, nature="none")
    ),
    "a_dispensation_has_a_reference": once(Interest, lambda c: interest(c, effect="dispensation")),
    "an_interest_is_taken_back_with_a_reason": once(
        Interest, lambda c: interest(c, taken_back_at=NOON)
    ),
}
WHOLE: list[Whole] = [
    (Decision, decision),
    (Decision, planned),
    (Option, option),
    (SignOff, sign_off),
    (Interest, interest),
]
