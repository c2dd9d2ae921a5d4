"""Questions about the catalogue and the quantities in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area, AreaCode, Jurisdiction
from waywarden.county.services.models import DutyVerification, Price, Quantity, Service, Standard
from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal.models import Entry


@dataclass(frozen=True)
class Standards:
    """The three standards of a service, kept apart; ``None`` where one is not known."""

    minimum: Standard | None = None
    funded: Standard | None = None
    delivered: Standard | None = None

    @property
    def are_unknown(self) -> bool:
        """Whether none of the three is known."""
        return not (self.minimum or self.funded or self.delivered)


def catalogue() -> list[Service]:
    """Return the services delivered to places, in the catalogue's order."""
    return list(Service.objects.delivered().order_by("order"))


def service_called(name: str) -> Service:
    """Return the service with this code or name; refuse an unknown one with the nearest."""
    services = catalogue()
    for service in services:
        if plain(name) in (plain(service.code), plain(service.name)):
            return service
    meant = service_meant(name, services)
    raise Refusal(f"There is no service called “{shown(name)}”. {meant}".strip())


def service_meant(text: str, services: Iterable[Service]) -> str:
    """Ask about the services whose name or code is nearest to a text, never by code alone.

    A name that is near goes before a code that is.
    """
    services = list(services)
    if named := nearest(text, [service.name for service in services]):
        return did_you_mean(named)
    coded = {service.code: f"{service.name} ({service.code})" for service in services}
    return did_you_mean([coded[code] for code in nearest(text, list(coded))])


def components() -> list[Service]:
    """Return what only enters a cost: traffic management, training, insurance, administration."""
    return list(Service.objects.filter(is_component=True).order_by("order"))


def standards_of(services: Iterable[Service], *, county: Area | None) -> dict[int, Standards]:
    """Return the three standards a county sets for each service."""
    services = list(services)
    levels: dict[int, dict[str, Standard]] = {service.pk: {} for service in services}
    codes = AreaCode.objects.filter(area=county).values("code")
    for standard in Standard.objects.filter(service__in=services, county_code__in=codes):
        levels[standard.service_id][standard.level] = standard
    return {pk: Standards(**known) for pk, known in levels.items()}


def prices_of(service: Service) -> list[Price]:
    """Return a service's prices, in the order the catalogue gives them."""
    return list(service.prices.order_by("pk"))


def confirmations(services: Iterable[Service]) -> dict[int, str]:
    """Return who confirmed each service's default duty, where a monitoring officer has."""
    rows = DutyVerification.objects.filter(service__in=list(services))
    return {
        row.service_id: f"{row.verified_by}, {row.verified_on.day} {row.verified_on:%B %Y}"
        for row in rows
    }


def current_quantities(
    areas: Iterable[Area], services: Iterable[Service]
) -> dict[tuple[int, int], Quantity]:
    """Return the current quantity of each service in each place, by their primary keys."""
    rows = Quantity.objects.current().filter(area__in=list(areas), service__in=list(services))
    return {(row.area_id, row.service_id): row for row in rows}


#: What a line in the journal that records many quantities holds of each, in this order;
#: the last two only of one that is disputed.
FACTS = (
    "amount_milli",
    "range_milli",
    "unit",
    "source",
    "stated_on",
    "confidence",
    "is_disputed",
    "dispute",
)


def quantity_subject(area: Area, service: Service, of: Body | None = None) -> Subject:
    """Name how much of a service a place has, for the journal and the council whose place it is."""
    url = f"{area.get_absolute_url()}#{service.slug}"
    return Subject("quantity", f"{area.key}_{service.code}", url, bodies=(of.key,) if of else ())


def quantity_keys(key: str) -> tuple[str, str]:
    """Return the keys of the place and of the service from the key of a quantity."""
    place, _, code = key.rpartition("_")
    return place, code


def lines_of_quantity(key: str) -> QuerySet[Entry]:
    """Return the journal's lines that hold a quantity: its own, and those of whole tables."""
    line = " ".join(quantity_keys(key))
    in_bulk = Q(did__in=("recorded quantities", "withdrew example quantities")) & (
        Q(after__has_key=line) | Q(before__has_key=line)
    )
    return Entry.objects.filter(Q(subject_kind="quantity", subject_key=key) | in_bulk)


def last_change_of(held: Quantity) -> Entry | None:
    """Return the line that says who put a figure there; none where the journal has it not."""
    subject = quantity_subject(held.area, held.service)
    last = lines_of_quantity(subject.key).order_by("number").last()
    return last if last and last.at >= held.recorded_at else None


def current_quantity(area: Area, service: Service) -> Quantity | None:
    """Return the figure that counts now."""
    return Quantity.objects.current().filter(area=area, service=service).first()


def parish_of(area: Area, *, on: date) -> Body | None:
    """Return the council or meeting of a parish itself, which may put its figures right."""
    return parishes_of([area], on=on).get(area.pk)


def parishes_of(areas: Iterable[Area], *, on: date) -> dict[int, Body]:
    """Return the council or meeting of each parish among places, by the place's primary key."""
    there = Jurisdiction.objects.filter(area__in=list(areas), tier=Jurisdiction.Tier.PARISH)
    found: dict[int, Body] = {}
    for held in there.as_of(on).select_related("body").order_by("pk"):
        if held.body.period.contains(on) and held.body.withdrawn_on is None:
            found.setdefault(held.area_id, held.body)
    return found


def counties_of(area: Area, *, on: date) -> list[Body]:
    """Return the councils that answer for the county a place lies in."""
    held = Jurisdiction.objects.filter(area=area.county_id, tier=Jurisdiction.Tier.COUNTY).as_of(on)
    return [held_by.body for held_by in held.select_related("body").order_by("pk")]
