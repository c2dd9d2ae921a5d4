"""Moving councils between the clusters of a plan, and having it made again from there."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
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
from waywarden.devolution.making.changing_forms import NOBODY, ChangeForm, carried
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.prices import in_words
from waywarden.devolution.making.searching import MOST_PRICED
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
from waywarden.planning.costing import costing_for
from waywarden.planning.facts import CountyFacts
from waywarden.planning.reports import Report

TEMPLATE = "making/change.html"
LEAD = (
    "Tick councils and say where they go. The plan is made again from where it stands and keeps "
    "each move as a rule. This plan stays as it is."
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
    """Move councils of a plan; noting a move or taking one back asks for nothing yet."""
    run = run_called(request, number)
    if not may_propose(office_of(request), run, localdate()):
        raise PermissionDenied
    if not changing.can_be_changed(run):
        return render(request, "making/unchangeable.html", {"run": run, "sheet": _sheet(run)})
    at_hand = _at_hand(run)
    if "back" in request.POST:
        return _taken_back(request, at_hand)
    if "move" in request.POST:
        return _noted(request, at_hand)
    return _send(request, at_hand)


@dataclass(frozen=True)
class AtHand:
    """A plan that is changed, what it was asked with, and the facts of today."""

    run: PlanRun
    report: Report
    base: Wishes
    facts: CountyFacts

    @cached_property
    def groups(self) -> list[Group]:
        return changing.groups_of(self.report)

    @cached_property
    def there(self) -> set[str]:
        return {each.key for each in self.facts.councils}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of councils by key and of services by code, also of those that are no more."""
        names = {each.key: each.name for each in self.facts.councils}
        names |= {each.key: each.name for each in self.report.councils}
        return names | {each.code: each.name for each in self.report.services}


def _at_hand(run: PlanRun) -> AtHand:
    report = plans.report_of(run)
    base = queries.wishes_of(run) or changing.wishes_behind(run, report)
    base = replace(base, begun_from=run.number)
    return AtHand(run, report, base, register_facts(run.county, localdate()))


def _noted(request: HttpRequest, of: AtHand) -> HttpResponse:
    """Show the page with what was ticked moved."""
    form = ChangeForm(request.POST, groups=of.groups)
    if form.is_valid() and not form.cleaned_data["councils"]:
        form.add_error("to", NOBODY)
    if form.errors:
        return _page(request, of, form, form.moved_before(), status=400)
    typed = {"moved": carried(form.moves), "effort": form.cleaned_data["effort"]}
    return _page(request, of, ChangeForm(initial=typed, groups=of.groups), form.moves)


def _taken_back(request: HttpRequest, of: AtHand) -> HttpResponse:
    """Show the page with one move taken back, and everything else as it was."""
    form = ChangeForm(request.POST, groups=of.groups)
    form.full_clean()
    moves = {key: to for key, to in form.moved_before().items() if key != request.POST["back"]}
    typed = {name: form[name].value() for name in ("councils", "to", "effort")}
    shown = ChangeForm(initial=typed | {"moved": carried(moves)}, groups=of.groups)
    return _page(request, of, shown, moves)


def _page(
    request: HttpRequest, of: AtHand, form: ChangeForm, moves: Moves, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "sheet": _sheet(of.run)} | _beside(of, form, moves)
    return render(request, TEMPLATE, context, status=status)


@once
def _send(request: HttpRequest, of: AtHand) -> HttpResponse:
    """Have the plan made again with the moves as rules."""
    made: list[AskedPlan | PlanRun] = []
    typed = {"effort": of.base.effort}
    form = ChangeForm(request.POST or None, groups=of.groups, initial=typed)
    form.full_clean()
    moves = form.moved_before() if form.is_bound else {}

    def ask() -> str:
        asked = _asked(request, of, form)
        made.append(asked)
        if isinstance(asked, PlanRun):
            return f"{asked} follows from the very same: nothing had to be made again."
        return "It is written down and will be made. This page says how far it is."

    return answer(
        request,
        form,
        _sheet(of.run),
        change=ask,
        there=lambda: made[0],
        context=_beside(of, form, moves),
        template=TEMPLATE,
    )


def _asked(request: HttpRequest, of: AtHand, form: ChangeForm) -> AskedPlan | PlanRun:
    moves, there = form.moves, of.there
    actions.CannotMake.if_any(changing.obstacles_to_moving(of.report, moves, there=there))
    base = replace(of.base, effort=form.cleaned_data["effort"])
    wishes = changing.moved(base, of.report, moves, there=there)
    county = of.run.county
    return actions.ask(
        county=county,
        body=office_of(request).body,
        question=Question(of.facts, wishes),
        figures=queries.figures_of(county, wishes.services, on=localdate()),
        begin=make_plan.enqueue,
        by=asking(request).by,
        now=now(),
    )


def _beside(of: AtHand, form: ChangeForm, moves: Moves) -> dict[str, Any]:
    clusters = {group.key: group.name for group in of.groups}
    said = [
        Move(key, of.names[key], clusters[to] if to != changing.OUT else "into no cluster")
        for key, to in moves.items()
    ]
    dropped = changing.dropped(of.base, moves, there=of.there)
    ticked = set(form["councils"].value() or ())
    opened = {group.key for group in of.groups if ticked & {each.key for each in group.councils}}
    return {
        "run": of.run,
        "groups": of.groups,
        "moves": said,
        "dropped": list(dropped.words(defaultdict(lambda: "A council that is no more", of.names))),
        "ticked": ticked,
        "opened": opened,
        "picture": _picture(of),
        "most_priced": MOST_PRICED,
        "prices": in_words(costing_for(of.facts.county), of.base.prices),
    }


def _picture(of: AtHand) -> Picture | None:
    picture = maps.plan_picture(PlanPage(of.run, of.report))
    if picture is None:
        return None
    return replace(
        picture,
        picks="councils",
        alt=f"Map of {of.report.county} in the clusters of {of.run}. The list of councils to move "
        "has every council of each cluster.",
        label=f"Map of the clusters of {of.run}. A tap ticks a council in the list on this page.",
        caption=f"{of.run} as it is, before any move. {picture.caption}",
    )


def _sheet(run: PlanRun) -> Sheet:
    way = (("Plans", reverse("plans:plans")), (str(run), run.get_absolute_url()))
    return Sheet("Move councils", "Make the plan again", lead=LEAD, kicker=str(run), way=way)
