"""The desk a cluster is weighed on: what is asked of it, and room to reckon in."""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.terms import NOBODY, Terms
from waywarden.planner.compiling import compiled_in_place

# The places of `Desk.change`; from NEWCOMERS on stand those who enter.
LEAVING, ENTERING, NEWCOMERS = range(3)

# The rows of `Desk.least`.
CHEAPEST, OVERLOAD = range(2)


class Desk(NamedTuple):
    """Room to reckon in, so that nothing is fetched while the loops run.

    ``change`` is what a cluster is weighed with: who leaves it, if anybody, how
    many enter, and who they are. ``must`` is who must lead each service.
    """

    change: Ints
    queue: Ints
    must: Ints
    sums: Floats
    least: Floats


def desk_for(terms: Terms) -> Desk:
    """Return the room that reckoning with these terms needs."""
    services = terms.amounts.shape[2]
    change = np.zeros(NEWCOMERS + terms.most_members + 1, dtype=np.int64)
    change[LEAVING] = NOBODY
    return Desk(
        change=change,
        queue=np.zeros(terms.most_members + 2, dtype=np.int64),
        must=np.full(services, NOBODY, dtype=np.int64),
        sums=np.zeros((4, services)),
        least=np.zeros((2, services)),
    )


@compiled_in_place
def exchange(desk: Desk, leaving: int, entering: int) -> None:
    """Ask for a cluster without one council and with another; either may be nobody."""
    desk.change[LEAVING] = leaving
    desk.change[ENTERING] = 1 if entering >= 0 else 0
    desk.change[NEWCOMERS] = entering
