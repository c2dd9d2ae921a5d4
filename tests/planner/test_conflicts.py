"""Rules that cannot all be kept are said before any search, with what to drop."""

import math
from dataclasses import replace

import pytest

from tests.planner.made_up_rules import ruled_county
from tests.planner.oracle_rules import cheapest_plan
from tests.planner.test_contracting import (
    COLDBROOK,
    LITTLE_HAYE,
    WYCHBOURNE,
    three_villages,
)
from tests.planner.test_planning import SHAPES
from waywarden.planner import DeliveryModel, Infeasible, Provider, Willingness
from waywarden.planner.obstacles.feasibility import refuse_hopeless
from waywarden.planner.sharing import sharing_of

ROW_1, ROW_2, ROW_3 = "Row 1 (Wychbourne)", "Row 2 (Coldbrook)", "Row 3 (Little-Haye)"
COMPANY = Provider("company", "Company", 3.0, 0.0, {"paths": (DeliveryModel("crew", 1.0, 1.0),)})
W, C, H = "wychbourne", "coldbrook", "little-haye"


def refusal(problem, shape="shared"):
    with pytest.raises(Infeasible) as refused:
        refuse_hopeless(problem, sharing_of(problem), is_shared=shape == "shared")
    return str(refused.value)


def changed(council, service, **changes):
    work = {service: replace(council.work[service], **changes)}
    return replace(council, work=council.work | work)


def with_councils(*councils, **rules):
    return replace(three_villages(**rules), councils=councils)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            {"excluded": [C], "together": [(W, C)]},
            f"{ROW_2} is excluded, and must be together with {ROW_1}. Drop one of these rules.",
        ),
        (
            {"excluded": [W], "together": [(W, C)]},
            f"{ROW_1} is excluded, and must be together with {ROW_2}. Drop one of these rules.",
        ),
        (
            {"excluded": [C], "locks": {(C, "grass"): W}},
            f"{ROW_2} is excluded, and is locked to {ROW_1} for grass. Drop one of these rules.",
        ),
        (
            {"excluded": [C], "locks": {(C, "grass"): C}},
            f"{ROW_2} is excluded, and is locked to itself for grass. Drop one of these rules.",
        ),
        (
            {"excluded": [W], "locks": {(C, "grass"): W}},
            f"{ROW_2} is locked to {ROW_1} for grass, which is excluded. Drop the lock, or lock "
            "it to another lead.",
        ),
        (
            {"together": [(W, C)], "apart": [(C, W)]},
            f"{ROW_1} and {ROW_2} must be apart, yet {ROW_1} must be together with {ROW_2}. Drop "
            "one of these rules.",
        ),
        (
            {"together": [(W, C), (C, H)], "apart": [(W, H)]},
            f"{ROW_1} and {ROW_3} must be apart, yet {ROW_1} must be together with {ROW_2} and "
            f"{ROW_2} must be together with {ROW_3}. Drop one of these rules.",
        ),
        (
            {"locks": {(W, "paths"): C}, "apart": [(W, C)]},
            f"{ROW_1} and {ROW_2} must be apart, yet {ROW_1} is locked to {ROW_2} for paths. Drop "
            "one of these rules.",
        ),
        (
            {"locks": {(C, "paths"): W}, "apart": [(W, C)]},
            f"{ROW_1} and {ROW_2} must be apart, yet {ROW_2} is locked to {ROW_1} for paths. Drop "
            "one of these rules.",
        ),
        (
            {"locks": {(W, "grass"): W, (C, "grass"): C}, "together": [(W, C)]},
            f"{ROW_1} is locked to itself and {ROW_2} is locked to itself for grass, yet {ROW_1} "
            f"must be together with {ROW_2}. Drop one of these rules.",
        ),
        (
            {"locks": {(W, "paths"): "company", (C, "paths"): C}, "together": [(W, C)]},
            f"{ROW_1} is locked to Company and {ROW_2} is locked to itself for paths, yet {ROW_1} "
            f"must be together with {ROW_2}. Drop one of these rules.",
        ),
        (
            {"locks": {(W, "grass"): "company"}},
            f"{ROW_1} is locked to Company for grass, which does not offer it. Drop the lock, or "
            "lock it to another lead.",
        ),
        (
            {"locks": {(C, "paths"): H}},
            f"{ROW_2} is locked to {ROW_3} for paths, which has no work of it. Drop the lock, or "
            "lock it to another lead.",
        ),
        (
            {"locks": {(H, "grass"): W}, "travel_limit_km": 6.0},
            f"{ROW_3} is locked to {ROW_1} for grass, which is too far away. Drop the lock, or "
            "lock it to another lead.",
        ),
        (
            {"together": [(W, C), (C, H)], "most_members": 2},
            f"{ROW_1}, {ROW_2} and {ROW_3} must be in one cluster, and none may have more than 2 "
            "members. Allow more, or drop a rule that ties them.",
        ),
        (
            {"together": [(W, H)], "travel": {(W, C): 1.0}},
            f"{ROW_1} and {ROW_3}, service grass: no council or provider that may lead has a way "
            "to all of them. Raise the travel limit, let a council nearby lead, or drop a rule "
            "that ties them.",
        ),
        (
            {"together": [(W, H)], "travel_limit_km": 3.5},
            f"{ROW_1} and {ROW_3}, service grass: no council or provider that may lead is within "
            "3.5 km by road of all of them. Raise the travel limit, let a council nearby lead, or "
            "drop a rule that ties them.",
        ),
    ],
)
def test_rules_that_conflict_are_named_with_what_to_drop(rules, said, shape):
    assert refusal(three_villages(providers=[COMPANY], **rules), shape) == said


@pytest.mark.parametrize(
    ("lead", "why"),
    [
        (replace(WYCHBOURNE, can_lead=False), "may not lead"),
        (changed(WYCHBOURNE, "grass", willingness=Willingness.JOIN), "is not willing to lead it"),
        (changed(WYCHBOURNE, "grass", models=()), "has given no way of delivering it"),
    ],
)
def test_a_lock_to_who_cannot_lead_says_why_not(lead, why):
    problem = with_councils(lead, COLDBROOK, LITTLE_HAYE, locks={(C, "grass"): W})
    assert refusal(problem) == (
        f"{ROW_2} is locked to {ROW_1} for grass, which {why}. Drop the lock, or lock it to "
        "another lead."
    )
    itself = replace(problem, locks={(W, "grass"): W})
    assert f"locked to itself for grass, and {why}." in refusal(itself)


def test_a_lock_of_who_takes_no_part_says_nothing():
    quiet = changed(COLDBROOK, "grass", willingness=Willingness.NO)
    problem = with_councils(WYCHBOURNE, quiet, LITTLE_HAYE, locks={(C, "grass"): H})
    refuse_hopeless(problem, sharing_of(problem), is_shared=True)


@pytest.mark.parametrize("shape", SHAPES)
def test_tied_councils_with_too_much_for_any_lead_are_told_how_much(shape):
    small = DeliveryModel("own staff", 100.0, 2.0, 11.0)
    councils = [changed(council, "grass", models=(small,)) for council in (WYCHBOURNE, COLDBROOK)]
    problem = with_councils(*councils, LITTLE_HAYE, together=[(W, C)], travel_limit_km=3.5)
    # 10 and 5 in the peak month; Little Haye, with room for 40, is 4 km from Coldbrook.
    assert refusal(problem, shape) == (
        f"{ROW_1} and {ROW_2}, service grass: 15 in the peak month is more than any lead within "
        "reach can do (11). Raise a lead's capacity or drop a rule that ties them."
    )


def test_a_lead_that_is_taken_up_by_its_own_work_is_no_way_out():
    # Coldbrook needs 5, and Wychbourne has room for 14, of which it needs 10.
    full = changed(WYCHBOURNE, "grass", models=(DeliveryModel("own staff", 100.0, 2.0, 14.0),))
    stuck = changed(COLDBROOK, "grass", outside=(), models=())
    far = replace(LITTLE_HAYE, east_km=99.0)
    problem = with_councils(full, stuck, far, travel_limit_km=10.0)
    assert refusal(problem) == (
        f"{ROW_2}, service grass: no lead within reach has room for this beside its own work and "
        "those tied to it, or is free to lead. Raise a capacity, allow more members, or give an "
        "outside option."
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_more_than_all_leads_together_could_do_is_refused(shape):
    # Wychbourne needs 10 and has room for 18: 8 are left for Coldbrook's 5 and Little Haye's 6.
    lead = changed(WYCHBOURNE, "grass", models=(DeliveryModel("own staff", 100.0, 2.0, 18.0),))
    stuck = changed(COLDBROOK, "grass", outside=(), models=())
    heavy = changed(LITTLE_HAYE, "grass", outside=(), models=(), peak=6.0)
    assert refusal(with_councils(lead, stuck, heavy), shape) == (
        f"{ROW_2} and {ROW_3}, service grass: they cannot go alone and need 11 in the peak month, "
        "and all leads within reach can do 8 together. Raise a capacity or let one of them go "
        "alone."
    )


def test_tied_councils_that_no_neighbours_join_are_named():
    problem = three_villages(together=[(W, H)], neighbours=[(W, C)])
    assert refusal(problem) == (
        f"{ROW_1} must be together with {ROW_3}, and no chain of neighbours that take part joins "
        "them. Drop the rule, or add who is next to whom."
    )
    refuse_hopeless(problem, sharing_of(problem), is_shared=False)


def test_a_tied_council_that_takes_part_in_nothing_is_named():
    problem = with_councils(WYCHBOURNE, replace(COLDBROOK, work={}), together=[(W, C)])
    assert refusal(problem) == (
        f"{ROW_2} takes part in no service, yet {ROW_1} must be together with {ROW_2}. Drop the "
        "rule, or let it take part."
    )
    refuse_hopeless(problem, sharing_of(problem), is_shared=False)


def test_who_must_share_and_has_nobody_to_share_with_is_told_so():
    locked = {(W, "grass"): W}
    said = refusal(three_villages(locks=locked, most_members=1))
    assert said.startswith(f"{ROW_1} cannot go alone, and no cluster may have two members.")
    by_itself = replace(three_villages(locks=locked), councils=(WYCHBOURNE,))
    assert refusal(by_itself) == (
        f"{ROW_1} cannot go alone, and nobody else takes part. Let another council join."
    )
    cut_off = three_villages(locks=locked, neighbours=[(C, H)])
    assert "no way alone and no neighbour that takes part" in refusal(cut_off)
    refuse_hopeless(cut_off, sharing_of(cut_off), is_shared=False)


def test_a_council_that_hangs_together_with_no_lead_is_refused_where_clusters_must():
    # Wychbourne is joined to Coldbrook only, and neither may lead; Little Haye is cut off.
    followers = [
        changed(council, "grass", willingness=Willingness.JOIN, outside=())
        for council in (WYCHBOURNE, COLDBROOK)
    ]
    problem = with_councils(*followers, LITTLE_HAYE, neighbours=[(W, C)])
    assert "no lead within reach has room for this" in refusal(problem)
    refuse_hopeless(problem, sharing_of(problem), is_shared=False)


def test_no_rules_that_some_plan_keeps_are_ever_refused():
    feasible = refused = missed = 0
    for seed in range(120):
        problem = ruled_county(seed, size=4 + seed % 3)
        for shape in SHAPES:
            is_feasible = math.isfinite(cheapest_plan(problem, shape))
            feasible += is_feasible
            try:
                refuse_hopeless(problem, sharing_of(problem), is_shared=shape == "shared")
                missed += not is_feasible
            except Infeasible as reason:
                assert not is_feasible, (seed, shape, reason)
                assert str(reason).endswith(".")
                refused += 1
    # Nearly all that cannot be is said beforehand, and the search finds out the rest.
    assert feasible > 100
    assert refused > 20 * missed
