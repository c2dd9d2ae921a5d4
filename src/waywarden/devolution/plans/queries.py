"""Questions about the plans that are kept."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from django.db.models import Max

from waywarden.county.places.models import Area
from waywarden.devolution.plans.models import PlannedPlace, PlanRun, ShownPlan
from waywarden.planning.answers.keeping import report_from
from waywarden.planning.reports import ClusterReport, CouncilReport, Report

#: So many plans are offered for comparing.
MOST_BESIDE = 8


def report_of(run: PlanRun) -> Report:
    """Return the whole plan as it was kept."""
    return _report(run.pk, run.made_at)


# A plan is never changed, and a large one takes a tenth of a second to read.
@lru_cache(maxsize=16)
def _report(pk: int, made_at: datetime) -> Report:
    run = PlanRun.objects.only("result").get(pk=pk, made_at=made_at)
    return report_from(cast(dict[str, Any], run.result))


def forget() -> None:
    """Read plans anew: for tests that measure what reading one takes."""
    _report.cache_clear()


def run_numbered(number: int) -> PlanRun | None:
    """Return the plan with a number, its county at hand."""
    return PlanRun.objects.at_hand().filter(number=number).first()


def is_hidden(run: PlanRun) -> bool:
    """Whether a plan is a trial that only the county's officers see."""
    return run.is_trial and not ShownPlan.objects.filter(run=run).exists()


def run_following_from(input_hash: str) -> PlanRun | None:
    """Return the plan that followed from this input, if it is kept."""
    return PlanRun.objects.at_hand().filter(input_hash=input_hash).first()


def runs_of(county: Area, *, with_trials: bool = False) -> list[PlanRun]:
    """Return a county's plans, the newest first; trials only where they are asked for."""
    runs = PlanRun.objects.of(county).at_hand().newest_first()
    return list(runs if with_trials else runs.public())


def others_of(run: PlanRun, *, with_trials: bool) -> list[PlanRun]:
    """Return the newest other plans of a county, to put beside one."""
    runs = PlanRun.objects.of(run.county).at_hand().newest_first().exclude(pk=run.pk)
    return list((runs if with_trials else runs.public())[:MOST_BESIDE])


def shown_run_of(county: Area, *, on: date | None = None) -> PlanRun | None:
    """Return the plan that stands for a county, on a day or now.

    Of those that propose clusters it is the one of most services, and of equals
    the newest: a trial of one service does not take the place of the whole.
    """
    runs = PlanRun.objects.of(county).at_hand().newest_first().with_clusters_marked()
    there = list(runs.public().there_on(on) if on else runs.public())
    return max(
        there, key=lambda run: (run.has_clusters, len(run.services), run.number), default=None
    )


def next_number() -> int:
    """Return the number of the next plan; only whoever has taken a turn may use it."""
    return (PlanRun.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def take_turns() -> None:
    """Wait until nobody else is keeping a plan; the turn lasts as long as the transaction."""
    counties = Area.objects.filter(within=None).order_by("pk")
    list(counties.select_for_update(no_key=True).values_list("pk", flat=True))


@dataclass(frozen=True)
class PlacedCouncil:
    """The council of one place in a plan, and its clusters there; none where it goes alone."""

    run: PlanRun
    report: Report
    council: CouncilReport
    clusters: tuple[ClusterReport, ...]


def latest_of_place(area: Area, *, on: date) -> PlacedCouncil | None:
    """Return where the plan that stood on a day puts a place's council; none if nowhere."""
    run = shown_run_of(area.county, on=on) if area.county else None
    row = PlannedPlace.objects.filter(area=area, run=run).first() if run else None
    if run is None or row is None:
        return None
    report = report_of(run)
    council = next(council for council in report.councils if council.key == area.key)
    clusters = tuple(cluster for cluster in report.clusters if area.key in cluster.members)
    return PlacedCouncil(run, report, council, clusters)


def placed_councils(run: PlanRun) -> list[PlacedCouncil]:
    """Return where a plan puts each of its councils, also those in no cluster, by name."""
    report = report_of(run)
    clusters: dict[str, list[ClusterReport]] = {}
    for cluster in report.clusters:
        for member in cluster.members:
            clusters.setdefault(member, []).append(cluster)
    return [
        PlacedCouncil(run, report, council, tuple(clusters.get(council.key, ())))
        for council in sorted(report.councils, key=lambda one: (one.name, one.key))
    ]
