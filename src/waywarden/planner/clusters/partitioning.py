"""The cheapest plan made of given clusters: set partitioning on HiGHS, within a limit of nodes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Ints


class Parted(NamedTuple):
    """Which clusters were chosen, none where nothing cheaper was found, and whether it is proven."""

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

    highs = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}
    options |= {"mip_abs_gap": 0.0, "mip_max_nodes": nodes, "objective_bound": 1.0}
    for option, value in options.items():
        highs.setOptionValue(option, value)
    lengths = np.array([len(cluster) for cluster in clusters])
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(clusters), councils
    programme.col_cost_ = np.array(costs) / below
    programme.col_lower_, programme.col_upper_ = np.zeros(len(clusters)), np.ones(len(clusters))
    programme.row_lower_ = programme.row_upper_ = np.ones(councils)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.r_[0, np.cumsum(lengths)].astype(np.int32)
    programme.a_matrix_.index_ = np.concatenate([np.array(one) for one in clusters])
    programme.a_matrix_.value_ = np.ones(int(lengths.sum()))
    programme.integrality_ = [highspy.HighsVarType.kInteger] * len(clusters)
    highs.passModel(programme)
    highs.run()
    status = highs.getModelStatus()
    ends = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    taken = np.flatnonzero(np.array(highs.getSolution().col_value) > 0.5)
    chosen = tuple(clusters[at] for at in taken)
    if sorted(row for one in chosen for row in one) != list(range(councils)):
        chosen = ()
    if sum(costs[at] for at in taken) >= below * (1 - 1e-9):
        chosen = ()
    return Parted(chosen, status in ends)


def labels_of(chosen: Sequence[tuple[int, ...]], councils: int) -> Ints:
    """Return the number of each council's cluster, numbered in the order of first members."""
    labels = np.zeros(councils, dtype=np.int64)
    for number, rows in enumerate(sorted(chosen)):
        labels[list(rows)] = number
    return labels
