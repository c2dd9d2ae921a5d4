"""What is to be planned: councils, the work they want, how each could deliver it, the rules.

Costs are in any one unit of money a year; distances in kilometres; work in the
service's own unit. Everything is checked when a `Problem` is made, and what is
wrong is said with the council and the service it stands at.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from numbers import Integral, Real


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
    a lead would make there in a year. ``willingness`` may be given as its word,
    "lead" say. ``models`` are how this council could lead; ``outside`` what it
    could do without a cluster.
    """

    work: float
    peak: float
    visits: float = 0.0
    trips: float = 0.0
    willingness: Willingness = Willingness.LEAD
    models: tuple[DeliveryModel, ...] = ()
    outside: tuple[Outside, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.willingness, str) and self.willingness in list(Willingness):
            object.__setattr__(self, "willingness", Willingness(self.willingness))


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

    A council without an outside option must be served in a cluster: where it
    could deliver for itself, give that as an outside option. Shared clusters
    are of two or more. Planned service by service, a lead that has no cheaper
    way may be a cluster of one, charged for its running as any cluster.

    Raises `Infeasible`, with the row and what to do, where something makes no
    sense.
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
        for name in ("councils", "services", "neighbours"):
            given = getattr(self, name)
            if isinstance(given, Iterable) and not isinstance(given, str):
                object.__setattr__(self, name, tuple(given))
        for complaint in _complaints(self):
            raise Infeasible(complaint)
        place = {council.key: row for row, council in enumerate(self.councils)}
        object.__setattr__(self, "_place", place)

    def council(self, key: str) -> Council:
        """Return a council by its key. Raises KeyError where there is none."""
        if key not in self._place:
            raise KeyError(f"No council has the key {key}.")
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


def is_whole(amount: object) -> bool:
    """Say whether something is a whole number, and not a yes or no."""
    return isinstance(amount, Integral) and not isinstance(amount, bool)


def _complaints(problem: Problem) -> Iterator[str]:
    yield from _rows("council", problem.councils, Council)
    yield from _rows("service", problem.services, Service)
    if not problem.councils:
        yield "There is no council to plan for. Give at least one."
    if not problem.services:
        yield "There is no service to plan. Name at least one."
    yield from _doubles("service", [service.key for service in problem.services])
    yield from _doubles("council", [council.key for council in problem.councils])
    yield from _limits(problem)
    services = {service.key for service in problem.services}
    for row, council in enumerate(problem.councils, 1):
        yield from _in_council(f"Row {row} ({council.name})", council, services)
    if problem.neighbours is not None:
        yield from _in_neighbours(problem.neighbours, {council.key for council in problem.councils})


def _rows(what: str, rows: object, kind: type[Council | Service]) -> Iterator[str]:
    """Complain of rows that are no rows, of another kind, or without a key."""
    if not isinstance(rows, tuple):
        yield f"The {what}s are {rows!r}. Give a list of {kind.__name__}."
    for number, row in enumerate(_items(rows), 1):
        if not isinstance(row, kind):
            yield f"Row {number} of the {what}s is {row!r}. Give a {kind.__name__}."
        else:
            yield from _labels(f"Row {number} of the {what}s", row.name, row.key)


def _labels(where: str, name: object, key: object) -> Iterator[str]:
    if not isinstance(name, str):
        yield f"{where}: the name is {name!r}. Give it as text."
    if not isinstance(key, str) or not key.strip():
        yield f"{where} ({name}): the key is {key!r}. Give a key of its own, as text."


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
    if problem.road_factor == 0:
        yield "The road factor is 0. Give 1 for straight lines, or more."
    if not is_whole(problem.most_members) or problem.most_members < 1:
        yield (
            "The most members of a cluster must be at least 1. "
            f"Give a whole number, not {problem.most_members!r}."
        )
    if problem.everyone not in (True, False):
        yield f"Whether everyone counts is {problem.everyone!r}. Give True or False."


def _in_neighbours(pairs: object, known: set[str]) -> Iterator[str]:
    if not isinstance(pairs, tuple):
        yield f"The neighbours are {pairs!r}. Give pairs of council keys, or None."
    for pair in _items(pairs):
        yield from _in_pair(pair, known)


def _in_pair(pair: object, known: set[str]) -> Iterator[str]:
    keys = list(pair) if isinstance(pair, tuple | list) else []
    if len(keys) != 2 or not all(isinstance(key, str) for key in keys):
        yield f"The neighbours {pair!r} are no pair. Give the keys of two councils."
    for key in sorted(set(keys) - known):
        yield f"The neighbours {' and '.join(keys)}: no council has the key {key}."
    if len(set(keys)) == 1:
        yield f"Council {keys[0]} is given as its own neighbour. Leave that pair out."


def _in_council(where: str, council: Council, services: set[str]) -> Iterator[str]:
    for amount in (council.east_km, council.north_km):
        if not _is_number(amount) or not math.isfinite(amount):
            yield f"{where}: its position is not known. Give its easting and northing."
    if council.can_lead not in (True, False):
        yield f"{where}: whether it can lead is {council.can_lead!r}. Give True or False."
    yield from _in_works(where, council.work, services)


def _in_works(where: str, works: object, services: set[str]) -> Iterator[str]:
    if not isinstance(works, Mapping):
        yield f"{where}: its work is {works!r}. Give a Work for each service key."
    else:
        for key in sorted(set(works) - services, key=str):
            yield f"{where}: there is no service {key} in this plan. Add it or leave out its work."
        for key, work in works.items():
            yield from _in_service(f"{where}, service {key}", work)


def _in_service(where: str, work: object) -> Iterator[str]:
    if isinstance(work, Work):
        yield from _in_work(where, work)
    else:
        yield f"{where}: its work is {work!r}. Give a Work, or leave the service out."


def _in_work(where: str, work: Work) -> Iterator[str]:
    amounts = {
        "the work": work.work,
        "the peak month": work.peak,
        "the visits": work.visits,
        "the trips": work.trips,
    }
    for what, amount in amounts.items():
        yield from _nonsense(f"{where}: {what}", amount)
    yield from _in_willingness(where, work.willingness)
    yield from _in_models(where, work.models)
    yield from _in_outside(where, work.outside)


def _in_willingness(where: str, said: object) -> Iterator[str]:
    if not isinstance(said, Willingness):
        words = ", ".join(Willingness)
        yield f"{where}: the willingness is {said!r}. Choose one of {words}."


def _in_models(where: str, models: object) -> Iterator[str]:
    if not isinstance(models, tuple | list):
        yield f"{where}: its models are {models!r}. Give a list of DeliveryModel."
    for model in _items(models):
        if isinstance(model, DeliveryModel):
            yield from _in_model(f"{where}, {model.name}", model)
        else:
            yield f"{where}: a model is {model!r}. Give a DeliveryModel."


def _in_model(where: str, model: DeliveryModel) -> Iterator[str]:
    yield from _nonsense(f"{where}: the set-up cost", model.setup)
    yield from _nonsense(f"{where}: the unit cost", model.unit_cost)
    yield from _nonsense(f"{where}: the call-out", model.call_out)
    yield from _nonsense(f"{where}: the capacity", model.capacity, is_limit=True)


def _in_outside(where: str, outside: object) -> Iterator[str]:
    if not isinstance(outside, tuple | list):
        yield f"{where}: its outside options are {outside!r}. Give a list of Outside."
    for option in _items(outside):
        if isinstance(option, Outside):
            yield from _nonsense(f"{where}, {option.name}: the cost", option.cost)
        else:
            yield f"{where}: an outside option is {option!r}. Give an Outside."


def _items(rows: object) -> Iterable[object]:
    return rows if isinstance(rows, tuple | list) else ()


def _nonsense(what: str, amount: float, *, is_limit: bool = False) -> Iterator[str]:
    if not _is_number(amount):
        yield f"{what} is {amount!r}, which is not a number. Give a number of at least 0."
    elif math.isnan(amount):
        yield f"{what} is not a number. Give a number of at least 0."
    elif amount < 0:
        yield f"{what} is {float(amount):g}. Give a number of at least 0."
    elif math.isinf(amount) and not is_limit:
        yield f"{what} has no end. Give a number of at least 0."


def _is_number(amount: object) -> bool:
    return isinstance(amount, Real) and not isinstance(amount, bool)
