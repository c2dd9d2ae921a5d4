"""Reads the published files that location problems come in.

OR-Library ``cap`` (J. E. Beasley, 1988) and the files of Holmberg, Ronnqvist
and Yuan (1999) give each site's capacity and set-up on a line and the cost of
all of a demand; the former then a demand and its costs, council by council,
the latter all demands and the costs site by site. Test Bed 1 (P. Avella and
M. Boccia, 2009) gives all demands, capacities, set-ups, and the cost of a unit
of demand. Capacitated p-median files give a position, capacity and demand a
line (L. Lorena and E. Senne, 2003), or distances, demands and capacities
(A. Ceselli and G. Righini, 2005).
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible
from waywarden.planner.files.textfile import TextFile, numbers_of
from waywarden.planner.location import Location


def read(path: str | Path, format: str | None = None) -> Location:
    """Read a location problem in one of the published forms, packed by gzip or not.

    ``format`` is "orlib-cap", "holmberg", "tbed" or "cpmp"; without it, the
    lines of the file say which it is. M candidate leads may be others than the
    N councils; in a p-median they are the same. Everyone must be served, no
    site has a home, and each is its own lead. Costs are in the unit of the
    file, those of "tbed" times the demand. Zero bytes that only fill up a file
    are passed over.

    Raises `ValueError` for a format there is not, and with the line where the
    file is damaged, and `OSError` naming what is no file that can be read.
    """
    if format is not None and format not in FORMATS:
        raise ValueError(f"There is no format {format!r}. Choose one of {', '.join(FORMATS)}.")
    file = numbers_of(Path(path))
    try:
        return FORMATS[format or _format_of(file)](file)
    except Infeasible as reason:
        raise ValueError(f"{file.name}: {reason}") from reason


def _format_of(file: TextFile) -> str:
    """Return the form that the lines of a file have."""
    many, few = file.sizes
    if len(file.rest) in _lengths_of_median(many):
        return "cpmp"
    if len(file.rest) - _length_of_sites(many, few) not in (0, 1):
        raise file.wrong_length(
            f"{many} sites and {few} councils need {2 + _length_of_sites(many, few)}, {many} "
            f"places of a p-median {2 + 4 * many}. It is cut short or of another form."
        )
    if not file.begins_with_pairs:
        return "tbed"
    is_by_council = file.lines[1 + many] in (1, 1 + many) and not _has_all_demands_on_a_line(file)
    return "orlib-cap" if is_by_council else "holmberg"


def _length_of_sites(many: int, few: int) -> int:
    return 2 * many + few + many * few


def _lengths_of_median(many: int) -> tuple[int, int]:
    return 4 * many, many * many + 2 * many


def _amounts_of_sites(file: TextFile) -> Floats:
    """Return all amounts of sites and councils, but for the optimum that some files end with."""
    many, few = file.sizes
    needed = _length_of_sites(many, few)
    if len(file.rest) - needed not in (0, 1):
        raise file.wrong_length(
            f"{many} sites and {few} councils need {2 + needed}. It is cut short or of another "
            "form."
        )
    file.refuse_negative(np.arange(len(file.rest)) < needed)
    return file.rest[:needed]


def _orlib_cap(file: TextFile) -> Location:
    """Read demands each before its costs; copies that are laid out as Holmberg's are read too."""
    if file.begins_with_pairs and _has_all_demands_on_a_line(file):
        return _holmberg(file)
    many, few = file.sizes
    amounts = _amounts_of_sites(file)
    sites, rows = amounts[: 2 * many].reshape(many, 2), amounts[2 * many :].reshape(few, many + 1)
    return _plain(rows[:, 1:], rows[:, 0], sites[:, 0], sites[:, 1])


def _has_all_demands_on_a_line(file: TextFile) -> bool:
    """Say whether, after the sites, a line holds all the demands.

    Where it could as well hold one demand and its costs, it holds all of them
    if the sites have room for them.
    """
    many, few = file.sizes
    capacities, demands = file.rest[: 2 * many : 2], file.rest[2 * many :][:few]
    return file.lines[1 + many] == few and bool(demands.sum() <= capacities.sum())


def _holmberg(file: TextFile) -> Location:
    many, few = file.sizes
    amounts = _amounts_of_sites(file)
    sites, demands, costs = np.split(amounts, [2 * many, 2 * many + few])
    capacities, setups = sites.reshape(many, 2).T
    return _plain(costs.reshape(many, few).T, demands, capacities, setups)


def _tbed(file: TextFile) -> Location:
    many, few = file.sizes
    places = [few, few + many, few + 2 * many]
    demands, capacities, setups, units = np.split(_amounts_of_sites(file), places)
    return _plain(units.reshape(many, few).T * demands[:, None], demands, capacities, setups)


def _cpmp(file: TextFile) -> Location:
    many, opened = file.sizes
    by_points, by_distances = _lengths_of_median(many)
    if len(file.rest) == by_points:
        file.refuse_negative(np.tile([False, False, True, True], many))
        east, north, capacities, demands = file.rest.reshape(many, 4).T
        far = np.hypot(east[:, None] - east, north[:, None] - north)
    elif len(file.rest) == by_distances:
        file.refuse_negative(np.full(by_distances, True))
        distances, demands, capacities = np.split(file.rest, [many * many, many * many + many])
        far = distances.reshape(many, many)
    else:
        raise file.wrong_length(
            f"{many} places of a p-median need {2 + by_points}, or {2 + by_distances} with the "
            "distances between them. It is cut short or of another form."
        )
    return _plain(far, demands, capacities, np.zeros(many), opened)


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


#: How a file of each form is read, by the name of the form.
FORMATS: dict[str, Callable[[TextFile], Location]] = {
    "orlib-cap": _orlib_cap,
    "holmberg": _holmberg,
    "tbed": _tbed,
    "cpmp": _cpmp,
}
