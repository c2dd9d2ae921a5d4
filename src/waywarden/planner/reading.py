"""Reads the published files that location problems come in; the content says which form it is.

OR-Library ``cap`` (J. E. Beasley, 1988) and the files of Holmberg, Ronnqvist
and Yuan (1999) give each site's capacity and set-up on a line and the cost of
all of a demand; the former then a demand and its costs, council by council,
the latter all demands and the costs site by site. Test Bed 1 (P. Avella and
M. Boccia, 2009) gives all demands, capacities, set-ups, and the cost of a unit
of demand. Capacitated p-median files give a position, capacity and demand a
line (L. Lorena and E. Senne, 2003), or distances, demands and capacities
(A. Ceselli and G. Righini, 2005).
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.location import Location


def read(path: str | Path) -> Location:
    """Read a location problem in one of the published forms.

    Everyone must be served, no site has a home, and each is its own lead.
    Raises `ValueError` with the line where the file is damaged, and `OSError`
    naming what is no file that can be read.
    """
    page = _page(Path(path))
    many, few = page.header
    rest = page.values[2:]
    if len(rest) == 4 * many:
        page.refuse_negative(np.tile([False, False, True, True], many))
        return _points(rest.reshape(many, 4), few)
    if len(rest) == many * many + 2 * many:
        page.refuse_negative(np.full(len(rest), True))
        return _distances(rest, many, few)
    needed = 2 * many + few + many * few
    if len(rest) - needed not in (0, 1):
        raise ValueError(page.wrong_length)
    page.refuse_negative(np.arange(len(rest)) < needed)
    if not page.begins_with_pairs(many):
        return _per_unit(rest, many, few)
    if page.councils_by_line(many, few):
        return _by_council(rest, many, few)
    return _by_site(rest, many, few)


@dataclass(frozen=True)
class _Page:
    """The numbers of a file, the line of each, and how many stand on each line that has any."""

    name: str
    values: Floats
    line_of: Ints
    lines: tuple[int, ...]
    last_line: int

    @property
    def header(self) -> tuple[int, int]:
        """The two sizes the file begins with."""
        sizes = self.values[:2]
        if len(sizes) < 2 or any(size < 1 or size != math.floor(size) for size in sizes):
            raise ValueError(f"{self.name} does not begin with two whole numbers, the sizes.")
        return int(sizes[0]), int(sizes[1])

    @property
    def wrong_length(self) -> str:
        """The sentence for a file that is too short or too long."""
        many, few = self.header
        return (
            f"{self.name} ends at line {self.last_line} with {len(self.values)} numbers. "
            f"{many} sites and {few} councils need {2 + 2 * many + few + many * few}, "
            f"{many} places of a p-median {2 + 4 * many}. It is cut short or of another form."
        )

    def refuse_negative(self, is_amount: Flags) -> None:
        """Raise `ValueError` for the first amount after the sizes that is less than nought."""
        for place in np.flatnonzero(is_amount & (self.values[2:] < 0))[:1] + 2:
            raise ValueError(
                f"{self.name}, line {self.line_of[place]}: {self.values[place]:g} is less than "
                "nought. Put a number of at least 0 in its place."
            )

    def begins_with_pairs(self, many: int) -> bool:
        """Say whether a line of two numbers follows for each site."""
        return self.lines[1 : 1 + many] == (2,) * many

    def councils_by_line(self, many: int, few: int) -> bool:
        """Say whether, after the sites, each demand stands alone or before its council's costs.

        Where a line could as well hold all the demands, it does if the sites
        have room for them.
        """
        following = self.lines[1 + many]
        if following != few:
            return following in (1, 1 + many)
        capacities = self.values[2 : 2 + 2 * many : 2]
        demands = self.values[2 + 2 * many :][:few]
        return bool(demands.sum() > capacities.sum())


def _page(path: Path) -> _Page:
    values: list[float] = []
    lines: list[int] = []
    line_of: list[int] = []
    number = 0
    for number, line in enumerate(_text(path).splitlines(), 1):
        found = [_number(word, f"{path.name}, line {number}") for word in line.split()]
        values += found
        lines += [len(found)] if found else []
        line_of += [number] * len(found)
    places = np.array(line_of, dtype=np.int64)
    return _Page(path.name, np.array(values, dtype=np.float64), places, tuple(lines), number)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no file {path}. Give the path of one.") from None
    except OSError as error:
        reason = "It is a folder" if path.is_dir() else f"{error.strerror}"
        raise OSError(f"{path} cannot be read: {reason}. Give the path of a file.") from None


def _number(word: str, where: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise ValueError(f"{where}: {word} is not a number. Put one in its place.") from None
    if not math.isfinite(value):
        raise ValueError(f"{where}: {word} is no number to reckon with. Put one in its place.")
    return value


def _by_council(rest: Floats, many: int, few: int) -> Location:
    rows = rest[2 * many : 2 * many + few * (many + 1)].reshape(few, many + 1)
    sites = rest[: 2 * many].reshape(many, 2)
    return _plain(rows[:, 1:], rows[:, 0], sites[:, 0], sites[:, 1])


def _by_site(rest: Floats, many: int, few: int) -> Location:
    sites = rest[: 2 * many].reshape(many, 2)
    demands = rest[2 * many : 2 * many + few]
    costs = rest[2 * many + few :][: many * few].reshape(many, few)
    return _plain(costs.T, demands, sites[:, 0], sites[:, 1])


def _per_unit(rest: Floats, many: int, few: int) -> Location:
    demands, capacities, setups, costs = np.split(rest, [few, few + many, few + 2 * many])
    units = costs[: many * few].reshape(many, few)
    return _plain(units.T * demands[:, None], demands, capacities, setups)


def _points(table: Floats, opened: int) -> Location:
    points = table[:, :2]
    far = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    return _plain(far, table[:, 3], table[:, 2], np.zeros(len(table)), opened)


def _distances(rest: Floats, many: int, opened: int) -> Location:
    far, demands, capacities = np.split(rest, [many * many, many * many + many])
    return _plain(far.reshape(many, many), demands, capacities, np.zeros(many), opened)


def _plain(
    costs: Floats, demands: Floats, capacities: Floats, setups: Floats, opened: int = 0
) -> Location:
    """Return the problem in which any site may serve any council; costs are council by site."""
    size, places = costs.shape
    return Location(
        starts=np.arange(0, size * places + 1, places),
        sites=np.tile(np.arange(places), size),
        costs=np.ascontiguousarray(costs).ravel(),
        demands=demands.copy(),
        capacities=capacities.copy(),
        setups=setups.copy(),
        leads=np.arange(places),
        homes=np.full(places, -1),
        alone=np.full(size, np.inf),
        opened=opened,
    )
