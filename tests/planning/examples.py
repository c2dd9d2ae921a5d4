"""A made-up report on real councils: every figure in it is an example, and means nothing.

The councils, their places and their neighbours are those of the package; who
clusters with whom, and all money, is invented here so that tests can see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from waywarden import data
from waywarden.data.tables import OxfordshireParish
from waywarden.planning.facts import Amount, CouncilFacts, CountyFacts
from waywarden.planning.reports import (
    ClusterReport,
    CouncilReport,
    LedService,
    Range,
    Report,
    ServiceReport,
)

WALLINGFORD = (
    "wallingford-south-oxfordshire",
    "cholsey-south-oxfordshire",
    "crowmarsh-south-oxfordshire",
    "brightwell-cum-sotwell-south-oxfordshire",
    "moulsford-south-oxfordshire",
)
ALONE = "didcot-south-oxfordshire"
SERVICES = {"DPS01": "Village grass", "ROW": "Path clearance"}
AMOUNT = Amount(600_000, 1_000_000, 1_600_000, is_estimate=True)


def key_of(parish: OxfordshireParish) -> str:
    """Give a parish the key it has on the site."""
    districts = {one.code: one.name for one in data.authorities()}
    words = f"{parish.name_2025 or parish.name} {districts[parish.district_code]}"
    kept = "".join(
        sign for sign in words.lower().replace("'", "") if sign.isalnum() or sign in " -"
    )
    return "-".join(kept.replace("-", " ").split())


def parishes() -> dict[str, OxfordshireParish]:
    """Return Oxfordshire's parishes of 2014 by key."""
    drawn = [one for one in data.oxfordshire_parishes() if one.position and one.kind == "parish"]
    return {key_of(one): one for one in sorted(drawn, key=key_of)}


def facts(willingness: Mapping[str, str] | None = None) -> CountyFacts:
    """Return the real councils and neighbours of Oxfordshire with made-up amounts."""
    found = parishes()
    keys = {parish.code: key for key, parish in found.items()}
    touching = [
        tuple(sorted((keys[edge.code_a], keys[edge.code_b])))
        for edge in data.neighbours("Oxfordshire")
        if edge.code_a in keys and edge.code_b in keys
    ]
    councils = tuple(_council(key, one, willingness or {}) for key, one in found.items())
    return CountyFacts("Oxfordshire", councils, tuple((a, b) for a, b in sorted(touching)))


def _council(key: str, parish: OxfordshireParish, willingness: Mapping[str, str]) -> CouncilFacts:
    at, is_town = parish.position, parish.council_kind == "town council"
    assert at
    return CouncilFacts(
        key=key,
        name=parish.name_2025 or parish.name,
        code=parish.codes[-1].code,
        district=next(o.name for o in data.authorities() if o.code == parish.district_code),
        kind="town" if is_town else "parish-or-meeting",
        easting_m=at.easting,
        northing_m=at.northing,
        longitude=at.longitude,
        latitude=at.latitude,
        population=9_000 if is_town else 400,
        population_is_modelled=True,
        amounts=dict.fromkeys(SERVICES, AMOUNT),
        willingness=willingness,
    )


def shapes() -> dict[str, Any]:
    """Return the modelled cell of each council by its key."""
    cells = data.cells("Oxfordshire")
    return {key: cells[one.code] for key, one in parishes().items() if one.code in cells}


def unparished() -> dict[str, Any]:
    """Return the modelled cell of the part of Oxford in no parish."""
    cells = data.cells("Oxfordshire")
    bare = [one for one in data.oxfordshire_parishes() if one.kind == "unparished"]
    return {one.name: cells[one.code] for one in bare}


def spread(pounds: int) -> Range:
    """Return an example range around so many pounds."""
    return Range(pounds * 84, pounds * 100, pounds * 133)


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
        input_hash="0f" * 32,
        county=held.county,
        shape="shared",
        effort="quick",
        seed=7,
        is_everyone=is_everyone,
        services=tuple(_service(code, alone, planned) for code in SERVICES),
        clusters=clusters,
        councils=councils,
        left_out=(("Heyford Park", "Its place is not known."),),
        now=spread(577_000),
        alone=alone,
        planned=planned,
        bound=planned.expected * 98 // 100,
        gap_permille=20,
        bound_is="The sum of what each service could cost at least if it clustered by itself.",
        findings=("An example, made up for a test.",),
        assumed=(("Five cuts a year & no <more>.", "C", "An example."),),
    )


def total(ranges: Iterable[Range]) -> Range:
    """Return the sum of some ranges."""
    *_, whole = accumulate(ranges, initial=Range(0, 0, 0))
    return whole


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
    )


def _service(code: str, alone: Range, planned: Range) -> ServiceReport:
    nothing = Range(0, 0, 0)
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
        coordination=Range(0, 0, 0),
        planned=each + each,
        alone=spread(4_000 * len(group)),
        holds_at=("low", "expected", "high"),
        tint=f"map-{1 + number % 4}",
        binds=(f"{names[lead]} could take no more in the peak month.",),
    )
