"""Shares over a whole county that leave no group of councils better off by itself."""

import math
from contextlib import suppress
from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from tests.planner import made_up
from tests.planner.oracle_location import any_location, everyone_alone
from tests.planner.oracle_stable import (
    cost_at_best_site,
    every_group,
    largest_total,
)
from waywarden.planner import (
    Council,
    DeliveryModel,
    Effort,
    Infeasible,
    Location,
    Outside,
    Problem,
    Service,
    Work,
    plan,
    stable_shares,
)
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.clusters.proof.columns import Master
from waywarden.planner.shares.county import certificate
from waywarden.planner.sharing import sharing_of

BRIEF = Effort(shared_moves=3_000, service_moves=300, relaxed_rounds=30, exact_rounds=10)
EXACT = 1e-9
OWN = DeliveryModel("own", 100.0, 1.0, 40.0, travels=False)


def planned(problem, **wishes):
    return plan(problem, effort=BRIEF, threads=1, **wishes)


def numbers(location):
    return [str(row) for row in range(len(location.demands))]


def keys(problem):
    return [council.key for council in problem.councils]


def three_that_only_go_in_pairs() -> Location:
    """Return three councils, each alone for 10; any two could go together for 12.

    Sites 0, 1 and 2 stand at councils 0, 1 and 2, and serve their own and the next.
    """
    return Location(
        starts=[0, 2, 4, 6],
        sites=[0, 2, 0, 1, 1, 2],
        costs=[0.0] * 6,
        demands=[1.0] * 3,
        capacities=[2.0] * 3,
        setups=[12.0] * 3,
        leads=[0, 1, 2],
        homes=[0, 1, 2],
        alone=[10.0] * 3,
    )


def test_three_councils_of_which_two_go_together_need_a_grant() -> None:
    # Two together and one alone cost 12 + 10 = 22. Every pair must pay at most 12: the three
    # pairs hold each council twice, so that all pay at most (12 + 12 + 12) / 2 = 18. 22 - 18 = 4.
    location = three_that_only_go_in_pairs()

    found = stable_shares(location, planned(location), tolerance=EXACT)

    assert found.cost == 22
    assert found.shares == pytest.approx({"0": 6, "1": 6, "2": 6})
    assert found.total == pytest.approx(18)
    assert found.grant == pytest.approx(4)
    assert found.is_exact
    assert found.words == (
        "With a grant of 4 a year no group of councils would be better off in a cluster of its "
        "own; shares then pay 18 of the plan's 22, in the unit of the costs."
    )


def test_a_certificate_names_who_would_object_to_other_shares() -> None:
    location = three_that_only_go_in_pairs()
    found = stable_shares(location, planned(location), tolerance=EXACT)
    dearer = replace(found, by_service={**found.by_service, ("0", "service"): 10.5})

    objections = dearer.check(every_group(numbers(location)))

    # Council 0 alone for 10, with 1 for 12 and with 2 for 12, where they would pay 10.5 + 6.
    assert [(one.members, one.cost) for one in objections] == [
        (("0",), 10),
        (("0", "1"), 12),
        (("0", "2"), 12),
    ]
    assert objections[1].excess == pytest.approx(4.5)


def any_plan(seed):
    """Return a small problem of any kind that has a plan, and the plan."""
    draw = np.random.default_rng(seed)
    while True:
        location = any_location(draw)
        with suppress(Infeasible):
            return location, planned(location)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("hired", [True, False])
def test_stable_shares_of_one_service_are_the_largest_there_are(seed: int, hired: bool) -> None:
    location, plan_found = any_plan(seed)
    groups = every_group(numbers(location))

    def cost(group):
        return cost_at_best_site(location, [int(row) for row in group], hired=hired)

    largest = largest_total(cost, numbers(location))
    if math.isinf(largest):
        # Only a site without a home could serve someone.
        assert not hired
        with pytest.raises(Infeasible, match="cannot go alone, and no site can serve it"):
            stable_shares(location, plan_found, hired=hired)
        return
    found = stable_shares(location, plan_found, hired=hired, tolerance=EXACT)

    assert found.ceiling >= min(largest, plan_found.cost) - 1e-6
    assert found.check(groups) == []
    for group in groups:
        assert sum(found.shares[row] for row in group) <= cost(group) + 1e-6
    # Demands in tenths are rounded to fill a knapsack; whole ones leave nothing between.
    # What keeps councils apart is no part of a knapsack, nor that some stand for several.
    is_whole = np.array_equal(location.demands, np.round(location.demands))
    if is_whole and not len(location.apart) and not (location.sizes > 1).any():
        assert found.total == pytest.approx(min(largest, plan_found.cost), abs=1e-6)
        assert found.is_exact


def test_a_council_that_none_but_an_outside_lead_can_serve_is_named() -> None:
    location = replace(
        three_that_only_go_in_pairs(), homes=[0, -1, 2], alone=[10.0, math.inf, 10.0]
    )
    location = replace(location, starts=[0, 2, 3, 5], sites=[0, 2, 1, 1, 2], costs=[0.0] * 5)

    assert stable_shares(location, planned(location)).shares["1"] <= 12
    with pytest.raises(Infeasible, match="Council 2 cannot go alone, and no site can serve it"):
        stable_shares(location, planned(location), hired=False)


def test_a_plan_in_which_everyone_is_best_alone_needs_no_grant() -> None:
    location = replace(three_that_only_go_in_pairs(), setups=[90.0] * 3)

    found = stable_shares(location, planned(location), tolerance=EXACT)

    assert (planned(location).clusters, everyone_alone(location).tolist()) == ((), [-1, -1, -1])
    assert found.grant == 0
    assert found.shares == pytest.approx({"0": 10, "1": 10, "2": 10})
    assert found.words.startswith("No grant is needed")


@pytest.mark.parametrize("seed", range(12))
def test_service_by_service_no_group_is_better_off_in_any(seed: int) -> None:
    problem = made_up.county(seed, size=6)
    plan_found = planned(problem, shape="per_service")

    found = stable_shares(problem, plan_found, tolerance=EXACT)

    assert found.check(every_group(keys(problem))) == []
    assert found.total <= plan_found.cost + 1e-6
    assert found.total == pytest.approx(sum(found.shares.values()))
    assert found.is_exact
    dearer = {place: share + 1.0 for place, share in found.by_service.items()}
    assert replace(found, by_service=dearer).check(every_group(keys(problem)))


def cost_in_clusters(problem):
    """Return what a group of rows would cost as one shared cluster, or a council alone."""
    sharing = sharing_of(problem)
    return lambda rows: cluster_cost(sharing, rows)[0]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("contiguous", [True, False])
def test_shares_of_shared_clusters_of_few_councils_are_the_largest_there_are(
    seed: int, contiguous: bool
) -> None:
    rules = {"neighbours": made_up.ring(6)} if contiguous else {}
    problem = made_up.county(seed, size=6, **rules)
    plan_found = planned(problem)
    largest = largest_total(cost_in_clusters(problem), list(range(6)))

    found = stable_shares(problem, plan_found)

    assert found.check(every_group(keys(problem))) == []
    assert found.total == pytest.approx(min(largest, plan_found.cost), rel=1e-5)
    assert found.ceiling == pytest.approx(min(largest, plan_found.cost))
    assert found.is_exact
    assert "at most" not in found.words


def alike(count, **rules):
    """Return councils in a row that pay 80 alone; a cluster costs 100 and 10 for each."""
    work = {"a": Work(10.0, 5.0, models=(OWN,), outside=(Outside("alone", 80.0),))}
    councils = [Council(str(n), str(n), float(n), 0.0, work) for n in range(count)]
    return Problem(councils, (Service("a", "a"),), **rules)


def test_a_group_that_would_not_hang_together_keeps_no_share_down() -> None:
    # 0 and 2 touch only 1, who stays out: all pay 80. Need they not touch, they pay 120 together.
    problem = alike(3, neighbours=(("0", "1"), ("1", "2")), excluded=("1",))
    loose = replace(problem, neighbours=None)

    found = stable_shares(problem, planned(problem))

    assert found.total == pytest.approx(240)
    assert found.check(every_group("012")) == []
    assert stable_shares(loose, planned(problem)).total == pytest.approx(200)
    [objection] = replace(found, problem=loose).check(every_group("012"))
    assert (objection.members, objection.cost) == (("0", "2"), 120)


def test_where_clusters_are_not_priced_the_grant_is_at_most() -> None:
    problem = made_up.county(1, size=6, everyone=True)
    plan_found = planned(problem)

    summed = stable_shares(problem, plan_found, pricings=0)
    priced = stable_shares(problem, plan_found)

    assert priced.total > summed.total + 30
    assert (summed.is_exact, summed.least_grant) == (False, 0)
    assert summed.words.startswith(f"With a grant of at most {summed.grant:,.0f} a year no group")
    assert summed.check(every_group(keys(problem))) == []


def test_more_than_thirty_councils_that_need_not_hang_together_are_not_priced() -> None:
    problem = alike(31, most_members=3)

    # Three in a cluster cost 100 + 3 x 10 = 130, so that 31 pay at most 31 x 130 / 3 = 1,343.
    found = stable_shares(problem, planned(problem))

    assert found.total == pytest.approx(31 * 130 / 3)
    assert found.ceiling == found.cost
    assert not found.is_exact


def test_prices_of_all_clusters_are_told_of_after_those_of_each_service() -> None:
    problem, told = made_up.county(1, size=6, everyone=True), []

    stable_shares(problem, planned(problem), progress=lambda *now: told.append(now))

    done = [now[0] for now in told]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert {part <= 0.5 for part in done} == {True, False}


def test_a_stopped_search_does_not_begin_to_price_clusters() -> None:
    problem, stop = made_up.county(1, size=6, everyone=True), Event()
    stop.set()

    found = stable_shares(problem, planned(problem), stop=stop)

    assert found.ceiling == found.cost
    assert found.check(every_group(keys(problem))) == []


def test_shares_of_shared_clusters_that_are_raised_meet_an_objection() -> None:
    problem = made_up.county(3, size=6)
    found = stable_shares(problem, planned(problem), tolerance=EXACT)
    dearer = {place: share * 1.5 for place, share in found.by_service.items()}

    objections = replace(found, by_service=dearer).check(every_group(keys(problem)))

    assert objections
    assert {one.service for one in objections} == {""}


def test_what_ties_councils_in_the_plan_does_not_bind_those_who_would_leave_it() -> None:
    problem = made_up.county(3, size=6, everyone=True)
    tied = replace(problem, together=(("council-0", "council-5"),))
    free, bound = (planned(one, shape="per_service") for one in (problem, tied))

    same = stable_shares(problem, free).by_service

    assert stable_shares(tied, bound).by_service == pytest.approx(same)


def test_where_some_may_not_be_together_the_grant_is_at_most() -> None:
    problem = made_up.county(3, size=6, everyone=True)
    kept_apart = replace(problem, apart=(("council-0", "council-1"),))

    found = stable_shares(kept_apart, planned(kept_apart, shape="per_service"), tolerance=EXACT)

    assert not found.is_exact
    assert found.words.startswith(f"With a grant of at most {found.grant:,.0f} a year no group")
    assert found.least_grant == 0
    assert found.check(every_group(keys(problem))) == []


def test_the_search_can_be_stopped_and_followed_and_is_stable_all_the_same() -> None:
    location = three_that_only_go_in_pairs()
    plan_found, stop, told = planned(location), Event(), []
    stop.set()

    found = stable_shares(
        location, plan_found, stop=stop, progress=lambda *how_far: told.append(how_far)
    )

    assert found.rounds == 0
    assert found.check(every_group(numbers(location))) == []
    assert told[-1][0] == 1.0


def test_a_council_there_is_not_is_named() -> None:
    problem = made_up.county(3, size=4)
    found = stable_shares(problem, planned(problem))

    with pytest.raises(KeyError, match="No council has the key nowhere"):
        found.check([["nowhere"]])


@pytest.mark.parametrize("shape", ["shared", "per_service"])
def test_shares_are_the_same_on_one_thread_and_two(shape: str) -> None:
    problem = made_up.county(5, size=8)
    plan_found = planned(problem, shape=shape)

    one, other = (stable_shares(problem, plan_found, threads=threads) for threads in (1, 2))

    assert one.by_service == other.by_service
    assert math.isfinite(one.ceiling)


def test_where_no_plan_is_found_to_price_from_the_shares_of_each_service_stand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing_found(*wishes: object) -> None:
        raise Infeasible("No plan was found.")

    problem = made_up.county(1, size=6, everyone=True)
    monkeypatch.setattr(certificate, "priced_shares", nothing_found)

    found = stable_shares(problem, planned(problem))

    assert found.shares == stable_shares(problem, planned(problem), pricings=0).shares


def test_councils_that_no_cluster_met_serves_cost_without_end() -> None:
    assert math.isinf(Master(2, 1.0).cheapest_of_met())
