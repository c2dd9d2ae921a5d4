"""The tables of a plan, to download as CSV or as a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden import data
from waywarden.county.places import queries as places
from waywarden.devolution.plans import exports, lists, pages, queries
from waywarden.devolution.plans.compare_pages import ComparePage
from waywarden.devolution.plans.finding import cluster_called, run_called, trials_too
from waywarden.fabric.tables.columns import Column
from waywarden.fabric.tables.writing import table_response


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Download the list of plans as its page lists it."""
    county = places.home_county()
    held = queries.runs_of(county, with_trials=trials_too(request)) if county else []
    found = lists.plans_list(held, request.GET)
    return _table(request, "plans", found.columns, found.found)


@require_safe
def clusters(request: HttpRequest, number: int) -> HttpResponse:
    """Download the clusters of a plan, in the order its page has them."""
    run = run_called(request, number)
    page = pages.PlanPage(run, queries.report_of(run))
    found = [row.cluster for row in lists.clusters_list(page, request.GET).found]
    return _table(request, f"plan-{number}-clusters", exports.CLUSTERS, found)


@require_safe
def councils(request: HttpRequest, number: int) -> HttpResponse:
    """Download every council of a plan, in a cluster or alone."""
    report = queries.report_of(run_called(request, number))
    lines = exports.council_lines(report, report.councils)
    return _table(request, f"plan-{number}-councils", exports.COUNCILS, lines)


@require_safe
def why(request: HttpRequest, number: int) -> HttpResponse:
    """Download why each council is where a plan puts it, as its page lists them."""
    run = run_called(request, number)
    found = lists.councils_list(queries.placed_councils(run), request.GET).found
    return _table(request, f"plan-{number}-why", lists.COUNCILS, found)


@require_safe
def compared(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Download who would pay another amount in another plan, as its page lists them."""
    page = ComparePage(run_called(request, number), run_called(request, other))
    found = lists.payers_list(page.found.payers, request.GET).found
    return _table(request, f"plans-{number}-and-{other}", lists.PAYERS, found)


@require_safe
def members(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Download the members of one cluster."""
    report = queries.report_of(run_called(request, number))
    found = cluster_called(report, key)
    its = [council for council in report.councils if council.key in found.members]
    lines = exports.council_lines(report, its)
    return _table(request, f"plan-{number}-{found.key}", exports.COUNCILS, lines)


def _table(
    request: HttpRequest, name: str, columns: Sequence[Column[Any]], rows: Iterable[Any]
) -> HttpResponse:
    return table_response(
        request,
        name,
        columns,
        rows,
        source=lists.SOURCE,
        licence=data.ATTRIBUTION,
        made_on=localdate(),
    )
