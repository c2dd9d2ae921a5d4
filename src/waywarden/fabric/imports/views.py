"""The wizard's pages: which kinds there are, send one, look at it, decide, and what came of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.once import once
from waywarden.fabric.imports import actions, lists, policies, queries
from waywarden.fabric.imports.exports import left_out_columns
from waywarden.fabric.imports.forms import ReasonForm, SendForm
from waywarden.fabric.imports.kinds import ImportKind, Occasion, kinds
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.tables.columns import write_csv
from waywarden.fabric.tables.forms import FilterForm
from waywarden.fabric.tables.lists import ListPage
from waywarden.fabric.tables.problems import UnreadableTable
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import (
    csv_response,
    file_response,
    table_response,
    template_workbook,
)

#: Lets in who acts in an office. The room of people supplies it; see the settings.
gated = import_string(settings.OFFICE_GATE)()


def _kind(request: Any, slug: str) -> ImportKind:
    """Return a kind of table that whoever asks may take in."""
    kind = kinds().get(slug)
    if kind is None:
        raise Http404("There is no such kind of table.")
    if not kind.may(request.asking):
        raise PermissionDenied
    return kind


def _upload(request: Any, kind: ImportKind, number: int) -> Upload:
    """Return a table that was sent for the body somebody acts for; another's is not there."""
    mine = Upload.objects.of(request.asking.acting.body.key).filter(kind=kind.slug)
    return get_object_or_404(mine, pk=number)


def _occasion(request: Any, reason: str = "") -> Occasion:
    return Occasion(request.asking, timezone.now(), localdate(), reason)


@require_safe
@gated
def index(request: Any) -> HttpResponse:
    """List what can be taken in by who asks, and what was sent lately for their body."""
    page = _sent(request)
    context = {"kinds": list(_offered(request).values())}
    return render(request, "imports/index.html", context | beside(request, page))


@require_safe
@gated
def sent_table(request: Any) -> HttpResponse:
    """Download the list of what was sent for the body, as the page shows it."""
    on, about = localdate(), {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"tables-sent-{request.asking.acting.body.key}-{on}"
    rows = _sent(request).found
    return table_response(request, name, lists.SENT, rows, made_on=on, **about)


def _offered(request: Any) -> dict[str, ImportKind]:
    return {kind.slug: kind for kind in kinds().values() if kind.may(request.asking)}


def _sent(request: Any) -> ListPage[lists.Sent]:
    return lists.sent_list(_offered(request), request.asking.acting.body.key, request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
@gated
def send(request: Any, kind: str) -> HttpResponse:
    """Take a file or pasted cells, and show what is in them."""
    found = _kind(request, kind)
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, content = form.sent()
        try:
            sent = actions.Sent(name, content, queries.sheet_of(content, found))
        except UnreadableTable as unreadable:
            form.add_error("file" if request.FILES else "cells", unreadable.sentence)
        else:
            return _receive(request, kind=found, sent=sent)
    return render(request, "imports/send.html", {"kind": found, "form": form}, status=form.status)


@once
def _receive(request: Any, *, kind: ImportKind, sent: actions.Sent) -> HttpResponse:
    """Keep what was read, once. It was read before: others may write meanwhile."""
    who = request.asking
    upload = actions.receive(kind=kind, sent=sent, by=who.by, body_key=who.acting.body.key)
    return redirect("imports:upload", kind.slug, upload.pk)


@require_safe
@gated
def template(request: HttpRequest, kind: str, suffix: str) -> HttpResponse:
    """Give an empty table to fill in."""
    found = _kind(request, kind)
    name = f"{found.slug}.{suffix}"
    if suffix == "csv":
        return file_response(name, write_csv(found.columns, []).encode())
    notes = [(c.name, f"{c.meaning}. Such as: {c.example or 'blank'}") for c in found.columns]
    return file_response(name, template_workbook(found.columns, notes=notes))


@require_safe
@gated
def upload(request: Any, kind: str, number: int) -> HttpResponse:
    """Show what a table would change, or what came of it."""
    return _shown(request, kind, number)


def _shown(
    request: Any, kind: str, number: int, refused: str = "", form: ReasonForm | None = None
) -> HttpResponse:
    form = form or ReasonForm()
    status = 409 if refused else form.status
    found = _kind(request, kind)
    sent = _upload(request, found, number)
    context = {"kind": found, "upload": sent, "refused": refused, "form": form}
    if not sent.waits:
        return render(request, "imports/result.html", context, status=status)
    reading = queries.reading_of(sent, found, _occasion(request))
    page = lists.lines_list(reading, request.GET)
    context |= {
        "reading": reading,
        "list": page,
        "filters": FilterForm(page),
        "obstacles": policies.obstacles_to_taking_in(reading),
        "before": queries.taken_before(sent),
    }
    return render(request, "imports/preview.html", context, status=status)


@require_POST
@gated
@once
def decide(request: Any, kind: str, number: int) -> HttpResponse:
    """Take in the good rows, or nothing."""
    found = _kind(request, kind)
    sent = _upload(request, found, number)
    form = ReasonForm(request.POST)
    try:
        decision = policies.decision_made(request.POST.get("decision", ""))
        if decision == policies.NONE_OF_IT:
            actions.leave_out(upload=sent, now=timezone.now())
        elif form.is_valid():
            _take_in(request, found, sent, form)
    except actions.DecidedAlready as refused:
        messages.info(request, str(refused))
    except actions.SayWhy as refused:
        form.add_error("reason", str(refused))
    except Refusal as refused:
        return _shown(request, kind, number, str(refused), form)
    if form.errors:
        return _shown(request, kind, number, form=form)
    return redirect("imports:upload", found.slug, sent.pk)


def _take_in(request: Any, kind: ImportKind, sent: Upload, form: ReasonForm) -> None:
    actions.take_in(
        upload=sent,
        kind=kind,
        seen=request.POST.get("seen", ""),
        occasion=_occasion(request, form.cleaned_data["reason"]),
    )


@require_safe
@gated
def left_out(request: Any, kind: str, number: int) -> HttpResponse:
    """Give the rows that were left out, each with its reasons, to put right and send again."""
    found = _kind(request, kind)
    sent = _upload(request, found, number)
    problems = sent.left_out
    if sent.waits:
        reading = queries.reading_of(sent, found, _occasion(request))
        problems = list(reading.problems)
    columns, rows = left_out_columns(sent, problems)
    return csv_response(f"{found.slug}-left-out.csv", columns, rows)
