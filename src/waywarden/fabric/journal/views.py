from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.fabric.journal import exports
from waywarden.fabric.journal.histories import kinds
from waywarden.fabric.journal.models import PublishedHead
from waywarden.fabric.journal.telling import PAGE, told
from waywarden.fabric.tables.writing import table_response

#: How many published heads a page shows; the table to download has all.
LATEST = 31


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """Show the heads that were published, for everybody to keep a copy of."""
    heads = PublishedHead.objects.order_by("-day")[:LATEST]
    return render(request, "journal/head.html", {"heads": heads})


@require_safe
def head_json(request: HttpRequest) -> JsonResponse:
    """Answer a program with the last published heads, the newest first."""
    heads = PublishedHead.objects.order_by("-day")[:LATEST]
    published = [
        {"day": head.day, "line": head.number, "hash": head.hash, "published_at": head.at}
        for head in heads
    ]
    return JsonResponse({"heads": published})


@require_safe
def heads_table(request: HttpRequest) -> HttpResponse:
    """Download every head that was published."""
    heads, on = PublishedHead.objects.order_by("day"), localdate()
    about = {"source": exports.SOURCE, "licence": exports.LICENCE}
    return table_response(request, f"journal-heads-{on}", exports.HEADS, heads, made_on=on, **about)


@require_safe
def history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show who changed a record, what, when and why; the newest change first."""
    find = kinds().get(kind)
    thing = find(request, key) if find else None
    if thing is None:
        raise Http404("There is no such record, or its history is not for you.")
    page = Paginator(thing.lines.order_by("-number"), PAGE).get_page(request.GET.get("page"))
    lines = told(page.object_list, thing.reading, thing.named)
    context = {"thing": thing, "page": page, "told": lines}
    return render(request, "journal/history.html", context)
