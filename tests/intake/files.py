"""Files as an operator gives them, small enough to read in a test."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.cast import SQUARES, Cast, middle, square
from waywarden.county.places.models import AreaCode

#: The newest code of each of the cast's places, and one it had before.
CODES = {
    "wychbourne": "E04000001",
    "coldbrook": "E04000002",
    "little_haye": "E04000003",
    "marl_green": "E04000004",
    "unparished_ward": "E43000005",
}
EARLIER = {"coldbrook": "E04000902"}
HEADINGS = ("place", "service", "amount", "unit", "source", "date")
GOOD = {
    "place": "Coldbrook",
    "service": "Village grass",
    "amount": "1,200.5",
    "unit": "m2",
    "source": "Walked by the clerk",
    "date": "2026-03-01",
}


def give_codes(cast: Cast) -> Cast:
    """Give every place of the cast its codes, and its middle as its centre."""
    for codes, seen_on in ((EARLIER, "2014-05-31"), (CODES, "2025-09-04")):
        for role, code in codes.items():
            area = getattr(cast, role)
            AreaCode.objects.create(area=area, code=code, seen_on=seen_on, source="A list")
    for role in CODES:
        area = getattr(cast, role)
        area.longitude, area.latitude = middle(role)
        area.save()
    return cast


def table(folder: Path, *rows: Mapping[str, str], name: str = "quantities.csv") -> Path:
    """Write rows of quantities as CSV, each a good one but for what is given."""
    headings = list(dict.fromkeys([*HEADINGS, *(key for row in rows for key in row)]))
    full = [GOOD | dict(row) for row in rows]
    lines = [",".join(headings)]
    lines += [",".join(quote(row.get(heading, "")) for heading in headings) for row in full]
    return text(folder, name, "\n".join(lines))


def quote(cell: str) -> str:
    """Write one cell of CSV."""
    return '"' + cell.replace('"', '""') + '"'


def text(folder: Path, name: str, content: str) -> Path:
    """Write a file of text."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def shapes(codes: Mapping[str, str] = CODES) -> list[dict[str, Any]]:
    """Give the cast's places as features, drawn as they are."""
    return [
        feature(code, role.replace("_", " ").capitalize(), square(*SQUARES[role]))
        for role, code in codes.items()
    ]


def feature(code: str, name: str, geometry: Any) -> dict[str, Any]:
    """Give one feature with a code and a name as official files have them."""
    return {
        "type": "Feature",
        "properties": {"PAR25CD": code, "PAR25NM": name},
        "geometry": geometry,
    }


def polygon(*points: Sequence[Any]) -> dict[str, Any]:
    """Give a polygon of one ring."""
    return {"type": "Polygon", "coordinates": [list(points)]}


def boundaries(folder: Path, features: Sequence[Any], **members: Any) -> Path:
    """Write features as GeoJSON."""
    collection = {"type": "FeatureCollection", **members, "features": list(features)}
    return text(folder, "parishes.geojson", json.dumps(collection))
