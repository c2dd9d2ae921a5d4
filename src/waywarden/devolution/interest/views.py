"""Asking to run a service: what one can ask for, what was asked, sending and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.councils.models import Contact
from waywarden.county.offices.queries import holder_now
from waywarden.county.offices.telling import reply_address
from waywarden.county.people.acting import asking
from waywarden.county.places import queries as places
from waywarden.county.services import queries as catalogue
from waywarden.devolution.interest import actions, national, permissions, policies, queries
from waywarden.devolution.interest import hosting as host_queries
from waywarden.devolution.interest.budget_views import reckoned
from waywarden.devolution.interest.forms import (
    NearForm,
    WithdrawForm,
)
from waywarden.devolution.interest.gate import (
    Visit,
    for_asker,
    held_links,
    keep_link,
)
from waywarden.devolution.interest.gate import by_link as find_by_link
from waywarden.devolution.interest.models import Challenge, Enclosure, Expression
from waywarden.devolution.interest.setting_up import setting_up_of
from waywarden.devolution.interest.ways import way_of
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.rules.challenge import GROUNDS, PROMISE, RELEVANT_BODIES
from waywarden.rules.setting_up import CONFIRM

#: Where alone a paper is needed, where it is not needed of all.
WHERE: dict[str, str] = {
    Enclosure.Kind.SAFEGUARDING: " (where children or adults at risk come near)"
}


@require_safe
@never_cache
def open_(request: HttpRequest) -> HttpResponse:
    """Show what one may ask to run, by which criteria, and how much of it is in one's parish."""
    today, county = localdate(), places.home_county()
    parishes = places.places_of(county, on=today) if county else []
    near = request.GET.get("place", "")
    place = next((each for each in parishes if each.key == near), None)
    acting = asking(request).acting
    near_by = catalogue.counties_of(place, on=today) if place else queries.counties_to_ask(on=today)
    held = [int(number) for number in held_links(request) if number.isdecimal()]
    context = {
        "form": NearForm(initial={"place": near}, places=parishes),
        "place": place,
        "rounds": queries.open_rounds(place, on=today),
        "others": queries.done_by_communities(place),
        "may_list": acting is not None and permissions.may_list(acting),
        "own": [number for number in held if find_by_link(request, number, today=today)],
        "promise": PROMISE,
        "funds": queries.open_funds(asked_of=near_by, on=today),
        "national": national.open_to("", on=today),
    }
    return render(request, "interest/open.html", context)


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
    hosting = host_queries.hosting_of(of)
    answered = hosting.answer if hosting else ""
    context["hosting"] = hosting
    context |= _coordinator(visit)
    context["no_other_host"] = policies.obstacles_to_naming_a_host(of, answer=answered)
    context |= _papers(visit) | _money(visit) | reckoned(of) | _setting_up(visit)
    context["unsent_kept"] = policies.UNSENT_KEPT.days
    return render(request, "interest/expression.html", context)


def _coordinator(visit: Visit) -> dict[str, object]:
    """Return who answers: the office, whoever holds it now, and how to reach them."""
    of = visit.expression
    known = of.asked_of.contacts.listed().filter(kind=Contact.Kind.PHONE).order_by("pk")
    return {
        "answers": holder_now(of.coordinator, on=localdate()) if of.coordinator else None,
        "telephone": known.first(),
    }


def _setting_up(visit: Visit) -> dict[str, object]:
    """Return how far they are on the way to a body of their own, where they are on it."""
    of = visit.expression
    no_setting_up = policies.obstacles_to_setting_up(of)
    return {
        "setting_up": setting_up_of(of),
        "no_setting_up": no_setting_up,
        "has_own_body": bool(of.legal_form) or not no_setting_up,
        "confirm": CONFIRM,
    }


def _papers(visit: Visit) -> dict[str, object]:
    """Return the papers, and what those who write may still do with them, or why not."""
    of, today = visit.expression, localdate()
    so_far, there = queries.enclosed(of), queries.enclosures_of(of)
    held = {each.kind for each in there if not each.has_lapsed(today)}
    wanted = [kind for kind in Enclosure.WANTED if kind not in held and _may_need(of, kind)]
    lacking = [Enclosure.Kind(kind).label.lower() + WHERE.get(kind, "") for kind in wanted]
    return {
        "papers": [(each, each.has_lapsed(today)) for each in there],
        "lacking": lacking,
        "no_more_papers": policies.obstacles_to_enclosing(of, so_far),
        "may_replace": not policies.obstacles_to_replacing(of, so_far),
    }


def _may_need(of: Expression, kind: str) -> bool:
    """Whether an agreement may need a paper of a kind: a council has its law for a constitution."""
    is_council = of.kind == Expression.Kind.COUNCIL
    return not (is_council and kind == Enclosure.Kind.CONSTITUTION)


def _money(visit: Visit) -> dict[str, object]:
    """Return what was awarded and what is open; to the county, why nothing could be awarded."""
    of, today = visit.expression, localdate()
    found: dict[str, object] = {
        "awards": queries.awards_to(of),
        "funds": queries.open_funds(of.kind, asked_of=[of.asked_of], on=today),
        "national": national.open_to(of.kind, on=today),
    }
    if visit.runs_it:
        to_award = queries.funds_to_award(of, on=today)
        found["no_award"] = policies.obstacles_to_choosing_a_fund(of, to_award)
    return found


def _relevant_body(held: Challenge | None) -> str:
    return RELEVANT_BODIES[held.relevant_body] if held else ""


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
