"""Reading tables that were sent."""

from dataclasses import replace

from waywarden.fabric.imports.kinds import MOST_WRONG, ImportKind, Occasion, Reading
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.tables.problems import UnreadableTable
from waywarden.fabric.tables.reading import Sheet, read_table

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000


def sheet_of(content: bytes, kind: ImportKind) -> Sheet:
    """Return the table in a file. Raises `UnreadableTable`, which says what to do."""
    if len(content) > MOST_BYTES:
        raise UnreadableTable(
            f"This file has {len(content) / 1_000_000:,.1f} MB; {MOST_BYTES // 1_000_000} MB can "
            "be taken in at once. Send it in smaller parts."
        )
    sheet = kind.opens(content) or read_table(content, wanted=kind.wanted)
    if len(sheet.rows) > MOST_ROWS:
        raise UnreadableTable(
            f"This table has {len(sheet.rows):,} rows; {MOST_ROWS:,} can be taken in at once. "
            "Send it in smaller parts."
        )
    return sheet


def reading_of(upload: Upload, kind: ImportKind, occasion: Occasion) -> Reading:
    """Return what a table would change now, with all that is wrong with it, row by row."""
    read = kind.read(upload.sheet, occasion)
    problems = sorted(
        {*upload.sheet.problems, *read.problems}, key=lambda p: (p.row_number, str(p))
    )
    if len(problems) > MOST_WRONG:
        first = problems[MOST_WRONG].row_number
        note = f"More than {MOST_WRONG} things are wrong. Is it the right table?"
        kept = [p for p in problems if p.row_number < first]
        lines = tuple(line for line in read.lines if line.row_number < first)
        return replace(read, lines=lines, problems=tuple(kept), notes=(*read.notes, note))
    return replace(read, problems=tuple(problems))


def taken_before(upload: Upload) -> Upload | None:
    """Return the same table of the same kind if it was taken in before for the same body."""
    same = Upload.objects.of(upload.body_key).filter(kind=upload.kind, sha256=upload.sha256)
    taken = same.filter(status=Upload.Status.TAKEN).exclude(pk=upload.pk)
    return taken.newest_first().first()
