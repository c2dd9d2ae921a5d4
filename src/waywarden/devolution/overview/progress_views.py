"""Who has taken what on so far: the page for everybody, its table to take away, and its map."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from waywarden.arrangements.register.finding import county_called
from waywarden.devolution.overview import lists, maps
from waywarden.devolution.overview.progress import progress_of
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.maps import drawing
from waywarden.fabric.maps.drawn import Drawing
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

SHEETS = {"wide": drawing.TALL, "phone": drawing.TALL_PHONE}


@require_safe
@never_cache
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far each council of a county is, as far as that is public."""
    county, today = county_called(key), localdate()
    found = progress_of(county, on=today)
    context = {
        "county": county,
        "progress": found,
        "picture": maps.progress_picture(county, found, on=today),
        "keys": maps.keys_of(found),
    }
    page = lists.progress_list(found, request.GET)
    return render(request, "overview/progress.html", context | beside(request, page))


@require_safe
@never_cache
def progress_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download the councils as the page lists them."""
    county, today = county_called(key), localdate()
    found = lists.progress_list(progress_of(county, on=today), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"{county.key}-taken-on-{today}"
    return table_response(request, name, lists.PROGRESS, found, made_on=today, **about)


@require_safe
@unless_unchanged
def progress_svg(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """A still map of how far each council is."""
    if size not in SHEETS:
        raise Http404("A map is wide or phone.")
    return HttpResponse(_drawing(key).svg(SHEETS[size]), content_type="image/svg+xml")


@require_safe
@unless_unchanged
def progress_geojson(request: HttpRequest, key: str) -> HttpResponse:
    """The shapes of the live map of how far each council is."""
    return HttpResponse(_drawing(key).geojson(), content_type="application/geo+json")


def _drawing(key: str) -> Drawing:
    county = county_called(key)
    found = maps.progress_drawing(county, progress_of(county, on=localdate()))
    if found is None:
        raise Http404("No shapes are held for this map.")
    return found
