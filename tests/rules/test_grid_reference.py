"""Places as grid references: read as people write them, and written in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.grid_reference import (
    MOST_EAST,
    MOST_NORTH,
    NotAReference,
    Square,
    read,
)

#: Squares of 100 kilometres as the Ordnance Survey's own map of them names them, with the
#: kilometres of their south-west corners.
CORNERS = {
    "SV": (0, 0),
    "SU": (400, 100),
    "SP": (400, 200),
    "TQ": (500, 100),
    "TG": (600, 300),
    "SE": (400, 400),
    "NY": (300, 500),
    "NT": (300, 600),
    "HP": (400, 1200),
    "OV": (500, 500),
}


@pytest.mark.parametrize(("letters", "corner"), CORNERS.items())
def test_the_letters_name_a_square_of_a_hundred_kilometres(
    letters: str, corner: tuple[int, int]
) -> None:
    square = read(f"{letters} 0 0")

    assert (square.easting, square.northing) == (corner[0] * 1000, corner[1] * 1000)
    assert str(square) == f"{letters} 0 0"


@pytest.mark.parametrize(
    ("typed", "square"),
    [
        ("SU 6 9", Square(460_000, 190_000, 10_000)),
        ("SU 61 93", Square(461_000, 193_000, 1_000)),
        ("SU 612 934", Square(461_200, 193_400, 100)),
        ("su612934", Square(461_200, 193_400, 100)),
        ("  SU  6120   9340 ", Square(461_200, 193_400, 10)),
        ("SU 61234 93456", Square(461_234, 193_456, 1)),
        ("SU 612 9 34", Square(461_200, 193_400, 100)),
        ("461234 193456", Square(461_234, 193_456, 1)),
        ("461234,193456", Square(461_234, 193_456, 1)),
        ("461234, 1193456", Square(461_234, 1_193_456, 1)),
    ],
)
def test_it_is_read_as_people_write_it(typed: str, square: Square) -> None:
    assert read(typed) == square


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Enter a grid reference, such as SU 612 934"),
        ("behind the church", "Enter a grid reference, such as SU 612 934"),
        ("SU 612 934 NE", "Enter a grid reference"),
        ("461234", "Enter a grid reference"),
        ("-461234 193456", "Enter a grid reference"),
        ("SU", "Enter the digits after SU too"),
        ("SU 6", "Enter the digits after SU too"),
        ("SU 612 93", "as many digits for east as for north"),
        ("SU 61 9345", "as many digits for east as for north"),
        ("SU 612345 934567", "at most ten digits"),
        ("SI 612 934", "the letter I is not used"),
        ("AA 612 934", "not in Great Britain"),
        ("700000 193456", "not in Great Britain"),
        ("461234 1300000", "not in Great Britain"),
    ],
)
def test_what_cannot_be_read_says_why(typed: str, why: str) -> None:
    with pytest.raises(NotAReference, match=why):
        read(typed)


@given(st.integers(0, MOST_EAST - 1), st.integers(0, MOST_NORTH - 1), st.sampled_from(range(5)))
def test_what_is_written_is_read_as_the_same_square(east: int, north: int, power: int) -> None:
    side = 10**power
    square = Square(east - east % side, north - north % side, side)

    assert read(str(square)) == square


def test_the_middle_of_a_square_is_half_its_side_from_its_corner() -> None:
    assert read("SU 612 934").middle == (461_250, 193_450)
