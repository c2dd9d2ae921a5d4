"""The backward calendar of a round: the county's own steps, and the days of each council."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.devolution.offers import calendar_lists, lists, permissions, queries
from waywarden.devolution.offers.models import Round
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response
from waywarden.rules.timetable import deadlines, precept_window


@require_safe
@for_officers()
def calendar(request: HttpRequest, number: int) -> HttpResponse:
    """Show by which days the county and each council must act, the worst first."""
    of, today = _own(request, number), localdate()
    page = calendar_lists.days_list(queries.days_of(of, on=today), request.GET)
    context = {
        "round": of,
        "today": today,
        "deadlines": deadlines(of.starts_on),
        "precept": precept_window(of.starts_on),
    }
    return render(request, "offers/calendar.html", context | beside(request, page))


@require_safe
@for_officers()
def table(request: HttpRequest, number: int) -> HttpResponse:
    """Download the days of the councils as their page lists them."""
    of, on = _own(request, number), localdate()
    found = calendar_lists.days_list(queries.days_of(of, on=on), request.GET).found
    about = {"source": calendar_lists.SOURCE, "licence": lists.LICENCE}
    name = f"{of.key}-calendar-{on}"
    return table_response(request, name, calendar_lists.DAYS, found, made_on=on, **about)


def _own(request: HttpRequest, number: int) -> Round:
    of = get_object_or_404(Round.objects.select_related("body"), pk=number)
    if not permissions.may_run(asking(request).acting, of):
        raise PermissionDenied
    return of
