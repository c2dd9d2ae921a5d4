"""Write tables that a spreadsheet opens without running anything. Pure.

One list of columns drives the file and its description: what each column is
called, what it means, what type it has, and where its value comes from.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Kind = Literal["text", "whole number", "thousandths", "pence", "number", "date", "yes or no"]
T = TypeVar("T")

BYTE_ORDER_MARK = "\ufeff"
PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# A spreadsheet runs a cell that begins with one of these, and may itself cut a cell in
# two at a separator or a quotation mark. The wide forms are what some keyboards type.
RUNS = re.compile(r"(^|[,;|\t\n\"])([^\S\t\n]*)(?=[=+\-@＝＋－＠])")
LEADING_TAB = re.compile(r"(^|[,;|\n\"])(?=\t)")


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: its name, what it means, its type, and how to find its value in a row.

    `value` gives None where the value is not known; a template needs none.
    """

    name: str
    meaning: str
    type: Kind
    value: Callable[[T], Any] | None = None


def write_csv(columns: Sequence[Column[T]], rows: Iterable[T], *, is_raw: bool = False) -> str:
    """The table as CSV that Excel opens rightly: UTF-8 with its mark, CRLF, nothing that runs.

    Raw, it is for machines: every value as it is kept, without the mark.
    """
    out = io.StringIO(newline="")
    out.write("" if is_raw else BYTE_ORDER_MARK)
    as_sent: Callable[[str], str] = str if is_raw else safe
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([as_sent(column.name) for column in columns])
    for row in rows:
        writer.writerow([as_sent(text_of(column, row)) for column in columns])
    return out.getvalue()


def described(columns: Sequence[Column[T]]) -> list[dict[str, str]]:
    """The columns as a page or a schema describes them: as read, not as kept."""
    kept_as = {"thousandths": "number", "pence": "number"}
    return [
        {"name": c.name, "type": kept_as.get(c.type, c.type), "meaning": c.meaning} for c in columns
    ]


def text_of(column: Column[T], row: T) -> str:
    """A value in the words of its type; empty where it is not known.

    >>> text_of(Column("amount", "", "thousandths", lambda row: row), 1_234_500)
    '1234.5'
    >>> text_of(Column("cost", "", "pence", lambda row: row), -5)
    '-0.05'
    """
    value = column.value(row) if column.value else None
    if value is None:
        return ""
    if column.type == "thousandths":
        return decimal_text(value, 3).rstrip("0").rstrip(".")
    if column.type == "pence":
        return decimal_text(value, 2)
    if column.type == "date":
        return str(value.isoformat())
    if column.type == "yes or no":
        return "yes" if value else "no"
    return str(value)


def decimal_text(amount: int, places: int) -> str:
    """A whole number of small parts, written with its point.

    >>> decimal_text(73_400_000, 2)
    '734000.00'
    """
    whole, part = divmod(abs(amount), 10**places)
    return f"{'-' if amount < 0 else ''}{whole}.{part:0{places}d}"


def safe(text: str) -> str:
    """A text that no spreadsheet runs; numbers, also negative ones, stay as they are.

    >>> safe("=1+1"), safe("-12.5"), safe("-12.5 or so"), safe("grass; =1+1")
    ("'=1+1", '-12.5', "'-12.5 or so", "grass; '=1+1")
    """
    if PLAIN_NUMBER.fullmatch(text):
        return text
    # A line end within a cell is one plain character: a carriage return may run, too.
    plain_ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return LEADING_TAB.sub(r"\1'", RUNS.sub(r"\1\2'", plain_ends))
