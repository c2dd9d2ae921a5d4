"""What a page needs to show each map of the register: the picture, its words and its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from waywarden.arrangements.register.classes import UNPARISHED
from waywarden.arrangements.register.drawings import Ground
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.fabric.maps.drawing import Picture

APPROXIMATE = "Parish shapes are approximate and are not legal boundaries."

# More names than this under a map are a list, and the list is the table.
MOST_NAMED = 4


@dataclass(frozen=True)
class Map:
    """A picture for a page, with what its fills mean."""

    picture: Picture
    key_title: str
    keys: Sequence[tuple[str, str]]


def county_map(ground: Ground, service: Service | None) -> Map | None:
    """Return a county's map: its districts, or how much of a service each place has."""
    if not ground.boundaries:
        return None
    if service is None or service.is_component:
        return _districts_map(ground)
    return _amounts_map(ground, service) or _districts_map(ground)


def _amounts_map(ground: Ground, service: Service) -> Map | None:
    scale = ground.scale(service)
    if scale is None:
        return None
    what, county = service.name.lower(), ground.county.name
    picture = _picture(
        "amounts",
        ("register:amounts", [ground.county.key, service.slug]),
        ground,
        alt=f"Map of {county}: {what} in each place. {scale.finding} All are in the table.",
        label=f"Map of {county} by amount of {what}. The table lists every place.",
    )
    title = f"On the map: {what} in each place, {scale.unit_words}"
    return Map(picture, f"{title}{' (estimates)' if scale.is_estimate else ''}", scale.keys())


def _districts_map(ground: Ground) -> Map:
    county = ground.county.name
    names = ", ".join(district.name for district in ground.districts)
    picture = _picture(
        "districts",
        ("register:districts", [ground.county.key]),
        ground,
        alt=f"Map of {county} by district: {names}. The table lists every place.",
        label=f"Map of {county} by district. The table lists every place.",
    )
    keys = [(UNPARISHED, "No parish")] if ground.has_unparished else []
    return Map(picture, "On the map: each district by its name", keys)


def place_map(area: Area, *, on: date) -> Map | None:
    """Return the map of one place among its neighbours, where its shape is held."""
    boundaries = places.boundaries_of([area], on=on)
    if not boundaries:
        return None
    address = ("register:place-map", [area.key])
    wide, phone, shapes = _addresses(address, {"on": on.isoformat()})
    picture = Picture(
        kind="place",
        wide=wide,
        phone=phone,
        shapes=shapes,
        alt=f"Map of {area.name} in yellow, with the places next to it.",
        label=f"Map of {area.name} and the places next to it. The list on this page names them.",
        caption=APPROXIMATE if boundaries[0].boundary_set.is_approximate else "",
        is_wide=True,
    )
    return Map(picture, "On the map", [("you", area.name), ("stone", "Other places")])


def _picture(
    kind: str, address: tuple[str, list[str]], ground: Ground, *, alt: str, label: str
) -> Picture:
    asked = {"on": ground.on.isoformat()}
    if ground.district:
        asked["district"] = ground.district.key
    wide, phone, shapes = _addresses(address, asked)
    return Picture(
        kind=kind,
        wide=wide,
        phone=phone,
        shapes=shapes,
        alt=alt,
        label=label,
        caption=_caption(ground),
        bounds=ground.bounds,
        at=f"{reverse('register:at')}?county={ground.county.key}" if ground.is_approximate else "",
    )


def _addresses(address: tuple[str, list[str]], asked: dict[str, str]) -> tuple[str, str, str]:
    """Return where the wide still, the still for phones and the live map's shapes are."""
    name, keys = address
    query = f"?{urlencode(asked)}"
    wide, phone = (reverse(f"{name}-svg", args=[*keys, size]) for size in ("wide", "phone"))
    return wide + query, phone + query, reverse(f"{name}-geojson", args=keys) + query


def _caption(ground: Ground) -> str:
    """Say that shapes are approximate, and which places are not drawn at all."""
    said = [APPROXIMATE] if ground.is_approximate else []
    if undrawn := ground.undrawn:
        named = undrawn[:MOST_NAMED]
        more = f" and {len(undrawn) - len(named)} more" if len(undrawn) > len(named) else ""
        said.append(f"Not drawn, as no shape is held: {', '.join(named)}{more}.")
    return " ".join(said)
