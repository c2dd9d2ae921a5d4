"""A location problem made ready for the loops: what cannot be is left out, the rest at hand."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.councils import Infeasible
from waywarden.planner.location import Location

#: A site may be filled to this part beyond its capacity: sums of decimal fractions are not exact.
SLACK = 1e-9
#: Stands for "no limit" where a whole number is wanted.
BOUNDLESS = 1 << 40


class Ground(NamedTuple):
    """A `Location` without arcs and sites that no plan could use.

    ``rooms`` are the capacities with a hair's breadth to spare; ``home_costs``
    what serving its home costs a site. ``leads`` are numbered from nought. The
    seat of a site is its home, or else the council it serves most cheaply; the
    sites seated at council j are ``seated[seat_starts[j]]`` and so on. At most
    ``most_open`` sites may be open, each with at most ``most_members``. Council j
    is never at one site with ``apart[apart_starts[j]]`` and so on.
    """

    starts: Ints  # N + 1
    sites: Ints  # A
    costs: Floats  # A
    demands: Floats  # N
    rooms: Floats  # M
    setups: Floats  # M, infinite where the site could never open
    leads: Ints  # M
    homes: Ints  # M
    home_costs: Floats  # M, nought without a home
    alone: Floats  # N
    seats: Ints  # M, -1 where it serves nobody
    seat_starts: Ints  # N + 1
    seated: Ints
    most_open: int
    most_members: int
    sizes: Ints  # N, how many members each counts for
    apart_starts: Ints  # N + 1
    apart: Ints


def ground_of(location: Location) -> Ground:
    """Make a location ready. Raises `Infeasible` where it is plain that no plan exists."""
    rows = rows_of(location.starts)
    rooms = location.capacities * (1 + SLACK) + SLACK
    allowed, home_costs = _usable(location, rows, rooms)
    rows, sites, costs = rows[allowed], location.sites[allowed], location.costs[allowed]
    size, places = len(location.demands), len(rooms)
    opens = np.isfinite(home_costs) & np.isfinite(location.setups)
    seats = np.where(
        opens & (location.homes >= 0), location.homes, _cheapest(rows, sites, costs, places)
    )
    seat_starts, seated = _grouped(seats, size)
    _, leads = np.unique(location.leads, return_inverse=True)
    ground = Ground(
        starts=np.searchsorted(rows, np.arange(size + 1)).astype(np.int64),
        sites=sites,
        costs=costs,
        demands=location.demands,
        rooms=rooms,
        setups=np.where(opens, location.setups, np.inf),
        leads=leads.astype(np.int64),
        homes=location.homes,
        home_costs=home_costs,
        alone=location.alone,
        seats=seats,
        seat_starts=seat_starts,
        seated=seated,
        most_open=location.opened or BOUNDLESS,
        most_members=location.most_members or BOUNDLESS,
        sizes=sizes_of(location),
        apart_starts=location.apart_starts
        if len(location.apart)
        else np.zeros_like(location.starts),
        apart=location.apart,
    )
    for complaint in _complaints(location, ground):
        raise Infeasible(complaint)
    return ground


def sizes_of(location: Location) -> Ints:
    """Return how many members each council counts for."""
    return location.sizes if len(location.sizes) else np.ones(len(location.demands), dtype=np.int64)


def rows_of(starts: Ints) -> Ints:
    """Return the row of each arc, from where the arcs of each row start."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def _usable(location: Location, rows: Ints, rooms: Floats) -> tuple[Flags, Floats]:
    """Say which arcs a plan could use, and what serving its home costs each site."""
    sites, homes = location.sites, location.homes
    is_home = homes[sites] == rows
    taken_first = np.where(homes >= 0, location.demands[homes], 0.0)
    needed = location.demands[rows] + np.where(is_home, 0.0, taken_first[sites])
    allowed = np.isfinite(location.costs) & np.isfinite(location.setups[sites])
    allowed &= needed <= rooms[sites]
    sizes, beside = sizes_of(location), ~is_home & (homes[sites] >= 0)
    crowds = sizes[rows] + np.where(beside, sizes[homes[sites]], 0)
    allowed &= crowds <= (location.most_members or BOUNDLESS)
    allowed &= ~_are_apart(location, rows, homes[sites])
    home_costs = np.where(homes >= 0, np.inf, 0.0)
    at_home = allowed & is_home
    home_costs[sites[at_home]] = location.costs[at_home]
    return allowed & np.isfinite(home_costs[sites]), home_costs


def _are_apart(location: Location, some: Ints, others: Ints) -> Flags:
    """Say of pairs of councils whether they are never at one site; -1 is nobody."""
    size = len(location.demands)
    if not len(location.apart):
        return np.zeros(len(some), dtype=np.bool_)
    pairs = rows_of(location.apart_starts) * size + location.apart
    return (others >= 0) & np.isin(some * size + others, pairs)


def _cheapest(rows: Ints, sites: Ints, costs: Floats, places: int) -> Ints:
    """Return the council that each site serves at the least cost, -1 where it serves none."""
    order = np.lexsort((rows, costs, sites))
    found, first = np.unique(sites[order], return_index=True)
    cheapest = np.full(places, -1, dtype=np.int64)
    cheapest[found] = rows[order[first]]
    return cheapest


def _grouped(groups: Ints, size: int) -> tuple[Ints, Ints]:
    """List the members of each group one after another, with where each group starts."""
    order = np.argsort(groups, kind="stable").astype(np.int64)
    starts = np.searchsorted(groups[order], np.arange(size + 1)).astype(np.int64)
    return starts, order


def _complaints(location: Location, ground: Ground) -> Iterator[str]:
    bound_to_be_served = ~np.isfinite(ground.alone)
    for row in np.flatnonzero(bound_to_be_served & (np.diff(ground.starts) == 0))[:1]:
        yield (
            f"Council {row + 1} cannot go alone, and no site can serve it with its work of "
            f"{location.demands[row]:g}. Give it another way, or a site near it more capacity."
        )
    rooms = np.where(np.isfinite(ground.setups), ground.rooms, 0.0)
    largest = np.zeros(ground.leads.max(initial=-1) + 1)
    np.maximum.at(largest, ground.leads, rooms)
    most = np.sort(largest)[::-1][: ground.most_open].sum()
    wanted = ground.demands[bound_to_be_served].sum()
    if wanted > most:
        yield (
            f"The councils that cannot go alone want {wanted:g} in all, and the sites together "
            f"have room for {most:g}. Raise a capacity or let councils go alone."
        )
    if location.opened > len(np.unique(ground.leads[np.isfinite(ground.setups)])):
        yield f"{location.opened} sites are to be open, and fewer could be. Ask for fewer."
