"""What a plan that was kept cannot say of itself, unless somebody changed it since."""

from collections.abc import Iterator
from itertools import pairwise

from waywarden.planning.reports import ClusterReport, Report


def damages(report: Report) -> Iterator[str]:
    """Say what contradicts itself in a plan: numbers, members and costs of clusters."""
    councils = {council.key for council in report.councils}
    numbers = [cluster.number for cluster in report.clusters]
    if any(later != earlier + 1 for earlier, later in pairwise([0, *numbers])):
        yield "its clusters are not numbered from 1"
    for cluster in report.clusters:
        for key in (*cluster.members, cluster.lead, *(led.lead for led in cluster.services)):
            if key not in councils:
                yield f"cluster {cluster.number} names {key!r}, which is none of its councils"
        yield from _sums_of(cluster)
    yield from _members(report)
    yield from _negative(report)


def _sums_of(cluster: ClusterReport) -> Iterator[str]:
    spent = cluster.coordination.expected + sum(led.cost.expected for led in cluster.services)
    if spent != cluster.planned.expected:
        yield f"the costs of cluster {cluster.number} do not add up"


def _members(report: Report) -> Iterator[str]:
    held = {council.key: council.clusters for council in report.councils}
    for council in report.councils:
        numbers = tuple(one.number for one in report.clusters if council.key in one.members)
        if numbers != tuple(sorted(held[council.key])):
            yield f"it does not say alike in which clusters {council.name} is"


def _negative(report: Report) -> Iterator[str]:
    costs = [(f"cluster {one.number}", one.planned) for one in report.clusters]
    costs += [(one.name, cost) for one in report.councils for cost in (one.alone, one.together)]
    for name, cost in [*costs, ("the plan", report.planned)]:
        if min(cost.low, cost.expected, cost.high) < 0:
            yield f"a cost of {name} is less than nothing"
