from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from waywarden.county.people.acting import CHOSEN, asking
from waywarden.county.people.work import begun_by, work_of
from waywarden.fabric.common import leading
from waywarden.fabric.common.gate import for_signed_in


@require_safe
@for_signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Show who has signed in, the offices they hold, and which they act in."""
    who = asking(request)
    context = {"who": who, "work": work_of(who, today=localdate()), "drafts": begun_by(who)}
    return render(request, "people/account.html", context)


@require_POST
@for_signed_in
def act_in(request: HttpRequest) -> HttpResponse:
    """Go on in another of one's offices."""
    wanted = request.POST.get("office", "")
    held = {str(office.pk): office for office in asking(request).offices}
    if wanted in held:
        request.session[CHOSEN] = held[wanted].pk
    else:
        messages.warning(request, "You do not hold that office any more. Nothing was changed.")
    return leading.back(request, otherwise="people:account")
