"""The facts of a small county: a town, three parishes and a parish meeting on one road."""

from dataclasses import replace
from itertools import pairwise

from waywarden.planning.facts import Amount, CouncilFacts, CountyFacts

#: What each has of three services: m² of grass, signs, m of path edges.
AMOUNTS = {
    "wychbourne": (60_000, 200, 1_800),
    "coldbrook": (9_000, 40, 300),
    "little-haye": (6_000, 36, 240),
    "great-haye": (5_000, 30, 200),
    "marl-green": (4_000, 8, 120),
}
KINDS = {"wychbourne": "town", "marl-green": "parish-meeting"}
PEOPLE = {"wychbourne": 8_600, "marl-green": 90}
NAMES = {
    "wychbourne": "Wychbourne",
    "coldbrook": "Coldbrook",
    "little-haye": "Little Haye",
    "great-haye": "Great Haye",
    "marl-green": "Marl Green",
}
CODES = ("DPS01", "SGN", "SID")


def council(key: str, easting_km: float, **more: object) -> CouncilFacts:
    amounts = {
        code: Amount(amount * 600, amount * 1_000, amount * 1_600, is_estimate=True)
        for code, amount in zip(CODES, AMOUNTS[key], strict=True)
    }
    plain = CouncilFacts(
        key=key,
        name=NAMES[key],
        code="",
        district="Marlshire",
        kind=KINDS.get(key, "parish"),
        easting_m=400_000 + 1_000 * easting_km,
        northing_m=200_000.0,
        longitude=-1.5,
        latitude=51.7,
        population=PEOPLE.get(key, 900),
        population_is_modelled=False,
        amounts=amounts,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def marlshire(willingness: dict[str, dict[str, str]] | None = None) -> CountyFacts:
    """Five places in a row, 3 km from one to the next, who have said what is given."""
    said = willingness or {}
    councils = [
        council(key, 3.0 * row, willingness=said.get(key, {})) for row, key in enumerate(AMOUNTS)
    ]
    keys = list(AMOUNTS)
    pairs = [(min(pair), max(pair)) for pair in pairwise(keys)]
    return CountyFacts(
        county="Marlshire",
        councils=tuple(sorted(councils, key=lambda one: one.key)),
        neighbours=tuple(sorted(pairs)),
    )
