"""Takes up a plan that was kept as a file: what it said, and the problem that it answers."""

import json
from pathlib import Path

from waywarden.planner import Problem
from waywarden.planner.recording import FORMAT
from waywarden.planning.answers.damages import damages
from waywarden.planning.answers.keeping import report_from
from waywarden.planning.asking import Asked, asked_again
from waywarden.planning.facts import CannotPlan, CountyFacts
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.papers.filing import JSON
from waywarden.planning.papers.writing import MADE_BY
from waywarden.planning.posing import problem_of
from waywarden.planning.reports import Report
from waywarden.planning.shipped import shipped_facts


def report_in(place: Path) -> Report:
    """Return the plan that `waywarden plan` wrote to a file, or to a folder.

    Raises `CannotPlan` where there is none, or the file is not one of these.
    """
    file = place / JSON if place.is_dir() else place
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotPlan(
            f"There is no plan at {file}. Make one with: waywarden plan --everyone"
        ) from error
    except ValueError as error:
        raise CannotPlan(f"{file} is not a plan: it is not JSON. Name a {JSON}.") from error
    if isinstance(found, dict) and found.get("format") == FORMAT:
        raise CannotPlan(
            f"{file} is a plan of a county of your own. Its costs are shared out in Python, as "
            "“Share the cost of a cluster” in the documentation shows."
        )
    if not _is_plan(found):
        raise CannotPlan(f"{file} is not a plan that this command wrote. Name a {JSON}.")
    report = report_from(found["plan"])
    if wrong := next(damages(report), ""):
        raise CannotPlan(f"This plan is damaged: {wrong}. Plan again.")
    return report


def _is_plan(found: object) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("plan"), dict):
        return False
    about = found.get("about")
    return isinstance(about, dict) and about.get("made_by") == MADE_BY


def facts_of(report: Report) -> CountyFacts:
    """Return the facts that a plan was made from, out of the package.

    Raises `CannotPlan` where the plan was made from others.
    """
    facts = shipped_facts(report.county)
    made_from = input_hash(
        facts,
        [service.code for service in report.services],
        shape=report.shape,
        effort=report.effort,
        seed=report.seed,
        everyone=report.is_everyone,
        asked=_asked(report),
    )
    if made_from != report.input_hash:
        raise CannotPlan(
            "This plan was made from other facts or prices than those in the package, as by "
            "another version or from a register. Make it again with: waywarden plan"
        )
    return facts


def problem_again(report: Report, facts: CountyFacts) -> Problem:
    """Return the problem that a plan answers, in pence a year at expected prices."""
    codes = [service.code for service in report.services]
    return problem_of(facts, codes, everyone=report.is_everyone, asked=_asked(report))


def _asked(report: Report) -> Asked:
    try:
        return asked_again(report.asked)
    except ValueError as error:
        raise CannotPlan(f"This plan is damaged: {error}. Plan again.") from error
