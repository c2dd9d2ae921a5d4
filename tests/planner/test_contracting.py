"""The rules on a service by itself: who is tied is one council, and locks leave out arcs."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from tests.planner.made_up_rules import ruled_county
from tests.planner.optimum import optimum_of
from tests.planner.oracle_rules import alone_cost, cheapest_of_service, cheapest_plan, takes_part
from waywarden.planner import (
    Council,
    DeliveryModel,
    Outside,
    Problem,
    Provider,
    Service,
    Work,
)
from waywarden.planner.clusters.bounds.relaxing import location_of, shared_bound
from waywarden.planner.sharing import sharing_of
from waywarden.planner.sites.proof.bounding import bound_of

GRASS, PATHS = Service("grass", "Village grass", "m2"), Service("paths", "Paths", "m")
OWN_STAFF = DeliveryModel("own staff", 100.0, 2.0, 40.0)
EAST = {"wychbourne": 0.0, "coldbrook": 3.0, "little-haye": 7.0}


def village(key, **services):
    """Return a council on a road that could do its work of each service, or hire a firm."""
    work = {
        name: Work(
            amount, amount / 2, 1.0, 2.0, models=(OWN_STAFF,), outside=(Outside("firm", 500.0),)
        )
        for name, amount in services.items()
    }
    return Council(key, key.title(), EAST[key], 0.0, work)


WYCHBOURNE = village("wychbourne", grass=20.0, paths=8.0)
COLDBROOK = village("coldbrook", grass=10.0, paths=4.0)
LITTLE_HAYE = village("little-haye", grass=6.0)


def three_villages(**rules):
    usual = {"road_factor": 1.0, "cost_per_km": 1.0, "per_cluster": 9.0, "per_member": 2.0}
    councils = (WYCHBOURNE, COLDBROOK, LITTLE_HAYE)
    return Problem(councils, (GRASS, PATHS), **usual | rules)


def located(service, **rules):
    return location_of(sharing_of(three_villages(**rules)), service)


def rows_of(place):
    return [rows.tolist() for rows in place.rows]


def sites_of(place, council):
    location = place.location
    return location.sites[location.starts[council] : location.starts[council + 1]].tolist()


def test_councils_that_are_together_are_one_that_cannot_go_alone():
    place = located(0, together=[("wychbourne", "little-haye")])

    assert rows_of(place) == [[0, 2], [1]]
    assert place.location.demands.tolist() == [13.0, 5.0]
    assert place.location.alone.tolist() == [math.inf, 500.0]
    # Led by Wychbourne, Coldbrook or Little Haye, which is at home in the pair.
    assert place.leads.tolist() == [0, 1, 2]
    assert place.location.homes.tolist() == [0, 1, 0]
    # Wychbourne for both: 2 x 26, 2 members at 2, and 2 x 7 km for each of 2 trips.
    assert sites_of(place, 0) == [0, 1, 2]
    assert place.location.costs[0] == 52 + 4 + 28


def test_those_who_are_together_are_let_go_where_one_takes_no_part():
    place = located(1, together=[("wychbourne", "little-haye")])
    assert rows_of(place) == [[0], [1]]
    assert place.location.alone.tolist() == [500.0, 500.0]


def test_a_pair_is_served_only_from_where_both_can_be():
    place = located(0, together=[("wychbourne", "little-haye")], travel_limit_km=4.0)
    assert rows_of(place) == [[0, 2], [1]]
    # From Coldbrook it is 3 km to the one and 4 km to the other; between these it is 7.
    assert sites_of(place, 0) == [1]


def test_who_is_locked_to_another_is_one_with_it_and_served_by_it():
    place = located(0, locks={("little-haye", "grass"): "coldbrook"})
    assert rows_of(place) == [[0], [1, 2]]
    assert place.leads[sites_of(place, 1)].tolist() == [1]
    assert place.location.alone.tolist() == [500.0, math.inf]


def test_who_is_locked_to_a_provider_has_no_way_but_to_it():
    company = Provider("company", "Company", 5.0, 0.0, {"grass": (OWN_STAFF,)})
    place = located(
        0, providers=[company], locks={("little-haye", "grass"): "company"}, travel_limit_km=4.0
    )
    assert rows_of(place) == [[0], [1], [2]]
    assert place.leads[sites_of(place, 2)].tolist() == [3]
    assert place.location.alone.tolist() == [500.0, 500.0, math.inf]


def test_who_is_locked_to_itself_leads():
    place = located(0, locks={("coldbrook", "grass"): "coldbrook"})
    assert sites_of(place, 1) == [1]
    assert place.location.homes[1] == 1


def test_those_who_are_apart_are_so_with_whom_they_are_tied_to():
    place = located(
        0,
        together=[("wychbourne", "coldbrook")],
        apart=[("little-haye", "coldbrook")],
    )
    assert rows_of(place) == [[0, 1], [2]]
    assert place.location.apart_starts.tolist() == [0, 1, 2]
    assert place.location.apart.tolist() == [1, 0]


def test_a_provider_has_sites_without_a_home_from_where_it_is():
    crew = DeliveryModel("crew", 50.0, 3.0)
    company = Provider("company", "Company", 5.0, 0.0, {"grass": (crew,)})

    place = located(0, providers=[company], travel_limit_km=4.0)

    assert place.leads.tolist() == [0, 1, 2, 3]
    assert place.location.homes.tolist() == [0, 1, 2, -1]
    # Wychbourne is 5 km away. To Coldbrook: 3 x 10, a member at 2, 2 x 2 km for each of 2 trips.
    assert [3 in sites_of(place, council) for council in range(3)] == [False, True, True]
    assert place.location.costs[place.location.starts[2] - 1] == 30 + 2 + 8
    assert place.location.setups[3] == 50 + 9


@pytest.mark.parametrize(
    ("capacity", "rules", "contracts"),
    [
        (math.inf, {}, 1),
        # Peaks of 10, 5 and 3 are 18 in all: of two contracts that cannot be one, both hold 11.
        (11.0, {}, 3),
        (4.0, {}, 1),
        (math.inf, {"most_members": 2}, 3),
        (math.inf, {"apart": [("wychbourne", "coldbrook")]}, 3),
        (1.0, {}, 0),
    ],
)
def test_a_provider_has_as_many_contracts_as_could_be_worth_it(capacity, rules, contracts):
    crew = DeliveryModel("crew", 50.0, 3.0, capacity)
    company = Provider("company", "Company", 5.0, 0.0, {"grass": (crew,)})
    place = located(0, providers=[company], **rules)
    assert np.count_nonzero(place.leads == 3) == contracts
    assert len(set(place.location.leads.tolist())) == 3 + contracts


def test_the_ways_of_a_table_count_and_what_is_not_in_it_is_out_of_reach():
    travel = {("coldbrook", "wychbourne"): 2.5, ("coldbrook", "little-haye"): 9.0}
    place = located(0, travel=travel)
    assert [sites_of(place, council) for council in range(3)] == [[0, 1], [0, 1, 2], [1, 2]]
    near = located(0, travel=travel, travel_limit_km=8.0)
    assert [sites_of(near, council) for council in range(3)] == [[0, 1], [0, 1], [2]]
    # 2 x 20, a member at 2, and 2 x 2.5 km for each of 2 trips.
    assert place.location.costs[1] == 40 + 2 + 10


def test_a_service_by_itself_is_exactly_its_location_problem_under_every_rule():
    feasible = 0
    for seed in range(80):
        problem = ruled_county(seed, often=OFTEN)
        sharing = sharing_of(problem)
        for column, service in enumerate(problem.services):
            place = location_of(sharing, column)
            best = cheapest_of_service(problem, service)
            only_alone = sum(
                alone_cost(problem, council, service)
                for council in problem.councils
                if not takes_part(problem, council, service)
            )
            assert optimum_of(place.location) + only_alone == pytest.approx(best)
            feasible += math.isfinite(best)
    assert feasible > 80


OFTEN = {
    "providers": 0.7,
    "travel": 0.4,
    "together": 0.7,
    "locks": 0.5,
    "tight": 0.4,
    "must_join": 0.2,
}


@dataclass
class Optimum:
    value: float


def test_the_bound_on_shared_plans_holds_under_every_rule():
    feasible = 0
    for seed in range(100):
        problem = ruled_county(seed)
        best = cheapest_plan(problem, "shared")
        if math.isinf(best):
            continue
        feasible += 1
        rounds = {"relaxed_rounds": 20, "exact_rounds": 5}
        highest = shared_bound(sharing_of(problem), **rounds, bound_of=whole)
        assert highest.value <= best * (1 + 1e-9)
        if feasible < 20:
            found = shared_bound(sharing_of(problem), **rounds, bound_of=bound_of)
            assert found.value <= highest.value * (1 + 1e-9)
    assert feasible > 30


def whole(location, **rounds):
    return Optimum(optimum_of(location))


def test_who_is_locked_in_one_service_is_in_a_cluster_with_all():
    problem = three_villages(
        locks={("coldbrook", "paths"): "wychbourne"},
        travel_limit_km=4.0,
    )
    bounded = []

    def keep(location, **rounds):
        bounded.append(location)
        return whole(location)

    shared_bound(sharing_of(problem), relaxed_rounds=1, exact_rounds=1, bound_of=keep)

    # Grass too: Coldbrook is with Wychbourne, 10 + 5 in the peak month, and not alone.
    assert bounded[0].demands.tolist() == [15.0, 3.0]
    assert bounded[0].alone.tolist() == [math.inf, 500.0]
    # Each could lead the pair; only Coldbrook reaches Little Haye, 4 km away, and no lead both.
    assert np.diff(bounded[0].starts).tolist() == [2, 2]


def test_who_cannot_have_one_service_alone_has_none_alone_in_a_shared_plan():
    work = {key: replace(one, outside=()) for key, one in COLDBROOK.work.items()}
    stuck = replace(COLDBROOK, work=COLDBROOK.work | {"paths": work["paths"]})
    problem = replace(three_villages(), councils=(WYCHBOURNE, stuck, LITTLE_HAYE))
    alone = []

    def keep(location, **rounds):
        alone.append(location.alone.tolist())
        return whole(location)

    shared_bound(sharing_of(problem), relaxed_rounds=1, exact_rounds=1, bound_of=keep)

    assert alone == [[500.0, math.inf, 500.0], [500.0, math.inf]]
