"""One service as a capacitated facility location problem: its numbers, checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.checking import is_whole
from waywarden.planner.councils import Infeasible


def _nobody() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Location:
    """One service: single-source capacitated facility location, with going alone.

    N councils, M sites, A arcs. A site is one candidate lead delivering in one
    way; of the sites of one lead at most one is open. Arcs lie by council:
    those of council j are ``starts[j]`` to ``starts[j + 1]``, each with the
    site that could serve it (ascending) and the cost of that. The demand a
    site serves may not exceed its capacity. A site that is open serves its own
    council, ``homes``, or has none (-1). ``alone`` is the cost of not being
    served at all, infinite where a council must be. Where ``opened`` is not
    nought, exactly so many sites are open. Councils that are never at one site
    lie by council too: those apart from council j are
    ``apart[apart_starts[j]]`` to ``apart[apart_starts[j + 1] - 1]``, ascending,
    each pair both ways round; both are empty where there are no such pairs.
    Lists become arrays. Raises `Infeasible`, with the council or site counted
    from one, where something makes no sense.
    """

    starts: Ints  # N + 1
    sites: Ints  # A
    costs: Floats  # A
    demands: Floats  # N
    capacities: Floats  # M
    setups: Floats  # M
    leads: Ints  # M
    homes: Ints  # M
    alone: Floats  # N
    opened: int = 0
    #: The most councils one site may serve, its own included; 0 is no limit.
    most_members: int = 0
    apart_starts: Ints = field(default_factory=_nobody)  # N + 1
    apart: Ints = field(default_factory=_nobody)
    #: How many councils each stands for, all together; empty is one each.
    sizes: Ints = field(default_factory=_nobody)

    def __post_init__(self) -> None:
        for name in COUNTS:
            object.__setattr__(self, name, _whole_numbers(name, getattr(self, name)))
        for name in AMOUNTS:
            object.__setattr__(self, name, _numbers(name, getattr(self, name)))
        for complaint in _senseless(self):
            raise Infeasible(complaint)


#: The fields that number councils, sites, leads or places in another field.
COUNTS = ("starts", "sites", "leads", "homes", "apart_starts", "apart", "sizes")
#: What each amount of a `Location` is of one council or site.
AMOUNTS = {
    "demands": "demand",
    "alone": "cost alone",
    "costs": "cost of being served",
    "capacities": "capacity",
    "setups": "set-up cost",
}
#: Those that may have no end.
ENDLESS = ("alone", "capacities")


def _whole_numbers(name: str, given: object) -> Ints:
    found = _row(given, "iu")
    if found is None:
        raise Infeasible(f"{name} is not a row of whole numbers. Give a list of them.")
    return np.ascontiguousarray(found, dtype=np.int64)


def _numbers(name: str, given: object) -> Floats:
    found = _row(given, "iuf")
    if found is None:
        raise Infeasible(f"{name} is not a row of numbers. Give a list of them.")
    return np.ascontiguousarray(found, dtype=np.float64)


def _row(given: object, kinds: str) -> NDArray[np.generic] | None:
    """Return a list or array as an array, or None where it is not one row of these kinds."""
    try:
        found = np.asarray(given)
    except ValueError:
        return None
    is_row = found.ndim == 1 and (not found.size or found.dtype.kind in kinds)
    return found if is_row else None


def _senseless(location: Location) -> Iterator[str]:
    yield from _lengths(location)
    yield from _arcs(location)
    for name in AMOUNTS:
        yield from _amounts(location, name)
    yield from _sites(location)
    yield from _pairs(location)
    yield from _sizes(location)
    for name in ("opened", "most_members"):
        asked = getattr(location, name)
        if not is_whole(asked) or asked < 0:
            yield f"{name} is {asked!r}. Give a whole number of at least 0."
    if location.opened > len(location.setups):
        places = len(location.setups)
        yield f"{location.opened} sites are to be open, and there are {places}. Ask for fewer."


def _lengths(location: Location) -> Iterator[str]:
    councils, places = len(location.demands), len(location.capacities)
    wanted = {
        "starts": (councils + 1, "one more than there are demands"),
        "alone": (councils, "as many as demands"),
        "setups": (places, "as many as capacities"),
        "leads": (places, "as many as capacities"),
        "homes": (places, "as many as capacities"),
        "sites": (len(location.costs), "as many as costs"),
    }
    for name, (length, why) in wanted.items():
        held = len(getattr(location, name))
        if held != length:
            yield f"There are {held} {name}, and {length} are needed: {why}."


def _arcs(location: Location) -> Iterator[str]:
    starts, sites, places = location.starts, location.sites, len(location.setups)
    widths = np.diff(starts)
    for row in np.flatnonzero(widths < 0)[:1]:
        yield f"Council {row + 1}: its arcs end before they start. Let the starts rise."
    if starts[0] != 0 or starts[-1] != len(sites):
        yield (
            f"The starts go from {starts[0]} to {starts[-1]}. Let them rise from 0 to "
            f"{len(sites)}, the number of costs."
        )
    rows = np.repeat(np.arange(len(widths)), widths)
    for arc in np.flatnonzero((sites < 0) | (sites >= places))[:1]:
        yield (
            f"Council {rows[arc] + 1}: it could be served by site number {sites[arc]}, and there "
            f"are {places}, numbered from 0. Give one of these."
        )
    for arc in np.flatnonzero((np.diff(sites) <= 0) & (np.diff(rows) == 0))[:1]:
        yield (
            f"Council {rows[arc] + 1}: site number {sites[arc + 1]} comes after {sites[arc]}. "
            "Give each site once, in ascending order."
        )


def _amounts(location: Location, name: str) -> Iterator[str]:
    amounts: Floats = getattr(location, name)
    may_be_endless = name in ENDLESS
    wrong = ~(amounts >= 0) | (np.isinf(amounts) & (not may_be_endless))
    for place in np.flatnonzero(wrong)[:1]:
        where = f"Site {place + 1}" if name in ("capacities", "setups") else f"Council {place + 1}"
        if name == "costs":
            where = f"Council {np.searchsorted(location.starts, place, side='right')}"
        yield (
            f"{where}: its {AMOUNTS[name]} is {amounts[place]:g}. Give a number of at least 0"
            f"{', or inf for no end.' if may_be_endless else ' that has an end.'}"
        )


def _sites(location: Location) -> Iterator[str]:
    leads, homes, councils = location.leads, location.homes, len(location.demands)
    for site in np.flatnonzero(leads < 0)[:1]:
        yield f"Site {site + 1}: its lead is {leads[site]}. Number the leads from 0."
    for site in np.flatnonzero((homes < -1) | (homes >= councils))[:1]:
        yield (
            f"Site {site + 1}: its home is {homes[site]}, and there are {councils} councils, "
            "numbered from 0. Give one of these, or -1 for none."
        )


def _sizes(location: Location) -> Iterator[str]:
    councils, sizes = len(location.demands), location.sizes
    if len(sizes) not in (0, councils):
        yield f"There are {len(sizes)} sizes, and {councils} are needed: as many as demands."
    for row in np.flatnonzero(sizes < 1)[:1]:
        yield f"Council {row + 1}: it stands for {sizes[row]}. Give a whole number of at least 1."


def _pairs(location: Location) -> Iterator[str]:
    starts, apart, councils = location.apart_starts, location.apart, len(location.demands)
    if not len(starts) and not len(apart):
        return
    ends = [0, len(apart)]
    if len(starts) != councils + 1 or [starts[0], starts[-1]] != ends or np.diff(starts).min() < 0:
        yield (
            f"apart_starts does not say where those apart from each council start. Give "
            f"{councils + 1} numbers rising from 0 to {len(apart)}, the length of apart."
        )
    rows = np.repeat(np.arange(councils), np.diff(starts))
    for place in np.flatnonzero((apart < 0) | (apart >= councils) | (apart == rows))[:1]:
        yield (
            f"Council {rows[place] + 1}: it is apart from council number {apart[place]}. Give "
            f"another council, numbered from 0 to {councils - 1}."
        )
    for place in np.flatnonzero((np.diff(apart) <= 0) & (np.diff(rows) == 0))[:1]:
        yield (
            f"Council {rows[place] + 1}: council number {apart[place + 1]} comes after "
            f"{apart[place]} in apart. Give each once, in ascending order."
        )
    one_way, other_way = rows * councils + apart, apart * councils + rows
    for place in np.flatnonzero(~np.isin(other_way, one_way))[:1]:
        yield (
            f"Council {rows[place] + 1} is apart from council {apart[place] + 1}, and not the "
            "other way round. Give each pair both ways."
        )
