"""What plans add to the page of a place."""

from dataclasses import dataclass
from datetime import date

from waywarden.arrangements.register.sections import Section
from waywarden.county.places.models import Area
from waywarden.devolution.plans import queries, words
from waywarden.devolution.plans.named import Named
from waywarden.planning.reports import ClusterReport, CouncilReport, ServiceReport


def place_section(area: Area, on: date) -> Section | None:
    """Return what the newest plan of its county would mean for a place, where it is planned."""
    placed = queries.latest_of_place(area, on=on)
    if placed is None:
        return None
    return Section("plans/place_section.html", PlaceSection(placed))


@dataclass(frozen=True)
class Change:
    """What would change for one service in one place: how alone, who and how together."""

    service: ServiceReport
    alone: str
    lead: CouncilReport | None
    together: str


class PlaceSection(Named):
    """One place in a plan: its clusters, what its council would pay, what would change."""

    def __init__(self, placed: queries.PlacedCouncil) -> None:
        super().__init__(placed.run, placed.report)
        self.council, self.own_clusters = placed.council, placed.clusters

    @property
    def is_led_here(self) -> bool:
        """Whether it would lead a cluster."""
        return any(cluster.lead == self.council.key for cluster in self.own_clusters)

    @property
    def leads(self) -> list[tuple[ClusterReport, str, CouncilReport]]:
        """Return its clusters, each with its address and its lead."""
        return [
            (cluster, self.address_of(cluster), self.councils[cluster.lead])
            for cluster in self.own_clusters
        ]

    @property
    def saving(self) -> words.Spread:
        return words.spread(self.council.alone - self.council.together)

    @property
    def saves(self) -> bool:
        """Whether it saves at whatever prices."""
        return self.saving.low >= 0

    @property
    def changes(self) -> list[Change]:
        led = {one.service: one for cluster in self.own_clusters for one in cluster.services}
        return [
            Change(
                service,
                self.council.alone_models.get(service.code, ""),
                self.councils[led[service.code].lead] if service.code in led else None,
                led[service.code].model if service.code in led else "",
            )
            for service in self.report.services
            if service.code in self.council.alone_models or service.code in led
        ]
