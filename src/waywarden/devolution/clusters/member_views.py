"""A council in a cluster: added, leaving."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking
from waywarden.devolution.clusters import permissions
from waywarden.devolution.clusters.actions import members as actions
from waywarden.devolution.clusters.forms import AddForm, LeaveForm
from waywarden.devolution.clusters.gate import of_cluster, of_member
from waywarden.devolution.clusters.leaving import leaving_of
from waywarden.devolution.clusters.models import Cluster, Membership
from waywarden.devolution.clusters.views import (
    LETTERS,
    council_of,
    councils_to_choose,
    say_unreached,
    way,
)
from waywarden.fabric.common.wording import pounds
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer


@require_http_methods(METHODS)
@limited(LETTERS, council_of)
@of_cluster(permissions.may_run)
@once
def add(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Add a council to a cluster."""
    form = AddForm(request.POST or None, councils=councils_to_choose)

    def add() -> str:
        body, by = form.cleaned_data["council"], asking(request).by
        say_unreached(request, actions.add(cluster=cluster, body=body, by=by, now=now()))
        return f"{body} is added."

    sheet = Sheet("Add a council", "Add it", way=way(cluster))
    return answer(request, form, sheet, change=add, there=cluster)


@require_http_methods(METHODS)
@of_member(permissions.may_answer)
@once
def leave(request: HttpRequest, held: Membership) -> HttpResponse:
    """Give notice for a member."""
    form = LeaveForm(request.POST or None)

    def leave() -> str:
        by = asking(request).by
        actions.leave(held=held, by=by, today=localdate(), **form.cleaned_data)
        if held.last_bill_pence is None:
            return "The notice is recorded."
        bill = pounds(held.last_bill_pence)
        return f"The notice is recorded. By now it is reckoned to pay {bill} for the season."

    told = {"leaving": leaving_of(held, today=localdate())}
    return answer(
        request,
        form,
        _sheet("Leave the cluster", "Give notice", held),
        change=leave,
        there=held.cluster,
        context=told,
        template="clusters/leave.html",
    )


def _sheet(title: str, button: str, held: Membership) -> Sheet:
    return Sheet(title, button, kicker=held.body.name, way=way(held.cluster))
