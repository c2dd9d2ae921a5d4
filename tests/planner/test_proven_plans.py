"""Plans proven over all clusters are bounded by the best there is, under rules of every kind."""

import math

import pytest

from tests.planner.made_up_rules import RULES, ruled_county
from tests.planner.oracle_rules import cheapest_plan
from waywarden.planner import Effort, plan

PROVEN = Effort(
    shared_moves=500, service_moves=100, relaxed_rounds=10, exact_rounds=2, proof_rounds=3
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [1, 4])
def test_no_plan_is_below_the_proven_bound_on_one_thread_or_two(rule, seed):
    problem = ruled_county(seed, often={rule: 1.0})
    best = cheapest_plan(problem, "shared")
    assert math.isfinite(best)

    one, two = (plan(problem, effort=PROVEN, threads=threads) for threads in (1, 2))

    assert one.bound <= best * (1 + 1e-9)
    assert best <= one.cost * (1 + 1e-9)
    assert (one.bound, one.cost, one.clusters) == (two.bound, two.cost, two.clusters)
