"""What all pages of a plan have at hand: its councils, services and clusters, and its totals."""

from dataclasses import dataclass

from django.urls import reverse

from waywarden.devolution.plans import words
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.reports import ClusterReport, Report
from waywarden.planning.words.pounds import Pounds
from waywarden.planning.words.wording import heading


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
