"""The clauses of an agreement in plain words: every field is filled in, or reads "not agreed"."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.saying import Refused, listed

NOT_AGREED = "not agreed"
#: What is longer belongs into a schedule of its own.
LONGEST = 4_000
BASES = (
    Basis(
        rule="Every field of an agreement is filled in, or reads “not agreed”.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
)
HOW_SURE = {"read": Sure.READ, "recalled": Sure.RECALLED}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an agreement says: its label, and the question it answers."""

    key: str
    label: str
    asks: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its part and heading, its standing words, its fields, and what it rests on."""

    key: str
    part: str
    heading: str
    says: str
    fields: tuple[Field, ...]
    law: str = ""
    sure: Sure | None = None

    @property
    def rests_on(self) -> str:
        """Its law and how sure of it we are; blank where it rests on none."""
        return f"{self.law}: {self.sure}" if self.law else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field as an agreement shows it: in the words given, or as not agreed."""

    field: Field
    given: str

    @property
    def says(self) -> str:
        """What stands beside the label.

        >>> Row(Field("cap", "Cap", ""), "").says
        'not agreed'
        """
        return self.given or NOT_AGREED


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A clause as an agreement shows it: numbered, with each of its fields."""

    number: int
    clause: Clause
    rows: tuple[Row, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether each of its fields is filled in."""
        return all(row.given for row in self.rows)


@cache
def clauses() -> tuple[Clause, ...]:
    """Return every clause in the order of an agreement.

    >>> clauses()[0].heading
    'Who agrees'
    """
    path = resources.files("waywarden.data").joinpath("agreements/clauses.toml")
    return tuple(_clause(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["clause"])


def _clause(row: dict[str, Any]) -> Clause:
    return Clause(
        key=row["key"],
        part=row["part"],
        heading=row["heading"],
        says=row["says"],
        fields=tuple(Field(**field) for field in row["fields"]),
        law=row.get("law", ""),
        sure=HOW_SURE.get(row.get("sure", "")),
    )


@cache
def fields() -> Mapping[str, Field]:
    """Return every field by its key, in the order of the clauses.

    >>> fields()["notice"].asks
    'With how much notice, and on which days, does it end?'
    """
    return {field.key: field for clause in clauses() for field in clause.fields}


def drafted(values: Mapping[str, str]) -> list[Paragraph]:
    """Return an agreement clause by clause, with what is given filled in as it was typed.

    >>> drafted({"cap": "5 % a year"})[11].rows[2].says
    '5 % a year'
    """
    if unknown := sorted(set(values) - set(fields())):
        raise Refused(f"An agreement has no field called {listed(unknown)}. Take it out.")
    for key, value in values.items():
        if len(value) > LONGEST:
            raise Refused(
                f"The answer to “{fields()[key].asks}” is longer than {LONGEST:,} letters. Put the "
                "rest into a schedule."
            )
    return [
        Paragraph(
            number,
            clause,
            tuple(Row(field, values.get(field.key, "").strip()) for field in clause.fields),
        )
        for number, clause in enumerate(clauses(), start=1)
    ]


def not_agreed(values: Mapping[str, str]) -> list[Field]:
    """Return every field that is not filled in, in the order of the clauses.

    >>> len(not_agreed({"cap": "5 %"})) == len(fields()) - 1
    True
    """
    return [row.field for paragraph in drafted(values) for row in paragraph.rows if not row.given]
