"""Which of our places each shape of a boundary file is: by code, never by name alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shapely import STRtree
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from waywarden.county.official.geojson import (
    MOST_POINTS,
    SMALLER,
    Drawn,
    Feature,
    Flawed,
    box_of,
    drawn,
)
from waywarden.county.official.grid import (
    ENGLAND,
    is_in_degrees,
    is_on_grid,
    shape_in_degrees,
    to_degrees,
)
from waywarden.county.places import queries
from waywarden.county.places.models import Area, AreaCode, AreaName
from waywarden.county.places.naming import in_quotes
from waywarden.data.names import plain
from waywarden.fabric.tables.problems import Problem, UnreadableTable

# The Office for National Statistics changes the year in the name of a column.
CODES = (r"PARNCP\d\dCD", r"PAR\d\dCD", r"GSS_?CODE", r"CODE")
NAMES = (r"PARNCP\d\dNM", r"PAR\d\dNM", r"NAME")
# In degrees; about ten kilometres. A shape that far from its place is another place.
FARTHEST = 0.1


class ShapeProblem(Problem):
    """What is wrong with one shape, by its number in the file."""

    def __str__(self) -> str:
        return f"Shape {self.row_number:,} ({self.column}): {self.sentence}"


@dataclass
class Matched:
    """A shape of the file that is one of our places."""

    area: Area
    number: int
    code: str
    name: str
    shape: BaseGeometry
    mended: str = ""
    is_new_code: bool = False


@dataclass
class Stranger:
    """A shape whose code we do not know, and where it lies."""

    number: int
    code: str
    name: str
    box: tuple[float, float, float, float]
    drawn: Drawn | None = None
    shape: BaseGeometry | None = None

    def __str__(self) -> str:
        return f"{in_quotes(self.name)[1:-1]} ({in_quotes(self.code)[1:-1]})"

    @property
    def middle(self) -> Point:
        west, south, east, north = self.box
        return Point((west + east) / 2, (south + north) / 2)


@dataclass
class Remapping:
    """Everything a boundary file says about our places, before anything is saved."""

    shapes_read: int = 0
    was_on_grid: bool = False
    is_official: bool = False
    matched: dict[int, Matched] = field(default_factory=dict)
    strangers: list[Stranger] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Remapper:
    """Finds our places in a file, shape by shape."""

    def __init__(self, *, on: date) -> None:
        self.areas = {
            area.pk: area for area in Area.objects.as_of(on).select_related("within", "county")
        }
        self.codes = queries.current_codes_of(self.areas.values())
        self.found = Remapping()
        self._by_code: dict[str, set[int]] = defaultdict(set)
        for code, pk in AreaCode.objects.filter(area__in=self.areas).values_list("code", "area"):
            self._by_code[code].add(pk)
        self.names = names_of(self.areas.values())
        self._our_names = {name for names in self.names.values() for name in names}
        self._points = 0
        self._coded = 0

    def take(self, feature: Feature) -> None:
        """Match one shape by its code, or keep it as a stranger."""
        self.found.shapes_read += 1
        code = text_of(feature.properties, CODES).upper()
        name = text_of(feature.properties, NAMES)
        self._coded += bool(code)
        self.found.is_official |= bool(text_of(feature.properties, CODES[:2]))
        known = self._by_code.get(code, set())
        if len(known) > 1:
            known = {pk for pk in known if self.codes.get(pk) == code}
        if len(known) == 1:
            self._match(self.areas[next(iter(known))], feature, code, name)
        elif code:
            self._stranger(feature, code, name)

    def _match(self, area: Area, feature: Feature, code: str, name: str) -> None:
        if area.pk in self.found.matched:
            first = self.found.matched[area.pk].number
            self._wrong(
                feature.number, code, f"shape {first:,} is {area} already. Keep one of the two."
            )
            return
        try:
            made = self._drawn(feature)
        except Flawed as flaw:
            self._wrong(feature.number, code, f"it {flaw}")
            return
        self.found.matched[area.pk] = Matched(
            area, feature.number, code, name, made.shape, made.mended
        )

    def _stranger(self, feature: Feature, code: str, name: str) -> None:
        box = box_of(feature.geometry)
        if box is None:
            return
        stranger = Stranger(feature.number, code, name, box)
        # Only a namesake of one of our places may turn out to be it under a new code.
        if plain(name) in self._our_names:
            with suppress(Flawed):
                stranger.drawn = self._drawn(feature)
                stranger.shape = stranger.drawn.shape
        self.found.strangers.append(stranger)

    def _drawn(self, feature: Feature) -> Drawn:
        made = drawn(feature.geometry)
        self._points += made.points
        if self._points > MOST_POINTS:
            raise UnreadableTable(
                f"The shapes of your places have more than {MOST_POINTS:,} points. {SMALLER}"
            )
        return made

    def _wrong(self, number: int, code: str, sentence: str) -> None:
        self.found.problems.append(ShapeProblem(number, in_quotes(code)[1:-1], sentence))

    def finish(self) -> Remapping:
        """Put all in longitude and latitude; find strangers that are ours under a new code."""
        if not self._coded:
            raise UnreadableTable(
                "No shape in this file has a code. Each needs a property such as PAR25CD or code, "
                "with the code the Office for National Statistics gives it."
            )
        if not self.found.matched and not self.found.problems:
            raise UnreadableTable(
                f"None of the {self.found.shapes_read:,} shapes in this file has the code of a "
                "place we hold. Is it a file of parishes, and is the right county loaded?"
            )
        self._straighten()
        self._adopt()
        for match in self.found.matched.values():
            self._refuse_far(match)
        return self.found

    def _straighten(self) -> None:
        """Turn eastings and northings into longitude and latitude."""
        matched = self.found.matched.values()
        if not matched or all(_is_all(is_in_degrees, match.shape.bounds) for match in matched):
            self._refuse_abroad()
            return
        if not all(_is_all(is_on_grid, match.shape.bounds) for match in matched):
            raise UnreadableTable(
                "The coordinates of this file are neither longitude and latitude nor British "
                "National Grid. Export it again in one of them (EPSG:4326 or EPSG:27700)."
            )
        self.found.was_on_grid = True
        for match in matched:
            match.shape = shape_in_degrees(match.shape)
        for stranger in self.found.strangers:
            (west, south), (east, north) = (
                to_degrees(*stranger.box[:2]),
                to_degrees(*stranger.box[2:]),
            )
            stranger.box = west, south, east, north
            stranger.shape = stranger.shape and shape_in_degrees(stranger.shape)
        self._refuse_abroad()

    def _refuse_abroad(self) -> None:
        west, south, east, north = ENGLAND
        for match in self.found.matched.values():
            x_min, y_min, x_max, y_max = match.shape.bounds
            if west <= x_min and x_max <= east and south <= y_min and y_max <= north:
                return
        if self.found.matched:
            raise UnreadableTable(
                "No shape in this file lies in England. Do its points have latitude first? "
                "GeoJSON has longitude first."
            )

    def _adopt(self) -> None:
        """Take in a stranger that has the name of one of our places and holds its centre."""
        strangers, self.found.strangers = self.found.strangers, []
        for stranger in strangers:
            area = self._namesake(stranger)
            if area is None or stranger.shape is None or stranger.drawn is None:
                self.found.strangers.append(stranger)
                continue
            self.found.matched[area.pk] = Matched(
                area,
                stranger.number,
                stranger.code,
                stranger.name,
                stranger.shape,
                stranger.drawn.mended,
                is_new_code=True,
            )

    def _namesake(self, stranger: Stranger) -> Area | None:
        """Return the place that has a stranger's name, and its centre in the stranger's shape."""
        if stranger.shape is None:
            return None
        for pk, names in self.names.items():
            area = self.areas[pk]
            if pk in self.found.matched or plain(stranger.name) not in names:
                continue
            centre = _centre(area)
            if centre and stranger.shape.covers(centre):
                return area
        return None

    def _refuse_far(self, match: Matched) -> None:
        area, centre = match.area, _centre(match.area)
        away = match.shape.distance(centre) if centre else 0
        if away > FARTHEST:
            self._wrong(
                match.number,
                match.code,
                f"it lies about {away * 90:,.0f} km from where {area} is. Check its code.",
            )


def _centre(area: Area) -> Point | None:
    if area.longitude is None or area.latitude is None:
        return None
    return Point(area.longitude, area.latitude)


def names_of(areas: Iterable[Area]) -> dict[int, set[str]]:
    """Return, by primary key, every name an area has or had, as names are compared."""
    names = {area.pk: {plain(area.name)} for area in areas}
    for row in AreaName.objects.filter(area__in=names):
        names[row.area_id].add(plain(row.name))
    return names


def text_of(properties: Mapping[str, Any], patterns: Iterable[str]) -> str:
    """Return the first property whose name fits one of the patterns; empty when there is none."""
    for pattern in patterns:
        for name, value in properties.items():
            if re.fullmatch(pattern, str(name), re.IGNORECASE) and isinstance(value, str | int):
                return str(value).strip()[:200]
    return ""


def inside(
    strangers: Iterable[Stranger], county: Area, *, on: date
) -> tuple[list[Stranger], list[Stranger]]:
    """Part the strangers that lie in a county's places from those merely in the box around them."""
    held = queries.boundaries_of(queries.places_of(county, on=on), on=on)
    if not held:
        return [], []
    west, south = min(one.min_lon for one in held), min(one.min_lat for one in held)
    east, north = max(one.max_lon for one in held), max(one.max_lat for one in held)
    tree = STRtree([shape(one.geometry) for one in held])
    within: list[Stranger] = []
    around: list[Stranger] = []
    for stranger in strangers:
        middle = stranger.middle
        if west <= middle.x <= east and south <= middle.y <= north:
            (within if len(tree.query(middle, predicate="intersects")) else around).append(stranger)
    return within, around


def _is_all(is_so: Any, bounds: tuple[float, float, float, float]) -> bool:
    return bool(is_so(*bounds[:2]) and is_so(*bounds[2:]))
