"""Looking into a body's own matters from outside, for some hours."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from waywarden.county.councils.models import Body
from waywarden.county.looking_in import actions
from waywarden.county.looking_in.forms import AccessForm
from waywarden.county.looking_in.permissions import may_open_access
from waywarden.county.offices.answering import Sheet, answer, answer_button, sent
from waywarden.county.offices.hands import hand_of
from waywarden.county.people.gate import about_body
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS


@require_http_methods(METHODS)
@about_body(may_open_access)
@once
def look_in(request: HttpRequest, body: Body) -> HttpResponse:
    """Look into a body's own matters for some hours, saying why."""
    now, today, by = timezone.now(), localdate(), hand_of(request)
    form = AccessForm(sent(request))

    def change() -> str:
        reason, hours = form.cleaned_data["reason"], form.cleaned_data["hours"]
        actions.open_access(body=body, reason=reason, hours=hours, by=by, now=now, today=today)
        return f"You can look into the matters of {body} now. It can see that you do."

    lead = (
        f"What {body} keeps to itself is shown to you for the hours you choose. Its officers are "
        "told who looks, when and why."
    )
    sheet = Sheet("Look in from outside", "Look in", lead)
    return answer(request, body, form, sheet, change=change)


@require_POST
@about_body(may_open_access)
def look_away(request: HttpRequest, body: Body) -> HttpResponse:
    """Stop looking in before the hours are over."""
    by, now = hand_of(request), timezone.now()

    def change() -> str:
        actions.close_access(person=by.person, body=body, by=by.actor, now=now)
        return f"You no longer look into the matters of {body}."

    return answer_button(request, body, change=change, there="bodies:body")
