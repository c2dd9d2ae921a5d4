"""Where a search begins: from a plan or from groups that people made, never for the worse."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.instances import location
from tests.planner import made_up
from waywarden.planner import (
    Effort,
    Infeasible,
    hand_made,
    hold_outs,
    plan,
    share_costs,
    stable_shares,
)
from waywarden.planner.beginning import labels_from, places_of, sites_of
from waywarden.planner.clusters.bounds.relaxing import location_of
from waywarden.planner.efforts import for_realm, for_service
from waywarden.planner.sharing import sharing_of

NOTHING = Effort(shared_moves=0, service_moves=0, relaxed_rounds=20, exact_rounds=5)
BRIEF = Effort(shared_moves=3_000, service_moves=300, relaxed_rounds=20, exact_rounds=5)


@pytest.mark.parametrize("shape", ["shared", "per_service"])
@pytest.mark.parametrize("seed", range(4))
def test_a_plan_begun_from_another_is_never_dearer(shape, seed):
    problem = made_up.county(seed, size=9)
    before = plan(problem, shape=shape, effort=BRIEF, seed=3)
    after = plan(problem, shape=shape, effort=NOTHING, seed=4, start=before)
    assert after.cost <= before.cost * (1 + 1e-9)


def test_shared_clusters_can_begin_from_groups_that_people_made():
    problem = made_up.county(1, size=8)
    found = plan(problem, effort=BRIEF)
    groups = [cluster.members for cluster in found.clusters]
    assert groups
    begun = plan(problem, effort=NOTHING, start=groups)
    assert begun.cost <= hand_made(problem, groups).cost * (1 + 1e-9)


def test_a_location_can_begin_from_its_own_plan():
    place = location(20, seed=1)
    before = plan(place, effort=BRIEF)
    sites = places_of(place, before)
    assert [before.lead_of(str(j), "service") for j in range(20)] == [
        str(place.leads[site] if site >= 0 else j) for j, site in enumerate(sites)
    ]
    assert plan(place, effort=NOTHING, start=before).cost <= before.cost * (1 + 1e-9)


def test_councils_in_no_group_are_by_themselves():
    problem = made_up.county(1, size=5)
    labels = labels_from(problem, [["council-3", "council-1"], [], ["council-4"]])
    assert labels.tolist() == [0, 1, 2, 1, 4]


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([["nowhere"]], "A group names nowhere, and no council has that key. Leave it out."),
        (
            [["council-1"], ["council-1", "council-2"]],
            "council-1 is named twice in the groups. Name it once.",
        ),
    ],
)
def test_groups_that_make_no_sense_are_refused(groups, said):
    with pytest.raises(Infeasible) as caught:
        plan(made_up.county(1, size=5), effort=NOTHING, start=groups)
    assert str(caught.value) == said


@pytest.mark.parametrize("start", [3, "council-1", ["council-1"], [3]])
def test_what_is_neither_plan_nor_groups_is_refused(start):
    with pytest.raises(TypeError, match="Give a"):
        plan(made_up.county(1, size=5), effort=NOTHING, start=start)


def test_service_by_service_groups_do_not_say_who_leads():
    problem = made_up.county(1, size=5)
    with pytest.raises(TypeError, match="Give a Plan"):
        plan(problem, shape="per_service", effort=NOTHING, start=[["council-1", "council-2"]])


def test_a_location_cannot_begin_from_the_plan_of_a_county():
    other = plan(made_up.county(1, size=5), effort=NOTHING)
    with pytest.raises(TypeError, match="plan of a location"):
        plan(location(20, seed=1), effort=NOTHING, start=other)


def test_a_smaller_location_takes_what_fits_of_a_larger_plan():
    larger = plan(location(30, seed=1), effort=BRIEF)
    sites = places_of(location(20, seed=1), larger)
    assert sites.shape == (20,)
    assert np.issubdtype(sites.dtype, np.integer)


def test_a_cluster_whose_way_is_offered_no_more_counts_as_alone():
    problem = made_up.county(2, size=9)
    before = plan(problem, shape="per_service", effort=BRIEF)
    dear = {
        council.key: {
            key: replace(work, models=tuple(replace(m, name=f"new {m.name}") for m in work.models))
            for key, work in council.work.items()
        }
        for council in problem.councils
    }
    renamed = [replace(council, work=dear[council.key]) for council in problem.councils]
    changed = replace(problem, councils=tuple(renamed))
    assert before.clusters
    for number, service in enumerate(problem.services):
        place = location_of(sharing_of(changed), number)
        assert set(sites_of(changed, number, place, before)) == {-1}, service


@pytest.mark.parametrize("count", [-1, 2.5, "x", True])
def test_an_effort_counts_in_whole_numbers(count):
    with pytest.raises(ValueError, match="Give a whole number of at least 0"):
        Effort(shared_moves=count, service_moves=0, relaxed_rounds=0, exact_rounds=0)


def test_who_is_willing_already_holds_nothing_out():
    problem = made_up.county(1, size=4)
    work = {
        council.key: {key: replace(one, willingness="lead") for key, one in council.work.items()}
        for council in problem.councils
    }
    keen = [replace(council, work=work[council.key]) for council in problem.councils]
    assert hold_outs(plan(replace(problem, councils=tuple(keen)), effort=NOTHING)) == ()


def test_a_cost_that_is_no_number_is_refused():
    class Unpriced:
        def __float__(self):
            raise TypeError("no price is known")

    with pytest.raises(Infeasible):
        share_costs(lambda group: Unpriced() if group else 0, ["a", "b"])


def test_who_is_alone_in_a_plan_begins_alone():
    problem = made_up.county(2, size=6)
    apart = plan(replace(problem, per_cluster=1e6), shape="per_service", effort=NOTHING)
    assert apart.clusters == ()
    for number in range(len(problem.services)):
        place = location_of(sharing_of(problem), number)
        assert set(sites_of(problem, number, place, apart)) == {-1}


def test_nobody_shares_what_one_council_can_have_in_no_way():
    problem = made_up.county(1, size=4, everyone=True)
    found = plan(problem, effort=NOTHING)
    joining = {
        key: replace(one, willingness="join", outside=())
        for key, one in problem.councils[0].work.items()
    }
    stranded = (replace(problem.councils[0], work=joining), *problem.councils[1:])
    with pytest.raises(Infeasible, match="Service grass, counting only councils"):
        stable_shares(replace(problem, councils=stranded, travel_limit_km=0.001), found)


def test_a_service_of_more_than_two_thousand_councils_is_tried_less_for_each() -> None:
    assert for_realm(100, 2_000) == 100
    assert for_realm(100, 8_000) == 50
    assert for_service(400, 8_000) == 4_000
