"""The gate before a page that is not for everybody."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking, asking
from waywarden.county.people.models import Office
from waywarden.fabric.common.gate import ask_to_sign_in, page_of_form
from waywarden.fabric.common.typed import CHANGES, typed_words

View = Callable[..., HttpResponse]
#: Whether somebody may, of a body, at a moment.
MayAbout = Callable[[Asking, Body, datetime], bool]
#: The hidden field of every form: the office it was opened in.
SENT = "acting_in"


def for_officers(may: Callable[[Office], bool] = lambda office: True) -> Callable[[View], View]:
    """Let in who acts in an office for which ``may`` holds; others learn why not.

    Somebody not signed in is sent to sign in and comes back. A form opened in
    one office and sent in another is answered with 409, and nothing is done:
    somebody who is clerk of two parishes must not act for one as the other.
    """

    def gated(view: View) -> View:
        @wraps(view)
        def within(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            who = asking(request)
            if who.person is None:
                return ask_to_sign_in(request)
            if who.acting is None and who.waiting:
                return _ask_for_a_second_step(request)
            opened_in = _opened_in(request, who)
            if opened_in and opened_in != who.acting:
                return _other_office(request, who, opened_in)
            if who.acting is None or not may(who.acting):
                raise PermissionDenied
            if request.method in CHANGES and opened_in is None:
                return _other_office(request, who, None)
            return view(request, *args, **named)

        # Whoever asks next in the same browser may be somebody else.
        return never_cache(within)

    return gated


def _opened_in(request: HttpRequest, who: Asking) -> Office | None:
    """Find the office of theirs, held still or once, in which they opened the form they send."""
    said = request.POST.get(SENT, "") if request.method in CHANGES else ""
    if not said.isascii() or not said.isdecimal() or who.person is None:
        return None
    theirs = Office.objects.held_by(who.person).select_related("person", "body")
    return theirs.filter(pk=int(said[:18])).first()


def _other_office(request: HttpRequest, who: Asking, opened_in: Office | None) -> HttpResponse:
    """Say that a form was opened in another office, or in one that has ended; give it back."""
    context = {
        "who": who,
        "opened_in": opened_in,
        "is_held": opened_in in who.offices,
        "typed": typed_words(request),
        "there": page_of_form(request),
    }
    return render(request, "people/other_office.html", context, status=409)


def _ask_for_a_second_step(request: HttpRequest) -> HttpResponse:
    """Lead to the second step; whoever sent a form is told first, and given back its words."""
    if request.method in CHANGES:
        context = {"typed": typed_words(request)}
        return render(request, "people/not_proved.html", context, status=401)
    messages.warning(request, "That page opens after your second step. Nothing was saved.")
    return redirect("people:ways")


def for_operators(view: View) -> View:
    """Let in who looks after this installation, once they have proved in two ways who they are."""

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        who = asking(request)
        if who.person is None:
            return ask_to_sign_in(request)
        if not who.person.is_operator:
            raise PermissionDenied
        if not who.is_operator:
            return _ask_for_a_second_step(request)
        return view(request, *args, **named)

    return never_cache(within)


def about_body(may: MayAbout) -> Callable[[View], View]:
    """Let in those for whom ``may`` holds of the body in the address; the view is given the body.

    That may be somebody without an office, such as the operator. A form opened
    in another office is answered with 409 before anything else is asked: what
    it was about does not matter. A body that is not listed is not there.
    """

    def gated(view: View) -> View:
        @wraps(view)
        def within(request: HttpRequest, key: str, **named: Any) -> HttpResponse:
            who = asking(request)
            if who.person is None:
                return ask_to_sign_in(request)
            if who.acting is None and (who.waiting or who.is_operator != who.person.is_operator):
                return _ask_for_a_second_step(request)
            acting_in = str(who.acting.pk) if who.acting else ""
            if request.method in CHANGES and request.POST.get(SENT, "") != acting_in:
                return _other_office(request, who, _opened_in(request, who))
            body = get_object_or_404(Body.objects.listed(), key=key)
            if not may(who, body, timezone.now()):
                raise PermissionDenied
            return view(request, body, **named)

        return never_cache(within)

    return gated
