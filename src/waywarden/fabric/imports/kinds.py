"""What a kind of import is: its columns, who may, what its rows would change, and how."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from django.conf import settings
from django.utils.module_loading import import_string

from waywarden.fabric.tables.columns import Column
from waywarden.fabric.tables.problems import Problem
from waywarden.fabric.tables.reading import Sheet

State = Literal["new", "changed", "same"]
#: More wrong rows than anybody reads; the table is then another one.
MOST_WRONG = 500


@dataclass(frozen=True)
class Wanted(Column[Any]):
    """A column of a table to take in, with an example of what to write in it."""

    example: str = ""
    is_needed: bool = True


@dataclass(frozen=True)
class Line:
    """One row that can be taken: what it would do, in words, and what the action is given."""

    row_number: int
    state: State
    says: str
    keeps: Any
    #: The key of the record that would give way to it; 0 where there is none.
    seen: int = 0


@dataclass(frozen=True)
class Reading:
    """A table as it was understood: what each row would change, and what is wrong with others."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    #: Whose records it would change, for who sends it to say why; blank where it is their own.
    asks_why: str = ""

    @cached_property
    def good(self) -> list[Line]:
        """The rows that nothing is wrong with."""
        wrong = {problem.row_number for problem in self.problems}
        return [line for line in self.lines if line.row_number not in wrong]

    @property
    def to_take(self) -> list[Line]:
        """The good rows that say something new."""
        return [line for line in self.good if line.state != "same"]

    def count(self, state: State) -> int:
        return sum(line.state == state for line in self.good)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same, and left out."""
        wrong = len({problem.row_number for problem in self.problems})
        counted = {state: self.count(state) for state in ("new", "changed", "same")}
        return counted | {"left_out": wrong}

    @property
    def digest(self) -> str:
        """The SHA-256 of what was understood: confirming is about what somebody saw."""
        said = [[line.row_number, line.state, line.says, line.seen] for line in self.good]
        wrong = [str(problem) for problem in self.problems]
        return hashlib.sha256(json.dumps([said, wrong]).encode()).hexdigest()


@dataclass(frozen=True)
class Occasion:
    """Who asks, which is `request.asking`, when, and why where that is asked."""

    who: Any
    now: datetime
    today: date
    reason: str = ""


@dataclass(frozen=True)
class ImportKind:
    """A kind of table that can be taken in.

    ``may`` says of who asks (`request.asking`) whether they may take it in;
    ``read`` says what a table would change, and saves nothing; ``take`` does it,
    inside the wizard's transaction. ``opens`` may read a file that is no table.
    """

    slug: str
    title: str
    lead: str
    columns: tuple[Wanted, ...]
    may: Callable[[Any], bool]
    read: Callable[[Sheet, Occasion], Reading]
    take: Callable[[Sequence[Line], Occasion], None]
    opens: Callable[[bytes], Sheet | None] = lambda content: None

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.is_needed)


def kinds() -> dict[str, ImportKind]:
    """Every kind the rooms named in the settings can take in, by its word in addresses."""
    found: list[ImportKind] = [import_string(path) for path in settings.IMPORT_KINDS]
    return {kind.slug: kind for kind in found}
