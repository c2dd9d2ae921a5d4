"""The cheapest plan made of given clusters: set partitioning on HiGHS, within a limit of nodes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints


class Parted(NamedTuple):
    """Which clusters were chosen, none where nothing cheaper was found, and if that is proven."""

    chosen: tuple[tuple[int, ...], ...]
    is_proven: bool


def cheapest_parting(
    clusters: Sequence[tuple[int, ...]],
    costs: Sequence[float],
    councils: int,
    *,
    below: float,
    nodes: int,
) -> Parted:
    """Choose clusters so that every council is in one, at the least cost below a limit.

    It is proven that no choice is cheaper, or that none is below the limit,
    unless the nodes ran out.
    """
    import highspy

    solver: Any = highspy
    highs = solver.Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}
    options |= {"mip_abs_gap": 0.0, "mip_max_nodes": nodes, "objective_bound": float(councils)}
    for option, value in options.items():
        highs.setOptionValue(option, value)
    highs.passModel(_programme(solver, clusters, np.array(costs) * (councils / below), councils))
    highs.run()
    taken = [int(at) for at in np.flatnonzero(np.array(highs.getSolution().col_value) > 0.5)]
    chosen = tuple(clusters[at] for at in taken)
    is_whole = sorted(row for rows in chosen for row in rows) == list(range(councils))
    is_cheaper = sum(costs[at] for at in taken) < below * (1 - 1e-9)
    status = solver.HighsModelStatus
    ended = highs.getModelStatus()
    is_proven = ended == status.kInfeasible or (ended == status.kOptimal and is_whole)
    return Parted(chosen if is_whole and is_cheaper else (), is_proven)


def _programme(
    solver: Any, clusters: Sequence[tuple[int, ...]], costs: Floats, councils: int
) -> Any:
    """Return the programme: a column for each cluster, a row for each council."""
    lengths = np.array([len(rows) for rows in clusters])
    programme = solver.HighsLp()
    programme.num_col_, programme.num_row_ = len(clusters), councils
    programme.col_cost_ = costs
    programme.col_lower_, programme.col_upper_ = np.zeros(len(clusters)), np.ones(len(clusters))
    programme.row_lower_ = programme.row_upper_ = np.ones(councils)
    programme.a_matrix_.format_ = solver.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.r_[0, np.cumsum(lengths)].astype(np.int32)
    programme.a_matrix_.index_ = np.concatenate([np.array(rows) for rows in clusters])
    programme.a_matrix_.value_ = np.ones(int(lengths.sum()))
    programme.integrality_ = [solver.HighsVarType.kInteger] * len(clusters)
    return programme


def labels_of(chosen: Sequence[tuple[int, ...]], councils: int) -> Ints:
    """Return the number of each council's cluster, numbered in the order of first members."""
    labels = np.zeros(councils, dtype=np.int64)
    for number, rows in enumerate(sorted(chosen)):
        labels[list(rows)] = number
    return labels
