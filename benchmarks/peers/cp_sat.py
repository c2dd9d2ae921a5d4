"""CP-SAT, the constraint solver of OR-Tools, on the same model and for a stated time."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.answers import Answer, timed
from waywarden.planner.location import Location

#: It reckons in whole numbers; costs here have at most four decimals.
WHOLE = 10_000


def ask_cp_sat(problem: Location, seconds: float, *, workers: int = 2) -> Answer:
    """Give CP-SAT the problem, without a hint, on so many workers and for at most so long.

    Raises ImportError where OR-Tools is not installed.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = float(seconds)
    solver.parameters.random_seed = 1
    with timed() as spent:
        status = solver.solve(_model(problem, cp_model))
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(
        solver.objective_value / WHOLE if found else float("inf"),
        solver.best_objective_bound / WHOLE,
        spent,
        "optimal" if status == cp_model.OPTIMAL else "stopped at its time",
        {"workers": workers},
    )


def _model(problem: Location, cp_model: Any) -> Any:
    """Write a problem without homes with a yes or no for each arc and each site."""
    model = cp_model.CpModel()
    opens = [model.new_bool_var("") for _ in problem.setups]
    serves = [model.new_bool_var("") for _ in problem.sites]
    by_site: list[list[int]] = [[] for _ in opens]
    rows = np.repeat(np.arange(len(problem.demands)), np.diff(problem.starts))
    for first, last in zip(problem.starts[:-1], problem.starts[1:], strict=True):
        model.add_exactly_one(serves[first:last])
    for arc, site in enumerate(problem.sites):
        model.add_implication(serves[arc], opens[site])
        by_site[site].append(arc)
    demands = problem.demands.astype(int)[rows]
    for site, arcs in enumerate(by_site):
        load = sum(int(demands[arc]) * serves[arc] for arc in arcs)
        model.add(load <= int(problem.capacities[site]) * opens[site])
    if problem.opened:
        model.add(sum(opens) == problem.opened)
    costs = zip((*serves, *opens), _whole(problem.costs, problem.setups), strict=True)
    model.minimize(sum(cost * chosen for chosen, cost in costs))
    return model


def _whole(*amounts: np.ndarray) -> list[int]:
    return [round(WHOLE * float(amount)) for amount in np.concatenate(amounts)]
