from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.people.models import Person
from waywarden.county.signing_in import actions, passkeys, queries
from waywarden.county.signing_in.devices import account_at, device_or_network, network_or_device
from waywarden.county.signing_in.entering import Awaited, awaited, enter, mean_to_see, prove
from waywarden.county.signing_in.forms import CodeForm, EmailForm, OtherBrowserForm, PasswordForm
from waywarden.county.signing_in.limits import CODES, FOLLOWED, LINKS, PASSKEYS, PASSWORDS, SIGN_INS
from waywarden.county.signing_in.sending import RedirectThen, send_link
from waywarden.fabric.common.tokens import new_token
from waywarden.fabric.forms.buckets import patient, take
from waywarden.fabric.notices.letters import site_address

#: The secret by which a browser knows the link it has asked for.
ASKED_IN = "asked_for_a_link_in"
page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@patient
@page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is, and mail them a link."""
    mean_to_see(request, request.GET.get("next", ""))
    form = EmailForm(request.POST or None)
    if form.is_valid():
        return _mail_link(request, form.cleaned_data["email"])
    context = {"form": form, "has_begun": queries.has_begun()}
    return render(request, "signing_in/sign_in.html", context, status=form.status)


def _mail_link(request: HttpRequest, email: str) -> HttpResponse:
    take(SIGN_INS, network_or_device(request, email), now=now())
    take(LINKS, account_at(request, email), now=now())
    asked_in = request.session.setdefault(ASKED_IN, new_token())
    person, secret = actions.ask_for_link(address=email, browser=asked_in, now=now())
    # Never from the request: whoever asks for somebody else's link could name a site of theirs.
    address = site_address(reverse("people:link", args=[secret]))

    def send() -> None:
        if person:
            send_link(to=person, address=address)

    return RedirectThen(reverse("people:link-sent"), send)


@never_cache
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way, if the address is anybody's."""
    return render(request, "signing_in/link_sent.html")


@never_cache
@patient
@page
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button, and sign in whoever presses it: what only reads mail presses nothing."""
    form = None if ASKED_IN in request.session else OtherBrowserForm()
    if request.method == "POST":
        take(FOLLOWED, device_or_network(request), now=now())
        form = OtherBrowserForm(request.POST)
        try:
            return _follow_link(request, secret, form)
        except actions.LinkRefused as refused:
            return render(request, "signing_in/link_refused.html", {"why": refused}, status=410)
        except actions.OtherBrowser as refused:
            if form.is_valid():
                form.add_error("email", str(refused))
    status = form.status if form else 200
    return render(request, "signing_in/link.html", {"form": form}, status=status)


def _follow_link(request: HttpRequest, secret: str, form: OtherBrowserForm) -> HttpResponse:
    said = form.cleaned_data["email"] if form.is_valid() else ""
    asked_in = request.session.get(ASKED_IN, "")
    person = actions.use_link(secret=secret, browser=asked_in, address=said, now=now())
    return prove(request, person, way="a link")


@never_cache
@patient
@page
def password(request: HttpRequest) -> HttpResponse:
    """Sign in whoever knows a password; the tries are counted before it is worked on."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        email, typed = form.cleaned_data["email"], form.cleaned_data["password"]
        take(SIGN_INS, network_or_device(request, email), now=now())
        take(PASSWORDS, account_at(request, email), now=now())
        person = authenticate(request, username=email, password=typed)
        if isinstance(person, Person):
            return prove(request, person, way="a password")
        form.add_error("password", "The e-mail address or the password is not right")
    return render(request, "signing_in/password.html", {"form": form}, status=form.status)


@never_cache
@patient
@page
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a second proof of who has given a first."""
    waiting = awaited(request)
    if waiting is None:
        return render(request, "signing_in/nothing_awaited.html")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            return _step_in(request, waiting, form.cleaned_data["code"])
        except actions.WrongCode as refused:
            form.add_error("code", str(refused))
    context = {"form": form, "steps": queries.steps_of(waiting.person)}
    return render(request, "signing_in/second_step.html", context, status=form.status)


def _step_in(request: HttpRequest, waiting: Awaited, code: str) -> HttpResponse:
    take(CODES, account_at(request, waiting.person.email), now=now())
    way = actions.use_code(person=waiting.person, code=code, now=now())
    _warn_of_few_codes(request, waiting.person)
    return enter(request, waiting.person, ways=f"{waiting.way}, then {way}", is_proved=True)


def _warn_of_few_codes(request: HttpRequest, person: Person) -> None:
    left = queries.steps_of(person)
    if left.codes and left.codes_left < 3:
        messages.warning(
            request, f"You have {left.codes_left} recovery codes left. Make new ones in time."
        )


@never_cache
@patient
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Say for which passkeys a browser is to ask."""
    take(PASSKEYS, device_or_network(request), now=now())
    waiting = awaited(request)
    return JsonResponse(passkeys.ask_to_sign_in(request, waiting.person if waiting else None))


@never_cache
@patient
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in whoever has a passkey, whether it is their only step or their second."""
    waiting = awaited(request)
    take(SIGN_INS, f"passkeys {device_or_network(request)}", now=now())
    try:
        person = passkeys.who_signs_in(request, waiting.person if waiting else None)
    except passkeys.PasskeyRefused as refused:
        messages.error(request, str(refused))
        return redirect("people:second-step" if waiting else "people:sign-in")
    ways = f"{waiting.way}, then a passkey" if waiting else "a passkey"
    return enter(request, person, ways=ways, is_proved=True)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out of this browser."""
    person = request.user
    if isinstance(person, Person):
        actions.end_sign_in(session_key=request.session.session_key or "")
    logout(request)
    messages.info(request, "You are signed out.")
    return redirect("people:sign-in")
