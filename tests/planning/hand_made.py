"""Plans made by hand, so that what is said of a plan is tested apart from how one is found."""

from collections.abc import Iterable, Sequence

from waywarden.planner import Cluster, Plan, Problem, ServiceLead, Willingness
from waywarden.planner.sharing import alone_cost

JOINING = (Willingness.LEAD, Willingness.JOIN)


def cluster_of(problem: Problem, members: Iterable[str], services: Sequence[str] = ()) -> Cluster:
    """Return a cluster of these members, each service under its cheapest lead."""
    keys = [council.key for council in problem.councils if council.key in set(members)]
    wanted = services or [service.key for service in problem.services]
    led = {service: led_by(problem, keys, service) for service in wanted}
    service_leads = {service: lead for service, lead in led.items() if lead}
    costs = dict.fromkeys(keys, 0.0)
    for lead in service_leads.values():
        costs[lead.lead] += lead.cost
    coordination = problem.per_cluster + problem.per_member * len(keys)
    alone = sum(
        alone_cost(problem.council(key).work[service])
        for service in service_leads
        for key in served(problem, keys, service)
    )
    lead = max(keys, key=lambda key: costs[key])
    return Cluster(0, tuple(keys), lead, service_leads, coordination, alone)


def served(problem: Problem, keys: Sequence[str], service: str) -> list[str]:
    return [key for key in keys if problem.willingness(problem.council(key), service) in JOINING]


def led_by(problem: Problem, keys: Sequence[str], service: str) -> ServiceLead | None:
    councils = [problem.council(key) for key in served(problem, keys, service)]
    works = [council.work[service] for council in councils]
    options = []
    for lead in councils:
        if problem.willingness(lead, service) is not Willingness.LEAD:
            continue
        ways = [problem.distance_km(lead, council) for council in councils]
        if max(ways) > problem.travel_limit_km:
            continue
        km = sum(way * work.trips for way, work in zip(ways, works, strict=True))
        for model in lead.work[service].models:
            if sum(work.peak for work in works) <= model.capacity:
                cost = (
                    model.setup
                    + model.unit_cost * sum(work.work for work in works)
                    + model.call_out * sum(work.visits for work in works)
                    + model.travels * 2 * problem.cost_per_km * km
                )
                options.append(ServiceLead(lead.key, model.name, cost))
    return min(options, key=lambda led: led.cost, default=None)


def plan_of(
    problem: Problem,
    groups: Sequence[Iterable[str]],
    *,
    shape: str = "shared",
    services: Sequence[Sequence[str]] = (),
) -> Plan:
    """Return the plan that these groups make; what is in none of them goes alone."""
    clusters = tuple(
        cluster_of(problem, group, services[row] if services else ())
        for row, group in enumerate(groups)
    )
    shared = {
        (key, service)
        for cluster in clusters
        for service in cluster.service_leads
        for key in cluster.members
    }
    alone = {
        (council.key, service): alone_cost(council.work[service])
        for council in problem.councils
        for service in council.work
        if problem.willingness(council, service) is not Willingness.NO
        and (
            (council.key, service) not in shared
            or problem.willingness(council, service) not in JOINING
        )
    }
    cost = sum(cluster.cost for cluster in clusters) + sum(alone.values())
    return Plan(problem, shape, clusters, alone, 0.9 * cost, "the bound is made up", 1)


def grown(problem: Problem, size: int) -> list[list[str]]:
    """Return groups of neighbours near enough to one another, begun at whoever has most to do."""
    near: dict[str, list[str]] = {council.key: [] for council in problem.councils}
    for one, other in problem.neighbours or ():
        near[one].append(other)
        near[other].append(one)
    able = [one for one in problem.councils if one.can_lead]
    order = sorted(able, key=lambda one: -sum(alone_cost(work) for work in one.work.values()))
    free, groups = set(near), []
    for seed in order:
        if seed.key not in free:
            continue
        group, ahead = [], [seed.key]
        while ahead and len(group) < size:
            key = ahead.pop(0)
            close = problem.distance_km(seed, problem.council(key)) <= problem.travel_limit_km / 2
            if key in free and close:
                free.remove(key)
                group.append(key)
                ahead += [one for one in near[key] if one in free]
        if len(group) > 1:
            groups.append(group)
    return groups
