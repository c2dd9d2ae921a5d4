"""A body of their own: which forms there are, which one is chosen, and which steps are done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.devolution.interest import policies
from waywarden.devolution.interest import setting_up_actions as actions
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.interest.setting_up import setting_up_of
from waywarden.devolution.interest.setting_up_forms import LegalFormForm, StepsForm, as_typed
from waywarden.devolution.interest.ways import to_asking, way_of
from waywarden.devolution.interest.writing_views import WRITTEN
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.rules.setting_up import CONFIRM, FORMS, steps_of

KICKER = "A body of your own"


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
        actions.choose_form(of=of, version=said["version"], form=said["form"], by=visit.by)
        return "It is saved. Note each step once it is done."

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_form_of(of), of.version, url=of.get_absolute_url())

    lead = " ".join(policies.obstacles_to_setting_up(of)) or CONFIRM
    sheet = Sheet("Choose a legal form", "Save and carry on", lead=lead, **_around(visit))
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
    form = StepsForm(request.POST or None, initial=_steps_of(of), setting_up=setting_up_of(of))

    def change() -> str:
        version, done = form.cleaned_data["version"], form.done()
        actions.say_done(of=of, version=version, done=done, by=visit.by, today=today)
        return f"It is saved: {len(done)} done. Come back whenever the next is."

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_steps_of(of), of.version, url=of.get_absolute_url())

    lead = "Give a day to each step that is done, and leave the others blank. "
    lead += "The council you ask sees how far you are, once you have sent what you ask."
    sheet = Sheet("Steps to a body of your own", "Save what is done", lead=lead, **_around(visit))
    return answer(request, form, sheet, change=change, there=of, saved=saved)


def _steps_of(of: Expression) -> dict[str, object]:
    return as_typed(list(of.set_up_steps.all())) | {"version": of.version}


def _around(visit: Visit) -> dict[str, Any]:
    way = way_of(visit.expression)
    return {"kicker": KICKER, "way": way, "is_in_office": not visit.is_by_link}
