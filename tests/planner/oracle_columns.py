"""Prices every cluster of a small made-up county, one by one, with each kind of rule.

What a cluster costs is what `cluster_cost` says, which is tested by itself;
which clusters there are, and what could be had of them, is reckoned here.
"""

import itertools
import math
from dataclasses import replace

import numpy as np

from tests.planner.oracle_sharing import made_up_sharing
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.sharing import Graph


def clusters_of(sharing):
    """Return the cost of every cluster that can be, by its rows, without what nobody shares."""
    councils = len(sharing.takes_part)
    apart = np.where(sharing.takes_part, 0.0, sharing.alone).sum(axis=1)
    found = {}
    for size in range(1, min(councils, sharing.most_members) + 1):
        for rows in itertools.combinations(range(councils), size):
            cost = cluster_cost(sharing, rows)[0] - apart[list(rows)].sum()
            if cost < math.inf:
                found[rows] = cost
    return found


def cheapest_plan(costs, councils):
    """Return the cost of the cheapest plan made of these clusters, and its clusters."""
    masks = {sum(1 << row for row in rows): rows for rows in costs}
    by_first = {}
    for mask, rows in masks.items():
        by_first.setdefault(rows[0], []).append((mask, rows))
    everyone = (1 << councils) - 1

    def cheapest(done):
        if done == everyone:
            return 0.0, ()
        if done not in kept:
            first = next(row for row in range(councils) if not done >> row & 1)
            kept[done] = min(
                (
                    (costs[rows] + rest[0], (rows, *rest[1]))
                    for mask, rows in by_first.get(first, ())
                    if not mask & done
                    for rest in [cheapest(done | mask)]
                ),
                default=(math.inf, ()),
            )
        return kept[done]

    kept = {}
    return cheapest(0)


def ruled_sharing(seed, kind, *, councils=8, **more):
    """Return a small county with one kind of rule: a table, ties, locks, providers or none."""
    sharing = made_up_sharing(seed, councils=councils, **{"most_members": 6} | more)
    random = np.random.default_rng(seed + 50)
    return RULES[kind](sharing, random)


def _plain(sharing, random):
    return sharing


def _crowded(sharing, random):
    """Everybody that leads offers the same in the last way, without travelling."""
    setup, terms = sharing.setup.copy(), {}
    setup[..., -1] = np.where(np.isfinite(setup[..., -1]), 300.0, np.inf)
    for name, value in (("unit", 8.0), ("call_out", 3.0), ("travel", 0.0), ("capacity", 150.0)):
        terms[name] = getattr(sharing, name).copy()
        terms[name][..., -1] = value
    return replace(sharing, setup=setup, **terms)


def _tabled(sharing, random):
    leads, councils = len(sharing.setup), len(sharing.takes_part)
    table = random.uniform(0, 14, (leads, councils))
    table[np.arange(councils), np.arange(councils)] = 0.0
    return replace(sharing, table_km=table)


def _gappy(sharing, random):
    """Some ways are not given: out of reach, whether or not a council would be served there."""
    tabled = _tabled(sharing, random)
    table = np.where(random.random(tabled.table_km.shape) < 0.25, np.inf, tabled.table_km)
    table[np.arange(len(table[0])), np.arange(len(table[0]))] = 0.0
    return replace(tabled, table_km=table)


def _tied(sharing, random):
    councils = len(sharing.takes_part)
    one, near = 0, int(sharing.neighbours.of(0)[0])
    others = [row for row in range(councils) if row not in (one, near)]
    return replace(
        sharing,
        together=pairs([(one, near)], councils),
        apart=pairs([tuple(others[:2]), tuple(others[1:3])], councils),
    )


def _locked(sharing, random):
    locked = sharing.locked.copy()
    able = np.isfinite(sharing.setup).any(axis=2)[: len(locked)]
    lead = int(np.argmax(able[:, 0]))
    near = int(sharing.neighbours.of(lead)[0])
    locked[near, 0] = lead
    return replace(sharing, locked=locked)


def _provided(sharing, random):
    """Two providers lead as well, and one council is locked to the second."""
    councils, services, ways = sharing.setup.shape
    setup = random.uniform(150, 500, (2, services, ways))
    setup[0, 0] = np.inf
    added = {
        "setup": setup,
        "unit": random.uniform(4, 9, setup.shape),
        "call_out": random.uniform(0, 5, setup.shape),
        "travel": random.uniform(0, 2, setup.shape),
        "capacity": random.uniform(50, 120, setup.shape),
        "east_km": random.uniform(0, 10, 2),
        "north_km": random.uniform(0, 10, 2),
    }
    grown = {name: np.concatenate([getattr(sharing, name), add]) for name, add in added.items()}
    locked = sharing.locked.copy()
    locked[1, 1] = councils + 1
    return replace(sharing, **grown, locked=locked)


def pairs(ends, councils):
    """Return a graph of pairs of rows, both ways round."""
    both = {*ends, *((b, a) for a, b in ends)}
    of = [sorted(b for a, b in both if a == row) for row in range(councils)]
    starts = np.cumsum([0, *(len(one) for one in of)])
    return Graph(starts.astype(np.int64), np.array([b for one in of for b in one], dtype=np.int64))


RULES = {
    "nothing": _plain,
    "the same terms of all": _crowded,
    "a table of ways": _tabled,
    "a table with ways not given": _gappy,
    "ties": _tied,
    "locks": _locked,
    "providers": _provided,
}
