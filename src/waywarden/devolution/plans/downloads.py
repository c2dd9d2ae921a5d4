"""The tables of a plan, to download."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waywarden.devolution.plans import exports, queries
from waywarden.devolution.plans.finding import cluster_called, run_called
from waywarden.fabric.tables.writing import csv_response


@require_safe
def clusters(request: HttpRequest, number: int) -> HttpResponse:
    """Download the clusters of a plan."""
    report = queries.report_of(run_called(number))
    return csv_response(f"plan-{number}-clusters.csv", exports.CLUSTERS, report.clusters)


@require_safe
def councils(request: HttpRequest, number: int) -> HttpResponse:
    """Download every council of a plan, in a cluster or alone."""
    report = queries.report_of(run_called(number))
    lines = exports.council_lines(report, report.councils)
    return csv_response(f"plan-{number}-councils.csv", exports.COUNCILS, lines)


@require_safe
def members(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Download the members of one cluster."""
    report = queries.report_of(run_called(number))
    found = cluster_called(report, key)
    its = [council for council in report.councils if council.key in found.members]
    lines = exports.council_lines(report, its)
    return csv_response(f"plan-{number}-{found.key}.csv", exports.COUNCILS, lines)
