"""What a cluster costs: worked by hand, by the oracle, and as the search keeps its books."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.oracle_sharing import cost_of, made_up_sharing, no_rules
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.clusters.searching.desk import desk_for, exchange
from waywarden.planner.clusters.searching.grouping import (
    COST,
    EXCESS,
    FREE,
    SIZE,
    arrange,
    enter,
    nobody_grouped,
)
from waywarden.planner.clusters.searching.moving import HARD, hangs_together, trade
from waywarden.planner.clusters.searching.weighing import reprice, weigh
from waywarden.planner.clusters.terms import NOBODY, terms_of
from waywarden.planner.sharing import Graph, Sharing

WYCHBOURNE, COLDBROOK, LITTLE_HAYE = range(3)
GRASS, PATHS = range(2)

seeds = st.integers(0, 10_000)
few = settings(max_examples=40, deadline=None)


def three_councils(**changed):
    """Return three councils on a road, 3 and 4 km apart; Little Haye has no paths to share.

    Wychbourne could do the grass with its own staff or a firm, Coldbrook with
    its own staff; Little Haye may not lead. Both could do paths by themselves.
    """
    no = math.inf
    usual = {
        "east_km": [0.0, 3.0, 7.0],
        "north_km": [0.0, 0.0, 0.0],
        "takes_part": [[True, True], [True, True], [True, False]],
        "work": [[10.0, 4.0], [20.0, 6.0], [5.0, 0.0]],
        "peak": [[5.0, 1.0], [10.0, 1.0], [4.0, 0.0]],
        "visits": [[2.0, 1.0], [2.0, 1.0], [1.0, 0.0]],
        "trips": [[2.0, 3.0], [2.0, 1.0], [1.0, 0.0]],
        "alone": [[60.0, 20.0], [100.0, 25.0], [40.0, 50.0]],
        # By council and service: own staff, then a firm.
        "setup": [[[100.0, 20.0], [10.0, no]], [[100.0, no], [8.0, no]], [[no, no], [no, no]]],
        "unit": [[[2.0, 4.0], [1.0, 0.0]], [[2.0, 0.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]],
        "call_out": [[[0.0, 3.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]],
        "travel": [[[1.0, 0.0], [2.0, 0.0]], [[1.0, 0.0], [2.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]],
        "capacity": [[[18.0, no], [9.0, no]], [[19.0, no], [9.0, no]], [[no, no], [no, no]]],
    }
    amounts = {name: np.array(value) for name, value in usual.items()}
    rules = {
        "limit_km": 10.0,
        "road_factor": 1.0,
        "neighbours": Graph(np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1])),
        "is_contiguous": True,
        "per_cluster": 9.0,
        "per_member": 2.0,
        "most_members": 3,
    }
    return Sharing(**no_rules(3, 2) | amounts | rules | changed)


def test_each_service_is_led_by_whoever_does_it_at_the_least_cost():
    cost, leads = cluster_cost(three_councils(), [WYCHBOURNE, COLDBROOK, LITTLE_HAYE])

    # Grass: work 10 + 20 + 5 = 35, visits 2 + 2 + 1 = 5, peak 5 + 10 + 4 = 19.
    #   Wychbourne's staff: a capacity of 18 is too little.
    #   Wychbourne's firm:  20 + 4 x 35 + 3 x 5 = 175.
    #   Coldbrook's staff: 100 + 2 x 35 + (3 km x 2 trips + 4 km x 1 trip) = 180.
    # Paths, without Little Haye: work 4 + 6 = 10.
    #   Wychbourne: 10 + 10 + 2 x (3 km x 1 trip) = 26. Coldbrook: 8 + 10 + 2 x (3 x 3) = 36.
    assert leads == [(WYCHBOURNE, 1, 175.0), (WYCHBOURNE, 0, 26.0)]
    # Little Haye's paths alone 50; coordination 9 + 3 x 2 = 15.
    assert cost == 175 + 26 + 50 + 15


def test_a_lead_need_only_reach_those_who_take_part_in_its_service():
    # Wychbourne is 7 km from Little Haye: too far to do its grass, but paths are not shared there.
    cost, leads = cluster_cost(three_councils(limit_km=5.0), [0, 1, 2])

    assert leads == [(COLDBROOK, 0, 180.0), (WYCHBOURNE, 0, 26.0)]
    assert cost == 180 + 26 + 50 + 15


def test_a_cluster_of_one_pays_its_cost_alone():
    assert cluster_cost(three_councils(), [COLDBROOK]) == (125.0, [None, None])


def test_a_service_that_nobody_shares_has_no_lead():
    sharing = three_councils()
    sharing.takes_part[:, PATHS] = False

    cost, leads = cluster_cost(sharing, [WYCHBOURNE, COLDBROOK])

    # Grass: the firm, 20 + 4 x 30 + 3 x 4 = 152; paths 20 + 25 apart; coordination 9 + 2 x 2.
    assert leads == [(WYCHBOURNE, 1, 152.0), None]
    assert cost == 152 + 45 + 13


@pytest.mark.parametrize(
    ("changed", "members"),
    [
        ({"most_members": 2}, [0, 1, 2]),  # too many
        ({}, [0, 2]),  # not next to each other
        ({"limit_km": 3.5}, [0, 1, 2]),  # Coldbrook is 4 km from Little Haye
        ({"takes_part": np.array([[True, True], [True, True], [False, False]])}, [1, 2]),  # no wish
    ],
)
def test_what_cannot_be_costs_infinitely_much(changed, members):
    assert cluster_cost(three_councils(**changed), members)[0] == math.inf


def test_where_clusters_need_not_touch_any_two_may_share():
    cost, _ = cluster_cost(three_councils(is_contiguous=False), [WYCHBOURNE, LITTLE_HAYE])

    # Grass: the firm, 20 + 4 x 15 + 3 x 3 = 89; paths: Wychbourne's own 10 + 4 = 14, and 50.
    assert cost == 89 + 14 + 50 + 13


def test_a_capacity_may_be_passed_by_a_rounding_error_only():
    sharing = three_councils()
    sharing.capacity[COLDBROOK, GRASS, 0] = 19 / (1 + 5e-10)
    sharing.setup[WYCHBOURNE, GRASS, 1] = math.inf
    assert cluster_cost(sharing, [0, 1, 2])[0] == 180 + 26 + 50 + 15

    sharing.capacity[COLDBROOK, GRASS, 0] = 19 / (1 + 5e-9)
    assert cluster_cost(sharing, [0, 1, 2])[0] == math.inf


@few
@given(seeds, st.booleans(), st.sets(st.integers(0, 5), min_size=1))
def test_the_plain_sum_agrees_with_the_oracle(seed, contiguous, members):
    sharing = made_up_sharing(seed, ways=3, contiguous=contiguous)

    cost, leads = cluster_cost(sharing, sorted(members))

    assert cost == pytest.approx(cost_of(sharing, tuple(sorted(members))), rel=1e-12)
    assert all(lead is None or lead.row in members for lead in leads)


def books(sharing, labels):
    """Return the search's books of a grouping, at a price of overload nobody would pay."""
    terms = terms_of(sharing, scale=1000.0)
    grouping, desk = nobody_grouped(terms), desk_for(terms)
    arrange(terms, grouping, np.array(labels))
    reprice(terms, grouping, desk, HARD)
    return terms, grouping, desk


def apart(sharing, rows):
    return float(sharing.alone[rows][~sharing.takes_part[rows]].sum())


@few
@given(seeds, st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_the_books_of_the_search_agree_with_the_plain_sum(seed, labels):
    sharing = made_up_sharing(seed, contiguous=False, most_members=6)
    sharing.takes_part[:, 0] = True
    _, grouping, _ = books(sharing, labels)

    for label in set(labels):
        rows = np.flatnonzero(np.array(labels) == label)
        plain, _ = cluster_cost(sharing, rows)
        kept, excess = grouping.bill[label, COST], grouping.bill[label, EXCESS]
        if math.isinf(plain):
            assert excess > 0
        else:
            assert kept + apart(sharing, rows) == pytest.approx(plain, rel=1e-9)
            assert excess == 0


@few
@given(seeds, st.integers(0, 5), st.integers(0, 5))
def test_a_change_is_priced_as_it_will_be_when_made(seed, council, other):
    sharing = made_up_sharing(seed, contiguous=False, most_members=6)
    terms, grouping, desk = books(sharing, [0, 0, 0, 1, 1, 2])
    left, label = int(grouping.cluster[council]), int(grouping.cluster[other])
    exchange(desk, NOBODY, council)
    foretold = weigh(terms, grouping, desk, label, 10.0)
    exchange(desk, council, other)
    foretold_swap = weigh(terms, grouping, desk, left, 10.0)

    if left != label:
        assert foretold == pytest.approx(as_made(sharing, {council: label}, label), rel=1e-9)
        swapped = {council: label, other: left}
        assert foretold_swap == pytest.approx(as_made(sharing, swapped, left), rel=1e-9)


def as_made(sharing, moved, label):
    labels = [moved.get(row, label) for row, label in enumerate([0, 0, 0, 1, 1, 2])]
    terms, grouping, desk = books(sharing, labels)
    exchange(desk, NOBODY, NOBODY)
    return weigh(terms, grouping, desk, label, 10.0)


def test_a_council_whose_leaving_would_split_its_cluster_stays():
    terms, grouping, desk = books(three_councils(), [0, 0, 0])

    exchange(desk, COLDBROOK, NOBODY)
    assert not hangs_together(terms, grouping, desk, 0)
    exchange(desk, WYCHBOURNE, NOBODY)
    assert hangs_together(terms, grouping, desk, 0)
    assert not trade(terms, grouping, desk, COLDBROOK, 1, NOBODY, 1.0, math.inf)


def test_a_council_that_leaves_takes_its_work_with_it():
    sharing = three_councils()
    terms, grouping, desk = books(sharing, [0, 0, 0])
    before = grouping.bill[0, COST]

    made = trade(terms, grouping, desk, LITTLE_HAYE, 2, NOBODY, HARD, math.inf)

    # The others' grass is 152 (above), their paths 26, coordination 13; Little Haye's grass 40.
    assert made
    assert before == 175 + 26 + 15
    assert grouping.bill[0, COST] == 152 + 26 + 13
    assert grouping.bill[2, COST] == 40
    assert grouping.clusters[:, SIZE].tolist() == [2, 0, 1]
    assert grouping.tally[FREE] == 1 or grouping.tally[FREE] == 2


def test_a_full_cluster_takes_nobody_in():
    terms, grouping, desk = books(three_councils(most_members=2), [0, 0, 1])

    assert not trade(terms, grouping, desk, LITTLE_HAYE, 0, NOBODY, 1.0, math.inf)


def test_travel_out_of_reach_comes_back_into_it_when_the_far_one_leaves():
    sharing = replace(three_councils(), limit_km=5.0, is_contiguous=False)
    terms, grouping, _ = books(sharing, [0, 0, 0])
    assert grouping.reach[WYCHBOURNE, 1, GRASS] == 1

    arrange(terms, grouping, np.array([0, 0, 2]))

    assert grouping.reach[WYCHBOURNE].tolist() == [[6.0, 3.0], [0.0, 0.0]]
    enter(terms, grouping, LITTLE_HAYE, 1)
    assert grouping.sums[1, 0].tolist() == [5.0, 0.0]
