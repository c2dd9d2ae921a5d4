"""Says, before anything is searched, which council can have no plan at all, and what to do."""

from collections.abc import Iterator

import numpy as np

from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.councils import Infeasible
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import Sharing


def refuse_hopeless(problem: Problem, sharing: Sharing, *, is_shared: bool) -> None:
    """Raise `Infeasible` for the first council and service that nobody could deliver.

    A council that has a way without a cluster always has a plan; only those
    that have none are looked at. Only shared clusters keep to neighbours. What
    would still be said of one after its first complaint is not heard.
    """
    for row, column in np.argwhere(np.isinf(sharing.alone)):
        for complaint in _complaints(problem, sharing, (int(row), int(column)), is_shared):
            raise Infeasible(complaint)


def _complaints(
    problem: Problem, sharing: Sharing, at: tuple[int, int], is_shared: bool
) -> Iterator[str]:
    row, column = at
    council, service = problem.councils[row], problem.services[column]
    where = f"Row {row + 1} ({council.name}), service {service.key}"
    if not sharing.takes_part[row, column]:
        yield f"{where}: it goes alone but has no way to. Give an outside option with its cost."
    if is_shared and sharing.is_contiguous and not _partners(sharing, row).size:
        yield (
            f"{where}: it has no way alone and no neighbour that takes part. Give it a "
            "neighbour or an outside option."
        )
    near = _leads_near(sharing, row, column)
    if not near.size:
        yield (
            f"{where}: no council that may lead is within {sharing.limit_km:g} km by road. Raise "
            "the travel limit, let a council nearby lead, or give an outside option."
        )
    most = sharing.capacity[near, column][np.isfinite(sharing.setup[near, column])].max(initial=0)
    if sharing.peak[row, column] > most * (1 + TOLERANCE):
        yield (
            f"{where}: {sharing.peak[row, column]:g} in the peak month is more than any lead "
            f"within reach can do ({most:g}). Raise a lead's capacity or give an outside option."
        )


def _partners(sharing: Sharing, row: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    near = sharing.neighbours.of(row)
    return near[sharing.joins[near]]


def _leads_near(
    sharing: Sharing, row: int, column: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    here = np.array([row])
    road = np.array([sharing.road_km(lead, here)[0] for lead in range(len(sharing.setup))])
    leads = np.isfinite(sharing.setup[:, column]).any(axis=1)
    return np.flatnonzero((road <= sharing.limit_km) & leads)
