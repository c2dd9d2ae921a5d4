"""The public pages: a county, a place, a service, and how it was all worked out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import exports, maps, pages, queries
from waywarden.arrangements.register.forms import AsOf, CountyFilter
from waywarden.county.places import lookup
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.tables.writing import csv_response


def _county(key: str) -> Area:
    return get_object_or_404(Area.objects.filter(within=None), key=key)


def _place(key: str) -> Area:
    return get_object_or_404(
        Area.objects.lowest().select_related("within__within", "county"), key=key
    )


def _filter(request: HttpRequest, county: Area) -> CountyFilter:
    districts = places.districts_of(county, on=localdate())
    return CountyFilter(
        request.GET, localdate(), districts=districts, services=catalogue.catalogue()
    )


@require_safe
@unless_unchanged
def county(request: HttpRequest, key: str) -> HttpResponse:
    """Show a county on a map and in a table, for one service and one district or for all."""
    area = _county(key)
    form = _filter(request, area)
    is_valid, on = form.is_valid(), form.day()
    page = pages.county_page(
        area, district=form.chosen_district, service=form.chosen_service, on=on
    )
    drawn = maps.county_map(area, service=form.chosen_service, on=on)
    context = {
        "county": area,
        "form": form,
        "on": on,
        "page": page,
        "map": drawn,
        "query": request.GET.urlencode(),
    }
    return render(request, "register/county.html", context, status=200 if is_valid else 400)


@require_safe
def county_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Download the places a county page lists."""
    area = _county(key)
    form = _filter(request, area)
    if not form.is_valid():
        raise Http404("No such district or service.")
    on, chosen = form.day(), form.chosen_service
    answers = queries.answers(
        places.places_of(area, on=on, district=form.chosen_district),
        [chosen] if chosen else catalogue.catalogue(),
        on=on,
    )
    return _csv(f"{area.key}-who-delivers-{on}.csv", answers)


@require_safe
@unless_unchanged
def place(request: HttpRequest, key: str) -> HttpResponse:
    """Answer for one place: who delivers each service, under which power, to what standard."""
    area = _place(key)
    form = AsOf(request.GET, localdate())
    is_valid, on = form.is_valid(), form.day()
    page = pages.place_page(area, on=on)
    drawn = maps.place_map(area, on=on)
    context = {
        "place": area,
        "form": form,
        "on": on,
        "page": page,
        "map": drawn,
        "query": request.GET.urlencode(),
    }
    return render(request, "register/place.html", context, status=200 if is_valid else 400)


@require_safe
def place_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Download the answers for one place."""
    area, form = _place(key), AsOf(request.GET, localdate())
    on = form.day()
    return _csv(f"{area.key}-who-delivers-{on}.csv", queries.answers_for_place(area, on=on))


@require_safe
def at(request: HttpRequest) -> HttpResponse:
    """Offer the places a point may be in; go straight there when real boundaries leave no doubt."""
    county = places.home_county()
    try:
        longitude, latitude = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return render(request, "register/at.html", {"found": None, "county": county}, status=400)
    if county is None:
        raise Http404("Nothing is loaded yet.")
    found = lookup.place_at(longitude, latitude, county=county, on=localdate())
    if len(found.choices) == 1 and not found.is_approximate:
        return redirect(found.choices[0])
    return render(request, "register/at.html", {"found": found, "county": county})


@require_safe
@unless_unchanged
def services(request: HttpRequest) -> HttpResponse:
    """List the services, with whose duty each is by default."""
    page = pages.services_page()
    return render(request, "register/services.html", {"page": page})


@require_safe
@unless_unchanged
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one service: its standards, law, prices, and who delivers it in each district."""
    found = get_object_or_404(Service, slug=slug)
    form = AsOf(request.GET, localdate())
    is_valid, on = form.is_valid(), form.day()
    page = pages.service_page(found, on=on)
    drawn = maps.county_map(page.county, service=found, on=on) if page.county else None
    context = {"service": found, "form": form, "on": on, "page": page, "map": drawn}
    return render(request, "register/service.html", context, status=200 if is_valid else 400)


@require_safe
def service_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Download who delivers one service in every place of the county."""
    found, county = get_object_or_404(Service, slug=slug), places.home_county()
    on = AsOf(request.GET, localdate()).day()
    places_there = places.places_of(county, on=on) if county else []
    return _csv(
        f"{found.slug}-who-delivers-{on}.csv", queries.answers(places_there, [found], on=on)
    )


@require_safe
@unless_unchanged
def methods(request: HttpRequest) -> HttpResponse:
    """Say where every figure comes from and how the estimates were made."""
    return render(request, "register/methods.html", {"page": pages.methods_page()})


def _csv(filename: str, answers: list[queries.Answer]) -> HttpResponse:
    codes = places.current_codes_of({answer.area for answer in answers})
    return csv_response(filename, exports.COLUMNS, exports.lines(answers, codes))
