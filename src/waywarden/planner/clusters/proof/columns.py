"""The clusters met so far and what they cost, and the multipliers under which none seems dear.

The master problem: the cheapest way to have every council in clusters, whole or
in parts, of those met so far, as a linear programme on HiGHS. Its multipliers
are what each council pays there. What a bound that is not exact was of is put
in as well, for as long as it could still be: the multipliers then do not run
after what could not be ruled out.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.proof.enumerating import Priced


class Columns:
    """Clusters by their rows, rising, each with its cost; none twice."""

    def __init__(self) -> None:
        self.costs: dict[tuple[int, ...], float] = {}

    def add(self, rows: Sequence[int] | Ints, cost: float) -> bool:
        """Take in a cluster; tell whether it is a new one."""
        key = tuple(sorted(int(row) for row in rows))
        if key in self.costs:
            return False
        self.costs[key] = cost
        return True


class Master:
    """The linear programme over columns, which grows from round to round."""

    def __init__(self, councils: int, unit: float) -> None:
        import highspy

        highs: Any = highspy
        self._highs = highs.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            self._highs.setOptionValue(option, value)
        self._optimal = highs.HighsModelStatus.kOptimal
        none, nothing = np.empty(0, dtype=np.int32), np.empty(0)
        for _ in range(councils):
            self._highs.addRow(1.0, 1.0, 0, none, nothing)
        self._unit = unit
        self._relaxed: list[tuple[int, int, Ints, Floats, float]] = []

    def add(self, rows: Sequence[int] | Ints, cost: float, parts: Floats | None = None) -> None:
        """Take in a column: councils, with the parts of them that it serves, and its cost."""
        whole = np.ones(len(rows)) if parts is None else parts
        places = np.asarray(rows, dtype=np.int32)
        self._highs.addCol(cost / self._unit, 0.0, np.inf, len(places), places, whole)

    def add_relaxed(self, root: int, relaxed: tuple[Ints, Floats, float]) -> None:
        """Take in what the bound of a root was of."""
        rows, parts, cost = relaxed
        self._relaxed.append((self._highs.getNumCol(), root, rows, parts, cost))
        self.add(rows, cost, parts)

    def drop_refuted(self, multipliers: Floats, priced: Sequence[Priced]) -> None:
        """Let go of what is below the bound since proven of its root."""
        kept = []
        for one in self._relaxed:
            column, root, rows, parts, cost = one
            bound = priced[root].bound
            if cost - parts @ multipliers[rows] < bound - 1e-6 * self._unit:
                self._highs.changeColBounds(column, 0.0, 0.0)
            else:
                kept.append(one)
        self._relaxed = kept

    def multipliers(self) -> Floats:
        """Return what each council pays at the optimum."""
        self._highs.run()
        return np.array(self._highs.getSolution().row_dual) * self._unit

    def cheapest_of_met(self) -> float:
        """Return what all councils cost in whole clusters met, or parts of them, and no others.

        Infinite where the programme came to no end.
        """
        for column, *_ in self._relaxed:
            self._highs.changeColBounds(column, 0.0, 0.0)
        self._relaxed = []
        self._highs.run()
        if self._highs.getModelStatus() != self._optimal:
            return math.inf
        return float(self._highs.getInfo().objective_function_value) * self._unit
