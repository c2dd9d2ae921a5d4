"""Counties of eight services for the planner, with costs made up; the same seed, the same county.

On points drawn as in `instances.py`, or where the parishes of Oxfordshire are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.spatial import Delaunay

from benchmarks.instances import ROAD_FACTOR, County, county
from waywarden.planner import Council, DeliveryModel, Outside, Problem, Service, Work
from waywarden.planner.arrays import Floats

#: Visits a year to each council, service by service.
VISITS = (14, 14, 8, 6, 20, 4, 10, 12)
PER_CLUSTER, PER_MEMBER, PER_KM = 1500.0, 150.0, 0.9
#: Half the work of a service falls in the busiest month: so capacity binds as in `instances.py`.
PEAK_PART = 0.5

Pairs = tuple[tuple[str, str], ...]


class Place(NamedTuple):
    """Where a county's councils are, how large, and who touches whom, by row."""

    county: County
    neighbours: tuple[tuple[int, int], ...]


def drawn(size: int, seed: int) -> Place:
    """Return a county that does not exist; neighbours are those of a triangulation."""
    made = county(size, seed)
    return Place(made, tuple(sorted(_triangulated(made.points, seed))))


def oxfordshire() -> Place:
    """Return where Oxfordshire's councils are, with their modelled neighbours and populations."""
    from waywarden.planning.shipped import shipped_facts

    facts = shipped_facts("Oxfordshire")
    rows = {council.key: row for row, council in enumerate(facts.councils)}
    points = np.array([(one.easting_m, one.northing_m) for one in facts.councils]) / 1_000
    people = np.array([float(one.population or 545) for one in facts.councils])
    pairs = tuple((rows[first], rows[second]) for first, second in facts.neighbours)
    return Place(County(points, np.clip(people, 40, 45_000)), pairs)


def problem_on(
    place: Place,
    seed: int,
    *,
    services: int = 8,
    is_contiguous: bool = True,
    most_members: int = 12,
    travel_limit_km: float = 15.0,
) -> Problem:
    """Return a county with so many services; every council could lead each in its own way."""
    costs = Drawn(place.county, seed, services)
    keys = [f"council-{row}" for row in range(len(place.county.people))]
    return Problem(
        councils=tuple(_council(key, row, place, costs) for row, key in enumerate(keys)),
        services=tuple(Service(f"service-{one}", f"Service {one}") for one in range(services)),
        neighbours=tuple((keys[a], keys[b]) for a, b in place.neighbours)
        if is_contiguous
        else None,
        travel_limit_km=travel_limit_km,
        cost_per_km=PER_KM,
        road_factor=ROAD_FACTOR,
        most_members=most_members,
        per_cluster=PER_CLUSTER,
        per_member=PER_MEMBER,
    )


class Drawn:
    """The work and costs of every council and service, N x S, drawn from a seed."""

    def __init__(self, made: County, seed: int, services: int) -> None:
        draw, shape = np.random.default_rng(seed + 1_000), (len(made.people), services)
        people = made.people[:, None]
        usual = people**0.75 / 4
        spread = np.exp(draw.normal(0, 0.25, shape)) * draw.uniform(0.6, 1.2, services)
        self.work = np.maximum(1, np.round(usual * spread))
        least = 300 * np.median(self.work, axis=0) / np.median(usual)
        self.capacity = np.round(np.maximum(least, 2.5 * self.work))
        setup = 4000 + 6 * np.sqrt(people) * draw.uniform(0.8, 1.2, shape)
        self.setup = np.round(setup * draw.uniform(0.6, 1.2, services))
        self.unit = draw.uniform(18, 26, shape) * np.where(people > 4000, 0.9, 1.0)


def _council(key: str, row: int, place: Place, costs: Drawn) -> Council:
    east, north = map(float, place.county.points[row])
    works = enumerate(_works(row, costs))
    return Council(key, key, east, north, {f"service-{one}": work for one, work in works})


def _works(row: int, costs: Drawn) -> Iterator[Work]:
    """Give each service of a council; alone it could do what it could do for others."""
    for service in range(costs.work.shape[1]):
        work, setup = float(costs.work[row, service]), float(costs.setup[row, service])
        unit, visits = float(costs.unit[row, service]), VISITS[service % len(VISITS)]
        capacity = PEAK_PART * float(costs.capacity[row, service])
        yield Work(
            work=work,
            peak=PEAK_PART * work,
            visits=float(visits),
            trips=visits * (1 + work / 200),
            models=(DeliveryModel("own staff", setup, unit, capacity),),
            outside=(Outside("alone", setup + unit * work),),
        )


def _triangulated(points: Floats, seed: int) -> set[tuple[int, int]]:
    """Return the pairs that touch in a triangulation of points, nudged lest any coincide."""
    nudged = points + np.random.default_rng(seed).normal(0, 1e-6, points.shape)
    pairs: set[tuple[int, int]] = set()
    for corners in Delaunay(nudged).simplices:
        first, second, third = sorted(int(corner) for corner in corners)
        pairs |= {(first, second), (first, third), (second, third)}
    return pairs
