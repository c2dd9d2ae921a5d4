"""Adds up what a plan of one service costs, and says what rule it breaks if it breaks one."""

import math
from collections.abc import Iterator

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.location import Location
from waywarden.planner.sites.grounds import SLACK, rows_of, sizes_of


def bill(location: Location, assignment: Ints) -> float:
    """Return what a plan costs, given the site of each council, -1 alone.

    Where a number of open sites is asked for and fewer serve anyone, the rest
    stand open empty, those without a home and of the least set-up. Raises
    `ValueError` with the rule that a plan breaks.
    """
    for complaint in breaches(location, assignment):
        raise ValueError(complaint)
    alone = location.alone[assignment < 0]
    setups = location.setups[np.unique(assignment[assignment >= 0])]
    arcs = _arcs_used(location, assignment)
    empty = _idle(location, assignment)
    return math.fsum([*alone, *setups, *location.costs[arcs], *empty])


def breaches(location: Location, assignment: Ints) -> Iterator[str]:
    """Give the rules that a plan breaks, as sentences; councils and sites count from one."""
    served = assignment >= 0
    open_sites = np.unique(assignment[served])
    if len(_arcs_used(location, assignment)) < np.count_nonzero(served):
        yield "A council is served by a site that cannot serve it."
        return
    for row in np.flatnonzero(~served & ~np.isfinite(location.alone)):
        yield f"Council {row + 1} cannot go alone, and nobody serves it."
    loads = np.bincount(assignment[served], location.demands[served], len(location.setups))
    for site in np.flatnonzero(loads > location.capacities * (1 + SLACK) + SLACK):
        yield f"Site {site + 1} serves {loads[site]:g}, and can {location.capacities[site]:g}."
    homes = location.homes[open_sites]
    for site in open_sites[(homes >= 0) & (assignment[homes] != open_sites)]:
        yield f"Site {site + 1} is open and does not serve its own council."
    if len(np.unique(location.leads[open_sites])) < len(open_sites):
        yield "Two sites of one lead are open."
    sizes = sizes_of(location)[served]
    members = np.bincount(assignment[served], sizes, len(location.setups))
    if location.most_members and members.max(initial=0) > location.most_members:
        yield f"A site serves {members.max():g} councils, and may serve {location.most_members}."
    yield from _clashes(location, assignment)
    if location.opened and len(open_sites) + len(_idle(location, assignment)) != location.opened:
        yield f"{len(open_sites)} sites are open, and {location.opened} are to be."


def _clashes(location: Location, assignment: Ints) -> Iterator[str]:
    """Give the pairs of councils that stand at one site and are to be apart."""
    rows, others = rows_of(location.apart_starts), location.apart
    sites = assignment[rows]
    for place in np.flatnonzero((sites >= 0) & (sites == assignment[others]) & (rows < others)):
        yield (
            f"Councils {rows[place] + 1} and {others[place] + 1} are both served by site "
            f"{sites[place] + 1}, and are to be apart."
        )


def _arcs_used(location: Location, assignment: Ints) -> Ints:
    """Return the arcs a plan uses; an arc that costs no end is none."""
    used = assignment[rows_of(location.starts)] == location.sites
    used &= np.isfinite(location.costs) & np.isfinite(location.setups[location.sites])
    return np.flatnonzero(used)


def _idle(location: Location, assignment: Ints) -> list[float]:
    """Return the set-ups of sites that stand open empty to make up the number asked for."""
    open_sites = np.unique(assignment[assignment >= 0])
    wanted = max(0, location.opened - len(open_sites))
    could = (location.homes < 0) & ~np.isin(location.leads, location.leads[open_sites])
    could &= np.isfinite(location.setups)
    cheapest: dict[int, float] = {}
    for site in np.flatnonzero(could):
        lead, setup = int(location.leads[site]), float(location.setups[site])
        cheapest[lead] = min(setup, cheapest.get(lead, math.inf))
    return sorted(cheapest.values())[:wanted]
