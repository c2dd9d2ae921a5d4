"""What the maps of a plan draw: the county in clusters, and one cluster.

Shapes are GeoJSON geometries by council key, the modelled cells of the package
or the boundaries of the register; whoever draws says which page a click leads to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from waywarden.data.names import short_name
from waywarden.fabric.maps import dissolving, drawing
from waywarden.fabric.maps.drawing import Label, Outline, Polygon, Shape
from waywarden.fabric.maps.drawn import Drawing
from waywarden.fabric.maps.signs import DIAMOND, DISC, Line, Sign
from waywarden.planning.facts import CouncilFacts, CountyFacts
from waywarden.planning.reports import ClusterReport, Report

Geometry = Mapping[str, Any]
Address = Callable[[ClusterReport], str]
Page = Callable[[CouncilFacts], str]

COUNTY_EDGE, CLUSTER_EDGE = 1.3, 2.6
# Names of this rank or a higher one are written only where the live map is near enough.
EVERY_NAME = 100


def _no_page(of: ClusterReport | CouncilFacts) -> str:
    return ""


@dataclass(frozen=True)
class Ground:
    """What the maps of one plan are drawn from.

    ``shapes`` are by council key; ``unparished`` by the name of the area.
    ``address`` gives the page of a cluster, ``page`` that of a council's place.
    ``service`` leaves only the clusters of one service, which a plan of each
    service by itself needs, for there a council may be in several.
    """

    report: Report
    facts: CountyFacts
    shapes: Mapping[str, Geometry]
    unparished: Mapping[str, Geometry] = field(default_factory=dict)
    address: Address = _no_page
    page: Page = _no_page
    service: str = ""

    @cached_property
    def councils(self) -> dict[str, CouncilFacts]:
        return {council.key: council for council in self.facts.councils}

    @cached_property
    def clusters(self) -> list[ClusterReport]:
        return [
            cluster
            for cluster in self.report.clusters
            if not self.service or self.service in {led.service for led in cluster.services}
        ]

    @cached_property
    def cluster_of(self) -> dict[str, ClusterReport]:
        return {member: cluster for cluster in self.clusters for member in cluster.members}

    @cached_property
    def polygons(self) -> dict[str, Sequence[Polygon]]:
        return {key: drawing.polygons_of(shape) for key, shape in self.shapes.items()}

    @cached_property
    def middles(self) -> dict[str, tuple[float, float]]:
        """Where each council's sign stands: in its shape, or at its centre where none is held."""
        drawn = {key: drawing.middle(polygons) for key, polygons in self.polygons.items()}
        centres = {key: (c.longitude, c.latitude) for key, c in self.councils.items()}
        return centres | drawn

    def leads(self, cluster: ClusterReport) -> dict[str, list[str]]:
        """Return the services each leading council of a cluster leads, by its key."""
        led: dict[str, list[str]] = {}
        for one in cluster.services:
            if not self.service or one.service == self.service:
                led.setdefault(one.lead, []).append(one.service)
        return led

    @cached_property
    def alone(self) -> set[str]:
        """The keys of councils in no cluster that take some service on by themselves."""
        return {
            council.key
            for council in self.report.councils
            if council.alone_models and council.key not in self.cluster_of
        }


def plan_drawing(ground: Ground) -> Drawing:
    """Draw a county in its clusters, each with its number at its lead."""
    report = ground.report
    shapes = [*_county_shapes(ground), *_unparished(ground)]
    edges = [_edge(ground, cluster, COUNTY_EDGE) for cluster in ground.clusters]
    lines = [line for cluster in ground.clusters for line in _lines(ground, cluster)]
    marks = [mark for cluster in ground.clusters for mark in _marks(ground, cluster)]
    title = f"{report.county} in {len(ground.clusters)} proposed clusters"
    if not ground.clusters:
        title = f"{report.county}: no cluster is proposed"
    return Drawing(title, shapes, edges, _county_labels(ground), lines=lines, marks=marks)


def cluster_drawing(ground: Ground, number: int) -> Drawing:
    """Draw one cluster in its tint, all around it in stone."""
    cluster = next(one for one in ground.report.clusters if one.number == number)
    shapes = [_near_shape(ground, key, cluster) for key in ground.shapes]
    shapes += _unparished(ground, "stone")
    return Drawing(
        f"Cluster {cluster.number}, {cluster.name}",
        shapes,
        [_edge(ground, cluster, CLUSTER_EDGE)],
        [_member_label(ground, cluster, key) for key in cluster.members if key in ground.councils],
        about=[shape for shape in shapes if shape.key in cluster.members],
        lines=list(_lines(ground, cluster)),
        marks=list(_marks(ground, cluster)),
    )


def _county_shapes(ground: Ground) -> Iterator[Shape]:
    for key in ground.shapes:
        council, cluster = ground.councils.get(key), ground.cluster_of.get(key)
        if council is None:
            yield _shape(ground, key, "none", key, "not planned")
        elif cluster:
            said = f"in cluster {cluster.number}, {cluster.name}"
            page = ground.address(cluster) or ground.page(council)
            yield _shape(ground, key, cluster.tint, council.name, said, page)
        elif key in ground.alone:
            yield _shape(ground, key, "alone", council.name, "goes alone", ground.page(council))
        else:
            said = "stays with the county"
            yield _shape(ground, key, "none", council.name, said, ground.page(council))


def _unparished(ground: Ground, fill: str = "none") -> list[Shape]:
    return [
        Shape(name, name, drawing.polygons_of(shape), fill, said=f"{name}: no parish")
        for name, shape in ground.unparished.items()
    ]


def _shape(
    ground: Ground, key: str, fill: str, name: str, said: str = "", address: str = ""
) -> Shape:
    told = f"{name}: {said}" if said else name
    return Shape(key, name, ground.polygons[key], fill, address=address, said=told)


def _near_shape(ground: Ground, key: str, cluster: ClusterReport) -> Shape:
    """Fill a shape as a map of one cluster has it."""
    council = ground.councils.get(key)
    fill = cluster.tint if key in cluster.members else "stone"
    name, page = (council.name, ground.page(council)) if council else (key, "")
    return _shape(ground, key, fill, name, address=page)


def _edge(ground: Ground, cluster: ClusterReport, width: float) -> Outline:
    held = [ground.polygons[key] for key in cluster.members if key in ground.polygons]
    return Outline(dissolving.together(held), width)


def _lines(ground: Ground, cluster: ClusterReport) -> Iterator[Line]:
    """Join the cluster lead to the members it serves, where both have a place."""
    for member in cluster.members:
        if member != cluster.lead and {member, cluster.lead} <= ground.middles.keys():
            yield Line(ground.middles[cluster.lead], ground.middles[member])


def _marks(ground: Ground, cluster: ClusterReport) -> Iterator[Sign]:
    page, at = ground.address(cluster), ground.middles
    for key, codes in ground.leads(cluster).items():
        if key != cluster.lead and key in ground.councils:
            said = f"{ground.councils[key].name}: leads {_names(ground, codes)}"
            yield Sign(DIAMOND, *at[key], address=page, said=said)
    if cluster.lead in ground.councils:
        said = f"{ground.councils[cluster.lead].name}: leads cluster {cluster.number}"
        yield Sign(DISC, *at[cluster.lead], str(cluster.number), page, said)


def _names(ground: Ground, codes: Sequence[str]) -> str:
    names = {service.code: service.name for service in ground.report.services}
    return ", ".join(names.get(code, code).lower() for code in codes)


def _beside(ground: Ground, cluster: ClusterReport | None, key: str) -> str:
    """Return the sign a council's name stands beside, where it has one."""
    if cluster is None:
        return ""
    if key == cluster.lead:
        return DISC
    return DIAMOND if key in ground.leads(cluster) else ""


def _member_label(ground: Ground, cluster: ClusterReport, key: str) -> Label:
    name, beside = ground.councils[key].name, _beside(ground, cluster, key)
    rank = {DISC: 0, DIAMOND: 1}.get(beside, 2)
    return Label(name, *ground.middles[key], rank, beside=beside)


def _county_labels(ground: Ground) -> list[Label]:
    """Name the towns, the most populous first, and what has no parish."""
    towns = [council for council in ground.facts.councils if council.kind == "town"]
    towns.sort(key=lambda town: (-(town.population or 0), town.name))
    labels = [
        Label(name.partition(",")[0], *drawing.middle(drawing.polygons_of(shape)), 0, False)
        for name, shape in ground.unparished.items()
    ]
    for rank, town in enumerate(towns, 1):
        beside = _beside(ground, ground.cluster_of.get(town.key), town.key)
        place = ground.middles[town.key]
        labels.append(Label(short_name(town.name), *place, rank, beside=beside))
    return labels + _every_name(ground)


def _every_name(ground: Ground) -> list[Label]:
    return [
        Label(council.name, *ground.middles[council.key], EVERY_NAME, has_disc=False)
        for council in ground.facts.councils
        if council.kind != "town"
    ]
