from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area
from waywarden.county.services import actions, exports, lists, queries
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.forms import DISPUTE, NEW, QuantityForm, fields_of
from waywarden.county.services.models import Service
from waywarden.county.services.permissions import may_correct
from waywarden.county.services.photos import photo_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.forms.drafts import begun
from waywarden.fabric.forms.versions import Saved, answer_overtaken
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response
from waywarden.rules.units import units


@require_safe
@for_officers()
def quantities(request: HttpRequest, key: str) -> HttpResponse:
    """List the figures of a place, for its own council and the county to put right."""
    area, parish = _place(request, key)
    context = {"place": area, "parish": parish, "is_own": parish == _acting(request).body}
    page = lists.figures_list(area, request.GET)
    return render(request, "services/quantities.html", context | beside(request, page))


@require_safe
@for_officers()
def quantities_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download the figures of a place as the page lists them."""
    (area, _), on = _place(request, key), localdate()
    rows = lists.figures_list(area, request.GET).found
    about = {"source": exports.SOURCE, "licence": exports.LICENCE}
    name = f"{area.key}-figures-{on}"
    return table_response(request, name, exports.FIGURES, rows, made_on=on, **about)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def quantity(request: HttpRequest, key: str, service: str) -> HttpResponse:
    """Put a figure of a place right, or dispute it."""
    (area, parish), body = _place(request, key), _acting(request).body
    found = get_object_or_404(Service.objects.delivered(), slug=service)
    subject = queries.quantity_subject(area, found)
    held = queries.current_quantity(area, found)
    called = f"{found.name} in {area.name}: the figure"
    draft = begun(request, form="quantity", about=subject.key, body=body.key, called=called)
    initial = fields_of(held) | draft.initial(QuantityForm)
    asks_why = parish is not None and parish != body
    form = QuantityForm(request.POST or None, initial=initial, asks_why=asks_why, unit=found.unit)
    if form.is_valid():
        try:
            _save(form, area, found, request)
        except actions.CannotCorrect as refused:
            form.add_error("amount", str(refused))
        except Overtaken:
            return answer_overtaken(request, form, _saved(area, found))
        else:
            draft.sent()
            messages.success(request, f"{found.name} in {area.name}: your change is saved.")
            return redirect("quantities:quantities", key=area.key)
    context = {"place": area, "service": found, "held": held, "form": form, "draft": draft}
    context |= {"subject": subject, "unit": units()[found.unit], "parish": parish}
    context |= {"is_own": not asks_why}
    return render(request, "services/quantity.html", context, status=form.status)


@require_safe
@for_officers()
def photo(request: HttpRequest, key: str, service: str) -> HttpResponse:
    """Give the photo that came with the dispute of a figure."""
    area, _ = _place(request, key)
    found = get_object_or_404(Service.objects.delivered(), slug=service)
    return photo_of(queries.current_quantity(area, found))


def _place(request: HttpRequest, key: str) -> tuple[Area, Body | None]:
    """Return a place and its own council, if it has one, for who may put its figures right."""
    area, today = get_object_or_404(Area.objects.lowest(), key=key), localdate()
    parish = queries.parish_of(area, on=today)
    if not may_correct(_acting(request), area, parish, on=today):
        raise PermissionDenied
    return area, parish


def _acting(request: HttpRequest) -> Office:
    """Return the office somebody acts in; the gate lets in nobody without one."""
    if acting := asking(request).acting:
        return acting
    raise PermissionDenied


def _save(form: QuantityForm, area: Area, service: Service, request: HttpRequest) -> None:
    said = form.cleaned_data
    of: dict[str, Any] = {"area": area, "service": service, "seen": said["version"]}
    done: dict[str, Any] = {"by": asking(request).by, "today": localdate()}
    done["reason"] = said.get("reason", "")
    if said["what"] == NEW:
        correcting.correct_quantity(
            **of,
            amount_milli=form.amount_milli,
            source=said["source"],
            stated_on=said["stated_on"],
            **done,
        )
    else:
        correcting.dispute_quantity(**of, dispute=said["dispute"], **done)


def _saved(area: Area, service: Service) -> Saved:
    """Return the figure that counts by now, and who entered it."""
    held = queries.current_quantity(area, service)
    last = queries.last_change_of(held) if held else None
    is_disputed = held is not None and held.is_disputed
    fields = fields_of(held) | {"what": DISPUTE if is_disputed else NEW}
    by, at = (last.actor_shown_as, last.at) if last else ("", None)
    fields["reason"] = last.reason if last else ""
    return Saved(fields, fields["version"], by, at, f"/places/{area.key}/quantities/")
