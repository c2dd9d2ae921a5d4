"""Beyond twenty players the Shapley value is estimated, and says how well."""

import pytest

from tests.planner.known_games import airport
from waywarden.planner import Infeasible
from waywarden.planner.shares import Game, share_costs
from waywarden.planner.shares.shapley import sampled_shapley

RUNWAYS = [3 * (plane + 1) ** 0.5 for plane in range(30)]


def littlechild_and_owen(runways):
    """Return the Shapley value of an airport whose runways are in order of length."""
    shares, paid, before = [], 0.0, 0.0
    for plane, runway in enumerate(runways):
        paid += (runway - before) / (len(runways) - plane)
        shares.append(paid)
        before = runway
    return shares


def test_thirty_aeroplanes_pay_within_the_half_width_of_the_exact_value():
    # 95 in 100 intervals hold the exact share: of 30 about 28.
    split = share_costs(airport(*RUNWAYS), range(30), rule="shapley", samples=1_000, seed=1)

    exact = littlechild_and_owen(RUNWAYS)
    held = [abs(split[i] - exact[i]) <= split.half_width[i] for i in range(30)]
    assert sum(held) >= 24
    assert max(split.half_width.values()) < 0.15
    assert sum(split.values()) == pytest.approx(RUNWAYS[-1])


def test_the_interval_holds_the_exact_value_95_times_in_100():
    # 100 samples of 9 aeroplanes each: 900 intervals, of which 855 should hold it.
    game, exact = Game(airport(*RUNWAYS[:9]), range(9)), littlechild_and_owen(RUNWAYS[:9])

    drawn = [sampled_shapley(game, samples=200, seed=seed) for seed in range(100)]

    held = sum((abs(one.shares - exact) <= one.half_width + 1e-12).sum() for one in drawn)
    assert held == pytest.approx(855, abs=20)


def test_the_same_seed_draws_the_same_orders():
    first, again = (
        share_costs(airport(*RUNWAYS), range(30), rule="shapley", samples=50) for _ in "ab"
    )
    other = share_costs(airport(*RUNWAYS), range(30), rule="shapley", samples=50, seed=1)

    assert dict(first) == dict(again)
    assert dict(first) != dict(other)


def test_more_orders_narrow_the_interval():
    # Sixteen times the orders: about a quarter of the width.
    few, many = (
        share_costs(airport(*RUNWAYS), range(30), rule="shapley", samples=samples)
        for samples in (200, 3_200)
    )

    narrower = sum(many.half_width.values()) / sum(few.half_width.values())
    assert 0.15 < narrower < 0.4


def test_orders_that_balance_leave_a_plain_sum_no_doubt():
    # Who adds the same whenever it arrives is known from one order.
    split = share_costs(sum, range(25), rule="shapley", samples=1)

    assert dict(split) == pytest.approx({player: player for player in range(25)})
    assert set(split.half_width.values()) == {0.0}


def test_an_order_and_its_reverse_cancel_what_pairs_save():
    # The cost of pairs is the same from both ends, so every order with its reverse is exact.
    def cost(group):
        return 30 * len(group) - len(group) * (len(group) - 1) / 2

    sampled = sampled_shapley(Game(cost, range(25)), samples=1, seed=0)

    assert sampled.shares.tolist() == pytest.approx([18.0] * 25)
    assert sampled.half_width.tolist() == pytest.approx([0.0] * 25)


def test_no_samples_are_too_few():
    with pytest.raises(Infeasible, match="0 samples are too few"):
        share_costs(sum, range(25), rule="shapley", samples=0)
