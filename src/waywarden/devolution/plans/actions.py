"""Changes to plans: one is kept."""

from datetime import date

from django.db import transaction

from waywarden import __version__
from waywarden.county.places import queries as areas
from waywarden.county.places.models import Area
from waywarden.devolution.plans import policies, queries
from waywarden.devolution.plans.models import PlannedPlace, PlanRun, ShownPlan
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.planning.answers.keeping import kept
from waywarden.planning.reports import Report


class CannotKeep(Refusal):
    """A plan that cannot be kept; the message says why and what to do."""


class CannotShow(Refusal):
    """A plan that cannot be shown to everybody; the message says why."""


@transaction.atomic
def keep_run(
    *,
    county: Area,
    report: Report,
    is_trial: bool = False,
    is_stopped: bool = False,
    by: Actor,
    today: date,
) -> PlanRun:
    """Keep a plan of a county, once: a plan that follows from the same is returned as it is kept.

    A trial that is kept again as a plan for everybody is shown to everybody.
    Raises ``CannotKeep`` where it names a council whose place is not held.
    """
    places = {place.key: place for place in areas.places_of(county, on=today)}
    CannotKeep.if_any(policies.obstacles_to_keeping(report, places=places))
    queries.take_turns()
    if held := queries.run_following_from(report.input_hash):
        if not is_trial and queries.is_hidden(held):
            _show(held, by=by, today=today)
        return held
    run = _run(county, report, by=by, today=today)
    run.is_trial, run.is_stopped = is_trial, is_stopped
    run.save()
    PlannedPlace.objects.bulk_create(_places(run, report, places))
    journal.write(by=by, did="kept a plan", to=run.subject, after=_what_is_kept(run, report))
    return run


@transaction.atomic
def show_to_all(*, run: PlanRun, by: Actor, today: date) -> None:
    """Let everybody read a trial. Of two who press at once, one does it."""
    queries.take_turns()
    CannotShow.if_any(policies.obstacles_to_showing(run))
    _show(run, by=by, today=today)


def _show(run: PlanRun, *, by: Actor, today: date) -> None:
    said = {"shown_by_key": by.key, "shown_by_shown_as": by.shown_as}
    ShownPlan.objects.create(run=run, shown_on=today, **said)
    journal.write(by=by, did="showed a plan to everybody", to=run.subject)


def _run(county: Area, report: Report, *, by: Actor, today: date) -> PlanRun:
    return PlanRun(
        number=queries.next_number(),
        county=county,
        input_hash=report.input_hash,
        shape=report.shape,
        effort=report.effort,
        seed=report.seed,
        is_everyone=report.is_everyone,
        services=[service.code for service in report.services],
        result=kept(report),
        program_version=__version__,
        made_on=today,
        made_by_key=by.key,
        made_by_shown_as=by.shown_as,
    )


def _places(run: PlanRun, report: Report, places: dict[str, Area]) -> list[PlannedPlace]:
    """Return a row for each place and cluster it is in, and one for each place that is in none."""
    together = [
        (member, cluster.number) for cluster in report.clusters for member in cluster.members
    ]
    clustered = {member for member, _ in together}
    alone = [(council.key, None) for council in report.councils if council.key not in clustered]
    return [
        PlannedPlace(run=run, area=places[key], cluster_number=number)
        for key, number in [*together, *alone]
    ]


def _what_is_kept(run: PlanRun, report: Report) -> dict[str, object]:
    return {
        "county": run.county.key,
        "input_hash": run.input_hash,
        "services": run.services,
        "shape": run.shape,
        "effort": run.effort,
        "seed": run.seed,
        "is_everyone": run.is_everyone,
        "is_trial": run.is_trial,
        "is_stopped": run.is_stopped,
        "clusters": len(report.clusters),
        "planned_pence": report.planned.expected,
        "gap_permille": report.gap_permille,
    }
