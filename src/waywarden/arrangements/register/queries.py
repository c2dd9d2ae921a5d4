"""Who delivers a service in a place on a day, under which power, to what standard, and why we say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as services
from waywarden.county.services.models import Quantity, Service
from waywarden.county.services.queries import Standards
from waywarden.rules import duties
from waywarden.rules.legislation import Law


@dataclass(frozen=True)
class Answer:
    """The register's answer for one service in one place on one day.

    ``deliverer`` is ``None`` where it is not known. ``laws`` is empty where the
    power is not recorded. ``why`` is a sentence a resident can read.
    ``certainty`` is the percentage the duty table gives, where it gives one.
    """

    service: Service
    area: Area
    on: date
    deliverer: Body | None
    plate: str
    why: str
    laws: tuple[Law, ...]
    certainty: int | None
    parish_may: str
    confirmed_by: str
    standards: Standards
    quantity: Quantity | None


def who_delivers(*, service: Service, area: Area, on: date) -> Answer:
    """Answer for one service in one place on a day."""
    return answers([area], [service], on=on)[0]


def answers_for_place(area: Area, *, on: date) -> list[Answer]:
    """Answer for every service in one place on a day, in the catalogue's order."""
    return answers([area], services.catalogue(), on=on)


def answers(areas: Iterable[Area], catalogue: Iterable[Service], *, on: date) -> list[Answer]:
    """Answer for many places of one county and many services, in a fixed number of queries."""
    areas, catalogue = list(areas), list(catalogue)
    if not areas or not catalogue:
        return []
    tiers = places.Tiers(areas[0].county, on=on)
    quantities = services.current_quantities(areas, catalogue)
    confirmed = services.confirmations(catalogue)
    standards = services.standards_of(catalogue)
    return [
        _answer(
            service,
            area,
            on=on,
            tiers=tiers.of(area),
            standards=standards[service.pk],
            quantity=quantities.get((area.pk, service.pk)),
            confirmed_by=confirmed.get(service.pk, ""),
        )
        for area in areas
        for service in catalogue
    ]


def _answer(service: Service, area: Area, *, on: date, tiers: dict[str, Body], confirmed_by: str, **known) -> Answer:
    duty = duties.default_duty(service.code)
    deliverer = tiers.get(duty.tier) if duty.tier else None
    return Answer(
        service=service,
        area=area,
        on=on,
        deliverer=deliverer,
        plate=duty.tier if deliverer else "none",
        why=_why(duty, deliverer),
        laws=duty.laws,
        certainty=duty.certainty,
        parish_may=duty.parish_may,
        confirmed_by=confirmed_by,
        **known,
    )
