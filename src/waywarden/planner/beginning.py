"""Where a search begins: from nothing, from a plan, or from groups that people made."""

from collections.abc import Collection, Iterable
from typing import TypeAlias

import numpy as np

from waywarden.planner.answers.plans import ONLY_SERVICE, Plan, ServiceLead
from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.bounds.contracting import ServiceLocation
from waywarden.planner.councils import Infeasible, models_of
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem

#: A plan to begin from, or groups of council keys; whoever is in no group is alone.
Start: TypeAlias = Plan | Iterable[Collection[str]]

ALONE = -1


def groups_of(start: Start) -> list[Collection[str]]:
    """Return the groups of councils in a start.

    Raises TypeError where it is neither a plan nor groups of keys.
    """
    if isinstance(start, Plan):
        return [cluster.members for cluster in start.clusters]
    if isinstance(start, str) or not isinstance(start, Iterable):
        raise TypeError(f"A plan cannot start from {start!r}. Give a Plan, or groups of councils.")
    groups = list(start)
    for group in groups:
        if isinstance(group, str) or not isinstance(group, Collection):
            raise TypeError(f"{group!r} is no group to start from. Give a list of council keys.")
    return groups


def labels_from(problem: Problem, start: Start) -> Ints:
    """Return the number of each council's cluster, shape N, as the shared search takes it.

    Raises `Infeasible` for a key no council has, and for a council in two groups.
    """
    rows = {council.key: row for row, council in enumerate(problem.councils)}
    labels = np.arange(len(rows), dtype=np.int64)
    grouped: set[str] = set()
    for group in groups_of(start):
        for key in group:
            _check_once(key, rows, grouped)
        members = [rows[key] for key in group]
        labels[members] = min(members, default=ALONE)
    return labels


def _check_once(key: str, rows: Collection[str], grouped: set[str]) -> None:
    if key not in rows:
        raise Infeasible(f"A group names {key}, and no council has that key. Leave it out.")
    if key in grouped:
        raise Infeasible(f"{key} is named twice in the groups. Name it once.")
    grouped.add(key)


def sites_of(problem: Problem, service: int, place: ServiceLocation, start: Start) -> Ints:
    """Return the site that serves each customer of one service in a plan, -1 where it is alone.

    Shape N of the location. Each cluster takes the first site of its lead and
    way that no other has; what the location does not offer counts as alone.
    Raises TypeError where the start says no leads.
    """
    if not isinstance(start, Plan):
        raise TypeError("Planned service by service, a start must say who leads. Give a Plan.")
    key = problem.services[service].key
    found = np.full(len(place.rows), ALONE, dtype=np.int64)
    sites: dict[int, int] = {}
    for customer, rows in enumerate(place.rows):
        cluster = start.cluster_of(problem.councils[int(rows[0])].key, key)
        if cluster is not None:
            if cluster.number not in sites:
                taken = set(sites.values())
                led = cluster.service_leads[key]
                sites[cluster.number] = _site(problem, service, place, led, taken)
            found[customer] = sites[cluster.number]
    return found


def places_of(location: Location, start: Start) -> Ints:
    """Return the site that serves each council in a plan of the same location, -1 for alone.

    Raises TypeError where the start is no plan of a location.
    """
    if not isinstance(start, Plan) or not isinstance(start.problem, Location):
        raise TypeError("A location can start only from a plan of a location. Give that Plan.")
    found = np.full(len(location.demands), ALONE, dtype=np.int64)
    for cluster in start.clusters:
        rows = [int(key) for key in cluster.members]
        if max(rows) < len(found):
            found[rows] = int(cluster.service_leads[ONLY_SERVICE].model.removeprefix("site "))
    return found


def _site(
    problem: Problem, service: int, place: ServiceLocation, led: ServiceLead, taken: Collection[int]
) -> int:
    """Return a site of this lead and way that is not taken, or -1."""
    lead = [one.key for one in problem.leads].index(led.lead)
    models = models_of(problem.leads[lead], problem.services[service].key)
    for site in np.flatnonzero(place.leads == lead):
        if models[int(place.ways[site])].name == led.model and int(site) not in taken:
            return int(site)
    return ALONE
