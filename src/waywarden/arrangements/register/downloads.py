"""The tables of the public pages, to download as CSV or as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import exports, lists, pages, queries
from waywarden.arrangements.register.answers import Answer
from waywarden.arrangements.register.finding import county_called, place_called
from waywarden.arrangements.register.forms import AsOf, CountyFilter
from waywarden.county.places import queries as places
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.fabric.tables.writing import table_response


@require_safe
def county(request: HttpRequest, key: str) -> HttpResponse:
    """Download what a county page lists: the same places in the same order, on all its pages."""
    area = county_called(key)
    form = CountyFilter.of(request.GET, localdate(), county=area)
    on, service = form.day_or_refuse(), form.chosen_service
    page = pages.county_page(area, district=form.chosen_district, service=service, on=on)
    found = lists.county_list(page, form, request.GET).found
    answers = [row.answer for row in found if row.answer]
    if service is None:
        answers = queries.answers([row.area for row in found], catalogue.catalogue(), on=on)
    return _table(request, f"{area.key}-who-delivers-{on}", answers)


@require_safe
def place(request: HttpRequest, key: str) -> HttpResponse:
    """Download the answers for one place."""
    area = place_called(key)
    on = AsOf(request.GET, localdate()).day_or_refuse()
    found = queries.answers_for_place(area, on=on) if area.is_there_on(on) else []
    return _table(request, f"{area.key}-who-delivers-{on}", found)


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Download the catalogue as its page lists it."""
    found = lists.services_list(pages.services_page().services, request.GET)
    return table_response(
        request,
        "services",
        found.columns[1:],
        found.found,
        source="The catalogue of services; each service's page names its sources.",
        licence=lists.LICENCE,
        made_on=localdate(),
    )


@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Download who delivers one service in every place of the county."""
    found, county = get_object_or_404(Service, slug=slug), places.home_county()
    on = AsOf(request.GET, localdate()).day_or_refuse()
    there = places.places_of(county, on=on) if county else []
    return _table(
        request, f"{found.slug}-who-delivers-{on}", queries.answers(there, [found], on=on)
    )


def _table(request: HttpRequest, name: str, answers: list[Answer]) -> HttpResponse:
    today = localdate()
    codes = places.current_codes_of({answer.area for answer in answers})
    rows = exports.lines(answers, codes, today)
    return table_response(
        request,
        name,
        exports.COLUMNS,
        rows,
        source=lists.SOURCE,
        licence=lists.LICENCE,
        made_on=today,
    )
