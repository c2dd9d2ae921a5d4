"""Who delivers a service in a place on a day, under which power, to what standard, and why."""

from collections.abc import Iterable, Mapping
from datetime import date

from waywarden.arrangements.register.answers import Answer, Delivery
from waywarden.county.councils.models import Body
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as services
from waywarden.county.services.models import Service
from waywarden.rules import duties
from waywarden.rules.duties import DefaultDuty


def who_delivers(*, service: Service, area: Area, on: date) -> Answer:
    """Answer for one service in one place on a day."""
    return answers([area], [service], on=on)[0]


def answers_for_place(area: Area, *, on: date) -> list[Answer]:
    """Answer for every service in one place on a day, in the catalogue's order."""
    return answers([area], services.catalogue(), on=on)


def answers(areas: Iterable[Area], catalogue: Iterable[Service], *, on: date) -> list[Answer]:
    """Answer for places of one county, place by place, in a fixed number of queries."""
    areas, catalogue = list(areas), list(catalogue)
    if not areas or not catalogue:
        return []
    county = areas[0].county or areas[0]
    tiers = places.Tiers(county, on=on)
    standards = services.standards_of(catalogue, county=county)
    quantities = services.current_quantities(areas, catalogue)
    confirmed = services.confirmations(catalogue)
    return [
        Answer(
            service=service,
            area=area,
            on=on,
            deliveries=_deliveries(service, tiers.of(area)),
            standards=standards[service.pk],
            quantity=quantities.get((area.pk, service.pk)),
            confirmed_by=confirmed.get(service.pk, ""),
        )
        for area in areas
        for service in catalogue
    ]


def _deliveries(service: Service, tiers: Mapping[str, Body]) -> tuple[Delivery, ...]:
    """Return who holds each part of a service here; one council that holds several answers once."""
    held: dict[Body | DefaultDuty, list[DefaultDuty]] = {}
    for duty in duties.default_duties(service.code):
        held.setdefault(tiers.get(duty.tier.value, duty), []).append(duty)
    return tuple(
        Delivery(tuple(parts), holder if isinstance(holder, Body) else None)
        for holder, parts in held.items()
    )
