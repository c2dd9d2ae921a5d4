"""The ways to deliver a service side by side: what the planner estimates, and what was said."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.places.models import Area
from waywarden.county.places.naming import full_name
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Quantity
from waywarden.devolution.clusters import queries, stated_queries
from waywarden.devolution.clusters.models import Cluster, Membership, Scope, Stated
from waywarden.fabric.common.wording import about_pounds, about_span, amount, day, number, pounds
from waywarden.planning.costing import Costing, ServiceCosting, costing_for
from waywarden.planning.ways import (
    CONTRACTOR,
    EXPECTED,
    HIGH,
    LOW,
    OWN_STAFF,
    VOLUNTEERS,
    Standing,
    Way,
    alone_cost,
    per_hour,
    ways_of,
)
from waywarden.rules import vat
from waywarden.rules.clusters_terms import needed_by_month

Model, Aspect = Scope.Model, Stated.Aspect
UNKNOWN = "Not known"
ESTIMATED = "Our estimate"
LAW = "By the law"
#: The ways that the planner prices.
PRICED: Mapping[str, str] = {
    Model.OWN: OWN_STAFF,
    Model.CONTRACTOR: CONTRACTOR,
    Model.VOLUNTEERS: VOLUNTEERS,
}
#: What is to be known of each model before it is chosen.
REMARKS: Mapping[str, str] = {
    Model.OWN: "The lead council employs people and serves the other members.",
    Model.SHARED: (
        "Members place their staff at one another’s disposal by an agreement under section 113 of "
        "the Local Government Act 1972. The staff are consulted first, and stay employed by the "
        "council that lends them. A parish meeting is no local authority and cannot sign it (to "
        "be confirmed by the monitoring officer)."
    ),
    Model.CONTRACTOR: "The lead council buys it for all by a contract of its own.",
    Model.LOCAL: (
        "A community group, a community interest company or a social enterprise does it, and may "
        "train and employ local people."
    ),
    Model.VOLUNTEERS: "One person, or a group with somebody who co-ordinates and trains it.",
    Model.COUNTY: "Nothing is taken on: the county does what it funds, or more if that is bought.",
}
COUNCIL_VAT = f"A contractor that is registered charges {vat.VAT_PERCENT}%. {vat.COUNCILS}"
#: What the law says of VAT; where it depends on the body, that it is to be asked.
VAT: Mapping[str, str] = {
    Model.OWN: f"On wages there is none. {vat.COUNCILS}",
    Model.CONTRACTOR: COUNCIL_VAT,
    Model.LOCAL: f"{vat.OTHERS} {vat.TO_BE_CONFIRMED}",
    Model.VOLUNTEERS: f"On time given there is none. {vat.COUNCILS}",
}


@dataclass(frozen=True)
class Cell:
    """What is known of one aspect of a model, and where that is from; nothing where it is not."""

    label: str
    says: str = UNKNOWN
    source: str = ""

    @property
    def in_file(self) -> str:
        """What a file says of it, in one line."""
        return f"{self.says} ({self.source})" if self.source else self.says


@dataclass(frozen=True)
class Row:
    """One way to deliver a service: what is known of each aspect."""

    scope: Scope
    model: Scope.Model
    cells: list[Cell]

    @property
    def name(self) -> str:
        return str(self.model.label)

    @property
    def remark(self) -> str:
        return REMARKS[self.model]

    @property
    def is_intended(self) -> bool:
        return self.scope.intended == self.model


@dataclass(frozen=True)
class Work:
    """How much of a service the members have: in a year, in the busiest month, and visits."""

    amount_milli: int
    #: Places of which no quantity is held.
    missing: list[str]
    peak_milli: int
    #: Visits a year in all places together.
    visits: int
    #: Whether any of the quantities is an estimate.
    is_estimate: bool


@dataclass(frozen=True)
class Compared:
    """The ways to deliver one service of a cluster, side by side."""

    scope: Scope
    work: Work
    rows: list[Row]

    @property
    def amount(self) -> str:
        """How much there is, in words."""
        return amount(self.work.amount_milli, self.scope.service.unit)

    @property
    def first_month(self) -> str:
        return _month(self.scope.first_month)

    @property
    def last_month(self) -> str:
        return _month(self.scope.last_month)

    @property
    def intended(self) -> str:
        return str(self.scope.get_intended_display()) if self.scope.intended else ""


def _month(number: int) -> str:
    return f"{date(2000, number, 1):%B}"


def compared(cluster: Cluster, *, on: date) -> list[Compared]:
    """Lay the ways to deliver each service of a cluster side by side."""
    scopes = queries.scope_of(cluster)
    members = queries.asked_or_members_of(cluster, on=on)
    areas = _areas_of(members, on=on)
    held = catalogue.current_quantities(areas, [scope.service for scope in scopes])
    county = next((area.county for area in areas if area.county), None)
    costing = costing_for(county.name if county else "")
    everything = stated_queries.everything_stated(cluster)
    stated = {(each.scope_id, each.model, each.aspect): each for each in everything}
    found = []
    for scope in scopes:
        work = _work_of(scope, areas, held)
        estimates = _estimates(scope, work, costing)
        rows = [Row(scope, model, _cells(scope, model, stated, estimates)) for model in Model]
        found.append(Compared(scope, work, rows))
    return found


def _areas_of(members: Sequence[Membership], *, on: date) -> list[Area]:
    held = queries.places_of([member.body for member in members], on=on)
    return [area for areas in held.values() for area in areas]


def _work_of(scope: Scope, areas: Sequence[Area], held: Mapping[tuple[int, int], Quantity]) -> Work:
    """Add up what the members' places have of a service."""
    known = {}
    for area in areas:
        found = held.get((area.pk, scope.service_id))
        if found is not None and found.amount_milli is not None:
            known[area.pk] = found
    total = sum(each.amount_milli or 0 for each in known.values())
    months = {"first": scope.first_month, "last": scope.last_month}
    peak = max(needed_by_month(total, visits=scope.visits, **months))
    missing = [full_name(area) for area in areas if area.pk not in known]
    is_estimate = any(each.is_estimate for each in known.values())
    return Work(total, missing, peak, scope.visits * len(known), is_estimate)


#: What is estimated of an aspect of a model.
Estimates = Mapping[tuple[str, str], str]


def _cells(
    scope: Scope,
    model: str,
    stated: Mapping[tuple[int, str, str], Stated],
    estimates: Estimates,
) -> list[Cell]:
    return [
        _cell(aspect, model, stated.get((scope.pk, model, aspect)), estimates) for aspect in Aspect
    ]


def _cell(aspect: Stated.Aspect, model: str, said: Stated | None, estimates: Estimates) -> Cell:
    """Say what was said; else what is estimated; else the law; else that it is not known."""
    label = str(aspect.label)
    if said is not None:
        says = said.says or f"{pounds(said.pence or 0)} without VAT"
        return Cell(label, says, f"Said by {said.who}, {day(said.said_on)}")
    if (model, aspect) in estimates:
        return Cell(label, estimates[model, aspect], ESTIMATED)
    if aspect == Aspect.VAT and model in VAT:
        return Cell(label, VAT[model], LAW)
    return Cell(label)


def _estimates(scope: Scope, work: Work, costing: Costing) -> dict[tuple[str, str], str]:
    """Return what the planner's figures say of each model; nothing where the work is not known."""
    service = costing.services.get(scope.service.code)
    if service is None or not work.amount_milli or work.missing:
        return {}
    found = _people(service, work, scope, costing)
    for model, name in PRICED.items():
        ways = {prices: _way(service, costing, prices, name) for prices in (LOW, EXPECTED, HIGH)}
        if (way := ways[EXPECTED]) is not None:
            costs = [_cost(each, work, scope) for each in ways.values() if each is not None]
            found[model, Aspect.COST] = _in_words(costs)
            found[model, Aspect.CAPACITY] = _capacity(way, work, scope)
    return found


def _way(service: ServiceCosting, costing: Costing, prices: str, name: str) -> Way | None:
    offered = ways_of(service, costing, prices)[Standing.EMPLOYER]
    return next((way for way in offered if way.name == name), None)


def _cost(way: Way, work: Work, scope: Scope) -> float:
    yearly = work.amount_milli * scope.visits / 1_000
    return alone_cost(way, work=yearly, peak=work.peak_milli / 1_000, visits=work.visits)


def _in_words(costs: Sequence[float]) -> str:
    """Write a range of costs; where a way cannot do the work, say so."""
    if any(math.isinf(cost) for cost in costs):
        return "It could not do all of it in the busiest month"
    low, expected, high = (round(cost) for cost in costs)
    said = f"{about_pounds(expected)}, {about_span(low, high)} between low and high prices"
    return f"{said}, without journeys".capitalize()


def _capacity(way: Way, work: Work, scope: Scope) -> str:
    can, unit = round(way.capacity * 1_000), scope.service.unit
    if way.name == CONTRACTOR:
        return f"One firm: up to {amount(can, unit)} in a month; more by more firms"
    is_enough = "enough" if can >= work.peak_milli else "not enough"
    # In whole units, counted up.
    needed = amount(-(-work.peak_milli // 1_000) * 1_000, unit)
    return f"Up to {amount(can, unit)} in a month; {needed} are needed in the busiest: {is_enough}"


def _people(
    service: ServiceCosting, work: Work, scope: Scope, costing: Costing
) -> dict[tuple[str, str], str]:
    """Return what the work asks of people: hours, cards to work beside roads, insurance."""
    found: dict[tuple[str, str], str] = {}
    if service.own_staff is not None:
        hours = work.amount_milli * scope.visits / 1_000 / per_hour(service)
        paid = math.ceil(hours * service.own_staff.people)
        jobs = f"About {number(paid * 1_000)} paid hours a year"
        found |= {(model, Aspect.JOBS): jobs for model in (Model.OWN, Model.SHARED)}
        insurance = f"{about_pounds(costing.insurance.millipence // 1_000)} a year more"
        found[Model.OWN, Aspect.INSURANCE] = insurance.capitalize()
    if service.is_beside_roads:
        cards = (
            f"{costing.value('trained_people')} people with a card to work beside roads, "
            f"{about_pounds(costing.training.millipence // 1_000)} each, for "
            f"{costing.value('card_years')} years"
        )
        trained = [Model.OWN, Model.SHARED] if service.own_staff else []
        trained += [Model.VOLUNTEERS] if service.volunteers else []
        found |= {(model, Aspect.TRAINING): cards for model in trained}
    return found
