"""The tables shipped with waywarden, read into plain frozen records.

Every function is cached: a table is read once. A blank in a table is None
here, and means "not known", never nothing at all.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

GeoJSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """The centre of a bounding box, which can lie outside a crooked parish."""

    easting: float
    northing: float
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class EnglishParish:
    """A parish as it was about May 2014, in its present district or unitary."""

    code: str
    name: str
    name_2025: str | None
    is_live_2025: bool
    district_2013_code: str
    district_code: str
    district_known_by: str
    extent_milli: int
    position: Position


@dataclass(frozen=True, slots=True)
class Authority:
    """A principal council of England, present or abolished.

    `status` is current, abolished or recoded (the same council under a new
    code). `beside_codes` is None where nobody has said what lies beside it.
    """

    code: str
    name: str
    kind: str
    upper_tier_code: str | None
    status: str
    successor_codes: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    dates_source: str | None
    former_name: str | None
    beside_codes: tuple[str, ...] | None
    source: str
    confidence: str

    @property
    def is_current(self) -> bool:
        """Whether it exists, under this code, at the date of the sources."""
        return self.status == "current"


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A code, the day a source showed it in use, and that source."""

    code: str
    seen_on: date
    date_is_about: bool
    source: str


@dataclass(frozen=True, slots=True)
class OxfordshireParish:
    """A parish of Oxfordshire, or the part of Oxford in none, with its codes in time."""

    kind: str
    codes: tuple[SeenCode, ...]
    name: str
    name_2025: str | None
    district_code: str
    council_kind: str | None
    extent_milli: int | None
    position: Position | None
    absent_on: date | None

    @property
    def code(self) -> str:
        """The earliest code known, under which the other tables speak of it."""
        return self.codes[0].code

    @property
    def is_recoded(self) -> bool:
        """Whether its boundary moved since 2014, so that extent and centre are old."""
        return self.codes[-1].code != self.code


@dataclass(frozen=True, slots=True)
class Measurement:
    """A population or a number of households, with where it was read."""

    code: str
    name: str
    kind: str
    value: int
    reference: str
    source: str
    confidence: str
    is_modelled: bool


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A number published about a devolved service; `value` is as printed."""

    area: str
    year: str
    fact: str
    value: str
    unit: str
    source: str
    note: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """A parish in a cluster that really existed."""

    cluster: str
    county: str
    year: int
    parish: str
    role: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class ModelledEdge:
    """Two modelled cells that meet, by the codes of their parishes."""

    code_a: str
    code_b: str
    distance_m: int
    shared_edge_m: int


@cache
def english_parishes() -> tuple[EnglishParish, ...]:
    """Every English parish of about May 2014."""
    return tuple(
        EnglishParish(
            code=row["code"],
            name=row["name"],
            name_2025=row["name_2025"] or None,
            is_live_2025=row["is_live_2025"] == "1",
            district_2013_code=row["district_2013_code"],
            district_code=row["district_code"],
            district_known_by=row["district_known_by"],
            extent_milli=thousandths(row["area_ha"]),
            position=_position(row),
        )
        for row in _rows("england/parishes.csv")
    )


@cache
def authorities() -> tuple[Authority, ...]:
    """Every principal council of England now, and those that 2013's districts became."""
    return tuple(_authority(row) for row in _rows("england/authorities.csv"))


@cache
def oxfordshire_parishes() -> tuple[OxfordshireParish, ...]:
    """The 321 parishes of 2014, the two made since, and the unparished part of Oxford."""
    return tuple(_oxfordshire_parish(row) for row in _rows("oxfordshire/parishes.csv"))


@cache
def official_populations() -> tuple[Measurement, ...]:
    """Population of eight parishes of Oxfordshire and households of two, as published."""
    return tuple(
        Measurement(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            value=int(row["value"]),
            reference=row["reference"],
            source=row["source"],
            confidence=row["confidence"],
            is_modelled=False,
        )
        for row in _rows("oxfordshire/population_official.csv")
    )


@cache
def modelled_populations() -> tuple[Measurement, ...]:
    """A very rough population in 2011 of every parish of Oxfordshire: never a fact."""
    return tuple(
        Measurement(
            code=row["code"],
            name=row["name"],
            kind="population",
            value=int(row["population_estimate"]),
            reference="2011",
            source="Modelled from the district's total; wrong by up to 165% where checked",
            confidence=row["confidence"],
            is_modelled=True,
        )
        for row in _rows("oxfordshire/population_modelled_2011.csv")
    )


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Numbers published about devolved services, each with its source; none is verified."""
    return tuple(Benchmark(**row) for row in _rows("devolution/benchmarks.csv"))


@cache
def real_clusters() -> tuple[ClusterMember, ...]:
    """The members of two clusters of parishes that really existed."""
    return tuple(
        ClusterMember(
            cluster=row["cluster"],
            county=row["county"],
            year=int(row["year"]),
            parish=row["parish"],
            role=row["role"],
            code=row["code"],
            source=row["source"],
        )
        for row in _rows("devolution/real_clusters.csv")
    )


def district_outlines(county_name: str) -> dict[str, GeoJSON]:
    """The outline of each district by its code; none is held outside Oxfordshire."""
    return _geometries(county_name, "districts.geojson")


def cells(county_name: str) -> dict[str, GeoJSON]:
    """The APPROXIMATE, modelled cell of each parish by its earliest code.

    Held for Oxfordshire only; for other counties `county.shapes.modelled` draws
    them when they are loaded.
    """
    return _geometries(county_name, "cells.geojson")


def neighbours(county_name: str) -> tuple[ModelledEdge, ...]:
    """Which modelled cells meet; held for Oxfordshire only."""
    if county_name != "Oxfordshire":
        return ()
    return tuple(
        ModelledEdge(
            row["code_a"], row["code_b"], int(row["distance_m"]), int(row["shared_edge_m"])
        )
        for row in _rows("oxfordshire/neighbours.csv")
    )


def thousandths(number: str) -> int:
    """Read a decimal as a whole number of thousandths, without passing through a float.

    >>> thousandths("1299.118"), thousandths("3761")
    (1299118, 3761000)
    """
    whole, _, part = number.partition(".")
    return int(whole + part.ljust(3, "0")[:3])


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _geometries(county_name: str, name: str) -> dict[str, GeoJSON]:
    if county_name != "Oxfordshire":
        return {}
    text = files(__package__).joinpath("oxfordshire", name).read_text(encoding="utf-8")
    return {
        feature["properties"]["code"]: feature["geometry"]
        for feature in json.loads(text)["features"]
    }


def _position(row: dict[str, str]) -> Position:
    return Position(
        easting=float(row["easting"]),
        northing=float(row["northing"]),
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _authority(row: dict[str, str]) -> Authority:
    # The word "none" says that nothing lies beside; a blank, that it is not known.
    beside = row["beside_codes"].replace("none", "").split() if row["beside_codes"] else None
    return Authority(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        upper_tier_code=row["upper_tier_code"] or None,
        status=row["status"],
        successor_codes=tuple(row["successor_codes"].split()),
        starts_on=_day(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        dates_source=row["dates_source"] or None,
        former_name=row["former_name"] or None,
        beside_codes=None if beside is None else tuple(beside),
        source=row["source"],
        confidence=row["confidence"],
    )


@cache
def _code_sources() -> dict[str, tuple[date, bool, str]]:
    return {
        row["year"]: (
            date.fromisoformat(row["seen_on"]), row["date_is_about"] == "1", row["source"]
        )
        for row in _rows("oxfordshire/code_sources.csv")
    }  # fmt: skip


def _oxfordshire_parish(row: dict[str, str]) -> OxfordshireParish:
    sources = _code_sources()
    codes = {year: row[f"code_{year}"] for year in sources if row[f"code_{year}"]}
    return OxfordshireParish(
        kind=row["kind"],
        codes=tuple(SeenCode(code, *sources[year]) for year, code in codes.items()),
        name=row["name"],
        name_2025=row["name_2025"] or None,
        district_code=row["district_code"],
        council_kind=row["council_kind"] or None,
        extent_milli=thousandths(row["area_ha"]) if row["area_ha"] else None,
        position=_position(row) if row["easting"] else None,
        absent_on=None if "2014" in codes else sources["2014"][0],
    )
