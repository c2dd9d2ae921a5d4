"""What each page of plans shows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from waywarden.county.places.models import Area
from waywarden.devolution.plans import queries, words
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.papers.charting import range_chart
from waywarden.planning.reports import (
    NOTHING,
    ClusterReport,
    CouncilReport,
    LedService,
    Range,
    Report,
    ServiceReport,
)
from waywarden.planning.words import wording
from waywarden.planning.words.pounds import KEPT, OUTSIDE, Pounds
from waywarden.planning.words.wording import heading, holds, proof, saving, summary, takes_part

#: A large plan takes a tenth of a second to read; older ones keep their addresses.
MOST_LISTED = 10


def proof_of(report: Report) -> str:
    """Say what a plan saves and how far from the best it can be; nothing where it plans nothing."""
    return f"{saving(report)} {proof(report)}" if takes_part(report) else ""


@dataclass(frozen=True)
class PlanLine:
    """A plan in the list of plans."""

    run: PlanRun
    report: Report

    @property
    def heading(self) -> str:
        return heading(self.report)

    @property
    def proof(self) -> str:
        return proof_of(self.report)

    @property
    def summary(self) -> str:
        return summary(self.report)

    @property
    def in_short(self) -> str:
        """Say what kind of plan it is and how large, to follow a colon."""
        many = len(self.report.clusters)
        if not many:
            return "no cluster proposed"
        clusters = f"{many} cluster{'' if many == 1 else 's'}"
        if self.report.is_everyone:
            return f"{clusters}, if every council took part"
        return f"{clusters} proposed, for each council to decide"


def shown_plan(county: Area) -> PlanLine | None:
    """Return the plan that stands for a county."""
    run = queries.shown_run_of(county)
    return PlanLine(run, queries.report_of(run)) if run else None


@dataclass(frozen=True)
class PlanList:
    """A county's newest plans, no more than a page reads quickly, and the newest left out."""

    lines: list[PlanLine]
    older: PlanRun | None


def plan_list(county: Area) -> PlanList:
    """Return a county's plans, the newest first."""
    runs = queries.runs_of(county)
    lines = [PlanLine(run, queries.report_of(run)) for run in runs[:MOST_LISTED]]
    return PlanList(lines, runs[MOST_LISTED] if len(runs) > MOST_LISTED else None)


class Named:
    """A plan with its councils, services and clusters at hand by their keys."""

    def __init__(self, run: PlanRun, report: Report) -> None:
        self.run, self.report = run, report
        self.pounds = Pounds(report)
        self.councils = {council.key: council for council in report.councils}
        self.services = {service.code: service for service in report.services}
        self.clusters = {cluster.key: cluster for cluster in report.clusters}

    @property
    def heading(self) -> str:
        return heading(self.report)

    @property
    def share_rule(self) -> str:
        """How the cost of a cluster is divided."""
        return words.SHARE_RULE

    @property
    def service_names(self) -> str:
        return words.listed([service.name for service in self.report.services]).lower()

    def address_of(self, cluster: ClusterReport) -> str:
        """Return the address of a cluster's page."""
        return reverse("plans:cluster", args=[self.run.number, cluster.key])


@dataclass(frozen=True)
class ClusterRow:
    """One cluster in the table of a plan, in whole pounds at expected prices."""

    cluster: ClusterReport
    address: str
    planned: int
    alone: int

    @property
    def leads(self) -> int:
        """How many of its councils lead a service."""
        return len({led.lead for led in self.cluster.services})

    @property
    def saved_percent(self) -> int:
        return words.percent(self.alone - self.planned, self.alone)

    @property
    def holds_at(self) -> str:
        return holds(self.cluster)


Order = Callable[[ClusterRow], tuple[int, ...]]

#: What the table of clusters may be sorted by; the number settles what is alike.
ORDERS: dict[str, Order] = {
    "number": lambda row: (row.cluster.number,),
    "saved": lambda row: (-row.saved_percent, row.cluster.number),
    "holds": lambda row: (-len(row.cluster.holds_at), row.cluster.number),
}


def services_mapped(report: Report) -> list[str]:
    """Return the services whose clusters the map can show, the one with most clusters first.

    None where all services share their clusters: then one map shows them all.
    """
    if report.shape == PlanRun.Shape.SHARED:
        return []
    many = Counter(led.service for cluster in report.clusters for led in cluster.services)
    return sorted((service.code for service in report.services), key=lambda code: -many[code])


class PlanPage(Named):
    """A plan: what it costs beside going alone, how good it is proven to be, its clusters."""

    def __init__(self, run: PlanRun, report: Report, *, sort: str = "", service: str = "") -> None:
        super().__init__(run, report)
        self.sort = sort or "number"
        mapped = services_mapped(report)
        self.mapped = [self.services[code] for code in mapped]
        self.drawn = self.services[service or mapped[0]] if mapped else None

    @property
    def clusters_drawn(self) -> int:
        """How many clusters the map shows."""
        drawn = self.drawn.code if self.drawn else ""
        its = [{led.service for led in cluster.services} for cluster in self.report.clusters]
        return sum(not drawn or drawn in services for services in its)

    @property
    def rules(self) -> str:
        """The rules that every plan compared keeps, in a sentence."""
        return wording.rules(self.report)

    @property
    def proof(self) -> str:
        return proof_of(self.report)

    @property
    def rest(self) -> str:
        return words.rest(self.report)

    @property
    def summary(self) -> str:
        return summary(self.report)

    @property
    def takes_part(self) -> bool:
        """Whether any council takes a service on."""
        return takes_part(self.report)

    @property
    def chart(self) -> str:
        """The chart of the three costs, as SVG."""
        costs = {"Now": self.report.now, "Alone": self.report.alone, "Planned": self.report.planned}
        return range_chart(list(costs.items()))

    @cached_property
    def rows(self) -> list[ClusterRow]:
        planned, alone = self.pounds.clusters_planned, self.pounds.clusters_alone
        rows = [
            ClusterRow(cluster, self.address_of(cluster), planned[cluster.key], alone[cluster.key])
            for cluster in self.report.clusters
        ]
        return sorted(rows, key=ORDERS[self.sort])

    @property
    def in_clusters(self) -> "Total":
        """All clusters together."""
        members = {key for row in self.rows for key in row.cluster.members}
        planned = sum(row.planned for row in self.rows)
        return Total(len(members), planned, sum(row.alone for row in self.rows))

    @property
    def outside(self) -> "Total":
        """What councils do by themselves."""
        planned, alone = self.pounds.clusters_planned, self.pounds.clusters_alone
        return Total(len(self.going_alone), planned[OUTSIDE], alone[OUTSIDE])

    @property
    def kept(self) -> "Total | None":
        """What the county goes on paying for councils that leave their services with it."""
        if self.report.kept == NOTHING and not self.staying:
            return None
        kept = self.pounds.clusters_planned[KEPT]
        return Total(len(self.staying), kept, self.pounds.clusters_alone[KEPT])

    @property
    def whole(self) -> "Total":
        """The whole plan: its clusters and what is done outside them."""
        return Total(len(self.report.councils), self.pounds.planned, self.pounds.alone)

    @cached_property
    def _outside(self) -> list[CouncilReport]:
        clustered = {key for cluster in self.report.clusters for key in cluster.members}
        return [council for council in self.report.councils if council.key not in clustered]

    @cached_property
    def going_alone(self) -> list[CouncilReport]:
        """Those in no cluster that take something on by themselves."""
        return [council for council in self._outside if council.alone_models]

    @cached_property
    def staying(self) -> list[CouncilReport]:
        """Those that leave everything with the county."""
        return [council for council in self._outside if not council.alone_models]

    @property
    def alone_in_short(self) -> str:
        """Name those who go alone, for the key of the map."""
        return words.listed([council.name for council in self.going_alone], most=3)

    @property
    def hold_at_every_price(self) -> int:
        return sum(len(cluster.holds_at) == 3 for cluster in self.report.clusters)

    @property
    def meetings(self) -> int:
        """How many councils are planned as parish meetings, which cannot lead."""
        return sum(council.is_planned_as_meeting for council in self.report.councils)


@dataclass(frozen=True)
class Total:
    """A line of totals in whole pounds."""

    councils: int
    planned: int
    alone: int

    @property
    def together(self) -> int:
        return self.planned

    @property
    def saved(self) -> int:
        return self.alone - self.planned

    @property
    def saved_percent(self) -> int:
        return words.percent(self.saved, self.alone)


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
