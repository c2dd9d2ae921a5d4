"""Reading GeoJSON that may be damaged or hostile, one feature at a time."""

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from waywarden.fabric.tables.problems import UnreadableTable

MOST_BYTES = 100_000_000
MOST_ARRAYS = 5_000_000
MOST_POINTS = 1_000_000
MOST_POINTS_IN_A_SHAPE = 250_000
BLANK = re.compile(r"[ \t\r\n]*")
SMALLER = (
    "Take the generalised boundaries (BGC) of the open geography portal, "
    "or cut the file to your county."
)
WHAT_TO_SEND = "Send boundaries exported as GeoJSON, in longitude and latitude."


class Flawed(ValueError):
    """A shape that cannot be used; the message completes "this shape …"."""


@dataclass(frozen=True)
class Feature:
    """One feature of a file: where it stands, its properties, its geometry as it was written."""

    number: int
    properties: dict[str, Any]
    geometry: Any
    share_read: float


class GeoJson:
    """A file of features. What stands beside them is in ``members`` once they are read."""

    def __init__(self, content: bytes, to_send: str = WHAT_TO_SEND) -> None:
        self._to_send = to_send
        self._text = _decoded(content, to_send)
        self._decoder = json.JSONDecoder()
        self.members: dict[str, Any] = {}

    def features(self) -> Iterator[Feature]:
        """Yield the features in turn. Raises ``UnreadableTable`` for what is no collection."""
        number = 0
        for name, value, at in self._members():
            if name is not None:
                self.members[name] = value
                continue
            number += 1
            yield _feature(number, value, at / len(self._text), self._to_send)
        if self.members.get("type") != "FeatureCollection":
            kind = str(self.members.get("type"))[:40]
            raise UnreadableTable(
                f"This file is not a FeatureCollection but {kind}. {self._to_send}"
            )
        if not number:
            raise UnreadableTable(f"There are no shapes in this file. {self._to_send}")

    def _members(self) -> Iterator[tuple[str | None, Any, int]]:
        """Yield the members of the outermost object; the features singly and without a name."""
        at = self._past("{", 0)
        if self._next(at) == "}":
            return
        while True:
            name, at = self._value(at)
            at = self._past(":", at)
            if name == "features" and self._next(at) == "[":
                at = yield from self._elements(at)
            else:
                value, at = self._value(at)
                yield str(name), value, at
            if self._next(at) == "}":
                return
            at = self._past(",", at)

    def _elements(self, at: int) -> Generator[tuple[None, Any, int], None, int]:
        """Yield each feature of the list at a point; return the point behind it."""
        at = self._past("[", at)
        if self._next(at) == "]":
            return self._past("]", at)
        while True:
            value, at = self._value(at)
            yield None, value, at
            if self._next(at) == "]":
                return self._past("]", at)
            at = self._past(",", at)

    def _value(self, at: int) -> tuple[Any, int]:
        start = BLANK.match(self._text, at).end()  # type: ignore[union-attr]
        try:
            return self._decoder.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            raise self._unreadable(error.pos) from None
        except RecursionError:
            raise UnreadableTable(
                f"This file is nested far deeper than any map. {self._to_send}"
            ) from None
        except ValueError:
            raise self._unreadable(start) from None

    def _next(self, at: int) -> str:
        start = BLANK.match(self._text, at).end()  # type: ignore[union-attr]
        return self._text[start : start + 1]

    def _past(self, mark: str, at: int) -> int:
        start = BLANK.match(self._text, at).end()  # type: ignore[union-attr]
        if self._text[start : start + 1] != mark:
            raise self._unreadable(start)
        return start + 1

    def _unreadable(self, at: int) -> UnreadableTable:
        line = self._text.count("\n", 0, at) + 1
        where = "breaks off" if at >= len(self._text.rstrip()) else "cannot be read"
        return UnreadableTable(f"This is not whole GeoJSON: line {line:,} {where}. {self._to_send}")


def content_of(file: Path) -> bytes:
    """Return the bytes of a file, having refused one too large to read safely."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableTable(
                f"This file has {size / 1_000_000:,.0f} MB; "
                f"{MOST_BYTES // 1_000_000} MB can be read. {SMALLER}"
            )
        return file.read_bytes()
    except OSError as error:
        raise UnreadableTable(f"The file {file} may not be read: {error.strerror}.") from None


def _decoded(content: bytes, to_send: str) -> str:
    if content.startswith(b"PK"):
        raise UnreadableTable(
            "This is a zip file or a workbook. Unpack it, and load the .geojson in it."
        )
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise UnreadableTable(f"This is not GeoJSON. {to_send}")
    # Every point is an array, so this bounds the memory before anything is read.
    if content.count(b"[") > MOST_ARRAYS:
        raise UnreadableTable(f"This file has more than {MOST_ARRAYS:,} points. {SMALLER}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableTable(f"The letters of this file are not UTF-8. {to_send}") from None


def _feature(number: int, value: Any, share: float, to_send: str) -> Feature:
    if not isinstance(value, dict):
        raise UnreadableTable(f"Shape {number:,} of this file is not a feature. {to_send}")
    properties = value.get("properties")
    return Feature(
        number, properties if isinstance(properties, dict) else {}, value.get("geometry"), share
    )


# Shapes.


@dataclass(frozen=True)
class Drawn:
    """A shape that can be used, how many points it had, and how it had to be mended."""

    shape: BaseGeometry
    points: int
    mended: str = ""


def drawn(geometry: Any) -> Drawn:
    """Return a geometry as a valid polygon or several, mended where need be. Raises ``Flawed``."""
    polygons = [[_ring(ring) for ring in rings] for rings in _polygons(geometry)]
    points = sum(len(ring) for rings in polygons for ring in rings)
    if points > MOST_POINTS_IN_A_SHAPE:
        raise Flawed(f"has {points:,} points; {MOST_POINTS_IN_A_SHAPE:,} can be read. {SMALLER}")
    is_closed = all((ring[0] == ring[-1]).all() for rings in polygons for ring in rings)
    whole = MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons])
    shape = whole if whole.is_valid else _only_areas(shapely.make_valid(whole))
    if shape.is_empty or not shape.area:
        raise Flawed("encloses nothing.")
    ways = [] if is_closed else ["it was not closed"]
    ways += [] if whole.is_valid else ["it crossed itself"]
    return Drawn(shape, points, " and ".join(ways))


def box_of(geometry: Any) -> tuple[float, float, float, float] | None:
    """Return the bounding box of a geometry nobody vouches for, or ``None`` if it has none."""
    try:
        points = np.concatenate([_ring(rings[0]) for rings in _polygons(geometry)])
    except Flawed:
        return None
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _polygons(geometry: Any) -> list[list[Any]]:
    """Return the polygons of a geometry, each a list of rings."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Flawed(f"is no area: its geometry is {str(kind)[:40]}.")
    written = geometry.get("coordinates")
    polygons = [written] if kind == "Polygon" else written
    if not isinstance(polygons, list) or not polygons:
        raise Flawed("has no coordinates.")
    if not all(isinstance(rings, list) and rings for rings in polygons):
        raise Flawed("has a part without coordinates.")
    return polygons


def _ring(points: Any) -> np.ndarray:
    try:
        ring = np.array([(point[0], point[1]) for point in points], dtype=float)
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise Flawed("has a point that is not a pair of numbers.") from None
    if len(ring) < 3:
        raise Flawed("has a ring of fewer than three points.")
    if not np.isfinite(ring).all():
        raise Flawed("has a point that is not a number.")
    return ring


def _only_areas(shape: BaseGeometry) -> BaseGeometry:
    """Leave out the lines and points that mending a shape may leave behind."""
    parts = [
        part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"
    ]
    return shapely.union_all(parts) if parts else Polygon()
