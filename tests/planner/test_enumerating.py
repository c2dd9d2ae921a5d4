"""Clusters enumerated: the best of each root, as trying them all finds it."""

import math

import numpy as np
import pytest

from tests.planner.oracle_columns import RULES, clusters_of, ruled_sharing
from waywarden.planner.clusters.proof.costing import exact_cost
from waywarden.planner.clusters.proof.enumerating import Enumerator
from waywarden.planner.clusters.proof.surveying import HARDLY, county_of

ENOUGH = 1_000_000


def multipliers_of(sharing, seed, generosity=1.2):
    """Return what councils might pay: enough that some clusters seem a bargain."""
    random = np.random.default_rng(seed)
    alone = np.where(sharing.takes_part, sharing.alone, 0.0).sum(axis=1)
    return alone * random.uniform(0.3, generosity, len(alone))


def values_by_root(sharing, county, multipliers):
    """Return the value of each cluster, by its root: its member of the lowest rank."""
    by_root = {root: {} for root in range(len(multipliers))}
    for rows, cost in clusters_of(sharing).items():
        root = min(rows, key=lambda row: county.rank[row])
        by_root[root][rows] = cost - multipliers[list(rows)].sum()
    return by_root


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("contiguous", [True, False])
def test_the_best_cluster_of_every_root_is_found(kind, contiguous):
    for seed in range(4):
        sharing = ruled_sharing(seed, kind, contiguous=contiguous)
        county, multipliers = county_of(sharing), multipliers_of(sharing, seed)
        by_root = values_by_root(sharing, county, multipliers)
        enumerator = Enumerator(county)

        for root, values in by_root.items():
            priced = enumerator.price(root, multipliers, threshold=-1e-9, nodes=ENOUGH)

            # Nothing within a tenth of the best is looked into, as it hardly matters.
            least = min([*values.values(), 0.0])
            assert min(priced.best, 0.0) <= 0.9 * least + 1e-6
            assert priced.bound <= least + 1e-6
            assert priced.bound >= least * (1 / 0.9) - 1e-6


@pytest.mark.parametrize("kind", RULES)
def test_no_cluster_is_below_the_bound_however_few_nodes(kind):
    for seed in range(3):
        sharing = ruled_sharing(seed, kind)
        county, multipliers = county_of(sharing), multipliers_of(sharing, seed)
        by_root = values_by_root(sharing, county, multipliers)
        enumerator = Enumerator(county)

        for root, values in by_root.items():
            for nodes in (1, 2, 5, 20):
                priced = enumerator.price(root, multipliers, threshold=-1.0, nodes=nodes)

                assert priced.bound <= min([*values.values(), 0.0]) + 1e-6


@pytest.mark.parametrize("kind", RULES)
def test_all_clusters_below_a_threshold_are_listed(kind):
    sharing = ruled_sharing(1, kind)
    county, multipliers = county_of(sharing), multipliers_of(sharing, 1, generosity=0.9)
    by_root = values_by_root(sharing, county, multipliers)
    enumerator = Enumerator(county, keep=1_000)

    for root, values in by_root.items():
        priced = enumerator.price(root, multipliers, threshold=200.0, nodes=ENOUGH)

        wanted = {rows for rows, value in values.items() if value < 200.0 and len(rows) > 1}
        assert {tuple(rows) for rows, _ in priced.found} == wanted


@pytest.mark.parametrize("kind", RULES)
def test_a_cluster_costs_what_the_plain_reckoning_says(kind):
    sharing = ruled_sharing(2, kind, councils=7, contiguous=False)
    county, costs = county_of(sharing), clusters_of(sharing)

    for rows, cost in costs.items():
        found = exact_cost(county, np.array(rows, dtype=np.int64), len(rows))
        assert math.isclose(found, cost, rel_tol=1e-9)


def test_a_cluster_that_breaks_a_rule_cannot_be():
    for kind in RULES:
        sharing = ruled_sharing(3, kind, councils=6, contiguous=False)
        county, costs = county_of(sharing), clusters_of(sharing)
        for first in range(6):
            for second in range(first + 1, 6):
                rows = np.array([first, second], dtype=np.int64)
                if not sharing.joins[rows].all():
                    continue
                can_be = exact_cost(county, rows, 2) < HARDLY
                assert can_be == ((first, second) in costs)


def test_only_the_best_found_are_kept_where_there_is_room_for_few():
    sharing = ruled_sharing(1, "nothing")
    county, multipliers = county_of(sharing), multipliers_of(sharing, 1)
    root = int(np.argmin(county.rank))

    many = Enumerator(county, keep=1_000).price(root, multipliers, threshold=500.0, nodes=ENOUGH)
    few = Enumerator(county, keep=3).price(root, multipliers, threshold=500.0, nodes=ENOUGH)

    assert len(many.found) > 3
    assert [tuple(rows) for rows, _ in few.found] == [tuple(rows) for rows, _ in many.found[:3]]
