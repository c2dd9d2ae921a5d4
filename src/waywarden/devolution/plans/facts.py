"""What the register says of a county's councils: the facts a plan is made from."""

from collections.abc import Mapping, Sequence
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.places.queries import Population
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Quantity
from waywarden.planning.facts import Amount, CouncilFacts, CountyFacts, LeftOut
from waywarden.planning.grid import national_grid
from waywarden.planning.reports import Report
from waywarden.planning.shipped import NOT_PLACED

Amounts = dict[str, Amount]
Point = tuple[float, float]

#: A parish of which nobody has recorded what kind of council holds it.
NO_COUNCIL = "No council or meeting is recorded for it."


def register_facts(county: Area, on: date) -> CountyFacts:
    """Return what the register says, on a day, of the councils and meetings of a county's parishes.

    In as many queries for a large county as for a small one. A parish without a
    position or without a council is left out, and why is said.
    """
    parishes = sorted(places.parishes_of(county, on=on), key=lambda area: area.key)
    tiers = places.Tiers(county, on=on)
    bodies = {area.pk: body for area in parishes if (body := tiers.of(area).get("parish"))}
    centres = _centres(parishes, on)
    planned = [area for area in parishes if area.pk in bodies and area.pk in centres]
    return CountyFacts(
        county=county.name,
        councils=_councils(planned, bodies, centres),
        neighbours=_neighbours(planned),
        left_out=tuple(
            LeftOut(area.name, NO_COUNCIL if area.pk not in bodies else NOT_PLACED)
            for area in parishes
            if area not in planned
        ),
    )


def _councils(
    planned: Sequence[Area], bodies: Mapping[int, Body], centres: Mapping[int, Point]
) -> tuple[CouncilFacts, ...]:
    codes, people = places.current_codes_of(planned), places.populations_of(planned)
    amounts = _amounts(planned)
    return tuple(
        _council(
            area,
            bodies[area.pk],
            centres[area.pk],
            code=codes.get(area.pk, ""),
            people=people.get(area.pk),
            amounts=amounts[area.pk],
        )
        for area in planned
    )


def placed_facts(report: Report, on: date) -> CountyFacts:
    """Return the councils of a kept plan and where they are, whatever the register says by now.

    Names and kinds are those of the plan. A council whose place has neither a
    position nor a boundary is left out; nothing else is filled in.
    """
    councils = {council.key: council for council in report.councils}
    areas = list(Area.objects.filter(key__in=councils).select_related("within").order_by("key"))
    centres, people = _centres(areas, on), places.populations_of(areas)
    placed = [
        CouncilFacts(
            key=area.key,
            name=councils[area.key].name,
            code="",
            district=area.within.name if area.within else "",
            kind=councils[area.key].kind,
            easting_m=0.0,
            northing_m=0.0,
            longitude=centres[area.pk][0],
            latitude=centres[area.pk][1],
            population=people[area.pk].value if area.pk in people else None,
            population_is_modelled=area.pk in people and people[area.pk].is_modelled,
            amounts={},
        )
        for area in areas
        if area.pk in centres
    ]
    return CountyFacts(report.county, tuple(placed), ())


def _centres(areas: Sequence[Area], on: date) -> dict[int, Point]:
    """Return where each place is: its own position, or else the middle of its boundary."""
    known = {
        area.pk: (area.longitude, area.latitude)
        for area in areas
        if area.longitude is not None and area.latitude is not None
    }
    drawn = places.boundaries_of([area for area in areas if area.pk not in known], on=on)
    return known | {
        one.area_id: ((one.min_lon + one.max_lon) / 2, (one.min_lat + one.max_lat) / 2)
        for one in drawn
    }


def _council(
    area: Area,
    body: Body,
    centre: Point,
    *,
    code: str,
    people: Population | None,
    amounts: Amounts,
) -> CouncilFacts:
    longitude, latitude = centre
    easting, northing = national_grid(longitude, latitude)
    return CouncilFacts(
        key=area.key,
        name=area.name,
        code=code,
        district=area.within.name if area.within else "",
        kind=body.kind,
        easting_m=easting,
        northing_m=northing,
        longitude=longitude,
        latitude=latitude,
        population=people.value if people else None,
        population_is_modelled=people is not None and people.is_modelled,
        amounts=amounts,
    )


def _amounts(areas: Sequence[Area]) -> dict[int, Amounts]:
    """Return how much of each service each place has, by the code of the service."""
    services = catalogue.catalogue()
    codes = {service.pk: service.code for service in services}
    found: dict[int, Amounts] = {area.pk: {} for area in areas}
    for (area, service), quantity in catalogue.current_quantities(areas, services).items():
        found[area][codes[service]] = _amount(quantity)
    return found


def _amount(quantity: Quantity) -> Amount:
    middle = quantity.amount_milli
    low = middle if quantity.low_milli is None else quantity.low_milli
    high = middle if quantity.high_milli is None else quantity.high_milli
    return Amount(low, middle, high, quantity.is_estimate)


def _neighbours(areas: Sequence[Area]) -> tuple[tuple[str, str], ...]:
    """Return which of these places touch, by their keys."""
    keys = {area.pk: area.key for area in areas}
    pairs = places.pairs_among(areas)
    return tuple(sorted((min(keys[a], keys[b]), max(keys[a], keys[b])) for a, b in pairs))
