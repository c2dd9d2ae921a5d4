"""The page an invitation leads to: for whoever has its link, signed in or not."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waywarden.county.offices import actions, policies, queries
from waywarden.county.offices.answering import sent
from waywarden.county.offices.forms import AcceptForm
from waywarden.county.offices.models import Invitation
from waywarden.county.people.acting import CHOSEN, asking
from waywarden.fabric.forms.buckets import Limit, network_of, patient, take
from waywarden.fabric.forms.sheets import METHODS

#: Answers to one invitation, and keys that open none, from one network.
ANSWERS = Limit("invitations", 20, timedelta(hours=1))


@require_http_methods(METHODS)
@never_cache
@patient
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and let whoever has its link accept it."""
    found = queries.invitation_for(token)
    if request.method == "POST":
        whose = f"{network_of(request)} {found.key if found else ''}"
        take(ANSWERS, whose, now=timezone.now())
    if found is None:
        raise Http404("No invitation has this key.")
    form = AcceptForm(sent(request), is_known=queries.is_known(found.address))
    obstacles: list[str] = []
    if form.is_valid():
        try:
            return _accepted(request, found, form)
        except actions.CannotAccept as refused:
            obstacles = [str(refused)]
    return _shown(request, found, form, obstacles)


def _accepted(request: HttpRequest, found: Invitation, form: AcceptForm) -> HttpResponse:
    name, acting = form.cleaned_data.get("shown_as", ""), asking(request).acting
    now, today = timezone.now(), localdate()
    office = actions.accept(invitation=found, shown_as=name, now=now, today=today)
    begins = f"{office} from {office.starts_on:%-d %B %Y}."
    if asking(request).person is None:
        messages.success(request, f"You are {begins} Sign in to begin.")
        return redirect("people:sign-in")
    if acting:
        request.session[CHOSEN] = acting.pk
        begins += f" You still act as {acting}, until you choose another office here."
    messages.success(request, f"{office.person.email} is {begins}")
    return redirect("people:account")


def _shown(
    request: HttpRequest, found: Invitation, form: AcceptForm, refused: list[str]
) -> HttpResponse:
    obstacles = refused or policies.obstacles_to_accepting(
        found, now=timezone.now(), today=localdate()
    )
    is_taken = found.status == Invitation.Status.ACCEPTED
    status = 409 if refused else 410 if obstacles and not is_taken else form.status
    context = {"invitation": found, "form": form, "obstacles": obstacles, "is_taken": is_taken}
    return render(request, "offices/invitation.html", context, status=status)
