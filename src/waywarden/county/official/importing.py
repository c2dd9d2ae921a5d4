"""Taking in official boundaries: a report of what is matched, and a new set from a day on."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from waywarden.county.official.geojson import GeoJson, content_of
from waywarden.county.official.remapping import Matched, Remapper, Remapping, inside
from waywarden.county.official.touching import touching
from waywarden.county.places import actions, queries
from waywarden.county.places.models import Area, AreaCode, Boundary, BoundarySet
from waywarden.county.places.naming import in_quotes, refuse_empty_installation
from waywarden.data.names import plain
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.tables.previews import Preview, counted, listed

Progress = Callable[[str, float], None]

# A tenth of a metre: no boundary is drawn more finely.
FINEST = 1e-6
LICENCE = "As its publisher states; not recorded here"
OFFICIAL_LICENCE = (
    "Open Government Licence v3.0; contains OS data and National Statistics data, Crown copyright"
)
NAMES_KNOWN = ("crs84", "4326", "4258", "27700")


def take_in_boundaries(
    file: Path,
    *,
    on: date,
    by: Actor,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Preview:
    """Take in real shapes of our places, which count from ``on``; all that match, or none.

    Raises ``Refusal`` or ``UnreadableTable`` where the file as a whole cannot be used.
    """
    say = progress or (lambda stage, share: None)
    refuse_empty_installation()
    content = content_of(file)
    fingerprint = hashlib.sha256(content).hexdigest()
    found, title = _read(content, on=on, say=say)
    about = f"{file.name}: {counted(found.shapes_read, 'shape')} read."
    if found.problems:
        return Preview((about,), tuple(found.problems))
    source = f"{in_quotes(title or file.name)[1:-1]}, loaded from {file.name}"
    said = [about, *_on_grid(found)]
    with transaction.atomic():
        for county in queries.counties():
            matched = {pk: one for pk, one in found.matched.items() if _is_in(county, one.area)}
            if matched:
                change = Change(county, matched, found, fingerprint, source, on)
                said += change.make(by=by, today=today, say=say)
        transaction.set_rollback(dry_run)
    return Preview((*said, *(["Nothing was saved: a dry run."] if dry_run else [])))


def _read(content: bytes, *, on: date, say: Progress) -> tuple[Remapping, str]:
    """Return what a file says about our places, and the title it gives itself."""
    document = GeoJson(content)
    remapper = Remapper(on=on)
    for feature in document.features():
        remapper.take(feature)
        say("shapes", 0.6 * feature.share_read)
    _refuse_other_coordinates(document.members.get("crs"))
    return remapper.finish(), str(document.members.get("name") or "")


def _refuse_other_coordinates(crs: Any) -> None:
    """Refuse coordinates a file itself says are neither of the two we can read."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    written = properties.get("name") if isinstance(properties, dict) else None
    name = written if isinstance(written, str) else "not named"
    if not any(known in name.lower() for known in NAMES_KNOWN):
        raise Refusal(
            f"The coordinates of this file are {in_quotes(name)}. Export it in longitude and "
            "latitude (EPSG:4326) or on the British National Grid (EPSG:27700)."
        )


def _on_grid(found: Remapping) -> list[str]:
    if not found.was_on_grid:
        return []
    return [
        "It is drawn on the British National Grid; turned into longitude and latitude, "
        "right to about five metres."
    ]


def _is_in(county: Area, area: Area) -> bool:
    return county.pk in (area.pk, area.county_id)


@dataclass
class Change:
    """A new set of boundaries for one county, and what is to be said of it."""

    county: Area
    matched: dict[int, Matched]
    found: Remapping
    fingerprint: str
    source: str
    on: date

    def make(self, *, by: Actor, today: date, say: Progress) -> list[str]:
        """Record the set, the new codes and the neighbours; return what to say."""
        fingerprint = hashlib.sha256(f"{self.county.key} {self.fingerprint}".encode()).hexdigest()
        held = BoundarySet.objects.filter(fingerprint=fingerprint).first()
        if held:
            since = _day(held.starts_on) if held.starts_on else "the beginning"
            return [
                f"{self.county}: these boundaries are held already, from {since}. Nothing changes."
            ]
        self._refuse_before_a_later_set()
        said = self._report()
        codes = self._new_codes()
        actions.record_codes(of=self.county.subject, codes=codes, by=by, today=today)
        say("boundaries", 0.7)
        shapes = {one.area: _tidied(one.shape) for one in self.matched.values()}
        actions.record_boundaries(
            of=self.county.subject,
            boundary_set=self._set(fingerprint),
            boundaries=[_boundary(area, shape) for area, shape in shapes.items()],
            by=by,
            today=today,
        )
        say("neighbours", 0.8)
        said += self._neighbours(shapes, by=by, today=today)
        return [
            *said,
            f"They count from {_day(self.on)}; the earlier shapes stay for the days before.",
        ]

    def _refuse_before_a_later_set(self) -> None:
        later = Boundary.objects.filter(
            area__in=list(self.matched), boundary_set__is_approximate=False, starts_on__gt=self.on
        )
        if newest := later.order_by("starts_on").last():
            raise Refusal(
                f"Real boundaries that count from {_day(newest.starts_on)} are held already. "
                f"Give a day from then on, such as: --on {newest.starts_on}"
            )

    def _set(self, fingerprint: str) -> BoundarySet:
        return BoundarySet(
            name=f"{self.county}: official boundaries from {_day(self.on)}",
            source=self.source,
            licence=OFFICIAL_LICENCE if self.found.is_official else LICENCE,
            is_approximate=False,
            starts_on=self.on,
            fingerprint=fingerprint,
        )

    def _new_codes(self) -> list[AreaCode]:
        return [
            AreaCode(area=one.area, code=one.code, seen_on=self.on, source=self.source)
            for one in self.matched.values()
            if one.is_new_code
        ]

    def _neighbours(self, shapes: dict[Area, BaseGeometry], *, by: Actor, today: date) -> list[str]:
        """Work out again which places touch, from their real shapes."""
        kinds = (Area.Kind.PARISH, Area.Kind.UNPARISHED)
        places = {area: shape for area, shape in shapes.items() if area.kind in kinds}
        if not places:
            return []
        found = touching(places, source=self.source)
        actions.record_neighbours(
            of=self.county.subject, pairs=found.pairs, among=places, by=by, today=today
        )
        said = [
            f"{counted(len(found.pairs), 'pair')} of neighbours worked out from the real shapes."
        ]
        if found.overlaps:
            said.append(f"Shapes that overlap by a hectare or more: {listed(found.overlaps)}.")
        return said

    # What is said.

    def _report(self) -> list[str]:
        there = queries.places_of(self.county, on=self.on)
        newest = queries.current_codes_of(there)
        mine = [one for one in self.matched.values() if one.area.pk in {area.pk for area in there}]
        earlier = [
            one for one in mine if newest.get(one.area.pk) != one.code and not one.is_new_code
        ]
        lines = [f"{self.county}: {len(mine):,} of {counted(len(there), 'place')} found."]
        said = {
            "Found by an earlier code, so the shape may be older than the place is now": [
                f"{one.area} ({one.code})" for one in earlier
            ],
            "Found under a code new to us, by name and position": [
                f"{one.area} ({one.code}, was {newest.get(one.area.pk, 'without one')})"
                for one in mine
                if one.is_new_code
            ],
            "No shape in the file for": [
                f"{area} ({newest.get(area.pk, area.key)})"
                for area in there
                if area.pk not in self.matched
            ],
            "Named otherwise in the file; matched by code, so check for a new name": [
                f"{one.area} is {in_quotes(one.name)}" for one in mine if self._is_renamed(one)
            ],
            "Mended": [f"{one.area} ({one.mended})" for one in mine if one.mended],
        }
        lines += [f"{what}: {listed(names)}." for what, names in said.items() if names]
        return lines + self._strangers()

    def _is_renamed(self, one: Matched) -> bool:
        known = {plain(one.area.name), *(plain(row.name) for row in one.area.names.all())}
        return bool(one.name) and plain(one.name) not in known

    def _strangers(self) -> list[str]:
        within, around = inside(self.found.strangers, self.county, on=self.on)
        said = []
        if within:
            names = listed([str(one) for one in within])
            said.append(f"Unknown codes within {self.county}, perhaps new parishes: {names}.")
        if around:
            names = listed([str(one) for one in around], most=5)
            said.append(f"Unknown codes around {self.county}, likely of other counties: {names}.")
        return said


def _tidied(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape to a tenth of a metre, its outer rings anticlockwise as GeoJSON wants them."""
    return shapely.orient_polygons(shapely.set_precision(shape, FINEST))


def _boundary(area: Area, shape: BaseGeometry) -> Boundary:
    west, south, east, north = shape.bounds
    geometry = json.loads(json.dumps(mapping(shape)))
    return Boundary(
        area=area, geometry=geometry, min_lon=west, min_lat=south, max_lon=east, max_lat=north
    )


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "a day not known"
