"""Councils, the work they want, and how they and others could deliver it.

Costs are in any one unit of money a year; distances in kilometres; work in the
service's own unit.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    ``travels``, ``2 x cost_per_km x km x trips`` for each council served: the
    way there and back. Economies of
    scale (a concave cost) are several models of the same name: the cheapest
    counts. ``capacity`` is the most work in the peak month. ``low`` and ``high``
    are what all its costs may be multiplied by, since prices are not certain:
    six tenders for one specification differed by a factor of 1.86.
    """

    name: str
    setup: float
    unit_cost: float
    capacity: float = math.inf
    call_out: float = 0.0
    travels: bool = True
    low: float = 1.0
    high: float = 1.0


@dataclass(frozen=True)
class Outside:
    """What a council could do without a cluster at the level it wants, and its yearly cost.

    ``by_work`` is the part of the cost, from 0 to 1, that grows with the work;
    ``low`` and ``high`` are what the cost may be multiplied by.
    """

    name: str
    cost: float
    by_work: float = 1.0
    low: float = 1.0
    high: float = 1.0


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
    a lead would make there and back in a year, each charged ``2 x cost_per_km
    x km``. ``willingness`` may be given as its word,
    "lead" say. ``models`` are how this council could lead; ``outside`` what it
    could do without a cluster. ``payment`` is what the county would pay this
    council a year if it took the service on.
    """

    work: float
    peak: float
    visits: float = 0.0
    trips: float = 0.0
    willingness: Willingness = Willingness.LEAD
    models: tuple[DeliveryModel, ...] = ()
    outside: tuple[Outside, ...] = ()
    payment: float = 0.0

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
class Provider:
    """Who could lead a service in any cluster without being a member: a company or a group.

    ``models`` are its ways by service key; it serves each cluster under a
    contract of its own, so set-up and capacity are those of one cluster. Its
    kilometres count from where it is, and the travel limit holds for it too.
    """

    key: str
    name: str
    east_km: float
    north_km: float
    models: Mapping[str, tuple[DeliveryModel, ...]]


def models_of(lead: Council | Provider, service: str) -> Sequence[DeliveryModel]:
    """Return the ways in which a council or provider could lead a service; none if it has none."""
    if isinstance(lead, Provider):
        return lead.models.get(service, ())
    return lead.work[service].models if service in lead.work else ()


def prices_of(lead: Council | Provider, service: str) -> list[DeliveryModel | Outside]:
    """Return all that has a price in a service: ways to lead it, and outside options."""
    if isinstance(lead, Provider) or service not in lead.work:
        return list(models_of(lead, service))
    return [*lead.work[service].models, *lead.work[service].outside]
