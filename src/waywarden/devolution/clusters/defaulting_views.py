"""A member that does not pay: recorded, and put right once it has paid."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking
from waywarden.devolution.clusters import permissions
from waywarden.devolution.clusters.actions import defaulting as actions
from waywarden.devolution.clusters.defaulting_forms import EndForm, PaidForm, UnpaidForm
from waywarden.devolution.clusters.gate import of_default, of_member
from waywarden.devolution.clusters.models import Default, Membership
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

    lead = (
        "Who was a member on the day it was due owes for it, by the terms of that day. The "
        "council and those who owe for it are told."
    )
    sheet = Sheet(
        "What has it not paid?", "Record it", lead, kicker=held.body.name, way=way(held.cluster)
    )
    return answer(request, form, sheet, change=record, there=held.cluster)


@require_http_methods(METHODS)
@of_default(permissions.may_put_right)
@once
def put_right(request: HttpRequest, of: Default) -> HttpResponse:
    """Record that a member paid what was missing."""
    form = PaidForm(request.POST or None)

    def put_right() -> str:
        by, today = asking(request).by, localdate()
        actions.put_right(default=of, by=by, today=today, **form.cleaned_data)
        return "It is put right: the others owe nothing for it any more."

    sheet = Sheet(
        "Paid after all", "Record it", kicker=of.membership.body.name, way=way(of.cluster)
    )
    return answer(request, form, sheet, change=put_right, there=of.cluster)


@require_http_methods(METHODS)
@of_default(permissions.may_end_unpaid)
@once
def end(request: HttpRequest, of: Default) -> HttpResponse:
    """End what is unpaid without its being paid."""
    form = EndForm(request.POST or None)

    def end() -> str:
        actions.end(default=of, by=asking(request).by, today=localdate(), **form.cleaned_data)
        return "It is no longer open. How it ended, and why, stands below."

    lead = (
        "The record and its reason stay on the page. All whom it concerns are told. To put a wrong "
        "record right, withdraw it and record what is so."
    )
    name = of.membership.body.name
    sheet = Sheet("End it without payment", "Record it", lead, kicker=name, way=way(of.cluster))
    return answer(request, form, sheet, change=end, there=of.cluster)
