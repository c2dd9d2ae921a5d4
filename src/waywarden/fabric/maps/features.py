"""The shapes, lines, signs and names of a map as GeoJSON, for the live map over the still one."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from waywarden.fabric.maps import signs
from waywarden.fabric.maps.drawing import Label, Outline, Polygon, Shape
from waywarden.fabric.maps.signs import Line, Sign


def as_geojson(
    shapes: Sequence[Shape],
    *,
    outlines: Sequence[Outline] = (),
    labels: Sequence[Label] = (),
    lines: Sequence[Line] = (),
    marks: Sequence[Sign] = (),
) -> str:
    """Return a drawing for the live map: one collection, each feature saying what it is."""
    features = [
        *(_shape_feature(shape) for shape in shapes),
        *(
            _feature("MultiPolygon", _rounded(line.polygons), what="outline", width=line.width)
            for line in outlines
        ),
        *(_feature("LineString", _points(signs.bowed(line)), what="line") for line in lines),
        *(_sign_feature(mark) for mark in marks),
        *(_name_feature(label) for label in labels),
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def _shape_feature(shape: Shape) -> dict[str, Any]:
    told = {
        "key": shape.key,
        "name": shape.name,
        "fill": shape.fill,
        "address": shape.address,
        "said": shape.said or shape.name,
    }
    return _feature("MultiPolygon", _rounded(shape.polygons), what="shape", **told)


def _name_feature(label: Label) -> dict[str, Any]:
    told = {"name": label.name, "rank": label.rank, "disc": label.has_disc}
    if label.beside:
        told["beside"] = label.beside
    return _feature("Point", _points([(label.lon, label.lat)])[0], what="name", **told)


def _sign_feature(mark: Sign) -> dict[str, Any]:
    told = {
        "sign": mark.kind,
        "words": mark.words,
        "address": mark.address,
        "said": mark.said,
    }
    return _feature("Point", _points([(mark.lon, mark.lat)])[0], what="sign", **told)


def _feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _rounded(polygons: Sequence[Polygon]) -> list[list[list[tuple[float, float]]]]:
    return [[_points(ring) for ring in polygon] for polygon in polygons]


def _points(points: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
    """Five decimals of a degree are about a metre: more would only be weight."""
    return [(round(point[0], 5), round(point[1], 5)) for point in points]
