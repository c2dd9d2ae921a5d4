"""Makes the planner's problem of a county's spreadsheet, all that is wrong named at once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from waywarden.data.names import plain
from waywarden.fabric.tables.cells import CellRefused
from waywarden.planner import (
    Council,
    DeliveryModel,
    Infeasible,
    Outside,
    Problem,
    Provider,
    Service,
    Willingness,
    Work,
)
from waywarden.planner.answers.gridding import MOST_EAST_M, MOST_NORTH_M
from waywarden.planning.facts import CannotPlan
from waywarden.planning.own.columns import SHEETS
from waywarden.planning.own.reading import Cells, Reader, peak_share
from waywarden.planning.own.ruling import rules_of, settings_of
from waywarden.planning.own.sheets import Complaint, sheets_of
from waywarden.planning.words.phrasing import without_rows

#: No parish is so near to the corner of the grid, which lies in the sea.
LEAST_M = 1_000


class CannotRead(CannotPlan):
    """A spreadsheet with something wrong in it; ``complaints`` say what, each with its place."""

    def __init__(self, path: Path, complaints: Sequence[Complaint]) -> None:
        super().__init__(
            f"Nothing was planned. Mend what is named above in {path}, and plan again."
        )
        self.complaints = tuple(complaints)


def own_problem(path: Path) -> Problem:
    """Return the problem that a workbook, or a folder or zip file of CSV files, describes.

    Amounts are in pounds a year. Raises `CannotRead` with everything that is
    wrong, and `UnreadableTable` where nothing could be read at all.
    """
    sheets, wrong = sheets_of(path)
    if any(sheet.is_needed and sheet.name not in sheets for sheet in SHEETS):
        raise CannotRead(path, wrong)
    reader = Reader(sheets, list(wrong))
    county = _County(reader)
    problem = None if reader.complaints else county.problem()
    if problem is None:
        raise CannotRead(path, reader.complaints)
    return problem


@dataclass
class _County:
    """What is read of a county: names in their plain form, and what stands under them."""

    reader: Reader
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    providers: dict[str, dict[str, Any]] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    models: list[tuple[str, str, DeliveryModel]] = field(default_factory=list)
    works: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read_places("councils", "council", self.places)
        self._read_places("providers", "provider", self.providers)
        self._read_models()
        self._read_works()
        names = _names(self.places)
        leads = names | _names(self.providers)
        self.rules = settings_of(self.reader) | rules_of(self.reader, names, leads, self.services)

    def problem(self) -> Problem | None:
        """Return the problem; what the planner itself refuses is kept as a complaint."""
        try:
            return Problem(
                councils=tuple(self._council(key) for key in self.places),
                services=tuple(
                    Service(name, name, self.units.get(key, ""))
                    for key, name in self.services.items()
                ),
                providers=tuple(self._provider(key) for key in self.providers),
                **self.rules,
            )
        except Infeasible as error:
            self.reader.refuse("councils", None, "", without_rows(str(error)))
            return None

    def _read_places(self, sheet: str, column: str, found: dict[str, dict[str, Any]]) -> None:
        for cells in self.reader.rows(sheet):
            name = cells.words(column)
            place = {
                "name": name,
                "east_km": _metres(cells, "easting", MOST_EAST_M) / 1_000,
                "north_km": _metres(cells, "northing", MOST_NORTH_M) / 1_000,
            }
            if sheet == "councils":
                place["can_lead"] = cells.yes("can lead", blank=True)
            key = plain(name or "")
            if name and (key in self.places or key in self.providers):
                cells.refuse(column, f"'{name}' is named twice. Give each a name of its own.")
            found[key] = place

    def _read_models(self) -> None:
        known = _names(self.places) | _names(self.providers)
        for cells in self.reader.rows("models"):
            service = cells.words("service")
            whose = cells.name("council", known, blank="")
            model = _model(cells)
            if service:
                self.services.setdefault(plain(service), service)
            if service and whose is not None and model:
                self.models.append((plain(service), plain(whose), model))

    def _read_works(self) -> None:
        known = _names(self.places)
        for cells in self.reader.rows("work"):
            council, service = cells.name("council", known), cells.name("service", self.services)
            work, unit = _work(cells), cells.words("unit", blank="")
            at = plain(council or ""), plain(service or "")
            if council and service and at in self.works:
                cells.refuse("service", "This council has a row for it already. Keep one of them.")
            self.works[at] = work
            if unit:
                self.units.setdefault(at[1], unit)

    def _council(self, key: str) -> Council:
        place = self.places[key]
        return Council(
            key=place["name"],
            work={
                self.services[service]: Work(**work, models=self._models_of(key, service))
                for (council, service), work in self.works.items()
                if council == key
            },
            **place,
        )

    def _provider(self, key: str) -> Provider:
        place = self.providers[key]
        models = {
            name: tuple(model for at, whose, model in self.models if (at, whose) == (service, key))
            for service, name in self.services.items()
        }
        return Provider(key=place["name"], models=models, **place)

    def _models_of(self, council: str, service: str) -> tuple[DeliveryModel, ...]:
        return tuple(
            model for at, whose, model in self.models if at == service and whose in ("", council)
        )


def _names(places: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {key: str(place["name"]) for key, place in places.items()}


def _metres(cells: Cells, column: str, most: int) -> float:
    """Read a position; nought where it cannot be, which is then complained of."""
    found = cells.amount(column)
    if found is not None and found < LEAST_M:
        cells.refuse(
            column,
            f"{found:g} is not in metres on the British National Grid. Latitudes, longitudes and "
            "kilometres are not read: write metres.",
        )
    if found is not None and found > most:
        cells.refuse(column, f"{found:g} is not on the British National Grid, in metres.")
    return found or 0.0


def _model(cells: Cells) -> DeliveryModel | None:
    name = cells.words("name")
    needed = cells.amount("setup"), cells.amount("unit cost"), cells.amount("call-out", blank=0.0)
    capacity = cells.amount("capacity", blank=math.inf)
    low, high = cells.amount("low", blank=1.0), cells.amount("high", blank=1.0)
    travels = cells.yes("travels", blank=True)
    if low is not None and low > 1:
        cells.refuse("low", f"{low:g} is more than 1: low prices are at most those expected.")
    if high is not None and high < 1:
        cells.refuse("high", f"{high:g} is less than 1: high prices are at least those expected.")
    setup, unit_cost, call_out = needed
    if None in (name, setup, unit_cost, call_out, capacity, low, high, travels):
        return None
    return DeliveryModel(name, setup, unit_cost, capacity, call_out, travels, low, high)  # type: ignore[arg-type]


def _work(cells: Cells) -> dict[str, Any]:
    """Read what a council wants of a service; what is wrong is kept, and read as nought."""
    quantity, visits = cells.amount("quantity") or 0.0, cells.amount("visits") or 0.0
    work = quantity * visits
    cost = cells.amount("cost alone", blank=math.inf)
    way = cells.words("way alone", blank="alone") or ""
    said = cells.one_of("willingness", list(Willingness), blank=Willingness.UNKNOWN)
    return {
        "work": work,
        "peak": _peak(cells, work),
        "visits": visits,
        "trips": cells.amount("trips", blank=visits) or 0.0,
        "willingness": Willingness(said or Willingness.UNKNOWN),
        "outside": (Outside(way, cost),) if cost is not None and math.isfinite(cost) else (),
        "payment": cells.amount("payment", blank=0.0) or 0.0,
    }


def _peak(cells: Cells, work: float) -> float:
    """Read the units of the busiest month, given as such or as a share of the year's."""
    given = [column for column in ("peak", "peak share") if cells.row[column].strip()]
    if len(given) != 1:
        why = "Both are given: keep one." if given else "It is empty, and so is the peak: give one."
        cells.refuse("peak share", why)
        return 0.0
    if given == ["peak"]:
        return cells.amount("peak") or 0.0
    try:
        return work * peak_share(cells.row["peak share"], has_work=work > 0)
    except CellRefused as error:
        cells.refuse("peak share", error.sentence)
        return 0.0
