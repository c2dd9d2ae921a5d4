"""One council's offer: the page its letter leads to, its figures, its wording and its answer."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.offices.telling import reply_address
from waywarden.devolution.offers import actions, lists, packs, policies, queries
from waywarden.devolution.offers.forms import (
    AnswerForm,
    CallForm,
    OwnForm,
)
from waywarden.devolution.offers.gate import LINKS, Visit, for_council, link_ended
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.offers.queries import Pack
from waywarden.devolution.offers.readiness import Question, questions_of
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.documents.content import Paper
from waywarden.fabric.documents.kinds import DOCX, PDF
from waywarden.fabric.documents.typesetting import as_pdf
from waywarden.fabric.documents.word import BadTemplate, as_word
from waywarden.fabric.forms.fields import in_pounds
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.tables.writing import table_response


@require_safe
@never_cache
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an offer by the link of its letter; the address with the secret is left at once."""
    offer = (
        Offer.objects.filter(token_hash=hash_of(secret))
        .select_related("round__body", "body")
        .first()
    )
    if offer is not None and offer.is_link_ended:
        return link_ended(request, offer)
    if offer is None or not offer.link_works(localdate()):
        return render(request, "offers/no_link.html", status=404)
    request.session[LINKS] = request.session.get(LINKS, {}) | {str(offer.pk): offer.token_hash}
    return redirect(offer)


@require_safe
@for_council()
def offer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a council what it is offered, on one page."""
    found, today = visit.offer, localdate()
    pack = queries.pack_of(found, on=today)
    questions = _questions(pack)
    context = _context(visit, pack) | {
        "obstacles_to_new_link": _obstacles_to_new_link(visit, today),
        "notice": pack.notice(today),
        "before": queries.said_before(found, on=today) if visit.may_answer else {},
        "questions": questions,
        "settled": sum(question.is_settled for question in questions),
        "is_link_working": bool(found.token_hash) and found.link_works(today),
        "obstacles": _obstacles(visit, today),
    }
    return render(request, "offers/offer.html", context)


def _obstacles(visit: Visit, today: date) -> list[str]:
    """List what keeps an answer from being given by whoever visits."""
    return policies.obstacles_to_answering(
        visit.offer, today=today, is_noted_by_giver=visit.runs_it
    )


def _obstacles_to_new_link(visit: Visit, today: date) -> list[str]:
    """List what keeps a new link from whose link was ended; only whoever runs the round asks."""
    if not (visit.runs_it and visit.offer.is_link_ended):
        return []
    address = reply_address(visit.offer.body)
    return policies.obstacles_to_writing(visit.offer, address=address, today=today)


def _context(visit: Visit, pack: Pack) -> dict[str, object]:
    return {"visit": visit, "offer": visit.offer, "round": visit.offer.round, "pack": pack}


@require_http_methods(METHODS)
@for_council(changes=True)
def own(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take what a council says of itself: its meeting, its tax base, a price it was quoted."""
    found = visit.offer
    filled = queries.said_before(found, on=localdate())
    held = _own_of(found) | {name: said.value for name, said in filled.items()}
    names = {name: f"“{said.offer}”, from {said.year}" for name, said in filled.items()}
    first = held | {"version": found.version}
    form = OwnForm(request.POST or None, initial=first, whose=found.whose, filled_from=names)

    def change() -> str:
        version = form.cleaned_data["version"]
        actions.tell_own(offer=found, version=version, own=form.own(), by=visit.by)
        return "It is kept. The figures and days on this page use it."

    title = "Your meeting and your figures"
    return answered(request, visit, form, title, "Save", change, lambda: _saved(found))


def _own_of(found: Offer) -> dict[str, object]:
    homes = found.tax_base_milli
    return {
        "meeting_on": found.meeting_on,
        "tax_base": None if homes is None else queries.homes(homes),
        "own_quote": in_pounds(found.own_quote_pence),
    }


@require_http_methods(METHODS)
@for_council(changes=True)
@once
def decide(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a council's answer."""
    form = AnswerForm(request.POST or None, initial={"answer": request.GET.get("answer", "")})

    def change() -> str:
        actions.answer(offer=visit.offer, said=form.said(), by=visit.by, now=now())
        return "Thank you. Your answer is recorded."

    return answered(request, visit, form, "Tell us what your council decided", "Send it", change)


@require_http_methods(METHODS)
@for_council(changes=True)
@once
def call_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a call back."""
    form = CallForm(request.POST or None)

    def change() -> str:
        who = form.cleaned_data["who"]
        actions.ask_for_a_call(offer=visit.offer, who=who, by=visit.by, now=now())
        return "It is noted: whoever makes this offer sees it on their list."

    return answered(request, visit, form, "Ask for a call back", "Ask for it", change)


@require_safe
@for_council()
def words(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the wording for a council's meeting, to copy or print, and lead on to its answer."""
    today = localdate()
    pack = queries.pack_of(visit.offer, on=today)
    said = {"wording": packs.wording_for(pack), "obstacles": _obstacles(visit, today)}
    context = _context(visit, pack) | said
    return render(request, "offers/wording.html", context)


@require_safe
@for_council()
def words_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the wording as a plain text."""
    pack = queries.pack_of(visit.offer, on=localdate())
    given = HttpResponse(packs.wording_for(pack).whole, content_type="text/plain; charset=utf-8")
    name = f"{visit.offer.body.key}-wording.txt"
    given["Content-Disposition"] = f'attachment; filename="{name}"'
    return given


@require_safe
@for_council()
def lines_table(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Download the lines of a council's offer: quantities, how sure they are, what is paid."""
    on, found = localdate(), queries.pack_of(visit.offer, on=localdate())
    about = {"source": lists.LINES_SOURCE, "licence": lists.LINES_LICENCE}
    name = f"{visit.offer.body.key}-offer-{on}"
    return table_response(request, name, lists.LINES, found.lines, made_on=on, **about)


@require_safe
@for_council()
def pdf(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the whole pack as PDF."""
    return HttpResponse(as_pdf(_paper(visit)), content_type=PDF)


@require_safe
@for_council()
def word(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the whole pack as a Word file, which a clerk can change."""
    try:
        return HttpResponse(as_word(_paper(visit)), content_type=DOCX)
    except BadTemplate as fault:
        messages.error(request, f"The Word file could not be made. {fault}")
        return redirect(visit.offer)


def _paper(visit: Visit) -> Paper:
    on, contact = localdate(), reply_address(visit.offer.round.body)
    return packs.paper_of(queries.pack_of(visit.offer, on=on), contact=contact, on=on)


def _questions(pack: Pack) -> list[Question]:
    return questions_of(pack, contact=reply_address(pack.offer.round.body))


def answered(
    request: HttpRequest,
    visit: Visit,
    form: PlainForm,
    title: str,
    button: str,
    change: Callable[[], str],
    saved: Callable[[], Saved] | None = None,
) -> HttpResponse:
    """Answer with a form of a council about its offer, or do what it asks."""
    found = visit.offer
    sheet = Sheet(
        title,
        button,
        kicker=f"Offer to {found.body.name}",
        way=((found.round.title, found.get_absolute_url()),),
        is_in_office=not visit.is_by_link,
    )
    return answer(request, form, sheet, change=change, there=found, saved=saved)


def _saved(found: Offer) -> Saved:
    found.refresh_from_db()
    return Saved(_own_of(found), found.version, url=found.get_absolute_url())
