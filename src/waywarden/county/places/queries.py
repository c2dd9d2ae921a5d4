"""Questions about areas that several rooms ask."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from waywarden.county.councils.models import Body
from waywarden.county.places.models import (
    Area,
    AreaCode,
    Boundary,
    Jurisdiction,
    Measure,
    Neighbour,
)

Tier = Jurisdiction.Tier


def home_county() -> Area | None:
    """Return the county this installation serves, the first one loaded; ``None`` when empty."""
    return Area.objects.filter(within=None).order_by("pk").first()


def counties() -> list[Area]:
    """Return every county loaded, the one this installation serves first."""
    return list(Area.objects.filter(within=None).order_by("pk"))


def districts_of(county: Area, *, on: date) -> list[Area]:
    """Return the districts and unitaries in a county on a day, by name.

    A county that is itself one council, with its parishes directly in it, is
    one of them.
    """
    districts = Q(county=county, kind__in=[Area.Kind.DISTRICT, Area.Kind.UNITARY])
    itself = Q(pk=county.pk, parts__kind__in=[Area.Kind.PARISH, Area.Kind.UNPARISHED])
    found = Area.objects.filter(districts | itself).select_related("county")
    return list(found.as_of(on).distinct().order_by("name"))


def places_of(county: Area, *, on: date, district: Area | None = None) -> list[Area]:
    """Return a county's parishes and unparished areas on a day, by name."""
    places = Area.objects.inside(county).lowest().as_of(on).select_related("within", "county")
    if district:
        places = places.filter(within=district)
    return list(places.order_by("name", "key"))


def parishes_of(county: Area, *, on: date) -> list[Area]:
    """Return a county's parishes on a day, by name."""
    return [place for place in places_of(county, on=on) if place.kind == Area.Kind.PARISH]


class Tiers:
    """Who holds each tier of government in every area of a county on a day, read in two queries."""

    def __init__(self, county: Area, *, on: date) -> None:
        areas = Area.objects.filter(Q(county=county) | Q(pk=county.pk))
        self._above: dict[int, int | None] = dict(areas.values_list("pk", "within"))
        self._held: dict[int, dict[str, Body]] = defaultdict(dict)
        held = Jurisdiction.objects.filter(area__in=areas).as_of(on).select_related("body")
        for jurisdiction in held:
            body = jurisdiction.body
            if body.period.contains(on) and body.withdrawn_on is None:
                self._held[jurisdiction.area_id][jurisdiction.tier] = body

    def of(self, area: Area) -> dict[str, Body]:
        """Return the body holding each tier here: the nearest that holds it, going upwards."""
        tiers: dict[str, Body] = {}
        at: int | None = area.pk
        while at is not None:
            tiers = self._held.get(at, {}) | tiers
            at = self._above.get(at)
        return tiers


@dataclass(frozen=True)
class Population:
    """How many live in a place, where it is known or modelled."""

    value: int
    reference: str
    source: str
    confidence: str
    is_modelled: bool


def populations_of(areas: Iterable[Area]) -> dict[int, Population]:
    """Return each area's best population: an official figure before a modelled one."""
    measures = Measure.objects.filter(kind=Measure.Kind.POPULATION, area__in=list(areas))
    best: dict[int, Population] = {}
    for measure in measures.order_by("-is_modelled", F("stated_on").asc(nulls_first=True), "pk"):
        best[measure.area_id] = Population(
            measure.value,
            measure.reference,
            measure.source,
            measure.confidence,
            measure.is_modelled,
        )
    return best


def current_codes_of(areas: Iterable[Area]) -> dict[int, str]:
    """Return each area's GSS code, the one seen last where it has had several."""
    codes = AreaCode.objects.filter(scheme="gss", area__in=list(areas))
    seen_last = codes.order_by(F("seen_on").asc(nulls_first=True), "pk")
    return dict(seen_last.values_list("area_id", "code"))


def areas_by_code(codes: Iterable[str]) -> dict[str, list[Area]]:
    """Return the areas that have or had each code; an old code answers like a new one."""
    found: dict[str, list[Area]] = defaultdict(list)
    for row in AreaCode.objects.filter(code__in=list(codes)).select_related(
        "area__within", "area__county"
    ):
        found[row.code].append(row.area)
    return dict(found)


def neighbours_of(area: Area) -> list[Neighbour]:
    """Return the pairs an area is in, nearest neighbour first."""
    pairs = Neighbour.objects.filter(a=area) | Neighbour.objects.filter(b=area)
    return list(
        pairs.select_related("a__within", "a__county", "b__within", "b__county").order_by(
            "distance_m"
        )
    )


def neighbouring_places(area: Area) -> list[Area]:
    """Return the places next to an area, nearest first."""
    return [pair.b if pair.a_id == area.pk else pair.a for pair in neighbours_of(area)]


def pairs_among(areas: Iterable[Area]) -> list[tuple[int, int]]:
    """Return which of some areas touch, as pairs of primary keys."""
    held = list(areas)
    pairs = Neighbour.objects.filter(a__in=held, b__in=held)
    return list(pairs.order_by("a", "b").values_list("a", "b"))


def boundaries_of(areas: Iterable[Area], *, on: date) -> list[Boundary]:
    """Return one boundary for each area that has one on a day: a real one before a modelled one."""
    rows = (
        Boundary.objects.filter(area__in=list(areas))
        .as_of(on)
        .select_related("boundary_set", "area")
        .order_by("-boundary_set__is_approximate", "boundary_set__loaded_at", "pk")
    )
    best = {row.area_id: row for row in rows if row.boundary_set.period.contains(on)}
    return list(best.values())


def boundaries_around(boundary: Boundary, *, on: date, share: float = 1.0) -> list[Boundary]:
    """Return the boundaries of the places near one, by their bounding boxes.

    ``share`` says how far around, as a part of the place's own width and height.
    """
    wide = (boundary.max_lon - boundary.min_lon) * share
    high = (boundary.max_lat - boundary.min_lat) * share
    near = Area.objects.filter(
        county=boundary.area.county_id,
        boundaries__max_lon__gte=boundary.min_lon - wide,
        boundaries__min_lon__lte=boundary.max_lon + wide,
        boundaries__max_lat__gte=boundary.min_lat - high,
        boundaries__min_lat__lte=boundary.max_lat + high,
    )
    return boundaries_of(near.lowest().as_of(on).distinct(), on=on)


def districts_that_touch(county: Area, *, on: date) -> dict[int, set[int]]:
    """Return, by primary key, which districts of a county touch: those whose places do."""
    districts: dict[int, set[int]] = {area.pk: set() for area in districts_of(county, on=on)}
    pairs = Neighbour.objects.filter(a__county=county).exclude(a__within=F("b__within"))
    for a, b in pairs.values_list("a__within", "b__within").distinct():
        if a in districts and b in districts:
            districts[a].add(b)
            districts[b].add(a)
    return districts


def towns_of(county: Area, *, on: date) -> list[Area]:
    """Return the places with a town council, and the unparished areas, the most populous first."""
    towns = (
        Area.objects.inside(county)
        .as_of(on)
        .filter(Q(jurisdictions__body__kind=Body.Kind.TOWN) | Q(kind=Area.Kind.UNPARISHED))
    )
    found = list(towns.distinct().select_related("within"))
    people = populations_of(found)
    return sorted(found, key=lambda town: -(people[town.pk].value if town.pk in people else 10**9))
