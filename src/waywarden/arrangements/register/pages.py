"""What each public page shows, gathered in a number of queries that does not grow with the county."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from waywarden import data
from waywarden.arrangements.register import queries
from waywarden.arrangements.register.answers import Answer
from waywarden.county.councils.models import Body, Contact
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, AreaCode, AreaName, BoundarySet
from waywarden.county.places.queries import Population
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import DeliveryModel, Price, Quantity, Service
from waywarden.rules import duties
from waywarden.rules.duties import DefaultDuty
from waywarden.rules.estimates import Estimate


@dataclass(frozen=True)
class CountyRow:
    """One place of a county's table."""

    area: Area
    district: Area
    population: Population | None
    answer: Answer | None


@dataclass(frozen=True)
class CountyPage:
    """A county: its places, and how many lie in each district."""

    rows: list[CountyRow]
    districts: list[tuple[Area, int]]
    parishes: int
    loaded: str

    @property
    def chosen(self) -> Service | None:
        return self.rows[0].answer.service if self.rows and self.rows[0].answer else None


def county_page(county: Area, *, district: Area | None, service: Service | None, on: date) -> CountyPage:
    """Gather a county's places, with the answer for one service when one is chosen."""
    everywhere = places.places_of(county, on=on)
    shown = [area for area in everywhere if district is None or area.within_id == district.pk]
    populations = places.populations_of(shown)
    answered = queries.answers(shown, [service], on=on) if service else [None] * len(shown)
    rows = [
        CountyRow(area, area.within, populations.get(area.pk), answer)
        for area, answer in zip(shown, answered, strict=True)
    ]
    parishes = [area for area in everywhere if area.kind == Area.Kind.PARISH]
    counted = Counter(area.within_id for area in parishes)
    districts = [(area, counted[area.pk]) for area in places.districts_of(county, on=on)]
    return CountyPage(rows, districts, len(parishes), "")


@dataclass(frozen=True)
class PlacePage:
    """One place: the answers, the councils that hold it, its neighbours and its codes."""

    answers: list[Answer]
    population: Population | None
    councils: list[tuple[Body, list[Contact]]]
    neighbours: list[Area]
    codes: list[AreaCode]
    other_names: list[AreaName]
    is_approximate: bool
    clusters: list[data.RealCluster] = field(default_factory=list)


def place_page(area: Area, *, on: date) -> PlacePage:
    """Gather everything the page of one place shows."""
    codes = list(area.codes.order_by("seen_on", "pk"))
    boundaries = places.boundaries_of([area], on=on)
    return PlacePage(
        answers=queries.answers_for_place(area, on=on),
        population=places.populations_of([area]).get(area.pk),
        councils=_councils(area, on=on),
        neighbours=places.neighbouring_places(area),
        codes=codes,
        other_names=list(area.names.exclude(name=area.name).order_by("seen_on")),
        is_approximate=any(boundary.boundary_set.is_approximate for boundary in boundaries),
        clusters=data.clusters_naming({code.code for code in codes}),
    )


def _councils(area: Area, *, on: date) -> list[tuple[Body, list[Contact]]]:
    """Return the bodies that hold a place, nearest first, each with how to reach it."""
    tiers = places.Tiers(area.county, on=on).of(area)
    bodies = list({body.pk: body for tier in ("parish", "district", "county") if (body := tiers.get(tier))}.values())
    contacts = Contact.objects.filter(body__in=bodies, ended_on__isnull=True).order_by("kind", "pk")
    return [(body, [contact for contact in contacts if contact.body_id == body.pk]) for body in bodies]


@dataclass(frozen=True)
class ServicePage:
    """One service: whose it is in each district, its prices, and how much of it the county has."""

    county: Area | None
    duties: tuple[DefaultDuty, ...]
    by_district: list[Answer]
    prices: list[Price]
    amounts: "Amounts"
    standards: catalogue.Standards
    confirmed_by: str


@dataclass(frozen=True)
class Amounts:
    """How much of a service a county has: measured, estimated and not known, never added together."""

    measured_milli: int
    measured: int
    estimate: Estimate | None
    estimated: int
    unknown: int


def service_page(service: Service, *, on: date) -> ServicePage:
    """Gather everything the page of one service shows."""
    county = places.home_county()
    parts = places.districts_of(county, on=on) or [county] if county else []
    there = places.places_of(county, on=on) if county else []
    held = catalogue.current_quantities(there, [service])
    return ServicePage(
        county=county,
        duties=duties.default_duties(service.code),
        by_district=queries.answers(parts, [service], on=on),
        prices=catalogue.prices_of(service),
        amounts=amounts(service, list(held.values()), len(there)),
        standards=catalogue.standards_of([service])[service.pk],
        confirmed_by=catalogue.confirmations([service]).get(service.pk, ""),
    )


def amounts(service: Service, held: Sequence[Quantity], places_there: int) -> Amounts:
    """Sum what is measured and what is estimated, each by itself."""
    measured = [quantity for quantity in held if not quantity.is_estimate]
    estimated = [quantity for quantity in held if quantity.is_estimate]
    total = None
    if estimated:
        total = Estimate(
            sum(quantity.low_milli or 0 for quantity in estimated),
            sum(quantity.amount_milli for quantity in estimated),
            sum(quantity.high_milli or 0 for quantity in estimated),
            service.unit,
        )
    return Amounts(
        sum(quantity.amount_milli for quantity in measured),
        len(measured),
        total,
        len(estimated),
        places_there - len(held),
    )


@dataclass(frozen=True)
class ServiceLine:
    """A service in the list, with whose it is by default."""

    service: Service
    duties: tuple[DefaultDuty, ...]
    standards: catalogue.Standards


@dataclass(frozen=True)
class ServicesPage:
    """The catalogue: services, ways of delivering them, and what only enters a cost."""

    services: list[ServiceLine]
    components: list[Service]
    delivery_models: list[DeliveryModel]


def services_page() -> ServicesPage:
    """Gather the catalogue."""
    listed = catalogue.catalogue()
    standards = catalogue.standards_of(listed)
    lines = [ServiceLine(s, duties.default_duties(s.code), standards[s.pk]) for s in listed]
    return ServicesPage(lines, catalogue.components(), list(DeliveryModel.objects.order_by("order")))


@dataclass(frozen=True)
class MethodsPage:
    """Where figures come from: the sets of boundaries loaded, the rules, published figures."""

    boundary_sets: list[BoundarySet]
    benchmarks: list[data.Benchmark]
    clusters: list[data.RealCluster]
    populations: "list[PopulationCheck]"


@dataclass(frozen=True)
class PopulationCheck:
    """A modelled population beside the official one of the same place."""

    area: Area
    official: int
    modelled: int

    @property
    def error_percent(self) -> int:
        """How far the model is from the official figure, in per cent of it."""
        return round(100 * abs(self.modelled - self.official) / self.official)
