"""What planning assumes: prices, levels, set-up, capacity and limits, each with its reason.

The numbers stand in `data/oxfordshire/planning.toml`, the prices and standards
in `data/services.toml`. Nothing here is a number of ours.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from waywarden import data
from waywarden.fabric.common import wording
from waywarden.planning.facts import CannotPlan
from waywarden.rules.assumptions import refuse_nonsense
from waywarden.rules.units import units

NUMBER_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
SUFFIXES = ("_pence", "_percent", "_milli")


@dataclass(frozen=True)
class Figure:
    """One number, its name, and why we say so; ``value`` is in what the key's ending says."""

    key: str
    name: str
    value: int
    unit: str
    confidence: str
    source: str

    def __post_init__(self) -> None:
        refuse_nonsense(self.value, f"The figure {self.key}")

    @property
    def words(self) -> str:
        """The figure as a line of a table: "A set of road signs lasts: 10 years"."""
        shown = {
            "_pence": wording.pounds(self.value),
            "_percent": f"{self.value}%",
            "_milli": wording.number(self.value),
        }
        ending = next((end for end in SUFFIXES if self.key.endswith(end)), "")
        return f"{self.name}: {shown.get(ending, f'{self.value:,}')} {self.unit}".strip()


@dataclass(frozen=True)
class Level:
    """How often a service is wanted: visits in so many years, and where that is from."""

    visits: int
    years: int
    words: str
    confidence: str
    source: str


@dataclass(frozen=True)
class Price:
    """A price of the catalogue: thousandths of a penny a unit, or a sum in pence."""

    basis: str
    millipence: int
    unit: str
    confidence: str
    source: str


@dataclass(frozen=True)
class OwnStaff:
    """Who does a service for a council with people of its own: how many, and what they use up."""

    people: int
    running_pence: int
    confidence: str
    source: str


@dataclass(frozen=True)
class ServiceCosting:
    """What one service is wanted at and costs, by each way of delivering it."""

    code: str
    name: str
    unit: str
    level: Level
    contractor: Price
    call_out: Price | None
    hourly_milli: Figure
    peak_percent: Figure
    own_staff: OwnStaff | None
    volunteers: Price | None
    kit_pence: int
    kit_confidence: str
    is_beside_roads: bool
    #: The county's published yearly budget for it, if there is one, and where that was read.
    published_pence: int | None = None
    published_source: str = ""
    published_year: str = ""


@dataclass(frozen=True)
class Costing:
    """Everything a plan assumes of a county."""

    county: str
    figures: Mapping[str, Figure]
    services: Mapping[str, ServiceCosting]
    member: Price
    contract_percent: int
    training: Price
    insurance: Price
    signs_pence: int
    notes: tuple[tuple[str, str, str], ...]

    def value(self, key: str) -> int:
        """Return one of the figures."""
        return self.figures[key].value


@cache
def catalogue() -> dict[str, Any]:
    """Return the catalogue of services as it is written in the package."""
    return _table("services.toml")


@cache
def costing_for(county: str) -> Costing:
    """Return what is assumed of a county; outside Oxfordshire, what is assumed of that."""
    return costing_from(_table("oxfordshire/planning.toml"), county=county)


def costing_from(table: Mapping[str, Any], *, county: str) -> Costing:
    """Read what is assumed from a table shaped as `planning.toml` is."""
    running, components = table["running"], table["components"]
    [share] = [row for row in _prices("ADM") if row["basis"] == running["part_of_contract"]]
    return Costing(
        county=county,
        figures={key: Figure(key, **{"unit": "", **row}) for key, row in table["figures"].items()},
        services={row["code"]: _service(row, county) for row in table["service"]},
        member=price("ADM", running["each_member"]),
        contract_percent=share["percent"],
        training=price("CH8", components["training"]),
        insurance=price("INS", components["insurance"]),
        signs_pence=_entry("TM")["setup_pence"],
        notes=tuple((row["text"], row["confidence"], row["source"]) for row in table["note"]),
    )


def price(code: str, basis: str) -> Price:
    """Return the price of a service that is written in the catalogue under ``basis``."""
    for row in _prices(code):
        if row["basis"] == basis:
            millipence = row.get("rate_millipence", 1_000 * row.get("pence", 0))
            source = _source(row["source"])
            return Price(basis, millipence, row.get("unit", ""), row["confidence"], source)
    raise CannotPlan(f"The catalogue of services has no price of {code} called “{basis}”.")


def _service(row: Mapping[str, Any], county: str) -> ServiceCosting:
    entry = _entry(row["code"])
    published = _published(row["code"], county)
    return ServiceCosting(
        code=row["code"],
        name=entry["name"],
        unit=entry["unit"],
        level=_level(entry, county),
        contractor=price(row["code"], row["contractor"]),
        call_out=price(row["code"], row["call_out"]) if "call_out" in row else None,
        hourly_milli=_hourly(row, entry),
        peak_percent=Figure(
            "peak_percent",
            f"{entry['name']}, part of a year’s work in the busiest month",
            unit="",
            **row["peak_percent"],
        ),
        own_staff=OwnStaff(**row["own_staff"]) if "own_staff" in row else None,
        volunteers=price(row["code"], row["volunteers"]["price"]) if "volunteers" in row else None,
        kit_pence=entry.get("setup_pence", 0),
        kit_confidence=entry.get("setup_confidence", "C"),
        is_beside_roads=row.get("is_beside_roads", True),
        published_pence=published["pence"] if published else None,
        published_source=published["source"] if published else "",
        published_year=published["year"] if published else "",
    )


def _hourly(row: Mapping[str, Any], entry: Mapping[str, Any]) -> Figure:
    unit = f"{units()[entry['unit']].symbol} an hour"
    return Figure("hourly_milli", f"{entry['name']}, done", unit=unit, **row["hourly_milli"])


def _level(entry: Mapping[str, Any], county: str) -> Level:
    """Return the level the county funds; else the least of what is usual; else Oxfordshire's."""
    funded, usual = entry.get("funded"), entry.get("usual")
    if funded and _is_of(funded["county"], county):
        return _level_of(entry, funded, funded["visits"], funded["confidence"])
    if funded and not usual:
        return _level_of(entry, funded, funded["visits"], "C")
    if usual is None or "low" not in usual:
        raise CannotPlan(f"No level of {entry['code']} is known that could be planned.")
    return _level_of(entry, usual, usual["low"], usual["confidence"])


def _is_of(code: str, county: str) -> bool:
    try:
        return data.county(county).code == code
    except data.UnknownCounty:
        return False


def _level_of(entry: Mapping[str, Any], row: Mapping[str, Any], visits: int, letter: str) -> Level:
    visit = entry["visit"] if visits == 1 else entry["visits"]
    years = row["years"]
    often = "a year" if years == 1 else f"every {NUMBER_WORDS[years].lower()} years"
    return Level(
        visits, years, f"{NUMBER_WORDS[visits]} {visit} {often}", letter, _source(row["source"])
    )


def _published(code: str, county: str) -> Mapping[str, Any] | None:
    """Return the county's published budget for a service, where one was read."""
    if county != "Oxfordshire":
        return None
    cost = _table("oxfordshire/assumptions.toml")["county_cost"]
    found: Mapping[str, Any] = cost["published"]
    return found if cost["service"] == code else None


def _entry(code: str) -> dict[str, Any]:
    [row] = [row for row in catalogue()["service"] if row["code"] == code]
    return dict(row)


def _prices(code: str) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = _entry(code)["price"]
    return rows


def _source(key: str) -> str:
    return str(catalogue()["sources"][key]["title"])


@cache
def _table(name: str) -> dict[str, Any]:
    path = files("waywarden") / "data" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))
