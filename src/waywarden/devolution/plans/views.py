"""The pages of plans: the list, a plan, a cluster in it, and how plans are made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waywarden.county.places import queries as places
from waywarden.devolution.plans import maps, pages, queries
from waywarden.devolution.plans.cluster_pages import ClusterPage
from waywarden.devolution.plans.finding import cluster_called, run_called
from waywarden.devolution.plans.forms import Asked
from waywarden.fabric.journal.caching import unless_unchanged


@require_safe
@unless_unchanged
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans that are kept, the newest first."""
    county = places.home_county()
    if county is None:
        return render(request, "website/nothing_loaded.html")
    return render(request, "plans/plans.html", {"list": pages.plan_list(county)})


@require_safe
@unless_unchanged
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Show a plan: its costs beside going alone, the proof, the map and the clusters."""
    run = run_called(number)
    report = queries.report_of(run)
    asked = Asked(request.GET, report)
    page = pages.PlanPage(run, report, sort=asked.chosen("sort"), service=asked.chosen("service"))
    return render(request, "plans/plan.html", {"page": page, "picture": maps.plan_picture(page)})


@require_safe
@unless_unchanged
def cluster(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Show a cluster of a plan: who leads what, what each member would pay, what binds it."""
    run = run_called(number)
    report = queries.report_of(run)
    page = ClusterPage(run, report, cluster_called(report, key))
    context = {"page": page, "picture": maps.cluster_picture(page)}
    return render(request, "plans/cluster.html", context)


@require_safe
@unless_unchanged
def how(request: HttpRequest) -> HttpResponse:
    """Explain how a plan is made and what its proof means."""
    return render(request, "plans/how.html", {"county_is_held": places.home_county() is not None})
