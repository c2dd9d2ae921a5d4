"""A council that would go alone: what it is judged by, its wish, the assessment, the decision."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import is_of_its_own, speaks_for_county
from waywarden.county.services import queries as catalogue
from waywarden.devolution.clusters import (
    alone,
    alone_facts,
    alone_lists,
    alone_queries,
    permissions,
)
from waywarden.devolution.clusters.actions import alone as actions
from waywarden.devolution.clusters.alone_forms import AnswerForm, AskForm, AssessForm, DecideForm
from waywarden.devolution.clusters.factors import FACTORS
from waywarden.devolution.clusters.gate import View
from waywarden.devolution.clusters.models import Finding, GoingAlone
from waywarden.devolution.offers.queries import councils_to_ask
from waywarden.fabric.common.wording import day
from waywarden.fabric.forms.fields import WhyForm
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

TOLD = "The council is told."
NOT_TOLD = "No letter went to the council: write to it or telephone."
NOT_REACHED = "No letter could be sent: telephone instead."


def of_one(
    may: Callable[[Office, GoingAlone, date], bool],
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let in those for whom ``may`` holds of the wish in the address; the view is given it."""

    def gated(view: View) -> Callable[..., HttpResponse]:
        @for_officers()
        @wraps(view)
        def within(request: HttpRequest, number: int) -> HttpResponse:
            found, acting = alone_queries.numbered(number), office_of(request)
            # Who may not see it does not learn that somebody asked.
            if found is None or not permissions.may_see_alone(acting, found, localdate()):
                raise Http404("No council asked that.")
            if not may(acting, found, localdate()):
                raise PermissionDenied
            return view(request, found)

        return within

    return gated


@require_safe
@never_cache
def going_alone(request: HttpRequest) -> HttpResponse:
    """Say by what a council that would go alone is judged; to its people, what it asked."""
    acting = asking(request).acting
    own = alone_queries.asked_by([acting.body]) if acting and is_of_its_own(acting) else []
    context = {
        "factors": FACTORS,
        "days_to_answer": alone.DAYS_TO_ANSWER,
        "own": own,
        "may_ask": acting is not None and permissions.may_propose(acting),
        "is_county": acting is not None and speaks_for_county(acting),
    }
    return render(request, "clusters/going_alone.html", context)


@require_safe
@for_officers(speaks_for_county)
def asked(request: HttpRequest) -> HttpResponse:
    """List the councils of a county that would go alone."""
    page = alone_lists.asked_list(_asked(request), request.GET)
    return render(request, "clusters/alone_asked.html", beside(request, page))


@require_safe
@for_officers(speaks_for_county)
def asked_table(request: HttpRequest) -> HttpResponse:
    """Download who would go alone as the page lists them."""
    on, found = localdate(), alone_lists.asked_list(_asked(request), request.GET).found
    about = {"source": alone_lists.SOURCE, "licence": alone_lists.LICENCE}
    name = f"councils-that-would-go-alone-{on}"
    return table_response(request, name, alone_lists.ASKED, found, made_on=on, **about)


def _asked(request: HttpRequest) -> list[GoingAlone]:
    return alone_queries.asked_in_county_of(office_of(request).body, on=localdate())


@require_http_methods(METHODS)
@for_officers(permissions.may_propose)
@once
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to deliver services for a council's own area only; the county notes it where told."""
    acting, made = office_of(request), list[GoingAlone]()
    is_county = speaks_for_county(acting)
    councils = (lambda: councils_to_ask(acting.body, on=localdate())) if is_county else None
    form = AskForm(request.POST or None, services=catalogue.catalogue(), councils=councils)

    def ask() -> str:
        body = form.cleaned_data.get("council", acting.body)
        by, noted_by = asking(request).by, acting.body if is_county else None
        asked, told = actions.ask(body=body, wish=form.wish(), noted_by=noted_by, by=by, now=now())
        made.append(asked)
        if is_county:
            return f"It is noted. {TOLD if told else NOT_TOLD}"
        done = "It is asked. The county assesses it by the published factors."
        return done if told else f"{done} {NOT_REACHED}"

    lead = "Read first by what it is judged. Other councils do not see what you ask."
    sheet = Sheet("Deliver services alone", "Ask", lead=lead, way=_way())
    return answer(request, form, sheet, change=ask, there=lambda: made[0])


@require_safe
@of_one(permissions.may_see_alone)
def one(request: HttpRequest, of: GoingAlone) -> HttpResponse:
    """Show a council's wish with all that is known, found, answered and decided."""
    acting, today = office_of(request), localdate()
    context = {
        "of": of,
        "services": of.services.order_by("order"),
        "people": alone_facts.people_of(of.body, on=today),
        "answers": alone_queries.answers_of(of),
        "answer_by": alone.answer_by(of),
        "is_awaited": alone.is_awaited(of, today=today),
        "rows": alone_facts.facts_beside(of, alone_queries.findings_of(of), on=today),
        "may_judge": permissions.may_judge(acting, of, today),
        "may_answer": permissions.may_answer_alone(acting, of, today),
        "may_withdraw": permissions.may_withdraw_alone(acting, of, today),
    }
    return render(request, "clusters/alone_one.html", context)


@require_http_methods(METHODS)
@of_one(permissions.may_judge)
def assess(request: HttpRequest, of: GoingAlone) -> HttpResponse:
    """Judge a council by each published factor."""
    evidence = alone_queries.evidence_for(of.body, office_of(request).body)
    for finding in alone_queries.findings_of(of):
        # What was named stays to be chosen when it is no longer among the last.
        evidence |= _named_in(finding)
    form = AssessForm(request.POST or None, initial=_found(of), evidence=evidence)

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        found = form.findings()
        told = actions.assess(of=of, version=version, findings=found, by=by, now=now())
        return f"It is assessed. {TOLD if told else NOT_TOLD}"

    lead = "One step for each factor, with your reasons. There is no total."
    sheet = Sheet("Assess it by the published factors", "Keep it", lead=lead, way=_way(of))
    return _answer(request, form, sheet, of, change, _found)


def _named_in(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if finding.decision:
        found[f"decision-{finding.decision.pk}"] = finding.decision
    if finding.paper:
        found[f"paper-{finding.paper.pk}"] = finding.paper
    return found


def _found(of: GoingAlone) -> dict[str, object]:
    held: dict[str, object] = {"version": of.version}
    for each in alone_queries.findings_of(of):
        said = {name: getattr(each, name) for name in ("step", "says", "evidence")}
        said["link"] = next(iter(_named_in(each)), "")
        held |= {f"{name}_{each.factor}": value for name, value in said.items()}
    return held


@require_http_methods(METHODS)
@of_one(permissions.may_answer_alone)
def answer_assessment(request: HttpRequest, of: GoingAlone) -> HttpResponse:
    """Let the council say once what it thinks of its assessment."""
    form = AnswerForm(request.POST or None, initial=_answered(of))

    def change() -> str:
        actions.answer(of=of, by=asking(request).by, now=now(), **form.cleaned_data)
        return "Your answer is with the county."

    lead = "You answer an assessment once. Your answer stays beside it."
    if (last := alone.answer_by(of)) is not None:
        lead += f" Nothing is decided before you have answered, or before {day(last)} is over."
    sheet = Sheet("Answer the assessment", "Give the answer", lead=lead, way=_way(of))
    return _answer(request, form, sheet, of, change, _answered)


def _answered(of: GoingAlone) -> dict[str, object]:
    """Return what the council said of the assessment that stands."""
    given = of.current_answer
    return {"says": given.says if given else "", "version": of.version}


@require_http_methods(METHODS)
@of_one(permissions.may_judge)
def decide(request: HttpRequest, of: GoingAlone) -> HttpResponse:
    """Give a decision with its reasons."""
    obstacles = alone.obstacles_before_deciding(of, today=localdate())
    if obstacles and request.method != "POST":
        sheet = Sheet("Decide", "", way=_way(of))
        return render(request, "clusters/not_yet.html", {"sheet": sheet, "obstacles": obstacles})
    known = alone_queries.decisions_to_name(office_of(request).body)
    if of.decision and of.decision not in known:
        known.append(of.decision)
    form = DecideForm(request.POST or None, initial=_decided(of), decisions=known)

    def change() -> str:
        version, by = form.cleaned_data["version"], asking(request).by
        told = actions.decide(of=of, version=version, ruling=form.ruling(), by=by, now=now())
        return f"It is decided. {TOLD if told else NOT_TOLD}"

    lead = "The council is told at once, and reads your reasons."
    if of.is_assessed and not of.current_answer:
        lead += " It has not answered its assessment."
    sheet = Sheet("Decide", "Give the decision", lead=lead, way=_way(of))
    return _answer(request, form, sheet, of, change, _decided)


def _decided(of: GoingAlone) -> dict[str, object]:
    held = {name: getattr(of, name) for name in ("outcome", "reasons", "deferred_until", "version")}
    return held | {"decision": str(of.decision_id or "")}


@require_http_methods(METHODS)
@of_one(permissions.may_withdraw_alone)
@once
def withdraw(request: HttpRequest, of: GoingAlone) -> HttpResponse:
    """Take it back."""
    form = WhyForm(request.POST or None)

    def change() -> str:
        by = asking(request).by
        told = actions.withdraw(of=of, by=by, now=now(), **form.cleaned_data)
        done = "It is withdrawn. The council may ask anew."
        return done if told else f"{done} {NOT_REACHED}"

    sheet = Sheet("Withdraw it", "Withdraw it", way=_way(of))
    return answer(request, form, sheet, change=change, there=of)


def _answer(
    request: HttpRequest,
    form: AssessForm | AnswerForm | DecideForm,
    sheet: Sheet,
    of: GoingAlone,
    change: Callable[[], str],
    held: Callable[[GoingAlone], Mapping[str, Any]],
) -> HttpResponse:
    def saved() -> Saved:
        of.refresh_from_db()
        url, version = of.get_absolute_url(), of.version
        return journal.saved_meanwhile(of.subject, held(of), version=version, url=url)

    return answer(request, form, sheet, change=change, there=of, saved=saved)


def _way(of: GoingAlone | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way back up to what a council is judged by, and to one that asked."""
    own = ((str(of), of.get_absolute_url()),) if of else ()
    up = (
        ("Clusters", reverse("clusters:clusters")),
        ("Going alone", reverse("clusters:going-alone")),
    )
    return (*up, *own)
