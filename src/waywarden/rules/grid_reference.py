"""Places as Ordnance Survey grid references, such as SU 612 934: read and written. Pure.

A reference names a square by its south-west corner: two letters for a square of 100
kilometres, then as many digits east as north. Six digits name a square of 100 metres.
"""

import re
from dataclasses import dataclass

#: The letters of the squares; there is no I.
LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
KILOMETRES_100 = 100_000
#: The grid's own extent, in metres east and north of its false origin.
MOST_EAST, MOST_NORTH = 700_000, 1_300_000
MOST_DIGITS = 10

REFERENCE = re.compile(r"([A-Z]{2})([0-9 ]*)")
METRES = re.compile(r"([0-9]{1,6})(?: +|, *)([0-9]{1,7})")

LOOKS_LIKE = "such as SU 612 934, or an easting and a northing in metres, such as 461200 193400"


class NotAReference(ValueError):
    """A place that cannot be read; the message is a plain sentence that says why."""


@dataclass(frozen=True)
class Square:
    """A square of the grid: its south-west corner and its side, in metres."""

    easting: int
    northing: int
    side: int

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle: easting and northing."""
        return self.easting + self.side / 2, self.northing + self.side / 2

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Its corners: easting and northing of each."""
        east, north, side = self.easting, self.northing, self.side
        return [(east + right * side, north + up * side) for right in (0, 1) for up in (0, 1)]

    def __str__(self) -> str:
        """Write it as a grid reference.

        >>> str(Square(461_200, 193_400, 100))
        'SU 612 934'
        """
        letters = _letters(self.easting // KILOMETRES_100, self.northing // KILOMETRES_100)
        digits = len(str(KILOMETRES_100 // self.side)) - 1
        east, north = (
            f"{along % KILOMETRES_100 // self.side:0{digits}d}"
            for along in (self.easting, self.northing)
        )
        return f"{letters} {east} {north}"


def read(text: str) -> Square:
    """Read a grid reference, or an easting and a northing in whole metres.

    >>> read("su 612 934")
    Square(easting=461200, northing=193400, side=100)
    >>> read("461200, 193400")
    Square(easting=461200, northing=193400, side=1)
    """
    typed = " ".join(text.upper().split())
    if found := REFERENCE.fullmatch(typed):
        return _by_letters(found[1], found[2])
    if found := METRES.fullmatch(typed):
        return _on_the_grid(Square(int(found[1]), int(found[2]), 1))
    raise NotAReference(f"Enter a grid reference, {LOOKS_LIKE}")


def _by_letters(letters: str, digits: str) -> Square:
    parts, plain = digits.split(), digits.replace(" ", "")
    if len(plain) < 2:
        raise NotAReference(f"Enter the digits after {letters} too, {LOOKS_LIKE}")
    if len(plain) > MOST_DIGITS:
        raise NotAReference("Enter at most ten digits: five east and five north")
    if len(plain) % 2 or (len(parts) == 2 and len(parts[0]) != len(parts[1])):
        raise NotAReference("Enter as many digits for east as for north")
    half = len(plain) // 2
    side = KILOMETRES_100 // 10**half
    east, north = _corner(letters)
    return _on_the_grid(
        Square(east + int(plain[:half]) * side, north + int(plain[half:]) * side, side)
    )


def _corner(letters: str) -> tuple[int, int]:
    """Return the south-west corner of a square of 100 kilometres."""
    if "I" in letters:
        raise NotAReference(f"No square of the grid is called {letters}: the letter I is not used")
    first, second = (LETTERS.index(letter) for letter in letters)
    east = (first - 2) % 5 * 5 + second % 5
    north = 19 - first // 5 * 5 - second // 5
    return east * KILOMETRES_100, north * KILOMETRES_100


def _letters(east: int, north: int) -> str:
    """Name the square of 100 kilometres that many to the east and north."""
    first = 19 - north - (19 - north) % 5 + (east + 10) // 5
    second = (19 - north) * 5 % 25 + east % 5
    return LETTERS[first] + LETTERS[second]


def _on_the_grid(square: Square) -> Square:
    if not (0 <= square.easting < MOST_EAST and 0 <= square.northing < MOST_NORTH):
        raise NotAReference(
            "That is not in Great Britain: look at the letters, or the metres, again"
        )
    return square
