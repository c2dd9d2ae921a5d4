"""Signs on a map, numbered discs and diamonds, and the bowed lines between them. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from xml.sax.saxutils import escape

from waywarden.fabric.maps import lettering
from waywarden.fabric.maps.lettering import Box

INK = "#14262b"
DISC, DIAMOND = "disc", "diamond"

# How far a line stands out from the straight way, as a part of its length.
BOW = 0.16
# The live map draws a bowed line in so many straight pieces.
PIECES = 8
# Between the tip of an arrow and what it points at, in pixels.
CLEAR = 2.5

ARROW = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6.5" markerHeight="6.5"'
    f' orient="auto"><path d="M0 0 8 4 0 8Z" fill="{INK}"/></marker>'
)


@dataclass(frozen=True)
class Sign:
    """A mark at a place: a black disc with words in it, such as a number, or a white diamond."""

    kind: str
    lon: float
    lat: float
    words: str = ""
    #: Where a click on the live map leads, and what pointing at it says.
    address: str = ""
    said: str = ""


@dataclass(frozen=True)
class Line:
    """A thin bowed line from one place to another, in longitude and latitude."""

    start: tuple[float, float]
    end: tuple[float, float]


class Paper(Protocol):
    """What must be known of the sheet: how large its signs are."""

    @property
    def disc(self) -> float: ...
    @property
    def diamond(self) -> float: ...
    @property
    def line(self) -> float: ...
    @property
    def has_arrows(self) -> bool: ...


class Placing(Protocol):
    """What turns longitude and latitude into places on a sheet."""

    def place(self, lon: float, lat: float) -> tuple[float, float]: ...


class Placed(NamedTuple):
    """A sign where it falls on the sheet."""

    kind: str
    words: str
    x: float
    y: float
    half: float

    @property
    def box(self) -> Box:
        """The room it takes."""
        return lettering.around(self.x, self.y, self.half)


def half(kind: str, sheet: Paper) -> float:
    """Return half the width of a sign on a sheet."""
    return sheet.disc if kind == DISC else sheet.diamond


def placed(signs: Sequence[Sign], frame: Placing, sheet: Paper) -> list[Placed]:
    """Put each sign on the sheet, diamonds first so that a disc is never covered."""
    ordered = sorted(signs, key=lambda sign: sign.kind == DISC)
    return [
        Placed(one.kind, one.words, *frame.place(one.lon, one.lat), half(one.kind, sheet))
        for one in ordered
    ]


def write(signs: Sequence[Placed]) -> str:
    """Return the signs as SVG."""
    diamonds = "".join(_diamond(sign) for sign in signs if sign.kind == DIAMOND)
    discs = [sign for sign in signs if sign.kind == DISC]
    circles = "".join(f'<circle cx="{s.x:.1f}" cy="{s.y:.1f}" r="{s.half:g}"/>' for s in discs)
    letters = max((sign.half for sign in discs), default=0) * 1.25
    words = "".join(
        f'<text x="{s.x:.1f}" y="{s.y + letters * 0.36:.1f}">{escape(s.words)}</text>'
        for s in discs
    )
    edge = f'fill="#fff" stroke="{INK}" stroke-width="1.3"'
    text = f'font-size="{letters:g}" font-weight="700" fill="#fff" text-anchor="middle"'
    return (
        (f"<g {edge}>{diamonds}</g>" if diamonds else "")
        + (f'<g fill="{INK}" stroke="#fff" stroke-width=".8">{circles}</g>' if circles else "")
        + (f"<g {text}>{words}</g>" if words else "")
    )


def _diamond(sign: Placed) -> str:
    h = f"{sign.half:g}"
    top = f"M{sign.x:.1f} {sign.y - sign.half:.1f}"
    return f'<path d="{top}l{h} {h}-{h} {h}-{h}-{h}z"/>'


def write_lines(lines: Sequence[Line], signs: Sequence[Sign], frame: Placing, sheet: Paper) -> str:
    """Return the lines as SVG; with arrows they end short of what they point at."""
    if not lines:
        return ""
    kinds = {(sign.lon, sign.lat): sign.kind for sign in signs}
    paths = []
    for line in lines:
        at = half(kinds[line.end], sheet) if line.end in kinds else lettering.DISC
        paths.append(_bow(line, frame, (at + CLEAR) if sheet.has_arrows else 0.0))
    tip = ' marker-end="url(#tip)"' if sheet.has_arrows else ""
    drawn = "".join(f'<path d="{path}"{tip}/>' for path in paths)
    see = "" if sheet.has_arrows else ' stroke-opacity=".6"'
    return f'<g fill="none" stroke="{INK}" stroke-width="{sheet.line:g}"{see}>{drawn}</g>'


def _bow(line: Line, frame: Placing, short: float) -> str:
    """Write one line as a curve told from its start, ended so many pixels early."""
    x, y = frame.place(*line.start)
    bend_x, bend_y = frame.place(*_bend(line))
    end_x, end_y = frame.place(*line.end)
    way = math.hypot(end_x - bend_x, end_y - bend_y)
    back = min(short / way, 0.9) if way else 0.0
    end_x, end_y = end_x + (bend_x - end_x) * back, end_y + (bend_y - end_y) * back
    steps = (bend_x - x, bend_y - y, end_x - x, end_y - y)
    return f"M{x:.1f} {y:.1f}q" + " ".join(f"{step:.1f}" for step in steps)


def _bend(line: Line) -> tuple[float, float]:
    """Return the point a line leans towards, to the left of the way there as seen on the map."""
    (lon, lat), (to_lon, to_lat) = line.start, line.end
    stretch = math.cos(math.radians((lat + to_lat) / 2))
    east, north = (to_lon - lon) * stretch, to_lat - lat
    middle_lon, middle_lat = (lon + to_lon) / 2, (lat + to_lat) / 2
    return middle_lon - north * BOW / stretch, middle_lat + east * BOW


def bowed(line: Line) -> list[tuple[float, float]]:
    """Return a line as straight pieces, for a map that draws no curves.

    >>> bowed(Line((0.0, 0.0), (2.0, 0.0)))[:: PIECES // 2]
    [(0.0, 0.0), (1.0, 0.16), (2.0, 0.0)]
    """
    bend = _bend(line)
    points = []
    for step in range(PIECES + 1):
        t = step / PIECES
        near, far, end = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append(
            (
                near * line.start[0] + far * bend[0] + end * line.end[0],
                near * line.start[1] + far * bend[1] + end * line.end[1],
            )
        )
    return points
