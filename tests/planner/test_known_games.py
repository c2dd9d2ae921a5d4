"""Games that others have worked out come out here as they published them."""

from fractions import Fraction

import pytest

from tests.planner.known_games import EMPTY_CORE, SWEDEN, TVA, airport, bankruptcy, gloves
from waywarden.planner import Infeasible
from waywarden.planner.shares import core_excess, nearest_core, share_costs

SWEDES = "AHKLMT"


def shares(cost, players, rule, **given):
    return list(share_costs(cost, players, rule=rule, **given).values())


@pytest.mark.parametrize(
    ("rule", "published"),
    [
        ("shapley", [20.01, 10.71, 6.61, 10.37, 16.94, 19.18]),
        ("scrb", [19.54, 13.28, 5.62, 10.90, 16.66, 17.82]),
        ("nucleolus", [20.35, 12.06, 5.00, 8.61, 18.32, 19.49]),
        ("per_capita_nucleolus", [20.03, 12.52, 3.94, 9.07, 18.54, 19.71]),
    ],
)
def test_the_swedish_municipalities_share_their_water_as_published(rule, published):
    # Per capita it is called the weak nucleolus. Each row is rounded so as to add up to 83.82.
    assert shares(SWEDEN, SWEDES, rule) == pytest.approx(published, abs=0.01)


def test_the_swedish_shapley_value_is_outside_the_core():
    # H, K and L pay 10.71 + 6.61 + 10.37 = 27.69, and by themselves 27.26.
    worst = core_excess(SWEDEN, share_costs(SWEDEN, SWEDES, rule="shapley"))

    assert worst.group == frozenset("HKL")
    assert worst.excess == pytest.approx(0.43, abs=0.005)


def test_the_swedish_shapley_value_moves_into_the_core_at_the_expense_of_the_others():
    # H, K and L must pay 0.4275 less, which A, M and T bear: a third each, plus and minus 0.1425.
    value = share_costs(SWEDEN, SWEDES, rule="shapley")
    over = sum(value[player] for player in "HKL") - 27.26

    near = nearest_core(SWEDEN, value)

    assert near.rule == "nearest core"
    for player in SWEDES:
        change = -over / 3 if player in "HKL" else over / 3
        assert near[player] == pytest.approx(value[player] + change, abs=1e-9)
    assert core_excess(SWEDEN, near).excess == 0.0


@pytest.mark.parametrize(
    ("rule", "published"),
    [
        ("shapley", [117_829, 100_756.5, 193_998.5]),
        # Separable costs 45,214, 33,763 and 110,977; of the 222,630 left by remaining benefits
        # 118,306, 107,063 and 139,119 navigation bears 72,262.
        ("scrb", [117_476, 99_157, 195_951]),
        # No two gain much by themselves, so each saves a third of 141,858.
        ("nucleolus", [116_234, 93_540, 202_810]),
    ],
)
def test_the_tennessee_valley_authority_shares_its_dams_as_published(rule, published):
    assert shares(TVA, "nfp", rule) == pytest.approx(published, abs=1)


def test_aeroplanes_share_each_length_of_runway_with_those_that_need_it():
    # S. C. Littlechild and G. Owen, A simple expression for the Shapley value in a special case,
    # Management Science 20 (1973). Runways of 8, 11, 13 and 18: all share 8, three the next 3,
    # two the next 2, one the last 5: 2; 2 + 1; 3 + 1; 4 + 5.
    assert shares(airport(8, 11, 13, 18), range(4), "shapley") == pytest.approx([2, 3, 4, 9])


def test_the_nucleolus_of_an_airport_saves_the_shorter_runways_alike():
    # S. C. Littlechild, A simple expression for the nucleolus in a special case, International
    # Journal of Game Theory 3 (1974): the least of 8/2, 11/3, 13/4 and 18/4 is 13/4 for the
    # first three, and the last pays the rest of 18.
    assert shares(airport(8, 11, 13, 18), range(4), "nucleolus") == pytest.approx(
        [3.25, 3.25, 3.25, 8.25]
    )


@pytest.mark.parametrize(
    ("estate", "divided"),
    [
        (100, [Fraction(100, 3)] * 3),
        (200, [50, 75, 75]),
        (300, [50, 100, 150]),
    ],
)
def test_the_estate_of_the_talmud_is_divided_as_the_mishna_says(estate, divided):
    # R. J. Aumann and M. Maschler, Game theoretic analysis of a bankruptcy problem from the
    # Talmud, Journal of Economic Theory 36 (1985): claims of 100, 200 and 300.
    assert shares(bankruptcy(estate, 100, 200, 300), range(3), "nucleolus") == pytest.approx(
        [float(part) for part in divided]
    )


def test_the_only_right_glove_is_worth_the_pair():
    # Two own a left glove, one the right. In the six orders the right one completes a pair in
    # four, each left one in one; in the core the left ones are worth nothing.
    game = gloves(left=2, right=1)

    assert shares(game, range(3), "shapley") == pytest.approx([-1 / 6, -1 / 6, -4 / 6])
    assert shares(game, range(3), "nucleolus") == pytest.approx([0, 0, -1])
    core = nearest_core(game, {0: -1 / 3, 1: -1 / 3, 2: -1 / 3})
    assert list(core.values()) == pytest.approx([0, 0, -1], abs=1e-9)


def test_an_empty_core_is_said_with_what_some_group_must_lose():
    # Each two pay 4 of 6 if all pay alike, and by themselves 3.
    with pytest.raises(Infeasible, match=r"The core is empty: .* at least 1 more"):
        nearest_core(EMPTY_CORE, dict.fromkeys("abc", 2))

    assert shares(EMPTY_CORE, "abc", "nucleolus") == pytest.approx([2, 2, 2])
    assert core_excess(EMPTY_CORE, dict.fromkeys("abc", 2)).excess == pytest.approx(1)


def test_the_cluster_of_a_town_and_three_parishes_shares_by_cost_alone():
    # Alone 11,780, 7,292, 7,028 and 6,852: 32,952; together 15,042. T pays 15,042 x 11,780/32,952.
    together = {frozenset("TABC"): 15_042}
    alone = {"T": 11_780, "A": 7_292, "B": 7_028, "C": 6_852}

    split = share_costs(together, "TABC", alone=alone)

    assert split["T"] == pytest.approx(15_042 * 11_780 / 32_952)
    assert sum(split.values()) == pytest.approx(15_042)
