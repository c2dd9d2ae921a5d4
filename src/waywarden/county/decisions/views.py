"""The decisions of a body: the list, one of them, planning one and recording one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.councils.models import Body
from waywarden.county.decisions import actions, finding, lists, permissions, policies, queries
from waywarden.county.decisions.forms import PlanForm, RecordForm
from waywarden.county.decisions.models import Decision, SignOff
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.fabric.forms.drafts import begun
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

PLAN = (
    "It stands on the list of what is going to be decided. Members can declare their interests "
    "there before it is taken; what an executive or officer decides is signed off first."
)
RECORD = (
    "Everything but the outcome, the reference and the day may be left blank. The day you state "
    "and the moment it reaches this site are both kept."
)


def way_to(body: Body) -> tuple[tuple[str, str], ...]:
    """Return the way back up from a decision of a body."""
    return (
        (body.name, reverse("bodies:body", args=[body.key])),
        ("Decisions", reverse("decisions:decisions", args=[body.key])),
    )


@require_safe
@never_cache
def decisions(request: HttpRequest, key: str) -> HttpResponse:
    """List what a body decided, and what it is going to decide."""
    body, who = finding.body_called(key), asking(request)
    page = lists.decisions_list(queries.decisions_of(body), request.GET)
    may_record = permissions.may_record(who.acting, body)
    context = {"body": body, "may_record": may_record}
    return render(request, "decisions/decisions.html", context | beside(request, page))


@require_safe
@never_cache
def decisions_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download the decisions of a body as its page lists them."""
    body, on = finding.body_called(key), localdate()
    found = lists.decisions_list(queries.decisions_of(body), request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"{body.key}-decisions-{on}"
    return table_response(request, name, lists.DECISIONS, found, made_on=on, **about)


@require_safe
@never_cache
def decision(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show a decision with its options, sign-offs, votes and interests."""
    found = finding.decision_of(finding.body_called(key), number)
    return render(request, "decisions/decision.html", _context(request, found))


def _context(request: HttpRequest, found: Decision) -> dict[str, object]:
    who, body, today = asking(request), found.body, localdate()
    signs = [kind for kind in SignOff.Kind if permissions.may_sign_off(who.acting, body, kind)]
    may_record = permissions.may_record(who.acting, body)
    pack = queries.pack_of(found)
    return {
        "body": body,
        "decision": found,
        "pack": pack,
        "asks_for_sign_offs": bool(policies.sign_offs_of(found)),
        "flags": policies.flags(found, pack.standing),
        "may_read": permissions.may_read(who, found, now()),
        "may_record": may_record,
        "may_declare": permissions.may_declare(who.acting, body)
        and found.status != Decision.Status.WITHDRAWN,
        "signs": signs if found.is_planned else [],
        "may_withdraw": may_record and not policies.obstacles_to_withdrawing(found),
        "may_call_in": may_record and not policies.obstacles_to_calling_in(found, today=today),
    }


@require_http_methods(METHODS)
@for_officers()
@once
def record(request: HttpRequest, key: str) -> HttpResponse:
    """Record a decision that was taken."""
    body = finding.own_body(request, key)
    draft = begun(request, form="decision", body=body.key, called=f"A decision of {body.name}")
    kinds = policies.kinds_of(body)
    form = RecordForm(request.POST or None, kinds=kinds, initial=draft.initial(RecordForm))
    made: list[Decision] = []

    def change() -> str:
        said = form.cleaned_data
        given = {name: said[name] for name in ("kind", "title", "is_exempt")}
        by = asking(request).by
        made.append(actions.record(body=body, taken=form.taken(), by=by, now=now(), **given))
        draft.sent()
        return f"“{made[0]}” is recorded."

    sheet = Sheet(f"Record a decision of {body.name}", "Record it", RECORD, way=way_to(body))
    context = {"draft": draft}
    return answer(request, form, sheet, change=change, there=lambda: made[0], context=context)


@require_http_methods(METHODS)
@for_officers()
@once
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Announce what is going to be decided."""
    body, today = finding.own_body(request, key), localdate()
    draft = begun(request, form="plan", body=body.key, called=f"A planned decision of {body.name}")
    form = PlanForm(
        request.POST or None,
        initial=draft.initial(PlanForm),
        kinds=policies.kinds_of(body),
        deciders=queries.deciders_of(body, on=today),
    )
    made: list[Decision] = []

    def change() -> str:
        by, proposal = asking(request).by, form.proposal()
        made.append(actions.plan(body=body, proposal=proposal, by=by, today=today))
        draft.sent()
        return f"“{made[0]}” is planned."

    sheet = Sheet(f"Plan a decision of {body.name}", "Plan it", PLAN, way=way_to(body))
    context = {"draft": draft}
    return answer(request, form, sheet, change=change, there=lambda: made[0], context=context)
