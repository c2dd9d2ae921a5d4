"""One service planned by itself: bound, start, ruin and recreate, and the bill added up again."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.councils import Infeasible
from waywarden.planner.location import Location
from waywarden.planner.sites.billing import bill, breaches
from waywarden.planner.sites.grounds import BOUNDLESS, Ground, ground_of, rows_of
from waywarden.planner.sites.placing import OPEN, Standing, nobody_placed
from waywarden.planner.sites.proof.bounding import Bound, Climb
from waywarden.planner.sites.proof.branching import Branched, branched, nodes_worth
from waywarden.planner.sites.searching.repairing import coaxed, stand, standing_cost
from waywarden.planner.sites.searching.ruining import (
    BEST,
    NOW,
    Search,
    Settings,
    make_moves,
    search_from,
)
from waywarden.planner.telling import tell_nobody

#: Told the stage, the share of the whole that is done, the best cost so far and the bound so far.
Progress = Callable[[str, float, float, float], None]

#: Between two looks at the stop event.
SLICE = 2_000
#: A search looks at so many sites around a council when it dissolves clusters.
NEAR = 20
#: The rise in cost accepted at first, as a part of what a cluster costs; and at last, of that.
HOT, COLD = 1 / 20, 0.05
#: So many times as hot a search begins where it must first find a place for somebody; and at
#: most so many times where there are fewer clusters than these.
HOTTER, FEW_CLUSTERS = 4.0, 30
#: What a cluster counts as costing at the least, lest a search for nothing has no heat.
FAINTEST = 1e-9
#: The most clusters dissolved in one move.
DISSOLVED = 3
#: The share of moves that choose leads first and members after.
CHOOSING = 0.5
#: A search keeps so many arcs a council.
NARROW = 28
#: How much the price of opening changes between slices, as a part of what it first was.
STEERING, STEERINGS = 0.03, 200
#: How dear it is to stray from the number of open sites asked for, as a part of what one saves.
STRAYING, HEAT = 0.1, 0.3
#: A plan that costs no more than this times the bound is the best there is.
PROVEN = 1 + 2e-9
#: So many of the exact rounds are held back until the search has found a good plan to aim at.
HELD_BACK = 0.5
#: The part of the moves that is made before a small problem is branched on; the rest follows
#: where that has not proved the best plan.
BEFORE_BRANCHING = 0.25


@dataclass(frozen=True)
class Located:
    """A plan of one service: the site of each council, -1 alone; its cost; a proven bound."""

    assignment: Ints
    cost: float
    bound: float


def best_location(
    location: Location,
    *,
    moves: int,
    relaxed_rounds: int,
    exact_rounds: int,
    nodes: int = 0,
    rng_seed: int = 1,
    start: Ints | None = None,
    progress: Progress = tell_nobody,
    stop: Event | None = None,
) -> Located:
    """Return the best plan of one service found within the budget, with a proven bound.

    ``start`` is a plan to begin from, the site of each council or -1: where it
    keeps every rule, nothing dearer is returned. The same location, budget,
    seed and start give the same plan. When ``stop`` is set the best so far is
    returned. A small problem is then branched on, in up to ``nodes`` smaller
    ones, which mostly proves the best plan to be so. Raises `Infeasible` where
    no plan can exist or none was found that serves everyone, and `ValueError`
    for a start of another length.
    """
    if not len(location.demands):
        return Located(np.zeros(0, dtype=np.int64), 0.0, 0.0)
    watch = _Watch(progress, relaxed_rounds + exact_rounds, moves, nodes, stop)
    climb = Climb(ground_of(location), covering=nodes > 0)
    given = _sound_start(location, start)
    for plan in given:
        climb.consider(plan)
    held_back = int(exact_rounds * HELD_BACK)
    climb.rise(relaxed_rounds, exact=False, watch=watch.round_is_done)
    climb.rise(exact_rounds - held_back, exact=True, watch=watch.round_is_done)
    found, proof = _searched(location, climb, given, held_back, rng_seed, watch)
    if proof.plan is None:
        raise Infeasible(
            f"No plan was found that keeps every rule. {next(breaches(location, found))} "
            "Raise a capacity, let more councils go alone, or allow more effort."
        )
    return Located(proof.plan, proof.cost, min(proof.bound, proof.cost))


def _searched(
    location: Location, climb: Climb, given: list[Ints], held_back: int, seed: int, watch: "_Watch"
) -> tuple[Ints, Branched]:
    """Search, branch on a small problem, and search on where that has not settled it.

    Returns the plan found last, and the best plan with what is proven of it.
    """
    ground, nodes = climb.ground, watch.nodes
    first = watch.moves
    if _is_small(location, climb, nodes):
        first = int(watch.moves * BEFORE_BRANCHING)
    found = _search(ground, climb.bound(), first, seed, watch)
    watch.cost = standing_cost(ground, found)
    climb.rise(held_back, exact=True, aim=watch.cost, watch=watch.round_is_done)
    proof = _proved(location, climb.bound(), _cheapest(location, [*given, found]), nodes, watch)
    if first < watch.moves and proof.bound < proof.cost and not watch.is_stopped:
        watch.moves_before = first
        found = _search(ground, climb.bound(), watch.moves - first, seed + 1, watch)
        proof = _with(location, proof, found)
    return found, proof


def _is_small(location: Location, climb: Climb, nodes: int) -> bool:
    """Say whether a problem is small enough to be branched on, if that is asked."""
    return nodes > 0 and nodes_worth(location, climb.bound(), climb.start_cost, nodes) > 0


def _proved(
    location: Location, bound: Bound, plan: Ints | None, nodes: int, watch: "_Watch"
) -> Branched:
    """Branch on a problem if that is asked and it is small; else leave plan and bound as known."""
    cost = math.inf if plan is None else bill(location, plan)
    worth = nodes_worth(location, bound, cost, nodes) if nodes else 0
    if worth:
        return branched(location, bound, plan, nodes=worth, watch=watch.node_is_done)
    return Branched(plan, cost, bound.value)


def _with(location: Location, proof: Branched, plan: Ints) -> Branched:
    """Return a proof with another plan in the place of its own where that one is cheaper."""
    known = [] if proof.plan is None else [proof.plan]
    best = _cheapest(location, [*known, plan])
    return proof if best is None else replace(proof, plan=best, cost=bill(location, best))


def _sound_start(location: Location, start: Ints | None) -> list[Ints]:
    """Return a plan to begin from, in a list; nothing where there is none that keeps the rules."""
    if start is None:
        return []
    if len(start) != len(location.demands):
        raise ValueError(
            f"The start has the sites of {len(start)} councils, and there are "
            f"{len(location.demands)}. Give one for each, -1 for alone."
        )
    plan = np.asarray(start, dtype=np.int64)
    return [] if any(breaches(location, plan)) else [plan]


def _cheapest(location: Location, plans: list[Ints]) -> Ints | None:
    """Return the cheapest of those plans that keep every rule; of those alike the first."""
    sound = [plan for plan in plans if not any(breaches(location, plan))]
    return min(sound, key=lambda plan: bill(location, plan), default=None)


@dataclass
class _Watch:
    """Tells how far the work is, and says when to stop."""

    progress: Progress
    rounds: int
    moves: int
    nodes: int
    stop: Event | None
    cost: float = math.inf
    bound: float = -math.inf
    moves_before: int = 0
    _rounds_done: int = field(default=0, init=False)
    _moves_done: int = field(default=0, init=False)
    _nodes_done: int = field(default=0, init=False)

    def round_is_done(self, rounds: int, bound: float, cost: float) -> bool:
        """Tell of a round; return whether to stop."""
        self._rounds_done, self.bound = rounds, bound
        return self._tell("bound", cost)

    def moves_are_done(self, moves: int, cost: float) -> bool:
        """Tell of a slice of moves; return whether to stop."""
        self._moves_done = self.moves_before + moves
        return self._tell("search", cost)

    def node_is_done(self, nodes: int, bound: float, cost: float) -> bool:
        """Tell of a node of the proof; return whether to stop."""
        self._nodes_done, self.bound = min(nodes, self.nodes), bound
        return self._tell("proof", cost)

    def _tell(self, stage: str, cost: float) -> bool:
        self.cost = min(cost, self.cost)
        done = self._rounds_done, self._moves_done, self._nodes_done
        asked = self.rounds, self.moves, self.nodes
        parts = [part / whole for part, whole in zip(done, asked, strict=True) if whole]
        self.progress(stage, sum(parts) / len(parts), self.cost, self.bound)
        return self.is_stopped

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.stop is not None and self.stop.is_set()


def _search(ground: Ground, bound: Bound, moves: int, seed: int, watch: _Watch) -> Ints:
    """Return the best plan that ruin and recreate finds from the start of a bound."""
    arcs = _promising(ground, bound)
    narrow = coaxed(_narrowed(ground, bound, arcs))
    opening = opening_price(ground, bound)
    narrow = narrow._replace(setups=narrow.setups + opening, most_open=_leeway(ground))
    standing = nobody_placed(narrow)
    stand(narrow, standing, bound.start)
    cost = standing_cost(narrow, bound.start)
    settings = _settings(narrow, bound.start, cost, moves)
    if not np.isfinite(bound.start_cost):
        settings = settings._replace(hottest=HOTTER * settings.hottest)
    if ground.most_open < BOUNDLESS:
        settings = _to_open(ground, settings, opening)
    memory = search_from(_near(ground, arcs), standing, cost, settings)
    rng = np.random.default_rng(seed)
    pieces = SLICE if opening == 0.0 else max(1, min(SLICE, moves // STEERINGS))
    for first in range(0, moves, pieces):
        last = min(first + pieces, moves)
        make_moves(narrow, standing, memory, settings, first, last, rng)
        is_best = ground.most_open == BOUNDLESS and memory.sums[BEST] <= bound.value * PROVEN
        if watch.moves_are_done(last, memory.sums[BEST]) or is_best:
            break
        settings = _repriced(narrow, standing, memory, settings, STEERING * opening)
    return memory.best


def _repriced(
    ground: Ground, standing: Standing, memory: Search, settings: Settings, step: float
) -> Settings:
    """Make opening a site dearer where more are open than asked for, and cheaper where fewer."""
    if settings.opening == 0.0:
        return settings
    change = step * float(np.clip(standing.tally[OPEN] - settings.most_open, -3, 3))
    ground.setups[:] += change
    memory.sums[NOW] += change * standing.tally[OPEN]
    return settings._replace(opening=settings.opening + change)


def opening_price(ground: Ground, bound: Bound) -> float:
    """Return what one more open site would save where the number of them is given, or nothing.

    Charged for every site it leaves the best plan as it is, all of them having
    as many open, and tells the search what closing one is worth.
    """
    if ground.most_open == BOUNDLESS:
        return 0.0
    best = np.full(ground.leads.max(initial=-1) + 1, np.inf)
    np.minimum.at(best, ground.leads, bound.worths)
    return max(0.0, -float(np.sort(best)[ground.most_open - 1]))


def _leeway(ground: Ground) -> int:
    """Return how many sites may be open while a plan is sought: a few more than in the end."""
    return ground.most_open if ground.most_open == BOUNDLESS else ground.most_open * 2


def _promising(ground: Ground, bound: Bound) -> Ints:
    """Return the arcs by council, the most promising first at the prices of a bound."""
    rows = rows_of(ground.starts)
    share = np.minimum(ground.demands[rows] / ground.rooms[ground.sites], 1.0)
    cost = ground.costs - bound.prices[rows]
    cost += np.maximum(bound.worths, 0.0)[ground.sites] * share
    return np.lexsort((ground.sites, cost, rows))


def _narrowed(ground: Ground, bound: Bound, arcs: Ints) -> Ground:
    """Keep each council's most promising arcs, those to its own sites and that of the start."""
    rows = rows_of(ground.starts)
    keep = ground.homes[ground.sites] == rows
    keep |= bound.start[rows] == ground.sites
    keep[arcs[_ranks(ground) < NARROW]] = True
    starts = np.concatenate(
        [[0], np.cumsum(np.bincount(rows[keep], minlength=len(ground.demands)))]
    )
    return ground._replace(starts=starts, sites=ground.sites[keep], costs=ground.costs[keep])


def _ranks(ground: Ground) -> Ints:
    """Number the arcs of each council from nought."""
    return np.arange(len(ground.sites)) - np.repeat(ground.starts[:-1], np.diff(ground.starts))


def _near(ground: Ground, arcs: Ints) -> Ints:
    """Return the most promising sites of each council, side by side."""
    ranks = _ranks(ground)
    near = np.full((len(ground.demands), min(NEAR, ranks.max(initial=0) + 1)), -1, dtype=np.int64)
    within = ranks < near.shape[1]
    near[rows_of(ground.starts)[within], ranks[within]] = ground.sites[arcs[within]]
    return near


def _settings(ground: Ground, start: Ints, cost: float, moves: int) -> Settings:
    """Choose how to search: where room is plenty, rather which leads than which members.

    The heat is a part of what a cluster costs, the dearer for those unserved.
    """
    is_open = np.unique(start[start >= 0])
    clusters = len(is_open) + np.count_nonzero(start < 0)
    mean = max(abs(cost) / clusters, FAINTEST)
    heat = mean * HOT * min(HOTTER, max(1.0, FEW_CLUSTERS / clusters))
    rooms = ground.rooms[is_open].sum()
    fullness = ground.demands[start >= 0].sum() / rooms if len(is_open) else 0.0
    return Settings(
        moves=moves,
        hottest=heat,
        coldest=heat * COLD,
        most_dissolved=DISSOLVED,
        choosing=CHOOSING,
        swapping=bool(fullness > 0.5),
        hope=float(0.25 * abs(ground.setups[is_open]).mean()) if len(is_open) else 0.0,
        least_open=0,
        most_open=BOUNDLESS,
        opening=0.0,
        straying=0.0,
    )


def _to_open(ground: Ground, settings: Settings, opening: float) -> Settings:
    """Aim a search at the number of open sites asked for; those without homes may be empty."""
    empty = len(np.unique(ground.leads[(ground.homes < 0) & np.isfinite(ground.setups)]))
    heat = HEAT * opening if opening > 0.0 else settings.hottest
    return settings._replace(
        hottest=heat,
        coldest=heat * COLD,
        least_open=max(0, ground.most_open - empty),
        most_open=ground.most_open,
        opening=opening,
        straying=STRAYING * opening,
    )
