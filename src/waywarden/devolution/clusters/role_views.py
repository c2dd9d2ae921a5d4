"""The roles of a cluster: taken by a member, noted for a group, given up, and what they can do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from waywarden.county.people.acting import asking, office_of
from waywarden.devolution.clusters import permissions, queries
from waywarden.devolution.clusters.actions import roles as actions
from waywarden.devolution.clusters.forms import CapacityForm, HolderForm
from waywarden.devolution.clusters.gate import of_cluster, of_role, role_of
from waywarden.devolution.clusters.models import Cluster, Role
from waywarden.devolution.clusters.views import way
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.fields import WhyForm
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.rules.units import after_number


@require_POST
@of_cluster(permissions.may_take_part)
def accept(request: HttpRequest, cluster: Cluster, role: int) -> HttpResponse:
    """Take a role for one's own council."""
    found = role_of(cluster, role)
    held = queries.membership_of(office_of(request), cluster, localdate())
    try:
        actions.accept(role=found, held=held, by=asking(request).by, now=now())
        messages.success(request, f"{found.held_by} has taken the role: {found}.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(cluster)


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
@once
def note(request: HttpRequest, cluster: Cluster, role: int) -> HttpResponse:
    """Note a group or company that leads a service."""
    found = role_of(cluster, role)
    form = HolderForm(request.POST or None)

    def note() -> str:
        actions.note_holder(role=found, by=asking(request).by, now=now(), **form.cleaned_data)
        return f"{found.held_by} leads: {found}."

    sheet = Sheet("A group or company leads it", "Note it", kicker=str(found), way=way(cluster))
    return answer(request, form, sheet, change=note, there=cluster)


@require_http_methods(METHODS)
@of_role(permissions.may_hold)
@once
def give_up(request: HttpRequest, found: Role) -> HttpResponse:
    """Give a role back."""
    cluster = found.cluster
    form = WhyForm(request.POST or None)

    def give_up() -> str:
        by, today = asking(request).by, localdate()
        actions.give_up(role=found, by=by, today=today, **form.cleaned_data)
        return "Another can take it now."

    sheet = Sheet("Give up the role", "Give it up", kicker=str(found), way=way(cluster))
    return answer(request, form, sheet, change=give_up, there=cluster)


@require_http_methods(METHODS)
@of_role(permissions.may_hold)
def capacity(request: HttpRequest, found: Role) -> HttpResponse:
    """Say how much a service lead can do in each month."""
    cluster = found.cluster
    if found.service is None:
        raise Http404("A cluster lead has no such figure.")
    form = CapacityForm(
        request.POST or None,
        initial=_months(found) | {"version": found.version},
        unit=after_number(found.service.unit, 2_000),
    )

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        months, today = form.monthly_milli(), localdate()
        actions.say_capacity(role=found, version=version, monthly_milli=months, by=by, today=today)
        return "It is kept."

    sheet = Sheet("What can be done in a month", "Save", kicker=str(found), way=way(cluster))
    saved = lambda: _saved(found)  # noqa: E731
    return answer(request, form, sheet, change=change, there=cluster, saved=saved)


def _months(role: Role) -> dict[str, object]:
    return {f"month_{month}": milli // 1000 for month, milli in enumerate(role.monthly_milli, 1)}


def _saved(role: Role) -> Saved:
    role.refresh_from_db()
    return Saved(_months(role), role.version, url=role.cluster.get_absolute_url())
