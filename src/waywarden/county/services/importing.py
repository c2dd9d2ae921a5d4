"""Taking in a table of measured quantities, and the empty table to fill in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.places.naming import PlaceNames, in_quotes, refuse_empty_installation
from waywarden.county.services import actions, catalogue, claims, queries
from waywarden.county.services.actions import Recorded
from waywarden.county.services.measuring import area_of, is_length_of_area, unit_of, written
from waywarden.county.services.models import Quantity, Service
from waywarden.county.services.reconciling import Totals, is_total
from waywarden.data.names import plain
from waywarden.fabric.common.models import Confidence
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import amount
from waywarden.fabric.tables.cells import decimal_milli, iso_date
from waywarden.fabric.tables.columns import Column, write_csv
from waywarden.fabric.tables.previews import Preview, counted
from waywarden.fabric.tables.problems import CellRefused, Problem
from waywarden.fabric.tables.reading import Row, read_table
from waywarden.fabric.tables.writing import template_workbook
from waywarden.rules.estimates import Estimate

Progress = Callable[[str, float], None]
T = TypeVar("T")

WANTED = ("place", "service", "amount", "unit", "source", "date")
COLUMNS: tuple[Column, ...] = (
    Column("place", "The parish: its name, key or code. Where two have one name, the code", "text"),
    Column("service", "The service: its name or code", "text"),
    Column(
        "amount",
        "How much there is; 0 only where there is none. Leave out what is not known",
        "number",
    ),
    Column("unit", "The unit the service is counted in", "text"),
    Column("source", "Who says so: the survey, register or person", "text"),
    Column("date", "The day it was stated, such as 2026-04-01", "date"),
    Column(
        "confidence",
        "A, read in the source, or B, worked out from figures that were; blank is A",
        "text",
    ),
    Column(
        "swathe",
        "The width cut in metres, where an area is given as a length; blank elsewhere",
        "number",
    ),
    Column(
        "disputed",
        "Whether parish and county disagree about it; blank leaves it as it is",
        "yes or no",
    ),
    Column("dispute_note", "What they disagree about", "text"),
)
YES_OR_NO = {
    "": False,
    "no": False,
    "n": False,
    "false": False,
    "yes": True,
    "y": True,
    "true": True,
}
EARLIEST = date(1900, 1, 1)


def template(suffix: str) -> bytes:
    """Return an empty table to fill in: a workbook with a sheet of places and services, or CSV."""
    if suffix == ".csv":
        return write_csv(COLUMNS, []).encode()
    return template_workbook(COLUMNS, notes=_notes())


def _notes() -> list[tuple[str, str]]:
    columns = [(column.name, f"{column.meaning} ({column.type})") for column in COLUMNS]
    services = [
        (row["name"], f"{row['code']}, counted in {written(row['unit'])}")
        for row in catalogue.written()["service"]
        if not row.get("component")
    ]
    there = [area for county in places.counties() for area in places.places_of(county, on=date.max)]
    codes = places.current_codes_of(there)
    known = [(f"{area} ({area.within})", codes.get(area.pk, area.key)) for area in there]
    blank = ("", "")
    return [
        ("Columns", ""),
        *columns,
        blank,
        ("Services", ""),
        *services,
        blank,
        ("Places", ""),
        *known,
    ]


def take_in_quantities(
    file: Path, *, by: Actor, today: date, dry_run: bool = False, progress: Progress | None = None
) -> Preview:
    """Take in measured quantities, in place of estimates or earlier figures; all rows or none.

    Raises ``Refusal`` or ``UnreadableTable`` where the file as a whole cannot be read.
    """
    say = progress or (lambda stage, share: None)
    refuse_empty_installation()
    say("rows", 0.1)
    sheet = read_table(file, wanted=WANTED)
    reading = Reading(PlaceNames(on=today), today, list(sheet.problems))
    for done, row in enumerate(sheet.rows):
        reading.take(row)
        say("rows", 0.1 + 0.6 * done / len(sheet.rows))
    reading.reconcile()
    problems = tuple(sorted(reading.problems, key=lambda problem: problem.row_number))
    if problems:
        wrong = len({problem.row_number for problem in problems})
        return Preview(
            (f"{counted(len(sheet.rows), 'row')} read, {wrong:,} of them wrong.",), problems
        )
    say("quantities", 0.8)
    with transaction.atomic():
        said = _record(reading.quantities, by=by, today=today)
        transaction.set_rollback(dry_run)
    said += ["Nothing was saved: a dry run."] if dry_run else []
    return Preview((f"{counted(len(sheet.rows), 'row')} read, all in order.", *said))


@dataclass
class Reading:
    """The rows of a table as quantities, and what is wrong with the others."""

    names: PlaceNames
    today: date
    problems: list[Problem]
    quantities: list[Quantity] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    _seen: dict[tuple[int, int], int] = field(default_factory=dict)
    #: Those whose rows do not say whether they are disputed, or that they are and not why.
    _silent: list[Quantity] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._services = list(Service.objects.order_by("order"))

    def take(self, row: Row) -> None:
        """Read one row; keep it as a quantity, or say all that is wrong with it."""
        if is_total(row):
            self._take_total(row)
            return
        before = len(self.problems)
        area = self._read(row, "place", self.names.find)
        service = self._read(row, "service", self._service)
        if area and service:
            self._refuse_twin(row, area, service)
        facts: dict[str, Any] = {
            "area": area,
            "service": service,
            **self._amount(row, service),
            "source": self._read(row, "source", _source),
            "stated_on": self._read(row, "date", self._day),
            "confidence": self._read(row, "confidence", _confidence),
            "is_estimate": False,
            "is_disputed": self._read(row, "disputed", _yes_or_no),
            "dispute": row["dispute_note"],
        }
        self.totals.add(row, service, facts["amount_milli"] if facts["unit"] else None)
        if facts["dispute"] and facts["is_disputed"] is False:
            self._wrong(
                row,
                "dispute_note",
                "It says why, but not that it is disputed: write yes under disputed.",
            )
        if len(self.problems) == before:
            self.quantities.append(Quantity(**facts))
            says_why = bool(facts["dispute"]) or not facts["is_disputed"]
            self._silent += [] if row["disputed"].strip() and says_why else self.quantities[-1:]

    def _take_total(self, row: Row) -> None:
        """Keep a total of one service, or of all; one of a service we do not know is no total."""
        service = self._read(row, "service", self._service) if row["service"].strip() else None
        if service or not row["service"].strip():
            self.totals.say(row, service)

    def reconcile(self) -> None:
        """Hold the rows against the totals the file itself gives, and against what is held."""
        self.problems += self.totals.problems()
        self._leave_disputes()

    def _leave_disputes(self) -> None:
        """Let a dispute stand, in its own words, where the row does not say otherwise.

        What was claimed with it stays where the row says the same words.
        """
        told = {*map(id, self._silent)}
        areas, services = {q.area for q in self.quantities}, {q.service for q in self.quantities}
        held = queries.current_quantities(areas, services)
        for quantity in self.quantities:
            before = held.get((quantity.area_id, quantity.service_id))
            says_so = quantity.is_disputed and before and quantity.dispute == before.dispute
            if before and before.is_disputed and (id(quantity) in told or says_so):
                claims.carry(before, quantity)

    def _amount(self, row: Row, service: Service | None) -> dict[str, Any]:
        """Read an amount in its service's unit; a length with a swathe is an area."""
        amount = self._read(row, "amount", decimal_milli)
        if service is None:
            return {"amount_milli": amount, "unit": ""}
        if is_length_of_area(row["unit"], service):
            swathe = self._read(row, "swathe", lambda text: area_of(amount or 0, text))
            return {"amount_milli": swathe, "unit": service.unit}
        unit = self._read(row, "unit", lambda text: unit_of(text, service))
        return {"amount_milli": amount, "unit": unit}

    def _read(self, row: Row, column: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(row[column])
        except CellRefused as refused:
            self._wrong(row, column, refused.sentence)
            return None

    def _wrong(self, row: Row, column: str, sentence: str) -> None:
        self.problems.append(Problem(row.number, column, sentence))

    def _refuse_twin(self, row: Row, area: Area, service: Service) -> None:
        first = self._seen.setdefault((area.pk, service.pk), row.number)
        if first != row.number:
            about = f"Row {first} is about {service} in {area} already."
            self._wrong(row, "", f"{about} Keep one of rows {first} and {row.number}.")

    def _service(self, text: str) -> Service:
        if not text.strip():
            raise CellRefused("It is empty: write the name or the code of a service.")
        named = {
            plain(way): service for service in reversed(self._services) for way in _ways(service)
        }
        service = named.get(plain(text))
        if service is None:
            asked = queries.service_meant(text, self._delivered())
            asked = asked or "Write its name as in the list of services, or its code."
            raise CellRefused(f"{in_quotes(text)} is not a service we know. {asked}")
        if service.is_component:
            raise CellRefused(
                f"{service} only enters a cost; no place has an amount of it. Leave out the row."
            )
        return service

    def _delivered(self) -> list[Service]:
        return [service for service in self._services if not service.is_component]

    def _day(self, text: str) -> date:
        if not text.strip():
            raise CellRefused("It is empty: write the day on which the amount was stated.")
        day = iso_date(text)
        if day > self.today:
            raise CellRefused(
                f"{in_quotes(text)} is in the future: write the day on which the amount was stated."
            )
        if day < EARLIEST:
            raise CellRefused(f"{in_quotes(text)} is before 1900: check the year.")
        return day


def _ways(service: Service) -> tuple[str, ...]:
    return (service.code, service.slug, service.name, service.formal_name)


def _source(text: str) -> str:
    if not text.strip():
        raise CellRefused("It is empty: write who says so, such as a survey and who made it.")
    return text.strip()


def _confidence(text: str) -> str:
    letter = text.strip().upper() or Confidence.READ
    if letter == Confidence.ESTIMATE:
        raise CellRefused(
            "C is an estimate, and this table is for what was measured. Write A or B, or nothing."
        )
    if letter not in (Confidence.READ, Confidence.DERIVED):
        raise CellRefused(
            f"{in_quotes(text)} is not a letter we know: write A (read) or B (worked out)."
        )
    return str(letter)


def _yes_or_no(text: str) -> bool:
    answer = YES_OR_NO.get(text.strip().casefold())
    if answer is None:
        raise CellRefused(f"{in_quotes(text)} is neither yes nor no.")
    return answer


# What changes.


def _record(quantities: Sequence[Quantity], *, by: Actor, today: date) -> list[str]:
    """Record the quantities county by county, and say what changed."""
    said: list[str] = []
    for county in places.counties():
        of_county = [q for q in quantities if county.pk in (q.area.county_id, q.area_id)]
        if of_county:
            said += _record_county(county, of_county, by=by, today=today)
    return said


def _record_county(
    county: Area, quantities: Sequence[Quantity], *, by: Actor, today: date
) -> list[str]:
    there = places.places_of(county, on=today)
    services = sorted({q.service for q in quantities}, key=lambda service: service.order)
    before = queries.current_quantities(there, services)
    recorded = actions.record_quantities(
        of=county.subject, quantities=quantities, by=by, today=today
    )
    if not recorded.new and not recorded.replaced:
        return [f"{county}: all {recorded.unchanged:,} are held already. Nothing changes."]
    after = queries.current_quantities(there, services)
    said = [f"{county}: {_counts(quantities, before, recorded)}."]
    for service in services:
        said.append(f"{service} in {county}")
        said.append(f"  before: {_total(service, before, len(there))}")
        said.append(f"  after:  {_total(service, after, len(there))}")
    return said


def _counts(
    quantities: Sequence[Quantity], before: dict[tuple[int, int], Quantity], recorded: Recorded
) -> str:
    held = [before.get((q.area_id, q.service_id)) for q in quantities]
    estimates = sum(1 for quantity in held if quantity and quantity.is_estimate)
    examples = sum(1 for quantity in held if quantity and quantity.is_example)
    counts = {
        "new": recorded.new,
        "in place of an estimate": estimates,
        "in place of a made-up example": examples,
        "in place of an earlier figure": recorded.replaced - estimates - examples,
        "held already": recorded.unchanged,
    }
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)


def _total(service: Service, held: dict[tuple[int, int], Quantity], places_there: int) -> str:
    """Say what is measured and what is estimated; the two are never added."""
    mine = [quantity for (_, pk), quantity in held.items() if pk == service.pk]
    examples = [quantity for quantity in mine if quantity.is_example]
    measured = [q.amount_milli for q in mine if not q.is_estimate and not q.is_example]
    estimated = [quantity for quantity in mine if quantity.is_estimate]
    said = []
    if measured:
        total = amount(sum(measured), service.unit)
        said.append(f"measured {total} in {counted(len(measured), 'place')}")
    if estimated:
        said.append(f"{_range(estimated, service)} for {counted(len(estimated), 'place')}")
    if examples:
        said.append(f"made up for {counted(len(examples), 'place')}")
    if unknown := places_there - len(mine):
        said.append(f"not known for {counted(unknown, 'place')}")
    return "; ".join(said)


def _range(estimated: Sequence[Quantity], service: Service) -> str:
    """Add up estimates as the range they are."""
    low = sum(quantity.low_milli or 0 for quantity in estimated)
    high = sum(quantity.high_milli or 0 for quantity in estimated)
    return str(
        Estimate(low, sum(quantity.amount_milli for quantity in estimated), high, service.unit)
    )
