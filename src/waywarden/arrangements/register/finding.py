"""What an address names: a county, a place, or a point on the map. Not there is "not found"."""

import math

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from waywarden.county.places.models import Area


def county_called(key: str) -> Area:
    """Return the county with this key."""
    return get_object_or_404(Area.objects.filter(within=None), key=key)


def place_called(key: str) -> Area:
    """Return the parish or unparished area with this key, its district and county at hand."""
    places = Area.objects.lowest().select_related("within__within", "county")
    return get_object_or_404(places, key=key)


def point_asked(request: HttpRequest) -> tuple[float, float] | None:
    """Return the longitude and latitude asked about; nothing where they are no point on earth."""
    try:
        longitude, latitude = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    on_earth = math.isfinite(longitude + latitude) and abs(longitude) <= 180 and abs(latitude) <= 90
    return (longitude, latitude) if on_earth else None
