"""Assets drawn on a map: GeoJSON features whose properties are the cells of a table.

Only properties become cells. A geometry is looked at for whether it can be
where it says, so that a file in another grid, or one with a point that is no
number, is refused and not taken for what it is not.
"""

import json
import math
from typing import Any

from waywarden.county.official.geojson import Feature, GeoJson
from waywarden.fabric.tables.problems import Problem, UnreadableTable
from waywarden.fabric.tables.reading import Row, Sheet, key_of

MOST_FEATURES = 5_000
MOST_DEPTH = 6
LONGEST_CELL = 1_000
WHAT_TO_SEND = "Send what was counted exported as GeoJSON, in longitude and latitude."
#: What a file may call longitude and latitude; anything else is another grid.
LONGITUDE_AND_LATITUDE = ("CRS84", "4326", "WGS84", "WGS 84")


def sheet_of_features(content: bytes) -> Sheet | None:
    """Return features as a table, a row each; nothing where a file is no GeoJSON."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    file = GeoJson(content, WHAT_TO_SEND)
    rows, problems = [], []
    for feature in file.features():
        if feature.number > MOST_FEATURES:
            raise UnreadableTable(
                f"This file has more than {MOST_FEATURES:,} features. Send it in smaller parts."
            )
        rows.append(_row(feature))
        problems += _wrong(feature)
    _refuse_other_grid(file.members.get("crs"))
    headings = tuple(dict.fromkeys(key for row in rows for key in row.cells))
    return Sheet(headings, tuple(rows), tuple(problems))


def _row(feature: Feature) -> Row:
    cells = {key_of(str(name)[:100]): _cell(value) for name, value in feature.properties.items()}
    return Row(feature.number, {key: cell for key, cell in cells.items() if key})


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".") if math.isfinite(value) else str(value)
    text = value if isinstance(value, str) else json.dumps(value)
    return text.strip()[:LONGEST_CELL]


def _wrong(feature: Feature) -> list[Problem]:
    """Say what is wrong with where a feature is; one that is nowhere may still be counted."""
    geometry = feature.geometry
    if geometry is None:
        return []
    written = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if _is_on_earth(written, 0):
        return []
    sentence = (
        "It is not drawn in longitude and latitude, or has a point that is not a number. "
        "Export it again as GeoJSON (WGS 84)."
    )
    return [Problem(feature.number, "geometry", sentence)]


def _is_on_earth(written: Any, depth: int) -> bool:
    """Whether every point of some coordinates is a longitude and a latitude."""
    if not isinstance(written, list) or not written or depth > MOST_DEPTH:
        return False
    if all(isinstance(part, list) for part in written):
        return all(_is_on_earth(part, depth + 1) for part in written)
    if len(written) < 2 or not all(_is_number(part) for part in written):
        return False
    return abs(written[0]) <= 180 and abs(written[1]) <= 90


def _is_number(value: Any) -> bool:
    is_one = isinstance(value, int | float) and not isinstance(value, bool)
    # A whole number may be too large to be asked whether it is finite.
    return is_one and abs(value) < 10**9 and math.isfinite(value)


def _refuse_other_grid(crs: Any) -> None:
    """Refuse a file that says its points are in another grid than ours."""
    said = json.dumps(crs)
    if crs is not None and not any(name in said for name in LONGITUDE_AND_LATITUDE):
        raise UnreadableTable(
            "This file says it is drawn in another grid than longitude and latitude. Export it "
            "again as GeoJSON (WGS 84)."
        )
