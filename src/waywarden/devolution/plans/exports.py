"""The tables of a plan for download. One list of columns drives the file and its description."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from waywarden.fabric.tables.columns import Column
from waywarden.planning.reports import PRICES, ClusterReport, CouncilReport, Range, Report
from waywarden.planning.words.wording import holds

T = TypeVar("T")


def _money(name: str, meaning: str, value: Callable[[T], Range]) -> list[Column[T]]:
    """Return three columns for a range: every sum of a plan is an estimate."""
    return [_one_case(case, name, meaning, value) for case in PRICES]


def _one_case(case: str, name: str, meaning: str, value: Callable[[T], Range]) -> Column[T]:
    words = f"{meaning}, pounds a year at {case} prices: an estimate"
    return Column(f"{name}_{case}_estimate", words, "pence", lambda line: value(line).at(case))


def _planned(cluster: ClusterReport) -> Range:
    return cluster.planned


def _cluster_alone(cluster: ClusterReport) -> Range:
    return cluster.alone


def _coordination(cluster: ClusterReport) -> Range:
    return cluster.coordination


CLUSTERS: list[Column[ClusterReport]] = [
    Column("number", "The number on the map", "whole number", lambda found: found.number),
    Column("cluster", "The short name of its lead", "text", lambda found: found.name),
    Column("cluster_key", "Its key in addresses", "text", lambda found: found.key),
    Column("lead_key", "The place whose council leads it", "text", lambda found: found.lead),
    Column("councils", "How many are in it", "whole number", lambda found: len(found.members)),
    *_money("planned", "What it costs, its running included", _planned),
    *_money("alone", "What its members would pay alone", _cluster_alone),
    *_money("coordination", "What running it costs", _coordination),
    Column(
        "holds_at",
        "The prices at which it costs no more than its members alone",
        "text",
        holds,
    ),
]


@dataclass(frozen=True)
class CouncilLine:
    """A council of a plan with the clusters it is in."""

    council: CouncilReport
    clusters: tuple[ClusterReport, ...]


def _alone(line: CouncilLine) -> Range:
    return line.council.alone


def _together(line: CouncilLine) -> Range:
    return line.council.together


COUNCILS: list[Column[CouncilLine]] = [
    Column("place", "The parish", "text", lambda line: line.council.name),
    Column("place_key", "The place's own key", "text", lambda line: line.council.key),
    Column("kind", "What holds it, as recorded", "text", lambda line: line.council.kind),
    Column(
        "planned_as_meeting",
        "Whether it is planned as a parish meeting, which cannot lead",
        "yes or no",
        lambda line: line.council.is_planned_as_meeting,
    ),
    Column(
        "cluster_numbers",
        "The clusters it would be in; blank where it goes alone",
        "text",
        lambda line: "; ".join(str(cluster.number) for cluster in line.clusters),
    ),
    Column(
        "leads",
        "The codes of the services it would lead",
        "text",
        lambda line: "; ".join(line.council.leads),
    ),
    *_money("alone", "What it would pay alone", _alone),
    *_money("together", "What it would pay in this plan", _together),
]


def council_lines(report: Report, councils: Iterable[CouncilReport]) -> list[CouncilLine]:
    """Join councils to the clusters they are in."""
    within: dict[str, list[ClusterReport]] = {}
    for cluster in report.clusters:
        for key in cluster.members:
            within.setdefault(key, []).append(cluster)
    return [CouncilLine(council, tuple(within.get(council.key, ()))) for council in councils]
