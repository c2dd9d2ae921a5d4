"""Asking to run a service: what one can ask for, and the pages of those who ask."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.offices.telling import reply_address
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.places import queries as places
from waywarden.county.services import queries as catalogue
from waywarden.devolution.interest import actions, permissions, policies, queries
from waywarden.devolution.interest.forms import (
    AskForm,
    ChallengeForm,
    HowForm,
    NearForm,
    WhatForm,
    WhoForm,
    WithdrawForm,
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
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.forms.buckets import Limit, limited, patient, take
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved, VersionedForm
from waywarden.rules.challenge import GROUNDS, PROMISE, RELEVANT_BODIES
from waywarden.rules.vat import COUNCILS, OTHERS, TO_BE_CONFIRMED

#: Expressions begun from one network: each may send a letter to an address that was typed.
ASKS = Limit("expressions begun", 20, timedelta(hours=1))
#: Changes of who asks, for the same reason.
ADDRESSES = Limit("addresses of who asks", 30, timedelta(hours=1))
#: Letters to one address that somebody typed.
LETTERS = Limit("letters to who asks", 5, timedelta(days=1))
#: What is written on the pages of one expression, from one network.
WRITTEN = Limit("pages of an expression", 120, timedelta(hours=1))
VISITOR = Actor("visitor", "A visitor who asks to run a service")


@require_safe
@never_cache
def open_(request: HttpRequest) -> HttpResponse:
    """Show what one may ask to run, by which criteria, and how much of it is in one's parish."""
    today, county = localdate(), places.home_county()
    parishes = places.places_of(county, on=today) if county else []
    near = request.GET.get("place", "")
    place = next((each for each in parishes if each.key == near), None)
    acting = asking(request).acting
    context = {
        "form": NearForm(initial={"place": near}, places=parishes),
        "place": place,
        "rounds": queries.open_rounds(place, on=today),
        "others": queries.done_by_communities(place),
        "may_list": acting is not None and permissions.may_list(acting),
        "own": [number for number in held_links(request) if number.isdecimal()],
        "promise": PROMISE,
        "funds": queries.open_funds(on=today),
    }
    return render(request, "interest/open.html", context)


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
        _count_letter(asker.contact_email)
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
        way=_way(),
        is_in_office=office is not None,
    )
    return answer(
        request, form, sheet, change=begin, there=lambda: f"{made[0].get_absolute_url()}what/"
    )


def _count_letter(address: str) -> None:
    """Count a letter to an address that was typed: nobody's letter box is filled by strangers."""
    if address:
        take(LETTERS, address.strip().lower(), now=now())


def _kept(of: Expression) -> str:
    if of.contact_email and of.body_id is None:
        return f"It is saved. A private link is on its way to {of.contact_email}."
    if of.body_id is not None:
        return "It is saved, for the officers of your council or group."
    return "It is saved in this browser. Give an e-mail address to come back from elsewhere."


@require_safe
@never_cache
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an expression by its private link; the address with the secret is left at once."""
    link = queries.expression_by(secret, today=localdate())
    if link is None:
        return render(request, "interest/no_link.html", status=404)
    keep_link(request, link.expression, link.token_hash)
    return redirect(link.expression)


@require_safe
@for_asker()
def expression(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show an expression to those who ask and to those who answer."""
    of = visit.expression
    whole = queries.whole(of)
    missing = policies.obstacles_to_sending(
        of, whole.challenge, services=len(whole.services), places=len(whole.places)
    )
    context = {
        "visit": visit,
        "expression": of,
        "whole": whole,
        "missing": missing,
        "warnings": policies.warnings_of(of, whole.challenge),
        "promise": PROMISE,
        # The county reads every note, those who ask what is for them.
        "notes": whole.notes if visit.runs_it else whole.told,
        "ground": GROUNDS.get(of.ground),
        "relevant_body": _relevant_body(whole.challenge),
        "reach": reply_address(of.asked_of),
        "today": localdate(),
    }
    papers = [(each, each.has_lapsed(localdate())) for each in queries.enclosures_of(of)]
    context |= {
        "awards": queries.awards_to(of),
        "funds": queries.open_funds(of.kind, on=localdate()),
    }
    context |= {"papers": papers, "may_enclose": visit.may_write and not of.is_over}
    return render(request, "interest/expression.html", context | _budget(of))


def _budget(of: Expression) -> dict[str, object]:
    """Return what a page shows of a budget: its lines, and what they come to."""
    found = queries.budget_of(of)
    words = {"vat_rule": COUNCILS if of.kind == of.Kind.COUNCIL else OTHERS}
    if found is None:
        return words | {"budget": None}
    lines = list(found.lines.order_by("order"))
    sums = found.counted(lines)
    named = [("Every year", sums.yearly), ("Once", sums.once), ("The first year", sums.first_year)]
    return words | {
        "budget": found,
        "lines": lines,
        "totals": named,
        "vat_confirm": TO_BE_CONFIRMED,
    }


def _relevant_body(held: Challenge | None) -> str:
    return RELEVANT_BODIES[held.relevant_body] if held else ""


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
            _count_letter(asker.contact_email)
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


@require_POST
@for_asker(changes=True)
def send(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send it to the county; once it is sent, pressing again sends nothing."""
    of = visit.expression
    try:
        actions.send(of=of, by=visit.by, now=now())
        messages.success(request, f"It is sent to {of.asked_of}. {PROMISE}")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(of)


@require_http_methods(METHODS)
@for_asker(changes=True)
@once
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take it back."""
    of, form = visit.expression, WithdrawForm(request.POST or None)

    def change() -> str:
        actions.withdraw(of=of, by=visit.by, **form.cleaned_data)
        return "It is withdrawn. Nobody will write to you about it."

    sheet = Sheet(
        "Take it back",
        "Withdraw it",
        lead="Nobody asks you again. You can ask anew whenever you like.",
        way=way_of(of),
        is_in_office=not visit.is_by_link,
    )
    return answer(request, form, sheet, change=change, there=of)


def way_of(of: Expression) -> tuple[tuple[str, str], ...]:
    """Give the way back up from a page of one expression."""
    return (*_way(), ("What you have written", of.get_absolute_url()))


def _way() -> tuple[tuple[str, str], ...]:
    return (("Ask to run a service", "/interest/"),)
