"""The nucleolus treats the worst treated best, and whoever doubts it can check."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.known_games import (
    SWEDEN,
    airport,
    complaints,
    is_worse,
    listed,
    village_of,
)
from waywarden.planner import Infeasible
from waywarden.planner.shares import Game, core_excess, nearest_core, share_costs
from waywarden.planner.shares.balancing import balances_when_asked, balances_when_listed
from waywarden.planner.shares.groups import Listed
from waywarden.planner.shares.nucleolus import nucleolus
from waywarden.planner.shares.programs import Program

RULES = {"nucleolus": False, "per_capita_nucleolus": True}


def by_listing(game, per_capita):
    groups = Listed(game, per_capita=per_capita)
    return nucleolus(game, groups), groups


@pytest.mark.parametrize("rule", RULES)
@given(numbers=st.lists(st.integers(1, 12), min_size=7, max_size=7))
@settings(max_examples=60, deadline=None)
def test_no_split_of_three_on_a_grid_treats_the_worst_treated_better(rule, numbers):
    cost = listed("abc", numbers)
    alone, total = numbers[:3], numbers[6]
    # Nobody may pay more than alone, unless all together cost more than that.
    most = alone if sum(alone) >= total else [40, 40, 40]

    found = share_costs(cost, "abc", rule=rule)

    assert all(found[player] <= most[i] + 1e-9 for i, player in enumerate("abc"))
    ours = complaints(cost, found, per_capita=RULES[rule])
    for a, b in product(np.arange(-12, 12.5, 1), repeat=2):
        c = total - a - b
        if a <= most[0] and b <= most[1] and c <= most[2]:
            other = complaints(cost, {"a": a, "b": b, "c": c}, per_capita=RULES[rule])
            assert not is_worse(ours, other)


@pytest.mark.parametrize("rule", RULES)
@given(
    numbers=st.lists(st.integers(0, 30), min_size=31, max_size=31),
    nudges=st.lists(st.integers(-9, 9), min_size=5, max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_no_nudge_to_the_split_of_five_treats_the_worst_treated_better(rule, numbers, nudges):
    cost = listed("abcde", numbers)
    found = share_costs(cost, "abcde", rule=rule)
    change = np.array(nudges) - sum(nudges) / 5

    for size in (1e-3, 0.1, 1):
        nudged = {p: found[p] + size * change[i] for i, p in enumerate("abcde")}
        pays_above = any(nudged[p] > numbers[i] for i, p in enumerate("abcde"))
        if not pays_above or sum(numbers[:5]) < numbers[-1]:
            ours = complaints(cost, found, per_capita=RULES[rule])
            assert not is_worse(ours, complaints(cost, nudged, per_capita=RULES[rule]))


@given(numbers=st.lists(st.integers(0, 30), min_size=15, max_size=15))
@settings(max_examples=40, deadline=None)
def test_the_nucleolus_is_in_the_core_unless_that_is_empty(numbers):
    cost = listed("abcd", numbers)
    worst = core_excess(cost, share_costs(cost, "abcd", rule="nucleolus"))

    try:
        nearest_core(cost, share_costs(cost, "abcd", rule="equal"))
    except Infeasible:
        assert worst.excess > 0
    else:
        assert worst.excess <= 0


def test_nobody_pays_more_than_alone_where_that_can_be():
    # Alone 1, 1 and 8, any two 9, all 10: only what each pays alone adds up to 10.
    cost = listed("abc", [1, 1, 8, 9, 9, 9, 10])

    assert list(share_costs(cost, "abc", rule="nucleolus").values()) == pytest.approx([1, 1, 8])


@pytest.mark.parametrize("rule", RULES)
def test_a_fortune_that_stands_for_what_cannot_be_blurs_nothing(rule):
    # Alone c would pay more than it ever could together, a thousand or a million million alike.
    dear, dearest = (listed("abc", [60, 40, c, 80, 90, 70, 100]) for c in (1e3, 1e12))

    split = share_costs(dearest, "abc", rule=rule)

    assert dict(split) == pytest.approx(dict(share_costs(dear, "abc", rule=rule)), abs=1e-9)


def test_where_together_is_dearer_than_alone_all_are_treated_as_well_as_can_be():
    # 9 more than alone: 3 each.
    cost = listed("abc", [1, 2, 3, 9, 9, 9, 15])

    assert list(share_costs(cost, "abc", rule="nucleolus").values()) == pytest.approx([4, 5, 6])


@pytest.mark.parametrize(
    ("players", "looked"), [(16, "every group"), (17, "the worst treated group")]
)
def test_each_answer_says_how_it_was_checked(players, looked):
    cost = airport(*range(1, players + 1))

    plain = share_costs(cost, range(players), rule="nucleolus")
    per_head = share_costs(cost, range(players), rule="per_capita_nucleolus")

    assert plain.check.startswith(f"Kohlberg's criterion holds: {looked}")
    assert per_head.check.startswith(
        f"Kohlberg's criterion holds: excesses for each player, {looked}"
    )
    # Littlechild (1974): half of the shortest runway of 1, three quarters of the next stretch.
    assert [plain[plane] for plane in range(4)] == pytest.approx([1 / 2, 3 / 4, 7 / 8, 15 / 16])


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_oracle_leads_to_the_same_nucleolus_as_a_list(rule, seed):
    cost, worst_group = village_of(9, seed)

    by_list = share_costs(cost, range(9), rule=rule)
    asked = share_costs(cost, range(9), rule=rule, worst_group=worst_group)

    assert dict(asked) == pytest.approx(dict(by_list))
    assert asked.check.endswith("the worst treated group asked for at each level")


def test_thirty_councils_have_a_nucleolus_through_an_oracle():
    cost, worst_group = village_of(30, seed=4)

    split = share_costs(cost, range(30), rule="nucleolus", worst_group=worst_group)

    assert sum(split.values()) == pytest.approx(cost(frozenset(range(30))))
    assert split.check == (
        "Kohlberg's criterion holds: the worst treated group asked for at each level"
    )


@pytest.mark.parametrize("rule", RULES)
def test_above_twenty_players_an_oracle_is_needed(rule):
    with pytest.raises(Infeasible, match="21 players have too many groups to look at each: 20 at"):
        share_costs(len, range(21), rule=rule)


@pytest.mark.parametrize("per_capita", [False, True])
@pytest.mark.parametrize("looked", [balances_when_listed, balances_when_asked])
def test_a_penny_moved_fails_the_check(looked, per_capita):
    found, groups = by_listing(Game(SWEDEN, "AHKLMT"), per_capita)
    penny = np.array([0.01, -0.01, 0, 0, 0, 0])

    assert looked(found, groups)
    assert not looked(replace(found, shares=found.shares + penny), groups)
    assert not looked(replace(found, shares=found.shares - penny), groups)


@pytest.mark.parametrize("looked", [balances_when_listed, balances_when_asked])
def test_paying_more_than_alone_fails_the_check(looked):
    # Any two pay 0 and all nothing: 0 each, and c pays 1 where alone it would pay 0.
    found, groups = by_listing(Game(listed("abc", [0] * 7), "abc"), per_capita=False)

    assert not looked(replace(found, shares=np.array([0.0, -1.0, 1.0])), groups)


def test_levels_that_leave_somebody_unsettled_fail_the_check():
    found, groups = by_listing(Game(SWEDEN, "AHKLMT"), per_capita=False)

    assert not balances_when_asked(replace(found, levels=found.levels[:1]), groups)


def test_a_group_nobody_thought_of_fails_the_check():
    # H, K and L are among the worst treated; were they dearer, others would settle the shares.
    dearer = SWEDEN | {frozenset("HKL"): 1_000}
    found, _ = by_listing(Game(dearer, "AHKLMT"), per_capita=False)

    assert not balances_when_asked(found, Listed(Game(SWEDEN, "AHKLMT")))


def test_levels_that_nobody_stands_at_fail_the_check():
    found, groups = by_listing(Game(SWEDEN, "AHKLMT"), per_capita=False)
    higher = tuple(replace(level, excess=level.excess + 1) for level in found.levels)

    assert not balances_when_asked(replace(found, levels=higher), groups)


def test_an_answer_that_fails_its_check_is_not_given(monkeypatch):
    monkeypatch.setattr(
        "waywarden.planner.shares.dividing.balances_when_listed", lambda found, groups: False
    )

    with pytest.raises(Infeasible, match="does not pass Kohlberg's criterion"):
        share_costs(SWEDEN, "AHKLMT", rule="nucleolus")


def test_a_program_without_an_end_is_said():
    with pytest.raises(Infeasible, match="The linear program of the shares has no end"):
        Program(total=1.0, most=np.array([0.2, 0.2])).solve()
