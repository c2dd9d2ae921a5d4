"""spopt's p-median with capacities: an easier problem than ours, for it knows no set-up costs."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from benchmarks.answers import Answer, timed
from waywarden.planner.location import Location


def ask_spopt(problem: Location, leads: int, seconds: float) -> Answer:
    """Let spopt open so many sites, through CBC on one thread for so many CPU seconds.

    It is told how many leads to open, which ours must find out, and leaves
    their set-ups out of account; these are added to its cost afterwards. Its
    bound is of its own problem and so is not given. Every council must reach
    every site. Raises ImportError where spopt is not installed.
    """
    import pulp
    from spopt.locate import PMedian

    size, places = len(problem.demands), len(problem.setups)
    costs = problem.costs.reshape(size, places)
    with timed() as spent:
        asked = PMedian.from_cost_matrix(
            costs / problem.demands[:, None],
            problem.demands,
            p_facilities=leads,
            facility_capacities=problem.capacities,
        )
        solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, timeMode="cpu")
        # It complains where nothing was found in time; that is no fault here.
        with suppress(RuntimeError):
            asked.solve(solver, results=False)
    is_found = asked.problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    is_optimal = asked.problem.sol_status == pulp.LpSolutionOptimal
    return Answer(
        _priced(problem, costs, _chosen(asked, size)) if is_found else float("inf"),
        float("-inf"),
        spent,
        "optimal" if is_optimal else "stopped at its time",
        {"leads": leads},
    )


def _chosen(asked: object, size: int) -> np.ndarray:
    """Return the site of each council."""
    asked.facility_client_array()
    chosen = np.full(size, -1)
    for site, councils in enumerate(asked.fac2cli):
        chosen[list(councils)] = site
    return chosen


def _priced(problem: Location, costs: np.ndarray, chosen: np.ndarray) -> float:
    """Return what its plan costs by our model; it may go over a capacity by a hair of rounding."""
    served = float(costs[np.arange(len(chosen)), chosen].sum())
    return served + float(problem.setups[np.unique(chosen)].sum())
