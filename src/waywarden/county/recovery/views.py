"""Letting somebody into a body again from outside: two people do it together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.councils.models import Body
from waywarden.county.offices.answering import Sheet, answer, answer_button, sent
from waywarden.county.offices.hands import hand_of
from waywarden.county.people.gate import about_body
from waywarden.county.recovery import actions, policies, queries
from waywarden.county.recovery.forms import RecoverForm
from waywarden.county.recovery.models import Recovery
from waywarden.county.recovery.permissions import may_recover, may_stop_recovery
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS


@require_safe
@about_body(may_recover)
def recovery(request: HttpRequest, body: Body) -> HttpResponse:
    """Show the recovery of a body that waits for a second person, and what stands in its way."""
    proposed, by, now = queries.proposed_recovery(body), hand_of(request), timezone.now()
    obstacles = proposed and policies.obstacles_to_agreeing(
        proposed, by=by.person, now=now, today=localdate()
    )
    is_open = proposed is not None and proposed.is_open(now)
    context = {"body": body, "recovery": proposed, "is_open": is_open, "obstacles": obstacles}
    return render(request, "recovery/recovery.html", context)


@require_http_methods(METHODS)
@about_body(may_recover)
@once
def propose(request: HttpRequest, body: Body) -> HttpResponse:
    """Propose to let somebody into a body again."""
    now, today = timezone.now(), localdate()
    form = RecoverForm(sent(request), body=body, today=today)

    def change() -> str:
        by, reason = hand_of(request), form.cleaned_data["reason"]
        actions.propose(body=body, offer=form.offer(), reason=reason, by=by, now=now, today=today)
        return "Your proposal waits for a second person."

    lead = (
        "For a body in which nobody is left who can invite. A second person from a principal "
        "council, or the operator, must agree before an invitation goes out."
    )
    sheet = Sheet("Let somebody in from outside", "Propose it", lead)
    return answer(request, body, form, sheet, change=change, there="recovery:recovery")


@require_POST
@about_body(may_recover)
def agree(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Be the second person."""
    recovery = get_object_or_404(Recovery, body=body, pk=number)

    def change() -> str:
        by, now, today = hand_of(request), timezone.now(), localdate()
        invitation = actions.agree(recovery=recovery, by=by, now=now, today=today)
        return f"You agreed. An invitation went to {invitation.address}."

    return answer_button(request, body, change=change, there="recovery:recovery")


@require_POST
@about_body(may_stop_recovery)
def stop(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Let nothing come of a proposal."""
    recovery = get_object_or_404(Recovery, body=body, pk=number)

    def change() -> str:
        actions.stop(recovery=recovery, by=hand_of(request), now=timezone.now())
        return "The proposal is stopped."

    return answer_button(request, body, change=change, there="bodies:body")
