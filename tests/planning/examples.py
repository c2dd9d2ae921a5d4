"""A made-up report on real councils: every figure in it is an example, and means nothing.

The councils, their places and their neighbours are those of the package; who
clusters with whom, and all money, is invented here so that tests can see it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from waywarden.planning.facts import CouncilFacts, CountyFacts
from waywarden.planning.papers.cells import shipped_ground
from waywarden.planning.papers.drawing import Ground
from waywarden.planning.reports import (
    NOTHING,
    ClusterReport,
    CouncilReport,
    LedService,
    Range,
    Report,
    ServiceReport,
)
from waywarden.planning.shipped import shipped_facts

WALLINGFORD = (
    "wallingford-south-oxfordshire",
    "cholsey-south-oxfordshire",
    "crowmarsh-south-oxfordshire",
    "brightwell-cum-sotwell-south-oxfordshire",
    "moulsford-south-oxfordshire",
)
ALONE = "didcot-south-oxfordshire"
SERVICES = {"DPS01": "Village grass", "ROW": "Path clearance"}


@cache
def facts() -> CountyFacts:
    """Return the real councils, places and neighbours of Oxfordshire."""
    return shipped_facts("Oxfordshire")


def ground(shown: Report, of: CountyFacts | None = None) -> Ground:
    """Return what the maps of a report are drawn from: the cells of the package."""
    return shipped_ground(shown, of or facts())


def spread(pounds: int) -> Range:
    """Return an example range around so many pounds."""
    return Range(pounds * 84, pounds * 100, pounds * 133)


ASKED: dict[str, Any] = {
    "input_hash": "0f" * 32,
    "shape": "shared",
    "effort": "quick",
    "seed": 7,
}


def report(
    groups: Sequence[Sequence[str]] = (WALLINGFORD,),
    *,
    of: CountyFacts | None = None,
    is_everyone: bool = True,
) -> Report:
    """Return an example report: each group a cluster, its first council the lead."""
    held = of or facts()
    clusters = tuple(_cluster(number, group, held) for number, group in enumerate(groups, 1))
    number_of = {key: one.number for one in clusters for key in one.members}
    councils = tuple(_of_council(one, number_of.get(one.key)) for one in held.councils)
    planned = total([one.planned for one in clusters] + _outside(councils))
    alone = total(one.alone for one in councils)
    return Report(
        **ASKED,
        county=held.county,
        is_everyone=is_everyone,
        services=tuple(_service(code, alone, planned) for code in SERVICES),
        clusters=clusters,
        councils=councils,
        left_out=tuple((one.name, one.reason) for one in held.left_out),
        now=spread(577_000),
        alone=alone,
        planned=planned,
        bound=planned.expected * 98 // 100,
        gap_permille=20,
        bound_is="the bound is an example",
        findings=("An example, made up for a test.",),
        assumed=(("Five cuts a year & no <more>", "C", "An example."),),
    )


def nobody() -> Report:
    """Return an example of a county in which no council has said that it would take part."""
    shown = report((), is_everyone=False)
    stay = {"cluster": None, "alone": NOTHING, "together": NOTHING, "alone_models": {}}
    councils = tuple(
        replace(one, **stay, stays=tuple(SERVICES), kept=spread(1_500)) for one in shown.councils
    )
    now = {"alone": shown.now, "planned": shown.now, "bound": shown.now.expected}
    return replace(shown, councils=councils, gap_permille=0, **now)


def total(ranges: Iterable[Range]) -> Range:
    """Return the sum of some ranges."""
    return sum(ranges, NOTHING)


def _outside(councils: Iterable[CouncilReport]) -> list[Range]:
    return [one.together for one in councils if one.cluster is None]


def _of_council(council: CouncilFacts, cluster: int | None) -> CouncilReport:
    alone = spread(4_000)
    return CouncilReport(
        key=council.key,
        name=council.name,
        kind=council.kind,
        is_planned_as_meeting=False,
        cluster=cluster,
        alone=alone,
        together=spread(3_000) if cluster else alone,
        leads=(),
        alone_models=dict.fromkeys(SERVICES, "contractor"),
        why=(f"{council.name} is an example.",),
        clusters=(cluster,) if cluster else (),
    )


def _service(code: str, alone: Range, planned: Range) -> ServiceReport:
    nothing = NOTHING
    first = code == next(iter(SERVICES))
    costs = (spread(577_000), alone, planned) if first else (nothing, nothing, nothing)
    return ServiceReport(code, SERVICES[code], "m²", *costs, "Two cuts a year", "An example", "C")


def _cluster(number: int, group: Sequence[str], held: CountyFacts) -> ClusterReport:
    names = {council.key: council.name for council in held.councils}
    lead, *others = group
    each = spread(1_500 * len(group))
    second = others[0] if others else lead
    return ClusterReport(
        number=number,
        key=f"cluster-{lead}",
        name=names[lead],
        lead=lead,
        members=tuple(group),
        services=(
            LedService("DPS01", lead, "own_staff", each, 63),
            LedService("ROW", second, "volunteers", each, None),
        ),
        coordination=NOTHING,
        planned=each + each,
        alone=spread(4_000 * len(group)),
        holds_at=("low", "expected", "high"),
        tint=f"map-{1 + number % 4}",
        binds=(f"{names[lead]} could take no more in the peak month.",),
    )
