from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.people.acting import TWO_WAYS, ask_anew, asking
from waywarden.county.people.models import Person
from waywarden.county.signing_in import actions, passkeys, queries
from waywarden.county.signing_in.devices import account_at
from waywarden.county.signing_in.forms import AppForm, NewPasswordForm, PasskeyForm
from waywarden.county.signing_in.gate import for_just_signed_in
from waywarden.county.signing_in.limits import CODES
from waywarden.county.signing_in.pictures import code_to_scan
from waywarden.fabric.common.gate import for_signed_in
from waywarden.fabric.forms.buckets import patient, take

#: What a session keeps while an app is set up: what the app is given.
NEW_APP = "new_app"
page = require_http_methods(["GET", "HEAD", "POST"])


def _person(request: HttpRequest) -> Person:
    person = asking(request).person
    if person is None:
        raise AssertionError("The gate lets in only who has signed in.")
    return person


@require_safe
@for_signed_in
def ways(request: HttpRequest) -> HttpResponse:
    """Show how somebody signs in, and where they are signed in."""
    person = _person(request)
    context = {
        "who": asking(request),
        "steps": queries.steps_of(person),
        "sign_ins": queries.sign_ins_of(person, now=now()),
        "here": request.session.session_key,
    }
    return render(request, "signing_in/ways.html", context)


@page
@for_just_signed_in
@patient
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that gives codes."""
    person, form = _person(request), AppForm(request.POST or None)
    secret = request.session.setdefault(NEW_APP, generate_totp_secret())
    if form.is_valid():
        take(CODES, account_at(request, person.email), now=now())
        try:
            actions.set_up_app(
                person=person,
                secret=secret,
                code=form.cleaned_data["code"],
                by=asking(request).by,
                now=now(),
            )
        except (actions.WrongCode, actions.CannotSetUp) as refused:
            form.add_error("code", str(refused))
        else:
            del request.session[NEW_APP]
            return _proved(request, "Your app now gives the code for your second step.")
    context = {"form": form, "secret": secret, "picture": code_to_scan(request, person, secret)}
    return render(request, "signing_in/set_up_app.html", context, status=form.status)


def _proved(request: HttpRequest, said: str) -> HttpResponse:
    """Go on after a second step was set up: it was proved by setting it up."""
    request.session[TWO_WAYS] = True
    ask_anew(request)
    messages.success(request, said)
    person = _person(request)
    if queries.steps_of(person).codes is None:
        return _show_new_codes(request, person)
    return redirect("people:ways")


@require_POST
@for_just_signed_in
def new_passkey_options(request: HttpRequest) -> HttpResponse:
    """Say what passkey a browser is to make."""
    return JsonResponse(passkeys.ask_to_make(request, _person(request)))


@page
@for_just_signed_in
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep a passkey the browser has made."""
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        credential = form.cleaned_data["credential"]
        try:
            passkeys.check_made(request, credential)
        except passkeys.PasskeyRefused as refused:
            form.add_error("name", str(refused))
        else:
            actions.keep_passkey(
                person=_person(request),
                name=form.cleaned_data["name"],
                credential=credential,
                by=asking(request).by,
            )
            return _proved(request, "Your passkey is kept.")
    return render(request, "signing_in/add_passkey.html", {"form": form}, status=form.status)


@page
@for_just_signed_in
def remove_step(request: HttpRequest) -> HttpResponse:
    """Remove an app or a passkey; other browsers are signed out, for they may be a thief's."""
    person = _person(request)
    steps = queries.steps_of(person)
    asked = request.GET.get("step", "")
    step = next((step for step in steps.all if str(step.pk) == asked), None)
    if step is None:
        messages.info(request, "There is no such step. Nothing was removed.")
        return redirect("people:ways")
    if request.method != "POST":
        context = {"step": step, "is_app": step == steps.app, "is_last": len(steps.all) == 1}
        return render(request, "signing_in/remove_step.html", context)
    actions.remove_step(person=person, step=step, by=asking(request).by)
    actions.end_sign_ins(person=person, but=request.session.session_key)
    request.session[TWO_WAYS] = len(steps.all) > 1
    messages.success(request, "It is removed, and you are signed out everywhere else.")
    return redirect("people:ways")


@require_POST
@for_just_signed_in
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them, this once."""
    if not queries.steps_of(_person(request)).are_set_up:
        messages.error(request, "Set up an app or a passkey first.")
        return redirect("people:ways")
    return _show_new_codes(request, _person(request))


def _show_new_codes(request: HttpRequest, person: Person) -> HttpResponse:
    codes = actions.renew_recovery_codes(person=person, by=asking(request).by)
    return render(request, "signing_in/codes.html", {"codes": codes})


@require_POST
@for_signed_in
def download_codes(request: HttpRequest) -> HttpResponse:
    """Give back, as a file, the codes that the page of new codes has sent along."""
    codes = [code for code in request.POST.getlist("code") if code.isdigit()][:20]
    text = "Recovery codes. Each signs you in once, in place of your second step.\r\n\r\n"
    answer = HttpResponse(text + "\r\n".join(codes) + "\r\n", content_type="text/plain")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


@page
@for_just_signed_in
def set_password(request: HttpRequest) -> HttpResponse:
    """Set a password; other browsers are signed out."""
    person = _person(request)
    form = NewPasswordForm(request.POST or None, person=person)
    if form.is_valid():
        actions.set_password(
            person=person, password=form.cleaned_data["password"], by=asking(request).by
        )
        _stay_signed_in(request, person)
        messages.success(request, "Your password is set, and you are signed out everywhere else.")
        return redirect("people:ways")
    return render(request, "signing_in/set_password.html", {"form": form}, status=form.status)


def _stay_signed_in(request: HttpRequest, person: Person) -> None:
    """Keep this browser signed in after a new password, which ends what was signed in before."""
    here = request.session.session_key
    update_session_auth_hash(request, person)
    request.session.save()
    actions.move_sign_in(before=here or "", after=request.session.session_key or "")
    actions.end_sign_ins(person=person, but=request.session.session_key)


@require_POST
@for_signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out of every browser, this one too."""
    actions.end_sign_ins(person=_person(request))
    logout(request)
    messages.info(request, "You are signed out everywhere.")
    return redirect("people:sign-in")
