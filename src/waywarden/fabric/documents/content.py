"""What a paper says, once, for page, PDF and Word: headings, paragraphs, tables, lists, notes.

Pure. All text is plain text: no part of it is ever read as markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar


@dataclass(frozen=True)
class Heading:
    """A heading below the title."""

    text: str
    kind: ClassVar[str] = "heading"

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A heading says something.")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Listed:
    """A list whose order does not matter."""

    items: tuple[str, ...]
    kind: ClassVar[str] = "list"


@dataclass(frozen=True)
class Note:
    """A remark in small type: where figures come from, how sure they are."""

    text: str
    kind: ClassVar[str] = "note"


@dataclass(frozen=True)
class Table:
    """A table. The first cell of each row is its heading; ``numbers`` are columns of figures."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = field(default=frozenset())
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("Every row of a table has a cell for each heading.")

    @property
    def cells(self) -> list[list[dict[str, Any]]]:
        """Each row's cells, each with its heading and whether it is a figure."""
        return [
            [
                {"text": text, "heading": heading, "is_number": at in self.numbers}
                for at, (text, heading) in enumerate(zip(row, self.headings, strict=True))
            ]
            for row in self.rows
        ]


Part = Heading | Paragraph | Listed | Note | Table


@dataclass(frozen=True)
class Paper:
    """A whole paper: its title, who wrote it, what it is about, the day it was made, its parts."""

    title: str
    author: str
    about: str
    made_on: date
    parts: tuple[Part, ...]

    def texts(self) -> Iterator[str]:
        """Yield every piece of text of it, in the order in which it is read."""
        yield self.title
        for part in self.parts:
            yield from _texts(part)

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, as a template or a typesetter reads it."""
        return {
            "title": self.title,
            "author": self.author,
            "about": self.about,
            "made_on": self.made_on.isoformat(),
            "parts": [_plain(part) for part in self.parts],
        }


def _texts(part: Part) -> Iterator[str]:
    if isinstance(part, Table):
        yield part.caption
        yield from part.headings
        for row in part.rows:
            yield from row
    elif isinstance(part, Listed):
        yield from part.items
    else:
        yield part.text


def _plain(part: Part) -> dict[str, Any]:
    if isinstance(part, Table):
        return {
            "kind": part.kind,
            "caption": part.caption,
            "headings": list(part.headings),
            "rows": [list(row) for row in part.rows],
            "numbers": sorted(part.numbers),
        }
    if isinstance(part, Listed):
        return {"kind": part.kind, "items": list(part.items)}
    return {"kind": part.kind, "text": part.text}
