"""The addresses of the maps: still pictures and the shapes of the live ones."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import drawings
from waywarden.arrangements.register.drawings import Drawing, Ground
from waywarden.arrangements.register.finding import county_called, place_called
from waywarden.arrangements.register.forms import AsOf, CountyFilter
from waywarden.county.services.models import Service
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.maps import drawing

TALL = {"wide": drawing.TALL, "phone": drawing.TALL_PHONE}
WIDE = {"wide": drawing.WIDE, "phone": drawing.WIDE_PHONE}
SVG, GEOJSON = "image/svg+xml", "application/geo+json"


def _answer(drawn: Drawing | None, kind: str, write: Callable[[Drawing], str]) -> HttpResponse:
    if drawn is None:
        raise Http404("No shapes are held for this map.")
    return HttpResponse(write(drawn), content_type=kind)


def _still(drawn: Drawing | None, sheets: dict[str, drawing.Sheet], size: str) -> HttpResponse:
    if size not in sheets:
        raise Http404("A map is wide or phone.")
    return _answer(drawn, SVG, lambda found: found.svg(sheets[size]))


def _ground(request: HttpRequest, key: str) -> Ground:
    """Return the county asked about, as of the day and at the district asked about."""
    county = county_called(key)
    form = CountyFilter.of(request.GET, localdate(), county=county)
    return Ground(county, form.day_or_refuse(), form.chosen_district)


def _place(request: HttpRequest, key: str) -> Drawing | None:
    on = AsOf(request.GET, localdate()).day_or_refuse()
    return drawings.place_drawing(place_called(key), on=on)


def _amounts(request: HttpRequest, key: str, service: str) -> Drawing | None:
    found = get_object_or_404(Service, slug=service)
    return drawings.amounts_drawing(_ground(request, key), found)


@require_safe
@unless_unchanged
def districts_svg(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """A still map of a county's districts."""
    return _still(drawings.districts_drawing(_ground(request, key)), TALL, size)


@require_safe
@unless_unchanged
def districts_geojson(request: HttpRequest, key: str) -> HttpResponse:
    """The shapes of the live map of a county's districts."""
    return _answer(drawings.districts_drawing(_ground(request, key)), GEOJSON, Drawing.geojson)


@require_safe
@unless_unchanged
def amounts_svg(request: HttpRequest, key: str, service: str, size: str) -> HttpResponse:
    """A still map of how much of a service each place has."""
    return _still(_amounts(request, key, service), TALL, size)


@require_safe
@unless_unchanged
def amounts_geojson(request: HttpRequest, key: str, service: str) -> HttpResponse:
    """The shapes of the live map of how much of a service each place has."""
    return _answer(_amounts(request, key, service), GEOJSON, Drawing.geojson)


@require_safe
@unless_unchanged
def place_svg(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """A still map of a place among its neighbours."""
    return _still(_place(request, key), WIDE, size)


@require_safe
@unless_unchanged
def place_geojson(request: HttpRequest, key: str) -> HttpResponse:
    """The shapes of the live map of a place."""
    return _answer(_place(request, key), GEOJSON, Drawing.geojson)
