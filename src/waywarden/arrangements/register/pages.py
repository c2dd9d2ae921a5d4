"""What each public page shows, in as many queries for a large county as for a small one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from waywarden import data
from waywarden.arrangements.register import queries
from waywarden.arrangements.register.answers import Answer, whose
from waywarden.county.councils.models import Body, Contact
from waywarden.county.estimating import estimates_of, scale_of
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, AreaCode, AreaName, BoundarySet, Measure
from waywarden.county.places.queries import Population
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import DeliveryModel, Price, Quantity, Service, Standard
from waywarden.rules import duties, estimates
from waywarden.rules.assumptions import Anchor, Assumptions, Prices, Rule, assumptions
from waywarden.rules.duties import DefaultDuty
from waywarden.rules.estimates import CostBeside, Estimate
from waywarden.rules.units import Unit, units

GRASS = "DPS01"

# A day not known comes first; left to themselves, the two databases disagree.
OLDEST_FIRST = (F("seen_on").asc(nulls_first=True), "pk")

PARISH_KINDS = (
    Body.Kind.TOWN,
    Body.Kind.PARISH,
    Body.Kind.MEETING,
    Body.Kind.PARISH_OR_MEETING,
)

# The headings of the county's own service sheets.
SHEET = {
    "funding": "Funding",
    "description": "Description",
    "minimum_standard": "Minimum standard",
    "health_and_safety": "Health and safety",
    "insurance": "Insurance",
}


def clusters() -> list[list[data.ClusterMember]]:
    """Return the clusters that really existed, each as its members."""
    named: dict[str, list[data.ClusterMember]] = {}
    for member in data.real_clusters():
        named.setdefault(member.cluster, []).append(member)
    return list(named.values())


@dataclass(frozen=True)
class CountyRow:
    """One place of a county's table."""

    area: Area
    population: Population | None
    answer: Answer | None


@dataclass(frozen=True)
class CountyPage:
    """A county: its places, and how many lie in each district."""

    rows: list[CountyRow]
    districts: list[tuple[Area, int]]
    parishes: int

    @property
    def chosen(self) -> Service | None:
        return self.rows[0].answer.service if self.rows and self.rows[0].answer else None

    @property
    def caption(self) -> str:
        """Say what the table lists."""
        return f"Who delivers {self.chosen.name.lower()}" if self.chosen else "Places"


def county_page(
    county: Area, *, district: Area | None, service: Service | None, on: date
) -> CountyPage:
    """Gather a county's places, with the answer for one service when one is chosen."""
    everywhere = places.places_of(county, on=on)
    shown = [area for area in everywhere if district is None or area.within_id == district.pk]
    populations = places.populations_of(shown)
    answered = queries.answers(shown, [service], on=on) if service else [None] * len(shown)
    rows = [
        CountyRow(area, populations.get(area.pk), answer)
        for area, answer in zip(shown, answered, strict=True)
    ]
    parishes = [area for area in everywhere if area.kind == Area.Kind.PARISH]
    counted = Counter(area.within_id for area in parishes)
    districts = [(area, counted[area.pk]) for area in places.districts_of(county, on=on)]
    return CountyPage(rows, districts, len(parishes))


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
    is_there: bool
    clusters: list[list[data.ClusterMember]]

    @property
    def extent_source(self) -> str:
        """Where extents and centres of places come from."""
        return "OS Boundary-Line attribute table of about May 2014"

    @property
    def has_estimates(self) -> bool:
        """Whether any quantity shown is an estimate."""
        return any(answer.quantity and answer.quantity.is_estimate for answer in self.answers)

    @property
    def has_moved(self) -> bool:
        """Whether its code changed, which it does when its boundary moves: its extent is old."""
        return len({code.code for code in self.codes}) > 1

    @property
    def has_parish(self) -> bool:
        """Whether a parish council or meeting holds the place."""
        return any(body.kind in PARISH_KINDS for body, _ in self.councils)


def place_page(area: Area, *, on: date) -> PlacePage:
    """Gather everything the page of one place shows."""
    codes = list(area.codes.order_by(*OLDEST_FIRST))
    boundaries = places.boundaries_of([area], on=on)
    return PlacePage(
        answers=queries.answers_for_place(area, on=on) if area.is_there_on(on) else [],
        population=places.populations_of([area]).get(area.pk),
        councils=_councils(area, on=on),
        neighbours=places.neighbouring_places(area),
        codes=codes,
        other_names=list(
            area.names.exclude(name=area.name).order_by(F("seen_on").asc(nulls_first=True), "pk")
        ),
        is_there=area.is_there_on(on),
        is_approximate=any(boundary.boundary_set.is_approximate for boundary in boundaries),
        clusters=[
            c for c in clusters() if {member.code for member in c} & {code.code for code in codes}
        ],
    )


def _councils(area: Area, *, on: date) -> list[tuple[Body, list[Contact]]]:
    """Return the bodies that hold a place, nearest first, each with how to reach it."""
    tiers = places.Tiers(area.county or area, on=on).of(area)
    bodies = list(
        {
            body.pk: body for tier in ("parish", "district", "county") if (body := tiers.get(tier))
        }.values()
    )
    contacts = Contact.objects.filter(body__in=bodies, ended_on__isnull=True).order_by("kind", "pk")
    return [
        (body, [contact for contact in contacts if contact.body_id == body.pk]) for body in bodies
    ]


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
    sheet: list[tuple[str, dict[str, str] | None]]
    unit: Unit

    @property
    def stated_standards(self) -> list[Standard]:
        """The standards that are known, to name their sources."""
        three = (self.standards.minimum, self.standards.funded, self.standards.delivered)
        return [standard for standard in three if standard]


@dataclass(frozen=True)
class Amounts:
    """How much of a service a county has: measured, estimated and not known, never added up."""

    measured_milli: int
    measured: int
    estimate: Estimate | None
    estimated: int
    unknown: int

    @property
    def is_known(self) -> bool:
        """Whether anything is known of any place."""
        return bool(self.measured or self.estimated)


def service_page(service: Service, *, on: date) -> ServicePage:
    """Gather everything the page of one service shows."""
    county = places.home_county()
    parts = places.districts_of(county, on=on) if county else []
    there = places.places_of(county, on=on) if county else []
    held = catalogue.current_quantities(there, [service])
    return ServicePage(
        county=county,
        duties=duties.default_duties(service.code),
        by_district=queries.answers(parts, [service], on=on),
        prices=catalogue.prices_of(service),
        amounts=amounts(list(held.values()), len(there)),
        standards=catalogue.standards_of([service], county=county)[service.pk],
        confirmed_by=catalogue.confirmations([service]).get(service.pk, ""),
        sheet=[(words, service.sheet.get(heading)) for heading, words in SHEET.items()],
        unit=units()[service.unit],
    )


def amounts(held: Sequence[Quantity], places_there: int) -> Amounts:
    """Sum what is measured and what is estimated, each by itself."""
    measured = [quantity for quantity in held if not quantity.is_estimate]
    estimated = [
        Estimate(
            quantity.low_milli or 0, quantity.amount_milli, quantity.high_milli or 0, quantity.unit
        )
        for quantity in held
        if quantity.is_estimate
    ]
    total = estimates.combine(estimated)
    return Amounts(
        sum(quantity.amount_milli for quantity in measured),
        len(measured),
        total.estimate.published if total.estimate else None,
        total.counted,
        places_there - len(held),
    )


@dataclass(frozen=True)
class ServiceLine:
    """A service in the list, with whose it is by default."""

    service: Service
    duties: tuple[DefaultDuty, ...]
    standards: catalogue.Standards

    @property
    def whose(self) -> str:
        """Say whose it is by default."""
        return " ".join(whose(duty) for duty in self.duties)


@dataclass(frozen=True)
class ServicesPage:
    """The catalogue: services, ways of delivering them, and what only enters a cost."""

    services: list[ServiceLine]
    components: list[Service]
    delivery_models: list[DeliveryModel]


def services_page() -> ServicesPage:
    """Gather the catalogue."""
    listed = catalogue.catalogue()
    standards = catalogue.standards_of(listed, county=places.home_county())
    lines = [ServiceLine(s, duties.default_duties(s.code), standards[s.pk]) for s in listed]
    return ServicesPage(
        lines, catalogue.components(), list(DeliveryModel.objects.order_by("order"))
    )


@dataclass(frozen=True)
class PopulationCheck:
    """A modelled population beside the official one of the same place."""

    area: Area
    official: int
    reference: str
    modelled: int

    @property
    def error_percent(self) -> int | None:
        """How far the model is from the official figure, in per cent of it; none of nobody."""
        if self.official == 0:
            return None
        return round(100 * abs(self.modelled - self.official) / self.official)


@dataclass(frozen=True)
class MethodsPage:
    """Where figures come from: the sets of boundaries loaded, the rules, published figures."""

    boundary_sets: list[BoundarySet]
    benchmarks: tuple[data.Benchmark, ...]
    clusters: list[list[data.ClusterMember]]
    populations: list[PopulationCheck]
    rules: list[tuple[Service, Rule]]
    anchor: Anchor | None
    scale: str
    cost: CostBeside | None
    prices: Prices
    attribution: str


def methods_page(*, on: date) -> MethodsPage:
    """Gather where every figure comes from."""
    county, assumed = places.home_county(), assumptions()
    by_code = {service.code: service for service in Service.objects.all()}
    rules = [(by_code[code], rule) for code, rule in assumed.rules.items() if code in by_code]
    return MethodsPage(
        boundary_sets=list(BoundarySet.objects.order_by("pk")),
        benchmarks=data.benchmarks(),
        clusters=clusters(),
        populations=_population_checks(),
        rules=rules,
        anchor=assumed.rules[GRASS].anchor,
        scale=_scale(county, assumed.rules[GRASS], on=on) if county else "",
        cost=_cost_beside(county, assumed, on=on) if county else None,
        prices=assumed.prices,
        attribution=data.ATTRIBUTION,
    )


def _scale(county: Area, rule: Rule, *, on: date) -> str:
    """Write what the rule for village grass is multiplied by, to four decimals."""
    scale = scale_of(county, rule, on=on)
    return f"{float(scale):.4f}" if scale else ""


def _population_checks() -> list[PopulationCheck]:
    counted = Measure.objects.filter(kind=Measure.Kind.POPULATION)
    counted = counted.select_related("area__within", "area__county").order_by("area__name", "pk")
    modelled = {measure.area_id: measure.value for measure in counted if measure.is_modelled}
    return [
        PopulationCheck(measure.area, measure.value, measure.reference, modelled[measure.area_id])
        for measure in counted
        if not measure.is_modelled and measure.area_id in modelled
    ]


def _cost_beside(county: Area, assumed: Assumptions, *, on: date) -> CostBeside | None:
    """Price two cuts of the village grass as the rule alone has it, beside the published cost."""
    by_rule = estimates_of(county, on=on).get(GRASS)
    if not by_rule:
        return None
    published = assumed.published_pence
    return estimates.county_cost_of(by_rule.values(), assumed.prices, published_pence=published)
