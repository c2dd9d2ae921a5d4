"""Which of some groups would be better off in a cluster of their own, reckoned group by group.

This is for checking a certificate: it prices each group plainly, by itself, and
shares nothing with the search for stable shares.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from waywarden.planner.answers.plans import ONLY_SERVICE, SHARED
from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.pricing import best_lead, cluster_cost, may_cluster
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import Sharing, sharing_of
from waywarden.planner.sites.grounds import SLACK, rows_of, sizes_of

#: What rounding could make of nothing, as a part of what a group would pay.
HARDLY = 1e-7


@dataclass(frozen=True)
class Objection:
    """A group that would be better off by itself, in one service or in all that it shares.

    ``service`` is empty where a cluster shares all services. It pays ``pays``
    by the shares and could do it for ``cost``.
    """

    members: tuple[str, ...]
    service: str
    pays: float
    cost: float

    @property
    def excess(self) -> float:
        """How much better off it would be."""
        return self.pays - self.cost


def free_of_rules(problem: Problem, *, hired: bool) -> Problem:
    """Return a problem without what binds only the plan, or without providers if none is hired.

    Ties and locks bind the plan and not the councils that would leave it. Who
    may not be in one cluster with whom stays so.
    """
    providers = problem.providers if hired else ()
    return replace(problem, together=(), locks={}, providers=providers)


def is_real(pays: float, cost: float) -> bool:
    """Whether a group that pays this much would be better off at that cost, beyond rounding."""
    return pays > cost + HARDLY * (1.0 + abs(pays))


def objections_in(
    problem: Problem,
    shape: str,
    shares: Mapping[tuple[str, str], float],
    groups: Sequence[Sequence[str]],
    *,
    hired: bool,
) -> Iterator[Objection]:
    """Give each of some groups, by keys, that would be better off by itself.

    ``shares`` are by (council key, service key); in shared clusters only their
    sums by council count. Raises KeyError for a council there is not.
    """
    sharing = sharing_of(free_of_rules(problem, hired=hired))
    place = {council.key: row for row, council in enumerate(problem.councils)}
    for group in groups:
        for key in group:
            problem.council(key)
        rows = np.array(sorted({place[key] for key in group}), dtype=np.int64)
        keys = tuple(problem.councils[row].key for row in rows)
        if shape == SHARED:
            pays = math.fsum(share for (key, _), share in shares.items() if key in keys)
            cost, _ = cluster_cost(sharing, [int(row) for row in rows])
            if is_real(pays, cost):
                yield Objection(keys, "", pays, cost)
        else:
            yield from _by_service(problem, sharing, shares, rows)


def _by_service(
    problem: Problem, sharing: Sharing, shares: Mapping[tuple[str, str], float], rows: Ints
) -> Iterator[Objection]:
    for column, service in enumerate(problem.services):
        served = rows[sharing.takes_part[rows, column]]
        if not len(served):
            continue
        keys = tuple(problem.councils[row].key for row in served)
        pays = math.fsum(shares[key, service.key] for key in keys)
        cost = _own_cluster(sharing, served, column)
        if is_real(pays, cost):
            yield Objection(keys, service.key, pays, cost)


def _own_cluster(sharing: Sharing, rows: Ints, service: int) -> float:
    """Return what one service would cost councils in a cluster for it, or one of them alone."""
    loose = replace(sharing, is_contiguous=False)
    alone = float(sharing.alone[rows[0], service]) if len(rows) == 1 else math.inf
    lead = best_lead(sharing, rows, service)
    if lead is None or not may_cluster(loose, rows):
        return alone
    return min(alone, lead.cost + sharing.per_cluster + len(rows) * sharing.per_member)


def objections_at(
    location: Location,
    shares: Mapping[tuple[str, str], float],
    groups: Sequence[Sequence[str]],
    *,
    hired: bool,
) -> Iterator[Objection]:
    """Give each of some groups, by the numbers of councils, that some site would serve for less."""
    for group in groups:
        rows = np.array(sorted({int(key) for key in group}), dtype=np.int64)
        keys = tuple(str(row) for row in rows)
        pays = math.fsum(shares[key, ONLY_SERVICE] for key in keys)
        alone = float(location.alone[rows[0]]) if len(rows) == 1 else math.inf
        cost = min([alone, *_at_sites(location, rows, hired)])
        if is_real(pays, cost):
            yield Objection(keys, ONLY_SERVICE, pays, cost)


def _at_sites(location: Location, rows: Ints, hired: bool) -> Iterator[float]:
    """Give what each site that could serve exactly these councils would cost."""
    enemies = rows_of(location.apart_starts) if len(location.apart) else location.apart
    are_apart = np.isin(enemies, rows) & np.isin(location.apart, rows)
    if 0 < location.most_members < sizes_of(location)[rows].sum() or are_apart.any():
        return
    arcs = [slice(location.starts[row], location.starts[row + 1]) for row in rows]
    prices = [dict(zip(location.sites[at], location.costs[at], strict=True)) for at in arcs]
    for site in sorted(set.intersection(*(set(one) for one in prices))):
        home = location.homes[site]
        fits = location.demands[rows].sum() <= location.capacities[site] * (1 + SLACK) + SLACK
        if fits and (home in rows if home >= 0 else hired):
            yield float(location.setups[site] + sum(one[site] for one in prices))
