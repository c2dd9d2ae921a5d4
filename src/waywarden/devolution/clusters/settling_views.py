"""A cluster's meetings, what its members lend one another, and how it is dissolved."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.people.acting import asking, office_of
from waywarden.devolution.clusters import permissions, queries, settling
from waywarden.devolution.clusters.actions import settling as actions
from waywarden.devolution.clusters.defaulting_forms import PaidForm
from waywarden.devolution.clusters.gate import of_cluster, of_member, of_portion, of_settlement
from waywarden.devolution.clusters.models import Cluster, Membership, Portion, Settlement
from waywarden.devolution.clusters.settling_forms import (
    ConsentForm,
    MeetingForm,
    ResourceForm,
    SettleForm,
)
from waywarden.devolution.clusters.views import way
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
@once
def meet(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Record what a meeting of the members decided."""
    on = localdate()
    votes = queries.votes_of(queries.standing(cluster, on=on), on=on)
    members = {held.body.key: held.body.name for held in queries.members_of(cluster, on=on)}
    names = {key: f"{members[key]} ({count} votes)" for key, count in votes.items()}
    form = MeetingForm(request.POST or None, names=names, initial={"held_on": on})

    def meet() -> str:
        said = {name: form.cleaned_data[name] for name in ("question", "held_on")}
        by = asking(request).by
        made = actions.meet(cluster=cluster, cast=form.cast(), by=by, now=now(), **said)
        return f"“{made}” is recorded: {'carried' if made.is_carried else 'not carried'}."

    lead = "The votes and the quorum are those of the terms that every member agreed to."
    sheet = Sheet("What did the members decide?", "Record it", lead=lead, way=way(cluster))
    return answer(request, form, sheet, change=meet, there=cluster)


@require_http_methods(METHODS)
@of_member(permissions.may_answer)
@once
def lend(request: HttpRequest, held: Membership) -> HttpResponse:
    """Put something a member lends, hires out or shares on the list."""
    form = ResourceForm(request.POST or None)

    def lend() -> str:
        made = actions.lend(held=held, by=asking(request).by, now=now(), **form.cleaned_data)
        return f"{made} is on the list."

    sheet = Sheet(
        "Lend, hire out or share", "List it", kicker=held.body.name, way=way(held.cluster)
    )
    return answer(request, form, sheet, change=lend, there=held.cluster)


@require_POST
@of_member(permissions.may_answer)
def take_back(request: HttpRequest, held: Membership, resource: int) -> HttpResponse:
    """Take something off the list."""
    found = held.resources.select_related("cluster__proposed_by").filter(pk=resource).first()
    if found is None:
        raise Http404("There is no such thing on the list.")
    try:
        actions.take_back(resource=found, by=asking(request).by, now=now())
        messages.success(request, f"{found} is off the list.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(held.cluster)


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
@once
def settle(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Draw up how a cluster is dissolved."""
    members = queries.members_of(cluster, on=localdate())
    form = SettleForm(
        request.POST or None,
        members=members,
        things=queries.resources_of(cluster, on=localdate()),
        scope=queries.scope_of(cluster),
    )
    made: list[Settlement] = []

    def settle() -> str:
        by, plan = asking(request).by, form.plan()
        made.append(actions.settle(cluster=cluster, plan=plan, by=by, now=now()))
        return "It is drawn up. Each member agrees to it by a resolution."

    lead = (
        "What one member is paid another pays: both sides must be the same. It is dissolved once "
        "every member has agreed."
    )
    sheet = Sheet("Dissolve the cluster", "Draw it up", lead=lead, way=way(cluster))
    return answer(request, form, sheet, change=settle, there=lambda: made[0])


@require_safe
@of_settlement(permissions.may_read_settlement)
def settlement(request: HttpRequest, found: Settlement) -> HttpResponse:
    """Show how a cluster is dissolved, and who agreed to it."""
    cluster = found.cluster
    newest, today, acting = queries.newest_settlement(cluster), localdate(), office_of(request)
    members = queries.members_of(cluster, on=today)
    is_newest = newest == found
    context = {
        "cluster": cluster,
        "settlement": found,
        "portions": [
            (portion, permissions.may_note_paid(acting, portion, today))
            for portion in queries.portions_of(found)
        ],
        "consents": found.consents.select_related("membership__body", "decision__body"),
        "handovers": queries.handovers_of(found),
        "is_newest": is_newest,
        "is_payable": is_newest
        and cluster.is_formed
        and not queries.still_to_consent(found, members),
        "own": queries.membership_of(acting, cluster, today),
        "may_act": permissions.may_take_part(acting, cluster, today),
        "runs_it": permissions.may_run(acting, cluster, today),
        "obstacles": settling.obstacles_to_dissolving(cluster, newest, members, on=today)
        if is_newest
        else [],
    }
    return render(request, "clusters/settlement.html", context)


@require_http_methods(METHODS)
@of_member(permissions.may_answer)
@once
def consent(request: HttpRequest, held: Membership) -> HttpResponse:
    """Record that a member agrees to the newest settlement."""
    newest = queries.newest_settlement(held.cluster)
    if newest is None:
        return redirect(held.cluster)
    form = ConsentForm(request.POST or None, initial={"shown": newest.hash})

    def consent() -> str:
        actions.consent(
            settlement=newest,
            held=held,
            shown=form.cleaned_data["shown"],
            taken=form.taken(),
            by=asking(request).by,
            now=now(),
        )
        return f"The agreement of {held.body} is recorded."

    sheet = Sheet(
        "Agree to dissolve the cluster",
        "Record the agreement",
        kicker=held.body.name,
        way=(*way(held.cluster), (f"Settlement {newest.number}", newest.get_absolute_url())),
    )
    return answer(request, form, sheet, change=consent, there=newest)


@require_http_methods(METHODS)
@of_portion(permissions.may_note_paid)
@once
def note_paid(request: HttpRequest, portion: Portion) -> HttpResponse:
    """Note that the balance of a member was paid."""
    form, settlement = PaidForm(request.POST or None), portion.settlement

    def note_paid() -> str:
        by, today = asking(request).by, localdate()
        actions.note_paid(portion=portion, by=by, today=today, **form.cleaned_data)
        return f"The balance of {portion.membership.body} is noted as paid."

    above = (f"Settlement {settlement.number}", settlement.get_absolute_url())
    sheet = Sheet(
        "The balance is paid",
        "Note it",
        kicker=portion.membership.body.name,
        way=(*way(settlement.cluster), above),
    )
    return answer(request, form, sheet, change=note_paid, there=settlement)


@require_POST
@of_cluster(permissions.may_run)
def dissolve(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Dissolve a cluster."""
    try:
        actions.dissolve(cluster=cluster, by=asking(request).by, now=now())
        messages.success(request, f"{cluster} is dissolved.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(cluster)
