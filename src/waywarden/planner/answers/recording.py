"""A plan as a record that any file keeps, and back again, exactly.

A record is JSON that can be read without the problem: it names the councils,
services and rules, and says what every amount is. From it and the problem it
was made of, the same `Plan` comes back.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from waywarden.planner.location import Location
from waywarden.planner.problems import Problem

if TYPE_CHECKING:
    from waywarden.planner.answers.plans import Cluster, Plan

FORMAT = "waywarden plan"
#: Raised when a record of an earlier version could no longer be read.
VERSION = 1

#: Two sums of the same costs in another order differ by less than this part of them.
REORDERED = 1e-9

MEANINGS = {
    "cost, bound, alone_cost": "money a year, in the unit of the problem; null has no end",
    "gap": "the most by which any plan could be cheaper, as a part of the cost",
    "alone": "what each council spends by itself, service by service",
    "input": "SHA-256 of the problem: two plans of one problem have the same",
}


def fingerprint(problem: Problem | Location) -> str:
    """Return the SHA-256 of everything a problem says: the same for the same problem only.

    The order in which works, ways or locks were filed does not count.
    """
    written = json.dumps(_canonical(problem), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _canonical(value: object) -> object:
    if is_dataclass(value):
        told = [one.name for one in fields(value) if one.init]
        return [[name, _canonical(getattr(value, name))] for name in told]
    if isinstance(value, Mapping):
        return sorted(([_canonical(key), _canonical(one)] for key, one in value.items()), key=repr)
    if isinstance(value, np.ndarray):
        return _canonical(value.tolist())
    if isinstance(value, tuple | list):
        return [_canonical(one) for one in value]
    return value if value is None or isinstance(value, str) else float(value)  # type: ignore[arg-type]


def record_of(plan: Plan) -> str:
    """Return a plan as JSON, complete and by itself: see `MEANINGS` for its amounts."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        "meanings": MEANINGS,
        "input": fingerprint(plan.problem),
        "shape": plan.shape,
        "seed": plan.seed,
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": plan.gap,
        "bound_is": plan.bound_is,
        "unused": plan.unused,
        **_of_problem(plan.problem),
        "clusters": [_of_cluster(cluster) for cluster in plan.clusters],
        "alone": [
            {"council": council, "service": service, "cost": _ending(cost)}
            for (council, service), cost in plan.alone.items()
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _of_problem(problem: Problem | Location) -> dict[str, Any]:
    if isinstance(problem, Location):
        return {"councils": [{"key": str(row)} for row in range(len(problem.demands))]}
    places = {
        what: [
            {"key": one.key, "name": one.name, "east_km": one.east_km, "north_km": one.north_km}
            for one in found
        ]
        for what, found in (("councils", problem.councils), ("providers", problem.providers))
    }
    services = [{"key": s.key, "name": s.name, "unit": s.unit} for s in problem.services]
    return {**places, "services": services, "rules": _rules(problem)}


def _rules(problem: Problem) -> dict[str, Any]:
    return {
        "travel_limit": _ending(problem.travel_limit_km),
        "most_members": problem.most_members,
        "keeps_to_neighbours": problem.neighbours is not None,
        "everyone": bool(problem.everyone),
        "together": [list(pair) for pair in problem.together],
        "apart": [list(pair) for pair in problem.apart],
        "locks": [[*place, lead] for place, lead in problem.locks.items()],
        "excluded": list(problem.excluded),
    }


def _of_cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "number": cluster.number,
        "members": list(cluster.members),
        "lead": cluster.lead,
        "cost": cluster.cost,
        "alone_cost": _ending(cluster.alone_cost),
        "coordination": cluster.coordination,
        "service_leads": {
            service: {"lead": led.lead, "model": led.model, "cost": led.cost}
            for service, led in cluster.service_leads.items()
        },
    }


def _ending(amount: float) -> float | None:
    """Return an amount as JSON can hold it: none where it has no end."""
    return float(amount) if math.isfinite(amount) else None


def plan_from(text: str, problem: Problem | Location) -> Plan:
    """Return the plan that `record_of` wrote of this problem.

    Raises ValueError for what is no such record, was made of another problem,
    or is damaged.
    """
    record = _record(text)
    if record.get("input") != fingerprint(problem):
        raise ValueError(
            "This plan was made of another problem: other councils, prices or rules. Give the "
            "problem it was made of, or value its groups with hand_made."
        )
    try:
        plan = _plan(record, problem)
        cost = _number(record["cost"], "cost")
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(repr(error)) from error
    if not math.isclose(plan.cost, cost, rel_tol=REORDERED):
        raise _damaged(f"its parts cost {plan.cost:g}, and it says {cost:g}")
    if plan.bound > cost + REORDERED * abs(cost):
        raise _damaged(f"its bound, {plan.bound:g}, is above its cost of {cost:g}")
    return plan


def _damaged(what: str) -> ValueError:
    return ValueError(f"This plan is damaged: {what}. Make it again.")


def _record(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise ValueError(f"This is no plan: it is not JSON ({error}).") from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ValueError(f"This is no plan: a plan’s record says that its format is {FORMAT!r}.")
    if record.get("version") != VERSION:
        raise ValueError(
            f"This plan is of version {record.get('version')!r}, and only {VERSION} can be read. "
            "Make it again."
        )
    return record


def _plan(record: Mapping[str, Any], problem: Problem | Location) -> Plan:
    from waywarden.planner.answers.plans import PER_SERVICE, SHARED, Plan

    if record["shape"] not in (SHARED, PER_SERVICE):
        raise _damaged(f"there is no shape {record['shape']!r}")
    plan = Plan(
        problem=problem,
        shape=record["shape"],
        clusters=tuple(_cluster(one) for one in record["clusters"]),
        alone={(one["council"], one["service"]): _endless(one["cost"]) for one in record["alone"]},
        bound=_number(record["bound"], "bound"),
        bound_is=str(record["bound_is"]),
        seed=_whole(record["seed"], "seed"),
        unused=_number(record["unused"], "unused"),
    )
    for council, service in {*_served_once(plan), *plan.alone}:
        plan.cluster_of(council, service)
    return plan


def _served_once(plan: Plan) -> set[tuple[str, str]]:
    """Return each council and service in a cluster; none may be in two of them."""
    served: set[tuple[str, str]] = set()
    for cluster in plan.clusters:
        for place in product(cluster.members, cluster.service_leads):
            if place in served:
                raise _damaged(f"{place[0]} is in a cluster for {place[1]} twice")
            served.add(place)
    return served


def _cluster(written: Mapping[str, Any]) -> Cluster:
    from waywarden.planner.answers.plans import Cluster, ServiceLead

    return Cluster(
        number=_whole(written["number"], "number of a cluster"),
        members=tuple(written["members"]),
        lead=written["lead"],
        service_leads={
            service: ServiceLead(led["lead"], led["model"], _number(led["cost"], "cost of a lead"))
            for service, led in written["service_leads"].items()
        },
        coordination=_number(written["coordination"], "coordination"),
        alone_cost=_endless(written["alone_cost"]),
    )


def _endless(written: float | None) -> float:
    return math.inf if written is None else _number(written, "cost alone")


def _number(written: object, what: str) -> float:
    if not isinstance(written, int | float) or isinstance(written, bool):
        raise _damaged(f"its {what} is {written!r}, which is no number")
    if not math.isfinite(written):
        raise _damaged(f"its {what} is {written!r}, which is no number to reckon with")
    return float(written)


def _whole(written: object, what: str) -> int:
    number = _number(written, what)
    if number != int(number):
        raise _damaged(f"its {what} is {written!r}, which is no whole number")
    return int(number)
