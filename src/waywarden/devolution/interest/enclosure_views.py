"""The papers that come with an expression: given, given back, replaced and taken back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.devolution.interest import enclosure_actions as actions
from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.enclosure_forms import EnclosureForm, TakePaperBackForm
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.devolution.interest.models import Enclosure
from waywarden.devolution.interest.ways import way_of
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.actions import Sound
from waywarden.fabric.documents.receiving import is_too_large, too_large
from waywarden.fabric.documents.serving import download
from waywarden.fabric.forms.buckets import Limit, limited
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer

#: Papers from one network: each is looked into, which takes the machine a second or two.
PAPERS = Limit("papers of an expression", 30, timedelta(hours=1))
#: Lists what keeps a paper of a size from being kept.
Obstacles = Callable[..., list[str]]
WHO_READS = (
    "You and the council you ask can read it, nobody else. Before you send, the council cannot."
)


@require_safe
@for_asker(is_hidden=True)
def paper(request: HttpRequest, visit: Visit, paper: int) -> HttpResponse:
    """Give a paper to those who ask and to those who answer."""
    return download(_there(visit, paper).file)


@require_http_methods(METHODS)
@limited(PAPERS)
@for_asker(changes=True)
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add a paper."""
    of, so_far = visit.expression, queries.enclosed(visit.expression)
    form, sound = _read(request, partial(policies.obstacles_to_enclosing, of, so_far))
    sheet = Sheet("Add a paper", "Add it", **_around(visit))
    if sound is None:
        return _page(request, form, sheet)
    keep = partial(actions.enclose, of=of, said=form.said(), sound=sound)
    return _keep(request, visit=visit, sheet=sheet, form=form, keep=keep)


@require_http_methods(METHODS)
@limited(PAPERS)
@for_asker(changes=True)
def replace(request: HttpRequest, visit: Visit, paper: int) -> HttpResponse:
    """Put another file in the place of a paper."""
    old, so_far = _there(visit, paper), queries.enclosed(visit.expression)
    obstacles = partial(policies.obstacles_to_replacing, visit.expression, so_far)
    form, sound = _read(request, obstacles, first={"kind": old.kind})
    sheet = Sheet(f"Replace a paper: {str(old).lower()}", "Replace it", **_around(visit))
    if sound is None:
        return _page(request, form, sheet)
    keep = partial(actions.replace, enclosure=old, said=form.said(), sound=sound)
    return _keep(request, visit=visit, sheet=sheet, form=form, keep=keep)


@require_http_methods(METHODS)
@for_asker(changes=True)
@once
def take_back(request: HttpRequest, visit: Visit, paper: int) -> HttpResponse:
    """Take a paper back."""
    old = _there(visit, paper)
    form = TakePaperBackForm(request.POST if request.method == "POST" else None)

    def change() -> str:
        actions.take_back(enclosure=old, by=visit.by, today=localdate())
        return "It is taken back."

    around = _around(visit) | {"lead": f"“{old.file}” is offered no longer."}
    sheet = Sheet(f"Take a paper back: {str(old).lower()}", "Take it back", **around)
    return answer(request, form, sheet, change=change, there=visit.expression)


def _read(
    request: HttpRequest, obstacles: Obstacles, first: dict[str, str] | None = None
) -> tuple[EnclosureForm, Sound | None]:
    """Read what was sent, and look into its file: before the door is taken, as it takes long."""
    is_sent = request.method == "POST"
    form = EnclosureForm(request.POST, request.FILES) if is_sent else EnclosureForm(initial=first)
    if is_too_large(request):
        form.refuse(too_large())
    elif form.is_bound and form.is_valid():
        return form, _sound(form, obstacles)
    return form, None


@once
def _keep(
    request: HttpRequest,
    *,
    visit: Visit,
    sheet: Sheet,
    form: EnclosureForm,
    keep: Callable[..., Enclosure],
) -> HttpResponse:
    """Keep what was sent, once. The file was looked into before: others may write meanwhile."""
    try:
        made = keep(by=visit.by, today=localdate())
    except Refusal as refused:
        form.add_error(None, str(refused))
        status = 409 if isinstance(refused, Overtaken) else None
        return _page(request, form, sheet, status=status)
    messages.success(request, f"It is kept: {str(made).lower()}.")
    return redirect(visit.expression)


def _page(
    request: HttpRequest, form: EnclosureForm, sheet: Sheet, status: int | None = None
) -> HttpResponse:
    context = {"form": form, "sheet": sheet}
    return render(request, "paperwork/sheet.html", context, status=status or form.status)


def _sound(form: EnclosureForm, obstacles: Obstacles) -> Sound | None:
    sent = form.cleaned_data["file"]
    try:
        # Nothing is looked into that would not be kept, and nothing goes to the disk yet.
        actions.CannotAsk.if_any(obstacles(size=sent.size))
        return documents.looked_into(content=sent.read(), name=sent.name)
    except Refusal as refused:
        form.refuse(str(refused))
        return None


def _there(visit: Visit, number: int) -> Enclosure:
    for each in queries.enclosures_of(visit.expression):
        if each.pk == number:
            return each
    raise Http404("There is no such paper.")


def _around(visit: Visit) -> dict[str, Any]:
    of = visit.expression
    return {
        "lead": WHO_READS if of.is_begun else "You and the council you ask can read it.",
        "kicker": "Ask to run a service",
        "way": way_of(of),
        "is_in_office": not visit.is_by_link,
    }
