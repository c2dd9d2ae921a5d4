"""The rows that were left out, as they came, with a column that says why."""

from collections import defaultdict
from collections.abc import Sequence

from waywarden.fabric.imports.models import Upload
from waywarden.fabric.tables.columns import Column
from waywarden.fabric.tables.problems import Problem
from waywarden.fabric.tables.reading import Row

REASON = "reason"
Left = tuple[Row, str]


def left_out_columns(
    upload: Upload, problems: Sequence[Problem]
) -> tuple[list[Column[Left]], list[Left]]:
    """Return the columns of the table that was sent, one of reasons, and the rows left out."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        column = f"{problem.column}: " if problem.column else ""
        reasons[problem.row_number].append(f"{column}{problem.sentence}")
    sheet = upload.sheet
    rows = [(row, " ".join(reasons[row.number])) for row in sheet.rows if row.number in reasons]
    columns = [_column(heading) for heading in sheet.headings if heading != REASON]
    return [*columns, Column(REASON, "Why it was left out", "text", lambda left: left[1])], rows


def _column(heading: str) -> Column[Left]:
    return Column(heading, "As it was sent", "text", lambda left: left[0][heading])
