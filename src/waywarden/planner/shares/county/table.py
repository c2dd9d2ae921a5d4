"""The groups found so far, and the largest shares that leave none of them better off."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints


class Rival(NamedTuple):
    """Councils, by rows, and what a cluster of theirs would cost."""

    members: Ints
    cost: float


#: How HiGHS is to work: quietly, and the same every time.
OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "solver": "simplex",
}

#: How much a limit on a share may be worth that counts for nothing.
PULL = 1e-7


class Table:
    """A linear program in shares: every group found pays in all at most what it would cost.

    HiGHS solves it by the dual simplex method on one thread, going on from
    where it stood, so that the same groups in the same order give the same
    shares.
    """

    def __init__(self, councils: int) -> None:
        import highspy

        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in OPTIONS.items():
            self._solver.setOptionValue(name, value)
        self._every = np.arange(councils, dtype=np.int32)
        nothing = np.zeros(councils)
        self._solver.addVars(councils, nothing, nothing)
        self._solver.changeColsCost(councils, self._every, np.full(councils, -1.0))
        self._known: dict[bytes, float] = {}

    def __len__(self) -> int:
        return len(self._known)

    def add(self, groups: Iterable[Rival]) -> int:
        """Add groups; return how many are new, or cheaper than they were known to be."""
        new = [group for group in groups if self._is_news(group)]
        if new:
            sizes = [len(group.members) for group in new]
            starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
            members = np.concatenate([group.members for group in new]).astype(np.int32)
            costs = np.array([group.cost for group in new])
            free = np.full(len(new), -np.inf)
            ones = np.ones(len(members))
            self._solver.addRows(len(new), free, costs, len(members), starts, members, ones)
        return len(new)

    def _is_news(self, group: Rival) -> bool:
        key = np.sort(group.members).astype(np.int64).tobytes()
        if self._known.get(key, np.inf) <= group.cost:
            return False
        self._known[key] = group.cost
        return True

    def largest(self, low: Floats, high: Floats, alone: Floats) -> "Largest":
        """Return the shares of the largest sum between two limits, neither above alone."""
        self._solver.changeColsBounds(len(low), self._every, low, np.minimum(high, alone))
        self._solver.run()
        found = self._solver.getSolution()
        shares, pull = np.array(found.col_value), np.array(found.col_dual)
        return Largest(shares, not bool(np.any((np.abs(pull) > PULL) & (shares < alone))))


class Largest(NamedTuple):
    """Shares, and whether none could sum to more even without the limits, save alone."""

    shares: Floats
    is_largest: bool
