"""What is to be shared out: the bills of a plan, and the problem that prices other groups."""

from collections.abc import Mapping
from dataclasses import dataclass

from waywarden.planner import Problem
from waywarden.planning.facts import CannotPlan

NO_CLUSTERS = "This plan has no clusters, so there is nothing to share."


@dataclass(frozen=True)
class ClusterBill:
    """One cluster to share out: its members and services by key, its cost in whole pence a year."""

    number: int
    name: str
    members: tuple[str, ...]
    services: tuple[str, ...]
    cost: int


@dataclass(frozen=True)
class Bill:
    """A plan to share out, in pence a year at expected prices, as its ``problem`` is.

    ``cost`` is what councils would spend, in clusters and alone; ``names`` are
    those of the councils, by key.
    """

    county: str
    shape: str
    cost: int
    clusters: tuple[ClusterBill, ...]
    names: Mapping[str, str]
    problem: Problem

    def cluster_numbered(self, number: int) -> ClusterBill:
        """Return a cluster by its number. Raises `CannotPlan` where there is none."""
        for cluster in self.clusters:
            if cluster.number == number:
                return cluster
        if not self.clusters:
            raise CannotPlan(NO_CLUSTERS)
        raise CannotPlan(
            f"No cluster has the number {number}. There are 1 to {len(self.clusters)}."
        )
