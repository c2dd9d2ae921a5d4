"""What the page of two plans side by side shows."""

from dataclasses import dataclass
from functools import cached_property

from waywarden.devolution.plans import queries
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.comparisons import shown
from waywarden.planning.comparisons.comparing import Comparison, compared
from waywarden.planning.comparisons.sides import side_of_report


@dataclass(frozen=True)
class ComparePage:
    """Two plans side by side; pounds are those at expected prices."""

    first: PlanRun
    second: PlanRun

    @cached_property
    def found(self) -> Comparison:
        sides = [side_of_report(str(run), queries.report_of(run)) for run in self.runs]
        return compared(*sides)

    @property
    def runs(self) -> tuple[PlanRun, PlanRun]:
        return self.first, self.second

    @property
    def figures(self) -> list[tuple[str, str, str, str]]:
        """Return what each figure is, in the first plan and the second, and how they differ."""
        return shown.figures(self.found)

    @property
    def clusters(self) -> str:
        return shown.clusters(self.found)

    @property
    def moves(self) -> list[str]:
        """Say who is in another cluster."""
        return [shown.move(self.found, one) for one in self.found.moves]

    @property
    def leads(self) -> list[str]:
        """Say which service has another lead, or is done in another way."""
        return [shown.lead(self.found, one) for one in self.found.leads]
