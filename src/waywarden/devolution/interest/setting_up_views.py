"""A body of their own: which forms there are, which one is chosen, and which steps are done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.devolution.interest import policies
from waywarden.devolution.interest import setting_up_actions as actions
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.interest.setting_up import is_registered, setting_up_of
from waywarden.devolution.interest.setting_up_forms import LegalFormForm, StepsForm, as_typed
from waywarden.devolution.interest.ways import to_asking, way_of
from waywarden.devolution.interest.writing_views import WRITTEN
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.rules.setting_up import CONFIRM, FORMS, REGISTERED, steps_of

KICKER = "A body of your own"
STEPS = (
    "Give a day to each step that is done, and leave the others blank. The council you ask sees "
    "how far you are, once you have sent what you ask."
)
UNDONE = (
    "The governing document and those who answer for it belonged to the form before: note them "
    "anew."
)
RENAMED = "If the new body is called otherwise than your group, put the name right on “Who asks”."


@require_safe
@never_cache
def legal_forms(request: HttpRequest) -> HttpResponse:
    """Show in which forms a body that can sign is set up, who registers it, and the steps."""
    found = [(form, steps_of(form)) for form in FORMS.values()]
    context = {"forms": found, "confirm": CONFIRM, "way": to_asking()}
    return render(request, "interest/legal_forms.html", context)


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def legal_form(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose the form of the new body."""
    of = visit.expression
    form = LegalFormForm(request.POST or None, initial=_form_of(of))

    def change() -> str:
        said = form.cleaned_data
        version, chosen = said["version"], said["form"]
        undone = actions.choose_form(of=of, version=version, form=chosen, by=visit.by)
        return f"It is saved. Note each step once it is done. {UNDONE if undone else ''}".strip()

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_form_of(of), of.version, url=of.get_absolute_url())

    sheet = Sheet("Choose a legal form", "Save and carry on", lead=CONFIRM, **_around(visit))
    held = setting_up_of(of)
    obstacles = policies.obstacles_to_choosing_a_form(of, is_registered=is_registered(held))
    if obstacles and request.method != "POST":
        return _cannot(request, sheet, obstacles)
    there = f"{of.get_absolute_url()}steps/"
    return answer(request, form, sheet, change=change, there=there, saved=saved)


def _form_of(of: Expression) -> dict[str, object]:
    return {"form": of.legal_form, "version": of.version}


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def steps(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say which steps are done, a few at a time; the rest is taken up again later."""
    of, today = visit.expression, localdate()
    sheet = Sheet("Steps to a body of your own", "Save what is done", lead=STEPS, **_around(visit))
    obstacles = policies.obstacles_to_setting_up(of)
    if obstacles and request.method != "POST":
        return _cannot(request, sheet, obstacles)
    held = setting_up_of(of)
    if held is None and not obstacles:
        messages.info(request, "Choose a legal form first: the steps depend on it.")
        return redirect(f"{of.get_absolute_url()}legal-form/")
    form = StepsForm(request.POST or None, initial=_steps_of(of), setting_up=held)

    def change() -> str:
        version, done = form.cleaned_data["version"], form.done()
        actions.say_done(of=of, version=version, done=done, by=visit.by, today=today)
        renamed = RENAMED if REGISTERED in done and of.is_begun else ""
        return f"It is saved: {len(done)} done. Come back whenever the next is. {renamed}".strip()

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_steps_of(of), of.version, url=of.get_absolute_url())

    return answer(request, form, sheet, change=change, there=of, saved=saved)


def _steps_of(of: Expression) -> dict[str, object]:
    return as_typed(list(of.set_up_steps.all())) | {"version": of.version}


def _around(visit: Visit) -> dict[str, Any]:
    way = way_of(visit.expression)
    return {"kicker": KICKER, "way": way, "is_in_office": not visit.is_by_link}


def _cannot(request: HttpRequest, sheet: Sheet, obstacles: list[str]) -> HttpResponse:
    """Say what stands in the way, and offer no form."""
    context = {"sheet": sheet, "obstacles": obstacles}
    return render(request, "interest/cannot.html", context)
