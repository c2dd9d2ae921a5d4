"""What the package's own data says of a county: the facts of a plan without a register."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from waywarden import data
from waywarden.data.names import slug
from waywarden.planning.facts import (
    PARISH_OR_MEETING,
    TOWN,
    Amount,
    CannotPlan,
    CouncilFacts,
    CountyFacts,
    LeftOut,
)
from waywarden.planning.grid import national_grid
from waywarden.rules import estimates
from waywarden.rules.assumptions import assumptions
from waywarden.rules.estimates import Estimate, Place

#: The county the rules of quantities were written for.
MEASURED_COUNTY = "Oxfordshire"
NOT_PLACED = "Position, area and population are not known."

Estimates = Mapping[str, Mapping[str, Estimate | None]]


def shipped_facts(county_name: str) -> CountyFacts:
    """Return what the open data in the package says of a county's councils.

    They are under the keys a register gives them, with the amounts it first
    estimates. Raises `data.UnknownCounty`, or `CannotPlan` for a county whose
    quantities nobody knows.
    """
    county = _measured(data.county(county_name).name)
    parishes = {_key(one): one for one in data.oxfordshire_parishes() if one.kind == "parish"}
    populations = _populations()
    found = _estimates(parishes, populations)
    councils = [
        _council(key, one, one.position, populations.get(one.code), found)
        for key, one in sorted(parishes.items())
        if one.position
    ]
    return CountyFacts(
        county=county,
        councils=tuple(councils),
        neighbours=_neighbours(parishes),
        left_out=tuple(
            LeftOut(_name(one), NOT_PLACED)
            for _, one in sorted(parishes.items())
            if not one.position
        ),
    )


def _measured(county: str) -> str:
    if county == MEASURED_COUNTY:
        return county
    raise CannotPlan(
        f"No quantity is known in {county}, so nothing can be planned. Load quantities of its "
        f"parishes into a register, or plan {MEASURED_COUNTY}."
    )


def page_of(key: str) -> str:
    """Return the address, on the site, of the page of a place."""
    return f"/places/{key}/"


def amount_of(estimate: Estimate) -> Amount:
    """Return an estimated amount, its range rounded outward as it is published."""
    low, high = estimate.rounded_milli
    return Amount(low, estimate.expected_milli, high, is_estimate=True)


def _name(parish: data.OxfordshireParish) -> str:
    return parish.name_2025 or parish.name


def _key(parish: data.OxfordshireParish) -> str:
    return slug(f"{_name(parish)} {_district(parish)}")


def _district(parish: data.OxfordshireParish) -> str:
    return next(one.name for one in data.authorities() if one.code == parish.district_code)


def _kind(parish: data.OxfordshireParish) -> str:
    """Return what kind of council it is, where that is known."""
    if parish.code in _known_kinds():
        return _known_kinds()[parish.code]
    return TOWN if parish.council_kind == "town council" else PARISH_OR_MEETING


@cache
def _known_kinds() -> dict[str, str]:
    text = (files("waywarden") / "data/oxfordshire/councils.toml").read_text(encoding="utf-8")
    return {row["code"]: row["kind"] for row in tomllib.loads(text)["council"]}


def _populations() -> dict[str, data.Measurement]:
    """Return each parish's population by its code: an official figure before a modelled one."""
    measured = [*data.modelled_populations(), *data.official_populations()]
    return {one.code: one for one in measured if one.kind == "population"}


def _estimates(
    parishes: Mapping[str, data.OxfordshireParish], populations: Mapping[str, data.Measurement]
) -> Estimates:
    places = {}
    for key, parish in parishes.items():
        people = populations.get(parish.code)
        is_modelled = people is None or people.is_modelled
        places[key] = Place(people.value if people else None, parish.extent_milli, is_modelled)
    rules = assumptions().rules
    return {code: estimates.estimates_of(rule, places) for code, rule in rules.items()}


def _council(
    key: str,
    parish: data.OxfordshireParish,
    place: data.Position,
    people: data.Measurement | None,
    found: Estimates,
) -> CouncilFacts:
    easting, northing = national_grid(place.longitude, place.latitude)
    known = {code: by_key[key] for code, by_key in found.items()}
    return CouncilFacts(
        key=key,
        name=_name(parish),
        code=parish.codes[-1].code,
        district=_district(parish),
        kind=_kind(parish),
        easting_m=easting,
        northing_m=northing,
        longitude=place.longitude,
        latitude=place.latitude,
        population=people.value if people else None,
        population_is_modelled=people is not None and people.is_modelled,
        amounts={code: amount_of(one) for code, one in known.items() if one is not None},
    )


def _neighbours(parishes: Mapping[str, data.OxfordshireParish]) -> tuple[tuple[str, str], ...]:
    by_code = {parish.code: key for key, parish in parishes.items()}
    pairs = [
        sorted((by_code[edge.code_a], by_code[edge.code_b]))
        for edge in data.neighbours(MEASURED_COUNTY)
        if edge.code_a in by_code and edge.code_b in by_code
    ]
    return tuple(sorted((first, second) for first, second in pairs))
