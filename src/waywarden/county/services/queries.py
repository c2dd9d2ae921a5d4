"""Questions about the catalogue and the quantities in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from waywarden.county.places.models import Area, AreaCode
from waywarden.county.services.models import DutyVerification, Price, Quantity, Service, Standard
from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.fabric.common.refusals import Refusal


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
    known_as = [(service.code, service.name, service) for service in catalogue()]
    services = {known: service for *names, service in known_as for known in names}
    for known, service in services.items():
        if plain(known) == plain(name):
            return service
    meant = did_you_mean(nearest(name, services))
    raise Refusal(f"There is no service called “{shown(name)}”. {meant}".strip())


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
