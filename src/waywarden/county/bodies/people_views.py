"""Who holds the offices of a body, for its own officers and whoever looks in with a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.bodies import queries
from waywarden.county.bodies.permissions import may_see_people
from waywarden.county.councils.models import Body
from waywarden.county.offices.permissions import acts_in, appoints_in
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import about_body


@require_safe
@about_body(may_see_people)
def people_of(request: HttpRequest, body: Body) -> HttpResponse:
    """Show who holds a body's offices, until when, and who from outside looked in."""
    now, who = timezone.now(), asking(request)
    context = {
        "body": body,
        "page": queries.people_page(body, now=now, today=localdate()),
        "appoints": appoints_in(who, body, now),
        "is_own": acts_in(who, body, now),
        "now": now,
    }
    return render(request, "bodies/people.html", context)
