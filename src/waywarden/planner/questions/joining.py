"""Whose joining would save most: every hold-out tried cheaply, the best few planned properly."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from waywarden.planner.answers.explaining import UNIT
from waywarden.planner.answers.plans import SHARED, Plan
from waywarden.planner.clusters.pricing import best_lead, cluster_cost
from waywarden.planner.councils import Council, Willingness, Work
from waywarden.planner.obstacles.leading import listed
from waywarden.planner.problems import Problem
from waywarden.planner.questions.replanning import (
    Replan,
    cost_alone,
    improved,
    problem_of,
    replanner,
    saving,
    shared_by,
)
from waywarden.planner.sharing import Sharing, sharing_of


@dataclass(frozen=True)
class HoldOut:
    """A council that stays out of some services, and what its joining would save a year.

    ``saving`` is to all payers together, against the plan with the council
    doing those services alone at the level it wants: at least this.
    """

    council: str
    name: str
    services: tuple[str, ...]
    service_names: tuple[str, ...]
    saving: float

    @property
    def sentence(self) -> str:
        """Say it plainly."""
        return (
            f"If {self.name} joined for {listed(self.service_names)}, all together would pay at "
            f"least {self.saving:,.0f} less a year, {UNIT}."
        )


def hold_outs(plan: Plan, *, most: int = 5, replan: Replan | None = None) -> tuple[HoldOut, ...]:
    """Return the councils whose joining is found to save, those that would save most first.

    Hold-outs are councils that said no or have not said, or are excluded; what
    they want and could not do alone at any price is left aside. Each is tried
    in the clusters near it, and the ``most`` that promise most are planned
    again as willing, one at a time, from the plan or the cheaper one that
    planning again with nobody joining finds. Raises ValueError for a plan of a
    `Location`.
    """
    problem = problem_of(plan)
    replan = replan or replanner()
    joined = willing(problem, [one.key for one in problem.councils])
    new = {one.key: _new_services(problem, joined, one.key) for one in problem.councils}
    found = [one for one in problem.councils if new[one.key]]
    if not found:
        return ()
    best = improved(plan, replan)
    promise = _promises(problem, joined, best, found)
    likely = sorted(found, key=lambda one: -promise[one.key])[:most]
    tried = [_tried(problem, best, one, new[one.key], replan) for one in likely]
    return tuple(sorted((one for one in tried if one.saving > 0), key=lambda one: -one.saving))


def willing(problem: Problem, keys: Sequence[str]) -> Problem:
    """Return a problem in which some councils would lead or join wherever they could go alone."""
    councils = tuple(
        replace(one, work={key: _willing(work) for key, work in one.work.items()})
        if one.key in keys
        else one
        for one in problem.councils
    )
    excluded = tuple(key for key in problem.excluded if key not in keys)
    return replace(problem, councils=councils, excluded=excluded)


def _willing(work: Work) -> Work:
    is_out = work.willingness in (Willingness.NO, Willingness.UNKNOWN)
    return replace(work, willingness=Willingness.LEAD) if is_out and work.outside else work


def _new_services(problem: Problem, joined: Problem, council: str) -> list[str]:
    """Return the services a council would have in a cluster only if it joined."""
    now = shared_by(problem, council)
    return [service for service in shared_by(joined, council) if service not in now]


def _tried(
    problem: Problem, plan: Plan, council: Council, services: list[str], replan: Replan
) -> HoldOut:
    # What it leaves with the county now must be paid for in either case to compare.
    added = [key for key in services if (council.key, key) not in plan.alone]
    now = plan.cost + cost_alone(problem, council.key, added)
    found = replan(willing(problem, [council.key]), plan)
    names = tuple(one.name for one in problem.services if one.key in services)
    return HoldOut(council.key, council.name, tuple(services), names, saving(now, found))


def _promises(
    problem: Problem, willing_all: Problem, plan: Plan, found: Sequence[Council]
) -> dict[str, float]:
    """Return what each hold-out would save in a cluster near it that stays as it is otherwise."""
    now, joined = sharing_of(problem), sharing_of(willing_all)
    rows = {one.key: row for row, one in enumerate(problem.councils)}
    groups = [[rows[key] for key in cluster.members] for cluster in plan.clusters]
    estimate = _shared_saving if plan.shape == SHARED else _service_saving
    return {
        one.key: max(
            estimate(now, _with(now, joined, rows[one.key]), groups, rows[one.key]),
            default=-math.inf,
        )
        for one in found
    }


def _with(now: Sharing, joined: Sharing, row: int) -> Sharing:
    """Return the terms of all hold-outs, only one of whom takes part."""
    chosen = np.arange(len(now.takes_part))[:, None] == row
    return replace(
        joined,
        takes_part=np.where(chosen, joined.takes_part, now.takes_part),
        alone=np.where(chosen, joined.alone, now.alone),
    )


def _shared_saving(
    now: Sharing, joined: Sharing, groups: Sequence[Sequence[int]], row: int
) -> Iterator[float]:
    """Return what joining each cluster near, or a council near that is alone, would save."""
    alone, near = float(joined.alone[row].sum()), set(joined.neighbours.of(row).tolist())
    own = [group for group in groups if row in group]
    if own:
        added = alone - float(now.alone[row].sum())
        yield cluster_cost(now, own[0])[0] + added - cluster_cost(joined, own[0])[0]
        return
    grouped = {member for group in groups for member in group}
    lone = [[other] for other in sorted(near - grouped) if joined.joins[other]]
    for group in [*(group for group in groups if near & set(group)), *lone]:
        yield cluster_cost(now, group)[0] + alone - cluster_cost(joined, [*group, row])[0]


def _service_saving(
    now: Sharing, joined: Sharing, groups: Sequence[Sequence[int]], row: int
) -> Iterator[float]:
    """Return what joining each cluster near would save, over the services it delivers alike."""
    near = set(joined.neighbours.of(row).tolist())
    new = np.flatnonzero(joined.takes_part[row] & ~now.takes_part[row])
    for group in groups:
        if near & set(group) and row not in group and len(group) < joined.most_members:
            for service in new:
                yield _in_service(joined, group, row, int(service))


def _in_service(joined: Sharing, group: Sequence[int], row: int, service: int) -> float:
    before = best_lead(joined, np.array(group, dtype=np.int64), service)
    after = best_lead(joined, np.array([*group, row], dtype=np.int64), service)
    if before is None or after is None:
        return -math.inf
    return float(joined.alone[row, service]) + before.cost - after.cost - joined.per_member
