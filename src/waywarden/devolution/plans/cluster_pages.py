"""What the page of a cluster shows."""

from dataclasses import dataclass
from functools import cached_property

from waywarden.devolution.plans import words
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.named import Named, Total
from waywarden.planning.reports import (
    ClusterReport,
    CouncilReport,
    LedService,
    Range,
    Report,
    ServiceReport,
)
from waywarden.planning.words.wording import holds


@dataclass(frozen=True)
class LedRow:
    """One service in a cluster: who leads it, how, at which cost in whole pounds."""

    service: ServiceReport
    led: LedService
    lead: CouncilReport
    pounds: int


@dataclass(frozen=True)
class MemberRow:
    """One member of a cluster, in whole pounds at expected prices."""

    council: CouncilReport
    leads: str
    alone: int
    together: int
    is_lead: bool

    @property
    def saved(self) -> int:
        return self.alone - self.together


class ClusterPage(Named):
    """A cluster of a plan: who leads what, what each member would pay, what binds it."""

    def __init__(self, run: PlanRun, report: Report, cluster: ClusterReport) -> None:
        super().__init__(run, report)
        self.cluster = cluster

    @property
    def lead(self) -> CouncilReport:
        return self.councils[self.cluster.lead]

    @property
    def holds_at(self) -> str:
        return holds(self.cluster)

    @property
    def saving(self) -> Range:
        return self.cluster.alone - self.cluster.planned

    @property
    def saving_spread(self) -> words.Spread:
        return words.spread(self.saving)

    @property
    def planned(self) -> int:
        """What it costs a year in whole pounds."""
        return self.pounds.clusters_planned[self.cluster.key]

    @property
    def alone(self) -> int:
        """What its members would pay alone, in whole pounds."""
        return self.pounds.clusters_alone[self.cluster.key]

    @property
    def saved_percent(self) -> int:
        return words.percent(self.alone - self.planned, self.alone)

    @property
    def coordination(self) -> int:
        return self.pounds.services(self.cluster)[""]

    @cached_property
    def services_led(self) -> list[LedRow]:
        costs = self.pounds.services(self.cluster)
        return [
            LedRow(self.services[led.service], led, self.councils[led.lead], costs[led.service])
            for led in self.cluster.services
        ]

    @cached_property
    def members(self) -> list[MemberRow]:
        alone = self.pounds.members_alone(self.cluster)
        together = self.pounds.members_together(self.cluster)
        return [
            MemberRow(
                self.councils[key],
                self._leads(key),
                alone[key],
                together[key],
                is_lead=key == self.cluster.lead,
            )
            for key in self.cluster.members
        ]

    def _leads(self, key: str) -> str:
        led = [self.services[one.service].name for one in self.cluster.services if one.lead == key]
        return words.listed(led)

    @property
    def members_total(self) -> Total:
        together = sum(member.together for member in self.members)
        alone = sum(member.alone for member in self.members)
        return Total(len(self.members), together, alone)
