"""Says what keeps somebody from leading a service for a group."""

from collections.abc import Mapping, Sequence

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
    return why_no_leads(problem, sharing, {service: served})[0]


def why_no_leads(
    problem: Problem, sharing: Sharing, served_by_service: Mapping[int, Ints]
) -> list[str]:
    """Say why nobody can lead some services, those that have the same reasons in one sentence."""
    named: dict[str, list[str]] = {}
    for service, served in served_by_service.items():
        reasons = _lead_by_lead(problem, sharing, served, service)
        named.setdefault(reasons, []).append(problem.services[service].name)
    return [
        f"Nobody can lead {listed(names)} for all of them ({reasons})."
        for reasons, names in named.items()
    ]


def listed(names: Sequence[str]) -> str:
    """Put names into a sentence: one, one and another, or several with commas."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _lead_by_lead(problem: Problem, sharing: Sharing, served: Ints, service: int) -> str:
    leads = possible_leads(problem, served, service)
    found = [
        f"{problem.leads[lead].name}: {obstacle(problem, sharing, served, service, lead)}"
        for lead in leads[:MOST_NAMED]
    ]
    more = f"; and {len(leads) - MOST_NAMED} more" if len(leads) > MOST_NAMED else ""
    return f"{'; '.join(found)}{more}"


def obstacle(problem: Problem, sharing: Sharing, served: Ints, service: int, lead: int) -> str:
    """Say what keeps a lead from doing a service for those served; empty where nothing does."""
    held = (
        _lock(problem, sharing, served, service, lead)
        or _standing(problem, service, lead)
        or _distance(problem, sharing, served, lead)
    )
    return held or _capacity(problem, sharing, served, service, lead)


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
    # Given ways may be in minutes; by the straight line they are kilometres.
    unit = " km" if problem.travel is None else ""
    return f"too far from {name}: {road[furthest]:.1f} of at most {sharing.limit_km:g}{unit}"


def _capacity(problem: Problem, sharing: Sharing, served: Ints, service: int, lead: int) -> str:
    peak = float(sharing.peak[served, service].sum())
    is_open = np.isfinite(sharing.setup[lead, service])
    most = float(sharing.capacity[lead, service][is_open].max())
    if peak <= most * (1 + TOLERANCE):
        return ""
    unit = problem.services[service].unit
    can_do = f"{most:,.10g} {unit}".rstrip()
    return f"can do {can_do} in the busiest month, and {peak:,.10g} are wanted"
