"""Still maps as SVG. Pure.

A caller gives shapes in longitude and latitude with the fill each should have;
what a fill looks like, where names go and which give way is settled here, so
that every map of the product reads alike. Colours are those of tokens.css.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from waywarden.fabric.maps import lettering, signs
from waywarden.fabric.maps.signs import Line, Sign

Ring = Sequence[Sequence[float]]
#: The outer ring, then its holes.
Polygon = Sequence[Ring]

INK = "#14262b"
EDGE = "#2f4448"
GROUND = "#e6f1f2"
TYPE = "Arial, 'Liberation Sans', Helvetica, sans-serif"

#: What each fill looks like. "none" is no parish, "unknown" is a figure not known, "alone" a
#: council outside every cluster.
FILLS: Mapping[str, str] = {
    "map-1": "#fbeeb8",
    "map-2": "#b0d6ea",
    "map-3": "#dba57f",
    "map-4": "#9290c4",
    "seq-1": "#ffffff",
    "seq-2": "#c3dfdd",
    "seq-3": "#86bcc2",
    "seq-4": "#3f8b98",
    "seq-5": "#0b4f5c",
    "you": "#ffc83d",
    "alone": "#ffffff",
    "stone": "#e3eae8",
    "far": "#f3f6f5",
    "none": "url(#none)",
    "unknown": "url(#unknown)",
}
TINTS = ("map-1", "map-2", "map-3", "map-4")

# Lines are white between tints, and grey-green where a fill may itself be white.
WHITE_LINES = frozenset((*TINTS, "stone", "you"))

PATTERNS = (
    '<pattern id="none" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<path d="M0 0V6" stroke="#8fa09f" stroke-width="1.6"/></pattern>'
    '<pattern id="unknown" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#fff"/>'
    '<circle cx="3.5" cy="3.5" r="1.1" fill="#6f8084"/></pattern>'
)


@dataclass(frozen=True)
class Shape:
    """One area to fill, in as many pieces as it has."""

    key: str
    name: str
    polygons: Sequence[Polygon]
    fill: str
    #: Where a click on the live map leads, and what pointing at it says.
    address: str = ""
    said: str = ""


@dataclass(frozen=True)
class Outline:
    """A line drawn over the shapes: a district, a county, the parish the map is about."""

    polygons: Sequence[Polygon]
    width: float = 1.4


@dataclass(frozen=True)
class Label:
    """A name to write. The lower the rank, the sooner it is given a place."""

    name: str
    lon: float
    lat: float
    rank: int
    #: A town has a disc beside its name; a district's name stands on its middle.
    has_disc: bool = True
    #: The sign it stands beside, "disc" or "diamond", which then serves for its disc.
    beside: str = ""


@dataclass(frozen=True)
class Sheet:
    """The paper a map is drawn on."""

    width: int
    height: int
    letters: float
    #: Names of a higher rank than this are left out.
    last_rank: int
    margin: int = 14
    #: Half the width of a lead's disc and of a diamond, and how thick their lines are.
    disc: float = 9.5
    diamond: float = 4.2
    line: float = 0.8
    has_arrows: bool = False
    #: How thick the lines between the shapes are.
    seam: float = 0.7


TALL = Sheet(620, 780, letters=14, last_rank=15)
TALL_PHONE = Sheet(340, 428, letters=13, last_rank=6, disc=7.5, diamond=2.8)
WIDE = Sheet(680, 510, letters=14, last_rank=15)
WIDE_PHONE = Sheet(340, 340, letters=13, last_rank=8)
#: For a single cluster, near enough to see who serves whom.
NEAR = Sheet(
    680,
    510,
    letters=15,
    last_rank=15,
    margin=34,
    disc=16,
    diamond=8,
    line=1.5,
    has_arrows=True,
    seam=1.4,
)
NEAR_PHONE = Sheet(
    340,
    340,
    letters=13,
    last_rank=8,
    margin=20,
    disc=12,
    diamond=6,
    line=1.2,
    has_arrows=True,
    seam=1.1,
)


@dataclass(frozen=True)
class Picture:
    """What a page needs to show one map: its addresses and its words."""

    #: "districts", "amounts" or "place".
    kind: str
    wide: str
    phone: str
    shapes: str
    #: The finding, for those who do not see the map.
    alt: str
    #: What the live map is called.
    label: str
    caption: str
    #: West, south, east and north of what the live map first shows; empty for all of it.
    bounds: tuple[float, float, float, float] | tuple[()] = ()
    #: Drawn on a sheet that is wide rather than tall.
    is_wide: bool = False
    #: Where a tap on the live map asks which place was meant; empty to go straight to it.
    at: str = ""
    #: The field of the page's form that a tap on a shape ticks, by its key; empty where a tap leads
    #: to a page.
    picks: str = ""


@dataclass(frozen=True)
class Frame:
    """Turns longitude and latitude into places on a sheet."""

    west: float
    north: float
    stretch: float
    scale: float
    left: float
    top: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point falls on the sheet."""
        x = self.left + (lon - self.west) * self.stretch * self.scale
        y = self.top + (self.north - lat) * self.scale
        return x, y


def polygons_of(geometry: Mapping[str, Any]) -> Sequence[Polygon]:
    """Return the polygons of a GeoJSON geometry, whether it is in one piece or several."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["coordinates"]
    raise ValueError(f"A boundary is a Polygon or a MultiPolygon, not a {geometry['type']}.")


def middle(polygons: Sequence[Polygon]) -> tuple[float, float]:
    """Return where to write a name on an area: the centre of weight of its largest piece."""
    pieces = [_weighed(polygon[0]) for polygon in polygons]
    _, lon, lat = max(pieces)
    return lon, lat


def _weighed(ring: Ring) -> tuple[float, float, float]:
    """Return twice the area of a ring and its centre of weight, told from its first point."""
    at_lon, at_lat = ring[0][0], ring[0][1]
    steps = [(point[0] - at_lon, point[1] - at_lat) for point in ring]
    crosses = [(ax * by - bx * ay, ax + bx, ay + by) for (ax, ay), (bx, by) in pairwise(steps)]
    area = sum(cross for cross, _, _ in crosses)
    if area == 0:
        return 0.0, at_lon, at_lat
    lon = sum(cross * x for cross, x, _ in crosses) / (3 * area)
    lat = sum(cross * y for cross, _, y in crosses) / (3 * area)
    return abs(area), at_lon + lon, at_lat + lat


def bounds_of(shapes: Iterable[Shape]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of some shapes."""
    points = [
        point
        for shape in shapes
        for polygon in shape.polygons
        for ring in polygon
        for point in ring
    ]
    if not points:
        raise ValueError("A map needs at least one shape with a point in it.")
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def frame_for(bounds: tuple[float, float, float, float], sheet: Sheet) -> Frame:
    """Fit an area into the middle of a sheet, as large as its margin allows."""
    west, south, east, north = bounds
    stretch = math.cos(math.radians((south + north) / 2))
    width, height = max((east - west) * stretch, 1e-9), max(north - south, 1e-9)
    room = sheet.width - 2 * sheet.margin, sheet.height - 2 * sheet.margin
    scale = min(room[0] / width, room[1] / height)
    left, top = (sheet.width - width * scale) / 2, (sheet.height - height * scale) / 2
    return Frame(west, north, stretch, scale, left, top)


def draw(
    shapes: Sequence[Shape],
    *,
    title: str,
    sheet: Sheet,
    outlines: Sequence[Outline] = (),
    labels: Sequence[Label] = (),
    about: Sequence[Shape] = (),
    lines: Sequence[Line] = (),
    marks: Sequence[Sign] = (),
) -> str:
    """Return a whole SVG: the shapes, the lines and signs over them and the names that fit.

    The map is framed on ``about`` where that is given, as a place map is on a
    parish and its neighbours, else on all the shapes.
    """
    frame = frame_for(bounds_of(about or shapes), sheet)
    filled = [_layer(fill, shapes, frame, sheet) for fill in FILLS]
    edges = [_outline(outline, frame, sheet) for outline in outlines]
    names = _placed([label for label in labels if label.rank <= sheet.last_rank], frame, sheet)
    placed = signs.placed(marks, frame, sheet)
    arrow = signs.ARROW if lines and sheet.has_arrows else ""
    size = f'viewBox="0 0 {sheet.width} {sheet.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"'
        f' aria-label={quoteattr(title)} font-family="{TYPE}">'
        f"<title>{escape(title)}</title><defs>{PATTERNS}{arrow}</defs>"
        f'<rect width="{sheet.width}" height="{sheet.height}" fill="{GROUND}"/>'
        f"{''.join(filled)}{''.join(edges)}{signs.write_lines(lines, marks, frame, sheet)}"
        f"{signs.write(placed)}{lettering.write(names, sheet, [one.box for one in placed])}</svg>"
    )


def _layer(fill: str, shapes: Sequence[Shape], frame: Frame, sheet: Sheet) -> str:
    """Return every shape of one fill as one group, which keeps the file small."""
    paths = [_path(shape.polygons, frame, sheet) for shape in shapes if shape.fill == fill]
    drawn = "".join(f'<path d="{path}"/>' for path in paths if path)
    line = "#fff" if fill in WHITE_LINES else "#b5cccf"
    seam = f"{sheet.seam:g}".removeprefix("0")
    style = f'fill="{FILLS[fill]}" fill-rule="evenodd" stroke="{line}" stroke-width="{seam}"'
    return f"<g {style}>{drawn}</g>" if drawn else ""


def _outline(outline: Outline, frame: Frame, sheet: Sheet) -> str:
    path = _path(outline.polygons, frame, sheet)
    style = f'fill="none" stroke="{EDGE}" stroke-width="{outline.width:g}" stroke-linejoin="round"'
    return f'<path d="{path}" {style}/>' if path else ""


def _path(polygons: Sequence[Polygon], frame: Frame, sheet: Sheet) -> str:
    return "".join(_ring(ring, frame, sheet) for polygon in polygons for ring in polygon)


def _ring(ring: Ring, frame: Frame, sheet: Sheet) -> str:
    """Write a ring in tenths of a pixel, each step told from the last: short, and it packs well."""
    points = [frame.place(point[0], point[1]) for point in ring]
    if not _is_seen(points, sheet):
        return ""
    tenths = _thinned([(round(x * 10), round(y * 10)) for x, y in points])
    if len(tenths) < 3:
        return ""
    (x, y), *rest = tenths
    steps = [f"M{_tenth(x)} {_tenth(y)}l"]
    for to_x, to_y in rest:
        steps.append(f"{_tenth(to_x - x)} {_tenth(to_y - y)} ")
        x, y = to_x, to_y
    return "".join(steps).rstrip() + "z"


def _is_seen(points: Sequence[tuple[float, float]], sheet: Sheet) -> bool:
    """Whether any part of a ring may fall on the sheet."""
    xs, ys = zip(*points, strict=True)
    return max(xs) >= 0 and min(xs) <= sheet.width and max(ys) >= 0 and min(ys) <= sheet.height


def _thinned(points: list[tuple[int, int]], least: int = 7) -> list[tuple[int, int]]:
    """Leave out points nearer than seven tenths of a pixel to the last one kept."""
    kept = points[:1]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return kept


def _tenth(value: int) -> str:
    whole, part = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def _placed(labels: Sequence[Label], frame: Frame, sheet: Sheet) -> list[lettering.Name]:
    """Put each label where its place falls on the sheet, the first to be written first."""
    ranked = sorted(labels, key=lambda label: (label.rank, label.name))
    return [
        lettering.Name(
            label.name,
            *frame.place(label.lon, label.lat),
            has_disc=label.has_disc,
            beside=signs.half(label.beside, sheet) if label.beside else 0.0,
        )
        for label in ranked
    ]
