"""The bill of a plan of one service, and the rules that a plan can break."""

import math
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.instances import location
from waywarden.planner import Location
from waywarden.planner.sites.billing import bill, breaches


@pytest.mark.parametrize(
    ("assignment", "rule"),
    [
        ([0, 0, -1], "Council 3 cannot go alone, and nobody serves it."),
        ([0, 0, 0], "Site 1 serves 3, and can 2."),
        ([1, 0, 0], "Site 2 is open and does not serve its own council."),
        ([2, 1, 0], "Two sites of one lead are open."),
        ([3, 0, 0], "A council is served by a site that cannot serve it."),
    ],
)
def test_a_broken_rule_is_named(assignment: list[int], rule: str) -> None:
    # Sites 1 and 3 are two ways of lead 1; site 2 belongs to council 2; nobody is near site 4.
    near = [0, 1, 2] * 3
    problem = Location(
        starts=np.arange(0, 10, 3),
        sites=np.array(near),
        costs=np.ones(9),
        demands=np.ones(3),
        capacities=np.full(4, 2.0),
        setups=np.ones(4),
        leads=np.array([0, 1, 0, 2]),
        homes=np.array([-1, 1, -1, -1]),
        alone=np.full(3, math.inf),
    )

    with pytest.raises(ValueError, match=rule):
        bill(problem, np.array(assignment))
    assert list(breaches(problem, np.array(assignment))) == [rule]


def test_too_many_members_and_too_few_open_sites_break_a_rule() -> None:
    problem = replace(location(3, 1), capacities=np.full(3, 1e6))

    with pytest.raises(ValueError, match="A site serves 3 councils, and may serve 2"):
        bill(replace(problem, most_members=2), np.zeros(3, dtype=np.int64))
    paired = replace(problem, most_members=3, sizes=np.array([1, 2, 1]))
    with pytest.raises(ValueError, match="A site serves 4 councils, and may serve 3"):
        bill(paired, np.zeros(3, dtype=np.int64))
    with pytest.raises(ValueError, match="2 sites are open, and 1 are to be"):
        bill(replace(problem, opened=1), np.array([0, 0, 1]))


def test_sites_asked_for_beyond_those_in_use_stand_open_empty() -> None:
    # One site serves all three; the cheaper of the other two set-ups is paid for nothing.
    problem = replace(location(3, 1), capacities=np.full(3, 1e6), setups=np.array([10.0, 7, 5]))
    everyone = np.zeros(3, dtype=np.int64)

    extra = bill(replace(problem, opened=2), everyone) - bill(problem, everyone)

    assert extra == pytest.approx(5)


def test_two_who_are_to_be_apart_break_a_rule_at_one_site_and_not_alone() -> None:
    # Councils 1 and 3 are to be apart; everyone could go alone at 50.
    problem = replace(
        location(3, 1),
        capacities=np.full(3, 1e6),
        alone=np.full(3, 50.0),
        apart_starts=np.array([0, 1, 1, 2]),
        apart=np.array([2, 0]),
    )

    assert list(breaches(problem, np.array([1, 1, 1]))) == [
        "Councils 1 and 3 are both served by site 2, and are to be apart."
    ]
    assert bill(problem, np.full(3, -1)) == 150
