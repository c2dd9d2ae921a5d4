from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.bodies.naming import for_people_of
from waywarden.county.councils.models import Body
from waywarden.county.desk import exports, finding, lists
from waywarden.county.desk.reading import plainly, with_services
from waywarden.fabric.common.gate import for_signed_in
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import Told, told
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response


@require_safe
@for_signed_in
def trail(request: HttpRequest, key: str) -> HttpResponse:
    """Show a body's officers what it did and what was done about it, the newest first."""
    body = finding.seen_body(request, key)
    page = lists.trail_list(body, request.GET)
    context = {"body": body, "told": _told(body, page.rows)}
    return render(request, "desk/trail.html", context | beside(request, page))


def _told(body: Body, lines: Sequence[Entry]) -> list[Told]:
    return told(lists.in_full(lines), plainly, with_services(for_people_of(body)))


@require_safe
@for_signed_in
def trail_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download a body's trail as its page lists it."""
    body, on = finding.seen_body(request, key), localdate()
    found = lists.trail_list(body, request.GET).found
    lines = _told(body, found)
    about = {"source": lists.OF_THE_JOURNAL, "licence": lists.LICENCE}
    name = f"{body.key}-journal-{on}"
    return table_response(request, name, exports.TRAIL, lines, made_on=on, **about)


@require_safe
@for_signed_in
def journal_copy(request: HttpRequest, key: str) -> HttpResponse:
    """Download the journal to check it: a body's own lines in full, the others sealed."""
    body = finding.seen_body(request, key)
    name = f"journal-{body.key}-{datetime.now(UTC):%Y-%m-%d}.jsonl"
    answer = StreamingHttpResponse(
        journal.copied_out(journal.lines_for(body.key)), content_type="application/jsonl"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    # Django gives both the same manners, though not the same family.
    return cast(HttpResponse, answer)
