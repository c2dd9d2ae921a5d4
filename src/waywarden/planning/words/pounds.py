"""A plan's expected costs in whole pounds that add up wherever they stand together. Pure.

Each figure rounded by itself would leave totals some pounds off the sum of
their lines. So the whole plan is rounded once, and its pounds are handed down:
to clusters and those alone, then to a cluster's members and to its services.
"""

from collections.abc import Mapping
from functools import cached_property

from waywarden.planning.reports import ClusterReport, CouncilReport, Range, Report
from waywarden.rules.pence import split_pence

#: Stand among the keys of clusters: councils that go alone, and what the county goes on paying.
OUTSIDE, KEPT = "", " "
#: Stands among a cluster's services for the running of the cluster.
COORDINATION = ""


def rounded(pence: int) -> int:
    """Return whole pounds, rounded half up."""
    return (pence + 50) // 100


def handed_down(pounds: int, parts: Mapping[str, int]) -> dict[str, int]:
    """Divide whole pounds so that each part is within a pound of its pence, and all add up.

    >>> handed_down(3, {"a": 150, "b": 150})
    {'a': 2, 'b': 1}
    """
    if any(pence < 0 for pence in parts.values()) or not any(parts.values()):
        return {key: rounded(pence) for key, pence in parts.items()}
    return split_pence(pounds, parts)


class Pounds:
    """The whole pounds of one plan, by the keys of its clusters and councils."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.planned = rounded(report.planned.expected)
        self.alone = rounded(report.alone.expected)

    @cached_property
    def clusters_planned(self) -> dict[str, int]:
        """What each cluster costs, and what is spent outside them."""
        parts = {cluster.key: cluster.planned.expected for cluster in self.report.clusters}
        return self._with_the_rest(self.report.planned, parts)

    @cached_property
    def clusters_alone(self) -> dict[str, int]:
        """What the members of each cluster would pay alone, and what is spent outside them."""
        parts = {cluster.key: cluster.alone.expected for cluster in self.report.clusters}
        return self._with_the_rest(self.report.alone, parts)

    def _with_the_rest(self, whole: Range, parts: Mapping[str, int]) -> dict[str, int]:
        kept = self.report.kept.expected
        rest = whole.expected - sum(parts.values()) - kept
        return handed_down(rounded(whole.expected), {**parts, OUTSIDE: rest, KEPT: kept})

    @property
    def in_clusters(self) -> tuple[int, int]:
        """What all clusters cost, and what their members would pay alone."""
        keys = [cluster.key for cluster in self.report.clusters]
        planned, alone = self.clusters_planned, self.clusters_alone
        return sum(planned[key] for key in keys), sum(alone[key] for key in keys)

    def members_together(self, cluster: ClusterReport) -> dict[str, int]:
        """What each member of a cluster pays in the plan."""
        parts = {key: self._councils[key].together.expected for key in cluster.members}
        is_whole = sum(parts.values()) == cluster.planned.expected
        whole = self.clusters_planned[cluster.key] if is_whole else rounded(sum(parts.values()))
        return handed_down(whole, parts)

    def members_alone(self, cluster: ClusterReport) -> dict[str, int]:
        """What each member of a cluster would pay alone."""
        parts = {key: self._councils[key].alone.expected for key in cluster.members}
        is_whole = sum(parts.values()) == cluster.alone.expected
        whole = self.clusters_alone[cluster.key] if is_whole else rounded(sum(parts.values()))
        return handed_down(whole, parts)

    def services(self, cluster: ClusterReport) -> dict[str, int]:
        """What each service costs in a cluster, by its code, and the running of the cluster."""
        parts = {led.service: led.cost.expected for led in cluster.services}
        parts[COORDINATION] = cluster.coordination.expected
        return handed_down(self.clusters_planned[cluster.key], parts)

    @cached_property
    def _councils(self) -> dict[str, CouncilReport]:
        return {council.key: council for council in self.report.councils}
