"""A search that begins from a grouping: never dearer than it, whatever it was."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.oracle_sharing import cost_of_plan, made_up_sharing, with_rules
from waywarden.planner import Infeasible
from waywarden.planner.clusters.searching.annealing import best_grouping
from waywarden.planner.clusters.searching.starting import first_labels, in_order

seeds = st.integers(0, 10_000)
few = settings(max_examples=25, deadline=None)


def plan(sharing, *, moves=3_000, seed=1, **asked):
    return best_grouping(sharing, moves=moves, rng_seed=seed, **asked)


@few
@given(seeds, st.sampled_from([0, 2_000]))
def test_a_plan_is_never_dearer_than_the_one_it_starts_from(seed, moves):
    sharing = with_rules(
        made_up_sharing(seed, councils=20), seed, providers=2, locks=0, ties=seed % 2
    )
    try:
        start = plan(sharing, seed=seed)
    except Infeasible:
        return

    found = plan(sharing, moves=moves, start=start)

    before = cost_of_plan(sharing, start)
    assert cost_of_plan(sharing, found) <= before * (1 + 1e-12)
    assert moves or found.tolist() == start.tolist()


def test_the_numbers_of_a_start_may_be_any():
    sharing = made_up_sharing(9, councils=20)
    start = plan(sharing)

    assert plan(sharing, moves=0, start=1_000 - 7 * start).tolist() == start.tolist()


@few
@given(seeds, st.booleans())
def test_from_any_grouping_at_all_there_is_a_plan(seed, contiguous):
    sharing = made_up_sharing(seed, councils=20, contiguous=contiguous)
    start = np.random.default_rng(seed).integers(0, 3, 20)

    assert cost_of_plan(sharing, plan(sharing, start=start)) <= sharing.alone.sum() * (1 + 1e-9)


def test_a_start_that_breaks_new_rules_is_mended():
    sharing = made_up_sharing(9, councils=20, contiguous=False)
    start = plan(sharing)
    ruled = with_rules(sharing, 9, providers=1, table=False, locks=0, ties=2, quarrels=2)

    assert cost_of_plan(ruled, plan(ruled, start=start)) < np.inf


def test_a_start_that_cannot_be_is_parted():
    sharing = replace(made_up_sharing(9, councils=6, contiguous=False), most_members=2)
    sharing.takes_part[:] = True
    sharing.takes_part[3] = False

    labels = first_labels(sharing, np.zeros(6, dtype=np.int64))

    # Two at a time in their order; the fourth is in no cluster.
    assert labels.tolist() == [0, 0, 1, 2, 1, 3]


@pytest.mark.parametrize("start", [np.zeros(4, dtype=np.int64), np.zeros(6), np.zeros((6, 1))])
def test_a_start_that_is_no_row_of_numbers_is_refused(start):
    with pytest.raises(ValueError, match="Give 6 numbers, one for each council"):
        plan(made_up_sharing(9), start=start)


def test_clusters_are_numbered_by_their_first_members():
    assert in_order(np.array([5, 3, 5, 0])).tolist() == [0, 1, 0, 2]
