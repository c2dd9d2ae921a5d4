"""Small problems of one service are proved to the end."""

import math
from threading import Event

import numpy as np
import pytest

from benchmarks.instances import location
from benchmarks.peers.highs import ask_highs
from tests.planner.oracle_location import any_location, cheapest_plan, choices, cost_of
from waywarden.planner import Infeasible, Location
from waywarden.planner.sites.billing import bill, breaches
from waywarden.planner.sites.grounds import ground_of, rows_of
from waywarden.planner.sites.locating import Located, best_location
from waywarden.planner.sites.proof.bounding import bound_of
from waywarden.planner.sites.proof.branching import MOST_ARCS, branched, nodes_worth
from waywarden.planner.sites.proof.thinning import thinned


def proved(problem: Location, nodes: int = 2_000, moves: int = 200) -> Located:
    return best_location(problem, moves=moves, relaxed_rounds=40, exact_rounds=20, nodes=nodes)


def few_sites(sites: int, councils: int, seed: int) -> Location:
    """Return a few sites with room for all councils one and a half times, far and near."""
    draw = np.random.default_rng(seed)
    ends, places = draw.uniform(0, 100, (councils, 2)), draw.uniform(0, 100, (sites, 2))
    away = ends[:, None] - places[None]
    demands = draw.integers(10, 50, councils).astype(float)
    return Location(
        starts=np.arange(0, councils * sites + 1, sites),
        sites=np.tile(np.arange(sites), councils),
        costs=np.round(np.sqrt((away * away).sum(axis=2))).ravel(),
        demands=demands,
        capacities=np.full(sites, np.ceil(1.5 * demands.sum() / sites)),
        setups=draw.integers(100, 300, sites),
        leads=np.arange(sites),
        homes=np.full(sites, -1),
        alone=np.full(councils, math.inf),
    )


@pytest.mark.parametrize("seed", range(120))
def test_a_problem_of_any_kind_is_proved_to_its_best_plan(seed: int) -> None:
    problem = any_location(np.random.default_rng(seed))
    best = cheapest_plan(problem)
    try:
        plan = proved(problem)
    except Infeasible:
        assert best == math.inf
        return

    assert plan.cost == pytest.approx(best)
    assert plan.bound == pytest.approx(plan.cost)
    assert plan.bound <= best + 1e-6
    assert bill(problem, plan.assignment) == plan.cost


def test_as_many_sites_are_opened_as_asked_whatever_the_rules() -> None:
    drawn = [any_location(np.random.default_rng(seed)) for seed in range(300, 900)]
    asked = [problem for problem in drawn if problem.opened]
    best = [cheapest_plan(problem) for problem in asked]
    there_is_one = [math.isfinite(cost) for cost in best]

    found = [_cost_or_none(problem) for problem in asked]

    assert [cost is not None for cost in found] == there_is_one
    assert [cost for cost in found if cost is not None] == pytest.approx(
        [cost for cost in best if math.isfinite(cost)]
    )


def _cost_or_none(problem: Location) -> float | None:
    try:
        return proved(problem, moves=100).cost
    except Infeasible:
        return None


@pytest.mark.parametrize("seed", range(200, 260))
def test_from_any_plan_branching_alone_finds_the_best(seed: int) -> None:
    problem = any_location(np.random.default_rng(seed))
    best = cheapest_plan(problem)
    dear = _dearest_plan(problem)
    if dear is None:
        return
    bound = bound_of(problem, relaxed_rounds=3, exact_rounds=0)

    found = branched(problem, bound, dear, nodes=2_000)

    assert found.cost == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert bill(problem, found.plan) == found.cost


def _dearest_plan(problem: Location) -> np.ndarray | None:
    draw, worst = np.random.default_rng(0), None
    places = [choices(problem, council) for council in range(len(problem.demands))]
    for _ in range(300):
        plan = tuple(place[int(draw.integers(len(place)))] for place in places)
        cost = cost_of(problem, plan)
        if math.isfinite(cost) and (worst is None or cost > worst[0]):
            worst = cost, np.array([site for site, _ in plan])
    return None if worst is None else worst[1]


@pytest.mark.parametrize("seed", range(3))
def test_ten_sites_and_thirty_councils_are_proved_as_an_integer_solver_does(seed: int) -> None:
    problem = few_sites(10, 30, seed)
    proven = ask_highs(problem, seconds=60)

    plan = proved(problem)

    assert plan.cost == pytest.approx(proven.cost)
    assert plan.bound == pytest.approx(plan.cost)


def test_thinning_keeps_every_cheaper_plan_and_leaves_some_arcs_out() -> None:
    problem = few_sites(10, 30, 1)
    best = proved(problem)
    bound = bound_of(problem, relaxed_rounds=120, exact_rounds=60)

    thin = thinned(ground_of(problem), bound, 1.005 * best.cost)

    arcs = set(zip(rows_of(thin.starts), thin.sites, strict=True))
    assert set(enumerate(best.assignment)) <= arcs
    assert len(arcs) < 0.8 * len(problem.sites)


def test_a_problem_stays_unproved_where_the_nodes_run_out() -> None:
    problem = few_sites(10, 30, 1)

    plan, whole = proved(problem, nodes=4, moves=0), proved(problem, nodes=2_000)

    assert not list(breaches(problem, plan.assignment))
    assert plan.bound < whole.cost <= plan.cost
    assert plan.bound <= whole.cost


def test_a_county_is_too_large_to_branch() -> None:
    problem = location(320, 1)

    plain, proof = proved(problem, nodes=0), proved(problem, nodes=10_000)

    assert plain.cost == proof.cost
    assert plain.bound == proof.bound


def test_of_a_very_large_county_no_part_is_tried() -> None:
    problem = location(2_600, 1)
    bound = bound_of(problem, relaxed_rounds=1, exact_rounds=0)

    assert len(problem.sites) > MOST_ARCS
    assert nodes_worth(problem, bound, math.inf, 1_000) == 0


def test_fewer_parts_are_tried_where_more_arcs_are_left() -> None:
    # 12 sites and 40 councils leave at most 480 arcs; 30 and 70 all of their 2,100 without a plan.
    small, larger = few_sites(12, 40, 5), few_sites(30, 70, 5)

    tried = [
        nodes_worth(problem, bound_of(problem, relaxed_rounds=5, exact_rounds=0), math.inf, 441)
        for problem in (small, larger)
    ]

    # (1,500 / 2,100) squared of 441 is 225.
    assert tried == [441, 225]


def test_a_proof_that_is_stopped_gives_the_best_so_far() -> None:
    stop, told = Event(), []

    def watch(stage: str, done: float, cost: float, bound: float) -> None:
        told.append((stage, done))
        if stage == "proof":
            stop.set()

    plan = best_location(
        few_sites(10, 30, 1),
        moves=200,
        relaxed_rounds=40,
        exact_rounds=20,
        nodes=2_000,
        progress=watch,
        stop=stop,
    )

    assert plan.bound <= plan.cost
    assert [stage for stage, _ in told].count("proof") == 1
    assert [done for _, done in told] == sorted(done for _, done in told)
