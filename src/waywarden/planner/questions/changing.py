"""Plans that people change by hand: valued as they stand, or refused with the reason."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from waywarden.planner.answers import describing
from waywarden.planner.answers.plans import SHARED, Plan
from waywarden.planner.beginning import labels_from
from waywarden.planner.clusters.pricing import best_lead, cluster_cost, may_be_alone
from waywarden.planner.councils import Infeasible
from waywarden.planner.location import Location
from waywarden.planner.obstacles.leading import listed, why_no_leads
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import Sharing, sharing_of
from waywarden.planner.touching import parts_of

NOTHING_PROVEN = (
    "only that no cost is less than nought: how near the best this plan comes is not known"
)


def hand_made(problem: Problem, groups: Collection[Collection[str]], *, seed: int = 0) -> Plan:
    """Return the plan of exactly these shared clusters, each service under its best lead.

    ``groups`` hold council keys; whoever is in no group, or by itself in one,
    goes alone. Nothing is searched and nothing proven: the bound is nought.
    Raises `Infeasible`, with the group and the reason, where a group could not
    be a cluster or a council could not go alone.
    """
    sharing = sharing_of(problem)
    labels = labels_from(problem, groups)
    for number, group in enumerate(groups, 1):
        rows = _rows(problem, group)
        if reasons := reasons_against(problem, sharing, rows) if len(rows) > 1 else []:
            named = names_of(problem, rows)
            raise Infeasible(f"Group {number} ({named}) cannot be a cluster. {' '.join(reasons)}")
    for row in np.flatnonzero(np.bincount(labels, minlength=len(labels))[labels] == 1):
        if reasons := reasons_against(problem, sharing, [int(row)]):
            raise Infeasible(f"{problem.councils[row].name} is in no group. {reasons[0]}")
    return describing.of_grouping(problem, sharing, labels, 0.0, NOTHING_PROVEN, seed=seed)


def moved(plan: Plan, council: str, to: int | None) -> Plan:
    """Return a plan with one council moved to the cluster of a number, or alone if None.

    Clusters are numbered anew, from north to south. The bound is that of the
    plan it came from: it holds for every plan of the same problem. Raises
    ValueError for a plan that is not of shared clusters and for a number no
    cluster has, KeyError for a council there is not, and `Infeasible`, with the
    reason, where it cannot be.
    """
    problem = shared_problem(plan)
    key = problem.council(council).key
    if to not in (None, *(cluster.number for cluster in plan.clusters)):
        raise ValueError(f"No cluster has the number {to}. There are 1 to {len(plan.clusters)}.")
    groups = [
        [member for member in cluster.members if member != key] + [key] * (cluster.number == to)
        for cluster in plan.clusters
    ]
    changed = hand_made(problem, groups, seed=plan.seed)
    return replace(changed, bound=plan.bound, bound_is=plan.bound_is)


def shared_problem(plan: Plan) -> Problem:
    """Return the problem of a plan of shared clusters. Raises ValueError for any other plan."""
    if plan.shape != SHARED or isinstance(plan.problem, Location):
        raise ValueError(
            "This plan was made service by service: each service has clusters of its own. Plan "
            'with shape="shared" to change clusters by hand.'
        )
    return plan.problem


def reasons_against(problem: Problem, sharing: Sharing, rows: Sequence[int]) -> list[str]:
    """Say why rows could not be a cluster, or one row not alone; nothing where they could."""
    if math.isfinite(cluster_cost(sharing, rows)[0]):
        return []
    if len(rows) == 1:
        return [_why_not_alone(problem, sharing, rows[0])]
    return [
        *_why_no_cluster(problem, sharing, rows),
        *_services_without_lead(problem, sharing, rows),
        *_no_way_alone(problem, sharing, rows),
    ]


def _services_without_lead(problem: Problem, sharing: Sharing, rows: Sequence[int]) -> list[str]:
    served_by_service = {
        column: np.array([row for row in rows if sharing.takes_part[row, column]], dtype=np.int64)
        for column in range(len(problem.services))
    }
    without = {
        column: served
        for column, served in served_by_service.items()
        if len(served) and best_lead(sharing, served, column) is None
    }
    return why_no_leads(problem, sharing, without)


def _no_way_alone(problem: Problem, sharing: Sharing, rows: Sequence[int]) -> Iterator[str]:
    """Name the members that go alone with some service and have no way to."""
    for row in rows:
        for column in np.flatnonzero(np.isinf(sharing.alone[row]) & ~sharing.takes_part[row]):
            name, service = problem.councils[row].name, problem.services[column].name
            yield f"{name} goes alone with {service} and has no way to."


def _why_not_alone(problem: Problem, sharing: Sharing, row: int) -> str:
    if not may_be_alone(sharing, row):
        return "A rule ties it to another council or a lead. Group them, or drop the rule."
    column = int(np.flatnonzero(np.isinf(sharing.alone[row]))[0])
    return (
        f"It has no way alone to have {problem.services[column].name} done. Group it, or give "
        "it an outside option."
    )


def _why_no_cluster(problem: Problem, sharing: Sharing, rows: Sequence[int]) -> Iterator[str]:
    if len(rows) > sharing.most_members:
        yield f"It has {len(rows)} members, and a cluster has at most {sharing.most_members}."
    for at, row in enumerate(rows):
        name = problem.councils[row].name
        if not sharing.joins[row]:
            yield f"{name} takes part in no service."
        for other in sorted(set(sharing.together.of(row).tolist()) - set(rows)):
            yield f"{name} must be together with {problem.councils[other].name}, who is not in it."
        for other in sorted(set(sharing.apart.of(row).tolist()) & set(rows[at:])):
            yield f"{name} and {problem.councils[other].name} must be apart."
    if away := _cut_off(sharing, rows):
        yield f"{names_of(problem, away)} cannot be reached from the others through neighbours."


def _cut_off(sharing: Sharing, rows: Sequence[int]) -> list[int]:
    """Return the rows that no chain of neighbours ties to the largest part of a group."""
    if not sharing.is_contiguous:
        return []
    kept = max(parts_of(set(rows), sharing.neighbours.of), key=len)
    return sorted(set(rows) - kept)


def _rows(problem: Problem, group: Collection[str]) -> list[int]:
    places = {council.key: row for row, council in enumerate(problem.councils)}
    return sorted(places[key] for key in group)


def names_of(problem: Problem, rows: Sequence[int], most: int = 6) -> str:
    """Name the first councils of some rows, and say how many more there are."""
    names = [problem.councils[row].name for row in rows]
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
