"""Buckinghamshire as the planner would have it, beside the cluster that really formed there."""

from __future__ import annotations

from dataclasses import replace

from benchmarks import backtest
from benchmarks.answers import Figures, timed
from benchmarks.efforts import effort_of
from waywarden.planner import Plan, Problem, plan


def back_test_trial(
    *, place: str, towns: str, seed: int, effort: str = "standard", most_members: int = 0
) -> Figures:
    """Plan a place's parishes freely, and once with the real five as the cluster they were."""
    problem = backtest.back_test_problem(place, towns)
    if most_members:
        problem = replace(problem, most_members=most_members)
    real = backtest.real_cluster()
    with timed() as spent:
        free = plan(problem, effort=effort_of(effort), seed=seed)
        rest = plan(backtest.without(problem, real), effort=effort_of(effort), seed=seed)
    found = backtest.holding(free, real[0])
    return {
        **_beside(problem, free, found, real),
        "cost": free.cost,
        "gap_percent": 100 * free.gap,
        "cost_with_real": rest.cost + backtest.cost_of(problem, real),
        "sizes": sorted(len(one.members) for one in free.clusters),
        "alone": len(problem.councils) - sum(len(one.members) for one in free.clusters),
        "most_members": problem.most_members,
        "map": _map(problem, free),
        "cpu_seconds": spent.cpu_seconds,
        "wall_seconds": spent.wall_seconds,
        "status": "done",
    }


def _beside(problem: Problem, free: Plan, found: tuple[str, ...], real: tuple[str, ...]) -> Figures:
    """Return how like the real cluster the one found is, and what each costs."""
    names = {council.key: council.name for council in problem.councils}
    return {
        "found": [names[key] for key in found],
        "real": [names[key] for key in real],
        "likeness": backtest.likeness(found, real),
        "likest": max((backtest.likeness(one.members, real) for one in free.clusters), default=0.0),
        "pairs_kept": backtest.pairs_kept(free, real),
        "real_cost": backtest.cost_of(problem, real),
        "real_alone": _alone(problem, real),
        "found_cost": backtest.cost_of(problem, found),
        "found_alone": _alone(problem, found),
    }


def _alone(problem: Problem, members: tuple[str, ...]) -> float:
    """Return what some councils would pay each by itself."""
    works = [work for key in members for work in problem.council(key).work.values()]
    return sum(min(option.cost for option in work.outside) for work in works)


def _map(problem: Problem, free: Plan) -> Figures:
    """Return where everybody is and who is together, for a picture."""
    numbers = {key: one.number for one in free.clusters for key in one.members}
    return {
        "places": [
            [one.key, one.name, one.east_km, one.north_km, numbers.get(one.key, 0)]
            for one in problem.councils
        ],
        "neighbours": [list(pair) for pair in problem.neighbours or ()],
    }
