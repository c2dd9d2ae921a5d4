"""Plans a changed problem again, from where a plan stands."""

from collections.abc import Callable
from threading import Event
from typing import TypeAlias

from waywarden.planner.answers.plans import Plan
from waywarden.planner.efforts import Effort
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import JOINING, alone_cost
from waywarden.planner.solving import plan as plan_problem

#: Plans a changed problem again, beginning with the plan of the unchanged one.
Replan: TypeAlias = Callable[[Problem, Plan], Plan]

#: A smaller saving, as a part of a plan's cost, is a matter of rounding in the sums.
NO_SAVING = 1e-9


def replanner(
    effort: str | Effort = "quick", *, threads: int = 2, stop: Event | None = None
) -> Replan:
    """Return what plans again with this effort, in the shape and with the seed of the plan."""

    def replan(problem: Problem, start: Plan) -> Plan:
        return plan_problem(
            problem,
            shape=start.shape,
            effort=effort,
            seed=start.seed,
            threads=threads,
            start=start,
            stop=stop,
        )

    return replan


def problem_of(plan: Plan) -> Problem:
    """Return the problem of a plan. Raises ValueError for the plan of a `Location`."""
    if isinstance(plan.problem, Location):
        raise ValueError(
            "This plan is of a Location, which has no names or rules to ask about. Plan a Problem."
        )
    return plan.problem


def improved(plan: Plan, replan: Replan) -> Plan:
    """Return a plan, or a cheaper one of the same problem where planning again finds one.

    What a longer search saves with nothing changed is then not laid to a change.
    """
    again = replan(problem_of(plan), plan)
    return again if saving(plan.cost, again) > 0 else plan


def saving(now: float, plan: Plan) -> float:
    """Return how much less a plan costs than is paid now; nought where it does not."""
    saved = now - plan.cost
    return saved if saved > NO_SAVING * abs(now) else 0.0


def cost_alone(problem: Problem, council: str, services: list[str]) -> float:
    """Return what a council would spend on some services by itself."""
    return sum(alone_cost(problem.council(council).work[service]) for service in services)


def shared_by(problem: Problem, council: str) -> list[str]:
    """Return the services that a council would have in a cluster."""
    found = problem.council(council)
    return [s.key for s in problem.services if problem.willingness(found, s.key) in JOINING]
