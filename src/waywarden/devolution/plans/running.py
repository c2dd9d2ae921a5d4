"""Runs the planner on the site's own data and keeps what it found. Never within a web request."""

from collections.abc import Sequence
from datetime import date
from threading import Event

from waywarden import data, planner
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.devolution.plans import actions, queries
from waywarden.devolution.plans.facts import register_facts
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.planner.answers.plans import SHARED
from waywarden.planner.runs import Progress
from waywarden.planner.telling import tell_nobody
from waywarden.planning.answers.reporting import report_of
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.posing import problem_of


class Interrupted(Refusal):
    """The run was stopped: what it had found so far is not what another run would find."""


class NotLoaded(Refusal):
    """The site holds no such county; the message says how to load it."""


def county_called(name: str) -> Area:
    """Return a county of this site by its name; raise `NotLoaded` or `UnknownCounty`."""
    wanted = data.county(name).name
    for county in places.counties():
        if county.name == wanted:
            return county
    raise NotLoaded(
        f"{wanted} is not loaded on this site. To load it: waywarden load --county '{wanted}'"
    )


def run_and_keep(
    *,
    county: Area,
    services: Sequence[str] = (),
    shape: str = SHARED,
    effort: str = "standard",
    seed: int = 0,
    everyone: bool = False,
    progress: Progress = tell_nobody,
    stop: Event | None = None,
    by: Actor,
    today: date,
) -> PlanRun:
    """Plan services of a county, by code, from its register, and keep the plan on the site.

    What is kept already for the same register and wishes is returned at once. Raises `Interrupted`
    if stopped, `CannotKeep`, and `CannotPlan` or `Infeasible` where there can be no plan.
    """
    facts = register_facts(county, today)
    known_as = input_hash(facts, services, shape=shape, effort=effort, seed=seed, everyone=everyone)
    if held := queries.run_following_from(known_as):
        return held
    problem = problem_of(facts, services, everyone=everyone)
    found = planner.plan(
        problem, shape=shape, effort=effort, seed=seed, progress=progress, stop=stop
    )
    if stop is not None and stop.is_set():
        raise Interrupted("Stopped before the plan was finished. Nothing was kept.")
    report = report_of(facts, found, effort=effort)
    return actions.keep_run(county=county, report=report, by=by, today=today)
