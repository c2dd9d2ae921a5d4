"""What each map of the register draws: shapes with their fills, lines over them, names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import shapely
from shapely.geometry import mapping, shape

from waywarden.arrangements.register import classes
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area, Boundary
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.data.names import short_name
from waywarden.fabric.maps import drawing, tinting
from waywarden.fabric.maps.drawing import Label, Outline, Shape
from waywarden.fabric.maps.drawn import Drawing

# A district with fewer parishes than this is too small on the map to write its name on.
FEW_PLACES = 10


@dataclass(frozen=True)
class Ground:
    """A county's places and their shapes on a day, or one district's to look at more closely."""

    county: Area
    on: date
    district: Area | None = None

    @cached_property
    def places(self) -> list[Area]:
        return places.places_of(self.county, on=self.on)

    @cached_property
    def boundaries(self) -> list[Boundary]:
        return places.boundaries_of(self.places, on=self.on)

    @cached_property
    def districts(self) -> list[Area]:
        return places.districts_of(self.county, on=self.on)

    @property
    def is_approximate(self) -> bool:
        return any(boundary.boundary_set.is_approximate for boundary in self.boundaries)

    @property
    def undrawn(self) -> list[str]:
        """The names of places whose shape is not held."""
        drawn = {boundary.area_id for boundary in self.boundaries}
        return [area.name for area in self.places if area.pk not in drawn]

    @property
    def has_unparished(self) -> bool:
        return any(b.area.kind == Area.Kind.UNPARISHED for b in self.boundaries)

    @property
    def bounds(self) -> tuple[float, float, float, float] | tuple[()]:
        """West, south, east and north of the district looked at; empty for all of the county."""
        near = [
            b for b in self.boundaries if self.district and b.area.within_id == self.district.pk
        ]
        if not near:
            return ()
        west, south = min(b.min_lon for b in near), min(b.min_lat for b in near)
        return west, south, max(b.max_lon for b in near), max(b.max_lat for b in near)

    def scale(self, service: Service) -> classes.Scale | None:
        """Sort the amounts of a service in these places into classes."""
        held = catalogue.current_quantities([b.area for b in self.boundaries], [service])
        return classes.scale_of({area_id: quantity for (area_id, _), quantity in held.items()})

    def about(self, shapes: Sequence[Shape]) -> list[Shape]:
        """Return the shapes of the district looked at."""
        pairs = zip(self.boundaries, shapes, strict=True)
        return [s for b, s in pairs if self.district and b.area.within_id == self.district.pk]


def districts_drawing(ground: Ground) -> Drawing | None:
    """Draw a county with its districts in tints that differ from their neighbours'."""
    if not ground.boundaries:
        return None
    fills = _tints(ground)
    shapes = [_shape(b, fills.get(b.area.within_id or 0, "map-1")) for b in ground.boundaries]
    names = [*_district_labels(ground), *_town_labels(ground)]
    title = f"Districts of {ground.county.name}"
    return Drawing(title, shapes, _outlines(ground), names, ground.about(shapes))


def amounts_drawing(ground: Ground, service: Service) -> Drawing | None:
    """Draw how much of a service each place of a county has."""
    scale = ground.scale(service)
    if scale is None:
        return None
    shapes = [_shape(b, *scale.of(b.area)) for b in ground.boundaries]
    title = f"{service.name} in {ground.county.name}"
    about = ground.about(shapes)
    return Drawing(title, shapes, _outlines(ground), _town_labels(ground), about)


def place_drawing(area: Area, *, on: date) -> Drawing | None:
    """Draw a place in yellow among its neighbours."""
    own = places.boundaries_of([area], on=on)
    if not own:
        return None
    next_to = {neighbour.pk for neighbour in places.neighbouring_places(area)} | {area.pk}
    around = places.boundaries_around(own[0], on=on)
    shapes = [_shape(b, "you" if b.area_id == area.pk else "stone") for b in around]
    about = [s for b, s in zip(around, shapes, strict=True) if b.area_id in next_to]
    labels = [_label(b, rank=0 if b.area_id == area.pk else 4, has_disc=False) for b in around]
    return Drawing(f"{area.name} and the places next to it", shapes, (), labels, about)


def _shape(boundary: Boundary, fill: str, said: str = "") -> Shape:
    area = boundary.area
    unparished = area.kind == Area.Kind.UNPARISHED and fill.startswith("map-")
    return Shape(
        key=area.key,
        name=area.name,
        polygons=drawing.polygons_of(boundary.geometry),
        fill=classes.UNPARISHED if unparished else fill,
        address=area.get_absolute_url(),
        said=f"{area.name}: {said}" if said else area.name,
    )


def _tints(ground: Ground) -> dict[int, str]:
    """Return a tint for each district, by its primary key, so that neighbours differ."""
    next_to = places.districts_that_touch(ground.county, on=ground.on)
    lonely = [pk for pk, others in next_to.items() if not others]
    for pk in lonely:
        # Districts modelled apart have no recorded neighbours: keep them from all the others.
        for other in next_to.keys() - {pk}:
            next_to[pk].add(other)
            next_to[other].add(pk)
    named = {str(pk): [str(other) for other in others] for pk, others in next_to.items()}
    return {int(pk): tint for pk, tint in tinting.tints(named).items()}


def _outlines(ground: Ground) -> list[Outline]:
    """Draw each district's outline, from its own boundary or else from its places together."""
    held = {b.area_id: b.geometry for b in places.boundaries_of(ground.districts, on=ground.on)}
    lines = []
    for district in ground.districts:
        geometry = held.get(district.pk) or _together(ground, district)
        if geometry:
            lines.append(Outline(drawing.polygons_of(geometry)))
    return lines


def _together(ground: Ground, district: Area) -> dict | None:
    its = [shape(b.geometry) for b in ground.boundaries if b.area.within_id == district.pk]
    return mapping(shapely.union_all(its, grid_size=1e-6)) if its else None


def _town_labels(ground: Ground) -> list[Label]:
    """Name the towns, the most populous first."""
    shapes = {boundary.area_id: boundary for boundary in ground.boundaries}
    towns = [t for t in places.towns_of(ground.county, on=ground.on) if t.pk in shapes]
    return [_label(shapes[t.pk], rank=rank, has_disc=True) for rank, t in enumerate(towns, 1)]


def _district_labels(ground: Ground) -> list[Label]:
    """Name each district in the middle of its parishes, where it is not too small for a name."""
    names = []
    for district in ground.districts:
        its = [b for b in ground.boundaries if b.area.within_id == district.pk]
        if len(its) > FEW_PLACES:
            lon = sum(b.min_lon + b.max_lon for b in its) / len(its) / 2
            lat = sum(b.min_lat + b.max_lat for b in its) / len(its) / 2
            names.append(Label(district.name, lon, lat, rank=0, has_disc=False))
    return names


def _label(boundary: Boundary, *, rank: int, has_disc: bool) -> Label:
    """Write a place's name at its centre, or in the middle of its shape where none is known."""
    area = boundary.area
    lon, lat = area.longitude, area.latitude
    if lon is None or lat is None:
        lon = (boundary.min_lon + boundary.max_lon) / 2
        lat = (boundary.min_lat + boundary.max_lat) / 2
    return Label(short_name(area.name), lon, lat, rank, has_disc=has_disc)
