"""The clusters a search comes upon: each once, within the rules."""

import math

import numpy as np
import pytest

from tests.planner.oracle_sharing import made_up_sharing, with_rules
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.clusters.searching.annealing import best_grouping
from waywarden.planner.clusters.searching.gathering import clusters_in, pool_for


def gathered(sharing, room):
    pool = pool_for(sharing, room)
    labels = best_grouping(sharing, moves=10_000, rng_seed=1, pool=pool)
    return labels, [tuple(group) for group in clusters_in(pool)]


@pytest.mark.parametrize("providers", [0, 2])
def test_every_cluster_kept_is_within_the_rules(providers):
    sharing = made_up_sharing(9, councils=20)
    if providers:
        sharing = with_rules(sharing, 1, providers=providers, locks=1, ties=0, quarrels=2)

    labels, groups = gathered(sharing, 5_000)

    assert len(groups) == len(set(groups)) > 10
    assert min(len(group) for group in groups) == 2
    assert all(math.isfinite(cluster_cost(sharing, group)[0]) for group in groups)
    shared = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    assert {tuple(group) for group in shared if len(group) > 1} <= set(groups)


def test_a_search_that_keeps_its_clusters_finds_the_same_plan():
    sharing = made_up_sharing(9, councils=20)

    labels, _ = gathered(sharing, 500)

    assert labels.tolist() == best_grouping(sharing, moves=10_000, rng_seed=1).tolist()


def test_a_small_pool_holds_no_more_than_it_has_room_for():
    _, groups = gathered(made_up_sharing(9, councils=20), 7)

    assert 0 < len(groups) <= 7


def test_a_pool_nothing_was_put_into_holds_no_cluster():
    sharing = made_up_sharing(9, councils=5)

    assert clusters_in(pool_for(sharing, 10)) == []
