"""The county's side: who has asked, who answers them, what was said, and what is decided."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.offices.queries import holder_now
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.devolution.interest import answering, lists, permissions, policies, queries
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest.county_forms import (
    AssessForm,
    CoordinatorForm,
    DecideForm,
    EraseForm,
    NoteForm,
)
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response
from waywarden.rules.challenge import ACKNOWLEDGE_WITHIN, PROMISE

TOLD = "Those who asked are told."
ERASES = (
    "Name, address, all that they wrote, the papers, the notes and the private links go and cannot "
    "be had back; what is not decided is withdrawn. Services and parishes, the amounts of the "
    "budget, awards, findings, the decision and its reasons stay: they are your council’s record."
)
NOT_TOLD = "No letter went to those who asked: write to them or telephone."


@require_safe
@for_officers(permissions.may_list)
def asked(request: HttpRequest) -> HttpResponse:
    """List who has asked: where each stands, how long it waits, what is overdue on top."""
    lines = _lines(request)
    page = lists.asked_list(lines, request.GET)
    context = {
        "steps": queries.pipeline([line.expression for line in lines]),
        "begun": queries.begun_for(office_of(request).body),
        "within": ACKNOWLEDGE_WITHIN,
        "late": sum(line.is_late for line in lines),
    }
    return render(request, "interest/asked.html", context | beside(request, page))


@require_safe
@for_officers(permissions.may_list)
def asked_table(request: HttpRequest) -> HttpResponse:
    """Download who has asked as the page lists them."""
    on, found = localdate(), lists.asked_list(_lines(request), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"expressions-of-interest-{on}"
    return table_response(request, name, lists.ASKED, found, made_on=on, **about)


def _lines(request: HttpRequest) -> list[lists.Line]:
    return lists.lines_of(queries.sent_to(office_of(request).body), on=localdate())


@require_http_methods(METHODS)
@for_officers()
def coordinate(request: HttpRequest, number: int) -> HttpResponse:
    """Name who answers."""
    of = _own(request, number)
    offices = queries.coordinators(of.asked_of, on=localdate())
    form = CoordinatorForm(request.POST or None, initial=_coordinator_of(of), offices=offices)

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        told = answering.coordinate(of=of, version=version, office=form.office(), by=by, now=now())
        return f"{of.coordinator} answers. {TOLD if told else NOT_TOLD}"

    sheet = Sheet("Name a co-ordinator", "Name them", lead=PROMISE, way=_way(of))
    return _answer(request, form, sheet, of, change, lambda: _coordinator_of(of))


def _coordinator_of(of: Expression) -> dict[str, object]:
    held = holder_now(of.coordinator, on=localdate()) if of.coordinator else None
    return {"coordinator": str(held.pk if held else ""), "version": of.version}


@require_http_methods(METHODS)
@for_officers()
@once
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Note what was said, seen or changed."""
    of = _own(request, number)
    form = NoteForm(request.POST or None, initial={"on": localdate()})

    def change() -> str:
        by = asking(request).by
        made, told = answering.note(of=of, noted=form.noted(), by=by, now=now())
        if not made.is_for_asker:
            return "It is noted."
        return f"It is noted. {TOLD if told else NOT_TOLD}"

    sheet = Sheet("Note a conversation or a visit", "Keep it", way=_way(of))
    if of.erased_on is not None:
        return _cannot(request, sheet, policies.obstacles_to_noting(of))
    return _answer(request, form, sheet, of, change)


@require_http_methods(METHODS)
@for_officers()
def assess(request: HttpRequest, number: int) -> HttpResponse:
    """Hold it against each criterion that was published."""
    of = _own(request, number)
    criteria = queries.criteria_of(of.round)
    form = AssessForm(request.POST or None, initial=_findings_of(of), criteria=criteria)

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        found = form.findings()
        answering.assess(of=of, version=version, findings=found, criteria=criteria, by=by)
        return "It is assessed."

    obstacles = policies.obstacles_to_assessing(of, criteria)
    lead = " ".join(obstacles) or "One finding for each criterion, with your reasons. No score."
    sheet = Sheet("Assess it by the published criteria", "Keep it", lead=lead, way=_way(of))
    return _answer(request, form, sheet, of, change, lambda: _findings_of(of))


def _findings_of(of: Expression) -> dict[str, object]:
    held = {row.criterion: row for row in of.assessments.all()}
    found: dict[str, object] = {"version": of.version}
    for number, criterion in enumerate(queries.criteria_of(of.round)):
        if row := held.get(criterion):
            found |= {f"finding_{number}": row.finding, f"says_{number}": row.says}
    return found


@require_http_methods(METHODS)
@for_officers()
@once
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Give a decision with its reasons."""
    of = _own(request, number)
    known = queries.decisions_of(of.asked_of)
    form = DecideForm(request.POST or None, is_challenge=of.is_challenge, decisions=known)

    def change() -> str:
        by = asking(request).by
        told = answering.decide(of=of, decided=form.decided(), by=by, now=now())
        return f"It is decided. {TOLD if told else NOT_TOLD}"

    lead = "Those who asked are told at once, and read your reasons."
    sheet = Sheet("Decide", "Give the decision", lead=lead, way=_way(of))
    return _answer(request, form, sheet, of, change)


@require_http_methods(METHODS)
@for_officers()
@once
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase who asked, as they wish."""
    of = _own(request, number)
    form = EraseForm(request.POST if request.method == "POST" else None)

    def change() -> str:
        reason, by = form.cleaned_data["reason"], asking(request).by
        forgetting.erase(of=of, reason=reason, by=by, now=now())
        return "Who asked is erased. Backups made before hold them until they are thrown away."

    sheet = Sheet("Erase who asked", "Erase them for good", lead=ERASES, way=_way(of))
    if obstacles := policies.obstacles_to_erasing(of):
        return _cannot(request, sheet, obstacles)
    return _answer(request, form, sheet, of, change)


def _cannot(request: HttpRequest, sheet: Sheet, obstacles: list[str]) -> HttpResponse:
    """Say what stands in the way of who was erased, and offer no form."""
    context = {"sheet": sheet, "obstacles": obstacles}
    status = 400 if request.method == "POST" else 200
    return render(request, "interest/cannot.html", context, status=status)


def _own(request: HttpRequest, number: int) -> Expression:
    of = queries.expression_numbered(number)
    if of is None:
        raise Http404("There is no such expression of interest.")
    if not permissions.may_run(asking(request).acting, of):
        raise PermissionDenied
    return of


def _answer(
    request: HttpRequest,
    form: PlainForm,
    sheet: Sheet,
    of: Expression,
    change: Callable[[], str],
    held: Callable[[], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(held() if held else {}, of.version, url=of.get_absolute_url())

    return answer(request, form, sheet, change=change, there=of, saved=saved)


def _way(of: Expression) -> tuple[tuple[str, str], ...]:
    return (("Who has asked", reverse("interest:asked")), (of.who, of.get_absolute_url()))
