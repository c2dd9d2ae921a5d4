"""A plan as files: JSON to compute with, CSV to read in a spreadsheet, GeoJSON to draw."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waywarden import data
from waywarden.fabric.maps.drawing import Polygon
from waywarden.fabric.tables.columns import Column, write_csv
from waywarden.planning.facts import CouncilFacts, CountyFacts
from waywarden.planning.papers.drawing import Ground
from waywarden.planning.reports import PRICES, ClusterReport, CouncilReport, Range, Report
from waywarden.planning.words.delivering import way
from waywarden.planning.words.wording import APPROXIMATE, heading

ATTRIBUTION = f"{data.ATTRIBUTION} {data.OUTLINES_ATTRIBUTION}"
MADE_BY = "waywarden"
UNITS = {
    "low, expected, high": "whole pence a year, at low, expected and high prices",
    "bound": "whole pence a year: no plan of this shape costs less at expected prices",
    "gap_permille": "tenths of a percent of the plan's cost, rounded up",
    "peak_percent": "percent of the lead's capacity in the busiest month",
}


def plan_json(report: Report, kept: Mapping[str, Any]) -> str:
    """Return a plan as JSON: what it is about, in which units, and ``kept``, the plan as stored."""
    about = {
        "title": heading(report),
        "made_by": MADE_BY,
        "is": "A proposal: each council decides for itself.",
        "units": UNITS,
        "attribution": ATTRIBUTION,
    }
    return json.dumps({"about": about, "plan": kept}, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Row:
    """One council with what the plan says of it, as a line of the table."""

    council: CouncilReport
    facts: CouncilFacts
    #: Its cluster for each service that one delivers, by service code.
    clusters: Mapping[str, ClusterReport]
    names: Mapping[str, str]

    @property
    def own_clusters(self) -> list[ClusterReport]:
        """Its clusters, each once, by number."""
        by_number = {cluster.number: cluster for cluster in self.clusters.values()}
        return [by_number[number] for number in sorted(by_number)]

    def lead_of(self, service: str) -> str:
        """Name who would lead a service for it: itself outside a cluster."""
        led = self._led(service)
        return self.names[led[0] if led else self.council.key]

    def way_of(self, service: str) -> str:
        """Return how a service would be done; empty where there is nothing to do."""
        led = self._led(service)
        model = led[1] if led else self.council.alone_models.get(service, "")
        return way(model) if model else ""

    @property
    def is_estimate(self) -> bool:
        """Whether any of its quantities is estimated rather than measured."""
        return any(amount.is_estimate for amount in self.facts.amounts.values())

    def _led(self, service: str) -> tuple[str, str] | None:
        cluster = self.clusters.get(service)
        led = cluster.services if cluster else ()
        return next(((one.lead, one.model) for one in led if one.service == service), None)


def rows_of(report: Report, facts: CountyFacts) -> list[Row]:
    """Return every council of a plan, in the plan's order, with its clusters."""
    known = {council.key: council for council in facts.councils}
    names = {council.key: council.name for council in report.councils}
    clusters: dict[str, dict[str, ClusterReport]] = {key: {} for key in names}
    for cluster in report.clusters:
        for member in cluster.members:
            clusters[member] |= {led.service: cluster for led in cluster.services}
    return [Row(one, known[one.key], clusters[one.key], names) for one in report.councils]


def columns_of(report: Report) -> list[Column[Row]]:
    """Return the columns of a plan's table."""
    columns = _council_columns()
    for service in report.services:
        columns += _service_columns(service.code)
    costs = {"alone": _alone, "together": _together, "saving": _saving}
    for what, ranged in costs.items():
        columns += _money_columns(what, ranged)
    meaning = "Whether any of its quantities is an estimate"
    return [*columns, Column("estimate", meaning, "yes or no", lambda row: row.is_estimate)]


def _council_columns() -> list[Column[Row]]:
    told: list[tuple[str, str, Callable[[Row], str]]] = [
        ("key", "The council's key", lambda row: row.council.key),
        ("name", "The council's name", lambda row: row.council.name),
        ("district", "Its district", lambda row: row.facts.district),
        ("cluster", "The number of its cluster; empty outside all", _numbers),
        ("cluster name", "The name of its cluster", _cluster_names),
        ("cluster lead", "The council that leads its cluster", _cluster_leads),
    ]
    return [Column(name, meaning, "text", value) for name, meaning, value in told]


def plan_csv(report: Report, facts: CountyFacts) -> str:
    """Return a plan as CSV: a row for each council, money in pounds."""
    return write_csv(columns_of(report), rows_of(report, facts))


def _numbers(row: Row) -> str:
    return "; ".join(str(cluster.number) for cluster in row.own_clusters)


def _cluster_names(row: Row) -> str:
    return "; ".join(cluster.name for cluster in row.own_clusters)


def _cluster_leads(row: Row) -> str:
    return "; ".join(row.names[cluster.lead] for cluster in row.own_clusters)


def _service_columns(code: str) -> list[Column[Row]]:
    who, how = f"Who would lead {code} for it", f"How {code} would be done for it"
    return [
        Column(f"{code} lead", who, "text", lambda row: row.lead_of(code)),
        Column(f"{code} way", how, "text", lambda row: row.way_of(code)),
    ]


def _alone(row: Row) -> Range:
    return row.council.alone


def _together(row: Row) -> Range:
    return row.council.together


def _saving(row: Row) -> Range:
    return row.council.alone - row.council.together


def _money_columns(what: str, ranged: Callable[[Row], Range]) -> list[Column[Row]]:
    says = {
        "alone": "What it would pay alone",
        "together": "What it would pay under the plan",
        "saving": "How much less that is",
    }[what]

    def priced(prices: str) -> Column[Row]:
        meaning = f"{says}, pounds a year at {prices} prices"
        return Column(f"{what} {prices}", meaning, "pence", lambda row: ranged(row).at(prices))

    return [priced(prices) for prices in PRICES]


def plan_geojson(ground: Ground) -> str:
    """Return a plan as GeoJSON: councils as shapes, leads as points, lines to those they serve."""
    rows = rows_of(ground.report, ground.facts)
    features = [
        *(_council_feature(ground, row) for row in rows if row.council.key in ground.polygons),
        *(_lead_feature(ground, cluster) for cluster in ground.report.clusters),
        *(line for cluster in ground.report.clusters for line in _line_features(ground, cluster)),
    ]
    whole = {
        "type": "FeatureCollection",
        "name": heading(ground.report),
        "attribution": ATTRIBUTION,
        "boundaries": APPROXIMATE,
        "features": features,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _council_feature(ground: Ground, row: Row) -> dict[str, Any]:
    council = row.council
    return _feature(
        "MultiPolygon",
        _listed(ground.polygons[council.key]),
        what="council",
        key=council.key,
        name=council.name,
        district=row.facts.district,
        cluster=council.cluster,
        clusters=[cluster.number for cluster in row.own_clusters],
        alone_pence=council.alone.expected,
        together_pence=council.together.expected,
        leads=list(council.leads),
        estimate=row.is_estimate,
        boundary="approximate",
    )


def _lead_feature(ground: Ground, cluster: ClusterReport) -> dict[str, Any]:
    return _feature(
        "Point",
        _rounded(ground.middles[cluster.lead]),
        what="cluster lead",
        key=cluster.lead,
        name=ground.councils[cluster.lead].name,
        cluster=cluster.number,
        cluster_name=cluster.name,
        councils=len(cluster.members),
        planned_pence=cluster.planned.expected,
        alone_pence=cluster.alone.expected,
        holds_at=list(cluster.holds_at),
    )


def _line_features(ground: Ground, cluster: ClusterReport) -> Iterator[dict[str, Any]]:
    start = _rounded(ground.middles[cluster.lead])
    for member in cluster.members:
        if member != cluster.lead:
            ends = [start, _rounded(ground.middles[member])]
            told = {"lead": cluster.lead, "member": member, "cluster": cluster.number}
            yield _feature("LineString", ends, what="leads for", **told)


def _listed(polygons: Sequence[Polygon]) -> list[list[list[list[float]]]]:
    return [[[_rounded(point) for point in ring] for ring in polygon] for polygon in polygons]


def _rounded(point: Sequence[float]) -> list[float]:
    return [round(point[0], 5), round(point[1], 5)]


def _feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
