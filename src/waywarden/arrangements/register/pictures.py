"""The addresses of the maps: still pictures and the shapes of the live ones."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import maps
from waywarden.arrangements.register.finding import county_called, place_called
from waywarden.arrangements.register.forms import AsOf
from waywarden.county.places import drawing
from waywarden.county.services.models import Service
from waywarden.fabric.journal.caching import unless_unchanged

TALL = {"wide": drawing.TALL, "phone": drawing.TALL_PHONE}
WIDE = {"wide": drawing.WIDE, "phone": drawing.WIDE_PHONE}
SVG, GEOJSON = "image/svg+xml", "application/geo+json"

Draw = Callable[[date], maps.Drawing | None]
Write = Callable[[maps.Drawing], str]


def _answer(request: HttpRequest, kind: str, draw: Draw, write: Write) -> HttpResponse:
    """Answer with a drawing as it is on the day asked about."""
    drawn = draw(AsOf(request.GET, localdate()).day_or_refuse())
    if drawn is None:
        raise Http404("No shapes are held for this map.")
    return HttpResponse(write(drawn), content_type=kind)


def _sheet(sheets: dict[str, drawing.Sheet], size: str) -> drawing.Sheet:
    if size not in sheets:
        raise Http404("A map is wide or phone.")
    return sheets[size]


@require_safe
@unless_unchanged
def districts_svg(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """A still map of a county's districts."""
    county, sheet = county_called(key), _sheet(TALL, size)
    return _answer(
        request, SVG, lambda on: maps.districts_drawing(county, on=on), lambda d: d.svg(sheet)
    )


@require_safe
@unless_unchanged
def districts_geojson(request: HttpRequest, key: str) -> HttpResponse:
    """The shapes of the live map of a county's districts."""
    county = county_called(key)
    return _answer(
        request, GEOJSON, lambda on: maps.districts_drawing(county, on=on), maps.Drawing.geojson
    )


@require_safe
@unless_unchanged
def amounts_svg(request: HttpRequest, key: str, service: str, size: str) -> HttpResponse:
    """A still map of how much of a service each place has."""
    county, sheet = county_called(key), _sheet(TALL, size)
    found = get_object_or_404(Service, slug=service)
    return _answer(
        request, SVG, lambda on: maps.amounts_drawing(county, found, on=on), lambda d: d.svg(sheet)
    )


@require_safe
@unless_unchanged
def amounts_geojson(request: HttpRequest, key: str, service: str) -> HttpResponse:
    """The shapes of the live map of how much of a service each place has."""
    county, found = county_called(key), get_object_or_404(Service, slug=service)
    return _answer(
        request,
        GEOJSON,
        lambda on: maps.amounts_drawing(county, found, on=on),
        maps.Drawing.geojson,
    )


@require_safe
@unless_unchanged
def place_svg(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """A still map of a place among its neighbours."""
    place, sheet = place_called(key), _sheet(WIDE, size)
    return _answer(
        request, SVG, lambda on: maps.place_drawing(place, on=on), lambda d: d.svg(sheet)
    )


@require_safe
@unless_unchanged
def place_geojson(request: HttpRequest, key: str) -> HttpResponse:
    """The shapes of the live map of a place."""
    place = place_called(key)
    return _answer(
        request, GEOJSON, lambda on: maps.place_drawing(place, on=on), maps.Drawing.geojson
    )
