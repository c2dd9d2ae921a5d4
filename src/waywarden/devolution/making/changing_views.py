"""Moving councils between the clusters of a plan, and having it made again from there."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.devolution.making import actions, changing, queries
from waywarden.devolution.making.changing import Group, Moves
from waywarden.devolution.making.changing_forms import ChangeForm
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import Question, Wishes
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.plans import maps
from waywarden.devolution.plans import queries as plans
from waywarden.devolution.plans.facts import register_facts
from waywarden.devolution.plans.finding import run_called
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.pages import PlanPage
from waywarden.devolution.plans.permissions import may_propose
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.maps.drawing import Picture
from waywarden.planning.reports import Report

TEMPLATE = "making/change.html"
#: The buttons that only show the page anew.
LOOKING = ("move", "back")
LEAD = (
    "Tick councils and say where they go. The plan is made again from where it stands, keeps each "
    "move as a rule, and says what each costs. This plan stays as it is."
)


@dataclass(frozen=True)
class Move:
    """A move as the page shows it."""

    key: str
    council: str
    to: str


@require_http_methods(METHODS)
@never_cache
@for_officers()
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Move councils of a plan; noting a move asks for nothing yet."""
    run = run_called(request, number)
    if not may_propose(office_of(request), run, localdate()):
        raise PermissionDenied
    if not changing.can_be_changed(run):
        return render(request, "making/unchangeable.html", {"run": run, "sheet": _sheet(run)})
    if any(button in request.POST for button in LOOKING):
        return _shown_again(request, run)
    return _send(request, run)


def _shown_again(request: HttpRequest, run: PlanRun) -> HttpResponse:
    """Show the page with what was ticked moved, or one move taken back."""
    groups = changing.groups_of(plans.report_of(run))
    sent = ChangeForm(request.POST, groups=groups, back=request.POST.get("back", ""))
    if not sent.is_valid() or ("move" in request.POST and not request.POST.getlist("councils")):
        if sent.is_valid():
            sent.add_error("councils", "Tick at least one council")
        return _page(request, run, sent, groups, sent.moves, status=400)
    typed = {"moved": sent.carried(sent.moves), "effort": sent.cleaned_data["effort"]}
    return _page(request, run, ChangeForm(initial=typed, groups=groups), groups, sent.moves)


def _page(
    request: HttpRequest,
    run: PlanRun,
    form: ChangeForm,
    groups: list[Group],
    moves: Moves,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "sheet": _sheet(run)} | _beside(run, form, groups, moves)
    return render(request, TEMPLATE, context, status=status)


@once
def _send(request: HttpRequest, run: PlanRun) -> HttpResponse:
    """Have the plan made again with the moves as rules."""
    report, made = plans.report_of(run), []
    groups = changing.groups_of(report)
    form = ChangeForm(request.POST or None, groups=groups)
    moves = form.moves if form.is_bound and (form.is_valid() or form.cleaned_data) else {}

    def ask() -> str:
        asked = _asked(request, run, report, form)
        made.append(asked)
        if isinstance(asked, PlanRun):
            return f"{asked} follows from the very same: nothing had to be made again."
        return "It is written down and will be made. This page says how far it is."

    return answer(
        request,
        form,
        _sheet(run),
        change=ask,
        there=lambda: made[0],
        context=_beside(run, form, groups, moves),
        template=TEMPLATE,
    )


def _asked(
    request: HttpRequest, run: PlanRun, report: Report, form: ChangeForm
) -> AskedPlan | PlanRun:
    actions.CannotMake.if_any(changing.obstacles_to_moving(report, form.moves))
    facts = register_facts(run.county, localdate())
    there = {each.key for each in facts.councils}
    base = replace(_base(run, report), effort=form.cleaned_data["effort"])
    wishes = changing.moved(base, report, form.moves, there=there)
    return actions.ask(
        county=run.county,
        body=office_of(request).body,
        question=Question(facts, wishes),
        figures=queries.figures_of(run.county, wishes.services, on=localdate()),
        begin=make_plan.enqueue,
        by=asking(request).by,
        now=now(),
    )


def _base(run: PlanRun, report: Report) -> Wishes:
    return queries.wishes_of(run) or changing.wishes_behind(run, report)


def _beside(run: PlanRun, form: ChangeForm, groups: list[Group], moves: Moves) -> dict[str, Any]:
    names = {each.key: each.name for group in groups for each in group.councils}
    clusters = {group.key: group.name for group in groups}
    said = [
        Move(key, names[key], clusters[to] if to != changing.OUT else "into no cluster")
        for key, to in moves.items()
    ]
    ticked = set(form["councils"].value() or ())
    opened = {group.key for group in groups if ticked & {each.key for each in group.councils}}
    shown = {"groups": groups, "ticked": ticked, "opened": opened}
    return {"run": run, "moves": said, "picture": _picture(run)} | shown


def _picture(run: PlanRun) -> Picture | None:
    picture = maps.plan_picture(PlanPage(run, plans.report_of(run)))
    return replace(picture, picks="councils") if picture else None


def _sheet(run: PlanRun) -> Sheet:
    way = (("Plans", reverse("plans:plans")), (str(run), run.get_absolute_url()))
    return Sheet("Move councils", "Make the plan again", lead=LEAD, kicker=str(run), way=way)
