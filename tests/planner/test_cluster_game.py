"""What every group of a real cluster's members would pay by itself, and the rules that use it."""

import math
import time
from dataclasses import replace

import pytest

from tests.planner import made_up
from tests.planner.oracle_stable import every_group
from waywarden.planner import Effort, Infeasible, Provider, cluster_game, plan
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.councils import DeliveryModel
from waywarden.planner.shares import core_excess, share_costs
from waywarden.planner.sharing import sharing_of

BRIEF = Effort(shared_moves=3_000, service_moves=300, relaxed_rounds=30, exact_rounds=10)


def keys(problem):
    return [council.key for council in problem.councils]


def cheapest_parting(sharing, group):
    """Return the cost of a group, parted into clusters and councils alone as is cheapest."""
    if not group:
        return 0.0
    first, others = group[0], group[1:]
    joined = [(), *every_group(others)] if others else [()]
    return min(
        cluster_cost(sharing, [first, *some])[0]
        + cheapest_parting(sharing, tuple(row for row in others if row not in some))
        for some in joined
    )


def shared_only(sharing):
    """Leave out what councils pay for services they do not share, wherever they go."""
    return replace(sharing, alone=sharing.alone * sharing.takes_part)


RULES = (
    {},
    {"neighbours": made_up.ring(6)},
    {"apart": (("council-0", "council-1"), ("council-2", "council-4"))},
    {"most_members": 3},
    {"travel_limit_km": 5.0},
    {
        "providers": (
            Provider("firm", "A firm", 4.0, 4.0, {"grass": (DeliveryModel("firm", 90.0, 8.0),)}),
        )
    },
)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rules", RULES)
def test_every_group_goes_as_best_it_can(seed: int, rules: dict) -> None:
    problem = made_up.county(seed, size=6, everyone=True, **rules)
    sharing = shared_only(sharing_of(problem))

    game = cluster_game(problem, keys(problem))

    assert game(()) == 0
    for group in every_group(tuple(range(6))):
        asked = [f"council-{row}" for row in group]
        assert game(asked) == pytest.approx(cheapest_parting(sharing, group))


def test_ties_and_locks_do_not_bind_those_who_would_leave() -> None:
    problem = made_up.county(3, size=6, everyone=True)
    bound = replace(problem, together=(("council-0", "council-5"),))

    assert cluster_game(bound, keys(bound)).costs == pytest.approx(
        cluster_game(problem, keys(problem)).costs
    )


def test_service_by_service_a_group_need_not_hang_together() -> None:
    # Along a road only 0 touches 1 and 1 touches 2; 0 and 2 may still share by themselves.
    road = (("council-0", "council-1"), ("council-1", "council-2"))
    free = made_up.county(3, size=3, everyone=True, per_cluster=0.0, per_member=0.0)
    problem = replace(free, neighbours=road)

    game, loose, tied = (
        cluster_game(one, keys(one), services=["grass"], touching=touching)
        for one, touching in ((free, True), (problem, False), (problem, True))
    )

    assert loose.costs == pytest.approx(game.costs)
    ends = ["council-0", "council-2"]
    assert loose(ends) < tied(ends) == tied(ends[:1]) + tied(ends[1:])


def test_one_service_counts_only_what_it_costs() -> None:
    problem = made_up.county(3, size=5, everyone=True)
    councils = [replace(one, work={"grass": one.work["grass"]}) for one in problem.councils]
    grass = replace(problem, services=problem.services[:1], councils=councils)

    game = cluster_game(problem, keys(problem), services=["grass"])

    assert game.costs == pytest.approx(cluster_game(grass, keys(grass)).costs)


def test_the_whole_may_cost_what_it_does_in_the_plan() -> None:
    problem = made_up.county(3, size=5, everyone=True)

    game = cluster_game(problem, keys(problem), whole=99_999.0)

    assert game(keys(problem)) == 99_999.0
    assert game(keys(problem)[:4]) < 99_999.0


def test_the_rules_of_sharing_answer_for_a_real_cluster() -> None:
    problem = made_up.county(2, size=8, everyone=True)
    found = plan(problem, effort=BRIEF, threads=1)
    cluster = max(found.clusters, key=lambda one: len(one.members))

    game = cluster_game(problem, cluster.members, whole=cluster.cost)
    shares = share_costs(game, game.players, rule="shapley")

    assert math.fsum(shares.values()) == pytest.approx(cluster.cost)
    assert core_excess(game, shares).excess < cluster.cost


def test_fourteen_members_of_eight_services_are_priced_in_seconds() -> None:
    problem = made_up.county(1, size=14, everyone=True)
    cluster_game(problem, keys(problem)[:2])
    begun = time.process_time()

    game = cluster_game(problem, keys(problem))

    assert len(game.costs) == 2**14
    assert time.process_time() - begun < 10


def test_what_cannot_be_priced_is_refused_plainly() -> None:
    problem = made_up.county(3, size=15, everyone=True)
    council = problem.councils[0]
    bound = replace(
        council, work={**council.work, "grass": replace(council.work["grass"], outside=())}
    )
    bound_problem = replace(problem, councils=(bound, *problem.councils[1:]))

    with pytest.raises(Infeasible, match="15 members have been given"):
        cluster_game(problem, keys(problem))
    with pytest.raises(Infeasible, match="A member is named twice"):
        cluster_game(problem, ["council-0", "council-0"])
    with pytest.raises(Infeasible, match="There is no service snow"):
        cluster_game(problem, ["council-0"], services=["snow"])
    with pytest.raises(Infeasible, match="Council 0 has no way to have Village grass without a"):
        cluster_game(bound_problem, ["council-0"])
    with pytest.raises(KeyError, match="No council has the key nowhere"):
        cluster_game(problem, ["nowhere"])
