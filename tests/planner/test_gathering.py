"""The clusters a search comes upon: each once, within the rules, at their plain cost."""

import numpy as np
import pytest

from tests.planner.oracle_sharing import made_up_sharing, with_rules
from waywarden.planner.clusters.annealing import best_grouping
from waywarden.planner.clusters.gathering import columns_of, pool_for
from waywarden.planner.clusters.pricing import cluster_cost


def gathered(sharing, room):
    pool = pool_for(sharing, room)
    labels = best_grouping(sharing, moves=10_000, rng_seed=1, pool=pool)
    return labels, columns_of(sharing, pool)


def groups_in(columns):
    return [tuple(group) for group in np.split(columns.members, columns.starts[1:-1])]


@pytest.mark.parametrize("providers", [0, 2])
def test_every_cluster_kept_is_within_the_rules_and_priced_plainly(providers):
    sharing = made_up_sharing(9, councils=20)
    if providers:
        sharing = with_rules(sharing, 1, providers=providers, locks=1, ties=0, quarrels=2)

    labels, columns = gathered(sharing, 5_000)
    groups = groups_in(columns)

    assert len(groups) == len(set(groups)) == len(columns.costs) > 15
    assert min(len(group) for group in groups) == 2
    for group, cost in zip(groups, columns.costs, strict=True):
        assert cost == pytest.approx(cluster_cost(sharing, group)[0], rel=1e-9)
    shared = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    assert {tuple(group) for group in shared if len(group) > 1} <= set(groups)


def test_a_search_that_keeps_its_clusters_finds_the_same_plan():
    sharing = made_up_sharing(9, councils=20)

    labels, _ = gathered(sharing, 500)

    assert labels.tolist() == best_grouping(sharing, moves=10_000, rng_seed=1).tolist()


def test_a_small_pool_holds_no_more_than_it_has_room_for():
    _, columns = gathered(made_up_sharing(9, councils=20), 7)

    assert len(columns.costs) <= 7
    assert len(columns.starts) == len(columns.costs) + 1


def test_a_pool_nothing_was_put_into_has_no_columns():
    sharing = made_up_sharing(9, councils=5)

    columns = columns_of(sharing, pool_for(sharing, 10))

    assert (columns.members.size, columns.starts.tolist(), columns.costs.size) == (0, [0], 0)
