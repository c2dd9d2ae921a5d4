"""Tables of a plan's page as HTML: one list of columns gives headings, cells and phone labels."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Shown(Generic[T]):
    """One column: its heading and what a row shows in it, as HTML that is safe already."""

    heading: str
    cell: Callable[[T], str]
    is_number: bool = False


def table(
    caption: str,
    columns: Sequence[Shown[T]],
    rows: Iterable[T],
    *,
    total: Sequence[str] = (),
) -> str:
    """Return a table whose first column names its rows; on a phone each row is stacked.

    The roles are written out, for a table laid out as blocks loses them.
    """
    head = "".join(
        f'<th role="columnheader" scope="col"{_number(one)}>{escape(one.heading)}</th>'
        for one in columns
    )
    body = "".join(_row(columns, [one.cell(row) for one in columns]) for row in rows)
    foot = f'<tfoot role="rowgroup">{_row(columns, list(total))}</tfoot>' if total else ""
    return (
        f'<table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody>{foot}</table>'
    )


def _number(column: Shown[T]) -> str:
    return ' class="n"' if column.is_number else ""


def _row(columns: Sequence[Shown[T]], cells: Sequence[str]) -> str:
    first, *rest = cells
    told = "".join(
        f'<td role="cell" data-label="{escape(column.heading)}"{_number(column)}>{_told(cell)}</td>'
        for column, cell in zip(columns[1:], rest, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{first}</th>{told}</tr>'


def _told(cell: str) -> str:
    """Hold a cell together, for on a phone it stands as one beside its label."""
    return f"<span>{cell}</span>" if cell else ""
