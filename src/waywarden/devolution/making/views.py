"""Making a plan on the page: asking, following how far it is, stopping, asking again."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden import data
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.county.places import queries as places
from waywarden.county.places.models import Area
from waywarden.devolution.making import actions, lists, permissions, queries, says
from waywarden.devolution.making.forms import MakeForm, typed, typed_before
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.searching import MOST_PRICED
from waywarden.devolution.making.wishes import Question
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.plans.facts import register_facts
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.drafts import Begun, begun
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.tables.writing import table_response
from waywarden.planning.costing import costing_for
from waywarden.planning.facts import CountyFacts

SHEET = Sheet(
    "Make a plan",
    "Make the plan",
    lead="Which councils could share which services, what that would cost, and how sure that is. "
    "The plan is made in the background and is a trial: officers of the county alone see it, until "
    "one of them shows it to everybody.",
)
TEMPLATE = "making/make.html"


@require_http_methods(METHODS)
@for_officers(permissions.may_make)
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a plan; or find councils to tick or have more rows, which asks for nothing yet."""
    county = places.home_county()
    if county is None:
        return render(request, "website/nothing_loaded.html")
    if "find" in request.POST or "more" in request.POST:
        return _shown_again(request, county)
    return _send(request, county)


def _shown_again(request: HttpRequest, county: Area) -> HttpResponse:
    """Show the form as it was typed, with the councils that were looked for or with more rows."""
    sent = request.POST
    find = sent.get("named", "").strip()[:100] if "find" in sent else ""
    form = _form(
        request,
        register_facts(county, localdate()),
        typed(sent),
        find=find,
        more=sent.get("more", ""),
    )
    return render(request, TEMPLATE, {"form": form, "sheet": _sheet()} | _beside(request))


@once
def _send(request: HttpRequest, county: Area) -> HttpResponse:
    """Ask for a plan: what it follows from is written down, and a worker makes it."""
    facts, body = register_facts(county, localdate()), office_of(request).body
    draft, made = _draft(request), []
    form = _form(request, facts, typed_before(draft))

    def ask() -> str:
        of = form.chosen_round
        wishes = form.wishes(queries.willing_in(of, on=localdate()) if of else [])
        asked = actions.ask(
            county=county,
            body=body,
            question=Question(facts, wishes),
            figures=queries.figures_of(county, wishes.services, on=localdate()),
            begin=make_plan.enqueue,
            by=asking(request).by,
            now=now(),
        )
        made.append(asked)
        draft.sent()
        if isinstance(asked, PlanRun):
            return f"{asked} follows from the very same: nothing had to be made again."
        return "It is written down and will be made. This page says how far it is."

    there: Callable[[], object] = lambda: made[0]  # noqa: E731
    beside = _beside(request)
    return answer(
        request, form, _sheet(), change=ask, there=there, context=beside, template=TEMPLATE
    )


def _form(
    request: HttpRequest, facts: CountyFacts, initial: Mapping[str, object], **asks: str
) -> MakeForm:
    """Return the form as it was sent; as it was typed so far where it is only shown again."""
    is_sent = request.method == "POST" and not asks
    return MakeForm(
        request.POST if is_sent else None,
        facts=facts,
        costing=costing_for(facts.county),
        rounds=queries.rounds_of(office_of(request).body),
        initial=initial,
        **asks,
    )


def _draft(request: HttpRequest) -> Begun:
    return begun(request, form="plan", body=office_of(request).body.key, called="A plan to be made")


def _sheet() -> Sheet:
    way = (("Plans", reverse("plans:plans")),)
    return Sheet(SHEET.title, SHEET.button, lead=SHEET.lead, way=way)


def _beside(request: HttpRequest) -> dict[str, object]:
    recent = queries.recent_of(office_of(request).body)
    most = {"most_seconds": settings.PLAN_SECONDS, "most_priced": MOST_PRICED}
    return {"recent": recent, "draft": _draft(request)} | most


@require_safe
@for_officers()
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """Show a plan asked for: what was asked, how far it is, and what came of it."""
    of = _own(request, number)
    page = says.AskedPage(of, queries.Progress(of, now()))
    context = {"asked": of, "page": page, "most_seconds": settings.PLAN_SECONDS}
    return render(request, "making/asked.html", context)


@require_safe
@for_officers()
def figures_table(request: HttpRequest, number: int) -> HttpResponse:
    """Download every figure a plan follows from: whence, and who entered it."""
    of = _own(request, number)
    about = {"source": lists.SOURCE, "licence": data.ATTRIBUTION}
    name, on = f"plan-asked-{of.pk}-figures", localdate()
    return table_response(request, name, lists.FIGURES, of.figures, made_on=on, **about)


@require_POST
@for_officers()
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a plan and keep what there is; withdraw one that waits."""
    of = _own(request, number)
    done = "It stops within a few seconds; the best plan so far is kept."
    if of.is_waiting:
        done = "It is withdrawn and will not be made."
    by = asking(request).by
    return _answered(
        request, of, done, lambda: actions.stop(asked=of, begin=make_plan.enqueue, by=by)
    )


@require_POST
@for_officers()
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Have a plan made that could not be, from the same figures."""
    of, by = _own(request, number), asking(request).by

    def ask() -> None:
        actions.again(asked=of, begin=make_plan.enqueue, by=by, now=now())

    return _answered(request, of, "It will be made again, from the same figures.", ask)


def _answered(
    request: HttpRequest, of: AskedPlan, done: str, act: Callable[[], None]
) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(of)


def _own(request: HttpRequest, number: int) -> AskedPlan:
    found = get_object_or_404(AskedPlan.objects.select_related("plan", "body", "county"), pk=number)
    if not permissions.may_see(office_of(request), found):
        raise PermissionDenied
    return found
