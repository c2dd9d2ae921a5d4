"""What is done to one decision: taken, handed on, signed off, called in; interests declared."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from waywarden.county.decisions import actions, finding, permissions, queries
from waywarden.county.decisions.forms import (
    NOTICE,
    TAKEN,
    CorrectForm,
    HandForm,
    InterestForm,
    NoticeForm,
    OptionForm,
    SignOffForm,
    TakeForm,
)
from waywarden.county.decisions.models import Decision, Interest, Option, SignOff
from waywarden.county.decisions.views import way_to
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.fields import WhyForm
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.journal import queries as journal

OF_WHAT_WAS_DECIDED = (
    "Withdraw a record only where nothing of the kind was decided: what was decided, and is undone "
    "later, is undone by a decision of its own."
)
PUBLIC_WORDS = "Everybody can read the reason you give, even where the words are exempt."


@require_http_methods(METHODS)
@for_officers()
@once
def take(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Record how a planned decision was taken."""
    found, by = _own(request, key, number), asking(request).by
    first = {"stated_on": localdate(), "text": found.text}
    form = TakeForm(request.POST or None, initial=first)

    def change() -> str:
        actions.take(decision=found, taken=form.taken(), by=by, now=now())
        return f"“{found}” is recorded as taken."

    lead = "As the minutes or the decision notice say. What was proposed is filled in."
    return _answer(request, found, form, Sheet("How was it decided?", "Record it", lead), change)


@require_http_methods(METHODS)
@for_officers()
def correct(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put the record of a decision right."""
    found, by = _own(request, key, number), asking(request).by
    first = {name: getattr(found, name) for name in TAKEN} | {"version": found.version}
    form = CorrectForm(request.POST or None, initial=first)

    def change() -> str:
        said = {"reason": form.cleaned_data["reason"], "by": by, "today": localdate()}
        version = form.cleaned_data["version"]
        actions.correct(decision=found, version=version, taken=form.taken(), **said)
        return f"“{found}” is put right. What stood there before is in its history."

    lead = "What the signed minutes or the decision notice say. The history keeps what stood here."
    return _answer(request, found, form, Sheet("Put the record right", "Save", lead), change)


@require_http_methods(METHODS)
@for_officers()
def hand_on(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Let somebody else take a planned decision."""
    found, by = _own(request, key, number), asking(request).by
    deciders = queries.deciders_of(found.body, on=localdate())
    first = {"decider": str(found.decider_id or ""), "version": found.version}
    form = HandForm(request.POST or None, deciders=deciders, initial=first)

    def change() -> str:
        actions.hand_on(decision=found, version=form.cleaned_data["version"], to=form.to(), by=by)
        return f"It is handed on. Taken by: {form.to() or 'a meeting'}."

    return _answer(request, found, form, Sheet("Hand it to somebody else", "Hand it on"), change)


@require_http_methods(METHODS)
@for_officers()
def notice(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say when notice of a decision was given, why it could not wait, and what is exempt."""
    found, by = _own(request, key, number), asking(request).by
    first = {name: getattr(found, name) for name in NOTICE} | {"version": found.version}
    form = NoticeForm(request.POST or None, initial=first)

    def change() -> str:
        said = {"reason": form.cleaned_data["reason"], "by": by, "today": localdate()}
        version = form.cleaned_data["version"]
        actions.give_notice(decision=found, version=version, notice=form.notice(), **said)
        return "It is kept. What stood there before is in its history."

    sheet = Sheet("Its notice, and who may read it", "Save", PUBLIC_WORDS)
    return _answer(request, found, form, sheet, change)


@require_http_methods(METHODS)
@for_officers()
@once
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw what was planned or called in, or the record of what was never decided."""
    lead = f"It stays on its page, marked as withdrawn. {OF_WHAT_WAS_DECIDED} {PUBLIC_WORDS}"
    sheet = Sheet("Withdraw it", "Withdraw it", lead)
    return _because(request, key, number, sheet, actions.withdraw, "It is withdrawn.")


@require_http_methods(METHODS)
@for_officers()
@once
def call_in(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Note that a decision was called in."""
    lead = f"It waits until it is confirmed or withdrawn. {PUBLIC_WORDS}"
    sheet = Sheet("It was called in", "Note the call-in", lead)

    def called_in(**given: Any) -> None:
        actions.call_in(**given, today=localdate())

    return _because(request, key, number, sheet, called_in, "It waits.")


@require_http_methods(METHODS)
@for_officers()
@once
def confirm(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Confirm a decision that was called in."""
    sheet = Sheet(
        "Confirm it", "Confirm it", f"It stands, and cannot be called in again. {PUBLIC_WORDS}"
    )
    return _because(request, key, number, sheet, actions.confirm, "It is confirmed.")


def _because(
    request: HttpRequest,
    key: str,
    number: int,
    sheet: Sheet,
    act: Callable[..., None],
    done: str,
) -> HttpResponse:
    found, by = _own(request, key, number), asking(request).by
    form = WhyForm(request.POST or None)

    def change() -> str:
        act(decision=found, **form.cleaned_data, by=by)
        return done

    return _answer(request, found, form, sheet, change)


@require_http_methods(METHODS)
@for_officers()
@once
def add_option(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Add what could be decided instead."""
    found, by = _own(request, key, number), asking(request).by
    form = OptionForm(request.POST or None)

    def change() -> str:
        option = actions.add_option(decision=found, **form.cleaned_data, by=by)
        return f"“{option}” is added."

    return _answer(request, found, form, Sheet("Add an option", "Add it"), change)


@require_POST
@for_officers()
def drop_option(request: HttpRequest, key: str, number: int, option: int) -> HttpResponse:
    """Leave out an option."""
    found = _own(request, key, number)
    dropped = get_object_or_404(Option, pk=option, decision=found)
    try:
        actions.drop_option(option=dropped, by=asking(request).by)
        messages.success(request, f"“{dropped}” is left out.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(found)


@require_http_methods(METHODS)
@for_officers()
@once
def sign_off(request: HttpRequest, key: str, number: int, sign_off: str) -> HttpResponse:
    """Say of a proposal, as it is shown, that it is lawful, paid for or fair."""
    if sign_off not in SignOff.Kind:
        raise Http404("There is no such sign-off.")
    found = finding.decision_of(finding.body_called(key), number)
    office = office_of(request)
    if not permissions.may_sign_off(office, found.body, sign_off):
        raise PermissionDenied
    shown = queries.proposal_digest(found, queries.options_of(found))
    form = SignOffForm(request.POST or None, initial={"shown": shown})

    def change() -> str:
        actions.sign_off(decision=found, kind=sign_off, **form.cleaned_data, by=office, now=now())
        return "It is signed off."

    called = SignOff.Kind(sign_off).label.lower()
    sheet = Sheet(f"Sign it off: {called}", "Sign it off", "What you say of it is public.")
    return _answer(request, found, form, sheet, change)


@require_http_methods(METHODS)
@for_officers()
@once
def declare(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Declare an interest of one's own, or one that was minuted."""
    found, office = _of_declarer(request, key, number)
    own = office if queries.is_member(office) else None
    offices = queries.declarers_of(found.body, on=localdate())
    form = InterestForm(request.POST or None, own=own, offices=offices)

    def change() -> str:
        actions.declare_interest(
            decision=found, declared=form.declared(), by=office.actor, now=now()
        )
        return "The interest is minuted."

    lead = "What is proposed is hidden from you from now on, until it is decided." if own else ""
    return _answer(request, found, form, Sheet("Declare an interest", "Declare it", lead), change)


@require_http_methods(METHODS)
@for_officers()
@once
def take_back(request: HttpRequest, key: str, number: int, interest: int) -> HttpResponse:
    """Take back a declaration, saying why; both are kept."""
    found, office = _of_declarer(request, key, number)
    declared = get_object_or_404(Interest, pk=interest, decision=found)
    if queries.is_member(office) and declared.office != office:
        raise PermissionDenied
    form = WhyForm(request.POST or None)

    def change() -> str:
        reason = form.cleaned_data["reason"]
        actions.take_back_interest(interest=declared, reason=reason, by=office.actor, now=now())
        return "The declaration is taken back. That it was made stays on the page."

    sheet = Sheet("Take back a declaration", "Take it back", f"{declared}. {PUBLIC_WORDS}")
    return _answer(request, found, form, sheet, change)


def _own(request: HttpRequest, key: str, number: int) -> Decision:
    return finding.decision_of(finding.own_body(request, key), number)


def _of_declarer(request: HttpRequest, key: str, number: int) -> tuple[Decision, Office]:
    office = office_of(request)
    found = finding.decision_of(finding.body_called(key), number)
    if not permissions.may_declare(office, found.body):
        raise PermissionDenied
    return found, office


def _answer(
    request: HttpRequest,
    found: Decision,
    form: PlainForm,
    sheet: Sheet,
    change: Callable[[], str],
) -> HttpResponse:
    way = (*way_to(found.body), (found.title, found.get_absolute_url()))
    return answer(
        request,
        form,
        replace(sheet, way=way),
        change=change,
        there=found,
        saved=lambda: _saved(found, form),
    )


def _saved(found: Decision, form: PlainForm) -> Saved:
    """Return a decision as somebody else has saved it, and who that was."""
    found.refresh_from_db()
    held = {name: getattr(found, name, "") for name in form.initial}
    held |= {"decider": str(found.decider_id or "")}
    url = found.get_absolute_url()
    return journal.saved_meanwhile(found.subject, held, version=found.version, url=url)
