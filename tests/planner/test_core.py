"""Which group would be better off by itself, found by looking or by asking."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.known_games import SWEDEN, asked_of, complaints, listed, village_of
from waywarden.planner import Infeasible
from waywarden.planner.shares import Game, core_excess, nearest_core, share_costs

EQUAL_SWEDES = dict.fromkeys("AHKLMT", 83.82 / 6)


def test_the_worst_treated_group_is_named_with_what_it_overpays():
    # H, K and L pay half of 83.82 and by themselves 27.26.
    worst = core_excess(SWEDEN, EQUAL_SWEDES)

    assert worst == (frozenset("HKL"), pytest.approx(41.91 - 27.26))


def test_a_split_in_the_core_leaves_every_group_at_most_its_cost():
    # Alone 60, 40 and 50, in twos 80, 90 and 70: 45, 20 and 35 leave the least of 10 to a and c.
    trio = listed("abc", [60, 40, 50, 80, 90, 70, 100])

    assert core_excess(trio, {"a": 45, "b": 20, "c": 35}).excess == pytest.approx(-10)
    assert core_excess(trio, {"a": 60, "b": 10, "c": 30}).excess == 0


@given(numbers=st.lists(st.integers(1, 40), min_size=15, max_size=15))
@settings(max_examples=30, deadline=None)
def test_the_worst_treated_is_the_first_of_all_complaints(numbers):
    cost = listed("abcd", numbers)
    split = share_costs(cost, "abcd", rule="equal")

    looked = core_excess(cost, split)
    asked = core_excess(cost, split, worst_group=asked_of(cost))

    assert looked.excess == pytest.approx(complaints(cost, split)[0], abs=1e-9)
    assert asked.excess == pytest.approx(looked.excess, abs=1e-9)


def test_an_oracle_that_answers_with_everyone_is_asked_again():
    # In the core nobody gains more than all players together, who gain nothing.
    cost, worst_group = village_of(8, seed=1)
    split = share_costs(cost, range(8), rule="nucleolus")

    asked = core_excess(cost, split, worst_group=worst_group)

    assert worst_group(split)[1] == pytest.approx(0)
    assert asked.excess == pytest.approx(core_excess(cost, split).excess)
    assert asked.excess < 0


@given(numbers=st.lists(st.integers(20, 40), min_size=15, max_size=15))
@settings(max_examples=40, deadline=None)
def test_no_split_in_the_core_is_nearer(numbers):
    cost = listed("abcd", [*numbers[:14], 40])
    wish = share_costs(cost, "abcd", rule="alone")

    try:
        near = nearest_core(cost, wish)
    except Infeasible:
        return

    assert sum(near.values()) == pytest.approx(40)
    assert core_excess(cost, near).excess <= 0
    # Towards any other split in the core, here the nucleolus, the distance only grows: the change
    # made stands at no less than a right angle to that way.
    other = share_costs(cost, "abcd", rule="nucleolus")
    assert sum((wish[p] - near[p]) * (other[p] - near[p]) for p in "abcd") <= 1e-6


def test_the_order_shares_are_told_in_does_not_matter():
    value = share_costs(SWEDEN, "AHKLMT", rule="shapley")
    told_backwards = {player: value[player] for player in "TMLKHA"}

    assert core_excess(Game(SWEDEN, "AHKLMT"), told_backwards).group == frozenset("HKL")


def test_a_split_in_the_core_stays_as_it_is():
    split = share_costs(SWEDEN, "AHKLMT", rule="nucleolus")

    assert dict(nearest_core(SWEDEN, split)) == pytest.approx(dict(split))


def test_a_split_rounded_for_print_adds_up_again():
    printed = dict(zip("AHKLMT", (20.0, 10.7, 6.6, 10.4, 16.9, 19.2), strict=True))

    near = nearest_core(SWEDEN, printed)

    assert sum(printed.values()) == pytest.approx(83.8)
    assert sum(near.values()) == pytest.approx(83.82)


def test_an_oracle_leads_to_the_same_nearest_split():
    cost, worst_group = village_of(9, seed=2)
    wish = share_costs(cost, range(9), rule="equal")

    asked = nearest_core(cost, wish, worst_group=worst_group)

    assert dict(asked) == pytest.approx(dict(nearest_core(cost, wish)))


@pytest.mark.parametrize("question", [core_excess, nearest_core])
@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (
            {**EQUAL_SWEDES, "A": 20},
            "The shares add up to 89.85, which is 6.03 more than the total",
        ),
        (
            {**EQUAL_SWEDES, "A": float("nan")},
            "The share for A is nan. Give a number",
        ),
    ],
)
def test_what_is_no_split_of_the_total_is_refused(question, shares, said):
    with pytest.raises(Infeasible) as refused:
        question(SWEDEN, shares)

    assert str(refused.value).startswith(said)


def test_above_twenty_players_an_oracle_is_needed():
    with pytest.raises(Infeasible, match=r"Give worst_group, which finds the worst treated group"):
        core_excess(len, dict.fromkeys(range(21), 1))
