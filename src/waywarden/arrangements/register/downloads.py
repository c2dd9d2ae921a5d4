"""The tables of the public pages, to download."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import exports, queries
from waywarden.arrangements.register.answers import Answer
from waywarden.arrangements.register.finding import county_called, place_called
from waywarden.arrangements.register.forms import AsOf, CountyFilter
from waywarden.county.places import queries as places
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.fabric.tables.writing import csv_response


@require_safe
def county(request: HttpRequest, key: str) -> HttpResponse:
    """Download the places a county page lists."""
    area = county_called(key)
    form = CountyFilter.of(request.GET, localdate(), county=area)
    on = form.day_or_refuse()
    there = places.places_of(area, on=on, district=form.chosen_district)
    chosen = [form.chosen_service] if form.chosen_service else catalogue.catalogue()
    return _csv(f"{area.key}-who-delivers-{on}.csv", queries.answers(there, chosen, on=on))


@require_safe
def place(request: HttpRequest, key: str) -> HttpResponse:
    """Download the answers for one place."""
    area = place_called(key)
    on = AsOf(request.GET, localdate()).day_or_refuse()
    found = queries.answers_for_place(area, on=on) if area.is_there_on(on) else []
    return _csv(f"{area.key}-who-delivers-{on}.csv", found)


@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Download who delivers one service in every place of the county."""
    found, county = get_object_or_404(Service, slug=slug), places.home_county()
    on = AsOf(request.GET, localdate()).day_or_refuse()
    there = places.places_of(county, on=on) if county else []
    return _csv(f"{found.slug}-who-delivers-{on}.csv", queries.answers(there, [found], on=on))


def _csv(filename: str, answers: list[Answer]) -> HttpResponse:
    codes = places.current_codes_of({answer.area for answer in answers})
    return csv_response(filename, exports.COLUMNS, exports.lines(answers, codes, localdate()))
