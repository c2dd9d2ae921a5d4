"""Why this lead: what every other would cost more, or why it cannot."""

from dataclasses import dataclass

import numpy as np

from waywarden.planner.answers.explaining import UNIT
from waywarden.planner.answers.plans import Cluster, Plan
from waywarden.planner.clusters.pricing import Lead, led_by
from waywarden.planner.obstacles.leading import obstacle
from waywarden.planner.problems import Problem
from waywarden.planner.questions.replanning import problem_of
from waywarden.planner.sharing import Sharing, sharing_of

#: Costs that differ by less than this are shown as the same.
HARDLY = 0.5


@dataclass(frozen=True)
class OtherLead:
    """Another who might lead: how much more that would cost a year, or why it cannot."""

    lead: str
    name: str
    more: float | None
    why_not: str = ""

    @property
    def sentence(self) -> str:
        """Say it plainly."""
        if self.more is None:
            return f"{self.name} cannot: {self.why_not}."
        unit = f" a year, {UNIT}" if self.more >= HARDLY else ""
        return f"{self.comparison}{unit}."

    @property
    def comparison(self) -> str:
        """Say how much more it would cost, in the unit of the costs, if it can lead."""
        more = self.more or 0.0
        return f"{self.name} would cost {f'{more:,.0f} more' if more >= HARDLY else 'as much'}"


@dataclass(frozen=True)
class WhyLead:
    """Who leads a service in a cluster, and how every other member and provider compares.

    ``others`` begin with the cheapest; those that cannot lead come last.
    """

    cluster: int
    service: str
    service_name: str
    lead: str
    name: str
    model: str
    cost: float
    others: tuple[OtherLead, ...]

    @property
    def sentence(self) -> str:
        """Say it plainly: the lead and the next best."""
        costs = f"{self.name} leads {self.service_name} for {self.cost:,.0f} a year, {UNIT}"
        able = [other for other in self.others if other.more is not None]
        if not able:
            return f"{costs}; nobody else could."
        return f"{costs}. {able[0].comparison}."


def cluster_numbered(plan: Plan, number: int) -> Cluster:
    """Return a cluster by its number. Raises KeyError where there is none."""
    for cluster in plan.clusters:
        if cluster.number == number:
            return cluster
    raise KeyError(f"No cluster of this plan has the number {number}.")


def why_lead(plan: Plan, cluster: int, service: str) -> WhyLead:
    """Return how every other lead would do for a service of the cluster of this number.

    Nothing is searched: each is priced, or tried against the rules. Raises
    KeyError for a cluster or a service of it that there is not, and ValueError
    for a plan of a `Location`.
    """
    problem = problem_of(plan)
    found = cluster_numbered(plan, cluster)
    if service not in found.service_leads:
        raise KeyError(f"Cluster {cluster} does not deliver a service {service!r}.")
    led = found.service_leads[service]
    others = [other for other in _others(problem, plan, found, service) if other.lead != led.lead]
    return WhyLead(
        cluster=cluster,
        service=service,
        service_name=_service_name(problem, service),
        lead=led.lead,
        name=_name(problem, led.lead),
        model=led.model,
        cost=led.cost,
        others=tuple(sorted(others, key=lambda one: (one.more is None, one.more or 0.0))),
    )


def _name(problem: Problem, lead: str) -> str:
    return next(one.name for one in problem.leads if one.key == lead)


def _service_name(problem: Problem, service: str) -> str:
    return next(one.name for one in problem.services if one.key == service)


def _others(problem: Problem, plan: Plan, cluster: Cluster, service: str) -> list[OtherLead]:
    sharing = sharing_of(problem)
    rows = {one.key: row for row, one in enumerate(problem.leads)}
    column = [one.key for one in problem.services].index(service)
    served = served_rows(problem, plan, cluster, service)
    providers = [one.key for one in problem.providers if one.models.get(service)]
    found = []
    for lead in (*cluster.members, *providers):
        why_not = obstacle(problem, sharing, served, column, rows[lead])
        priced = led_by(sharing, served, column, rows[lead])
        more = None if why_not else _more(priced, cluster.service_leads[service].cost)
        found.append(OtherLead(lead, _name(problem, lead), more, why_not))
    return found


def _more(priced: Lead | None, now: float) -> float | None:
    return max(0.0, priced.cost - now) if priced else None


def served_rows(
    problem: Problem, plan: Plan, cluster: Cluster, service: str
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the rows of the members to whom a cluster delivers a service."""
    served = [
        row
        for row, council in enumerate(problem.councils)
        if council.key in cluster.members and plan.cluster_of(council.key, service) is cluster
    ]
    return np.array(served, dtype=np.int64)


@dataclass(frozen=True)
class Fullness:
    """How much of what a lead can do in the busiest month a cluster takes up.

    ``part`` is from 0 to 1; None where the way has no limit.
    """

    cluster: int
    service: str
    service_name: str
    lead: str
    name: str
    model: str
    part: float | None

    @property
    def sentence(self) -> str:
        """Say it plainly."""
        does = f"In cluster {self.cluster}, {self.name} ({self.model}) does {self.service_name}"
        if self.part is None:
            return f"{does} without a limit."
        return f"{does} with {100 * self.part:.0f}% of what it can do in the busiest month."


def fullness(plan: Plan) -> tuple[Fullness, ...]:
    """Return how full the lead of each service of each cluster is, the fullest first.

    Raises ValueError for a plan of a `Location`.
    """
    problem = problem_of(plan)
    sharing = sharing_of(problem)
    found = [
        _fullness(problem, sharing, plan, cluster, service)
        for cluster in plan.clusters
        for service in cluster.service_leads
    ]
    return tuple(sorted(found, key=lambda one: -1.0 if one.part is None else one.part)[::-1])


def _fullness(
    problem: Problem, sharing: Sharing, plan: Plan, cluster: Cluster, service: str
) -> Fullness:
    led = cluster.service_leads[service]
    column = [one.key for one in problem.services].index(service)
    row = [one.key for one in problem.leads].index(led.lead)
    served = served_rows(problem, plan, cluster, service)
    found = led_by(sharing, served, column, row)
    most = float(sharing.capacity[row, column, found.way]) if found else np.inf
    peak = float(sharing.peak[served, column].sum())
    part = peak / most if 0 < most < np.inf else None
    return Fullness(
        cluster=cluster.number,
        service=service,
        service_name=_service_name(problem, service),
        lead=led.lead,
        name=problem.leads[row].name,
        model=led.model,
        part=part,
    )
