"""What each map of the register shows: a still drawing, and shapes for the live map over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from waywarden.arrangements.register import classes
from waywarden.arrangements.register.classes import UNPARISHED as NO_PARISH
from waywarden.county.places import drawing, tinting
from waywarden.county.places import queries as places
from waywarden.county.places.drawing import Label, Outline, Picture, Shape, Sheet
from waywarden.county.places.models import Area, Boundary
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service

APPROXIMATE = "Parish shapes are approximate and are not legal boundaries."


# A district with fewer parishes than this is too small on the map to write its name on.
FEW_PLACES = 10


@dataclass(frozen=True)
class Drawing:
    """Everything one map shows, before it is put on a sheet or sent to the live map."""

    title: str
    shapes: Sequence[Shape]
    outlines: Sequence[Outline] = ()
    labels: Sequence[Label] = ()
    about: Sequence[Shape] = ()

    def svg(self, sheet: Sheet) -> str:
        """Return the still drawing."""
        return drawing.draw(
            self.shapes,
            title=self.title,
            sheet=sheet,
            outlines=self.outlines,
            labels=self.labels,
            about=self.about,
        )

    def geojson(self) -> str:
        """Return the same drawing for the live map."""
        return drawing.as_geojson(self.shapes, outlines=self.outlines, labels=self.labels)


@dataclass(frozen=True)
class Map:
    """A picture for a page, with what its fills mean."""

    picture: Picture
    key_title: str
    keys: Sequence[tuple[str, str]]


# The pages' pictures.


def county_map(county: Area, *, service: Service | None, on: date) -> Map | None:
    """Return a county's map: its districts, or how much of a service each place has."""
    boundaries = places.boundaries_of(places.places_of(county, on=on), on=on)
    if not boundaries:
        return None
    is_approximate = any(boundary.boundary_set.is_approximate for boundary in boundaries)
    if service is None or service.is_component:
        return _districts_map(county, on=on, is_approximate=is_approximate)
    scale = _scale(service, boundaries)
    if scale is None:
        return _districts_map(county, on=on, is_approximate=is_approximate)
    what = service.name.lower()
    picture = _picture(
        "amounts",
        ("register:amounts", [county.key, service.slug]),
        county=county,
        on=on,
        alt=f"Map of {county.name}: {what} in each place. {scale.finding} All are in the table.",
        label=f"Map of {county.name} by amount of {what}. The table lists every place.",
        is_approximate=is_approximate,
    )
    title = f"On the map: {what} in each place, {scale.unit_words}"
    return Map(picture, f"{title}{' (estimates)' if scale.is_estimate else ''}", scale.keys())


def _districts_map(county: Area, *, on: date, is_approximate: bool) -> Map:
    districts = places.districts_of(county, on=on)
    names = ", ".join(district.name for district in districts) or county.name
    picture = _picture(
        "districts",
        ("register:districts", [county.key]),
        county=county,
        on=on,
        alt=f"Map of {county.name} by district: {names}. The table lists every place.",
        label=f"Map of {county.name} by district. The table lists every place.",
        is_approximate=is_approximate,
    )
    unparished = any(area.kind == Area.Kind.UNPARISHED for area in places.places_of(county, on=on))
    keys = [(NO_PARISH, "No parish")] if unparished else []
    return Map(picture, "On the map: each district by its name", keys)


def place_map(area: Area, *, on: date) -> Map | None:
    """Return the map of one place among its neighbours, where its shape is held."""
    boundaries = places.boundaries_of([area], on=on)
    if not boundaries:
        return None
    picture = _picture(
        "place",
        ("register:place-map", [area.key]),
        county=area.county or area,
        on=on,
        alt=f"Map of {area.name} in yellow, with the places next to it.",
        label=f"Map of {area.name} and the places next to it. The list on this page names them.",
        is_wide=True,
        is_approximate=boundaries[0].boundary_set.is_approximate,
    )
    return Map(picture, "On the map", [("you", area.name), ("stone", "Other places")])


def _picture(
    kind: str,
    address: tuple[str, list[str]],
    *,
    county: Area,
    on: date,
    alt: str,
    label: str,
    is_wide: bool = False,
    is_approximate: bool,
) -> Picture:
    name, keys = address
    asked = f"?on={on.isoformat()}"
    return Picture(
        kind=kind,
        wide=reverse(f"{name}-svg", args=[*keys, "wide"]) + asked,
        phone=reverse(f"{name}-svg", args=[*keys, "phone"]) + asked,
        shapes=reverse(f"{name}-geojson", args=keys) + asked,
        alt=alt,
        label=label,
        caption=APPROXIMATE if is_approximate else "",
        at=f"{reverse('register:at')}?county={county.key}" if is_approximate else "",
        is_wide=is_wide,
    )


# The drawings.


def districts_drawing(county: Area, *, on: date) -> Drawing | None:
    """Draw a county with its districts in tints that differ from their neighbours'."""
    boundaries = places.boundaries_of(places.places_of(county, on=on), on=on)
    if not boundaries:
        return None
    fills = _tints(county, on=on)
    shapes = [
        _shape(
            b,
            "none"
            if b.area.kind == Area.Kind.UNPARISHED
            else fills.get(b.area.within_id or 0, "map-1"),
        )
        for b in boundaries
    ]
    names = [*_district_labels(county, boundaries, on=on), *_labels(county, boundaries, on=on)]
    return Drawing(f"Districts of {county.name}", shapes, _outlines(county, on=on), names)


def amounts_drawing(county: Area, service: Service, *, on: date) -> Drawing | None:
    """Draw how much of a service each place of a county has."""
    boundaries = places.boundaries_of(places.places_of(county, on=on), on=on)
    scale = _scale(service, boundaries)
    if not boundaries or scale is None:
        return None
    shapes = [_shape(b, *scale.of(b.area)) for b in boundaries]
    title = f"{service.name} in {county.name}"
    return Drawing(title, shapes, _outlines(county, on=on), _labels(county, boundaries, on=on))


def place_drawing(area: Area, *, on: date) -> Drawing | None:
    """Draw a place in yellow among its neighbours."""
    own = places.boundaries_of([area], on=on)
    if not own:
        return None
    next_to = {neighbour.pk for neighbour in places.neighbouring_places(area)}
    around = places.boundaries_around(own[0], on=on)
    shapes = [_shape(b, "you" if b.area_id == area.pk else "stone") for b in around]
    about = [
        shape for b, shape in zip(around, shapes, strict=True) if b.area_id in next_to | {area.pk}
    ]
    labels = [_label(b, rank=0 if b.area_id == area.pk else 4, has_disc=False) for b in around]
    return Drawing(f"{area.name} and the places next to it", shapes, (), labels, about)


def _shape(boundary: Boundary, fill: str, said: str = "") -> Shape:
    area = boundary.area
    return Shape(
        key=area.key,
        name=area.name,
        polygons=drawing.polygons_of(boundary.geometry),
        fill=fill,
        address=area.get_absolute_url(),
        said=f"{area.name}: {said}" if said else area.name,
    )


def _tints(county: Area, *, on: date) -> dict[int, str]:
    """Return a tint for each district, by its primary key, so that neighbours differ."""
    next_to = places.districts_that_touch(county, on=on)
    chosen = tinting.tints(
        {str(pk): [str(other) for other in others] for pk, others in next_to.items()}
    )
    return {int(pk): tint for pk, tint in chosen.items()}


def _outlines(county: Area, *, on: date) -> list[Outline]:
    districts = places.districts_of(county, on=on)
    held = places.boundaries_of(districts, on=on)
    return [Outline(drawing.polygons_of(boundary.geometry)) for boundary in held]


def _labels(county: Area, boundaries: Sequence[Boundary], *, on: date) -> list[Label]:
    """Name the towns, the most populous first."""
    shapes = {boundary.area_id: boundary for boundary in boundaries}
    towns = [town for town in places.towns_of(county, on=on) if town.pk in shapes]
    return [
        _label(shapes[town.pk], rank=rank, has_disc=True)
        for rank, town in enumerate(towns, start=1)
    ]


def _district_labels(county: Area, boundaries: Sequence[Boundary], *, on: date) -> list[Label]:
    """Name each district in the middle of its places, where it has no town of its own name."""
    names = []
    for district in places.districts_of(county, on=on):
        its = [b for b in boundaries if b.area.within_id == district.pk]
        weights = [b for b in its if b.area.kind == Area.Kind.PARISH]
        if len(weights) > FEW_PLACES:
            lon, lat = _middle(weights)
            names.append(Label(district.name, lon, lat, rank=0, has_disc=False))
    return names


def _middle(boundaries: Sequence[Boundary]) -> tuple[float, float]:
    """Return the middle of some places: the mean of the middles of their boxes."""
    count = len(boundaries)
    lon = sum(b.min_lon + b.max_lon for b in boundaries) / count / 2
    lat = sum(b.min_lat + b.max_lat for b in boundaries) / count / 2
    return lon, lat


def _label(boundary: Boundary, *, rank: int, has_disc: bool) -> Label:
    """Write a place's name at its centre, or in the middle of its shape where none is known."""
    area = boundary.area
    lon, lat = area.longitude, area.latitude
    if lon is None or lat is None:
        lon = (boundary.min_lon + boundary.max_lon) / 2
        lat = (boundary.min_lat + boundary.max_lat) / 2
    return Label(short_name(area.name), lon, lat, rank, has_disc=has_disc)


def short_name(name: str) -> str:
    """Return the name written on a map, where room is short.

    >>> short_name("Abingdon on Thames"), short_name("Henley-on-Thames"), short_name("Thame")
    ('Abingdon', 'Henley', 'Thame')
    """
    for joint in (" on ", "-on-", ", ", " ("):
        name = name.split(joint)[0]
    return name


def _scale(service: Service, boundaries: Sequence[Boundary]) -> classes.Scale | None:
    areas = [boundary.area for boundary in boundaries]
    held = catalogue.current_quantities(areas, [service])
    return classes.scale_of({area_id: quantity for (area_id, _), quantity in held.items()})
