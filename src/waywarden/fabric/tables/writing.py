"""Answer with tables as files to download, and say what should stand beside them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from waywarden.fabric.tables.columns import Column, T, write_csv
from waywarden.fabric.tables.lists import asked_in_words
from waywarden.fabric.tables.sheets import write_workbook
from waywarden.fabric.tables.templates import template_workbook

__all__ = ["csv_response", "file_response", "notes", "table_response", "template_workbook"]

KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def csv_response(
    filename: str, columns: Sequence[Column[T]], rows: Iterable[T], *, is_raw: bool = False
) -> HttpResponse:
    """The table as a file to download."""
    return file_response(filename, write_csv(columns, rows, is_raw=is_raw).encode())


def table_response(
    request: HttpRequest,
    name: str,
    columns: Sequence[Column[T]],
    rows: Iterable[T],
    *,
    source: str,
    licence: str,
    made_on: date,
) -> HttpResponse:
    """The table as the file its address ends in: a workbook with its notes, or CSV.

    ``?raw=1`` asks for the CSV of machines, in which nothing is made safe for a spreadsheet.
    """
    if not request.path.endswith(".xlsx"):
        is_raw = request.GET.get("raw") == "1"
        return csv_response(f"{name}.csv", columns, rows, is_raw=is_raw)
    shows = asked_in_words(request.GET.urlencode())
    beside = notes(columns, source=source, licence=licence, made_on=made_on, shows=shows)
    return file_response(f"{name}.xlsx", write_workbook(columns, rows, notes=beside))


def file_response(filename: str, content: bytes) -> HttpResponse:
    """A file to download, of the kind its name says."""
    kind = KINDS[filename[filename.rindex(".") :]]
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    response["Content-Disposition"] = disposition or "attachment"
    return response


def notes(
    columns: Sequence[Column[T]], *, source: str, licence: str, made_on: date, shows: str = ""
) -> list[tuple[str, str]]:
    """What should stand beside a table, in a sheet of its own; never inside its CSV."""
    about = [("Source", source), ("Licence", licence), ("Made on", made_on.isoformat())]
    about += [("Shows", shows)] if shows else []
    return about + [(column.name, f"{column.meaning} ({column.type})") for column in columns]
