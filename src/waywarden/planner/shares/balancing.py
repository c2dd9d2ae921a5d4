"""Kohlberg's criterion: a proof that a split is the nucleolus, apart from how it was found.

At each level of treatment the groups treated so badly or worse must balance:
weights above nought exist, with which every player is in as many of them as
any other, so that none is treated better but at another's cost. Players who
pay all they would alone may be given a weight too. Sources: E. Kohlberg, On
the nucleolus of a characteristic function game, SIAM Journal on Applied
Mathematics 20 (1971); for levels per head with the same collections, since a
group's weight only divides its excess. Groups that follow from those before
need not be tried: T.-D. Nguyen, Simplifying the Kohlberg criterion on the
nucleolus, arXiv 1606.05987 (2016).
"""

from collections.abc import Sequence

import numpy as np

from waywarden.planner.shares.games import row_of
from waywarden.planner.shares.groups import Groups, Listed, share_of
from waywarden.planner.shares.nucleolus import Nucleolus, weight_of
from waywarden.planner.shares.spans import Span

#: Levels of treatment nearer to one another than this part of the scale are one level.
TIE = 1e-8


def balances_when_listed(found: Nucleolus, groups: Listed) -> bool:
    """Say whether Kohlberg's criterion holds, looking at every group."""
    players, tie = len(found.shares), TIE * found.scale
    excesses = groups.excesses(found.shares)
    singles = [1 << i for i in np.flatnonzero(found.shares >= found.most - tie).tolist()]
    if (found.shares > found.most + tie).any():
        return False
    span = Span(players)
    while not span.is_whole:
        left = np.where(span.holds_each(), -np.inf, excesses)
        tied = np.flatnonzero(left >= left.max() - tie).tolist()
        if not _balanced(tied, singles, span):
            return False
        _settle(tied, span)
    return True


def balances_when_asked(found: Nucleolus, groups: Groups) -> bool:
    """Say whether Kohlberg's criterion holds, asking for the worst treated group at each level."""
    players, tie = len(found.shares), TIE * found.scale
    if (found.shares > found.most + tie).any():
        return False
    span = Span(players)
    for level in found.levels:
        worst = groups.worst(found.shares, level.excess, span)
        above = [gain for gain in worst if gain.gain > tie]
        tied = list(level.groups)
        below = [number for number in tied if _excess(number, found, groups) < level.excess - tie]
        if above or below or not _balanced(tied, level.at_most, span):
            return False
        _settle([*tied, *level.at_most], span)
    return span.is_whole


def _excess(number: int, found: Nucleolus, groups: Groups) -> float:
    excess = share_of(number, found.shares) - groups.cost(number)
    return excess / weight_of(number, groups)


def _settle(tied: Sequence[int], span: Span) -> None:
    for number in tied:
        if span.is_whole:
            return
        span.add(number)


def _balanced(tied: Sequence[int], singles: Sequence[int], span: Span) -> bool:
    from scipy.optimize import linprog

    rows = np.array([row_of(number, span.players) for number in [*tied, *singles]])
    felt = span.free() @ rows.T
    least = [(1.0, None)] * len(tied) + [(0.0, None)] * len(singles)
    weighing = linprog(
        np.ones(len(rows)), A_eq=felt, b_eq=np.zeros(len(felt)), bounds=least, method="highs"
    )
    return bool(weighing.status == 0)
