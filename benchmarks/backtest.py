"""How near plans come to a cluster that really formed: five parishes about Princes Risborough.

The neighbours and areas are real; how much work there is, is modelled from
area alone, for nothing else is known of these parishes. See
`docs/explanation/back-test.md`, which is written from this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from scipy.spatial import Delaunay

from waywarden import data
from waywarden.planner import Plan, Problem
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.sharing import sharing_of
from waywarden.planning.facts import PARISH, TOWN, Amount, CouncilFacts, CountyFacts
from waywarden.planning.posing import problem_of
from waywarden.planning.shipped import shipped_facts

CONSORTIUM = "Princes Risborough consortium"
DISTRICTS = {
    "Wycombe": ("Wycombe",),
    "Buckinghamshire": ("Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"),
}
#: Whether nothing is known of any council, or that Princes Risborough has a town council.
ALIKE, KNOWN = "alike", "known"
#: Centres no further apart than so many times the radii of circles of the two areas are neighbours.
NEIGHBOURLY = 1.6

Pairs = tuple[tuple[str, str], ...]


def real_cluster() -> tuple[str, ...]:
    """Return the codes of the five parishes, the town that led them first."""
    return tuple(one.code for one in data.real_clusters() if one.cluster == CONSORTIUM)


def parishes_of(place: str) -> list[data.EnglishParish]:
    """Return the parishes of some districts as they were in 2013."""
    names = DISTRICTS[place]
    codes = {one.code for one in data.authorities() if one.name in names}
    return [one for one in data.english_parishes() if one.district_2013_code in codes]


def back_test_problem(place: str, towns: str) -> Problem:
    """Return the parishes of a place as a problem, every council willing, at the shipped prices.

    Each has of each service, for a hectare, what the parishes of Oxfordshire
    have together. None has people of its own, but for Princes Risborough where
    its town council is ``known``.
    """
    parishes = parishes_of(place)
    per_hectare = amounts_per_hectare()
    facts = CountyFacts(
        county="Buckinghamshire",
        councils=tuple(_council(one, towns, per_hectare) for one in parishes),
        neighbours=likely_neighbours(parishes),
    )
    return problem_of(facts, everyone=True)


def amounts_per_hectare() -> dict[str, float]:
    """Return, in thousandths of a unit, what a hectare of Oxfordshire's parishes has."""
    facts = shipped_facts("Oxfordshire")
    extents = {one.codes[-1].code: one.extent_milli or 0 for one in data.oxfordshire_parishes()}
    hectares = sum(extents[council.code] for council in facts.councils) / 1_000
    sums: dict[str, float] = {}
    for council in facts.councils:
        for service, amount in council.amounts.items():
            sums[service] = sums.get(service, 0.0) + amount.expected_milli
    return {service: milli / hectares for service, milli in sums.items()}


def likely_neighbours(parishes: Sequence[data.EnglishParish]) -> Pairs:
    """Return the pairs of parishes that likely touch, by code, as in a triangulation of England.

    The rule of the package's sources: an edge of the triangulation counts if
    it is no longer than `NEIGHBOURLY` times the radii of circles of the two areas.
    """
    every = data.english_parishes()
    points = np.array([(one.position.easting, one.position.northing) for one in every])
    radii = np.sqrt(np.array([one.extent_milli for one in every]) * 10 / np.pi)
    wanted = {one.code for one in parishes}
    pairs = set()
    for corners in Delaunay(points).simplices:
        for a, b in combinations(sorted(int(corner) for corner in corners), 2):
            is_near = np.hypot(*(points[a] - points[b])) <= NEIGHBOURLY * (radii[a] + radii[b])
            if {every[a].code, every[b].code} <= wanted and is_near:
                pairs.add((every[a].code, every[b].code))
    return tuple(sorted(pairs))


def without(problem: Problem, left_out: Iterable[str]) -> Problem:
    """Return a problem with some councils left out."""
    gone = set(left_out)
    return replace(
        problem,
        councils=tuple(one for one in problem.councils if one.key not in gone),
        neighbours=tuple(pair for pair in problem.neighbours or () if not gone & set(pair)),
    )


def cost_of(problem: Problem, members: Iterable[str]) -> float:
    """Return what one cluster of these members costs a year; infinite where it may not be."""
    rows = {council.key: row for row, council in enumerate(problem.councils)}
    chosen = np.array(sorted(rows[key] for key in members), dtype=np.int64)
    return cluster_cost(sharing_of(problem), chosen)[0]


def likeness(found: Iterable[str], real: Iterable[str]) -> float:
    """Return the part two groups have in common of all that is in either (P. Jaccard, 1901)."""
    one, other = set(found), set(real)
    return len(one & other) / len(one | other)


def holding(made: Plan, key: str) -> tuple[str, ...]:
    """Return who is in a cluster with a council, itself included; itself alone if nobody is."""
    return next((one.members for one in made.clusters if key in one.members), (key,))


def pairs_kept(made: Plan, real: Sequence[str]) -> int:
    """Return how many pairs of the real cluster are together in the plan."""
    return sum(second in holding(made, first) for first, second in combinations(real, 2))


def _council(
    parish: data.EnglishParish, towns: str, per_hectare: Mapping[str, float]
) -> CouncilFacts:
    is_town = towns == KNOWN and parish.code == real_cluster()[0]
    hectares = parish.extent_milli / 1_000
    amounts = {service: round(milli * hectares) for service, milli in per_hectare.items()}
    return CouncilFacts(
        key=parish.code,
        name=parish.name,
        code=parish.code,
        district=parish.district_2013_code,
        kind=TOWN if is_town else PARISH,
        easting_m=parish.position.easting,
        northing_m=parish.position.northing,
        longitude=parish.position.longitude,
        latitude=parish.position.latitude,
        population=None,
        population_is_modelled=False,
        amounts={service: Amount(*(milli,) * 3, True) for service, milli in amounts.items()},
    )
