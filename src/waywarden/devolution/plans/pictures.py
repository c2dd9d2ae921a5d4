"""The addresses of the maps of plans: still pictures and the shapes of the live ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waywarden.devolution.plans import queries
from waywarden.devolution.plans.finding import cluster_called, run_called
from waywarden.devolution.plans.forms import Asked
from waywarden.devolution.plans.maps import ground_of
from waywarden.devolution.plans.pages import PlanPage, services_mapped
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.maps import drawing
from waywarden.fabric.maps.drawn import Drawing
from waywarden.planning.papers.drawing import Ground, cluster_drawing, plan_drawing

TALL = {"wide": drawing.TALL, "phone": drawing.TALL_PHONE}
WIDE = {"wide": drawing.WIDE, "phone": drawing.WIDE_PHONE}
SVG, GEOJSON = "image/svg+xml", "application/geo+json"


def _sheet(sheets: dict[str, drawing.Sheet], size: str) -> drawing.Sheet:
    if size not in sheets:
        raise Http404("A map is wide or phone.")
    return sheets[size]


def _held(ground: Ground | None) -> Ground:
    if ground is None:
        raise Http404("No shapes are held for this map.")
    return ground


def _plan(request: HttpRequest, number: int) -> Drawing:
    run = run_called(request, number)
    report = queries.report_of(run)
    page = PlanPage(run, report, service=Asked(request.GET, report).chosen("service"))
    drawn = page.drawn.code if page.drawn else ""
    return plan_drawing(_held(ground_of(run, report, service=drawn)))


def _cluster(request: HttpRequest, number: int, key: str) -> Drawing:
    run = run_called(request, number)
    report = queries.report_of(run)
    found = cluster_called(report, key)
    only = found.services[0].service if services_mapped(report) else ""
    return cluster_drawing(_held(ground_of(run, report, service=only)), found.number)


@require_safe
@unless_unchanged
def plan_svg(request: HttpRequest, number: int, size: str) -> HttpResponse:
    """A still map of a plan's clusters."""
    sheet = _sheet(TALL, size)
    return HttpResponse(_plan(request, number).svg(sheet), content_type=SVG)


@require_safe
@unless_unchanged
def plan_geojson(request: HttpRequest, number: int) -> HttpResponse:
    """The shapes of the live map of a plan's clusters."""
    return HttpResponse(_plan(request, number).geojson(), content_type=GEOJSON)


@require_safe
@unless_unchanged
def cluster_svg(request: HttpRequest, number: int, key: str, size: str) -> HttpResponse:
    """A still map of one cluster."""
    sheet = _sheet(WIDE, size)
    return HttpResponse(_cluster(request, number, key).svg(sheet), content_type=SVG)


@require_safe
@unless_unchanged
def cluster_geojson(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The shapes of the live map of one cluster."""
    return HttpResponse(_cluster(request, number, key).geojson(), content_type=GEOJSON)
