"""What one cluster costs and who leads it, reckoned plainly and from nothing.

The search reckons the same faster, by what changes; this is for reports, and
the search is tested against it.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints, Sharing
from waywarden.planner.terms import TOLERANCE


class Lead(NamedTuple):
    """Who leads a service in a cluster (a row), in which way, and what that costs a year."""

    row: int
    way: int
    cost: float


def cluster_cost(sharing: Sharing, members: Sequence[int]) -> tuple[float, list[Lead | None]]:
    """Return what a cluster of these rows costs in a year, and by service who leads it best.

    The cost is to all its members together: the services they share,
    coordination, and going alone with services they do not take part in. A
    service nobody shares has no lead; nor has any in a cluster of one, which
    pays its cost alone. What cannot be costs infinitely much: more members than
    allowed, some that could not be in a cluster, one that does not hang
    together, or a service that nobody in it could lead for all.
    """
    rows = np.array(sorted(members), dtype=np.int64)
    if len(rows) == 1:
        return float(sharing.alone[rows[0]].sum()), [None] * sharing.takes_part.shape[1]
    shared = [bool(takes_part.any()) for takes_part in sharing.takes_part[rows].T]
    leads = [
        best_lead(sharing, rows, service) if shared[service] else None
        for service in range(len(shared))
    ]
    if not may_cluster(sharing, rows) or any(
        lead is None for lead, is_shared in zip(leads, shared, strict=True) if is_shared
    ):
        return math.inf, leads
    apart = float(np.where(sharing.takes_part[rows], 0.0, sharing.alone[rows]).sum())
    coordination = sharing.per_cluster + len(rows) * sharing.per_member
    return sum(lead.cost for lead in leads if lead) + coordination + apart, leads


def best_lead(sharing: Sharing, rows: Ints, service: int) -> Lead | None:
    """Return who of these rows leads a service for the others at the least cost, if one can."""
    served = rows[sharing.takes_part[rows, service]]
    work, visits, peak = (
        float(amount[served, service].sum())
        for amount in (sharing.work, sharing.visits, sharing.peak)
    )
    best = None
    for lead in served:
        road = _road_km(sharing, lead, served)
        if (road > sharing.limit_km).any():
            continue
        at = lead, service
        journeys = float((road * sharing.trips[served, service]).sum())
        costs = sharing.setup[at] + sharing.unit[at] * work + sharing.call_out[at] * visits
        costs = costs + sharing.travel[at] * journeys
        costs = np.where(peak <= sharing.capacity[at] * (1 + TOLERANCE), costs, math.inf)
        way = int(np.argmin(costs))
        if costs[way] < (best.cost if best else math.inf):
            best = Lead(int(lead), way, float(costs[way]))
    return best


def may_cluster(sharing: Sharing, rows: Ints) -> bool:
    """Tell whether rows are few enough, all willing, and hang together where they have to."""
    if len(rows) > sharing.most_members or not sharing.joins[rows].all():
        return False
    if not sharing.is_contiguous:
        return True
    members = {int(row) for row in rows}
    reached, waiting = set[int](), [min(members)]
    while waiting:
        row = waiting.pop()
        reached.add(row)
        start, end = sharing.neighbour_starts[row : row + 2]
        near = {int(other) for other in sharing.neighbours[start:end]}
        waiting.extend((near & members) - reached)
    return reached == members


def _road_km(sharing: Sharing, row: int, others: Ints) -> Floats:
    east = sharing.east_km[row] - sharing.east_km[others]
    north = sharing.north_km[row] - sharing.north_km[others]
    return np.asarray(sharing.road_factor * np.sqrt(east * east + north * north))
