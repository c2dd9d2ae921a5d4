"""Settles which of several equal leads a plan names, so that few councils lead much.

Whoever hires a firm pays the same, so that a plan may name any member for it. A
clerk would rather know one council that sees to everything: the larger the
better. The cost of the plan stays what it was.
"""

from collections.abc import Mapping
from dataclasses import replace

from waywarden.planner import Cluster, Plan, Problem, Willingness
from waywarden.planning.answers.leading import led_cost, served
from waywarden.planning.facts import CouncilFacts

#: A part of a cost by which two may differ and still be alike: what adding in another order does.
ALIKE = 1e-9


def settled(plan: Plan, problem: Problem, councils: Mapping[str, CouncilFacts]) -> Plan:
    """Return the same plan, each cluster led by as few and as large councils as its cost allows."""
    clusters = tuple(_settled(cluster, problem, councils) for cluster in plan.clusters)
    return replace(plan, clusters=clusters)


def _settled(cluster: Cluster, problem: Problem, councils: Mapping[str, CouncilFacts]) -> Cluster:
    able = {
        service: [key for key in cluster.members if _could_lead(key, cluster, service, problem)]
        for service in cluster.service_leads
    }

    def merit(key: str) -> tuple[float, int, int]:
        leads = [service for service in able if key in able[service]]
        cost = sum(cluster.service_leads[service].cost for service in leads)
        return round(cost, 6), len(leads), councils[key].population or 0

    order = sorted(sorted(cluster.members), key=merit, reverse=True)
    service_leads = {
        service: replace(led, lead=next((key for key in order if key in able[service]), led.lead))
        for service, led in cluster.service_leads.items()
    }
    costs = dict.fromkeys(order, 0.0)
    for led in service_leads.values():
        costs[led.lead] += led.cost
    return replace(
        cluster, lead=max(order, key=lambda key: costs[key]), service_leads=service_leads
    )


def _could_lead(key: str, cluster: Cluster, service: str, problem: Problem) -> bool:
    """Whether a member could lead a service as the plan's lead does, at no more cost."""
    led, lead = cluster.service_leads[service], problem.council(key)
    if key == led.lead:
        return True
    keys = served(problem, cluster, service)
    if any((one, service) in problem.locks for one in keys):
        return False
    if problem.willingness(lead, service) is not Willingness.LEAD:
        return False
    if any(
        problem.distance_km(lead, problem.council(one)) > problem.travel_limit_km for one in keys
    ):
        return False
    cost = led_cost(problem, service, key, led.model, keys)
    return cost <= led_cost(problem, service, led.lead, led.model, keys) * (1 + ALIKE)
