"""How the forms about offices are shown and answered."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms import sheets
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.journal import queries as journal


@dataclass(frozen=True)
class Sheet(sheets.Sheet):
    """What stands around a form about an office: besides all else, which office it is about."""

    office: Office | None = None
    is_grave: bool = False
    passes_drafts_on: bool = False


def answer(
    request: HttpRequest,
    body: Body,
    form: PlainForm,
    sheet: Sheet,
    *,
    change: Callable[[], str],
    there: str = "bodies:people",
) -> HttpResponse:
    """Show a form; once it is sent and makes sense, make the change and say what was done."""
    office = sheet.office
    return sheets.answer(
        request,
        form,
        sheet,
        change=change,
        there=reverse(there, args=[body.key]),
        saved=(lambda: saved(office)) if office else None,
        context={"body": body},
        template="offices/form.html",
    )


def saved(office: Office) -> Saved:
    """Give an office as somebody else has saved it meanwhile."""
    held = office_in(office.body, office.pk)
    last = journal.last_about(held.subject)
    return Saved(
        fields={
            "when": "at-once" if held.ended_at else "on",
            "on": held.ends_on,
            "until": held.ends_on,
        },
        version=held.version,
        by=last.actor_shown_as if last else "",
        at=last.at if last else None,
        url=reverse("bodies:people", args=[office.body.key]),
    )


def answer_button(
    request: HttpRequest, body: Body, *, change: Callable[[], str], there: str = "bodies:people"
) -> HttpResponse:
    """Make the change a single button asks for, and go back to where it stands."""
    try:
        messages.success(request, change())
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(there, key=body.key)


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form sent; nothing where it is only being opened."""
    return request.POST if request.method == "POST" else None


def office_in(body: Body, number: int) -> Office:
    """Give an office of this body; one of another body is not there."""
    held = Office.objects.in_body(body).select_related("person", "body")
    return get_object_or_404(held, pk=number)
