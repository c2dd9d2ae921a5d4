"""Eight services of a county: each with clusters of its own, or all in shared ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from benchmarks.answers import Answer, Figures, cpu_seconds, timed
from benchmarks.counties import drawn, oxfordshire, problem_on
from benchmarks.efforts import effort_of
from waywarden.planner import Problem, Service, plan

DRAWN, OXFORDSHIRE, SHIPPED = "drawn", "Oxfordshire", "Oxfordshire, shipped prices"
SHARED, PER_SERVICE = "shared", "per_service"


@dataclass
class Curve:
    """How good the best plan and the bound were after how many seconds, as a plan is made."""

    begun: float = field(default_factory=cpu_seconds)
    points: list[tuple[float, float | None, float | None]] = field(default_factory=list)
    cost: float = math.inf
    bound: float = -math.inf

    def __call__(self, stage: str, done: float, cost: float, bound: float) -> None:
        """Take in what the planner reports."""
        if cost < self.cost or bound > self.bound:
            self.cost, self.bound = min(cost, self.cost), max(bound, self.bound)
            self.points.append((round(cpu_seconds() - self.begun, 3), *self._known()))

    def _known(self) -> tuple[float | None, float | None]:
        return (
            self.cost if self.cost < math.inf else None,
            self.bound if self.bound > -math.inf else None,
        )


def services_trial(
    *,
    place: str,
    seed: int,
    shape: str,
    councils: int = 0,
    services: int = 8,
    is_contiguous: bool = True,
    effort: str = "standard",
    threads: int = 2,
) -> Figures:
    """Plan a county's services in one shape, and follow how the plan and its bound improve."""
    problem = problem_at(place, councils, seed, services, is_contiguous=is_contiguous)
    curve = Curve()
    with timed() as spent:
        made = plan(
            problem,
            shape=shape,
            effort=effort_of(effort),
            seed=seed,
            threads=threads,
            progress=curve,
        )
    is_split = shape == PER_SERVICE
    return {
        **Answer(made.cost, made.bound, spent).figures(),
        "councils": len(problem.councils),
        "services": len(problem.services),
        "clusters": len(made.clusters),
        "largest": max((len(one.members) for one in made.clusters), default=0),
        "bound_is": made.bound_is,
        "gaps_percent": gaps_percent(problem, effort=effort, seed=seed) if is_split else [],
        "curve": curve.points,
    }


def problem_at(
    place: str, councils: int, seed: int, services: int, *, is_contiguous: bool
) -> Problem:
    """Return a county's problem: drawn, or Oxfordshire with drawn costs or with the shipped."""
    if place == SHIPPED:
        from waywarden.planning.posing import problem_of
        from waywarden.planning.shipped import shipped_facts

        return problem_of(shipped_facts("Oxfordshire"), everyone=True)
    where = oxfordshire() if place == OXFORDSHIRE else drawn(councils, seed)
    return problem_on(where, seed, services=services, is_contiguous=is_contiguous)


def gaps_percent(problem: Problem, *, effort: str, seed: int) -> list[float]:
    """Return the proven gap of each service planned alone: the same plans, one after another."""
    parts = [_only(problem, service) for service in problem.services]
    made = [plan(part, shape=PER_SERVICE, effort=effort_of(effort), seed=seed) for part in parts]
    return [100 * one.gap for one in made]


def _only(problem: Problem, service: Service) -> Problem:
    """Return a problem with all but one of its services left out."""
    councils = tuple(
        replace(council, work={service.key: council.work[service.key]})
        for council in problem.councils
        if service.key in council.work
    )
    return replace(problem, councils=councils, services=(service,))
