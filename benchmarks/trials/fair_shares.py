"""Fair shares: random games beside coopgame-py, and what a whole county's stable shares recover."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from benchmarks.answers import Figures, timed
from benchmarks.efforts import effort_of
from benchmarks.instances import location
from benchmarks.trials.one_service import WAYWARDEN
from waywarden.planner import plan, share_costs, stable_shares
from waywarden.planner.arrays import Floats

COOPGAME = "coopgame-py"
SITES = 4


def game_trial(*, players: int, seed: int, rule: str, solver: str = WAYWARDEN) -> Figures:
    """Share the cost of a game by one rule; setting the game up is timed apart from the rule."""
    table = costs(players, seed)
    share = _by_coopgame if solver == COOPGAME else _by_us
    # What is loaded or compiled at the first game is nobody's time.
    share(costs(3, seed), 3, rule)()
    with timed() as listing:
        work_out = share(table, players, rule)
    with timed() as spent:
        shares = work_out()
    return {
        "shares": shares,
        "total": float(table[-1]),
        "players": players,
        "listing_seconds": listing.cpu_seconds,
        "cpu_seconds": spent.cpu_seconds,
        "wall_seconds": spent.wall_seconds,
        "status": "done",
    }


def costs(players: int, seed: int) -> Floats:
    """Return what every group of players would pay, at the number whose bits are its members.

    A group opens the cheapest of four sites' combinations and serves each
    member from the nearest open one, so that two groups together never pay
    more than apart.
    """
    draw = np.random.default_rng([seed, players])
    places, sites = draw.uniform(0, 10, (players, 2)), draw.uniform(0, 10, (SITES, 2))
    setups = draw.uniform(20, 60, SITES)
    far = 5 * np.hypot(*(places[:, None, axis] - sites[None, :, axis] for axis in (0, 1)))
    best = np.full(1 << players, np.inf)
    for many in range(1, SITES + 1):
        for opened in combinations(range(SITES), many):
            chosen = list(opened)
            served = _sums(far[:, chosen].min(axis=1))
            best = np.minimum(best, setups[chosen].sum() + served)
    best[0] = 0.0
    return best


def certificate_trial(
    *, councils: int, seed: int, reach: int = 40, effort: str = "standard"
) -> Figures:
    """Find the largest total that stable shares of one service's plan recover."""
    # The first time, its loops may have to be compiled: that is not what is asked here.
    small = location(12, seed)
    stable_shares(small, plan(small, effort="quick"))
    problem = location(councils, seed, reach=reach)
    made = plan(problem, effort=effort_of(effort), seed=seed)
    with timed() as spent:
        found = stable_shares(problem, made)
    return {
        "councils": councils,
        "cost": made.cost,
        "recovered": float(sum(found.shares.values())),
        "ceiling": found.ceiling,
        "rounds": found.rounds,
        "groups": found.groups,
        "cpu_seconds": spent.cpu_seconds,
        "wall_seconds": spent.wall_seconds,
        "status": "done",
    }


def _by_us(table: Floats, players: int, rule: str) -> Callable[[], list[float]]:
    def cost(group: frozenset[int]) -> float:
        return float(table[sum(1 << player for player in group)])

    names = list(range(players))

    def work_out() -> list[float]:
        found = share_costs(cost, names, rule=rule)
        return [float(found[player]) for player in names]

    return work_out


def _by_coopgame(table: Floats, players: int, rule: str) -> Callable[[], list[float]]:
    import coopgame

    game = coopgame.Game(table[1:].tolist())
    rules = {"shapley": coopgame.shapley, "nucleolus": coopgame.cost_nucleolus}
    return lambda: [float(share) for share in rules[rule](game)]


def _sums(amounts: Floats) -> Floats:
    """Return the sum of the amounts over every group, by its number."""
    sums = np.zeros(1)
    for amount in amounts:
        sums = np.concatenate([sums, sums + amount])
    return sums
