"""Offer rounds: the list, one of them, and writing, opening and running it."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.services import queries as catalogue
from waywarden.devolution.offers import (
    actions,
    lists,
    permissions,
    policies,
    queries,
    relying_queries,
)
from waywarden.devolution.offers.calendars import TOO_LATE
from waywarden.devolution.offers.costs import why_none
from waywarden.devolution.offers.forms import ChangeForm, RateForm, TermsForm
from waywarden.devolution.offers.models import Offer, OfferedService, Round
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.forms.drafts import begun
from waywarden.fabric.forms.fields import WhyForm
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response
from waywarden.rules.timetable import deadlines, precept_window

#: So many reasons are said at once.
SHOWN = 3


@require_safe
@never_cache
def rounds(request: HttpRequest) -> HttpResponse:
    """List the offers there are; to whoever makes them also those being written."""
    acting = asking(request).acting
    page = lists.rounds_list(_seen(request), request.GET)
    context = {"may_offer": acting is not None and permissions.may_offer(acting)}
    return render(request, "offers/rounds.html", context | beside(request, page))


@require_safe
@never_cache
def rounds_table(request: HttpRequest) -> HttpResponse:
    """Download the offers as their page lists them."""
    on, found = localdate(), lists.rounds_list(_seen(request), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.OPEN_LICENCE}
    return table_response(request, f"offers-{on}", lists.ROUNDS, found, made_on=on, **about)


@require_safe
@never_cache
def round_(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a round offers, on which days and by which criteria."""
    of = next((each for each in _seen(request) if each.pk == number), None)
    if of is None:
        raise Http404("There is no such offer.")
    today, offers, services = localdate(), queries.offers_of(of), queries.services_of(of)
    runs_it = permissions.may_run(asking(request).acting, of)
    reliance = relying_queries.reliance_of(of, [each.service for each in services])
    context = {
        "round": of,
        "services": services,
        "reliance": reliance,
        "refused": policies.warnings_of_power(of, reliance),
        "confirmations": relying_queries.confirmations_of(of),
        "deadlines": deadlines(of.starts_on),
        "precept": precept_window(of.starts_on),
        "runs_it": runs_it,
        "too_late": _too_late(of) if runs_it and of.is_open else 0,
        "warnings": policies.warnings_of_time(of, today=today),
        "no_costs": _why_no_costs(of, services) if runs_it else "",
        "steps": queries.pipeline(offers),
        "told": [offer for offer in offers if offer.reason and offer.is_reason_public],
    }
    return render(request, "offers/round.html", context)


def _why_no_costs(of: Round, services: Sequence[OfferedService]) -> str:
    return why_none(of.plan, frozenset(each.service.code for each in services)) if services else ""


def _too_late(of: Round) -> int:
    """Count the councils that cannot decide in time, by what they said of their meetings."""
    return sum(days.standing == TOO_LATE for days in queries.days_of(of, on=localdate()))


@require_http_methods(METHODS)
@for_officers(permissions.may_offer)
@once
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a round."""
    body = office_of(request).body
    draft = begun(request, form="round", body=body.key, called="A new offer")
    relies = partial(relying_queries.reliance_on, body, services=())
    form = TermsForm(request.POST or None, initial=draft.initial(TermsForm), relies=relies)
    made: list[Round] = []

    def begin() -> str:
        made.append(actions.begin(body=body, terms=form.terms(), by=asking(request).by))
        draft.sent()
        return "It is begun. Add the services next."

    sheet = Sheet("Make an offer", "Begin it", way=_way())
    context = {"draft": draft}
    return answer(request, form, sheet, change=begin, there=lambda: made[0], context=context)


@require_http_methods(METHODS)
@for_officers()
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a round that is still being written."""
    of = _own(request, number)
    first = {name: getattr(of, name) for name in TermsForm.base_fields} | {"version": of.version}
    services = [each.service for each in queries.services_of(of)]
    relies = partial(relying_queries.reliance_on, of.body, services=services)
    form = ChangeForm(request.POST or None, initial=first, relies=relies)

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        actions.change(of=of, version=version, terms=form.terms(), by=by)
        return "It is changed."

    sheet = Sheet("Change this offer", "Save", way=_way(of))
    return answer(request, form, sheet, change=change, there=of, saved=lambda: _saved(of))


def _saved(of: Round) -> Saved:
    of.refresh_from_db()
    held = {name: getattr(of, name) for name in TermsForm.base_fields}
    return journal.saved_meanwhile(of.subject, held, version=of.version, url=of.get_absolute_url())


@require_http_methods(METHODS)
@for_officers()
@once
def add_service(request: HttpRequest, number: int) -> HttpResponse:
    """Add a service to a round."""
    of = _own(request, number)
    form = RateForm(request.POST or None, services=catalogue.catalogue())

    def add() -> str:
        service, by = form.chosen(), asking(request).by
        actions.offer_service(of=of, service=service, rate=form.offered(), by=by)
        return f"{service} is offered."

    sheet = Sheet("Add a service", "Add it", way=_way(of))
    return answer(request, form, sheet, change=add, there=of)


@require_POST
@for_officers()
def leave_out(request: HttpRequest, number: int, service: int) -> HttpResponse:
    """Take a service out of a round."""
    of = _own(request, number)
    offered = get_object_or_404(OfferedService, pk=service, round=of)
    return _done(request, of, lambda: actions.leave_out(offered=offered, by=asking(request).by))


@require_POST
@for_officers()
def open_round(request: HttpRequest, number: int) -> HttpResponse:
    """Open a round to every council of the county's parishes."""
    of, by = _own(request, number), asking(request).by
    return _done(request, of, lambda: actions.open_round(of=of, by=by, now=now()))


@require_POST
@for_officers()
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Take no more answers."""
    of, by = _own(request, number), asking(request).by
    return _done(request, of, lambda: actions.close(of=of, by=by))


@require_http_methods(METHODS)
@for_officers()
@once
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a round."""
    of, form = _own(request, number), WhyForm(request.POST or None)

    def withdraw() -> str:
        actions.withdraw(of=of, by=asking(request).by, **form.cleaned_data)
        return "It is withdrawn."

    sheet = Sheet("Withdraw this offer", "Withdraw it", way=_way(of))
    return answer(request, form, sheet, change=withdraw, there=of)


@require_safe
@for_officers()
def councils(request: HttpRequest, number: int) -> HttpResponse:
    """List the councils of a round: where each stands, and who has been silent longest."""
    of = _own(request, number)
    lines = _lines(of)
    page = lists.councils_list(lines, request.GET)
    context = {"round": of, "steps": queries.pipeline([line.offer for line in lines])}
    return render(request, "offers/councils.html", context | beside(request, page))


@require_safe
@for_officers()
def councils_table(request: HttpRequest, number: int) -> HttpResponse:
    """Download the councils of a round as their page lists them."""
    of, on = _own(request, number), localdate()
    found = lists.councils_list(_lines(of), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"{of.key}-councils-{on}"
    return table_response(request, name, lists.COUNCILS, found, made_on=on, **about)


@require_POST
@for_officers()
def write(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Send one council its letter."""
    of = _own(request, number)
    offer = queries.offer_to(of, key)
    if offer is None:
        raise Http404("There is no such offer.")
    try:
        actions.write_to(offer=offer, by=asking(request).by, now=now())
        messages.success(request, f"A letter to {offer.body} is on its way.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("offers:councils", number=number)


@require_POST
@for_officers()
@once
def write_to_all(request: HttpRequest, number: int) -> HttpResponse:
    """Send the letter to every council that has not had one and can be written to."""
    of, by = _own(request, number), asking(request).by
    unwritten = [offer for offer in queries.offers_of(of) if not offer.letters]
    refused = [why for offer in unwritten if (why := _why_not_written(offer, by))]
    messages.success(request, _sent(len(unwritten) - len(refused)))
    if refused:
        messages.warning(request, _not_written(refused))
    return redirect("offers:councils", number=number)


def _sent(letters: int) -> str:
    return "A letter is on its way." if letters == 1 else f"{letters} letters are on their way."


def _why_not_written(offer: Offer, by: Actor) -> str:
    """Send one council its letter; return why it could not be sent, blank where it was."""
    try:
        actions.write_to(offer=offer, by=by, now=now())
    except Refusal as refused:
        return str(refused)
    return ""


def _not_written(refused: Sequence[str]) -> str:
    """Say which councils had no letter and why, the first few of them."""
    more = len(refused) - SHOWN
    said = [*refused[:SHOWN], *([f"And {more} more."] if more > 0 else [])]
    return f"{len(refused)} councils could not be written to. {' '.join(said)}"


def _done(request: HttpRequest, of: Round, act: object) -> HttpResponse:
    try:
        act()  # type: ignore[operator]
        of.refresh_from_db()
        messages.success(request, f"“{of}” is changed. It is: {of.get_status_display().lower()}.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(of)


def _lines(of: Round) -> list[lists.Line]:
    on = localdate()
    return [lists.Line(pack, on) for pack in queries.packs_of(of, on=on)]


def _seen(request: HttpRequest) -> list[Round]:
    """Return the rounds whoever asks may see, the last first."""
    found = Round.objects.select_related("body").order_by("-pk")
    acting = asking(request).acting
    return [of for of in found if not of.is_draft or permissions.may_run(acting, of)]


def _own(request: HttpRequest, number: int) -> Round:
    of = get_object_or_404(Round.objects.select_related("body"), pk=number)
    if not permissions.may_run(asking(request).acting, of):
        raise PermissionDenied
    return of


def _way(of: Round | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way back up to the offers, and to one of them."""
    own = ((of.title, of.get_absolute_url()),) if of else ()
    return (("Offers to communities", reverse("offers:rounds")), *own)
