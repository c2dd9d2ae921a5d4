"""The nucleolus: the split whose worst treated group is treated as well as can be, then the next.

Sources: D. Schmeidler, The nucleolus of a characteristic function game, SIAM
Journal on Applied Mathematics 17 (1969); the scheme of successive linear
programs is that of M. Maschler, B. Peleg and L. S. Shapley, Geometric
properties of the kernel, nucleolus, and related solution concepts,
Mathematics of Operations Research 4 (1979); groups enter only when they are
treated too badly, as in A. Hallefjord, R. Helming and K. Jornsten, Computing
the nucleolus when the characteristic function is given implicitly,
International Journal of Game Theory 24 (1995).
"""

from dataclasses import dataclass, replace

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.shares.games import Game, row_of
from waywarden.planner.shares.groups import Groups, share_of
from waywarden.planner.shares.programs import Program, Solved
from waywarden.planner.shares.spans import Span

#: What counts as nothing, as a part of the total.
NOTHING = 1e-9

#: What rounding leaves where a share is nothing, as a part of the total.
NOISE = 1e-13


@dataclass(frozen=True)
class Level:
    """Groups that cannot all be treated better than paying this excess above their cost.

    ``at_most`` are the players, as groups of one, who by then pay what they
    would alone and could pay no more for the groups' sake.
    """

    excess: float
    groups: tuple[int, ...]
    at_most: tuple[int, ...]


@dataclass(frozen=True)
class Nucleolus:
    """The shares in the players' order, and the levels that settle them, the worst first.

    ``most`` is what no player pays more than: its cost alone, or no limit
    where the total is more than all pay alone. ``scale`` is what counts as one.
    """

    shares: Floats
    levels: tuple[Level, ...]
    most: Floats
    scale: float


def nucleolus(game: Game, groups: Groups) -> Nucleolus:
    """Return the split that treats the worst treated group best, then the second worst, and on.

    A group's treatment is what it pays above its cost, or that for each of its
    players where the groups are per capita. Nobody pays more than alone, unless
    the total is more than all pay alone.
    """
    scale = scale_of(game)
    scheme = _Scheme(groups, scale, most_of(game, scale), game.total)
    while not scheme.span.is_whole:
        scheme.settle()
    return scheme.answer()


def scale_of(game: Game) -> float:
    """Return the size of the costs: the total, or what half the players pay alone if more.

    A player who is said to cost a fortune alone, because it cannot be, does not
    count: beside a fortune every difference would be nothing.
    """
    return float(max(abs(game.total), np.median(np.abs(game.alone())))) or 1.0


def most_of(game: Game, scale: float) -> Floats:
    """Return what each player pays at most: its cost alone, if so the total can be met."""
    alone = game.alone()
    if alone.sum() < game.total - NOTHING * scale:
        return np.full(len(game), np.inf)
    return alone


def lowest_level(program: Program, groups: Groups, span: Span, scale: float) -> Solved:
    """Return the least level no group outside a span need be above, and the shares that keep it.

    The program takes up groups as they are found to be treated too badly, each
    single player first: with these no level is without end.
    """
    for number in (1 << i for i in range(program.players)):
        if number not in program.rows:
            program.add(number, groups.cost(number) / scale, 1.0)
    while True:
        solved = program.solve()
        worst = groups.worst(solved.shares * scale, solved.level * scale, span)
        new = [
            found.number
            for found in worst
            if found.gain > NOTHING * scale and found.number not in program.rows
        ]
        if not new:
            return solved
        for number in new:
            program.add(number, groups.cost(number) / scale, weight_of(number, groups))


def weight_of(number: int, groups: Groups) -> float:
    """Return how many times a level counts for a group."""
    return float(number.bit_count()) if groups.per_capita else 1.0


class _Scheme:
    def __init__(self, groups: Groups, scale: float, most: Floats, total: float) -> None:
        self.groups, self.scale, self.most, self.total = groups, scale, most, total
        self.span = Span(len(most))
        self.levels: list[Level] = []
        # A hair's breadth above, so that rounding shuts nobody out who pays as much as alone.
        self.program = Program(total / scale, most / scale + NOTHING)

    def settle(self) -> None:
        """Find the lowest level of those unsettled, and settle the groups that hold it up."""
        solved = lowest_level(self.program, self.groups, self.span, self.scale)
        pushing, at_most = self.program.pushing()
        risen = tuple(number for number in pushing if not self.span.holds(number))
        singles = tuple(1 << i for i in at_most if not self.span.holds(1 << i))
        self.levels.append(Level(solved.level * self.scale, risen, singles))
        for number in risen + singles:
            if self.span.add(number):
                self.program.fix(number, share_of(number, solved.shares))
        self.program.release(self.span.holds)

    def answer(self) -> Nucleolus:
        """Return the shares and levels at which the settled groups' sums all come out."""
        players = len(self.most)
        everyone = np.append(np.ones(players), np.zeros(len(self.levels)))
        rows, sums = [everyone], [self.total / self.scale]
        for at, level in enumerate(self.levels):
            for number in level.groups:
                rows.append(self._row(number, at, weight_of(number, self.groups)))
                sums.append(self.groups.cost(number) / self.scale)
            for number in level.at_most:
                rows.append(self._row(number, at, 0.0))
                sums.append(self.most[number.bit_length() - 1] / self.scale)
        solved: Floats = np.linalg.lstsq(np.array(rows), np.array(sums), rcond=None)[0]
        solved = np.where(np.abs(solved) < NOISE, 0.0, solved) * self.scale
        excesses = solved[players:].tolist()
        levels = [
            replace(level, excess=excess)
            for level, excess in zip(self.levels, excesses, strict=True)
        ]
        return Nucleolus(solved[:players], tuple(levels), self.most, self.scale)

    def _row(self, number: int, at: int, weight: float) -> Floats:
        row = np.append(row_of(number, len(self.most)), np.zeros(len(self.levels)))
        row[len(self.most) + at] = -weight
        return row
