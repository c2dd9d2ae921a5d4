"""Turns what the searches found, rows and labels, into a plan with names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from waywarden.planner.answers.plans import (
    ONLY_SERVICE,
    PER_SERVICE,
    SHARED,
    Cluster,
    Plan,
    ServiceLead,
)
from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.bounds.relaxing import ServiceLocation
from waywarden.planner.clusters.pricing import cluster_cost
from waywarden.planner.councils import Willingness, models_of
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import JOINING, Sharing, alone_cost
from waywarden.planner.sites.locating import Located

SUM_OF_SERVICES = (
    "the least that the services could cost if each clustered as suits it best and they still "
    "shared the cost of running clusters; shared clusters may not be able to come down to it"
)
OVER_ALL_CLUSTERS = (
    "worked out over all the clusters that could be formed; those not looked at one by one count "
    "at less than they could cost"
)
ONE_AT_A_TIME = "worked out for each service by itself, and added up"
ONE_SERVICE = "worked out for the one service there is"


@dataclass(frozen=True)
class _Found:
    """A cluster before it has a number: council rows, and who leads what."""

    members: Sequence[int]
    service_leads: Mapping[str, ServiceLead]
    coordination: float


def of_grouping(
    problem: Problem, sharing: Sharing, labels: Ints, bound: float, bound_is: str, *, seed: int
) -> Plan:
    """Describe shared clusters: councils with the same label are in one."""
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    found = [_shared_cluster(problem, sharing, group) for group in groups if len(group) > 1]
    return Plan(
        problem=problem,
        shape=SHARED,
        clusters=_numbered(problem, found),
        alone=_alone(problem, found),
        bound=bound,
        bound_is=bound_is,
        seed=seed,
    )


def _shared_cluster(problem: Problem, sharing: Sharing, group: Ints) -> _Found:
    _, led = cluster_cost(sharing, [int(row) for row in group])
    leads = {
        problem.services[column].key: _service_lead(problem, column, *lead)
        for column, lead in enumerate(led)
        if lead is not None
    }
    coordination = sharing.per_cluster + sharing.per_member * len(group)
    return _Found([int(row) for row in group], leads, coordination)


def _service_lead(problem: Problem, column: int, row: int, way: int, cost: float) -> ServiceLead:
    service = problem.services[column].key
    return ServiceLead(
        problem.leads[row].key, models_of(problem.leads[row], service)[way].name, cost
    )


def of_services(
    problem: Problem, places: Sequence[ServiceLocation], located: Sequence[Located], *, seed: int
) -> Plan:
    """Describe each service's own clusters."""
    found: list[_Found] = []
    apart = 0.0
    for column, (place, answer) in enumerate(zip(places, located, strict=True)):
        found += _own_clusters(problem, column, place, answer)
        apart += _not_taking_part(problem, problem.services[column].key)
    return Plan(
        problem=problem,
        shape=PER_SERVICE,
        clusters=_numbered(problem, found),
        alone=_alone(problem, found),
        bound=sum(answer.bound for answer in located) + apart,
        bound_is=ONE_AT_A_TIME,
        seed=seed,
    )


def _own_clusters(
    problem: Problem, column: int, place: ServiceLocation, answer: Located
) -> Iterable[_Found]:
    location = place.location
    for site in np.unique(answer.assignment[answer.assignment >= 0]):
        served = np.flatnonzero(answer.assignment == site)
        cost = location.setups[site] + sum(_arc(location, int(j), int(site)) for j in served)
        members = sorted(int(row) for j in served for row in place.rows[j])
        coordination = problem.per_cluster + problem.per_member * len(members)
        led = int(place.leads[site]), int(place.ways[site]), cost - coordination
        lead = _service_lead(problem, column, *led)
        yield _Found(members, {problem.services[column].key: lead}, coordination)


def _arc(location: Location, council: int, site: int) -> float:
    start, end = location.starts[council], location.starts[council + 1]
    return float(location.costs[start + np.searchsorted(location.sites[start:end], site)])


def _not_taking_part(problem: Problem, service: str) -> float:
    """Return what councils that only go alone spend on a service, whatever the plan."""
    alone = [c for c in problem.councils if problem.willingness(c, service) is Willingness.ALONE]
    return sum(alone_cost(council.work[service]) for council in alone)


def _numbered(problem: Problem, found: Iterable[_Found]) -> tuple[Cluster, ...]:
    """Number clusters from north to south by their leads, so that a map reads downwards."""

    def place(one: tuple[str, _Found]) -> tuple[float, str, list[str]]:
        return -problem.council(one[0]).north_km, one[0], sorted(one[1].service_leads)

    led = [(_cluster_lead(problem, one), one) for one in found]
    return tuple(
        Cluster(
            number=number,
            members=tuple(problem.councils[row].key for row in one.members),
            lead=lead,
            service_leads=one.service_leads,
            coordination=one.coordination,
            alone_cost=sum(
                alone_cost(problem.councils[row].work[service])
                for row in one.members
                for service in one.service_leads
                if _joins(problem, row, service)
            ),
        )
        for number, (lead, one) in enumerate(sorted(led, key=place), 1)
    )


def _cluster_lead(problem: Problem, one: _Found) -> str:
    """Return the member that leads the most of the cost; of equals the first by key.

    Where providers lead everything, it is the member that the most is done for.
    """
    led = dict.fromkeys((problem.councils[row].key for row in one.members), 0.0)
    by_members = [lead for lead in one.service_leads.values() if lead.lead in led]
    for lead in by_members:
        led[lead.lead] += lead.cost
    counts = led if by_members else _shares_of_work(problem, one)
    return min(counts, key=lambda key: (-counts[key], key))


def _shares_of_work(problem: Problem, one: _Found) -> dict[str, float]:
    """Return each member's part of the work of each service, added up: their units differ."""
    members = [problem.councils[row] for row in one.members]
    shares = dict.fromkeys((member.key for member in members), 0.0)
    for service in one.service_leads:
        works = {
            member.key: member.work[service].work
            for row, member in zip(one.members, members, strict=True)
            if _joins(problem, row, service)
        }
        whole = sum(works.values())
        for key, work in works.items():
            shares[key] += work / whole if whole > 0 else 0.0
    return shares


def _joins(problem: Problem, row: int, service: str) -> bool:
    return problem.willingness(problem.councils[row], service) in JOINING


def _alone(problem: Problem, found: Iterable[_Found]) -> dict[tuple[str, str], float]:
    """Return what each council spends by itself on each service it wants but does not share."""
    together = {
        (row, service)
        for one in found
        for row in one.members
        for service in one.service_leads
        if _joins(problem, row, service)
    }
    return {
        (council.key, service.key): alone_cost(council.work[service.key])
        for row, council in enumerate(problem.councils)
        for service in problem.services
        if (row, service.key) not in together
        and problem.willingness(council, service.key) is not Willingness.NO
    }


def of_location(location: Location, answer: Located, *, seed: int) -> Plan:
    """Describe the one service of a location problem; councils and sites go by their numbers."""
    clusters = []
    for number, site in enumerate(np.unique(answer.assignment[answer.assignment >= 0]), 1):
        served = [int(j) for j in np.flatnonzero(answer.assignment == site)]
        cost = location.setups[site] + sum(_arc(location, j, int(site)) for j in served)
        lead = ServiceLead(str(location.leads[site]), f"site {site}", float(cost))
        clusters.append(
            Cluster(
                number=number,
                members=tuple(str(j) for j in served),
                lead=lead.lead,
                service_leads={ONLY_SERVICE: lead},
                coordination=0.0,
                alone_cost=float(location.alone[served].sum()),
            )
        )
    alone = np.flatnonzero(answer.assignment < 0)
    by_itself = {(str(j), ONLY_SERVICE): float(location.alone[j]) for j in alone}
    used = sum(cluster.cost for cluster in clusters) + sum(by_itself.values())
    return Plan(
        problem=location,
        shape=PER_SERVICE,
        clusters=tuple(clusters),
        alone=by_itself,
        bound=answer.bound,
        bound_is=ONE_SERVICE,
        seed=seed,
        unused=answer.cost - used if location.opened else 0.0,
    )
