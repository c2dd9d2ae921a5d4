"""The ways a service could be delivered, and what each costs a year. In pence."""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from waywarden.planning.costing import Costing, ServiceCosting
from waywarden.planning.facts import KINDS, PARISH, TOWN, CouncilFacts

CONTRACTOR, OWN_STAFF, VOLUNTEERS = "contractor", "own_staff", "volunteers"
LOW, EXPECTED, HIGH = "low", "expected", "high"


@dataclass(frozen=True)
class Way:
    """One way of delivering a service: set-up a year, price of a unit, call-out of a visit.

    ``capacity`` is the most units in the busiest month.
    """

    name: str
    setup: float
    unit: float
    call_out: float
    capacity: float
    travels: bool


class Standing(StrEnum):
    """What a council is taken to be able to do."""

    MEETING = "meeting"  # neither leads nor employs
    COUNCIL = "council"  # leads, but employs nobody for such work
    EMPLOYER = "employer"  # leads, with people of its own if it likes


def factor(costing: Costing, prices: str) -> Fraction:
    """Return what prices of work are multiplied by in a price case."""
    if prices == EXPECTED:
        return Fraction(1)
    return Fraction(costing.value(f"{prices}_percent"), 100)


def is_planned_as_meeting(council: CouncilFacts, costing: Costing) -> bool:
    """Whether a council is taken for a parish meeting: because it is one, or is likely to be."""
    if council.kind in (TOWN, PARISH):
        return False
    known = council.kind == KINDS[2]
    people = council.population
    return known or people is None or people < costing.value("smallest_council")


def standing_of(council: CouncilFacts, costing: Costing) -> Standing:
    """Return what a council is taken to be able to do."""
    if is_planned_as_meeting(council, costing):
        return Standing.MEETING
    is_large = (council.population or 0) >= costing.value("smallest_employer")
    return Standing.EMPLOYER if council.kind == TOWN or is_large else Standing.COUNCIL


def ways_of(service: ServiceCosting, costing: Costing, prices: str) -> dict[Standing, list[Way]]:
    """Return the ways in which councils could have a service done, alone or for others."""
    firm = [_contractor(service, costing, prices)]
    own = [_own_staff(service, costing, prices)] if service.own_staff else []
    volunteers = [_volunteers(service, costing, prices)] if service.volunteers else []
    return {
        Standing.MEETING: firm,
        Standing.COUNCIL: firm + volunteers,
        Standing.EMPLOYER: firm + own + volunteers,
    }


def cost_per_km(costing: Costing) -> float:
    """Return what a kilometre with a van and a team in it costs."""
    wages = Fraction(
        costing.value("team_people") * costing.value("pay_pence"), costing.value("van_speed")
    )
    return float(costing.value("van_km_pence") + wages)


def clerk_pence(costing: Costing) -> int:
    """Return the yearly cost of a clerk's time on one service led."""
    return costing.value("clerk_hours") * costing.value("pay_pence")


def per_hour(service: ServiceCosting) -> Fraction:
    """Return how many units are done in an hour."""
    return Fraction(service.hourly_milli.value, 1_000)


def _contractor(service: ServiceCosting, costing: Costing, prices: str) -> Way:
    times = factor(costing, prices)
    teams = costing.value("contractor_teams") * costing.value("team_hours")
    call_out = service.call_out.millipence if service.call_out else 0
    return Way(
        CONTRACTOR,
        setup=float(clerk_pence(costing)),
        unit=float(Fraction(service.contractor.millipence, 1_000) * times),
        call_out=float(Fraction(call_out, 1_000) * times),
        capacity=float(teams * per_hour(service)),
        travels=False,
    )


def _own_staff(service: ServiceCosting, costing: Costing, prices: str) -> Way:
    insurance = Fraction(costing.insurance.millipence, 1_000)
    return Way(
        OWN_STAFF,
        setup=float(_equipped(service, costing) + insurance),
        unit=float(own_rate(service, costing) * factor(costing, prices)),
        call_out=0.0,
        capacity=float(costing.value("team_hours") * per_hour(service)),
        travels=True,
    )


def own_rate(service: ServiceCosting, costing: Costing) -> Fraction:
    """Return the pence a unit that work with people of one's own costs; 0 where it is not done."""
    if service.own_staff is None:
        return Fraction(0)
    hour = service.own_staff.people * costing.value("pay_pence") + service.own_staff.running_pence
    return hour * Fraction(100 + costing.value("overhead_percent"), 100) / per_hour(service)


def _volunteers(service: ServiceCosting, costing: Costing, prices: str) -> Way:
    rate = Fraction(service.volunteers.millipence if service.volunteers else 0, 1_000)
    return Way(
        VOLUNTEERS,
        setup=float(_equipped(service, costing)),
        unit=float(rate * factor(costing, prices)),
        call_out=0.0,
        capacity=float(costing.value("volunteer_hours") * per_hour(service)),
        travels=False,
    )


def _equipped(service: ServiceCosting, costing: Costing) -> Fraction:
    """Return the yearly cost of a clerk, of equipment and, beside roads, of signs and training."""
    yearly = clerk_pence(costing) + Fraction(service.kit_pence, costing.value("kit_years"))
    if service.is_beside_roads:
        cards = costing.value("trained_people") * Fraction(costing.training.millipence, 1_000)
        yearly += cards / costing.value("card_years")
        yearly += Fraction(costing.signs_pence, costing.value("sign_years"))
    return Fraction(yearly)


def alone_cost(way: Way, *, work: float, peak: float, visits: float) -> float:
    """Return a year's cost of a way for one council by itself; infinite beyond its capacity.

    Of firms a council can hire as many as it needs, each with its set-up.
    """
    firms = 1
    if peak > way.capacity:
        if way.name != CONTRACTOR:
            return math.inf
        firms = math.ceil(peak / way.capacity)
    return firms * way.setup + way.unit * work + way.call_out * visits
