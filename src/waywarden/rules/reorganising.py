"""Councils replaced by others on a day: what the register must answer on the day after.

For each service and place the deliverer is as before, or its recorded successor; power and standard
stay; the agreement is the same one, or the one that novates it; and nothing becomes unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.saying import listed

BASES = (
    Basis(
        rule="When councils are replaced, each service is delivered by whom it was, or by a "
        "recorded successor, under the same power and standard.",
        source="Orders under the Local Government and Public Involvement in Health Act 2007, "
        "sections 7 to 15",
        sure=Sure.RECALLED,
    ),
)
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register answers for one service in one place."""

    deliverer: str
    power: str
    standard: str
    agreement: str = ""


def faults(
    before: Mapping[Cell, Answer],
    after: Mapping[Cell, Answer],
    *,
    successors: Mapping[str, frozenset[str]],
    novated: Mapping[str, str] | None = None,
) -> list[str]:
    """List every cell that did not come through, in sentences; nothing where all did.

    ``successors`` names who may follow each body that ends; ``novated`` says which
    agreement each one became.
    """
    lost = [f"{_named(cell)} is no longer in the register." for cell in before if cell not in after]
    new = [
        f"{_named(cell)} was not in the register before." for cell in after if cell not in before
    ]
    both = [cell for cell in before if cell in after]
    return [
        *lost,
        *new,
        *(
            f"{_named(cell)}: {says}"
            for cell in both
            for says in _of_cell(before[cell], after[cell], successors, novated or {})
        ),
    ]


def _of_cell(
    before: Answer,
    after: Answer,
    successors: Mapping[str, frozenset[str]],
    novated: Mapping[str, str],
) -> list[str]:
    return [
        says
        for says in (
            _of_deliverer(before.deliverer, after.deliverer, successors),
            _of_words("power", before.power, after.power),
            _of_words("standard", before.standard, after.standard),
            _of_agreement(before.agreement, after.agreement, novated),
        )
        if says
    ]


def _of_deliverer(before: str, after: str, successors: Mapping[str, frozenset[str]]) -> str:
    if not before:
        return ""
    if not after:
        return f"{before} delivered it, and now nobody is known to."
    followers = successors.get(before)
    if followers is None:
        return "" if after == before else f"{before} delivered it, and {after} does not follow it."
    if after in followers:
        return ""
    who = listed(sorted(followers), last="or") or "nobody recorded"
    return f"{before} has ended and is followed by {who}, not by {after}."


def _of_words(what: str, before: str, after: str) -> str:
    return "" if before == after else f"its {what} was {before or 'none'} and is {after or 'none'}."


def _of_agreement(before: str, after: str, novated: Mapping[str, str]) -> str:
    expected = novated.get(before, before)
    if after == expected:
        return ""
    return f"its agreement was {before or 'none'} and is {after or 'none'}. Record the novation."


def _named(cell: Cell) -> str:
    return f"{cell[0]} in {cell[1]}"
