"""The bound on a plan of one service, and the knapsacks it rests on."""

import math

import numpy as np
import pytest

from benchmarks.instances import location
from tests.planner.oracle_location import any_location, cheapest_plan
from waywarden.planner import Infeasible, Location
from waywarden.planner.sites.billing import bill
from waywarden.planner.sites.grounds import ground_of
from waywarden.planner.sites.knapsacks import STEPS, desk_for, field_of, weigh_all
from waywarden.planner.sites.proof.bounding import bound_of

INFINITE = math.inf


def one_site(gains: list[float], demands: list[float], room: float, most: int = 0) -> Location:
    """Return a problem with one site that costs nothing, where councils pay their gains."""
    count = len(gains)
    return Location(
        starts=np.arange(count + 1),
        sites=np.zeros(count, dtype=np.int64),
        costs=np.zeros(count),
        demands=np.array(demands),
        capacities=np.array([room]),
        setups=np.zeros(1),
        leads=np.zeros(1, dtype=np.int64),
        homes=np.array([-1]),
        alone=np.array(gains),
        most_members=most,
    )


def gain(problem: Location, *, exact: bool) -> float:
    field = field_of(ground_of(problem))
    worths, taken, best = np.zeros(1), np.zeros(len(field.costs)), np.zeros(1, dtype=np.int64)
    weigh_all(field, problem.alone, exact, False, worths, taken, best, desk_for(field))
    return float(-worths[0])


def test_a_knapsack_filled_in_part_takes_the_best_for_its_size_first() -> None:
    # 60 for 10 is 6 a unit, 100 for 20 is 5, 120 for 30 is 4: the first two, and two thirds.
    problem = one_site([60, 100, 120], [10, 20, 30], 50)

    assert gain(problem, exact=False) == pytest.approx(60 + 100 + 120 * 20 / 30)


def test_a_knapsack_filled_whole_takes_what_together_gains_most() -> None:
    # The second and third fill it: 220. The first with either gains less.
    problem = one_site([60, 100, 120], [10, 20, 30], 50)

    assert gain(problem, exact=True) == 220


def test_a_knapsack_with_few_places_takes_the_best_whatever_they_weigh() -> None:
    problem = one_site([60, 100, 120], [10, 20, 30], 60, most=2)

    assert gain(problem, exact=True) == 220


def best_filling(gains: list[float], demands: list[float], room: float) -> float:
    best = 0.0
    for chosen in range(1 << len(gains)):
        inside = [thing for thing in range(len(gains)) if chosen >> thing & 1]
        if sum(demands[thing] for thing in inside) <= room:
            best = max(best, sum(gains[thing] for thing in inside))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_a_whole_knapsack_of_whole_demands_is_exact(seed: int) -> None:
    draw = np.random.default_rng(seed)
    demands = draw.integers(0, 30, 9).astype(float).tolist()
    gains = draw.uniform(0, 50, 9).round(2).tolist()
    room = float(draw.integers(30, 120))

    found = gain(one_site(gains, demands, room), exact=True)

    assert found == pytest.approx(best_filling(gains, demands, room))


@pytest.mark.parametrize("seed", range(40))
def test_a_knapsack_of_fractions_never_gains_too_little_and_hardly_too_much(seed: int) -> None:
    draw = np.random.default_rng(seed)
    demands = draw.uniform(0, 30, 9).tolist()
    gains = draw.uniform(0, 50, 9).tolist()
    room = float(draw.uniform(30, 120))
    best = best_filling(gains, demands, room)
    # Nine demands rounded down give back at most nine steps.
    roomier = best_filling(gains, demands, room * (1 + 9 / STEPS))

    found = gain(one_site(gains, demands, room), exact=True)

    assert best - 1e-9 <= found <= roomier + 1e-6
    assert found <= gain(one_site(gains, demands, room), exact=False) + 1e-9


@pytest.mark.parametrize("seed", range(150))
def test_no_plan_costs_less_than_the_bound(seed: int) -> None:
    problem = any_location(np.random.default_rng(seed))
    try:
        bound = bound_of(problem, relaxed_rounds=30, exact_rounds=15)
    except Infeasible:
        assert cheapest_plan(problem) == INFINITE
        return

    assert bound.value <= cheapest_plan(problem)


def test_whole_knapsacks_lift_the_bound() -> None:
    problem = location(80, 1)

    relaxed = bound_of(problem, relaxed_rounds=100, exact_rounds=0)
    exact = bound_of(problem, relaxed_rounds=100, exact_rounds=50)

    assert exact.value > relaxed.value


def test_the_bound_comes_with_a_plan_to_start_from() -> None:
    problem = location(80, 1)

    bound = bound_of(problem, relaxed_rounds=100, exact_rounds=50)

    assert bound.start_cost == pytest.approx(bill(problem, bound.start))
    assert bound.value <= bound.start_cost <= 1.1 * bound.value


def test_a_demand_that_fits_nowhere_is_named() -> None:
    problem = location(10, 1)
    problem.demands[3] = 1e6

    with pytest.raises(Infeasible, match=r"Council 4 cannot go alone, and no site can serve it"):
        bound_of(problem, relaxed_rounds=1, exact_rounds=0)


def test_more_work_than_all_sites_have_room_for_is_refused() -> None:
    problem = location(10, 1)
    problem.capacities[1:] = 0
    problem.capacities[0] = problem.demands.max()

    with pytest.raises(Infeasible, match=r"want [0-9.e+]+ in all, and the sites together"):
        bound_of(problem, relaxed_rounds=1, exact_rounds=0)


def test_more_open_sites_than_there_are_is_refused() -> None:
    # Two ways of one lead, of which one may be open, and two are to be.
    both = {"capacities": [2, 2], "setups": [0, 0], "leads": [0, 0], "homes": [-1, -1]}
    problem = Location(**{**vars(one_site([5, 5], [1, 1], 2)), **both, "opened": 2})

    with pytest.raises(Infeasible, match="2 sites are to be open, and fewer could be"):
        bound_of(problem, relaxed_rounds=1, exact_rounds=0)
