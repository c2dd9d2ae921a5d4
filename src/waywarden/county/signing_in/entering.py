"""Letting somebody in: after the first proof to the second step, after that to where they meant."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now

from waywarden.county.people.acting import TWO_WAYS
from waywarden.county.people.models import Person
from waywarden.county.signing_in import actions
from waywarden.county.signing_in.browsers import browser_of
from waywarden.county.signing_in.devices import remember_device
from waywarden.county.signing_in.limits import STRANGERS
from waywarden.county.signing_in.queries import steps_of
from waywarden.fabric.common import leading
from waywarden.fabric.forms.buckets import TooMany, network_of, take

BACKEND = "django.contrib.auth.backends.ModelBackend"
#: What a session keeps: whose second step is awaited, where they meant to go, when they came.
AWAITED, MEANT, CAME = "second_step_of", "meant_to_see", "came_at"
#: For how long somebody may look for their telephone.
PATIENCE = timedelta(minutes=10)
#: For how long a sign-in is proof enough to change how one signs in.
FRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class Awaited:
    """Somebody who has proved in one way who they are, and is asked for a second."""

    person: Person
    way: str


def mean_to_see(request: HttpRequest, address: str) -> None:
    """Remember where on this site somebody was going before they were asked who they are."""
    if leading.is_ours(address) and request.session.get(MEANT) != address and _may_be_kept(request):
        request.session[MEANT] = address


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether to keep something of a stranger: each session is a row, so only so many begin."""
    if request.session.session_key:
        return True
    try:
        take(STRANGERS, network_of(request), now=now())
    except (TooMany, DatabaseError):
        # They sign in all the same, and are led to their account.
        return False
    return True


def prove(request: HttpRequest, person: Person, *, way: str) -> HttpResponse:
    """Go on after a first proof: to the second step of who has set one up, else in."""
    if not steps_of(person).are_set_up:
        return enter(request, person, ways=way, is_proved=False)
    # What was a stranger's session must not become somebody's.
    request.session.cycle_key()
    until = (now() + PATIENCE).timestamp()
    request.session[AWAITED] = {"person": person.pk, "way": way, "until": until}
    return redirect("people:second-step")


def awaited(request: HttpRequest) -> Awaited | None:
    """Return whose second step is awaited in this browser, if anybody's is still."""
    kept = request.session.get(AWAITED)
    if not kept or kept["until"] < now().timestamp():
        return None
    person = Person.objects.filter(pk=kept["person"], is_active=True).first()
    return Awaited(person, kept["way"]) if person else None


def enter(request: HttpRequest, person: Person, *, ways: str, is_proved: bool) -> HttpResponse:
    """Let somebody in, in a session of its own, and lead them where they meant to go."""
    meant, left = request.session.get(MEANT), request.session.session_key
    login(request, person, backend=BACKEND)
    session = request.session
    for kept in (AWAITED, MEANT):
        session.pop(kept, None)
    session[TWO_WAYS] = is_proved
    session[CAME] = now().timestamp()
    session.save()
    actions.note_sign_in(
        person=person,
        left=left,
        session_key=session.session_key or "",
        ways=ways,
        browser=browser_of(request),
        now=now(),
    )
    answer = redirect(meant or reverse("people:account"))
    remember_device(request, answer, person)
    return answer


def came_at(request: HttpRequest) -> datetime | None:
    """Return when whoever asks has signed in."""
    kept = request.session.get(CAME)
    return datetime.fromtimestamp(kept, tz=now().tzinfo) if kept else None


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody has signed in so lately that it is surely still them."""
    came = came_at(request)
    return came is not None and now() - came < FRESH
