"""A member that does not pay: recorded, and put right once it has paid."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking
from waywarden.devolution.clusters import permissions
from waywarden.devolution.clusters.actions import defaulting as actions
from waywarden.devolution.clusters.defaulting_forms import PaidForm, UnpaidForm
from waywarden.devolution.clusters.gate import of_cluster, of_member
from waywarden.devolution.clusters.models import Cluster, Membership
from waywarden.devolution.clusters.views import way
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer


@require_http_methods(METHODS)
@of_member(permissions.may_call_unpaid)
@once
def record(request: HttpRequest, held: Membership) -> HttpResponse:
    """Record that a member did not pay."""
    form = UnpaidForm(request.POST or None)

    def record() -> str:
        actions.record(held=held, unpaid=form.said(), by=asking(request).by, now=now())
        return "It is recorded. What each of the others owes for it stands below."

    lead = "Their terms say who pays while a member does not. All members are told of it."
    sheet = Sheet(
        "What has it not paid?", "Record it", lead, kicker=held.body.name, way=way(held.cluster)
    )
    return answer(request, form, sheet, change=record, there=held.cluster)


@require_http_methods(METHODS)
@of_cluster(permissions.may_run)
@once
def put_right(request: HttpRequest, cluster: Cluster, default: int) -> HttpResponse:
    """Record that a member paid what was missing."""
    found = cluster.defaults.select_related("membership__body", "cluster__proposed_by")
    of = found.filter(pk=default).first()
    if of is None:
        raise Http404("Nothing of that is unpaid here.")
    form = PaidForm(request.POST or None)

    def put_right() -> str:
        by, today = asking(request).by, localdate()
        actions.put_right(default=of, by=by, today=today, **form.cleaned_data)
        return "It is put right: the others owe nothing for it any more."

    sheet = Sheet("Paid after all", "Record it", kicker=of.membership.body.name, way=way(cluster))
    return answer(request, form, sheet, change=put_right, there=cluster)
