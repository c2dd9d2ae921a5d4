"""The public pages: a county, a place, a service, and how it was all worked out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register import lists, maps, pages
from waywarden.arrangements.register.changing import changes_by
from waywarden.arrangements.register.drawings import Ground
from waywarden.arrangements.register.finding import county_called, place_called, point_asked
from waywarden.arrangements.register.forms import AsOf, CountyFilter
from waywarden.arrangements.register.sections import sections_of
from waywarden.county.people.acting import asking
from waywarden.county.places import lookup
from waywarden.county.places import queries as places
from waywarden.county.services.models import Service
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.tables.views import beside


@require_safe
@unless_unchanged
def county(request: HttpRequest, key: str) -> HttpResponse:
    """Show a county on a map and in a table, for one service and one district or for all."""
    area = county_called(key)
    form = CountyFilter.of(request.GET, localdate(), county=area)
    on, district, service = form.day(), form.chosen_district, form.chosen_service
    page = pages.county_page(area, district=district, service=service, on=on)
    context = beside(request, lists.county_list(page, form, request.GET)) | {
        "county": area,
        "form": form,
        "on": on,
        "page": page,
        "map": maps.county_map(Ground(area, on, district), service),
    }
    return render(request, "register/county.html", context, status=form.status)


@require_safe
@unless_unchanged
def place(request: HttpRequest, key: str) -> HttpResponse:
    """Answer for one place: who delivers each service, under which power, to what standard."""
    area = place_called(key)
    form = AsOf(request.GET, localdate())
    on = form.day()
    context = {
        "place": area,
        "county": area.county,
        "form": form,
        "on": on,
        "page": pages.place_page(area, on=on),
        "map": maps.place_map(area, on=on),
        "changes": changes_by(asking(request), area, on=form.today),
        "sections": sections_of(area, on=on),
    }
    return render(request, "register/place.html", context, status=form.status)


@require_safe
def at(request: HttpRequest) -> HttpResponse:
    """Offer the places a point may be in; go straight there when real boundaries leave no doubt."""
    named = request.GET.get("county")
    county = county_called(named) if named else places.home_county()
    if county is None:
        raise Http404("Nothing is loaded yet.")
    point = point_asked(request)
    context = {"county": county, "found": None}
    if point is None:
        return render(request, "register/at.html", context, status=400)
    found = lookup.place_at(*point, county=county, on=localdate())
    if len(found.choices) == 1 and not found.is_approximate:
        return redirect(found.choices[0])
    return render(request, "register/at.html", context | {"found": found})


@require_safe
@unless_unchanged
def services(request: HttpRequest) -> HttpResponse:
    """List the services, with whose duty each is by default."""
    if places.home_county() is None:
        return render(request, "website/nothing_loaded.html")
    page = pages.services_page()
    context = beside(request, lists.services_list(page.services, request.GET)) | {"page": page}
    return render(request, "register/services.html", context)


@require_safe
@unless_unchanged
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one service: its standards, law, prices, and who delivers it in each district."""
    found = get_object_or_404(Service, slug=slug)
    form = AsOf(request.GET, localdate())
    on = form.day()
    page = pages.service_page(found, on=on)
    drawn = maps.county_map(Ground(page.county, on), found) if page.county else None
    context = {"service": found, "form": form, "on": on, "page": page, "map": drawn}
    return render(request, "register/service.html", context, status=form.status)


@require_safe
@unless_unchanged
def methods(request: HttpRequest) -> HttpResponse:
    """Say where every figure comes from and how the estimates were made."""
    if places.home_county() is None:
        return render(request, "website/nothing_loaded.html")
    return render(request, "register/methods.html", {"page": pages.methods_page(on=localdate())})
