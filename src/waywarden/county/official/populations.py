"""Taking in official populations, as the Office for National Statistics publishes them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from waywarden.county.places import actions
from waywarden.county.places.models import Area, AreaCode, Measure
from waywarden.county.places.naming import refuse_empty_installation
from waywarden.county.places.queries import current_codes_of
from waywarden.fabric.common.models import Confidence
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.tables import reading
from waywarden.fabric.tables.cells import quoted, whole
from waywarden.fabric.tables.delimited import Line, lines_of_text
from waywarden.fabric.tables.previews import Preview, counted, listed
from waywarden.fabric.tables.problems import CellRefused, Problem, UnreadableTable
from waywarden.fabric.tables.reading import Row, Sheet, key_of
from waywarden.fabric.tables.workbooks import is_workbook, worksheets

Progress = Callable[[str, float], None]

CODES = (r"parncp\d\dcd", r"par\d\dcd", r"gss_?code", r"code", r"(area|geography|parish)_code")
TOTALS = (
    r"(total_)?population(_(mid_?)?20\d\d)?|(mid_?)?20\d\d_population",
    r"all_ages|all_persons|persons|(all_)?usual_residents",
    r"total",
    r"mid_?20\d\d",
)
MID_YEAR = re.compile(r"mid[-_ ]?(?:year[-_ ]?)?(20\d\d)", re.IGNORECASE)
LINES_SEARCHED = 20


@dataclass(frozen=True)
class Table:
    """A table of populations: its rows, which columns count, and when the people were counted."""

    sheet: Sheet
    code: str
    total: str
    reference: str
    stated_on: date


@dataclass
class Counted:
    """The figures of a table about our places."""

    measures: list[Measure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    earlier_codes: list[str] = field(default_factory=list)
    elsewhere: int = 0
    revised: int = 0
    held: int = 0


def take_in_population(
    file: Path,
    *,
    on: date,
    by: Actor,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Preview:
    """Take in official populations of our places; all rows or none.

    They are of the middle of the year the file names, or else of ``on``. Raises
    ``Refusal`` or ``UnreadableTable`` where the file as a whole cannot be read.
    """
    say = progress or (lambda stage, share: None)
    refuse_empty_installation()
    say("rows", 0.1)
    table = table_of(file, on=on)
    if table.stated_on > today:
        raise Refusal(
            f"{table.reference} is in the future. Give the day they were counted with --on."
        )
    say("places", 0.5)
    counted_now = _count(table, source=f"Official populations, {file.name}")
    about = f"{counted(len(table.sheet.rows), 'row')} read, of {table.reference}."
    if table.reference == on.isoformat():
        about += " The file names no year: if they were counted on another day, give it with --on."
    if counted_now.problems:
        return Preview((about,), tuple(counted_now.problems))
    say("figures", 0.8)
    with transaction.atomic():
        new = actions.record_measures(
            of=Subject("figures", "population"), measures=counted_now.measures, by=by, today=today
        )
        transaction.set_rollback(dry_run)
    return Preview((about, *_report(counted_now, new)))


def _report(found: Counted, new: int) -> list[str]:
    """Say which figures are new."""
    counts = {
        "new": new - found.revised,
        "in place of an earlier figure of the same day": found.revised,
        "held already": found.held,
        "of places we do not hold": found.elsewhere,
    }
    said = [", ".join(f"{count:,} {what}" for what, count in counts.items() if count) + "."]
    if found.earlier_codes:
        said.append(
            "Found by an earlier code, so the figure may be of an earlier boundary: "
            f"{listed(found.earlier_codes)}."
        )
    if not new:
        said.append("Nothing changes.")
    return said


# Finding the table in the file.


def table_of(file: Path, *, on: date) -> Table:
    """Return the table with a column of codes and one of totals, on whichever sheet it is."""
    sheets = _sheets(file)
    for name, lines in sheets:
        for at, (_, cells) in enumerate(lines[:LINES_SEARCHED]):
            code, total = _heading(cells, CODES), _heading(cells, TOTALS)
            if code and total:
                above = [cell for _, before in lines[:at] for cell in before]
                reference, stated_on = _counted_when([total, *above, name, file.stem], on)
                sheet = reading.sheet_of(lines, (code, total))
                return Table(sheet, code, total, reference, stated_on)
    raise UnreadableTable(
        "We found no row of headings with a column of codes, such as PAR24CD or code, and one of "
        "totals, such as population, All ages or Total."
    )


def _sheets(file: Path) -> list[tuple[str, list[Line]]]:
    content = reading.content_of(file)
    if is_workbook(content):
        return [(sheet.name, sheet.lines) for sheet in worksheets(content)]
    reading.refuse_other_kinds(content)
    return [("", lines_of_text(content))]


def _heading(cells: list[str], patterns: tuple[str, ...]) -> str:
    """Return the heading that fits the first pattern any does; refuse to choose between two."""
    for pattern in patterns:
        fitting = [cell for cell in cells if re.fullmatch(pattern, key_of(cell))]
        if len(fitting) > 1:
            names = " and ".join(quoted(cell) for cell in fitting[:4])
            raise UnreadableTable(f"The columns {names} could each be meant. Leave in one of them.")
        if fitting:
            return fitting[0]
    return ""


def _counted_when(texts: list[str], on: date) -> tuple[str, date]:
    """Return when the people were counted: the middle of the year that a text names, or the day."""
    for text in texts:
        if found := MID_YEAR.search(text):
            # "Mid-year" is 30 June in the statistics of the United Kingdom.
            return f"mid-{found[1]}", date(int(found[1]), 6, 30)
    return on.isoformat(), on


# Reading its rows.


def _count(table: Table, *, source: str) -> Counted:
    found = Counted()
    areas = Area.objects.lowest().in_bulk()
    newest = current_codes_of(areas.values())
    by_code: dict[str, set[int]] = {}
    for code, pk in AreaCode.objects.filter(area__in=areas).values_list("code", "area"):
        by_code.setdefault(code, set()).add(pk)
    held = _held(table.reference)
    rows_of: dict[int, int] = {}
    for row in table.sheet.rows:
        code = row[table.code].upper()
        known = by_code.get(code, set())
        known = known if len(known) < 2 else {pk for pk in known if newest.get(pk) == code}
        if len(known) != 1:
            found.elsewhere += bool(code and row[table.total])
            continue
        area = areas[next(iter(known))]
        people = _people(row, area, table, rows_of, found)
        if people is None:
            continue
        if newest.get(area.pk) != code:
            found.earlier_codes.append(f"{area} ({code})")
        _keep(found, area, people, table, held.get(area.pk), source)
    if not found.measures and not found.held and not found.problems:
        raise Refusal(
            f"None of the {found.elsewhere:,} codes in this table is of a place we hold. "
            "Is it a table of parishes, and is the right county loaded?"
        )
    return found


def _people(
    row: Row, area: Area, table: Table, rows_of: dict[int, int], found: Counted
) -> int | None:
    """Read how many people a row gives for a place, or say what is wrong with it."""
    first = rows_of.setdefault(area.pk, row.number)
    try:
        if first != row.number:
            raise CellRefused(f"{area} stands in row {first} already. Keep one of the two rows.")
        return whole(row[table.total])
    except CellRefused as refused:
        found.problems.append(Problem(row.number, table.total, refused.sentence))
        return None


def _held(reference: str) -> dict[int, list[Measure]]:
    """Return the official figures of one day by place, the first recorded first."""
    held: dict[int, list[Measure]] = {}
    measures = Measure.objects.filter(kind=Measure.Kind.POPULATION, is_modelled=False)
    for measure in measures.filter(reference__startswith=reference).order_by("pk"):
        if measure.reference == reference or measure.reference.startswith(f"{reference}, revised"):
            held.setdefault(measure.area_id, []).append(measure)
    return held


def _keep(
    found: Counted, area: Area, people: int, table: Table, held: list[Measure] | None, source: str
) -> None:
    """Keep a figure that is new or differs from the one held; nothing held is written over."""
    if held and held[-1].value == people:
        found.held += 1
        return
    found.revised += bool(held)
    revision = f", revised ({len(held)})" if held else ""
    found.measures.append(
        Measure(
            area=area,
            kind=Measure.Kind.POPULATION,
            value=people,
            reference=f"{table.reference}{revision}",
            source=source,
            stated_on=table.stated_on,
            confidence=Confidence.READ,
            is_modelled=False,
        )
    )
