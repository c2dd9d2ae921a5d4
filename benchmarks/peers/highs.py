"""HiGHS, an open solver of integer programs, on one thread and for a stated time of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from benchmarks.answers import Answer, cpu_seconds, timed
from waywarden.planner.location import Location
from waywarden.planner.sites.grounds import rows_of


def ask_highs(problem: Location, seconds: float) -> Answer:
    """Give HiGHS the problem as an integer program, on one thread, for so many CPU seconds."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 1e-6)
    with timed() as spent:
        for interrupt in (solver.cbMipInterrupt, solver.cbSimplexInterrupt, solver.cbIpmInterrupt):
            interrupt.subscribe(_stopping_after(seconds))
        solver.passModel(integer_program(problem))
        solver.run()
    found = solver.getInfo()
    is_optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    is_found = found.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Answer(
        found.objective_function_value if is_found else float("inf"),
        found.mip_dual_bound,
        spent,
        "optimal" if is_optimal else "stopped at its time",
    )


def _stopping_after(seconds: float) -> Callable[[Any], None]:
    """Return what stops HiGHS after so many CPU seconds: its own limit is by the clock.

    On a machine with other things to do it would have less than it is said to have.
    """
    end = cpu_seconds() + seconds

    def stop(event: Any) -> None:
        event.interrupt(cpu_seconds() > end)

    return stop


def integer_program(problem: Location) -> highspy.HighsLp:
    """Write a problem without homes as one with a yes or no for each arc and each site."""
    arcs, size, places = len(problem.sites), len(problem.demands), len(problem.setups)
    matrix = vstack([_blocks(problem), *_counted(problem)])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arcs + places, matrix.shape[0]
    model.col_cost_ = np.concatenate([problem.costs, problem.setups])
    model.col_lower_, model.col_upper_ = np.zeros(arcs + places), np.ones(arcs + places)
    free, opened = np.full(places + arcs, -np.inf), [problem.opened] * bool(problem.opened)
    model.row_lower_ = np.concatenate([np.ones(size), free, opened])
    model.row_upper_ = np.concatenate([np.ones(size), np.zeros(places + arcs), opened])
    columns = csc_array(matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.indptr
    model.a_matrix_.index_ = columns.indices
    model.a_matrix_.value_ = columns.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * (arcs + places)
    return model


def _blocks(problem: Location) -> csr_array:
    """Return the rows: each council once, each site within capacity, no arc to a closed site."""
    arcs, size, places = len(problem.sites), len(problem.demands), len(problem.setups)
    rows, every = rows_of(problem.starts), np.arange(arcs)
    ones = np.ones(arcs)
    served = csr_array((ones, (rows, every)), shape=(size, arcs))
    loads = csr_array((problem.demands[rows], (problem.sites, every)), shape=(places, arcs))
    uses = csr_array((ones, (every, problem.sites)), shape=(arcs, places))
    limits = csr_array((problem.capacities, (np.arange(places),) * 2), shape=(places, places))
    each = csr_array((ones, (every, every)), shape=(arcs, arcs))
    nobody = csr_array((size, places))
    return vstack([hstack([served, nobody]), hstack([loads, -limits]), hstack([each, -uses])])


def _counted(problem: Location) -> list[csr_array]:
    """Return the row that says how many sites are open, where that is laid down."""
    if not problem.opened:
        return []
    arcs, places = len(problem.sites), len(problem.setups)
    opened = np.concatenate([np.zeros(arcs), np.ones(places)])
    return [csr_array(opened[None, :])]
