"""Agreements: the list, and one of them as whoever looks may know it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from waywarden.arrangements.agreements import lists, pages, permissions, queries
from waywarden.arrangements.agreements.facts import line_words
from waywarden.arrangements.agreements.gate import agreement_called
from waywarden.arrangements.agreements.models import ALTERED
from waywarden.county.people.acting import asking
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response


@require_safe
@never_cache
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements in force; to the parties their own in every state."""
    acting = asking(request).acting
    page = lists.agreements_list(pages.rows_for(acting, on=localdate()), request.GET)
    context = {"may_draft": permissions.may_draft(acting)}
    return render(request, "agreements/agreements.html", context | beside(request, page))


@require_safe
@never_cache
def agreements_table(request: HttpRequest) -> HttpResponse:
    """Download the agreements as their page lists them."""
    on, acting = localdate(), asking(request).acting
    found = lists.agreements_list(pages.rows_for(acting, on=on), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    return table_response(request, f"agreements-{on}", lists.AGREEMENTS, found, made_on=on, **about)


@require_safe
@never_cache
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    """Show an agreement: in force to everybody, what was sent to its parties, a draft to few."""
    found, acting, today = agreement_called(number), asking(request).acting, localdate()
    is_inside = permissions.may_read(acting, found)
    bound = queries.binding_of(found, on=today)
    if not is_inside and bound is None:
        raise Http404("There is no such agreement.")
    context: dict[str, Any] = {"agreement": found, "bound": bound, "is_inside": is_inside}
    context["altered"] = ALTERED
    if bound and bound.is_as_sent:
        schedule = [(each, line_words(each)) for each in bound.facts["schedules"]]
        context |= {"facts": bound.facts, "schedule": schedule}
    if is_inside:
        context["versions"] = [
            (each, pages.state_of(each, on=today), pages.NEXT.get(each.standing, ""))
            for each in pages.versions_for(acting, found)
        ]
    if permissions.may_see_draft(acting, found):
        context |= {"draft": pages.draft_of(found), "writes": permissions.may_write(acting, found)}
    return render(request, "agreements/agreement.html", context)
