"""A bound on shared plans: one location problem a service, and never more than the best plan."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from tests.planner.optimum import optimum_of
from tests.planner.oracle_sharing import cheapest_sharing, made_up_sharing
from tests.planner.test_grouping import GRASS, PATHS, three_councils
from waywarden.planner.clusters.bounds.relaxing import location_of, shared_bound
from waywarden.planner.sites.proof.bounding import bound_of


@dataclass
class Optimum:
    value: float


def whole_bound(location, *, relaxed_rounds, exact_rounds):
    """Solve a location problem to its end: the best bound there could be."""
    return Optimum(optimum_of(location))


def bound(sharing, bound_with=whole_bound, **asked):
    rounds = {"relaxed_rounds": 60, "exact_rounds": 20}
    return shared_bound(sharing, bound_of=bound_with, **rounds, **asked)


@pytest.mark.parametrize("contiguous", [True, False])
def test_the_bound_is_never_above_the_best_plan(contiguous):
    for seed in range(24):
        sharing = made_up_sharing(
            seed, councils=5 + seed % 3, services=1 + seed % 3, contiguous=contiguous
        )
        best = cheapest_sharing(sharing)

        assert bound(sharing).value <= best * (1 + 1e-9)
        assert bound(sharing, bound_of).value <= best * (1 + 1e-9)


def test_the_bound_holds_however_coordination_is_shared_out():
    shares = np.random.default_rng(1).dirichlet([0.5, 0.5, 0.5], size=12)
    for seed, share in enumerate(shares):
        sharing = made_up_sharing(seed, services=3, per_cluster=900.0, per_member=200.0)

        assert bound(sharing, shares=share).value <= cheapest_sharing(sharing) * (1 + 1e-9)


def test_of_one_service_that_nobody_needs_to_adjoin_for_the_bound_is_the_best_plan():
    # One service bears all of its coordination, so the location problem leaves nothing out but
    # that a cluster has two members: here none is better off as a cluster of one.
    sharing = made_up_sharing(4, services=1, contiguous=False)
    sharing.takes_part[:] = True

    assert bound(sharing).value == pytest.approx(cheapest_sharing(sharing))


def test_what_is_not_shared_is_counted_as_it_is():
    sharing = made_up_sharing(4, services=2)
    sharing.takes_part[:, 1] = False

    found = bound(sharing)

    assert found.by_service[1] == 0
    assert found.apart == sharing.alone[~sharing.takes_part].sum()
    assert found.value == found.by_service.sum() + found.apart


def test_a_service_by_itself_is_a_location_problem_of_those_who_take_part():
    location, rows, ways, leads = location_of(three_councils(), PATHS)

    # Wychbourne and Coldbrook, each in its one way, 3 km apart, and 9 + 2 of coordination.
    assert rows == (0, 1)
    assert ways.tolist() == [0, 0]
    assert leads.tolist() == [0, 1]
    assert location.leads.tolist() == location.homes.tolist() == [0, 1]
    assert location.setups.tolist() == [10 + 9, 8 + 9]
    # Wychbourne's work is 4, with 3 trips; Coldbrook's 6, with 1.
    assert location.starts.tolist() == [0, 2, 4]
    assert location.sites.tolist() == [0, 1, 0, 1]
    assert location.costs.tolist() == [4 + 2, 4 + 2 * 3 * 3 + 2, 6 + 2 * 3 * 1 + 2, 6 + 2]
    assert location.alone.tolist() == [20, 25]


def test_a_lead_has_a_site_for_each_way_that_is_open_to_it():
    location, rows, ways, leads = location_of(three_councils(), GRASS, 0.5)

    assert rows == (0, 1, 2)
    assert leads.tolist() == [0, 0, 1]
    assert location.leads.tolist() == [0, 0, 1]
    assert ways.tolist() == [0, 1, 0]
    assert location.setups.tolist() == [100 + 4.5, 20 + 4.5, 100 + 4.5]
    # The firm has room for anything: for all there is, that is 19.
    assert location.capacities == pytest.approx([18, 19, 19])
    # From Wychbourne's firm, Little Haye: 4 x 5 of work, 3 of call-out and half of 2.
    assert location.costs[location.starts[2] :].tolist() == [10 + 7 + 1, 20 + 3 + 1, 10 + 4 + 1]


def test_a_site_does_not_reach_beyond_the_limit_or_its_capacity():
    near = location_of(three_councils(limit_km=5.0), GRASS).location
    assert near.sites[near.starts[2] :].tolist() == [2]

    sharing = three_councils()
    sharing.capacity[0, GRASS, 0] = 8.0  # 5 of its own, 4 of Little Haye's, 10 of Coldbrook's
    full = location_of(sharing, GRASS).location
    assert full.sites.tolist() == [0, 1, 2, 1, 2, 1, 2]


def test_a_council_that_cannot_do_its_own_work_has_no_site():
    sharing = three_councils()
    sharing.capacity[0, GRASS, 0] = 4.0

    assert location_of(sharing, GRASS).ways.tolist() == [1, 0]


def test_without_a_limit_every_lead_reaches_everyone():
    sharing = made_up_sharing(3, councils=9)
    sharing = replace(sharing, capacity=sharing.capacity * np.inf)
    sharing.takes_part[:] = True

    endless = location_of(replace(sharing, limit_km=np.inf), 0).location
    no_roads = location_of(replace(sharing, road_factor=0.0), 0).location

    assert np.diff(endless.starts).tolist() == [len(endless.setups)] * 9
    assert np.diff(no_roads.starts).tolist() == [len(endless.setups)] * 9


def test_a_service_nobody_can_lead_has_councils_and_no_sites():
    sharing = made_up_sharing(3)
    sharing.setup[:] = np.inf

    location = location_of(sharing, 0).location

    assert len(location.setups) == len(location.costs) == 0
    assert len(location.alone) == sharing.takes_part[:, 0].sum()
