"""Says what keeps somebody from leading a service for a group."""

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.councils import Council, Willingness
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import JOINING, Sharing

#: A group may have many members; a sentence has room for the first few.
MOST_NAMED = 4


def possible_leads(problem: Problem, served: Ints, service: int) -> list[int]:
    """Return the rows of whoever might lead a service: those served, and providers that do it."""
    key = problem.services[service].key
    providers = enumerate(problem.providers, len(problem.councils))
    return [*served.tolist(), *(row for row, one in providers if one.models.get(key))]


def why_no_lead(problem: Problem, sharing: Sharing, served: Ints, service: int) -> str:
    """Say why nobody can lead a service for all that are served, lead by lead."""
    leads = possible_leads(problem, served, service)
    found = [
        f"{problem.leads[lead].name}: {obstacle(problem, sharing, served, service, lead)}"
        for lead in leads[:MOST_NAMED]
    ]
    more = f"; and {len(leads) - MOST_NAMED} more" if len(leads) > MOST_NAMED else ""
    name = problem.services[service].name
    return f"Nobody can lead {name} for all of them ({'; '.join(found)}{more})."


def obstacle(problem: Problem, sharing: Sharing, served: Ints, service: int, lead: int) -> str:
    """Say what keeps a lead from doing a service for those served; empty where nothing does."""
    held = (
        _lock(problem, sharing, served, service, lead)
        or _standing(problem, service, lead)
        or _distance(problem, sharing, served, lead)
    )
    return held or _capacity(sharing, served, service, lead)


def _lock(problem: Problem, sharing: Sharing, served: Ints, service: int, lead: int) -> str:
    for row in served:
        locked = int(sharing.locked[row, service])
        if locked not in (-1, lead):
            return f"{problem.councils[row].name} is locked to {problem.leads[locked].name}"
    return ""


def _standing(problem: Problem, service: int, lead: int) -> str:
    """Say what keeps a council from leading a service at all."""
    one, key = problem.leads[lead], problem.services[service].key
    if not isinstance(one, Council):
        return ""
    will = problem.willingness(one, key)
    if will not in JOINING:
        return "takes no part in it"
    if not one.can_lead:
        return "may not lead"
    if will is not Willingness.LEAD:
        return "would join, but not lead"
    return "" if one.work[key].models else "has no way of delivering it"


def _distance(problem: Problem, sharing: Sharing, served: Ints, lead: int) -> str:
    road = sharing.road_km(lead, served)
    furthest = int(np.argmax(road))
    if road[furthest] <= sharing.limit_km:
        return ""
    name = problem.councils[served[furthest]].name
    if np.isinf(road[furthest]):
        return f"no way to {name} is given"
    return f"too far from {name}: {road[furthest]:.1f} of at most {sharing.limit_km:g}"


def _capacity(sharing: Sharing, served: Ints, service: int, lead: int) -> str:
    peak = float(sharing.peak[served, service].sum())
    is_open = np.isfinite(sharing.setup[lead, service])
    most = float(sharing.capacity[lead, service][is_open].max())
    if peak <= most * (1 + TOLERANCE):
        return ""
    return f"can do {most:g} in the busiest month, and {peak:g} are wanted"
