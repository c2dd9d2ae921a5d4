"""What is to be planned: councils, the work they want, how each could deliver it, the rules.

Costs are in any one unit of money a year; distances in kilometres; work in the
service's own unit. Everything is checked when a `Problem` is made, and what is
wrong is said with the council and the service it stands at.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Infeasible(ValueError):
    """No plan can exist, or something makes no sense; the message says where and what to do."""


class Willingness(StrEnum):
    """What a council has said of one service."""

    LEAD = "lead"  # would deliver it for others, or be served by another
    JOIN = "join"  # would be served by another
    ALONE = "alone"  # would take it on by itself only
    NO = "no"  # leaves it with the county
    UNKNOWN = "unknown"  # has not said: as NO, unless the plan is an illustration of everyone


@dataclass(frozen=True)
class DeliveryModel:
    """One way a council could deliver a service, for itself or for a whole cluster.

    A year's work costs ``setup + unit_cost x work + call_out x visits`` and, if
    ``travels``, the kilometres from the lead to those it serves. Economies of
    scale (a concave cost) are several models of the same name: the cheapest
    counts. ``capacity`` is the most work in the peak month.
    """

    name: str
    setup: float
    unit_cost: float
    capacity: float = math.inf
    call_out: float = 0.0
    travels: bool = True


@dataclass(frozen=True)
class Outside:
    """What a council could do without a cluster at the level it wants, and its yearly cost."""

    name: str
    cost: float


@dataclass(frozen=True)
class Service:
    """A service to be planned; the key is what councils' work is filed under."""

    key: str
    name: str
    unit: str = ""


@dataclass(frozen=True)
class Work:
    """What one council wants of one service, and how it could deliver it.

    ``work`` is units done in a year (quantity x visits); ``peak`` units done in
    the busiest month; ``visits`` times a year somebody comes; ``trips`` journeys
    a lead would make there in a year. ``models`` are how this council could
    lead; ``outside`` what it could do without a cluster.
    """

    work: float
    peak: float
    visits: float = 0.0
    trips: float = 0.0
    willingness: Willingness = Willingness.LEAD
    models: tuple[DeliveryModel, ...] = ()
    outside: tuple[Outside, ...] = ()


@dataclass(frozen=True)
class Council:
    """A council, where it is, and the work it wants by service key.

    ``can_lead`` is whether it may hold money and deliver for others: a parish
    meeting may not (it has no corporate powers of a council).
    """

    key: str
    name: str
    east_km: float
    north_km: float
    work: Mapping[str, Work]
    can_lead: bool = True


@dataclass(frozen=True)
class Problem:
    """Everything a plan needs. Two councils may share a cluster if no further than the limit.

    ``neighbours`` are pairs of council keys; where given, every shared cluster
    hangs together on them. ``per_cluster`` and ``per_member`` are the yearly
    cost of running a cluster of at least two. ``everyone`` counts councils that
    have not said as willing.
    """

    councils: tuple[Council, ...]
    services: tuple[Service, ...]
    neighbours: tuple[tuple[str, str], ...] | None = None
    travel_limit_km: float = math.inf
    cost_per_km: float = 0.0
    road_factor: float = 1.3
    most_members: int = 14
    per_cluster: float = 0.0
    per_member: float = 0.0
    everyone: bool = False
    _place: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for complaint in _complaints(self):
            raise Infeasible(complaint)
        place = {council.key: row for row, council in enumerate(self.councils)}
        object.__setattr__(self, "_place", place)

    def council(self, key: str) -> Council:
        """Return a council by its key."""
        return self.councils[self._place[key]]

    def willingness(self, council: Council, service: str) -> Willingness:
        """Return what counts as a council's will in this plan; LEAD only of one that may."""
        said = council.work[service].willingness if service in council.work else Willingness.NO
        if said is Willingness.UNKNOWN:
            said = Willingness.LEAD if self.everyone else Willingness.NO
        if said is Willingness.LEAD and not council.can_lead:
            return Willingness.JOIN
        return said

    def distance_km(self, one: Council, other: Council) -> float:
        """Return the way by road: the straight line times the road factor."""
        straight = math.hypot(one.east_km - other.east_km, one.north_km - other.north_km)
        return straight * self.road_factor


def _complaints(problem: Problem) -> Iterator[str]:
    if not problem.councils:
        yield "There is no council to plan for. Give at least one."
    if not problem.services:
        yield "There is no service to plan. Name at least one."
    yield from _doubles("service", [service.key for service in problem.services])
    yield from _doubles("council", [council.key for council in problem.councils])
    yield from _limits(problem)
    for row, council in enumerate(problem.councils, 1):
        yield from _in_council(row, council, {service.key for service in problem.services})
    known = {council.key for council in problem.councils}
    for pair in problem.neighbours or ():
        for key in sorted(set(pair) - known):
            yield f"The neighbours {pair[0]} and {pair[1]}: no council has the key {key}."


def _doubles(what: str, keys: list[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            first, second = [row for row, held in enumerate(keys, 1) if held == key][:2]
            yield f"Two {what}s have the key {key}: rows {first} and {second}. Keep one of them."


def _limits(problem: Problem) -> Iterator[str]:
    amounts = {
        "The travel limit": problem.travel_limit_km,
        "The cost per kilometre": problem.cost_per_km,
        "The road factor": problem.road_factor,
        "The cost per cluster": problem.per_cluster,
        "The cost per member": problem.per_member,
    }
    for what, amount in amounts.items():
        yield from _nonsense(what, amount, is_limit=what == "The travel limit")
    if problem.most_members < 1:
        yield "The most members of a cluster must be at least 1."


def _in_council(row: int, council: Council, services: set[str]) -> Iterator[str]:
    where = f"Row {row} ({council.name})"
    for amount in (council.east_km, council.north_km):
        if not math.isfinite(amount):
            yield f"{where}: its position is not known. Give its easting and northing."
    for key in sorted(set(council.work) - services):
        yield f"{where}: there is no service {key} in this plan. Add it or leave out its work."
    for key, work in council.work.items():
        yield from _in_work(f"{where}, service {key}", work)


def _in_work(where: str, work: Work) -> Iterator[str]:
    amounts = {
        "the work": work.work,
        "the peak month": work.peak,
        "the visits": work.visits,
        "the trips": work.trips,
    }
    for what, amount in amounts.items():
        yield from _nonsense(f"{where}: {what}", amount)
    for model in work.models:
        named = f"{where}, {model.name}"
        yield from _nonsense(f"{named}: the set-up cost", model.setup)
        yield from _nonsense(f"{named}: the unit cost", model.unit_cost)
        yield from _nonsense(f"{named}: the call-out", model.call_out)
        yield from _nonsense(f"{named}: the capacity", model.capacity, is_limit=True)
    for option in work.outside:
        yield from _nonsense(f"{where}, {option.name}: the cost", option.cost)


def _nonsense(what: str, amount: float, *, is_limit: bool = False) -> Iterator[str]:
    if math.isnan(amount):
        yield f"{what} is not a number. Give a number of at least 0."
    elif amount < 0:
        yield f"{what} is {amount:g}. Give a number of at least 0."
    elif math.isinf(amount) and not is_limit:
        yield f"{what} has no end. Give a number of at least 0."
