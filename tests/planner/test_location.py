"""The numbers of one service, and what is said of those that make no sense."""

import math
from typing import Any

import numpy as np
import pytest

from waywarden.planner import Infeasible, Location, plan
from waywarden.planner.sites.locating import best_location

#: Two councils, three sites: the first council could be served by sites 0 and 2, the second by 1.
SOUND: dict[str, Any] = {
    "starts": [0, 2, 3],
    "sites": [0, 2, 1],
    "costs": [4.0, 5, 6],
    "demands": [1.0, 2],
    "capacities": [3.0, 3, math.inf],
    "setups": [10.0, 0, 7],
    "leads": [0, 1, 0],
    "homes": [0, -1, 0],
    "alone": [9.0, math.inf],
}


def test_a_location_may_be_given_as_lists() -> None:
    problem = Location(**SOUND)

    assert problem.starts.dtype == problem.homes.dtype == np.int64
    assert problem.costs.dtype == np.float64
    assert Location(**SOUND | {"homes": np.array([0, -1, 0], dtype=np.int32)}).homes[1] == -1
    # Going alone 9; served by site 1, 6 and no set-up.
    assert best_location(problem, moves=100, relaxed_rounds=20, exact_rounds=5).cost == 15


def test_a_location_of_nobody_is_sound() -> None:
    nothing: dict[str, list[float]] = {name: [] for name in SOUND}

    nobody = Location(**nothing | {"starts": [0]})

    assert len(nobody.demands) == 0
    assert plan(nobody).cost == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"leads": [0.5, 1, 0]}, "leads is not a row of whole numbers. Give a list of them."),
        ({"sites": [[0, 2, 1]]}, "sites is not a row of whole numbers. Give a list of them."),
        ({"costs": ["4", "5", "6"]}, "costs is not a row of numbers. Give a list of them."),
        ({"demands": [[1], 2]}, "demands is not a row of numbers. Give a list of them."),
        ({"alone": None}, "alone is not a row of numbers. Give a list of them."),
        (
            {"starts": [0, 3]},
            "There are 2 starts, and 3 are needed: one more than there are demands.",
        ),
        ({"homes": [0]}, "There are 1 homes, and 3 are needed: as many as capacities."),
        ({"sites": [0, 2]}, "There are 2 sites, and 3 are needed: as many as costs."),
        ({"starts": [0, 4, 3]}, "Council 2: its arcs end before they start. Let the starts rise."),
        (
            {"starts": [0, 2, 2]},
            "The starts go from 0 to 2. Let them rise from 0 to 3, the number of costs.",
        ),
        (
            {"starts": [1, 2, 3]},
            "The starts go from 1 to 3. Let them rise from 0 to 3, the number of costs.",
        ),
        (
            {"sites": [0, 2, 3]},
            "Council 2: it could be served by site number 3, and there are 3, numbered from 0. "
            "Give one of these.",
        ),
        (
            {"sites": [2, 0, 1]},
            "Council 1: site number 0 comes after 2. Give each site once, in ascending order.",
        ),
        (
            {"sites": [2, 2, 1]},
            "Council 1: site number 2 comes after 2. Give each site once, in ascending order.",
        ),
        (
            {"demands": [1, math.nan]},
            "Council 2: its demand is nan. Give a number of at least 0 that has an end.",
        ),
        (
            {"costs": [4, 5, math.inf]},
            "Council 2: its cost of being served is inf. Give a number of at least 0 that has an "
            "end.",
        ),
        (
            {"costs": [4, -5, 6]},
            "Council 1: its cost of being served is -5. Give a number of at least 0 that has an "
            "end.",
        ),
        (
            {"setups": [10, 0, -7]},
            "Site 3: its set-up cost is -7. Give a number of at least 0 that has an end.",
        ),
        (
            {"capacities": [3, -3, 3]},
            "Site 2: its capacity is -3. Give a number of at least 0, or inf for no end.",
        ),
        (
            {"alone": [math.nan, 1]},
            "Council 1: its cost alone is nan. Give a number of at least 0, or inf for no end.",
        ),
        ({"leads": [0, -1, 0]}, "Site 2: its lead is -1. Number the leads from 0."),
        (
            {"homes": [0, -1, 2]},
            "Site 3: its home is 2, and there are 2 councils, numbered from 0. Give one of these, "
            "or -1 for none.",
        ),
        ({"opened": -1}, "opened is -1. Give a whole number of at least 0."),
        ({"opened": 4}, "4 sites are to be open, and there are 3. Ask for fewer."),
        (
            {"apart_starts": [0, 1], "apart": [1]},
            "apart_starts does not say where those apart from each council start. Give 3 numbers "
            "rising from 0 to 1, the length of apart.",
        ),
        (
            {"apart_starts": [0, 2, 1], "apart": [1]},
            "apart_starts does not say where those apart from each council start. Give 3 numbers "
            "rising from 0 to 1, the length of apart.",
        ),
        (
            {"apart": [1, 0]},
            "apart_starts does not say where those apart from each council start. Give 3 numbers "
            "rising from 0 to 2, the length of apart.",
        ),
        (
            {"apart_starts": [0, 1, 2], "apart": [0, 0]},
            "Council 1: it is apart from council number 0. Give another council, numbered from 0 "
            "to 1.",
        ),
        (
            {"apart_starts": [0, 2, 3], "apart": [1, 1, 0]},
            "Council 1: council number 1 comes after 1 in apart. Give each once, in ascending "
            "order.",
        ),
        (
            {"apart_starts": [0, 1, 1], "apart": [1]},
            "Council 1 is apart from council 2, and not the other way round. Give each pair both "
            "ways.",
        ),
        ({"apart": [0.5]}, "apart is not a row of whole numbers. Give a list of them."),
        (
            {"sizes": [1]},
            "There are 1 sizes, and 2 are needed: as many as demands.",
        ),
        (
            {"sizes": [2, 0]},
            "Council 2: it stands for 0. Give a whole number of at least 1.",
        ),
        ({"most_members": 1.5}, "most_members is 1.5. Give a whole number of at least 0."),
    ],
)
def test_a_location_that_makes_no_sense_is_refused_with_the_place(
    changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(Infeasible) as refused:
        Location(**SOUND | changed)
    assert str(refused.value) == said
