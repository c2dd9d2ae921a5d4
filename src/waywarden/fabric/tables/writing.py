"""Answer with tables as files to download, and say what should stand beside them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from waywarden.fabric.tables.columns import Column, T, write_csv
from waywarden.fabric.tables.templates import template_workbook

__all__ = ["csv_response", "notes", "template_workbook"]


def csv_response(filename: str, columns: Sequence[Column[T]], rows: Iterable[T]) -> HttpResponse:
    """The table as a file to download."""
    response = HttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
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
