"""What no shared plan can cost less than: column generation with exact pricing of clusters.

Let councils pay multipliers u, and let b(r) be at most nought and at most what
any cluster with root r costs less what its members pay (`enumerating`). A plan
costs the sum of u and of what each of its clusters costs beyond that; no two
clusters have the same root; so it costs at least sum of u + sum of b. Paying
u(j) + b(j) instead, no cluster's members pay more than it costs, as each has
its root among them: stable shares of the whole county, which sum to the bound.

The multipliers come from a linear programme over the clusters met so far
(`columns`), drawn towards the best ones known, lest they swing. Sources: J.
Desrosiers and M. E. Lubbecke, A primer in column generation (2005); P. Wentges,
Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming,
International Transactions in Operational Research 4 (1997).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.proof.columns import Columns, Master
from waywarden.planner.clusters.proof.costing import exact_cost
from waywarden.planner.clusters.proof.enumerating import Enumerator, Priced
from waywarden.planner.clusters.proof.partitioning import cheapest_parting, labels_of
from waywarden.planner.clusters.proof.surveying import HARDLY, county_of
from waywarden.planner.sharing import Sharing
from waywarden.planner.telling import tell_nobody
from waywarden.planner.touching import reached_from

#: What floating point could have added to a bound, as a part of it.
ROUNDING = 1e-6

#: How far the multipliers of a round are drawn back to the best ones known: at first, at the
#: least and the most, nearer after a round that did not lift the bound, further after one that did.
DRAWN, LEAST_DRAWN, MOST_DRAWN = 0.8, 0.5, 0.97
NEARER, FURTHER = 0.4, 1.5

#: What clusters must save to be looked for, in parts of what a council costs on average.
WORTHWHILE = 0.002

#: By how much the nodes allowed to a root may change from one round to the next.
LESS, MORE = 0.5, 2.0

#: The most clusters a plan is polished with, and the nodes that may take.
POLISHED, POLISHING_NODES = 2_000, 200

#: The most clusters that are listed for each root to prove a plan the best, and the nodes of that.
LISTED, LISTING_NODES, PARTING_NODES = 20_000, 20_000, 20_000

#: Up to so many councils all clusters are few enough to price, though they need not hang together.
FEW = 30

#: So many of the clusters that a search comes upon are worth beginning with.
MET = 3_000

#: Told the share of the rounds that is done and the bound so far; returns nothing.
Progress = Callable[[float, float], None]


def may_be_priced(sharing: Sharing) -> bool:
    """Tell whether clusters are few enough to price: they hang together, or few councils do."""
    return sharing.is_contiguous or len(sharing.takes_part) <= FEW


@dataclass(frozen=True)
class Proof:
    """What is proven of all shared plans.

    ``bound`` is what none costs less than, in a year. ``multipliers`` are those
    it came of. ``stable`` are shares under which no cluster that could be
    formed, and no council alone, pays more than it would by itself; they sum to
    the bound, or less where that was proven by listing clusters. No such shares
    sum to more than the ``ceiling``. ``labels`` is
    the plan, never dearer than the one given. ``is_exact`` says whether every
    root's clusters were priced without anything being left open.
    """

    bound: float
    multipliers: Floats
    stable: Floats
    ceiling: float
    labels: Ints
    is_exact: bool


@dataclass
class _Stand:
    """The best round so far."""

    bound: float
    multipliers: Floats
    stable: Floats
    is_exact: bool


def prove(
    sharing: Sharing,
    labels: Ints,
    *,
    rounds: int,
    nodes: int,
    threads: int = 1,
    start: Floats | None = None,
    met: Iterable[Ints] = (),
    list_up_to: int,
    progress: Progress = tell_nobody,
    stop: Event | None = None,
) -> Proof:
    """Return a bound on every shared plan, stable shares, and the plan given or a cheaper one.

    ``labels`` are the clusters of a plan that keeps all rules; ``rounds`` how
    often all roots are priced, ``nodes`` how many branches are looked into about
    each root, on average; ``start`` multipliers to begin with. A cheaper plan is
    then sought among the clusters met, and in counties of up to ``list_up_to``
    councils all that could be in one are listed, if need be, to prove it the
    best; with ``list_up_to=0`` the plan is left as it is. The answer is the same on
    any number of threads. After ``stop`` is set, what is left of a round is done
    with a single branch for each root, and no other begins. Raises ValueError
    for a plan that breaks a rule.
    """
    climb = _Climb(sharing, labels, start, threads, stop)
    climb.take_in(met)
    done = 1.0
    for done in climb.rise(rounds, nodes):
        progress(done, climb.bound)
    if done < 1.0:
        progress(1.0, climb.bound)
    if list_up_to and climb.cost > 0 and not (stop and stop.is_set()):
        climb.polish()
        if len(climb.labels) <= list_up_to:
            climb.list_all()
    return climb.proof()


class _Climb:
    def __init__(
        self,
        sharing: Sharing,
        labels: Ints,
        start: Floats | None,
        threads: int,
        stop: Event | None,
    ) -> None:
        self._county = county_of(sharing)
        self._apart = np.where(sharing.takes_part, 0.0, sharing.alone).sum(axis=1)
        self.labels = labels
        self._enumerators = [Enumerator(self._county) for _ in range(threads)]
        self._stop = stop
        self._columns = Columns()
        self.cost = self._begin_columns(labels)
        self._unit = max(self.cost / len(labels), 1e-9)
        self._master = Master(len(labels), self._unit)
        for rows, cost in self._columns.costs.items():
            self._master.add(rows, cost)
        first = self._shared_out() if start is None else start - self._apart
        self._best = _Stand(-math.inf, first, first, is_exact=False)
        self._proven = -math.inf

    def take_in(self, met: Iterable[Ints]) -> None:
        """Take in clusters met elsewhere."""
        for rows in met:
            members = np.sort(rows)
            cost = float(exact_cost(self._county, members, len(members)))
            if cost < HARDLY and self._columns.add(members, cost):
                self._master.add(members, cost)

    @property
    def bound(self) -> float:
        """What no plan costs less than, as proven so far."""
        bound = max(self._best.bound, self._proven)
        return bound - ROUNDING * abs(bound) + float(self._apart.sum())

    def proof(self) -> Proof:
        best, less = self._best, ROUNDING * abs(self._best.bound) / max(len(self.labels), 1)
        return Proof(
            bound=self.bound,
            multipliers=best.multipliers + self._apart,
            stable=best.stable - less + self._apart,
            ceiling=self._ceiling(),
            labels=self.labels,
            is_exact=best.is_exact,
        )

    def _ceiling(self) -> float:
        ceiling = self._master.cheapest_of_met()
        return ceiling + ROUNDING * abs(ceiling) + float(self._apart.sum())

    def _begin_columns(self, labels: Ints) -> float:
        """Take in everybody alone, the plan, and its clusters with one council more or less."""
        for row in range(len(labels)):
            self._try((row,))
        total = 0.0
        for label in np.unique(labels):
            rows = {int(row) for row in np.flatnonzero(labels == label)}
            cost = self._try(rows)
            if cost >= HARDLY:
                raise ValueError(
                    f"The cluster of rows {sorted(rows)} breaks a rule. Mend the plan."
                )
            total += cost
            for near in self._about(rows):
                self._try(near)
        return total

    def _about(self, rows: set[int]) -> Iterator[set[int]]:
        beside = {int(other) for row in rows for other in self._next_to(row)} - rows
        for row in sorted(rows):
            if len(rows) > 1 and self._hangs_together(rows - {row}):
                yield rows - {row}
        for row in sorted(beside):
            yield rows | {row}

    def _hangs_together(self, rows: set[int]) -> bool:
        return reached_from(min(rows), rows, self._next_to) == rows

    def _next_to(self, row: int) -> Ints:
        starts, near = self._county.starts, self._county.near
        return near[starts[row] : starts[row + 1]]

    def _try(self, rows: Sequence[int] | set[int]) -> float:
        """Take in a cluster if it can be, and return its cost."""
        members = np.array(sorted(rows), dtype=np.int64)
        if len(members) > self._county.rules[-1]:
            return math.inf
        cost = float(exact_cost(self._county, members, len(members)))
        if cost < HARDLY:
            self._columns.add(members, cost)
        return cost

    def _shared_out(self) -> Floats:
        """Return the plan's cost, shared out in each cluster by what its members pay alone."""
        alone = np.where(self._county.alone < HARDLY, self._county.alone, self._unit)
        shares = np.zeros(len(alone))
        for label in np.unique(self.labels):
            rows = np.flatnonzero(self.labels == label)
            weights = alone[rows] + 1e-9 * self._unit
            shares[rows] = self._columns.costs[tuple(rows.tolist())] * weights / weights.sum()
        return shares

    def rise(self, rounds: int, nodes: int) -> Iterator[float]:
        """Price all roots again and again, and after every round say what share is done."""
        allowed = np.full(len(self.labels), nodes, dtype=np.int64)
        drawn, tried = DRAWN, self._best.multipliers
        for number in range(1, rounds + 1):
            before = self._best.bound
            priced = self._price_all(tried, allowed)
            self._keep(tried, priced)
            yield number / rounds
            if self._is_over():
                return
            added = self._learn(tried, priced)
            allowed = _allowed_next(allowed, priced, nodes)
            step = (1 - drawn) * (FURTHER if self._best.bound > before else 1 - NEARER)
            drawn = 1 - min(max(step, 1 - MOST_DRAWN), 1 - LEAST_DRAWN)
            sought = self._master.multipliers()
            is_settled = not added and self._best.is_exact
            if is_settled and np.allclose(sought, tried):
                return
            tried = sought if is_settled else self._between(sought, drawn)

    def _between(self, sought: Floats, drawn: float) -> Floats:
        return np.asarray(drawn * self._best.multipliers + (1 - drawn) * sought)

    def _is_over(self) -> bool:
        is_stopped = self._stop is not None and self._stop.is_set()
        return is_stopped or self._best.bound >= self.cost * (1 - ROUNDING)

    def _price_all(self, multipliers: Floats, allowed: Ints) -> list[Priced]:
        roots, threads = len(self.labels), len(self._enumerators)

        def price(number: int) -> list[Priced]:
            return [
                self._enumerators[number].price(
                    root,
                    multipliers,
                    threshold=-WORTHWHILE * self._unit,
                    nodes=self._left(int(allowed[root])),
                )
                for root in range(number, roots, threads)
            ]

        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(price, range(threads)))
        return [parts[root % threads][root // threads] for root in range(roots)]

    def _left(self, nodes: int) -> int:
        return 1 if self._stop is not None and self._stop.is_set() else nodes

    def _keep(self, multipliers: Floats, priced: Sequence[Priced]) -> None:
        bounds = np.array([one.bound for one in priced])
        stable = multipliers + bounds
        if stable.sum() > self._best.bound:
            is_exact = all(one.is_exact for one in priced)
            self._best = _Stand(float(stable.sum()), multipliers, stable, is_exact)

    def _learn(self, multipliers: Floats, priced: Sequence[Priced]) -> int:
        """Take in what was found, and let go of what is refuted; return how many are new."""
        added = 0
        for root, one in enumerate(priced):
            for rows, cost in one.found[:10]:
                if self._columns.add(rows, cost):
                    self._master.add(rows, cost)
                    added += 1
            if one.relaxed is not None:
                self._master.add_relaxed(root, one.relaxed)
        self._master.drop_refuted(multipliers, priced)
        return added

    def polish(self) -> None:
        """Put the clusters met that cost least beyond what members pay together to a plan."""
        beyond = {
            rows: cost - float(self._best.multipliers[list(rows)].sum())
            for rows, cost in self._columns.costs.items()
        }
        chosen = sorted(beyond, key=lambda rows: (beyond[rows], rows))[:POLISHED]
        singles = [(row,) for row in range(len(self.labels)) if (row,) in beyond]
        self._part(sorted({*chosen, *singles}), POLISHING_NODES)

    def _part(self, clusters: Sequence[tuple[int, ...]], nodes: int) -> bool:
        """Take the cheapest plan of these clusters if it is cheaper; tell if that is proven."""
        costs = [self._columns.costs[rows] for rows in clusters]
        parted = cheapest_parting(clusters, costs, len(self.labels), below=self.cost, nodes=nodes)
        if parted.chosen:
            self.labels = labels_of(parted.chosen, len(self.labels))
            self.cost = sum(self._columns.costs[rows] for rows in parted.chosen)
        return parted.is_proven

    def list_all(self) -> None:
        """List every cluster that could be in a cheaper plan, and choose the cheapest of those.

        A plan cheaper than this one has no cluster that costs more beyond what
        its members pay than this one costs beyond the bound.
        """
        gap = self.cost - self._best.bound
        enumerator = Enumerator(self._county, keep=LISTED)
        listed = set[tuple[int, ...]]()
        for root in range(len(self.labels)):
            priced = enumerator.price(
                root,
                self._best.multipliers,
                threshold=gap + ROUNDING * self.cost,
                nodes=LISTING_NODES,
            )
            if priced.nodes >= LISTING_NODES or len(priced.found) >= LISTED:
                return
            for rows, cost in priced.found:
                self._columns.add(rows, cost)
                listed.add(tuple(rows.tolist()))
        listed |= {(row,) for row in range(len(self.labels)) if (row,) in self._columns.costs}
        if self._part(sorted(listed), PARTING_NODES):
            self._proven = self.cost


def _allowed_next(allowed: Ints, priced: Sequence[Priced], nodes: int) -> Ints:
    """Return how many nodes each root may have: what others leave goes to those cut short."""
    spent = np.array([one.nodes for one in priced])
    is_cut = spent >= allowed
    spare = nodes * len(spent) - spent.sum()
    change = 1 + spare / max(int(spent[is_cut].sum()), 1)
    more = np.maximum(allowed * min(max(change, LESS), MORE), nodes)
    return np.asarray(np.where(is_cut, more, np.maximum(2 * spent, nodes)), dtype=np.int64)
