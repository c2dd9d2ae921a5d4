"""Takes up a plan made from the package: what it said, and the problem that it answers."""

from collections.abc import Mapping
from typing import Any

from waywarden.planning.answers.damages import damages
from waywarden.planning.answers.keeping import report_from
from waywarden.planning.asking import Asked, asked_again
from waywarden.planning.facts import CannotPlan, CountyFacts
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.posing import problem_of
from waywarden.planning.reports import ClusterReport, Report
from waywarden.planning.shipped import shipped_facts
from waywarden.planning.splits.bills import Bill, ClusterBill


def report_bill(kept: Mapping[str, Any]) -> Bill:
    """Return what is to be shared of a report, as `keeping.kept` wrote it.

    Raises `CannotPlan` where it is damaged, or was made from other facts than
    those in the package.
    """
    report = report_from(kept)
    if wrong := next(damages(report), ""):
        raise CannotPlan(f"This plan is damaged: {wrong}. Plan again.")
    asked = _asked(report)
    codes = [service.code for service in report.services]
    return Bill(
        county=report.county,
        shape=report.shape,
        cost=report.planned.expected - report.kept.expected,
        clusters=tuple(_cluster(cluster) for cluster in report.clusters),
        names={council.key: council.name for council in report.councils},
        problem=problem_of(
            _facts(report, codes, asked), codes, everyone=report.is_everyone, asked=asked
        ),
    )


def _cluster(cluster: ClusterReport) -> ClusterBill:
    return ClusterBill(
        number=cluster.number,
        name=cluster.name,
        members=cluster.members,
        services=tuple(led.service for led in cluster.services),
        cost=cluster.planned.expected,
    )


def _facts(report: Report, codes: list[str], asked: Asked) -> CountyFacts:
    """Return the facts that a plan was made from, out of the package, or refuse if they differ."""
    facts = shipped_facts(report.county)
    made_from = input_hash(
        facts,
        codes,
        shape=report.shape,
        effort=report.effort,
        seed=report.seed,
        everyone=report.is_everyone,
        asked=asked,
    )
    if made_from != report.input_hash:
        raise CannotPlan(
            "This plan was made from other facts or prices than those in the package, as by "
            "another version or from a register. Make it again with: waywarden plan"
        )
    return facts


def _asked(report: Report) -> Asked:
    try:
        return asked_again(report.asked)
    except ValueError as error:
        raise CannotPlan(f"This plan is damaged: {error}. Plan again.") from error
