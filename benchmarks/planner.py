"""Measures plans of one service, beside HiGHS given the same model for a stated time."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from benchmarks.instances import location
from waywarden.planner.efforts import EFFORTS
from waywarden.planner.location import Location
from waywarden.planner.sites.grounds import rows_of
from waywarden.planner.sites.locating import best_location

STANDARD = EFFORTS["standard"]
SEED = 1


@dataclass(frozen=True)
class Size:
    """A county to plan, and the seconds HiGHS is given on it, none where it is not asked."""

    councils: int
    reach: int
    highs_seconds: float


QUICK = (Size(80, 40, 10), Size(320, 40, 30))
FULL = (Size(80, 40, 60), Size(320, 40, 60), Size(1_000, 40, 0), Size(10_400, 30, 0))


@dataclass(frozen=True)
class Answer:
    """What a solver found and how long it took."""

    seconds: float
    cost: float
    bound: float

    @property
    def gap_percent(self) -> float:
        """The most by which any plan could be cheaper."""
        return 100 * (self.cost - self.bound) / self.cost


@dataclass(frozen=True)
class Compared:
    """One county planned by us and, if it was asked, by HiGHS."""

    councils: int
    arcs: int
    ours: Answer
    highs: Answer | None
    highs_seconds: float
    megabytes: float


def words(one: Compared) -> list[str]:
    """Write a comparison as the cells of a table row."""
    highs = ["–"] * 4
    if one.highs:
        highs = [
            f"{one.highs.seconds:.1f}",
            f"{one.highs.gap_percent:.2f} %",
            f"{one.highs.seconds / one.ours.seconds:.1f}",
            f"{one.ours.cost / one.highs.cost:.4f}",
        ]
    ours = [f"{one.ours.seconds:.1f}", f"{one.ours.gap_percent:.2f} %"]
    return [str(one.councils), str(one.arcs), *ours, *highs, f"{one.megabytes:.0f}"]


def compile_seconds() -> float:
    """Plan a hamlet and return the CPU that took: it is nearly all for the compiler."""
    begun = time.process_time()
    best_location(location(12, SEED), moves=50, relaxed_rounds=10, exact_rounds=5)
    return time.process_time() - begun


def compare(size: Size) -> Compared:
    """Plan one county at the standard effort, and let HiGHS try."""
    problem = location(size.councils, SEED, reach=size.reach)
    ours = plan_ourselves(problem)
    highs = ask_highs(problem, size.highs_seconds) if size.highs_seconds else None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Compared(size.councils, len(problem.sites), ours, highs, size.highs_seconds, most)


def plan_ourselves(problem: Location) -> Answer:
    """Plan at the standard effort; give the CPU time of this process."""
    begun = time.process_time()
    plan = best_location(
        problem,
        moves=STANDARD.service_moves,
        relaxed_rounds=STANDARD.relaxed_rounds,
        exact_rounds=STANDARD.exact_rounds,
        rng_seed=SEED,
    )
    return Answer(time.process_time() - begun, plan.cost, plan.bound)


def ask_highs(problem: Location, seconds: float) -> Answer:
    """Give HiGHS the problem as an integer program, on one thread, for at most so long."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 1e-6)
    solver.passModel(integer_program(problem))
    begun = time.process_time()
    solver.run()
    took, found = time.process_time() - begun, solver.getInfo()
    return Answer(took, found.objective_function_value, found.mip_dual_bound)


def integer_program(problem: Location) -> highspy.HighsLp:
    """Write a problem without homes as one with a yes or no for each arc and each site."""
    arcs, size, places = len(problem.sites), len(problem.demands), len(problem.setups)
    rows, every = rows_of(problem.starts), np.arange(arcs)
    ones = np.ones(arcs)
    served = csr_array((ones, (rows, every)), shape=(size, arcs))
    loads = csr_array((problem.demands[rows], (problem.sites, every)), shape=(places, arcs))
    uses = csr_array((ones, (every, problem.sites)), shape=(arcs, places))
    limits = csr_array((problem.capacities, (np.arange(places),) * 2), shape=(places, places))
    each = csr_array((ones, (every, every)), shape=(arcs, arcs))
    nobody = csr_array((size, places))
    matrix = vstack([hstack([served, nobody]), hstack([loads, -limits]), hstack([each, -uses])])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arcs + places, matrix.shape[0]
    model.col_cost_ = np.concatenate([problem.costs, problem.setups])
    model.col_lower_, model.col_upper_ = np.zeros(arcs + places), np.ones(arcs + places)
    model.row_lower_ = np.concatenate([np.ones(size), np.full(places + arcs, -np.inf)])
    model.row_upper_ = np.concatenate([np.ones(size), np.zeros(places + arcs)])
    columns = csc_array(matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.indptr
    model.a_matrix_.index_ = columns.indices
    model.a_matrix_.value_ = columns.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * (arcs + places)
    return model
