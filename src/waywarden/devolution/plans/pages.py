"""What each page of plans shows."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from waywarden.county.places.models import Area
from waywarden.devolution.plans import queries, words
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.named import Named, Total
from waywarden.planning.papers.charting import range_chart
from waywarden.planning.reports import (
    NOTHING,
    ClusterReport,
    CouncilReport,
    Report,
)
from waywarden.planning.words import wording
from waywarden.planning.words.pounds import KEPT, OUTSIDE
from waywarden.planning.words.wording import heading, holds, proof, saving, summary, takes_part


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

    def __init__(self, run: PlanRun, report: Report, *, service: str = "") -> None:
        super().__init__(run, report)
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
        return [
            ClusterRow(cluster, self.address_of(cluster), planned[cluster.key], alone[cluster.key])
            for cluster in self.report.clusters
        ]

    @property
    def in_clusters(self) -> Total:
        """All clusters together."""
        members = {key for row in self.rows for key in row.cluster.members}
        planned = sum(row.planned for row in self.rows)
        return Total(len(members), planned, sum(row.alone for row in self.rows))

    @property
    def outside(self) -> Total:
        """What councils do by themselves."""
        planned, alone = self.pounds.clusters_planned, self.pounds.clusters_alone
        return Total(len(self.going_alone), planned[OUTSIDE], alone[OUTSIDE])

    @property
    def kept(self) -> Total | None:
        """What the county goes on paying for councils that leave their services with it."""
        if self.report.kept == NOTHING and not self.staying:
            return None
        kept = self.pounds.clusters_planned[KEPT]
        return Total(len(self.staying), kept, self.pounds.clusters_alone[KEPT])

    @property
    def whole(self) -> Total:
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
