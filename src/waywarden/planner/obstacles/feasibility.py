"""Says, before anything is searched, which councils can have no plan at all, and what to do."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.clusters.bounds.contracting import ServiceLocation, contracted
from waywarden.planner.clusters.bounds.reaching import within_reach
from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.clusters.tying import Ties, ties_of_clusters, ties_of_service
from waywarden.planner.councils import Infeasible
from waywarden.planner.obstacles.conflicts import (
    conflicts_of_contiguity,
    conflicts_of_exclusion,
    conflicts_of_locks,
    conflicts_of_ties,
    listed,
    parts_of,
)
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import Sharing


def refuse_hopeless(problem: Problem, sharing: Sharing, *, is_shared: bool) -> None:
    """Raise `Infeasible` for the first rules that conflict, or council that nobody could serve.

    Where councils could all go alone and there are no rules there always is a
    plan. Only shared clusters keep to neighbours. What would still be said
    after the first complaint is not heard.
    """
    for complaint in conflicts_of_exclusion(problem):
        raise Infeasible(complaint)
    if not sharing.has_rules and np.isfinite(sharing.alone).all():
        return
    for complaint in _complaints(problem, sharing, is_shared):
        raise Infeasible(complaint)


def _complaints(problem: Problem, sharing: Sharing, is_shared: bool) -> Iterator[str]:
    for row, column in np.argwhere(np.isinf(sharing.alone) & ~sharing.takes_part):
        yield (
            f"{_where(problem, [int(row)], int(column))}: it goes alone but has no way to. Give "
            "an outside option with its cost."
        )
    yield from conflicts_of_locks(problem, sharing)
    columns = range(len(problem.services))
    if is_shared:
        by_service = [ties_of_clusters(sharing)] * len(columns)
        yield from conflicts_of_contiguity(problem, sharing, by_service[0])
        yield from _without_company(problem, sharing, by_service[0])
    else:
        by_service = [ties_of_service(sharing, column) for column in columns]
    for column, ties in zip(columns, by_service, strict=True):
        yield from conflicts_of_ties(problem, sharing, ties, column)
        yield from _unserved(_case(problem, sharing, column, ties, is_shared))


def _where(problem: Problem, rows: list[int], column: int) -> str:
    return f"{listed(problem, rows)}, service {problem.services[column].key}"


def _without_company(problem: Problem, sharing: Sharing, ties: Ties) -> Iterator[str]:
    """Say who must be in a shared cluster, and has nobody to share it with."""
    for row in np.flatnonzero(sharing.joins & ties.must_join & (ties.size == 1)):
        who = listed(problem, [int(row)])
        if sharing.most_members < 2:
            yield (
                f"{who} cannot go alone, and no cluster may have two members. Allow more members, "
                "give it an outside option or drop its lock."
            )
        if np.count_nonzero(sharing.joins) == 1:
            yield f"{who} cannot go alone, and nobody else takes part. Let another council join."
        if sharing.is_contiguous and not _partners(sharing, int(row)).size:
            yield (
                f"{who}: it has no way alone and no neighbour that takes part. Give it a "
                "neighbour or an outside option."
            )


def _partners(sharing: Sharing, row: int) -> Ints:
    near = sharing.neighbours.of(row)
    return near[sharing.joins[near]]


class _Case(NamedTuple):
    """One service to look at: its location problem, and of its arcs those a plan could use.

    ``rows`` are the councils of the location, ``sites`` what could serve them.
    """

    problem: Problem
    sharing: Sharing
    column: int
    ties: Ties
    place: ServiceLocation
    rows: Ints
    sites: Ints


def _case(problem: Problem, sharing: Sharing, column: int, ties: Ties, is_shared: bool) -> _Case:
    place = contracted(sharing, column, ties, 0.0, np.zeros(len(sharing.takes_part)))
    location = place.location
    rows = np.repeat(np.arange(len(location.demands)), np.diff(location.starts))
    usable = np.isin(location.sites, location.sites[location.homes[location.sites] == rows])
    usable |= location.homes[location.sites] < 0
    if is_shared and sharing.is_contiguous:
        usable &= _hang_together(sharing, place, rows)
    return _Case(problem, sharing, column, ties, place, rows[usable], location.sites[usable])


def _hang_together(sharing: Sharing, place: ServiceLocation, rows: Ints) -> Flags:
    """Tell of each arc whether it joins what some chain of neighbours joins."""
    parts = parts_of(sharing)
    first = np.array([members[0] for members in place.rows], dtype=np.int64)
    leads = place.leads[place.location.sites]
    is_council = leads < len(parts)
    return np.asarray(~is_council | (parts[leads * is_council] == parts[first[rows]]))


def _unserved(case: _Case) -> Iterator[str]:
    """Say who must be served and has nobody to serve it, or who is too many for all there are."""
    location = case.place.location
    must = np.isinf(location.alone)
    reached = np.bincount(case.rows, minlength=len(must))
    for customer in np.flatnonzero(must & (reached == 0)):
        yield _why_unserved(case, [int(row) for row in case.place.rows[customer]])
    wanted, room = float(location.demands[must].sum()), _room(case, must)
    if wanted > room * (1 + TOLERANCE):
        tied = [int(row) for customer in np.flatnonzero(must) for row in case.place.rows[customer]]
        yield (
            f"{_where(case.problem, sorted(tied), case.column)}: they cannot go alone and need "
            f"{wanted:g} in the peak month, and all leads within reach can do {room:g} together. "
            "Raise a capacity or let one of them go alone."
        )


def _room(case: _Case, must: Flags) -> float:
    """Return how much of the work of those who must be served all in reach could do at most."""
    location = case.place.location
    sites = np.unique(case.sites[must[case.rows]])
    homes = location.homes[sites]
    # A lead that could go alone fills part of its own room when it leads.
    at_home = (homes >= 0) & ~must[homes]
    rooms = location.capacities[sites] - np.where(at_home, location.demands[homes], 0.0)
    most: Floats = np.zeros(location.leads.max(initial=-1) + 1)
    np.maximum.at(most, location.leads[sites], rooms)
    return float(most.sum())


def _why_unserved(case: _Case, rows: list[int]) -> str:
    """Say why nobody can serve some councils that are one, and what to do."""
    problem, sharing, column = case.problem, case.sharing, case.column
    where = _where(problem, rows, column)
    is_tied = len(rows) > 1
    ways_out = "drop a rule that ties them" if is_tied else "give an outside option"
    near = _leads_near(case, rows)
    if not near.size:
        return (
            f"{where}: {_no_lead_near(problem, is_tied)}. Raise the travel limit, let a "
            f"council nearby lead, or {ways_out}."
        )
    peak = float(sharing.peak[rows, column].sum())
    most = sharing.capacity[near, column][np.isfinite(sharing.setup[near, column])].max()
    if peak > most * (1 + TOLERANCE):
        return (
            f"{where}: {peak:g} in the peak month is more than any lead within reach can do "
            f"({most:g}). Raise a lead's capacity or {ways_out}."
        )
    return (
        f"{where}: no lead within reach has room for this beside its own work and those tied to "
        f"it, or is free to lead. Raise a capacity, allow more members, or {ways_out}."
    )


def _no_lead_near(problem: Problem, is_tied: bool) -> str:
    who = "council or provider" if problem.providers else "council"
    whom = "all of them" if is_tied else "it"
    if math.isinf(problem.travel_limit_km):
        return f"no {who} that may lead has a way to {whom}"
    of_whom = f" of {whom}" if is_tied else ""
    return f"no {who} that may lead is within {problem.travel_limit_km:g} km by road{of_whom}"


def _leads_near(case: _Case, rows: list[int]) -> Ints:
    """Return the leads that offer the service and reach all of some councils."""
    sharing = case.sharing
    leads = np.flatnonzero(np.isfinite(sharing.setup[:, case.column]).any(axis=1))
    _, found, _ = within_reach(sharing, np.array(rows), leads)
    return np.asarray(leads[np.bincount(found, minlength=len(leads)) == len(rows)])
