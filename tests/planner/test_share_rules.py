"""Each rule shares out the whole cost, to whom it says, and refuses what makes no sense."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.known_games import SWEDEN, airport, listed
from waywarden.planner import Infeasible
from waywarden.planner.shares import RULES, Game, Shares, core_excess, share_costs
from waywarden.rules.pence import split_pence

# Alone a pays 60, b 40, c 50; a and b 80, a and c 90, b and c 70; all 100.
TRIO = listed("abc", [60, 40, 50, 80, 90, 70, 100])
#: What every rule needs beside the costs, for three players of a total of 100.
NEEDS = {
    "weights": dict(zip("abc", (1, 2, 1), strict=True)),
    "agreed": dict(zip("abc", (50, 20, 30), strict=True)),
}
costs = st.lists(st.integers(0, 60), min_size=15, max_size=15)


def refusal(cost=TRIO, players="abc", **given):
    with pytest.raises(Infeasible) as refused:
        share_costs(cost, players, **given)
    return str(refused.value)


@pytest.mark.parametrize(
    ("rule", "given", "shares"),
    [
        ("equal", {}, [100 / 3, 100 / 3, 100 / 3]),
        ("proportional", NEEDS, [25, 50, 25]),
        ("alone", {}, [40, 80 / 3, 100 / 3]),
        # Alone 150, together 100: the 50 saved by 60, 40 and 50 parts of 150.
        ("allocation", {}, [60 - 20, 40 - 40 / 3, 50 - 50 / 3]),
        # Separable 30, 10 and 20, benefits 30 each: a third each of the 40 left.
        ("scrb", {}, [30 + 40 / 3, 10 + 40 / 3, 20 + 40 / 3]),
        # a adds 60, 40 or 40, and 30: (2 x 60 + 40 + 40 + 2 x 30) / 6.
        ("shapley", {}, [260 / 6, 140 / 6, 200 / 6]),
        ("custom", NEEDS, [50, 20, 30]),
    ],
)
def test_three_councils_share_a_hundred(rule, given, shares):
    split = share_costs(TRIO, "abc", rule=rule, **given)

    assert split.rule == rule
    assert split.total == 100
    assert list(split) == ["a", "b", "c"]
    assert list(split.values()) == pytest.approx(shares)


def test_councils_start_from_their_allocation_and_top_up():
    # a starts from 30 + 15 = 45, b from 40 - 5 = 35, c from 50: 130, of which 30 are saved, shared
    # by costs alone of 60, 40 and 50: 12, 8 and 10.
    split = share_costs(
        TRIO,
        "abc",
        allocations={"a": 30, "b": 40, "c": 50},
        top_ups={"a": 15, "b": -5, "c": 0},
    )

    assert list(split.values()) == pytest.approx([33, 27, 40])


def test_a_council_with_no_top_up_told_tops_up_to_its_cost_alone():
    split = share_costs(TRIO, "abc", allocations={"a": 10, "b": 90, "c": 50})

    assert dict(split) == pytest.approx(dict(share_costs(TRIO, "abc", rule="alone")))


@pytest.mark.parametrize("rule", RULES)
def test_numbers_of_every_kind_are_taken(rule):
    kinds = [int, float, Fraction, Decimal]
    mixed = {group: kinds[i % 4](cost) for i, (group, cost) in enumerate(TRIO.items())}

    split = share_costs(mixed, "abc", rule=rule, **NEEDS)

    assert dict(split) == pytest.approx(dict(share_costs(TRIO, "abc", rule=rule, **NEEDS)))


@pytest.mark.parametrize("rule", RULES)
def test_a_single_council_pays_it_all(rule):
    split = share_costs({frozenset("a"): 7}, "a", rule=rule, weights={"a": 2}, agreed={"a": 7})

    assert dict(split) == {"a": 7}
    assert core_excess({frozenset("a"): 7}, split) == (frozenset("a"), 0)


@given(costs)
@settings(max_examples=40, deadline=None)
def test_every_rule_shares_out_the_total(numbers):
    game = Game(listed("abcd", [number + 1 for number in numbers]), "abcd")
    for rule in set(RULES) - {"custom", "scrb"}:
        split = share_costs(game, "abcd", rule=rule, weights=dict.fromkeys("abcd", 3))
        assert sum(split.values()) == pytest.approx(game.total, abs=1e-9)


@given(costs)
@settings(max_examples=40, deadline=None)
def test_the_shapley_value_is_the_mean_over_all_orders(numbers):
    game = Game(listed("abcd", numbers), "abcd")
    orders, added = list(permutations("abcd")), dict.fromkeys("abcd", 0.0)
    for order in orders:
        for i, player in enumerate(order):
            added[player] += game.of(game.number(order[: i + 1])) - game.of(game.number(order[:i]))

    value = share_costs(game, "abcd", rule="shapley")

    assert dict(value) == pytest.approx({p: sum_ / len(orders) for p, sum_ in added.items()})


@pytest.mark.parametrize("rule", ["alone", "scrb", "shapley", "nucleolus", "per_capita_nucleolus"])
def test_councils_that_cost_alike_pay_alike(rule):
    split = share_costs(airport(8, 11, 11, 18), range(4), rule=rule)

    assert split[1] == pytest.approx(split[2], abs=1e-12)


@pytest.mark.parametrize("rule", ["scrb", "shapley", "nucleolus", "per_capita_nucleolus"])
def test_who_adds_the_same_to_every_group_pays_that(rule):
    def cost(group):
        return math.sqrt(len(group - {"d"})) + 5 * ("d" in group)

    assert share_costs(cost, "abcd", rule=rule)["d"] == pytest.approx(5)


@pytest.mark.parametrize("rule", ["scrb", "shapley", "nucleolus", "per_capita_nucleolus"])
def test_a_cost_all_its_own_and_another_currency_change_nothing_else(rule):
    # Twice the money, and 7 more for a whatever it does: twice the shares, and 7 more for a.
    other = {group: 2 * cost + 7 * ("a" in group) for group, cost in TRIO.items()}

    split, own = share_costs(TRIO, "abc", rule=rule), share_costs(other, "abc", rule=rule)

    assert own["a"] == pytest.approx(2 * split["a"] + 7)
    assert own["b"] == pytest.approx(2 * split["b"])


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in ("custom", "proportional")])
def test_shares_become_pence_that_add_up_to_the_bill(rule):
    split = share_costs(SWEDEN, "AHKLMT", rule=rule)

    pence = split_pence(83_82, split.weights())

    assert sum(pence.values()) == 83_82
    for player, share in split.items():
        assert abs(pence[player] - 100 * share) < 1


def test_equal_shares_give_the_odd_pence_to_whoever_is_named_first():
    split = share_costs({frozenset("abc"): 0.1 + 0.2}, "cab", rule="equal")

    assert split_pence(100, split.weights()) == {"c": 34, "a": 33, "b": 33}


def test_no_pence_are_made_of_nothing_or_of_what_others_would_pay_one():
    with pytest.raises(Infeasible, match="The total is 0"):
        Shares("equal", 0.0, {"a": 1.0, "b": -1.0}).weights()
    with pytest.raises(Infeasible, match="The share of b is -1 of a total of 4: it would be paid"):
        Shares("custom", 4.0, {"a": 5.0, "b": -1.0}).weights()


def test_several_rules_ask_for_each_cost_once():
    asked = []

    def cost(group):
        asked.append(group)
        return len(group) ** 0.5

    game = Game(cost, "abcd")
    for rule in ("alone", "scrb", "shapley", "nucleolus"):
        core_excess(game, share_costs(game, "abcd", rule=rule))

    assert len(asked) == len(set(asked)) == 16


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"rule": "shapely"},
            "There is no rule shapely. Did you mean shapley? The rules are allocation, equal, "
            "proportional, alone, scrb, shapley, nucleolus, per_capita_nucleolus, custom.",
        ),
        ({"rule": "x"}, "There is no rule x. The rules are allocation, equal"),
        ({"players": ""}, "There are no players to share among. Name at least one."),
        ({"players": "aba"}, "The player a is named twice: rows 1 and 3. Keep one of them."),
        ({"rule": "proportional"}, "The rule proportional needs weights"),
        ({"rule": "proportional", "weights": {"a": 1, "b": 1}}, "The weight does not say an amou"),
        (
            {"rule": "proportional", "weights": {"a": 1, "b": -1, "c": 1}},
            "The weight for b is -1. Give 0 or more.",
        ),
        (
            {"rule": "proportional", "weights": {"a": 1, "b": math.nan, "c": 1}},
            "The weight for b is nan. Give a number from -1e+300 to 1e+300.",
        ),
        (
            {"rule": "proportional", "weights": {"a": 1, "b": "many", "c": 1}},
            "The weight for b is many. Give a number from -1e+300 to 1e+300.",
        ),
        (
            {"rule": "proportional", "weights": {"a": 1, "d": 1}},
            "The weight names d, who is none of the players.",
        ),
        (
            {"rule": "proportional", "weights": dict.fromkeys("abc", 0)},
            "Every weight is 0. Give a weight above 0 to at least one player.",
        ),
        (
            {"rule": "alone", "cost": {**TRIO, frozenset("a"): -60}},
            "Nothing can be shared in proportion to amounts below 0.",
        ),
        ({"top_ups": dict.fromkeys("abc", 0)}, "Top-ups stand on allocations: give these too."),
        ({"rule": "custom"}, "The rule custom needs the agreed split"),
        (
            {"rule": "custom", "agreed": {"a": 50, "b": 20, "c": 29.5}},
            "The shares add up to 99.5, which is 0.5 less than the total of 100.",
        ),
        (
            {"rule": "custom", "agreed": {"a": 50, "b": 20, "c": 31}},
            "The shares add up to 101, which is 1 more than the total of 100.",
        ),
        ({"cost": {**TRIO, frozenset(): 3}}, "The group of nobody costs 3. It must cost 0"),
        ({"cost": lambda group: 5 + len(group)}, "The group of nobody costs 5. It must cost 0"),
        (
            {"rule": "equal", "cost": {}},
            "There is no cost of a, b and c. Give the cost of this group.",
        ),
        (
            {"rule": "shapley", "cost": {frozenset("abc"): 1, frozenset("a"): 1}},
            "There is no cost of b; a and b; c and of 2 more. Give the cost of each of these",
        ),
        (
            {"rule": "equal", "cost": {frozenset("abc"): math.inf}},
            "The cost of a, b and c is inf. Give a number from -1e+300 to 1e+300.",
        ),
        (
            {"rule": "shapley", "cost": {**TRIO, frozenset("ab"): math.nan}},
            "The cost of a and b is nan. Give a number from -1e+300 to 1e+300.",
        ),
        (
            {"rule": "shapley", "cost": {**TRIO, frozenset("ab"): "dear"}},
            "The cost of a and b is dear. Give a number from -1e+300 to 1e+300.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(given, said):
    assert refusal(**given).startswith(said)


def test_who_adds_more_than_it_pays_alone_has_no_benefit_left():
    # Alone a pays 10 and adds 30: nothing of the 40 left is a's, b and c have benefits of 30 each.
    cost = {**TRIO, frozenset("a"): 10}

    assert list(share_costs(cost, "abc", rule="scrb").values()) == pytest.approx([30, 30, 40])


def test_scrb_says_when_nobody_has_a_benefit_to_share_by():
    # Alone 1 each, together 5: each adds 4 to the other, more than alone.
    said = refusal(listed("ab", [1, 1, 5]), "ab", rule="scrb")

    assert said.startswith("The rule scrb has -3 left to share by remaining benefits, and nobody")


def test_a_game_is_shared_by_its_own_players():
    game = Game(TRIO, "abc")

    assert share_costs(game, "abc", rule="equal")["a"] == pytest.approx(100 / 3)
    with pytest.raises(Infeasible, match="The players are not those of the game"):
        share_costs(game, "cab", rule="equal")


def test_too_many_players_are_not_listed():
    with pytest.raises(Infeasible, match="21 players have too many groups to list: 20 at most"):
        Game(len, range(21)).table()
