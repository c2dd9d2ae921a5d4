"""What people ask of a plan is answered as trying everything answers it."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from tests.planner import made_up
from tests.planner.marlshire import COUNCILS, FIRM, GRASS, ROAD, SIGNS, marlshire, saying, work
from waywarden.planner import (
    DeliveryModel,
    Effort,
    Infeasible,
    Location,
    Plan,
    binding,
    hand_made,
    hold_outs,
    plan,
    price_of_rules,
    replanner,
    rules_of,
    why_lead,
)
from waywarden.planner.answers.explaining import UNIT
from waywarden.planner.answers.plans import Cluster, ServiceLead
from waywarden.planner.questions import replanning
from waywarden.planner.questions.joining import willing
from waywarden.planner.sharing import alone_cost

BRIEF = Effort(shared_moves=2_000, service_moves=200, relaxed_rounds=10, exact_rounds=2)
TRIO = ["wychbourne", "coldbrook", "little-haye"]


def partings(keys):
    """Every way of parting councils into groups."""
    if not keys:
        yield []
        return
    first, *others = keys
    for parts in partings(others):
        yield [[first], *parts]
        for at in range(len(parts)):
            yield [*parts[:at], [first, *parts[at]], *parts[at + 1 :]]


def cheapest(problem, start=None):
    """Return the best shared plan there is, by trying every one."""
    found = []
    for groups in partings([council.key for council in problem.councils]):
        try:
            found.append(hand_made(problem, groups))
        except Infeasible:
            continue
    return min(found, key=lambda plan: plan.cost)


def by_service(problem, members, model="own staff"):
    """Return a plan of one service with one cluster, led by the first of its members."""
    rows = [problem.council(key) for key in members]
    lead = rows[0]
    km = sum(problem.distance_km(lead, one) for one in rows)
    cost = 1_000 + sum(one.work["grass"].work for one in rows) + 2 * km
    led = {"grass": ServiceLead(lead.key, model, cost)}
    running = problem.per_cluster + problem.per_member * len(rows)
    cluster = Cluster(1, tuple(members), lead.key, led, running, 0.0)
    alone = {
        (one.key, "grass"): alone_cost(one.work["grass"])
        for one in problem.councils
        if one not in rows and problem.willingness(one, "grass") != "no"
    }
    return Plan(problem, "per_service", (cluster,), alone, 0.0, "", 1)


def place():
    """Return a plan of a location, of which nothing can be asked."""
    numbers = {name: np.zeros(0) for name in ("costs", "demands", "capacities", "setups", "alone")}
    rows = {name: np.zeros(0, dtype=int) for name in ("sites", "leads", "homes")}
    return Plan(
        Location(**numbers, **rows, starts=np.zeros(1, dtype=int)), "shared", (), {}, 0, "", 1
    )


def test_every_other_lead_is_priced_and_the_cheapest_named_first():
    found = why_lead(hand_made(marlshire(providers=(FIRM,)), [TRIO]), 1, "grass")

    # 1,000 + 700 and the journeys: Coldbrook 2 x (3 + 3), the ends of the road 2 x (3 + 6).
    assert (found.lead, found.cost) == ("coldbrook", 1_712)
    assert [(one.lead, one.more) for one in found.others[:2]] == [
        ("wychbourne", 6.0),
        ("little-haye", 6.0),
    ]
    # The firm stands 2 km from Coldbrook and 3.606 from each of the others.
    assert found.others[2].more == pytest.approx(2 * (2 + 2 * 13**0.5) - 12)
    assert found.sentence == (
        "Coldbrook leads Village grass for 1,712 a year, in the unit of the costs. Wychbourne "
        "would cost 6 more."
    )
    assert found.others[0].sentence == (
        "Wychbourne would cost 6 more a year, in the unit of the costs."
    )


def test_what_keeps_others_from_leading_is_said():
    signs = {"grass": work(50), "signs": work(10, willingness="alone")}
    councils = (
        COUNCILS[0],
        *saying({"coldbrook": "join"}, of=COUNCILS[1:2]),
        replace(COUNCILS[2], work={"grass": work(100, models=(DeliveryModel("weak", 1, 1, 200),))}),
        replace(COUNCILS[3], work=signs),
    )
    problem = marlshire(*councils, services=(GRASS, SIGNS), travel_limit_km=9.0)
    group = [council.key for council in councils]
    found = why_lead(hand_made(problem, [group]), 1, "grass")
    assert {one.lead: one.sentence for one in found.others if one.more is None} == {
        "coldbrook": "Coldbrook cannot: would join, but not lead.",
        "little-haye": (
            "Little Haye cannot: can do 200 m2 in the busiest month, and 750 are wanted."
        ),
    }
    nobody = hand_made(marlshire(*councils[:2]), [["wychbourne", "coldbrook"]])
    assert why_lead(nobody, 1, "grass").sentence.endswith("; nobody else could.")


def test_a_member_that_takes_no_part_in_a_service_does_not_lead_it():
    both = replace(COUNCILS[0], work={"grass": work(50), "signs": work(10)})
    found = hand_made(
        marlshire(both, COUNCILS[1], services=(GRASS, SIGNS)), [["wychbourne", "coldbrook"]]
    )
    [other] = why_lead(found, 1, "signs").others
    assert (other.lead, other.why_not) == ("coldbrook", "takes no part in it")


def test_only_leads_there_are_can_be_asked_about():
    found = hand_made(marlshire(), [TRIO])
    with pytest.raises(KeyError, match="number 2"):
        why_lead(found, 2, "grass")
    with pytest.raises(KeyError, match="does not deliver"):
        why_lead(found, 1, "signs")
    with pytest.raises(ValueError, match="This plan is of a Location"):
        why_lead(place(), 1, "grass")


@pytest.mark.parametrize("seed", range(4))
def test_a_rule_costs_what_the_best_plan_without_it_saves(seed):
    free = made_up.county(seed, size=5, everyone=True, most_members=3)
    best = cheapest(free)
    [first, *_] = best.clusters or [None]
    pair = first.members[:2] if first else ("council-0", "council-1")
    problem = replace(free, apart=(pair, ("council-3", "council-4")), excluded=("council-2",))
    found = cheapest(problem)

    prices = price_of_rules(found, replan=cheapest)

    assert [one.kind for one in prices] == ["apart", "apart", "excluded"]
    without = [
        replace(problem, apart=(("council-3", "council-4"),)),
        replace(problem, apart=(pair,)),
        replace(problem, excluded=()),
    ]
    for price, changed in zip(prices, without, strict=True):
        assert price.price == pytest.approx(found.cost - cheapest(changed).cost, abs=1e-6)


def test_what_planning_again_saves_anyhow_is_no_price_of_a_rule_or_saving_of_a_joining():
    # Alone the three pay 1,700 + 1,300 + 1,100, together 1,742: that any search would find, and
    # it says nothing of what keeping Marl Green out or Great Haye's no costs.
    no = saying({"great-haye": "no"})
    problem = marlshire(*no, excluded=("marl-green",), most_members=3)
    poor, best = hand_made(problem, []), cheapest(problem)
    assert poor.cost > best.cost + 1_000
    starts = []

    def replan(changed, start):
        starts.append(start.cost)
        return cheapest(changed)

    assert price_of_rules(poor, replan=replan) == price_of_rules(best, replan=cheapest)
    assert binding(poor, replan=replan).limits == binding(best, replan=cheapest).limits
    assert hold_outs(poor, replan=replan) == hold_outs(best, replan=cheapest)
    # Only the unchanged problem is planned from the poor plan: once for each question.
    assert starts.count(poor.cost) == 3
    assert set(starts) == {poor.cost, best.cost}


def test_locks_and_pairs_have_a_price_and_words():
    # Free, the three cost 1,712 + 30 to run, and Great Haye and Marl Green go alone.
    problem = marlshire(
        locks={("coldbrook", "grass"): "wychbourne"},
        together=(("great-haye", "marl-green"),),
    )
    found = cheapest(problem)
    lock, together = price_of_rules(found, replan=cheapest)
    free, parted = cheapest(replace(problem, locks={})), cheapest(replace(problem, together=()))
    assert lock.price == pytest.approx(found.cost - free.cost)
    assert together.price == pytest.approx(found.cost - parted.cost)
    assert lock.rule == "Without Wychbourne locked to lead Village grass for Coldbrook"
    assert together.rule == "Without Great Haye and Marl Green having to be together"
    assert lock.sentence.endswith(f": at least {lock.price:,.0f} a year less, {UNIT}.")


def test_of_many_rules_the_first_are_priced_and_all_are_named():
    found = hand_made(marlshire(excluded=("coldbrook", "great-haye", "marl-green")), [])
    assert rules_of(found) == (
        "If Coldbrook were not excluded",
        "If Great Haye were not excluded",
        "If Marl Green were not excluded",
    )
    priced = price_of_rules(found, replan=cheapest, most=2)
    assert tuple(one.rule for one in priced) == rules_of(found)[:2]


def test_a_price_that_was_cut_short_is_not_told():
    found = hand_made(marlshire(excluded=("coldbrook", "great-haye", "marl-green")), [])
    stop, planned = Event(), []

    def replan(changed, start):
        planned.append(changed)
        # Once as it is, once without the first rule; it is stopped while the second is tried.
        if len(planned) == 3:
            stop.set()
        return cheapest(changed)

    [price] = price_of_rules(found, replan=replan, stop=stop)
    assert price.rule == rules_of(found)[0]
    assert len(planned) == 3


def test_no_price_is_less_than_nought_however_badly_it_is_planned_again():
    found = hand_made(marlshire(excluded=("coldbrook",)), [])
    [price] = price_of_rules(found, replan=lambda problem, start: replace(start, unused=99.0))
    assert (price.price, price.binds) == (0.0, False)
    assert price.sentence == "If Coldbrook were not excluded: no cheaper plan was found."


def test_each_limit_is_loosened_and_the_fullest_leads_named():
    # Little Haye is 6 km from Wychbourne and Great Haye 6 from Coldbrook: a limit of 5.5 bars both.
    problem = marlshire(travel_limit_km=5.5, most_members=2, neighbours=ROAD)
    found = cheapest(problem)
    bound = binding(found, replan=cheapest)

    looser = {
        "travel limit": replace(problem, travel_limit_km=5.5 * 1.1),
        "most members": replace(problem, most_members=3),
        "neighbours": replace(problem, neighbours=None),
    }
    assert [one.kind for one in bound.limits] == list(looser)
    for price in bound.limits:
        assert price.price == pytest.approx(found.cost - cheapest(looser[price.kind]).cost)
    # Wychbourne and Coldbrook want 600 of 900 in the busiest month.
    assert bound.fullness[0].part == pytest.approx(600 / 900)
    assert bound.fullness[0].sentence == (
        f"In cluster {bound.fullness[0].cluster}, Wychbourne (own staff) does Village grass with "
        "67% of what it can do in the busiest month."
    )
    assert any("With at most 3 members a cluster instead of 2" in one for one in bound.sentences)


def test_where_nothing_binds_that_is_said():
    endless = DeliveryModel("a firm", setup=100, unit_cost=1)
    free = tuple(replace(one, work={"grass": work(50, models=(endless,))}) for one in COUNCILS)
    bound = binding(cheapest(marlshire(*free, travel_limit_km=np.inf)), replan=cheapest)
    assert bound.limits == bound.rules == ()
    assert bound.sentences == ["Nothing was found that binds this plan."]
    assert bound.fullness[0].sentence.endswith("(a firm) does Village grass without a limit.")


def test_a_lead_nine_tenths_full_is_named():
    problem = marlshire(*(replace(one, work={"grass": work(420)}) for one in COUNCILS[:2]))
    bound = binding(cheapest(problem), replan=cheapest)
    assert any("93% of what it can do" in one for one in bound.sentences)


@pytest.mark.parametrize("seed", range(5))
def test_the_joining_that_saves_most_is_found(seed):
    problem = made_up.county(seed, size=5, excluded=("council-0",))
    found = cheapest(problem)

    told = {one.council: one.saving for one in hold_outs(found, most=5, replan=cheapest)}

    for council in problem.councils:
        joined = willing(problem, [council.key])
        added = sum(
            alone_cost(council.work[service.key])
            for service in problem.services
            if problem.willingness(council, service.key) == "no"
            and joined.willingness(joined.council(council.key), service.key) != "no"
        )
        saved = found.cost + added - cheapest(joined).cost
        assert told.get(council.key, 0.0) == pytest.approx(max(saved, 0.0), abs=1e-6)
    assert list(told.values()) == sorted(told.values(), reverse=True)


def test_only_the_likeliest_hold_outs_are_planned_again():
    councils = saying({"coldbrook": "no", "little-haye": "unknown", "great-haye": "no"})
    found = cheapest(marlshire(*councils))
    asked = []

    def replan(problem, start):
        asked.append(problem)
        return cheapest(problem)

    [best] = hold_outs(found, most=1, replan=replan)
    assert len(asked) == 2  # As it is, and with Coldbrook.
    # Wychbourne and Coldbrook: 1,626 together, 1,700 and 1,300 alone.
    assert (best.council, best.saving) == ("coldbrook", 1_700 + 1_300 - 1_626)
    assert best.sentence == (
        "If Coldbrook joined for Village grass, all together would pay at least 1,374 less a year, "
        "in the unit of the costs."
    )


def test_a_hold_out_may_join_a_cluster_that_it_is_in_for_another_service():
    both = {"grass": work(400), "signs": work(300)}
    half = {"grass": work(200), "signs": work(200, willingness="unknown")}
    problem = marlshire(
        replace(COUNCILS[0], work=both),
        replace(COUNCILS[1], work=half),
        services=(GRASS, SIGNS),
    )
    found = cheapest(problem)
    [joined] = hold_outs(found, replan=cheapest)
    assert joined.services == ("signs",)
    # Signs together: 1,000 + 500 + 6; Wychbourne's alone in the cluster: 1,000 + 300.
    # Coldbrook's own, by a firm, are 900 + 400.
    assert joined.saving == pytest.approx(1_300 + 1_300 - 1_506)


def test_hold_outs_are_tried_service_by_service_too():
    councils = saying({"little-haye": "no", "great-haye": "no"})
    found = by_service(marlshire(*councils, most_members=3, travel_limit_km=5.5), TRIO[:2])
    asked = []

    def replan(problem, start):
        asked.append([one.key for one in problem.councils if one.work["grass"].willingness != "no"])
        joins = "little-haye" in asked[-1]
        return by_service(problem, ["coldbrook", *TRIO[::2]] if joins else TRIO[:2])

    [best] = hold_outs(found, most=1, replan=replan)
    # Little Haye is nearer than Great Haye, whom Wychbourne would be too far from.
    assert best.council == "little-haye"
    # 1,626 and 1,100 alone now; 1,712 and 30 to run it then.
    assert best.saving == pytest.approx(1_626 + 1_100 - 1_742)


def test_a_full_cluster_promises_nothing_to_a_hold_out():
    councils = saying({"little-haye": "no"})
    found = by_service(marlshire(*councils, most_members=2), TRIO[:2])
    assert hold_outs(found, replan=lambda problem, start: by_service(problem, TRIO[:2])) == ()


def test_by_default_it_is_planned_again_from_where_the_plan_stands(monkeypatch):
    asked = {}

    def stand_in(problem, **wishes):
        asked.update(wishes)
        return wishes["start"]

    monkeypatch.setattr(replanning, "plan_problem", stand_in)
    found = hand_made(marlshire(excluded=("coldbrook",)), [], seed=7)
    assert price_of_rules(found)[0].price == 0
    assert (asked["start"], asked["seed"], asked["shape"]) == (found, 7, "shared")
    assert asked["effort"] == "quick"
    assert binding(found, replan=replanner("standard")).limits[0].price == 0
    assert asked["effort"] == "standard"
    hold_outs(found)
    with pytest.raises(ValueError, match="of a Location"):
        price_of_rules(place())


def test_the_planner_itself_answers_as_trying_everything_does():
    problem = marlshire(excluded=("coldbrook",))
    found = plan(problem, effort=BRIEF)
    [price] = price_of_rules(found, replan=replanner(BRIEF))
    assert price.price == pytest.approx(
        cheapest(problem).cost - cheapest(replace(problem, excluded=())).cost
    )


def test_a_lead_that_would_cost_as_much_is_said_to():
    # Either end of the road has as far to the other.
    found = why_lead(hand_made(marlshire(), [TRIO[:2]]), 1, "grass")
    assert found.sentence.endswith("Coldbrook would cost as much.")
