"""What of a plan may be proposed to its councils, and what was proposed already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.county.places.queries import Tiers
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.making.models import Adoption
from waywarden.devolution.plans import queries as plans
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.reports import ClusterReport, Report


@dataclass(frozen=True)
class Adoptable:
    """A cluster of a plan with the councils that hold its places now."""

    found: ClusterReport
    #: Whether the plan has clusters for each service, and names this one with its service.
    is_of_one_service: bool
    #: By the key of the place.
    bodies: dict[str, Body]
    #: Places that no council or meeting holds, by name: nobody can be invited for them.
    unheld: tuple[str, ...]
    #: What each council would pay alone in a year in pence, by the key of the place; empty where
    #: that is not for these services alone: the plan has clusters for each service, or one of the
    #: councils leaves some with the county.
    alone: dict[str, int]
    #: What it became, if it was proposed.
    cluster: Cluster | None

    @property
    def is_free(self) -> bool:
        """Whether it may be proposed: it never was, or what was proposed was withdrawn."""
        return self.cluster is None or self.cluster.status == Cluster.Status.WITHDRAWN

    @property
    def name(self) -> str:
        """What it is called when it is proposed."""
        if not self.is_of_one_service:
            return f"{self.found.name} and neighbours"
        lead, _, service = self.found.name.rpartition(", ")
        return f"{lead} and neighbours, {service}"

    @property
    def members(self) -> list[Body]:
        """Whom to invite, in the order of the plan; who holds two of its places is invited once."""
        return list(dict.fromkeys(self.bodies.values()))

    @property
    def alone_pence(self) -> dict[str, int]:
        """What each would pay alone in a year, by the key of the council."""
        pence: Counter[str] = Counter()
        for key, body in self.bodies.items():
            if key in self.alone:
                pence[body.key] += self.alone[key]
        return dict(pence)

    @property
    def lead(self) -> Body | None:
        """Who is meant to lead it."""
        return self.bodies.get(self.found.lead)

    @property
    def leads(self) -> dict[str, Body]:
        """Who is meant to lead which service, by its code."""
        led = ((each.service, self.bodies.get(each.lead)) for each in self.found.services)
        return {code: body for code, body in led if body is not None}

    @property
    def saving_pence(self) -> int:
        """How much less it costs in a year than its members alone, at expected prices."""
        return self.found.alone.expected - self.found.planned.expected


def adoptable(run: PlanRun, *, on: date) -> list[Adoptable]:
    """Return the clusters of a plan, each with its councils on a day and what it became."""
    report = plans.report_of(run)
    bodies = _bodies(run, report, on=on)
    rows = Adoption.objects.filter(run=run).select_related("cluster__proposed_by")
    adopted = {each.key: each.cluster for each in rows}
    names = {each.key: each.name for each in report.councils}
    return [
        Adoptable(
            found=found,
            is_of_one_service=report.shape == PlanRun.Shape.PER_SERVICE,
            bodies={key: bodies[key] for key in found.members if key in bodies},
            unheld=tuple(names[key] for key in found.members if key not in bodies),
            alone=_alone(report, found),
            cluster=adopted.get(found.key),
        )
        for found in report.clusters
    ]


def _bodies(run: PlanRun, report: Report, *, on: date) -> dict[str, Body]:
    """Return the council of each place of a plan that has one which is in being and listed."""
    tiers, keys = Tiers(run.county, on=on), [each.key for each in report.councils]
    held = {
        area.key: tiers.of(area).get(Jurisdiction.Tier.PARISH)
        for area in Area.objects.filter(key__in=keys)
    }
    return {key: body for key, body in held.items() if body is not None}


def _alone(report: Report, found: ClusterReport) -> dict[str, int]:
    alone = {each.key: each.alone.expected for each in report.councils}
    ours = {key: alone[key] for key in found.members}
    return ours if sum(ours.values()) == found.alone.expected else {}


def chosen(offered: Sequence[Adoptable], keys: Sequence[str]) -> list[Adoptable]:
    """Return those of some clusters that were chosen by their keys in the plan."""
    return [each for each in offered if each.found.key in keys]
