"""A finished plan: its clusters and leads, what it costs, and how far from the best it can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from waywarden.planner.answers import explaining, recording
from waywarden.planner.answers.geojson import geojson_of
from waywarden.planner.answers.listing import Cell, rows_of
from waywarden.planner.councils import Willingness
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem

#: The shapes of a plan: clusters that share all services, or clusters for each service.
SHARED, PER_SERVICE = "shared", "per_service"

#: What the service of a `Location` is called.
ONLY_SERVICE = "service"


@dataclass(frozen=True)
class ServiceLead:
    """Who delivers one service in a cluster, in which way, and what that costs a year."""

    lead: str
    model: str
    cost: float


@dataclass(frozen=True)
class Cluster:
    """Councils that have services delivered together.

    ``members`` are council keys in the problem's order; ``lead`` is the cluster
    lead, the member that leads the most of the cost; ``service_leads`` are by
    service key; ``coordination`` is the yearly cost of running the cluster.
    """

    number: int
    members: tuple[str, ...]
    lead: str
    service_leads: Mapping[str, ServiceLead]
    coordination: float
    alone_cost: float

    @property
    def cost(self) -> float:
        """What the cluster costs a year, its running included."""
        return sum(led.cost for led in self.service_leads.values()) + self.coordination

    @property
    def saving(self) -> float:
        """How much less it costs than its members alone would."""
        return self.alone_cost - self.cost


@dataclass(frozen=True)
class Plan:
    """A plan, what was planned, and a proven bound: no plan of this shape can cost less.

    ``alone`` is the cost of each council and service outside a cluster, by
    (council key, service key). ``bound_is`` says what the bound rests on.
    ``unused`` is spent on leads that had to be open and serve nobody, as a
    p-median may demand.
    """

    problem: Problem | Location
    shape: str
    clusters: tuple[Cluster, ...]
    alone: Mapping[tuple[str, str], float]
    bound: float
    bound_is: str
    seed: int
    unused: float = 0.0

    @cached_property
    def cost(self) -> float:
        """The yearly cost to all payers together."""
        clustered = sum(cluster.cost for cluster in self.clusters)
        return clustered + sum(self.alone.values()) + self.unused

    def cost_to(self, payer: str) -> float:
        """Return the yearly cost to everyone together, or to the councils alone.

        "everyone" is all payers: `cost`. "councils" is what is left of it to
        the councils when the county pays them: a council that has a service
        delivered, in a cluster or alone in whatever way, is paid its
        ``payment`` of it, though that be more than the service costs; one that
        leaves the service with the county is paid nothing, and what the county
        then spends on it is in neither. Raises ValueError for another payer,
        and for the councils of a `Location`, whose payments are not known.
        """
        if payer == "everyone":
            return self.cost
        if payer != "councils":
            raise ValueError(f"There is no payer {payer!r}. Choose one of everyone, councils.")
        if isinstance(self.problem, Location):
            raise ValueError("What a county pays the councils of a Location is not known.")
        works = {council.key: council.work for council in self.problem.councils}
        taken_on = {**self._clusters_of, **self.alone}
        return self.cost - sum(works[key][service].payment for key, service in taken_on)

    @property
    def gap(self) -> float:
        """The most by which any plan could be cheaper, as a part of this one's cost."""
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost > 0 else 0.0

    @cached_property
    def _clusters_of(self) -> dict[tuple[str, str], Cluster]:
        return {
            (member, service): cluster
            for cluster in self.clusters
            for member in cluster.members
            for service in cluster.service_leads
            if (member, service) not in self.alone and self._wants(member, service)
        }

    def cluster_of(self, council: str, service: str) -> Cluster | None:
        """Return the cluster that delivers a service to a council, if one does.

        Raises KeyError where the plan has no such council or service.
        """
        cluster = self._clusters_of.get((council, service))
        if cluster is None:
            self._check_known(council, service)
        return cluster

    def lead_of(self, council: str, service: str) -> str:
        """Return the key of who delivers a service to a council: itself where it goes alone.

        Empty where it leaves the service with the county, or has no work of
        it. Raises KeyError where the plan has no such council or service.
        """
        cluster = self.cluster_of(council, service)
        if cluster:
            return cluster.service_leads[service].lead
        return council if (council, service) in self.alone else ""

    def _wants(self, council: str, service: str) -> bool:
        """Say whether a council has a service delivered, by a cluster or by itself."""
        if isinstance(self.problem, Location):
            return True
        will = self.problem.willingness(self.problem.council(council), service)
        return will is not Willingness.NO

    def _check_known(self, council: str, service: str) -> None:
        if isinstance(self.problem, Location):
            councils = {str(row) for row in range(len(self.problem.demands))}
            services = {ONLY_SERVICE}
        else:
            councils = {one.key for one in self.problem.councils}
            services = {one.key for one in self.problem.services}
        if council not in councils:
            raise KeyError(f"No council of this plan has the key {council!r}.")
        if service not in services:
            raise KeyError(f"No service of this plan has the key {service!r}.")

    def to_json(self) -> str:
        """Return a complete record of the plan, which `Plan.from_json` reads back exactly."""
        return recording.record_of(self)

    @classmethod
    def from_json(cls, text: str, problem: Problem | Location) -> "Plan":
        """Return the plan that `to_json` wrote, of the problem it was made of.

        Raises ValueError for anything else, with what is wrong.
        """
        return recording.plan_from(text, problem)

    def to_geojson(self) -> str:
        """Return a map of the plan: councils as points, and lines from leads to those served.

        Positions are taken to be kilometres on the British National Grid.
        Raises ValueError where they are not, or there are none.
        """
        return geojson_of(self)

    def rows(self) -> list[dict[str, Cell]]:
        """Return a row for each council and service, fit for `csv.DictWriter`."""
        return rows_of(self)

    def explain(self) -> list[str]:
        """Say in sentences what the plan does, what it saves and how good it is proven to be."""
        return explaining.explanation(self)
