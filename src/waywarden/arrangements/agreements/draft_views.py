"""Writing an agreement: drafted, changed clause by clause, and sent to be signed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from waywarden.arrangements.agreements import (
    actions,
    forms,
    permissions,
    policies,
    power_actions,
    queries,
    signing_actions,
)
from waywarden.arrangements.agreements.facts import FOLLOWS
from waywarden.arrangements.agreements.gate import of_agreement
from waywarden.arrangements.agreements.models import Agreement, Line, Party, Version
from waywarden.county.decisions.relying import key_of
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.services import queries as catalogue
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.rules import clauses as wording
from waywarden.rules.powers import Recorded

NOTED = (
    "You note what the monitoring officer has said to you. Whoever holds that office confirms it "
    "here themselves."
)
OWN = "You confirm it as monitoring officer. Nobody is stopped while you do not."
writers = of_agreement(permissions.may_write)


@require_http_methods(METHODS)
@for_officers(permissions.may_draft)
@once
def draft(request: HttpRequest) -> HttpResponse:
    """Begin an agreement of the council one acts for."""
    form, made = forms.DraftForm(request.POST or None), []

    def change() -> str:
        who = office_of(request)
        drafted = actions.draft(body=who.body, outline=form.outline(), by=who.actor, now=now())
        made.append(drafted)
        return f"It is drafted as {drafted.number}. Nobody else sees it before you send it."

    lead = "You add parties, services, the power and the clauses next. Nothing is chosen for you."
    sheet = Sheet("Draft an agreement", "Draft it", lead=lead, way=_way())
    return answer(request, form, sheet, change=change, there=lambda: made[0])


def _way(agreement: Agreement | None = None) -> tuple[tuple[str, str], ...]:
    top = (("Agreements", reverse("agreements:agreements")),)
    return (*top, (agreement.number, agreement.get_absolute_url())) if agreement else top


def _answer(
    request: HttpRequest,
    agreement: Agreement,
    form: PlainForm,
    sheet: tuple[str, str, str],
    change: Callable[[], str],
) -> HttpResponse:
    """Answer a form about the draft; where somebody was first, show both versions."""

    def saved() -> Saved:
        agreement.refresh_from_db()
        held = forms.first_of(agreement) | queries.words_of(agreement) | agreement.records
        held["power"] = agreement.power
        return Saved(held, agreement.version, url=agreement.get_absolute_url())

    title, button, lead = sheet
    around = Sheet(title, button, lead=lead, way=_way(agreement))
    return answer(request, form, around, change=change, there=agreement, saved=saved)


@require_http_methods(METHODS)
@writers
@once
def change(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Change what it is called, its days and its notice."""
    first = forms.first_of(agreement) | {"version": agreement.version}
    form = forms.ChangeForm(request.POST or None, initial=first)

    def change() -> str:
        given = {"version": form.cleaned_data["version"], "outline": form.outline()}
        actions.change(agreement=agreement, by=asking(request).by, **given)
        return "It is changed."

    return _answer(request, agreement, form, ("Title, days and notice", "Save", ""), change)


@require_http_methods(METHODS)
@writers
@once
def clause(request: HttpRequest, agreement: Agreement, clause: str) -> HttpResponse:
    """Fill in the fields of a clause."""
    found = next((each for each in wording.clauses() if each.key == clause), None)
    keys = [each.key for each in found.fields if each.key not in FOLLOWS] if found else []
    if found is None or not keys:
        raise Http404("There is no such clause to fill in.")
    first = {key: agreement.clauses.get(key, "") for key in keys}
    first = first | {"version": agreement.version}
    form = forms.ClauseForm(request.POST or None, initial=first, clause=found, keys=keys)

    def change() -> str:
        given = {"version": form.cleaned_data["version"], "given": form.given()}
        actions.fill_in(agreement=agreement, by=asking(request).by, **given)
        return f"“{found.heading}” is saved."

    lead = f"{found.says} What you leave blank reads “not agreed”."
    return _answer(request, agreement, form, (found.heading, "Save", lead), change)


@require_http_methods(METHODS)
@writers
@once
def add_party(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Add a party."""
    form = forms.PartyForm(request.POST or None, bodies=queries.bodies_to_add(agreement))

    def change() -> str:
        given: dict[str, Any] = {"version": agreement.version, "joining": form.joining()}
        party = actions.add_party(agreement=agreement, by=asking(request).by, **given)
        return f"{party} is a party now."

    return _answer(request, agreement, form, ("Add a party", "Add it", ""), change)


@require_http_methods(METHODS)
@writers
@once
def remove_party(request: HttpRequest, agreement: Agreement, party: int) -> HttpResponse:
    """Leave a party out of the draft."""
    found = next((each for each in queries.parties_of(agreement) if each.pk == party), None)
    if found is None:
        raise Http404("There is no such party.")
    found.agreement = agreement
    return _leave_out(request, agreement, found)


@require_http_methods(METHODS)
@writers
@once
def add_line(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Add a service that is handed over."""
    first = {"starts_on": agreement.starts_on, "ends_on": agreement.ends_on}
    form = forms.LineForm(
        request.POST or None,
        initial=first,
        services=list(catalogue.catalogue()),
        areas=queries.areas_for(agreement),
        parties=queries.parties_of(agreement),
    )

    def change() -> str:
        given: dict[str, Any] = {"version": agreement.version, "handing": form.handing()}
        line = actions.add_line(agreement=agreement, by=asking(request).by, **given)
        return f"{line} is added."

    return _answer(request, agreement, form, ("Add a service", "Add it", ""), change)


@require_http_methods(METHODS)
@writers
@once
def remove_line(request: HttpRequest, agreement: Agreement, line: int) -> HttpResponse:
    """Leave a service out of the draft."""
    found = next((each for each in queries.lines_of(agreement) if each.pk == line), None)
    if found is None:
        raise Http404("There is no such service in it.")
    found.agreement = agreement
    return _leave_out(request, agreement, found)


def _leave_out(request: HttpRequest, agreement: Agreement, found: Party | Line) -> HttpResponse:
    name = str(found)
    form = forms.SureForm(request.POST or None)

    def change() -> str:
        given: dict[str, Any] = {"version": agreement.version, "by": asking(request).by}
        if isinstance(found, Party):
            actions.remove_party(party=found, **given)
        else:
            actions.remove_line(line=found, **given)
        return f"{name} is left out."

    lead = "What was sent before stays as it was sent."
    return _answer(request, agreement, form, (f"Leave out {name}", "Leave it out", lead), change)


@require_http_methods(METHODS)
@writers
@once
def power(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Choose the power it rests on."""
    asked = {each.name: each for each in Recorded if each not in queries.SHOWN_BY_DECISIONS}
    first = agreement.records | {"version": agreement.version, "power": agreement.power}
    form = forms.PowerForm(request.POST or None, initial=first, asked=asked)

    def change() -> str:
        given = {"power": form.cleaned_data["power"], "records": form.records()}
        version, by = form.cleaned_data["version"], asking(request).by
        actions.choose_power(agreement=agreement, version=version, by=by, **given)
        return "The power is chosen. The page says what stands in its way."

    return _answer(request, agreement, form, ("The power it rests on", "Save", ""), change)


@require_http_methods(METHODS)
@writers
@once
def confirm_power(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Record what the monitoring officer confirms of the power."""
    parties, lines = queries.parties_of(agreement), queries.lines_of(agreement)
    reliance = queries.reliance_of(agreement, parties, lines)
    standing = reliance.warnings if reliance else []
    open_ones = [(key_of(agreement.power, each), each.asks) for each in standing]
    first = {"given_on": localdate(), "draft": agreement.version}
    is_own = office_of(request).kind == Office.Kind.MONITORING_OFFICER
    form = forms.ConfirmForm(request.POST or None, initial=first, standing=open_ones, is_own=is_own)

    def change() -> str:
        given = {"version": form.cleaned_data["draft"], "said": form.said(), "now": now()}
        power_actions.confirm_power(agreement=agreement, by=asking(request).by, **given)
        return "It is recorded that the monitoring officer confirms it."

    lead = (OWN if is_own else NOTED) if standing else "Nothing waits to be confirmed."
    title = "The monitoring officer confirms"
    return _answer(request, agreement, form, (title, "Record it", lead), change)


@require_http_methods(METHODS)
@writers
@once
def take_back(request: HttpRequest, agreement: Agreement, confirmation: int) -> HttpResponse:
    """Take a confirmation back."""
    found = agreement.confirmations.filter(pk=confirmation).first()
    if found is None:
        raise Http404("There is no such confirmation.")
    form = forms.EndForm(request.POST or None)

    def change() -> str:
        said = {"reason": form.cleaned_data["reason"], "now": now()}
        power_actions.take_back(confirmation=found, by=asking(request).by, **said)
        return "It is taken back. The warning stands again."

    sheet = ("Take this confirmation back", "Take it back", found.says)
    return _answer(request, agreement, form, sheet, change)


@require_http_methods(METHODS)
@writers
@once
def send(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Send the draft to be signed."""
    form = forms.SendForm(request.POST or None, initial={"draft": agreement.version})
    sent: list[Version] = []

    def change() -> str:
        given = {"version": form.cleaned_data["draft"], "by": asking(request).by, "now": now()}
        sent.append(signing_actions.send(agreement=agreement, **given))
        return f"{sent[0]} is sent. Every party reads it, decides and signs."

    lead = (
        "All it says now is kept as it is. A version sent before and not signed by all is "
        "superseded, and every party signs anew."
    )
    rows = [
        (each.service.code, each.area.key, each.starts_on, each.ends_on)
        for each in queries.lines_of(agreement)
    ]
    lead = " ".join([lead, *policies.warnings_of_others(agreement, rows)])
    return _answer(request, agreement, form, ("Send it to be signed", "Send it", lead), change)
