"""What makes no sense as a cost, a player, a share or a wish is refused in plain words."""

import numpy as np
import pytest

from tests.planner.known_games import listed
from waywarden.planner import Infeasible
from waywarden.planner.shares import core_excess, nearest_core, share_costs

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


def test_an_oracle_must_answer():
    with pytest.raises(Infeasible, match="The oracle returned None"):
        core_excess(TRIO, {"a": 40, "b": 30, "c": 30}, worst_group=lambda amounts: None)


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
    weights = dict(zip("abc", (1e308, 2e307, 8e307), strict=True))
    shares = share_costs(TRIO, "abc", rule="proportional", weights=weights)
    assert list(shares.values()) == pytest.approx([50, 10, 40])
