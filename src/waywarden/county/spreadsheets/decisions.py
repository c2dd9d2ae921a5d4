"""What a council resolved, minute by minute: its own decisions, taken in as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waywarden.county.decisions import actions
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.policies import Taken, kinds_of, obstacles_to_taking
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS
from waywarden.county.places.naming import in_quotes
from waywarden.data.names import plain
from waywarden.fabric.common.outgoing import NotReached, check_shown
from waywarden.fabric.common.wording import day
from waywarden.fabric.imports.kinds import (
    MOST_WRONG,
    ImportKind,
    Line,
    Occasion,
    Reading,
    Wanted,
)
from waywarden.fabric.tables.cells import iso_date
from waywarden.fabric.tables.problems import CellRefused, Problem
from waywarden.fabric.tables.reading import Row, Sheet

Kind, Outcome = Decision.Kind, Decision.Outcome
KINDS = {
    "": Kind.MINUTE,
    "minute": Kind.MINUTE,
    "executive": Kind.EXECUTIVE,
    "cabinet": Kind.EXECUTIVE,
    "officer": Kind.OFFICER,
}
OUTCOMES = {
    "": Outcome.AGREED,
    "agreed": Outcome.AGREED,
    "approved": Outcome.AGREED,
    "resolved": Outcome.AGREED,
    "not agreed": Outcome.REFUSED,
    "refused": Outcome.REFUSED,
    "deferred": Outcome.DEFERRED,
}
COUNTS = ("present", "quorum", "left", "for", "against", "abstained")
FIELDS = {"for": "votes_for", "against": "votes_against"}
#: Reads a cell, or raises `CellRefused`.
Reader = Callable[[str], Any]
LONGEST = {"reference": 100, "title": 200, "link": 300}
#: No council has a thousand members.
DIGITS = 3


@dataclass(frozen=True)
class Resolved:
    """One row: what was decided, and what came of it."""

    kind: str
    title: str
    taken: Taken


def may(who: Asking) -> bool:
    """Whether somebody acts as an officer of any body."""
    return who.acting is not None and who.acting.kind in OFFICERS


def read(sheet: Sheet, occasion: Occasion) -> Reading:
    """Say what each row would record."""
    office, today = occasion.who.acting, occasion.today
    rows: list[tuple[int, Resolved]] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        found, wrong = _resolved(row, office, today)
        problems += wrong
        rows += [(row.number, found)] if found else []
        if len(problems) > MOST_WRONG:
            break
    return Reading(*_lines(rows, problems, office))


def _resolved(row: Row, office: Office, today: date) -> tuple[Resolved | None, list[Problem]]:
    """Read the cells of a row; give what it says, or all that is wrong with it."""
    cells, problems = {}, []
    for column, read_cell in READERS.items():
        try:
            cells[column] = read_cell(row[column])
        except CellRefused as refused:
            problems.append(Problem(row.number, column, refused.sentence))
    if not problems and cells["kind"] not in kinds_of(office.body):
        said = f"{office.body} has no executive: write minute or officer."
        problems.append(Problem(row.number, "kind", said))
    if problems:
        return None, problems
    found = _put_together(cells)
    bare = Decision(body=office.body, kind=found.kind)
    obstacles = obstacles_to_taking(bare, found.taken, today=today, signed=(), interests=())
    return (None if obstacles else found), [Problem(row.number, "", each) for each in obstacles]


def _put_together(cells: Mapping[str, Any]) -> Resolved:
    counts = {FIELDS.get(name, name): cells[name] for name in COUNTS}
    counts["left"] = counts["left"] or 0
    voted = ("votes_for", "votes_against", "abstained")
    if any(counts[name] is not None for name in voted):
        counts |= {name: counts[name] or 0 for name in voted}
    given = {name: cells[name] for name in ("outcome", "reference", "text", "link")}
    taken = Taken(stated_on=cells["date"], **given, **counts)
    return Resolved(str(cells["kind"]), str(cells["title"]), taken)


def _one_of(words: Mapping[str, str], what: str) -> Reader:
    def read_cell(text: str) -> str:
        if (found := words.get(plain(text))) is None:
            known = ", ".join(word for word in words if word)
            raise CellRefused(f"{in_quotes(text)} is no {what} we know: {known}.")
        return found

    return read_cell


def _day(text: str) -> date:
    if not text.strip():
        raise CellRefused("Enter the day it was taken.")
    return iso_date(text)


def _needed(name: str) -> Reader:
    def read_cell(text: str) -> str:
        said = " ".join(text.split())
        if not said or len(said) > LONGEST[name]:
            raise CellRefused(f"Enter the {name} in up to {LONGEST[name]} letters.")
        return said

    return read_cell


def _count(text: str) -> int | None:
    said = text.strip()
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= DIGITS):
        raise CellRefused(f"{in_quotes(text)} is no number of members.")
    return int(said)


def _link(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST["link"]:
        raise CellRefused(f"Enter a web address in up to {LONGEST['link']} letters.")
    try:
        if said:
            check_shown(said)
    except NotReached as refused:
        raise CellRefused(f"{in_quotes(text)} is no web address. {refused}") from None
    return said


READERS: dict[str, Reader] = {
    "date": _day,
    "reference": _needed("reference"),
    "title": _needed("title"),
    "kind": _one_of(KINDS, "kind of decision"),
    "outcome": _one_of(OUTCOMES, "outcome"),
    "text": str.strip,
    "link": _link,
    **dict.fromkeys(COUNTS, _count),
}


def _lines(
    rows: list[tuple[int, Resolved]], problems: list[Problem], office: Office
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Hold rows against what is recorded, and against one another."""
    held = set(
        Decision.objects.of(office.body)
        .filter(stated_on__isnull=False)
        .values_list("kind", "reference", "stated_on")
    )
    lines: list[Line] = []
    seen: dict[tuple[str, str, date], int] = {}
    for number, found in rows:
        key = (found.kind, found.taken.reference, found.taken.stated_on)
        first = seen.setdefault(key, number)
        if first != number:
            said = f"Row {first} says the same already. Keep one of rows {first} and {number}."
            problems.append(Problem(number, "", said))
            continue
        says = f"{found.taken.reference} of {day(found.taken.stated_on)}: {found.title}"
        lines.append(Line(number, "same" if key in held else "new", says, found))
    return tuple(lines), tuple(problems)


def take(lines: Sequence[Line], occasion: Occasion) -> None:
    """Record the decisions, in the order of their rows."""
    for line in lines:
        found: Resolved = line.keeps
        actions.record(
            body=occasion.who.acting.body,
            kind=found.kind,
            title=found.title,
            taken=found.taken,
            by=occasion.who.by,
            now=occasion.now,
        )


KIND = ImportKind(
    slug="decisions",
    title="Decisions of your council",
    lead="What your council resolved, a row for each minute or decision. What is recorded already "
    "is left as it is.",
    columns=(
        Wanted("date", "The day it was taken", "date", None, "2026-05-11"),
        Wanted("reference", "The minute or decision reference", "text", None, "2026/114(b)"),
        Wanted("title", "What it is about", "text", None, "To cut the grass of the village"),
        Wanted("kind", "minute, executive or officer; blank is a minute", "text", None, "", False),
        Wanted("outcome", "agreed, not agreed or deferred", "text", None, "agreed", False),
        Wanted("text", "The words of the resolution", "text", None, "Resolved: …", False),
        Wanted("link", "Where it is published", "text", None, "", False),
        Wanted("present", "Members there", "whole number", None, "9", False),
        Wanted("quorum", "The quorum", "whole number", None, "3", False),
        Wanted("left", "Left because of an interest", "whole number", None, "1", False),
        Wanted("for", "Votes for", "whole number", None, "7", False),
        Wanted("against", "Votes against", "whole number", None, "1", False),
        Wanted("abstained", "Abstained", "whole number", None, "0", False),
    ),
    may=may,
    read=read,
    take=take,
)
