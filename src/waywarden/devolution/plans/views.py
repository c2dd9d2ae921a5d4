"""The pages of plans: the list, a plan, a cluster in it, and how plans are made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.county.places import queries as places
from waywarden.devolution.plans import actions, lists, maps, pages, permissions, queries
from waywarden.devolution.plans.cluster_pages import ClusterPage
from waywarden.devolution.plans.compare_pages import ComparePage
from waywarden.devolution.plans.council_pages import CouncilPage
from waywarden.devolution.plans.finding import (
    cluster_called,
    placed_called,
    run_called,
    trials_too,
)
from waywarden.devolution.plans.forms import Asked
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.tables.views import beside


@require_safe
@unless_unchanged
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans that are kept, the newest first."""
    county = places.home_county()
    if county is None:
        return render(request, "website/nothing_loaded.html")
    with_trials = trials_too(request)
    page = lists.plans_list(queries.runs_of(county, with_trials=with_trials), request.GET)
    lines = [pages.PlanLine(run, queries.report_of(run)) for run in page.rows]
    context = {"lines": lines, "may_make": with_trials}
    return render(request, "plans/plans.html", beside(request, page) | context)


@require_safe
@unless_unchanged
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Show a plan: its costs beside going alone, the proof, the map and the clusters."""
    run = run_called(request, number)
    report = queries.report_of(run)
    asked = Asked(request.GET, report)
    page = pages.PlanPage(run, report, service=asked.chosen("service"))
    listed = lists.clusters_list(page, request.GET)
    context = beside(request, listed) | {"page": page, "caption": f"Clusters in {run}"}
    others = queries.others_of(run, with_trials=trials_too(request))
    context |= {"picture": maps.plan_picture(page), "is_hidden": queries.is_hidden(run)}
    acting = asking(request).acting
    context |= {"may_propose": permissions.may_propose(acting, run, localdate())}
    return render(request, "plans/plan.html", context | {"others": others})


@require_safe
@unless_unchanged
def cluster(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Show a cluster of a plan: who leads what, what each member would pay, what binds it."""
    run = run_called(request, number)
    report = queries.report_of(run)
    page = ClusterPage(run, report, cluster_called(report, key))
    context = {"page": page, "picture": maps.cluster_picture(page)}
    return render(request, "plans/cluster.html", context)


@require_safe
@unless_unchanged
def council(request: HttpRequest, number: int, place: str) -> HttpResponse:
    """Explain to one council why it is where a plan puts it."""
    run = run_called(request, number)
    page = CouncilPage(run, placed_called(run, place))
    return render(request, "plans/council.html", {"page": page})


@require_safe
@unless_unchanged
def councils(request: HttpRequest, number: int) -> HttpResponse:
    """List the councils of a plan, each with why it is where the plan puts it."""
    run = run_called(request, number)
    listed = lists.councils_list(queries.placed_councils(run), request.GET)
    return render(request, "plans/councils.html", beside(request, listed) | {"run": run})


@require_safe
@unless_unchanged
def compared(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Put two plans side by side: what each costs, who moves, who leads, who saves."""
    page = ComparePage(run_called(request, number), run_called(request, other))
    listed = lists.payers_list(page.found.payers, request.GET)
    return render(request, "plans/compare.html", beside(request, listed) | {"page": page})


@require_POST
@for_officers(permissions.may_see_trials)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Let everybody read a trial."""
    run = run_called(request, number)
    try:
        actions.show_to_all(run=run, by=asking(request).by, today=localdate())
        messages.success(request, f"Everybody can read {run} now.")
    except actions.CannotShow as refused:
        messages.error(request, str(refused))
    return redirect(run)


@require_safe
@unless_unchanged
def how(request: HttpRequest) -> HttpResponse:
    """Explain how a plan is made and what its proof means."""
    return render(request, "plans/how.html", {"county_is_held": places.home_county() is not None})
