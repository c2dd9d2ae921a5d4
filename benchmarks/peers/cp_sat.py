"""CP-SAT, the constraint solver of OR-Tools, on the same model and for a stated time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import numpy as np

from benchmarks.answers import Answer, cpu_seconds, timed
from waywarden.planner.location import Location

#: It reckons in whole numbers; costs here have at most four decimals.
WHOLE = 10_000


def ask_cp_sat(problem: Location, seconds: float, *, workers: int = 2) -> Answer:
    """Give CP-SAT the problem, without a hint, for at most so many CPU seconds on each worker.

    Raises ImportError where OR-Tools is not installed.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    with timed() as spent:
        model = _model(problem, cp_model)
        with _stopping_after(solver, seconds * workers):
            status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(
        solver.objective_value / WHOLE if found else float("inf"),
        solver.best_objective_bound / WHOLE,
        spent,
        "optimal" if status == cp_model.OPTIMAL else "stopped at its time",
        {"workers": workers},
    )


@contextmanager
def _stopping_after(solver: Any, seconds: float) -> Iterator[None]:
    """Stop a solver after so many CPU seconds: its own limit is by the clock."""
    end, done = cpu_seconds() + seconds, Event()

    def watch() -> None:
        while not done.wait(0.1):
            if cpu_seconds() > end:
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


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
