"""Clusters: the list, one of them, and proposing, changing, inviting to and forming it."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import speaks_for_county
from waywarden.county.services import queries as catalogue
from waywarden.devolution.clusters import (
    joining,
    leaving,
    lists,
    pages,
    permissions,
    powers,
    queries,
    seeing,
)
from waywarden.devolution.clusters.actions import clusters as actions
from waywarden.devolution.clusters.forms import ChangeForm, CostForm, IdeaForm, ProposeForm
from waywarden.devolution.clusters.gate import of_cluster
from waywarden.devolution.clusters.looking import only_shown
from waywarden.devolution.clusters.models import Cluster
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.buckets import Limit, limited
from waywarden.fabric.forms.fields import WhyForm, in_pounds
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

#: Changes that write to the councils of a cluster, by one council in a day.
LETTERS = Limit("letters of clusters", 30, timedelta(days=1))


def council_of(request: HttpRequest) -> str:
    """Name the council somebody acts for, by which letters are counted."""
    acting = asking(request).acting
    return acting.body.key if acting else ""


@require_safe
@never_cache
def clusters(request: HttpRequest) -> HttpResponse:
    """List the clusters there are; those only proposed to who runs them."""
    acting = asking(request).acting
    page = lists.clusters_list(_seen(request), request.GET)
    context = {"may_propose": acting is not None and permissions.may_propose(acting)}
    return render(request, "clusters/clusters.html", context | beside(request, page))


@require_safe
@never_cache
def clusters_table(request: HttpRequest) -> HttpResponse:
    """Download the clusters as their page lists them."""
    on, found = localdate(), lists.clusters_list(_seen(request), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    return table_response(request, f"clusters-{on}", lists.CLUSTERS, found, made_on=on, **about)


def _seen(request: HttpRequest) -> list[lists.Row]:
    """Return the clusters that whoever asks may know of, in as many queries for many as for few."""
    acting, today = asking(request).acting, localdate()
    runs = queries.run_by(acting, on=today) if acting else set()
    return [
        lists.Row(
            cluster=each,
            lead=next(role.held_by for role in each.roles.all() if role.service_id is None),
            members=sum(held.is_member(today) for held in each.memberships.all()),
            services=", ".join(scope.service.name for scope in each.scope.all()),
        )
        for each in queries.clusters()
        if not each.is_proposed or each.pk in runs
    ]


@require_safe
@never_cache
@only_shown
def cluster(request: HttpRequest, cluster: str) -> HttpResponse:
    """Show a cluster: to everybody who is in it and leads it, to its members also the money."""
    found, acting, today = queries.cluster_called(cluster), asking(request).acting, localdate()
    runs_it = bool(found and acting and permissions.may_run(acting, found, today))
    if found is None or (found.is_proposed and not runs_it):
        raise Http404("There is no such cluster.")
    is_inside = bool(acting and permissions.may_see_inside(acting, found, today))
    members = queries.members_of(found, on=today)
    context = {
        "cluster": found,
        "scope": queries.scope_of(found),
        "members": members,
        "leads": pages.leads_of(found, members, on=today, is_inside=is_inside, acting=acting),
        "declined": [
            held for held in queries.memberships_of(found) if held.reason and held.is_reason_public
        ],
        "erasable": seeing.whys_to_erase(acting, found, on=today) if acting else [],
        "runs_it": runs_it,
        "may_confirm": bool(runs_it and acting and permissions.may_confirm(acting, found, today)),
        "is_inside": is_inside,
    }
    context["rests"] = rests = powers.rests_of(found, on=today)
    context["waits_for_confirmation"] = any(each.reliance.warnings for each in rests)
    if runs_it:
        context["by_letter"] = joining.asked_by_letter(found, on=today)
    if is_inside and acting:
        context |= _inside(found, acting) | {
            "defaults": seeing.unpaid_of(acting, found, on=today),
            "meetings": seeing.meetings_of(acting, found, on=today),
            "own": queries.membership_of(acting, found, today),
            "is_county": speaks_for_county(acting),
            "may_act": permissions.may_take_part(acting, found, today),
            "obstacles": pages.obstacles_of(found, members, on=today),
        }
    return render(request, "clusters/cluster.html", context)


def _inside(found: Cluster, acting: Office) -> dict[str, object]:
    today, versions = localdate(), queries.terms_of(found)
    asked = queries.memberships_of(found)
    whys = seeing.whys_of(acting, asked, on=today)
    return {
        "asked": [
            (
                held,
                held.stage(today),
                leaving.last_bill_of(held, today=today),
                whys.get(held.pk, ""),
            )
            for held in asked
        ],
        "money": pages.money_of(versions[0], on=today) if versions else None,
        "versions": versions,
        "standing": queries.standing(found, on=today),
        "newest_settlement": queries.newest_settlement(found),
        "resources": queries.resources_of(found, on=today),
    }


@require_http_methods(METHODS)
@for_officers(permissions.may_propose)
@once
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a cluster."""
    offered = catalogue.catalogue()
    form = ProposeForm(request.POST or None, services=offered, councils=councils_to_choose)
    made: list[Cluster] = []

    def propose() -> str:
        cluster = actions.propose(
            body=office_of(request).body,
            idea=form.idea(),
            members=form.cleaned_data["members"],
            services=form.services_chosen(),
            meant=actions.Meant(lead=form.meant_to_lead()),
            by=asking(request).by,
        )
        made.append(cluster)
        return "It is proposed. Nobody is invited yet."

    sheet = Sheet("Propose a cluster", "Propose it", way=way())
    return answer(request, form, sheet, change=propose, there=lambda: made[0])


def councils_to_choose() -> list[Body]:
    """Return the councils and meetings of parishes that are listed."""
    return list(Body.objects.listed().filter(kind__in=permissions.OF_PARISHES).order_by("name"))


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
def change(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Change what is said of a cluster."""
    form = ChangeForm(request.POST or None, initial=_said(cluster) | {"version": cluster.version})

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        today = localdate()
        actions.change(cluster=cluster, version=version, idea=form.idea(), by=by, today=today)
        return "It is changed."

    sheet = Sheet("Change this cluster", "Save", way=way(cluster))
    saved = lambda: _saved(cluster, _said)  # noqa: E731
    return answer(request, form, sheet, change=change, there=cluster, saved=saved)


def _said(cluster: Cluster) -> dict[str, object]:
    return {name: getattr(cluster, name) for name in IdeaForm.base_fields}


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
def cost(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Say what all of it costs."""
    form = CostForm(request.POST or None, initial=_cost(cluster) | {"version": cluster.version})

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        today = localdate()
        actions.say_cost(cluster=cluster, version=version, cost=form.said(), by=by, today=today)
        return "It is kept. Terms that are drawn up already stay as they are."

    sheet = Sheet("What all of it costs", "Save", way=way(cluster))
    saved = lambda: _saved(cluster, _cost)  # noqa: E731
    return answer(request, form, sheet, change=change, there=cluster, saved=saved)


def _cost(cluster: Cluster) -> dict[str, object]:
    return {"whole": in_pounds(cluster.whole_pence), "whole_source": cluster.whole_source}


def _saved(cluster: Cluster, held: Callable[[Cluster], dict[str, object]]) -> Saved:
    cluster.refresh_from_db()
    url, version = cluster.get_absolute_url(), cluster.version
    return journal.saved_meanwhile(cluster.subject, held(cluster), version=version, url=url)


@require_POST
@limited(LETTERS, council_of)
@of_cluster(permissions.may_run)
def invite(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Invite the councils of a proposed cluster."""
    try:
        unreached = actions.invite(cluster=cluster, by=asking(request).by, now=now())
        messages.success(request, "The councils are invited.")
        say_unreached(request, unreached)
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(cluster)


def say_unreached(request: HttpRequest, unreached: list[str]) -> None:
    """Say whom no letter could be sent to."""
    if unreached:
        messages.warning(
            request, f"No letter could be sent to: {', '.join(unreached)}. Telephone instead."
        )


@require_POST
@of_cluster(permissions.may_run)
def form(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Form a cluster."""
    try:
        actions.form(cluster=cluster, by=asking(request).by, now=now())
        messages.success(request, f"{cluster} is formed.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(cluster)


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
@once
def withdraw(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Withdraw a cluster that was never formed."""
    form = WhyForm(request.POST or None)

    def withdraw() -> str:
        by, today = asking(request).by, localdate()
        actions.withdraw(cluster=cluster, by=by, today=today, **form.cleaned_data)
        return "It is withdrawn."

    sheet = Sheet("Withdraw this cluster", "Withdraw it", way=way(cluster))
    return answer(request, form, sheet, change=withdraw, there=reverse("clusters:clusters"))


def way(of: Cluster | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way back up to the clusters, and to one of them."""
    own = ((of.name, of.get_absolute_url()),) if of else ()
    return (("Clusters", reverse("clusters:clusters")), *own)
