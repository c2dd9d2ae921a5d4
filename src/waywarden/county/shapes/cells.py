"""Modelled parish cells: shapes drawn from nothing but centres and true areas.

No open boundary of every parish is at hand, yet a map needs shapes and the
question "who is next door?" needs edges. From each parish's centre and area we
draw the one division of an outline into straight-edged cells, each with its
parish's true area, that keeps land nearest to its own centre: an area-weighted
power (Laguerre) diagram, whose weights solve a semi-discrete optimal transport
problem by the damped Newton method of Kitagawa, Mérigot and Thibert,
"Convergence of a Newton algorithm for semi-discrete optimal transport",
Journal of the European Mathematical Society 21 (2019).

Everything here is in British National Grid metres until `to_wgs84`. The cells
are not legal boundaries: label them approximate wherever they are shown.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from waywarden.county.shapes.power_diagram import PowerDiagram, power_diagram

Floats = NDArray[np.floating[Any]]
Progress = Callable[[int, float], None]

SQUARE_METRES_PER_HECTARE = 10_000
LARGEST_AREA_ERROR = 0.001
MOST_ROUNDS = 80
MOST_WIDENINGS = 60
LARGEST_OUTLINE_ERROR = 0.0005
SMALLEST_STEP = 2.0**-12
NARROW_GAPS = (0.5, 0.25, 0.1, 0.0)
MEETING_GAP_M = 2.0


class CellsNotFound(ValueError):
    """No cells with the right areas were found; the message says why."""


class Neighbours(NamedTuple):
    """Two cells that share an edge, by their places in the list given."""

    a: int
    b: int
    distance_m: int
    shared_edge_m: int


def modelled_cells(
    centres: Sequence[tuple[float, float]],
    areas_ha: Sequence[float],
    outline: BaseGeometry,
    progress: Progress | None = None,
) -> list[BaseGeometry]:
    """Divide the outline into one cell for each centre, in the order given.

    The cells cover the outline without overlapping, and each has its parish's
    share of the area: exactly its own area when the areas sum to the outline's.
    A centre may lie outside the outline or on top of another. `progress` is
    called after every round with its number and the largest relative error.
    """
    wanted = _areas_within(outline, areas_ha)
    if len(wanted) != len(centres):
        raise CellsNotFound("Give one area for each centre.")
    cells = np.empty(len(wanted), dtype=object)
    for land, members in _separate_parts(outline, centres, wanted):
        sites = _separated_sites(np.asarray(centres, dtype=float)[members], land)
        areas = wanted[members] * (land.area / wanted[members].sum())
        cells[members] = _fitted_cells(sites, areas, land, progress)
    return list(cells)


def modelled_outline(
    centres: Sequence[tuple[float, float]], areas_ha: Sequence[float]
) -> BaseGeometry:
    """Draw a likely outline round parishes whose district's own is not known.

    It is the union of one disc for each parish, its narrow gaps closed, widened
    until its area is the sum of the parishes' areas. Where the discs lie in
    separate parts, each part has the sum of its own parishes' areas.
    """
    points = shapely.points(np.asarray(centres, dtype=float))
    areas = np.asarray(areas_ha, dtype=float) * SQUARE_METRES_PER_HECTARE
    _refuse_nonsense(areas)
    # Closing a gap can join two parts whose areas then no longer fit, and
    # fitting can part them again: if so, close less, and in the end nothing.
    for gap in NARROW_GAPS:
        land = _fitted_land(points, areas, gap)
        if land is not None:
            return land
    raise CellsNotFound("No outline with the parishes' area was found.")


def neighbours(
    cells: Sequence[BaseGeometry],
    minimum_shared_edge_m: float = 80,
    centres: Sequence[tuple[float, float]] | None = None,
) -> list[Neighbours]:
    """List every pair of cells that share an edge at least that long.

    Distances run between the centres given, else between the cells' centroids.
    Cells cut to two outlines that differ by a few metres still meet.
    """
    if not cells:
        return []
    shapes = np.asarray(cells, dtype=object)
    points = shapely.centroid(shapes) if centres is None else shapely.points(np.asarray(centres))
    widened = shapely.buffer(shapes, MEETING_GAP_M, quad_segs=2)
    first, second = shapely.STRtree(widened).query(widened, predicate="intersects")
    first, second = first[first < second], second[first < second]
    edges = shapely.length(shapely.intersection(shapely.boundary(shapes[first]), widened[second]))
    distances = shapely.distance(points[first], points[second])
    return sorted(
        Neighbours(int(a), int(b), round(distance), round(edge))
        for a, b, distance, edge in zip(first, second, distances, edges, strict=True)
        if edge >= minimum_shared_edge_m
    )


def to_wgs84(geometry: BaseGeometry) -> BaseGeometry:
    """Give the same shape in longitude and latitude, fit to be written as GeoJSON.

    Coordinates are rounded to five decimals (about a metre); outer rings run
    anticlockwise and holes clockwise, as RFC 7946 section 3.1.6 asks.
    """
    moved = shapely.transform(
        geometry, lambda xy: np.round(_moved(xy, "EPSG:27700", "EPSG:4326"), 5)
    )
    if not moved.is_valid:
        moved = _polygons_of(shapely.make_valid(moved))
    return shapely.orient_polygons(moved, exterior_cw=False)


def to_british_grid(geometry: BaseGeometry) -> BaseGeometry:
    """Give the same shape in British National Grid metres."""
    return shapely.transform(geometry, lambda xy: _moved(xy, "EPSG:4326", "EPSG:27700"))


def _moved(points: Floats, source: str, target: str) -> Floats:
    across, up = _transformer(source, target).transform(points[:, 0], points[:, 1])
    return np.column_stack([across, up])


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _refuse_nonsense(areas: Floats) -> None:
    if len(areas) == 0:
        raise CellsNotFound("There is no parish to draw.")
    if not np.isfinite(areas).all() or areas.min() <= 0:
        raise CellsNotFound("Every parish needs an area greater than nothing.")


def _areas_within(outline: BaseGeometry, areas_ha: Sequence[float]) -> Floats:
    """Scale the areas, in square metres, to sum to the outline's area."""
    areas = np.asarray(areas_ha, dtype=float)
    _refuse_nonsense(areas)
    if outline.is_empty or outline.area <= 0:
        raise CellsNotFound("The outline holds no land.")
    return areas * (outline.area / areas.sum())


def _fitted_land(points: NDArray[Any], areas: Floats, gap: float) -> BaseGeometry | None:
    """Widen discs till the land they make fits, or give None if it never does.

    The gap closed is a share of the usual radius.
    """
    radii = np.sqrt(areas / np.pi)
    gap_m = gap * float(np.median(radii))
    for _ in range(MOST_WIDENINGS):
        land = _closed_discs(points, radii, gap_m)
        missing = _missing_land(land, points, areas)
        if np.abs(missing - 1).max() < LARGEST_OUTLINE_ERROR:
            return land
        # Land grows by less than the square of the radii, as discs overlap:
        # a power between a half and one comes nearer whether they do or not.
        radii = radii * missing**0.75
    return None


def _closed_discs(points: NDArray[Any], radii: Floats, gap: float) -> BaseGeometry:
    """Join discs into land, and fill what is narrower than twice the gap."""
    discs = shapely.union_all(shapely.buffer(points, radii, quad_segs=8))
    return discs.buffer(gap, quad_segs=4).buffer(-gap, quad_segs=4)


def _missing_land(land: BaseGeometry, points: NDArray[Any], areas: Floats) -> Floats:
    """For each point, how many times too small the part of the land it is in is."""
    parts = shapely.get_parts(land)
    part_of = _part_of_each(parts, points)
    totals = np.bincount(part_of, weights=areas, minlength=len(parts))
    return (totals / shapely.area(parts))[part_of]


def _part_of_each(parts: NDArray[Any], points: NDArray[Any]) -> NDArray[np.int64]:
    """Give the number of the part each point is in, or else is nearest to."""
    return np.asarray(shapely.STRtree(parts).nearest(points), dtype=np.int64)


def _polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _separate_parts(
    outline: BaseGeometry, centres: Sequence[tuple[float, float]], wanted: Floats
) -> list[tuple[BaseGeometry, NDArray[np.int64]]]:
    """Split the problem where each part of the outline just fits its own parishes.

    Cells on two islands share no edge along which area could be exchanged, so
    islands that fit are divided each on its own.
    """
    points = shapely.points(np.asarray(centres, dtype=float))
    missing = _missing_land(outline, points, wanted)
    parts = shapely.get_parts(outline)
    part_of = _part_of_each(parts, points)
    fits = (np.abs(missing - 1) <= 2 * LARGEST_OUTLINE_ERROR).all()
    if not fits or len(set(part_of)) < len(parts):
        return [(outline, np.arange(len(wanted)))]
    return [(part, np.flatnonzero(part_of == k)) for k, part in enumerate(parts)]


def _separated_sites(centres: Floats, outline: BaseGeometry) -> Floats:
    """Move every centre inside the outline, and those on top of others apart.

    A bounding box's centre can lie outside a crooked parish, or be shared by a
    town and the parish round it; a site inside always has some land to start.
    """
    sites = centres.copy()
    apart = 0.02 * float(np.sqrt(outline.area / len(sites)))
    inside = _inner_land(outline, apart)
    for _ in range(20):
        sites = _moved_inside(sites, inside)
        crowded = np.flatnonzero(_closest_other(sites) < apart)
        if len(crowded) == 0:
            return sites
        # The seeds of a sunflower: however many lie on one spot, each finds room.
        ranks = np.arange(1, len(crowded) + 1)
        turns = ranks * np.pi * (3 - np.sqrt(5))
        ways = np.column_stack([np.cos(turns), np.sin(turns)])
        sites[crowded] += 1.2 * apart * np.sqrt(ranks)[:, None] * ways
    raise CellsNotFound("The centres lie too close together to be told apart.")


def _inner_land(outline: BaseGeometry, margin: float) -> BaseGeometry:
    inner = outline.buffer(-margin)
    return outline.buffer(-margin / 100) if inner.is_empty else inner


def _moved_inside(sites: Floats, land: BaseGeometry) -> Floats:
    points = shapely.points(sites)
    ways = shapely.shortest_line(land, points)
    nearest = shapely.get_coordinates(shapely.get_point(ways, 0))
    return np.where(shapely.intersects(land, points)[:, None], sites, nearest)


def _closest_other(sites: Floats) -> Floats:
    gaps = np.linalg.norm(sites[:, None] - sites[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    return gaps.min(axis=1)


def _first_weights(sites: Floats, wanted: Floats, outline: BaseGeometry) -> Floats:
    """Start from the parishes' own discs, or nearer to none if a cell is empty."""
    discs = wanted / np.pi
    for part in (1.0, 0.7, 0.4, 0.2, 0.1, 0.05, 0.0):
        areas = power_diagram(sites, part * discs, outline).areas
        if (areas > 0.01 * wanted).all():
            break
    return part * discs


def _fitted_cells(
    sites: Floats, wanted: Floats, outline: BaseGeometry, progress: Progress | None
) -> NDArray[Any]:
    """Adjust the weights until every cell has the area wanted."""
    weights = _first_weights(sites, wanted, outline)
    diagram = power_diagram(sites, weights, outline)
    # Kitagawa, Mérigot and Thibert: no cell may shrink below this on the way.
    floor = 0.5 * float(min(diagram.areas.min(), wanted.min()))
    worst = float("inf")
    for round_ in range(MOST_ROUNDS):
        worst = float((np.abs(diagram.areas - wanted) / wanted).max())
        if progress:
            progress(round_, worst)
        if worst < LARGEST_AREA_ERROR:
            return diagram.cells
        step = _newton_step(sites, diagram, wanted)
        weights, diagram = _damped(sites, weights, step, wanted, floor, diagram, outline)
    raise CellsNotFound(f"The cells' areas stayed wrong by {worst:.1%}.")


def _newton_step(sites: Floats, diagram: PowerDiagram, wanted: Floats) -> Floats:
    """Solve for the change of weights that would right the areas were they linear.

    When a weight grows, an edge moves outwards by its growth over twice the
    distance between the two sites, so area changes by that times its length.
    """
    count = len(wanted)
    gaps = np.linalg.norm(sites[diagram.edge_a] - sites[diagram.edge_b], axis=1)
    slope = np.zeros((count, count))
    np.add.at(slope, (diagram.edge_a, diagram.edge_b), -diagram.edge_lengths / (2 * gaps))
    slope = slope + slope.T
    steepness = -slope.sum(axis=1)
    # A little extra on the diagonal keeps islands, which share no edge with
    # the rest, from making the sum unsolvable.
    extra = 1e-9 * float(steepness.max()) + 1e-12
    return np.linalg.solve(slope + np.diag(steepness + extra), wanted - diagram.areas)


def _damped(
    sites: Floats,
    weights: Floats,
    step: Floats,
    wanted: Floats,
    floor: float,
    diagram: PowerDiagram,
    outline: BaseGeometry,
) -> tuple[Floats, PowerDiagram]:
    """Halve the step until no cell vanishes and the areas come nearer."""
    error = np.linalg.norm(diagram.areas - wanted)
    part = 1.0
    while part >= SMALLEST_STEP:
        tried = power_diagram(sites, weights + part * step, outline)
        closer = np.linalg.norm(tried.areas - wanted) <= (1 - part / 2) * error
        if tried.areas.min() >= floor and closer:
            return weights + part * step, tried
        part /= 2
    raise CellsNotFound("The cells stopped coming nearer to their true areas.")
