"""The page of what waits for an officer of a county."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from waywarden.county.people.acting import office_of
from waywarden.county.people.gate import for_officers
from waywarden.devolution.overview import deadlines, needs, permissions, queries

#: So many days are shown.
SHOWN = 8


@require_safe
@never_cache
@for_officers(permissions.may_see)
def overview(request: HttpRequest) -> HttpResponse:
    """Show where the councils are, what needs the officer, by which day, and who is silent."""
    acting, today = office_of(request), localdate()
    held = queries.held_for(acting, on=today)
    days = deadlines.deadlines_of(held)
    context = {
        "acting": acting,
        "today": today,
        "held": held,
        "needs": needs.needs_of(held),
        "deadlines": days[:SHOWN],
        "more": len(days[SHOWN:]),
        "has_agendas": any(each.is_agenda for each in days),
    }
    return render(request, "overview/overview.html", context)
