"""Writing an expression: the few pages on which somebody asks."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.services import queries as catalogue
from waywarden.devolution.interest import actions, queries
from waywarden.devolution.interest.forms import (
    AskForm,
    ChallengeForm,
    HowForm,
    WhatForm,
    WhoForm,
    in_lines,
)
from waywarden.devolution.interest.gate import (
    Visit,
    for_asker,
    held_links,
    keep_link,
    office_that_asks,
)
from waywarden.devolution.interest.models import Challenge, Expression
from waywarden.devolution.interest.ways import to_asking, way_of
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.forms.buckets import Limit, limited, patient, take
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved, VersionedForm
from waywarden.rules.challenge import PROMISE

#: Expressions begun from one network: each may send a letter to an address that was typed.
ASKS = Limit("expressions begun", 20, timedelta(hours=1))
#: Changes of who asks, for the same reason.
ADDRESSES = Limit("addresses of who asks", 30, timedelta(hours=1))
#: Letters to one address that somebody typed.
LETTERS = Limit("letters to who asks", 5, timedelta(days=1))
#: What is written on the pages of one expression, from one network.
WRITTEN = Limit("pages of an expression", 120, timedelta(hours=1))
VISITOR = Actor("visitor", "A visitor who asks to run a service")


@require_http_methods(METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """Begin an expression: for one's own council or group, or as a visitor with a private link."""
    office = office_that_asks(request)
    if office is None:
        return _as_visitor(request)
    return _in_office(request)


@never_cache
@limited(ASKS)
@once
def _as_visitor(request: HttpRequest) -> HttpResponse:
    return _ask(request, None)


@patient
@for_officers()
@once
def _in_office(request: HttpRequest) -> HttpResponse:
    return _ask(request, office_that_asks(request))


def _ask(request: HttpRequest, office: Office | None) -> HttpResponse:
    counties = queries.counties_to_ask(on=localdate())
    if not counties:
        messages.warning(request, "No county council is recorded here that could be asked.")
        return redirect("interest:open")
    of = queries.open_round(request.GET.get("offer", ""), on=localdate())
    counties = [of.body] if of else counties
    first = {"kind": Expression.Kind.COUNCIL, "who": office.body.name} if office else {}
    form = AskForm(request.POST or None, initial=first, counties=counties)
    made: list[Expression] = []

    def begin() -> str:
        asker = form.asker()
        count_letter(asker.contact_email)
        begun = actions.begin(
            asked_of=form.county(),
            asker=asker,
            by=office.actor if office else VISITOR,
            now=now(),
            body=office.body if office else None,
            round=of,
        )
        made.append(begun.expression)
        if office is None:
            keep_link(request, begun.expression, begun.token_hash)
        return _kept(begun.expression)

    sheet = Sheet(
        "Who asks?",
        "Save and carry on",
        lead=f"Three short pages. {PROMISE} Nothing is sent before you press send.",
        kicker="Ask to run a service: page 1 of 3",
        way=to_asking(),
        is_in_office=office is not None,
    )
    return answer(
        request, form, sheet, change=begin, there=lambda: f"{made[0].get_absolute_url()}what/"
    )


def count_letter(address: str) -> None:
    """Count a letter to an address that was typed: nobody's letter box is filled by strangers."""
    if address:
        take(LETTERS, address.strip().lower(), now=now())


def _kept(of: Expression) -> str:
    if of.contact_email and of.body_id is None:
        return f"It is saved. A private link is on its way to {of.contact_email}."
    if of.body_id is not None:
        return "It is saved, for the officers of your council or group."
    return "It is saved in this browser. Give an e-mail address to come back from elsewhere."


@require_http_methods(METHODS)
@limited(ADDRESSES)
@for_asker(changes=True)
def who(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Put right who asks."""
    of = visit.expression
    form = WhoForm(request.POST or None, initial=_held(of, WhoForm))

    def change() -> str:
        version = form.cleaned_data["version"]
        asker, held = form.asker(), held_links(request).get(str(of.pk), "")
        if asker.contact_email != of.contact_email:
            count_letter(asker.contact_email)
        actions.say_who(of=of, version=version, asker=asker, by=visit.by, now=now(), held=held)
        return _kept(of)

    return _step(request, visit, form, "Who asks?", 1, change, there="what")


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def what(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what is asked for, and where."""
    of, today = visit.expression, localdate()
    found = [each.round for each in queries.open_rounds(None, on=today)]
    rounds = [each for each in found if each.body_id == of.asked_of_id]
    # One that was chosen and has closed since stays chosen.
    closed = [of.round] if of.round and of.round not in rounds else []
    form = WhatForm(
        request.POST or None,
        initial=_what_of(of),
        rounds=[*rounds, *closed],
        services=catalogue.catalogue(),
        parishes=queries.parishes_of(of.asked_of, on=today),
    )

    def change() -> str:
        version = form.cleaned_data["version"]
        actions.say_what(of=of, version=version, wish=form.wish(), by=visit.by)
        return "It is saved."

    return _step(request, visit, form, "What would you like to run?", 2, change, there="how")


def _what_of(of: Expression) -> dict[str, object]:
    whole = queries.whole(of)
    return {
        "round": str(of.round_id or ""),
        "services": [service.code for service in whole.services],
        "places": in_lines(whole.places),
        "what": of.what,
        "version": of.version,
    }


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def how(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say who would do it, with which help and which host, and whether it is a challenge."""
    of = visit.expression
    form = HowForm(request.POST or None, initial=_held(of, HowForm))

    def change() -> str:
        version = form.cleaned_data["version"]
        actions.say_how(of=of, version=version, means=form.means(), by=visit.by)
        if of.is_challenge:
            return "It is saved. The Right to Challenge asks a few more questions."
        return "It is saved. Read it through and send it."

    # Only the tick leads on to the questions of the law.
    there: Callable[[], str] = lambda: "challenge" if of.is_challenge else ""  # noqa: E731
    return _step(request, visit, form, "How would it be done?", 3, change, there=there)


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def right_to_challenge(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Answer what the Right to Challenge asks besides."""
    of = visit.expression
    if not of.is_challenge:
        messages.info(request, "Tick first that it is under the Community Right to Challenge.")
        return redirect(f"{of.get_absolute_url()}how/")
    form = ChallengeForm(request.POST or None, initial=_challenge_of(of))

    def change() -> str:
        version = form.cleaned_data["version"]
        actions.challenge(of=of, version=version, said=form.said(), by=visit.by)
        return "It is saved. Read it through and send it."

    return _step(request, visit, form, "Your right to challenge", 4, change, there="")


def _challenge_of(of: Expression) -> dict[str, object]:
    held = Challenge.objects.filter(expression=of).first()
    if held is None:
        return {"version": of.version}
    given = {name: getattr(held, name) for name in ChallengeForm.base_fields if hasattr(held, name)}
    return given | {"part": "whole" if held.is_whole else "part", "version": of.version}


def _held(of: Expression, form: type[PlainForm]) -> dict[str, object]:
    return {name: getattr(of, name) for name in form.base_fields}


def _step(
    request: HttpRequest,
    visit: Visit,
    form: VersionedForm,
    title: str,
    page: int,
    change: Callable[[], str],
    *,
    there: str | Callable[[], str],
) -> HttpResponse:
    """Answer one page of the few on which somebody asks."""
    of = visit.expression
    sheet = Sheet(
        title,
        "Save and carry on",
        kicker=f"Ask to run a service: page {page} of {4 if of.is_challenge else 3}",
        way=way_of(of),
        is_in_office=not visit.is_by_link,
    )

    def saved() -> Saved:
        of.refresh_from_db()
        held = {"ChallengeForm": _challenge_of, "WhatForm": _what_of}.get(type(form).__name__)
        given = held(of) if held else _held(of, type(form))
        return Saved(given, of.version, url=of.get_absolute_url())

    def onward() -> str:
        step = there() if callable(there) else there
        return f"{of.get_absolute_url()}{step}/" if step else of.get_absolute_url()

    return answer(request, form, sheet, change=change, there=onward, saved=saved)
