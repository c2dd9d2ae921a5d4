"""A plan as rows for a spreadsheet: one for each council and service it has work of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from waywarden.planner.councils import Work
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import alone_cost

if TYPE_CHECKING:
    from waywarden.planner.answers.plans import Plan

Cell: TypeAlias = str | int | float | None


def rows_of(plan: Plan) -> list[dict[str, Cell]]:
    """Return a row for each council and service it has work of, in the problem's order.

    All rows have the same names, fit for `csv.DictWriter`; None is what there
    is not. ``willingness`` is what the council has said, and ``counts_as`` what
    counts in this plan; ``way`` is how it is done, in its cluster or alone;
    ``cost_alone`` what the council would spend by itself;
    ``cluster_cost`` what its cluster spends on the service, all members
    together: how that is shared is another question (`share_costs`).
    """
    if isinstance(plan.problem, Location):
        return [_of_customer(plan, plan.problem, row) for row in range(len(plan.problem.demands))]
    return [
        _of_council(plan, plan.problem, council.key, service.key)
        for council in plan.problem.councils
        for service in plan.problem.services
        if service.key in council.work
    ]


def _of_council(plan: Plan, problem: Problem, key: str, service: str) -> dict[str, Cell]:
    council = problem.council(key)
    work = council.work[service]
    counts_as = problem.willingness(council, service)
    told: dict[str, Cell] = {
        "council": key,
        "name": council.name,
        "service": service,
        "willingness": str(work.willingness),
        "counts_as": str(counts_as),
    }
    led = _led(plan, key, service)
    if led["cluster"] is None and (key, service) in plan.alone:
        led["way"] = _way_alone(work)
    cost = alone_cost(work)
    return told | led | {"cost_alone": cost if work.outside else None}


def _of_customer(plan: Plan, location: Location, row: int) -> dict[str, Cell]:
    from waywarden.planner.answers.plans import ONLY_SERVICE

    key, cost = str(row), float(location.alone[row])
    told: dict[str, Cell] = {"council": key, "service": ONLY_SERVICE}
    alone = cost if cost < float("inf") else None
    return told | _led(plan, key, ONLY_SERVICE) | {"cost_alone": alone}


def _led(plan: Plan, key: str, service: str) -> dict[str, Cell]:
    cluster = plan.cluster_of(key, service)
    lead = plan.lead_of(key, service) or None
    if cluster is None:
        return {"cluster": None, "lead": lead, "way": None, "cluster_cost": None}
    led = cluster.service_leads[service]
    return {
        "cluster": cluster.number,
        "lead": lead,
        "way": led.model,
        "cluster_cost": led.cost,
    }


def _way_alone(work: Work) -> str | None:
    cheapest = min(work.outside, key=lambda option: option.cost, default=None)
    return cheapest.name if cheapest else None
