"""What one cluster costs, compiled: `pricing.cluster_cost` for those that enumerate clusters."""

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.proof.surveying import (
    APART,
    APART_END,
    CALL_OUT,
    CAPACITY,
    HARDLY,
    LIMIT,
    PEAK,
    PER_CLUSTER,
    PER_MEMBER,
    SETUP,
    TAKES,
    TOGETHER,
    TOGETHER_END,
    TRAVEL,
    TRIPS,
    UNIT,
    VISITS,
    WORK,
    County,
    way_km,
)
from waywarden.planner.clusters.terms import NEVER, NOBODY
from waywarden.planner.compiling import compiled_in_place, compiled_within


@compiled_in_place
def exact_cost(county: County, members: Ints, size: int) -> float:
    """Return what the first ``size`` members, who hang together, cost in a year as one cluster.

    Without what they spend on services they do not share; `NEVER` where they
    break a rule or nobody can lead.
    """
    if size == 1:
        alone: float = county.alone[members[0]]
        return alone
    for at in range(size):
        if not _keeps_ties(county, members, size, members[at]):
            return NEVER
    total = county.rules[PER_CLUSTER] + size * county.rules[PER_MEMBER]
    for service in range(county.amounts.shape[1]):
        total += _cheapest(county, members, size, service)
    return total if total < NEVER else NEVER


@compiled_within
def _keeps_ties(county: County, members: Ints, size: int, council: int) -> bool:
    for tie in range(county.ties[council, TOGETHER], county.ties[council, TOGETHER_END]):
        if not _is_among(members, size, county.tied[tie]):
            return False
    for tie in range(county.ties[council, APART], county.ties[council, APART_END]):
        if _is_among(members, size, county.tied[tie]):
            return False
    return True


@compiled_within
def _is_among(members: Ints, size: int, council: int) -> bool:
    """Tell whether a council is one of the first ``size`` members."""
    found = False
    for at in range(size):
        found = found or members[at] == council
    return found


@compiled_within
def _cheapest(county: County, members: Ints, size: int, service: int) -> float:
    """Return what the best lead asks for one service; nought if nobody takes part in it."""
    work, visits, peak, takers, lock = 0.0, 0.0, 0.0, 0, NOBODY
    for at in range(size):
        council = members[at]
        if county.amounts[TAKES, service, council] == 0:
            continue
        takers += 1
        work += county.amounts[WORK, service, council]
        visits += county.amounts[VISITS, service, council]
        peak += county.amounts[PEAK, service, council]
        locked = county.locked[council, service]
        if locked >= 0:
            if lock not in (NOBODY, locked):
                return NEVER
            lock = locked
    best = 0.0 if takers == 0 else NEVER
    providers = county.ways.shape[0] - county.rank.size
    for at in range(size + providers if takers else 0):
        lead = members[at] if at < size else county.rank.size + at - size
        if lock in (NOBODY, lead):
            best = min(best, _led_by(county, members, size, service, lead, work, visits, peak))
    return best


@compiled_within
def _led_by(
    county: County,
    members: Ints,
    size: int,
    service: int,
    lead: int,
    work: float,
    visits: float,
    peak: float,
) -> float:
    best, journeys = NEVER, -1.0
    for way in range(county.ways.shape[2]):
        terms = county.ways[lead, service, way]
        if terms[SETUP] >= HARDLY or peak > terms[CAPACITY]:
            continue
        if journeys < 0.0:
            journeys = _journeys(county, members, size, service, lead)
            if journeys >= HARDLY:
                return NEVER
        cost = terms[SETUP] + terms[UNIT] * work + terms[CALL_OUT] * visits
        best = min(best, cost + terms[TRAVEL] * journeys)
    return best


@compiled_within
def _journeys(county: County, members: Ints, size: int, service: int, lead: int) -> float:
    """Return the kilometres of all trips, `NEVER` where somebody is too far away."""
    total = 0.0
    for at in range(size):
        council = members[at]
        if county.amounts[TAKES, service, council] > 0:
            way = way_km(county, lead, council)
            if way > county.rules[LIMIT]:
                return NEVER
            total += way * county.amounts[TRIPS, service, council]
    return total
