"""The shapes of a county as records: modelled cells, district outlines, and who is next to whom."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape

from waywarden import data
from waywarden.county.assembly import LICENCE, Assembly
from waywarden.county.places.models import Area, Boundary, BoundarySet, Neighbour
from waywarden.county.shapes.modelled import modelled_county
from waywarden.data.tables import GeoJSON


@dataclass(frozen=True)
class About:
    """What is said of a set of boundaries."""

    name: str
    source: str
    licence: str
    is_approximate: bool


MODELLED = About(
    "modelled parish cells",
    "Approximate shapes modelled from the centre and area of each parish: not legal boundaries",
    LICENCE,
    is_approximate=True,
)
OUTLINES = About(
    "district outlines",
    "Dissolved from 2011 output areas and simplified to 25 m by us, from martinjc/UK-GeoJSON",
    "CC BY 4.0, and the Open Government Licence v3.0 for what it rests on",
    is_approximate=False,
)


@dataclass(frozen=True)
class Survey:
    """The sets of boundaries of a county, and the neighbours that follow from them."""

    sets: list[tuple[BoundarySet, list[Boundary]]]
    neighbours: list[Neighbour]


def survey(assembly: Assembly, progress: Callable[[float], None]) -> Survey:
    """Return the boundaries and neighbours of a county whose areas are saved."""
    cells, edges = _modelled(assembly, progress)
    sets = [_set(assembly, MODELLED, cells)] if cells else []
    if outlines := data.district_outlines(assembly.found.name):
        sets.append(_set(assembly, OUTLINES, outlines))
    return Survey(sets, [_neighbour(assembly, edge) for edge in edges])


def _modelled(
    assembly: Assembly, progress: Callable[[float], None]
) -> tuple[dict[str, GeoJSON], list[data.ModelledEdge]]:
    """Return the cells shipped for a county, or draw them and those of the counties beside it."""
    if held := data.cells(assembly.found.name):
        return held, list(data.neighbours(assembly.found.name))
    cells: dict[str, GeoJSON] = {}
    edges: list[data.ModelledEdge] = []
    counties = [assembly.found, *assembly.beside]
    for done, county in enumerate(counties):
        progress(done / len(counties))
        modelled = modelled_county(county.name)
        cells |= modelled.geojson()
        edges += modelled.neighbours()
    return cells, edges


def _set(
    assembly: Assembly, about: About, shapes: dict[str, GeoJSON]
) -> tuple[BoundarySet, list[Boundary]]:
    written = json.dumps([assembly.found.code, about.name, shapes], sort_keys=True)
    boundary_set = BoundarySet(
        name=f"{assembly.found.name}: {about.name}",
        source=about.source,
        licence=about.licence,
        is_approximate=about.is_approximate,
        fingerprint=hashlib.sha256(written.encode()).hexdigest(),
    )
    boundaries = [boundary_of(assembly.area(code), shape) for code, shape in shapes.items()]
    return boundary_set, boundaries


def _neighbour(assembly: Assembly, edge: data.ModelledEdge) -> Neighbour:
    pair = assembly.area(edge.code_a), assembly.area(edge.code_b)
    a, b = sorted(pair, key=lambda area: area.pk)
    return Neighbour(
        a=a,
        b=b,
        distance_m=edge.distance_m,
        shared_edge_m=edge.shared_edge_m,
        is_modelled=True,
        source=MODELLED.source,
    )


def boundary_of(area: Area, geometry: dict[str, Any]) -> Boundary:
    """Return an area's boundary with its bounding box, from a GeoJSON geometry."""
    min_lon, min_lat, max_lon, max_lat = shape(geometry).bounds
    box = {"min_lon": min_lon, "min_lat": min_lat, "max_lon": max_lon, "max_lat": max_lat}
    return Boundary(area=area, geometry=geometry, **box)
