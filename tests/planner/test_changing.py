"""Plans made by hand are valued as they stand, or refused with what stands in the way."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from tests.planner import made_up, oracle_sharing
from tests.planner.marlshire import (
    COUNCILS,
    GRASS,
    ROAD,
    SIGNS,
    marlshire,
    saying,
    work,
)
from waywarden.planner import Effort, Infeasible, Location, Plan, hand_made, moved, plan
from waywarden.planner.sharing import sharing_of

BRIEF = Effort(shared_moves=2_000, service_moves=200, relaxed_rounds=10, exact_rounds=2)


def groupings(keys):
    """Every way of putting councils into at most two groups, the others alone."""
    for labels in itertools.product(range(3), repeat=len(keys)):
        yield [[k for k, at in zip(keys, labels, strict=True) if at == n] for n in (1, 2)]


@pytest.mark.parametrize("seed", range(6))
def test_every_grouping_costs_what_trying_it_out_says_or_is_refused(seed):
    neighbours = made_up.ring(5) if seed % 2 else None
    problem = made_up.county(seed, size=5, neighbours=neighbours, most_members=3)
    sharing = sharing_of(problem)
    keys = [council.key for council in problem.councils]
    for groups in groupings(keys):
        rows = [[keys.index(key) for key in group] for group in groups if group]
        alone = [[row] for row in range(5) if row not in itertools.chain(*rows)]
        cost = sum(oracle_sharing.cost_of(sharing, group) for group in rows + alone)
        if math.isfinite(cost):
            assert hand_made(problem, groups).cost == pytest.approx(cost)
        else:
            with pytest.raises(Infeasible):
                hand_made(problem, groups)


def test_a_plan_by_hand_has_the_best_leads_and_nothing_proven():
    found = hand_made(marlshire(), [["coldbrook", "wychbourne"]])

    # Either lead: 1,000 + 600 + 2 x 3 km there and back = 1,606, and 20 to run it.
    [cluster] = found.clusters
    assert cluster.members == ("wychbourne", "coldbrook")
    assert cluster.service_leads["grass"].cost == 1_606
    assert cluster.cost == 1_626
    # The others alone: 1,100 + 1,100 + 1,000.
    assert found.cost == 1_626 + 3_200
    assert (found.bound, found.gap) == (0.0, 1.0)
    assert "Nothing is proven of how near the best it comes." in found.explain()


def test_of_a_large_group_the_first_six_are_named():
    problem = made_up.county(3, size=9, most_members=2)

    with pytest.raises(
        Infeasible, match=r"Group 1 \((Council \d, ){5}Council 5 and 3 more\) cannot"
    ):
        hand_made(problem, [[council.key for council in problem.councils]])


def test_a_plan_found_can_be_made_again_by_hand():
    problem = made_up.county(3, size=12)
    found = plan(problem, effort=BRIEF)
    again = hand_made(problem, [cluster.members for cluster in found.clusters], seed=found.seed)
    assert again.clusters == found.clusters
    assert again.cost == found.cost


@pytest.mark.parametrize(
    ("rules", "groups", "said"),
    [
        ({"most_members": 2}, [COUNCILS[:3]], "It has 3 members, and a cluster has at most 2."),
        (
            {"neighbours": ROAD},
            [(COUNCILS[0], COUNCILS[1], COUNCILS[3])],
            "Great Haye cannot be reached from the others through neighbours.",
        ),
        ({}, [COUNCILS[3:]], ""),
        (
            {"travel_limit_km": 2.5},
            [COUNCILS[:3]],
            "(Wychbourne: too far from Little Haye: 6.0 of at most 2.5 km; Coldbrook: ",
        ),
        ({"excluded": ("coldbrook",)}, [COUNCILS[:2]], "Coldbrook takes part in no service."),
        ({"apart": (("wychbourne", "coldbrook"),)}, [COUNCILS[:2]], "Coldbrook must be apart."),
        (
            {"together": (("coldbrook", "little-haye"),)},
            [COUNCILS[:2]],
            "Coldbrook must be together with Little Haye, who is not in it.",
        ),
        (
            {"locks": {("coldbrook", "grass"): "little-haye"}},
            [COUNCILS[:2]],
            "Wychbourne: Coldbrook is locked to Little Haye",
        ),
        (
            {"travel": {("wychbourne", "coldbrook"): 3.0, ("coldbrook", "little-haye"): 3.0}},
            [(COUNCILS[0], COUNCILS[2])],
            "Wychbourne: no way to Little Haye is given",
        ),
        (
            {"locks": {("marl-green", "grass"): "great-haye"}},
            [COUNCILS[:2]],
            "Marl Green is in no group. A rule ties it to another council or a lead.",
        ),
    ],
)
def test_what_cannot_be_a_cluster_is_refused_with_the_reason(rules, groups, said):
    keys = [[council.key for council in group] for group in groups]
    if not said:
        assert hand_made(marlshire(**rules), keys).clusters
        return
    with pytest.raises(Infeasible) as refused:
        hand_made(marlshire(**rules), keys)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"wychbourne": "join", "coldbrook": "join"}, "Wychbourne: would join, but not lead"),
        ({"wychbourne": "join", "little-haye": "alone"}, "Coldbrook: can do 900 m2 in the busiest"),
    ],
)
def test_who_would_not_lead_or_has_no_room_is_named(said, why):
    large = [replace(one, work={"grass": work(500)}) for one in COUNCILS[:2]]
    problem = marlshire(*saying(said, of=(*large, *COUNCILS[2:])))
    with pytest.raises(
        Infeasible, match="Nobody can lead Village grass for all of them"
    ) as refused:
        hand_made(problem, [["wychbourne", "coldbrook"]])
    assert why in str(refused.value)


def test_a_long_list_of_leads_that_cannot_is_cut_short():
    problem = marlshire(travel_limit_km=1.0)
    with pytest.raises(Infeasible, match="; and 1 more"):
        hand_made(problem, [[council.key for council in COUNCILS]])


def test_a_parish_meeting_and_one_without_ways_cannot_lead():
    idle = replace(COUNCILS[3], work={"grass": work(100, models=())})
    with pytest.raises(Infeasible) as refused:
        hand_made(marlshire(idle, COUNCILS[4]), [["great-haye", "marl-green"]])
    assert "Great Haye: has no way of delivering it; Marl Green: may not lead" in str(refused.value)


def test_who_must_go_alone_with_a_service_and_has_no_way_to_is_named():
    without = work(10, willingness="alone", outside=())
    torn = replace(COUNCILS[1], work=COUNCILS[1].work | {"signs": without})
    with pytest.raises(Infeasible, match="Coldbrook goes alone with Road signs and has no way to"):
        hand_made(
            marlshire(COUNCILS[0], torn, services=(GRASS, SIGNS)), [["wychbourne", "coldbrook"]]
        )


def test_a_council_with_no_way_alone_must_be_in_a_group():
    needy = replace(COUNCILS[1], work={"grass": work(200, outside=())})
    problem = marlshire(COUNCILS[0], needy)
    with pytest.raises(Infeasible, match="It has no way alone to have Village grass done"):
        hand_made(problem, [])
    assert hand_made(problem, [["wychbourne", "coldbrook"]]).cost == 1_626


def test_groups_must_name_councils_there_are_and_each_once():
    with pytest.raises(Infeasible, match="no council has that key"):
        hand_made(marlshire(), [["wychbourne", "coldbrok"]])
    with pytest.raises(Infeasible, match="wychbourne is named twice"):
        hand_made(marlshire(), [["wychbourne", "coldbrook"], ["wychbourne", "little-haye"]])


def test_a_moved_council_is_where_it_was_put_and_the_bound_still_holds():
    before = plan(marlshire(), effort=BRIEF)
    here = before.cluster_of("coldbrook", "grass")
    assert here is not None

    alone = moved(before, "coldbrook", None)
    back = moved(alone, "coldbrook", alone.cluster_of("wychbourne", "grass").number)

    assert ("coldbrook", "grass") in alone.alone
    assert alone.cost >= before.cost
    assert (alone.bound, alone.bound_is) == (before.bound, before.bound_is)
    assert back.cost == before.cost


def test_only_shared_clusters_and_councils_and_numbers_there_are_can_be_moved():
    found = plan(marlshire(), effort=BRIEF)
    with pytest.raises(ValueError, match="No cluster has the number 9"):
        moved(found, "coldbrook", 9)
    with pytest.raises(KeyError):
        moved(found, "nowhere", None)
    apart = replace(found, shape="per_service")
    with pytest.raises(ValueError, match="made service by service"):
        moved(apart, "coldbrook", None)
    place = Location(
        **{name: np.zeros(0) for name in ("costs", "demands", "capacities", "setups", "alone")},
        **{name: np.zeros(0, dtype=int) for name in ("sites", "leads", "homes")},
        starts=np.zeros(1, dtype=int),
    )
    with pytest.raises(ValueError, match="made service by service"):
        moved(Plan(place, "shared", (), {}, 0.0, "", 1), "0", None)
