"""Lays out what agreements and their money are reckoned by, from `waywarden.rules`, for docs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType

from waywarden.rules import (
    accruals,
    agreed_facts,
    agreement_decisions,
    agreement_numbers,
    agreements_moves,
    claims,
    claims_moves,
    clauses,
    erosion,
    indexation,
    insurance,
    months,
    notice,
    payments,
    procurement_terms,
    provider_vat,
    reconciling,
    reorganising,
    schedules,
    top_up,
)
from waywarden.rules.saying import day, pounds

INTRODUCTION = """\
# What agreements and their money are reckoned by

Made from `src/waywarden/rules` and `src/waywarden/data` by `make docs`: change those. The rules are
pure: they know no web and no database, and each refusal is a sentence that says what to do. Amounts
are whole pence and always add up.

Only law that was read in its source refuses. Law that is recalled warns, or holds a claim until
somebody decides, and the monitoring officer confirms it. What is usual, or our own way of
reckoning, is where an agreement starts from.
"""

MOVES_INTRODUCTION = """\
## How {thing} moves

{record} is one record in one of these states. A move that is not in the second table does not
happen; one that is happens only by whom it names, with all it needs.
"""

CLAUSES_INTRODUCTION = """\
## The clauses of an agreement

In our own plain words, to start a draft from; no legal advice. What is not filled in reads "not
agreed".
"""

THRESHOLDS_INTRODUCTION = """\
## Lines of the Procurement Act 2023

For authorities that are not central government, with VAT, to be confirmed by whoever buys. After
the last day of a line nothing is known until the next is entered.
"""

PARTS: dict[str, tuple[ModuleType, ...]] = {
    "When and how much is paid": (months, schedules, indexation, erosion, top_up),
    "Claims and payments": (provider_vat, claims, claims_moves, payments, accruals),
    "What stands before an agreement": (
        *(agreement_decisions, insurance, procurement_terms, agreement_numbers),
    ),
    "Signing, changing and ending": (agreed_facts, agreements_moves, notice, clauses),
    "Held against one another": (reconciling, reorganising),
}


def as_markdown() -> str:
    """Give docs/reference/agreements.md as the rules state it today."""
    parts = (part for title, modules in PARTS.items() for part in bases(title, modules))
    agreement = moves(agreements_moves, "an agreement", "A version of an agreement")
    claim = moves(claims_moves, "a claim", "A claim")
    return "\n".join([INTRODUCTION, *parts, *agreement, *claim, *clause_table(), *thresholds()])


def bases(title: str, modules: Iterable[ModuleType]) -> Iterator[str]:
    """Give what the rules of one part rest on."""
    yield f"## {title}\n"
    yield table(
        ("Rule", "Source", "How sure", "In"),
        (
            (basis.rule, basis.source, basis.sure, f"`{module.__name__.rsplit('.', 1)[1]}.py`")
            for module in modules
            for basis in module.BASES
        ),
    )


def moves(module: ModuleType, thing: str, record: str) -> Iterator[str]:
    """Give the states of something and every move between them."""
    yield MOVES_INTRODUCTION.format(thing=thing, record=record)
    yield table(("State", "What it means"), ((one, one.sentence) for one in module.State))
    yield table(
        ("From", "To", "Move", "By", "Needs"),
        (
            (now, to, move.name, "; ".join(sorted(move.who)), "; ".join(sorted(move.needs)))
            for (now, to), move in module.MOVES.items()
        ),
    )


def clause_table() -> Iterator[str]:
    """Give the clauses with their fields."""
    yield CLAUSES_INTRODUCTION
    yield table(
        ("Clause", "What it says", "Fields", "Rests on"),
        (
            (
                f"{clause.part}: {clause.heading}",
                clause.says,
                "; ".join(field.label for field in clause.fields),
                clause.rests_on,
            )
            for clause in clauses.clauses()
        ),
    )


def thresholds() -> Iterator[str]:
    """Give the lines of the Procurement Act with their days."""
    yield THRESHOLDS_INTRODUCTION
    yield table(
        ("Line", "From", "To", "Amount", "Source", "Read in"),
        (
            (
                line.kind.replace("-", " "),
                day(line.days.starts_on or procurement_terms.IN_FORCE_ON),
                day(line.days.ends_on) if line.days.ends_on else "",
                pounds(line.pence),
                line.source,
                line.read_in,
            )
            for line in procurement_terms.thresholds()
        ),
    )


def table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Lay out a table for reading on the page and in the file."""
    lines = (titles, tuple("---" for _ in titles), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
