"""What makes no sense as a cost, a player, a share or a wish is refused in plain words."""

import numpy as np
import pytest

from tests.planner.known_games import listed
from waywarden.planner import Infeasible
from waywarden.planner.shares import RULES, core_excess, nearest_core, share_costs

# Alone a pays 60, b 40, c 50; a and b 80, a and c 90, b and c 70; all 100.
TRIO = listed("abc", [60, 40, 50, 80, 90, 70, 100])
MANY = range(21)


def each_ten(group):
    return 10.0 * len(group)


@pytest.mark.parametrize("players", [iter("abc"), np.array(["a", "b", "c"]), tuple("abc")])
def test_players_may_come_in_any_row(players):
    assert list(share_costs(TRIO, players, rule="equal").values()) == pytest.approx([100 / 3] * 3)


@pytest.mark.parametrize("cost", [None, [60, 40], 5])
def test_what_is_no_cost_is_refused(cost):
    with pytest.raises(Infeasible, match="Give a mapping of frozensets of players to numbers"):
        share_costs(cost, "abc")


@pytest.mark.parametrize("cost", [True, np.True_, "60", None])
def test_a_group_costs_a_number(cost):
    with pytest.raises(Infeasible, match="cost of a"):
        share_costs({**TRIO, frozenset("a"): cost}, "abc")
    if cost is not None:
        with pytest.raises(Infeasible, match="nobody costs"):
            share_costs({**TRIO, frozenset(): cost}, "abc")


@pytest.mark.parametrize("ask", [core_excess, nearest_core])
def test_shares_are_given_by_player(ask):
    with pytest.raises(Infeasible, match="The shares are no mapping"):
        ask(TRIO, [1, 2, 3])
    with pytest.raises(Infeasible, match="The weight is a list"):
        share_costs(TRIO, "abc", rule="proportional", weights=[1, 2, 3])


def raises(asked):
    raise RuntimeError("no prices today")


@pytest.mark.parametrize(
    ("oracle", "said"),
    [
        (lambda amounts: None, "The oracle returned None. Return a group, and as a number"),
        (lambda amounts: (None, 1.0), r"The oracle returned \(None, 1.0\). Return a group"),
        (lambda amounts: (frozenset("a"), "9"), "Return a group, and as a number what it pays"),
        (lambda amounts: (frozenset("z"), 1.0), "z is none of the players"),
        (lambda amounts: ([["a"]], 1.0), r"\['a'\] is none of the players"),
        (lambda amounts: (frozenset("a"), 99.0), "says that a pays 99 above its cost, but by"),
        (raises, "The oracle raised RuntimeError: no prices today. It must name the worst"),
        (5, "The oracle raised TypeError: 'int' object is not callable"),
    ],
)
def test_an_oracle_must_answer_with_a_group_and_its_excess(oracle, said):
    with pytest.raises(Infeasible, match=said):
        core_excess(TRIO, {"a": 40, "b": 30, "c": 30}, worst_group=oracle)


@pytest.mark.parametrize("group", [frozenset(), frozenset("abc")])
def test_where_an_oracle_knows_no_group_but_all_nobody_has_another_to_leave_for(group):
    def only(amounts):
        return group, sum(amounts.values()) - 100 if group else 0.0

    found = core_excess(TRIO, {"a": 40, "b": 30, "c": 30}, worst_group=only)

    assert found == (frozenset("abc"), 0.0)


def raises_for_pairs(group):
    return {0: 0.0, 1: 60.0, 3: 100.0}[len(group)]


@pytest.mark.parametrize("rule", ["shapley", "scrb", "nucleolus", "per_capita_nucleolus"])
def test_a_function_that_raises_is_told_by_the_group_it_was_asked_for(rule):
    with pytest.raises(Infeasible, match=r"The cost of . and . could not be worked out: the funct"):
        share_costs(raises_for_pairs, "abc", rule=rule)
    with pytest.raises(Infeasible, match=r"The cost of nobody could not be .* KeyError: frozenset"):
        share_costs(TRIO.__getitem__, "abc", rule=rule)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("cost", "shown"),
    [
        (10**400, "is 1000000000000000000000000000000000000000... Give a number from -1e"),
        (10**5_000, "is a number of thousands of digits. Give a number from -1e"),
        (1.7e308, "is 1.7e"),
        (np.inf, "is inf"),
        (np.nan, "is nan"),
    ],
    ids=["hundreds of digits", "thousands of digits", "near the largest", "endless", "unknown"],
)
def test_costs_too_large_to_reckon_with_are_refused_by_every_rule(rule, cost, shown):
    given = {"weights": dict.fromkeys("abc", 1), "agreed": dict.fromkeys("abc", 1)}

    with pytest.raises(Infeasible, match=f"The cost of a, b and c {shown}".replace("...", ".+")):
        share_costs({**TRIO, frozenset("abc"): cost}, "abc", rule=rule, **given)


@pytest.mark.parametrize("rule", ["allocation", "shapley"])
def test_shares_that_rounding_has_left_nothing_of_are_refused(rule):
    # Beside 1e300 floating point has no room for the 100 that are shared.
    with pytest.raises(Infeasible, match=f"too unlike in size for the rule {rule}: the shares"):
        share_costs({**TRIO, frozenset("a"): 1e300}, "abc", rule=rule)


@pytest.mark.parametrize(
    ("players", "said"),
    [
        (None, "The players are None. Give a list of their names."),
        (5, "The players are an int. Give a list of their names."),
        ([["a"], "b"], "The player of row 1 is a list. Give a name or number."),
    ],
)
def test_players_are_a_row_of_names(players, said):
    with pytest.raises(Infeasible) as refused:
        share_costs(TRIO, players)
    assert str(refused.value) == said


def test_a_rule_has_a_name():
    with pytest.raises(Infeasible, match=r"There is no rule None\. The rules are"):
        share_costs(TRIO, "abc", rule=None)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"seed": -1}, "The seed is -1"),
        ({"seed": "a"}, "The seed is 'a'"),
        ({"samples": 2.5}, "The samples are 2.5"),
        ({"samples": True}, "The samples are True"),
    ],
)
def test_orders_are_drawn_from_whole_numbers(wish, said):
    with pytest.raises(Infeasible, match=said):
        share_costs(each_ten, MANY, rule="shapley", **wish)


def test_weights_of_any_size_are_shared_by():
    weights = dict(zip("abc", (1e300, 2e299, 8e299), strict=True))
    shares = share_costs(TRIO, "abc", rule="proportional", weights=weights)
    assert list(shares.values()) == pytest.approx([50, 10, 40])
