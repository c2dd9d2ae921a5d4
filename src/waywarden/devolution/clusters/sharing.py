"""Dividing a cluster's cost by a rule of the library, in whole pence. Pure."""

from collections.abc import Mapping

from waywarden.rules.pence import split_pence

ALONE, CUSTOM, PROPORTIONAL, ALLOCATION = "alone", "custom", "proportional", "allocation"
#: The rules, by the names of the library.
RULES = {
    ALONE: "In proportion to what each pays alone",
    "equal": "The same for everyone",
    PROPORTIONAL: "In proportion to figures you give",
    ALLOCATION: "From what the county pays each, the saving by cost alone",
    "scrb": "What each adds to the cost, and the rest by what it would save",
    "shapley": "What each adds on average, in whatever order they join",
    "nucleolus": "The group with the most to complain of has as little as can be",
    "per_capita_nucleolus": "The same, its complaint counted for each member",
    CUSTOM: "As you agreed by hand, in pounds",
}
#: Rules that need a figure of each member.
WITH_FIGURES = (CUSTOM, PROPORTIONAL, ALLOCATION)
#: Rules that ask for the cost of every group, and up to how many members they are worked out.
OF_ALL_GROUPS = ("shapley", "nucleolus", "per_capita_nucleolus")
MOST_FOR_GROUPS = 12
#: More pence than any cluster costs.
MOST_PENCE = 10**12


class CannotShare(ValueError):
    """A cost that a rule cannot divide, in a sentence."""


def divide(
    rule: str, whole: int, *, alone: Mapping[str, int], figures: Mapping[str, int]
) -> dict[str, int]:
    """Return each member's share of the whole cost, in pence that add up to it.

    Members are taken in the order of their keys, so that nobody chooses who is
    given an odd penny. No group of them is known to save anything by itself:
    any group but all of them costs what its members cost alone.

    >>> divide("equal", 100, alone={"b": 90, "a": 90, "c": 90}, figures={})
    {'a': 34, 'b': 33, 'c': 33}
    >>> divide("shapley", 150, alone={"a": 100, "b": 100, "c": 100}, figures={})
    {'a': 50, 'b': 50, 'c': 50}
    """
    # Loading the planner takes a second, which pages that divide nothing need not spend.
    from waywarden.planner import share_costs

    members = sorted(alone)
    _check(rule, whole, members, [*alone.values(), *figures.values()])
    if rule in WITH_FIGURES and set(figures) != set(members):
        raise CannotShare("Give a figure for each member: this rule needs them.")
    if rule == CUSTOM:
        return _by_hand(whole, {member: figures[member] for member in members})
    if not any(alone.values()):
        raise CannotShare("No member’s cost alone is more than nought.")
    try:
        shares = share_costs(
            lambda group: whole if len(group) == len(members) else sum(alone[m] for m in group),
            members,
            rule=rule,
            weights=figures or None,
            allocations=figures or None,
            top_ups=dict.fromkeys(members, 0) if figures else None,
        )
        return split_pence(whole, shares.weights())
    except ValueError as error:
        raise CannotShare(f"This rule makes no shares of these costs. {error}") from error


def _check(rule: str, whole: int, members: list[str], amounts: list[int]) -> None:
    if rule not in RULES:
        raise CannotShare("Choose one of the rules listed.")
    if not members:
        raise CannotShare("No council has joined yet.")
    for pence in (whole, *amounts):
        if isinstance(pence, bool) or not isinstance(pence, int) or not 0 <= pence <= MOST_PENCE:
            raise CannotShare("Every amount is whole pence, nought or more.")
    if not whole:
        raise CannotShare("Say what all of it costs first.")
    if rule in OF_ALL_GROUPS and len(members) > MOST_FOR_GROUPS:
        raise CannotShare(f"This rule is worked out for up to {MOST_FOR_GROUPS} members.")


def _by_hand(whole: int, figures: dict[str, int]) -> dict[str, int]:
    total = sum(figures.values())
    if total != whole:
        raise CannotShare(f"The shares add up to £{total / 100:,.2f}, not £{whole / 100:,.2f}.")
    return figures
