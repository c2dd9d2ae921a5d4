"""Finds the best plan under every rule by trying all there are: for a handful of councils.

It reads the problem as it was given, reckons in its own way, and shares no line
with the planner but what a council's will counts as and how far it is.
"""

import itertools
import math

from waywarden.planner import Provider, Willingness

JOINING = (Willingness.LEAD, Willingness.JOIN)
HAIR = 1e-7


def takes_part(problem, council, service):
    return problem.willingness(council, service.key) in JOINING


def alone_cost(problem, council, service):
    """Return what a council pays by itself, nought where it leaves the service alone."""
    if problem.willingness(council, service.key) is Willingness.NO:
        return 0.0
    return min((option.cost for option in council.work[service.key].outside), default=math.inf)


def cheapest_plan(problem, shape):
    """Return the cost of the best plan of a shape, infinite where there is none.

    There is none where somebody is excluded and yet tied or locked.
    """
    bound = {key for pair in problem.together for key in pair}
    if set(problem.excluded) & (bound | {council for council, _ in problem.locks}):
        return math.inf
    if shape == "shared":
        return cheapest_parting(problem.councils, lambda group: shared_cost(problem, group))
    return sum(cheapest_of_service(problem, service) for service in problem.services)


def cheapest_of_service(problem, service):
    """Return what one service by itself costs at least, with those who only go alone."""
    sharing = [council for council in problem.councils if takes_part(problem, council, service)]
    others = sum(
        alone_cost(problem, council, service)
        for council in problem.councils
        if council not in sharing
    )
    return others + cheapest_parting(sharing, lambda group: own_cost(problem, service, group))


def cheapest_parting(councils, price):
    """Return the least that councils cost over every way of parting them into groups."""
    if not councils:
        return 0.0
    keys = [council.key for council in councils]
    whole = {council.key: council for council in councils}
    prices = {}
    known = {(): 0.0}

    def priced(group):
        if group not in prices:
            prices[group] = price([whole[key] for key in group])
        return prices[group]

    def cheapest(left):
        if left not in known:
            first, others = left[0], left[1:]
            known[left] = min(
                priced((first, *joined)) + cheapest(tuple(k for k in others if k not in joined))
                for size in range(len(others) + 1)
                for joined in itertools.combinations(others, size)
            )
        return known[left]

    return cheapest(tuple(keys))


def shared_cost(problem, group):
    """Return what a group costs with all its services, alone if it is of one."""
    keys = {council.key for council in group}
    if len(group) == 1:
        bound = any(keys & set(pair) for pair in problem.together)
        bound = bound or any(locks_of(problem, group, service) for service in problem.services)
        if bound:
            return math.inf
        return sum(alone_cost(problem, group[0], service) for service in problem.services)
    joins = all(any(takes_part(problem, c, s) for s in problem.services) for c in group)
    if not joins or len(group) > problem.most_members or not hangs_together(problem, keys):
        return math.inf
    if breaks_pairs(problem.together, problem.apart, keys):
        return math.inf
    cost = problem.per_cluster + problem.per_member * len(group)
    for service in problem.services:
        served = [council for council in group if takes_part(problem, council, service)]
        cost += sum(alone_cost(problem, c, service) for c in group if c not in served)
        cost += led_cost(problem, service, served) if served else 0.0
    return cost


def own_cost(problem, service, group):
    """Return what a group costs for one service by itself: alone, or a cluster even of one."""
    keys = {council.key for council in group}
    sharing = {c.key for c in problem.councils if takes_part(problem, c, service)}
    together = [pair for pair in problem.together if set(pair) <= sharing]
    if len(group) > problem.most_members or breaks_pairs(together, problem.apart, keys):
        return math.inf
    running = problem.per_cluster + problem.per_member * len(group)
    cost = running + led_cost(problem, service, group)
    if len(group) == 1 and not locks_of(problem, group, service):
        cost = min(cost, alone_cost(problem, group[0], service))
    return cost


def breaks_pairs(together, apart, keys):
    """Say whether a group has one of a pair without the other, or both that must be apart."""
    halves = any(len(keys & set(pair)) == 1 for pair in together)
    return halves or any(set(pair) <= keys for pair in apart)


def locks_of(problem, group, service):
    """Return the leads that those of a group who take part are locked to."""
    return {
        lead
        for (council, locked), lead in problem.locks.items()
        for member in group
        if (member.key, service.key) == (council, locked) and takes_part(problem, member, service)
    }


def led_cost(problem, service, served):
    """Return what a service costs those it is shared by, under the best lead there may be."""
    able = [
        (council, council.work[service.key].models)
        for council in served
        if problem.willingness(council, service.key) is Willingness.LEAD
    ]
    able += [(one, one.models.get(service.key, ())) for one in problem.providers]
    locks = locks_of(problem, served, service)
    return min(
        (
            cost_of_way(problem, service, served, lead, way)
            for lead, ways in able
            for way in ways
            if not locks - {lead.key}
        ),
        default=math.inf,
    )


def cost_of_way(problem, service, served, lead, way):
    works = [council.work[service.key] for council in served]
    roads = [problem.distance_km(lead, council) for council in served]
    too_far = max(roads) > problem.travel_limit_km + 1e-9 or math.isinf(max(roads))
    if too_far or sum(work.peak for work in works) > way.capacity * (1 + 1e-9) + HAIR:
        return math.inf
    cost = way.setup
    for work, road in zip(works, roads, strict=True):
        cost += way.unit_cost * work.work + way.call_out * work.visits
        if way.travels:
            cost += 2 * problem.cost_per_km * road * work.trips
    return cost


def hangs_together(problem, keys):
    if problem.neighbours is None:
        return True
    reached = {min(keys)}
    for _ in keys:
        reached |= {
            key for pair in problem.neighbours if reached & set(pair) for key in set(pair) & keys
        }
    return reached == keys


def broken_rules(problem, found, shape):
    """Say which rules a plan breaks, and what it says that is not so."""
    said = []
    covered = {}
    for cluster in found.clusters:
        group = [problem.council(key) for key in cluster.members]
        services = [s for s in problem.services if s.key in cluster.service_leads]
        if cluster.lead not in cluster.members:
            said.append(f"{cluster.lead} is no member of cluster {cluster.number}")
        priced = [shared_cost(problem, group)] if shape == "shared" else []
        priced += [own_cost(problem, service, group) for service in services if not priced]
        if not all(map(math.isfinite, priced)):
            said.append(f"cluster {cluster.members} cannot be")
        for service in services:
            served = [council for council in group if takes_part(problem, council, service)]
            said += wrong_lead(problem, service, served, cluster.service_leads[service.key])
            for council in served:
                covered.setdefault((council.key, service.key), []).append(cluster.number)
    for council, service in itertools.product(problem.councils, problem.services):
        said += wrong_alone(problem, council, service, found, covered, shape)
    return said


def wrong_lead(problem, service, served, led):
    lead = next(one for one in problem.leads if one.key == led.lead)
    ways = lead.models if isinstance(lead, Provider) else {}
    ways = ways.get(service.key, ()) or lead.work[service.key].models
    costs = [cost_of_way(problem, service, served, lead, w) for w in ways if w.name == led.model]
    if locks_of(problem, served, service) - {led.lead}:
        yield f"{led.lead} leads against a lock"
    if not any(math.isclose(cost, led.cost, rel_tol=1e-9, abs_tol=1e-6) for cost in costs):
        yield f"{led.lead} does not lead {service.key} at {led.cost}"


def wrong_alone(problem, council, service, found, covered, shape):
    place = council.key, service.key
    times = len(covered.get(place, ())) + (place in found.alone)
    if times != (problem.willingness(council, service.key) is not Willingness.NO):
        yield f"{place} is delivered {times} times"
    if place not in found.alone or not takes_part(problem, council, service):
        return
    partners = {key for pair in problem.together if council.key in pair for key in pair}
    if shape == "per_service":
        partners = {k for k in partners if takes_part(problem, problem.council(k), service)}
    if partners - {council.key} or locks_of(problem, [council], service):
        yield f"{place} goes alone against a rule"
    if math.isinf(found.alone[place]):
        yield f"{place} has no way alone"
