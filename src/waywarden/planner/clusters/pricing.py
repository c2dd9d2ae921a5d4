"""What one cluster costs and who leads it, reckoned plainly and from nothing.

The search reckons the same faster, by what changes; this is for reports, and
the search is tested against it.
"""

import math
from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.sharing import Sharing
from waywarden.planner.touching import reached_from


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
    together or keep a rule, or a service that nobody could lead for all.
    """
    rows = np.array(sorted(members), dtype=np.int64)
    if len(rows) == 1:
        return _cost_alone(sharing, int(rows[0])), [None] * sharing.takes_part.shape[1]
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


def _cost_alone(sharing: Sharing, row: int) -> float:
    return float(sharing.alone[row].sum()) if may_be_alone(sharing, row) else math.inf


def best_lead(sharing: Sharing, rows: Ints, service: int) -> Lead | None:
    """Return who leads a service for these rows at the least cost, if one can."""
    served = rows[sharing.takes_part[rows, service]]
    found = (
        led_by(sharing, served, service, lead) for lead in _candidates(sharing, served, service)
    )
    return min((lead for lead in found if lead), key=lambda lead: lead.cost, default=None)


def led_by(sharing: Sharing, served: Ints, service: int, lead: int) -> Lead | None:
    """Return the cheapest way in which a lead could do a service for these rows, if any."""
    road = sharing.road_km(lead, served)
    if (road > sharing.limit_km).any():
        return None
    work, visits, peak = (
        float(amount[served, service].sum())
        for amount in (sharing.work, sharing.visits, sharing.peak)
    )
    at = lead, service
    journeys = float((road * sharing.trips[served, service]).sum())
    costs = sharing.setup[at] + sharing.unit[at] * work + sharing.call_out[at] * visits
    costs = costs + sharing.travel[at] * journeys
    costs = np.where(peak <= sharing.capacity[at] * (1 + TOLERANCE), costs, math.inf)
    way = int(np.argmin(costs))
    return Lead(lead, way, float(costs[way])) if math.isfinite(costs[way]) else None


def _candidates(sharing: Sharing, served: Ints, service: int) -> Sequence[int]:
    """Return who might lead those served: who they are locked to, or any of them or a provider."""
    locked = {int(lead) for lead in sharing.locked[served, service] if lead >= 0}
    councils, leads = len(sharing.takes_part), len(sharing.setup)
    able = [*(int(row) for row in served), *range(councils, leads)]
    return [lead for lead in able if not locked or locked == {lead}]


def may_cluster(sharing: Sharing, rows: Ints) -> bool:
    """Tell whether rows are few enough, all willing, keep the rules, and hang together."""
    members = {int(row) for row in rows}
    if len(rows) > sharing.most_members or not sharing.joins[rows].all():
        return False
    if not all(keeps_ties(sharing, row, members) for row in members):
        return False
    return not sharing.is_contiguous or _hangs_together(sharing, members)


def keeps_ties(sharing: Sharing, row: int, members: Set[int]) -> bool:
    """Tell whether all a council is tied to are among members, and none it is kept apart from."""
    wanted = {int(other) for other in sharing.together.of(row)}
    barred = {int(other) for other in sharing.apart.of(row)}
    return wanted <= members and not barred & members


def may_be_alone(sharing: Sharing, row: int) -> bool:
    """Tell whether a council may be in no cluster: nobody tied to it, and no lock on it."""
    is_locked = (sharing.locked[row] >= 0) & sharing.takes_part[row]
    return not sharing.together.of(row).size and not bool(is_locked.any())


def _hangs_together(sharing: Sharing, members: Set[int]) -> bool:
    return reached_from(min(members), members, sharing.neighbours.of) == members
