"""The power (Laguerre) diagram of weighted sites, cut to an outline.

The cell of a site holds the points whose squared distance to it, less its
weight, is smaller than to any other site. Cells are convex polygons, found for
all sites at once: each starts as a box round the outline, and is cut by the
dividing lines towards the other sites, the nearest line first.
"""

from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

# The label of an edge that lies on the box, not between two sites.
NO_SITE = -1


class PowerDiagram(NamedTuple):
    """Cells within the outline, their areas, and the edges between them.

    Each edge is listed once, the earlier of its two sites first.
    """

    cells: NDArray[Any]
    areas: Floats
    edge_a: Ints
    edge_b: Ints
    edge_lengths: Floats


class _Convex(NamedTuple):
    """Convex polygons of differing size in one array; edge v runs from v to v+1."""

    corners: Floats
    edges: Ints
    sizes: Ints


def power_diagram(sites: Floats, weights: Floats, outline: BaseGeometry) -> PowerDiagram:
    """Divide the outline between the weighted sites."""
    convex = _convex_cells(sites, weights, outline)
    polygons = _as_polygons(convex)
    shapely.prepare(outline)
    whole = shapely.contains(outline, polygons)
    cells = polygons.copy()
    cells[~whole] = shapely.intersection(polygons[~whole], outline)
    a, b, lengths = _edges_within(convex, whole, outline)
    return PowerDiagram(cells, shapely.area(cells), a, b, lengths)


def _convex_cells(sites: Floats, weights: Floats, outline: BaseGeometry) -> _Convex:
    """Cut each site's box by the dividing lines towards the others."""
    offsets, order, normals = _dividing_lines(sites, weights)
    cells = _boxes(len(sites), outline)
    unfinished = np.arange(len(sites))
    for rank in range(len(sites) - 1):
        line = order[unfinished, rank]
        reach = _farthest_corner(cells, sites, unfinished)
        # Lines come nearest first: one beyond every corner ends the cutting.
        cutting = offsets[unfinished, line] < reach
        unfinished, line = unfinished[cutting], line[cutting]
        if len(unfinished) == 0:
            break
        beyond = _beyond_line(
            cells, sites, unfinished, normals[unfinished, line], offsets[unfinished, line]
        )
        crossed = (beyond > 0).any(axis=1)
        cells = _cut(cells, unfinished[crossed], beyond[crossed], line[crossed])
    return cells


def _dividing_lines(sites: Floats, weights: Floats) -> tuple[Floats, Ints, Floats]:
    """How far from each site the line towards each other lies, and which way."""
    apart = sites[None] - sites[:, None]
    gaps = np.linalg.norm(apart, axis=2)
    np.fill_diagonal(gaps, 1.0)
    offsets = (gaps**2 + weights[:, None] - weights[None]) / (2 * gaps)
    np.fill_diagonal(offsets, np.inf)
    order = np.argsort(offsets, axis=1, kind="stable")
    return offsets, order, apart / gaps[:, :, None]


def _boxes(count: int, outline: BaseGeometry) -> _Convex:
    west, south, east, north = outline.bounds
    room = 0.1 * (east - west + north - south)
    west, south, east, north = west - room, south - room, east + room, north + room
    box = np.array([[west, south], [east, south], [east, north], [west, north]])
    corners = np.zeros((count, 8, 2))
    corners[:, :4] = box
    edges = np.full((count, 8), NO_SITE)
    return _Convex(corners, edges, np.full(count, 4))


def _in_use(cells: _Convex, which: Ints) -> NDArray[np.bool_]:
    return np.arange(cells.edges.shape[1]) < cells.sizes[which, None]


def _farthest_corner(cells: _Convex, sites: Floats, which: Ints) -> Floats:
    distances = np.linalg.norm(cells.corners[which] - sites[which, None], axis=2)
    return np.where(_in_use(cells, which), distances, -np.inf).max(axis=1)


def _beyond_line(
    cells: _Convex, sites: Floats, which: Ints, normals: Floats, offsets: Floats
) -> Floats:
    """How far each corner lies beyond its cell's line (negative: this side of it)."""
    from_site = cells.corners[which] - sites[which, None]
    beyond = np.einsum("nvx,nx->nv", from_site, normals) - offsets[:, None]
    return np.where(_in_use(cells, which), beyond, -np.inf)


def _cut(cells: _Convex, which: Ints, beyond: Floats, other: Ints) -> _Convex:
    """Cut these cells by their lines, and label the new edges with the other site."""
    if len(which) == 0:
        return cells
    corners, edges, sizes = cells.corners[which], cells.edges[which], cells.sizes[which]
    following = (np.arange(corners.shape[1]) + 1) % np.maximum(sizes, 1)[:, None]
    ahead = np.take_along_axis(beyond, following, axis=1)
    used = _in_use(cells, which)
    stays = used & (beyond <= 0)
    crosses = used & ((beyond <= 0) != (ahead <= 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        along = np.where(crosses, beyond / (beyond - ahead), 0.0)
    next_corners = np.take_along_axis(corners, following[:, :, None], axis=1)
    crossings = corners + along[:, :, None] * (next_corners - corners)
    crossing_edges = np.where(beyond <= 0, other[:, None], edges)
    return _packed(
        cells,
        which,
        np.stack([corners, crossings], axis=2).reshape(len(which), -1, 2),
        np.stack([edges, crossing_edges], axis=2).reshape(len(which), -1),
        np.stack([stays, crosses], axis=2).reshape(len(which), -1),
    )


def _packed(
    cells: _Convex, which: Ints, corners: Floats, edges: Ints, kept: NDArray[np.bool_]
) -> _Convex:
    """Put the corners that are kept first, in their order, back among the cells."""
    sizes = kept.sum(axis=1)
    room = max(cells.edges.shape[1], int(sizes.max()))
    order = np.argsort(~kept, axis=1, kind="stable")[:, :room]
    grown = room - cells.edges.shape[1]
    all_corners = np.pad(cells.corners, ((0, 0), (0, grown), (0, 0)))
    all_edges = np.pad(cells.edges, ((0, 0), (0, grown)), constant_values=NO_SITE)
    all_sizes = cells.sizes.copy()
    all_corners[which] = np.take_along_axis(corners, order[:, :, None], axis=1)
    all_edges[which] = np.take_along_axis(edges, order, axis=1)
    all_sizes[which] = sizes
    return _Convex(all_corners, all_edges, all_sizes)


def _as_polygons(cells: _Convex) -> NDArray[Any]:
    """Turn the corner arrays into polygons; a cell cut to nothing is empty."""
    polygons = np.full(len(cells.sizes), shapely.Polygon(), dtype=object)
    real = np.flatnonzero(cells.sizes >= 3)
    if len(real):
        coordinates = cells.corners[real][_in_use(cells, real)]
        rings = shapely.linearrings(
            coordinates, indices=np.repeat(np.arange(len(real)), cells.sizes[real])
        )
        polygons[real] = shapely.polygons(rings)
    return polygons


def _edges_within(
    cells: _Convex, whole: NDArray[np.bool_], outline: BaseGeometry
) -> tuple[Ints, Ints, Floats]:
    """Measure, within the outline, every edge between two sites."""
    everyone = np.arange(len(cells.sizes))
    following = (np.arange(cells.edges.shape[1]) + 1) % np.maximum(cells.sizes, 1)[:, None]
    ends = np.take_along_axis(cells.corners, following[:, :, None], axis=1)
    # Every edge is met twice, once from either side: measure it once.
    between = _in_use(cells, everyone) & (cells.edges > everyone[:, None])
    a, place = np.nonzero(between)
    segments = np.stack([cells.corners[a, place], ends[a, place]], axis=1)
    lengths = np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1)
    lines = shapely.linestrings(segments)
    doubtful = ~whole[a]
    doubtful[doubtful] = ~shapely.contains(outline, lines[doubtful])
    lengths[doubtful] = shapely.length(shapely.intersection(lines[doubtful], outline))
    return a, cells.edges[a, place], lengths
