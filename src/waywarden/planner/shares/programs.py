"""The linear programs of the nucleolus and the core, solved by HiGHS."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.games import row_of

#: The finest HiGHS works to; amounts are scaled so that the total is about 1.
FINEST = 1e-10
#: A multiplier above this is not nought.
PUSHES = 1e-7


class Solved(NamedTuple):
    """The least possible level, and shares that keep it."""

    level: float
    shares: Floats


class Program:
    """The split of a total that keeps the worst treated of some groups as well as can be.

    It minimises the level: each group pays at most its cost and ``heavy``
    times the level. ``most`` is the most each player may pay.
    """

    def __init__(self, total: float, most: Floats) -> None:
        import highspy

        self.players = len(most)
        self.rows: dict[int, int] = {}
        self._free: set[int] = set()
        self._endless = highspy.kHighsInf
        self._done = highspy.HighsModelStatus.kOptimal
        self._solver: Any = cast(Any, highspy.Highs)()
        self._settle_options()
        for bound in [*most.tolist(), self._endless]:
            self._solver.addVar(-self._endless, bound)
        self._solver.changeColCost(self.players, 1.0)
        everyone = np.arange(self.players)
        self._solver.addRow(total, total, self.players, everyone, np.ones(self.players))

    def add(self, number: int, cost: float, heavy: float) -> None:
        """Hold a group, by its number, to its cost and the level."""
        row = np.append(row_of(number, self.players), -heavy)
        at = np.flatnonzero(row)
        self._solver.addRow(-self._endless, cost, len(at), at, row[at])
        self.rows[number] = len(self.rows) + 1
        self._free.add(number)

    def fix(self, number: int, amount: float) -> None:
        """Let a group pay exactly this from now on, whatever the level."""
        row = self.rows[number]
        self._free.discard(number)
        self._solver.changeCoeff(row, self.players, 0.0)
        self._solver.changeRowBounds(row, amount, amount)

    def release(self, settled: Callable[[int], bool]) -> None:
        """Ask no more of groups that are settled without having been fixed."""
        for number in [number for number in self._free if settled(number)]:
            self._free.discard(number)
            self._solver.changeRowBounds(self.rows[number], -self._endless, self._endless)

    def solve(self) -> Solved:
        """Return the least level and the shares."""
        self._solver.run()
        if self._solver.getModelStatus() != self._done:
            raise Infeasible(
                "The linear program of the shares has no end: the costs are too unlike in size."
            )
        values = np.array(self._solver.getSolution().col_value)
        return Solved(float(values[-1]), values[:-1])

    def pushing(self) -> tuple[list[int], list[int]]:
        """Return the groups, and the players at their most, that keep the level from sinking.

        These pay the same in every solution of the program.
        """
        solution = self._solver.getSolution()
        of_rows, of_players = np.abs(solution.row_dual), np.abs(solution.col_dual)
        groups = [number for number, row in self.rows.items() if of_rows[row] > PUSHES]
        return groups, np.flatnonzero(of_players[:-1] > PUSHES).tolist()

    def _settle_options(self) -> None:
        options = {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "primal_feasibility_tolerance": FINEST,
            "dual_feasibility_tolerance": FINEST,
        }
        for name, value in options.items():
            self._solver.setOptionValue(name, value)
