"""The published forms of location problems, each in a file small enough to read by eye.

Two sites (capacities 10 and 8, set-ups 100 and 50) and three councils
(demands 4, 3 and 2); serving them all costs the first site 8, 9 and 4, the
second 12, 3 and 10.
"""

from pathlib import Path

import numpy as np
import pytest

from waywarden.planner import Location, read

COSTS = [8, 12, 9, 3, 4, 10]  # council by council

OR_LIBRARY = """ 2 3
 10 100.
 8 50.
 4
 8.0 12.0
 3
 9.0 3.0
 2
 4.0 10.0
"""
OR_LIBRARY_IN_LINES = "2 3\n10 100\n8 50\n4 8 12\n3 9 3\n2 4 10\n"
HOLMBERG = "2 3\n10 100\n8 50\n4 3 2\n8 9 4\n12 3 10\n"
HOLMBERG_WITH_ITS_OPTIMUM = HOLMBERG + "157.0\n"
HOLMBERG_WRAPPED = "2 3\n10 100\n8 50\n4 3\n2\n8 9\n4\n12 3\n10\n"
#: 8 for 4 units is 2 a unit, 9 for 3 is 3, and so on.
TEST_BED = "2 3\n4 3 2\n10 8\n100 50\n2 3 2\n3 1 5\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "problem.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        OR_LIBRARY,
        OR_LIBRARY_IN_LINES,
        HOLMBERG,
        HOLMBERG_WITH_ITS_OPTIMUM,
        HOLMBERG_WRAPPED,
        TEST_BED,
    ],
)
def test_the_same_problem_is_read_from_every_form(tmp_path: Path, text: str) -> None:
    location = read(written(tmp_path, text))

    assert location.starts.tolist() == [0, 2, 4, 6]
    assert location.sites.tolist() == [0, 1, 0, 1, 0, 1]
    assert location.costs.tolist() == COSTS
    assert location.demands.tolist() == [4, 3, 2]
    assert location.capacities.tolist() == [10, 8]
    assert location.setups.tolist() == [100, 50]


def test_everyone_must_be_served_and_no_site_has_a_home(tmp_path: Path) -> None:
    location = read(str(written(tmp_path, HOLMBERG)))

    assert np.isinf(location.alone).all()
    assert location.homes.tolist() == [-1, -1]
    assert location.leads.tolist() == [0, 1]
    assert location.opened == 0


def medians(location: Location) -> list[list[float]]:
    return location.costs.reshape(3, 3).tolist()


def test_places_of_a_p_median_lie_as_far_apart_as_their_points(tmp_path: Path) -> None:
    # x, y, capacity, demand: (0, 0), (3, 4) and (0, 8) are 5, 8 and 5 apart.
    location = read(written(tmp_path, "3 2\n0 0 9 1\n3 4 9 2\n0 8 7 3\n"))

    assert medians(location) == [[0, 5, 8], [5, 0, 5], [8, 5, 0]]
    assert location.capacities.tolist() == [9, 9, 7]
    assert location.demands.tolist() == [1, 2, 3]
    assert location.setups.tolist() == [0, 0, 0]
    assert location.opened == 2


def test_a_place_may_lie_west_or_south_of_nought(tmp_path: Path) -> None:
    location = read(written(tmp_path, "3 2\n-3 -4 9 1\n0 0 9 2\n-3 4 7 3\n"))

    assert medians(location) == [[0, 5, 8], [5, 0, 5], [8, 5, 0]]


def test_an_optimum_after_the_costs_is_not_an_amount(tmp_path: Path) -> None:
    assert read(written(tmp_path, HOLMBERG + "-1\n")).costs.tolist() == COSTS


def test_distances_of_a_p_median_may_be_given(tmp_path: Path) -> None:
    location = read(written(tmp_path, "3 2\n0 5 8\n5 0 5\n8 5 0\n1 2 3\n9 9 7\n"))

    assert medians(location) == [[0, 5, 8], [5, 0, 5], [8, 5, 0]]
    assert location.demands.tolist() == [1, 2, 3]
    assert location.capacities.tolist() == [9, 9, 7]
    assert location.opened == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2 3\n10 100\ncapacity 50\n", r"line 3: .capacity. is not a number"),
        (HOLMBERG.replace("12", "nan"), r"line 6: nan is no number to reckon with"),
        (HOLMBERG.replace("12", "inf"), r"line 6: inf is no number to reckon with"),
        (HOLMBERG[:-9], r"ends at line 5 with 12 numbers. 2 sites and 3 councils need 15"),
        (HOLMBERG.replace("8 9 4", "8 -9 4"), r"problem.txt, line 5: -9 is less than nought."),
        (HOLMBERG.replace("100", "-5"), r"line 2: -5 is less than nought. Put a number of at"),
        ("3 2\n0 0 9 1\n3 4 -9 2\n0 8 7 3\n", r"line 3: -9 is less than nought"),
        ("3 2\n0 5 8\n5 0 5\n8 -5 0\n1 2 3\n9 9 7\n", r"line 4: -5 is less than nought"),
        ("", r"does not begin with two whole numbers"),
        ("2\n", r"does not begin with two whole numbers"),
        ("2.5 3\n", r"does not begin with two whole numbers"),
        ("0 3\n", r"does not begin with two whole numbers"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        read(written(tmp_path, text))


def test_what_is_no_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"There is no file .*nowhere\.txt"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(OSError, match="cannot be read: It is a folder"):
        read(tmp_path)
