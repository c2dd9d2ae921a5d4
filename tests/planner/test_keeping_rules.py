"""Whatever rules are given, a plan keeps them all, or none is given and a sentence says why."""

import math
import re

import pytest

from tests.planner.made_up_rules import ruled_county
from tests.planner.oracle_rules import broken_rules, cheapest_plan
from tests.planner.test_planning import BRIEF, SHAPES
from waywarden.planner import Infeasible, plan

A_SENTENCE = re.compile(r"[A-Z].*\.\Z", re.DOTALL)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_plan_keeps_every_rule_or_there_is_none_and_a_sentence_says_why(shape):
    planned = 0
    for seed in range(1_000, 1_040):
        problem = ruled_county(seed, size=4 + seed % 3)
        best = cheapest_plan(problem, shape)
        try:
            found = plan(problem, shape=shape, effort=BRIEF, threads=1)
        except Infeasible as reason:
            assert A_SENTENCE.match(str(reason))
            assert math.isinf(best), (seed, str(reason))
            continue
        planned += 1
        assert list(broken_rules(problem, found, shape)) == [], seed
        # The bound is never above the best; the plan is within a fiftieth of it.
        assert found.bound <= best * (1 + 1e-9)
        assert best * (1 - 1e-9) <= found.cost <= best * 1.02
    assert planned > 10
