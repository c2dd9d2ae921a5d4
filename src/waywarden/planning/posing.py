"""Puts a county before the planner: its councils' work, and each way it could be done, priced."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from waywarden.planner import Council, DeliveryModel, Outside, Problem, Service, Willingness, Work
from waywarden.planning.asking import NOTHING_ASKED, Asked
from waywarden.planning.checking import checked_facts, chosen_services
from waywarden.planning.costing import Costing, ServiceCosting, costing_for
from waywarden.planning.facts import CouncilFacts, CountyFacts
from waywarden.planning.ways import (
    EXPECTED,
    Standing,
    Way,
    alone_cost,
    cost_per_km,
    per_hour,
    standing_of,
    ways_of,
)

#: The ways of delivering each service by its code, for each standing of a council.
Offers = Mapping[str, Mapping[Standing, Sequence[Way]]]


def problem_of(
    facts: CountyFacts,
    services: Sequence[str] = (),
    *,
    everyone: bool,
    prices: str = EXPECTED,
    costing: Costing | None = None,
    asked: Asked = NOTHING_ASKED,
) -> Problem:
    """Return the problem of planning some services, by code, in a county; in pence a year.

    Without ``services``, all that can be planned. ``everyone`` counts councils that have not
    answered as willing; ``prices`` is low, expected or high; ``asked`` are rules to be kept.
    Raises `CannotPlan`, saying what is wrong with the facts or the services.
    """
    costing = costing or costing_for(facts.county)
    codes = chosen_services(services, costing)
    checked_facts(facts, costing)
    offers = {code: ways_of(costing.services[code], costing, prices) for code in codes}
    return Problem(
        councils=tuple(_council(one, offers, costing) for one in facts.councils),
        services=tuple(_service(costing.services[code]) for code in codes),
        neighbours=facts.neighbours,
        everyone=everyone,
        together=asked.together,
        apart=asked.apart,
        locks=asked.locks,
        excluded=asked.excluded,
        **_limits_and_costs(costing),
    )


def _service(service: ServiceCosting) -> Service:
    return Service(service.code, service.name, service.unit)


def _limits_and_costs(costing: Costing) -> dict[str, Any]:
    """Return what holds for every cluster, as the fields of a problem."""
    return {
        "travel_limit_km": costing.value("travel_limit_km"),
        "cost_per_km": cost_per_km(costing),
        "road_factor": costing.value("road_factor_percent") / 100,
        "most_members": costing.value("most_members"),
        "per_member": costing.member.millipence / 1_000,
    }


def _council(council: CouncilFacts, offers: Offers, costing: Costing) -> Council:
    standing = standing_of(council, costing)
    return Council(
        key=council.key,
        name=council.name,
        east_km=council.easting_m / 1_000,
        north_km=council.northing_m / 1_000,
        work={
            code: _work(council, costing.services[code], ways[standing], costing)
            for code, ways in offers.items()
            if has_work(council, code)
        },
        can_lead=standing is not Standing.MEETING,
    )


def has_work(council: CouncilFacts, code: str) -> bool:
    """Whether a council is known to have something of a service to be done."""
    return code in council.amounts and council.amounts[code].expected_milli > 0


def _work(
    council: CouncilFacts, service: ServiceCosting, ways: Sequence[Way], costing: Costing
) -> Work:
    amount = Fraction(council.amounts[service.code].expected_milli, 1_000)
    visits = Fraction(service.level.visits, service.level.years)
    work = float(amount * visits)
    peak = float(amount * visits * service.peak_percent.value / 100)
    days = max(Fraction(1), amount / (per_hour(service) * costing.value("day_hours")))
    return Work(
        work=work,
        peak=peak,
        visits=float(visits),
        trips=float(visits * days),
        willingness=Willingness(council.willingness.get(service.code, Willingness.UNKNOWN)),
        models=tuple(_model(way, costing) for way in ways),
        outside=tuple(
            Outside(way.name, cost)
            for way in ways
            if (cost := alone_cost(way, work=work, peak=peak, visits=float(visits))) < float("inf")
        ),
    )


def _model(way: Way, costing: Costing) -> DeliveryModel:
    more = 1 + costing.contract_percent / 100
    return DeliveryModel(
        way.name,
        setup=way.setup,
        unit_cost=way.unit * more,
        capacity=way.capacity,
        call_out=way.call_out * more,
        travels=way.travels,
    )
