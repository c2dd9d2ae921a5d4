"""What is to be planned: councils, the services they want, and the rules every plan keeps.

Everything is checked when a `Problem` is made, and what is wrong is said with
the council and the service it stands at.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from waywarden.planner.checking import complaints
from waywarden.planner.councils import (
    Council,
    Infeasible,
    Provider,
    Service,
    Willingness,
    prices_of,
)

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Problem:
    """Everything a plan needs: councils, services, and the rules every plan keeps.

    Nobody is served from further than the travel limit. ``cost_per_km`` is paid
    there and back, so that a year costs ``2 x cost_per_km x km x trips`` for
    each council served by a way that travels. ``neighbours`` are
    pairs of council keys; where given, every shared cluster hangs together on
    them. ``per_cluster`` and ``per_member`` are the yearly cost of running a
    cluster of at least two. ``everyone`` counts councils that have not said as
    willing. ``providers`` could lead though they are no members.

    ``travel`` gives the way from a lead to a council, by (lead key, council
    key), in kilometres, or in minutes if the limit and the cost are by the
    minute; given one way it holds both ways, and pairs that are not given are
    out of reach. Without it the way is the straight line times
    ``road_factor``. ``together`` and ``apart`` are pairs of councils that must
    be, or must not be, in one cluster; planned service by service, in every
    service that both take part in. ``locks`` say who leads a service for a
    council, by (council key, service key): itself, another, or a provider.
    ``excluded`` councils are left out of clusters and go alone.

    A council without an outside option must be served in a cluster: where it
    could deliver for itself, give that as an outside option. Shared clusters
    are of two or more. Planned service by service, a lead that has no cheaper
    way may be a cluster of one, charged for its running as any cluster.

    Raises `Infeasible`, with the row and what to do, where something makes no
    sense.
    """

    councils: tuple[Council, ...]
    services: tuple[Service, ...]
    neighbours: Pairs | None = None
    travel_limit_km: float = math.inf
    cost_per_km: float = 0.0
    road_factor: float = 1.3
    most_members: int = 14
    per_cluster: float = 0.0
    per_member: float = 0.0
    everyone: bool = False
    providers: tuple[Provider, ...] = ()
    travel: Mapping[tuple[str, str], float] | None = None
    together: Pairs = ()
    apart: Pairs = ()
    locks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    _place: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("councils", "services", "neighbours", "providers", "together", "apart"):
            _freeze(self, name)
        _freeze(self, "excluded")
        for complaint in complaints(self):
            raise Infeasible(complaint)
        place = {council.key: row for row, council in enumerate(self.councils)}
        object.__setattr__(self, "_place", place)

    @property
    def leads(self) -> tuple[Council | Provider, ...]:
        """Who could lead: the councils, and after them the providers."""
        return (*self.councils, *self.providers)

    @property
    def has_price_range(self) -> bool:
        """Whether any price is said to be uncertain, by a low or a high that is not 1."""
        ranges = {
            (priced.low, priced.high)
            for lead in self.leads
            for service in self.services
            for priced in prices_of(lead, service.key)
        }
        return bool(ranges - {(1, 1)})

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
        if said is not Willingness.NO and council.key in self.excluded:
            return Willingness.ALONE
        if said is Willingness.LEAD and not council.can_lead:
            return Willingness.JOIN
        return said

    def distance_km(self, lead: Council | Provider, council: Council) -> float:
        """Return the way from a lead to a council, infinite where ``travel`` does not give it."""
        if self.travel is not None and lead.key != council.key:
            there, back = (lead.key, council.key), (council.key, lead.key)
            return float(self.travel.get(there, self.travel.get(back, math.inf)))
        straight = math.hypot(lead.east_km - council.east_km, lead.north_km - council.north_km)
        return straight * self.road_factor


def _freeze(problem: Problem, name: str) -> None:
    """Turn a list or another row of things into a tuple; what is none is complained of later."""
    given = getattr(problem, name)
    if isinstance(given, Iterable) and not isinstance(given, str):
        object.__setattr__(problem, name, tuple(given))
