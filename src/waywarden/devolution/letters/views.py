"""The letters of a plan: the list, each as page, PDF and Word, and all of them in one file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from waywarden import data
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.county.people.permissions import speaks_for_principal_council
from waywarden.devolution.letters import actions, lists, queries
from waywarden.devolution.letters.bundling import make_letters
from waywarden.devolution.letters.writing import letter_to
from waywarden.devolution.plans import lists as plan_lists
from waywarden.devolution.plans.finding import placed_called, run_called
from waywarden.devolution.plans.queries import placed_councils
from waywarden.fabric.documents.kinds import DOCX, PDF
from waywarden.fabric.documents.serving import download
from waywarden.fabric.documents.typesetting import as_pdf
from waywarden.fabric.documents.word import BadTemplate, as_word
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response


@require_safe
@never_cache
def letters(request: HttpRequest, number: int) -> HttpResponse:
    """List the letters of a plan, and lead to the file of them all or say how far it is."""
    run, acting = run_called(request, number), asking(request).acting
    page = lists.letters_list(placed_councils(run), request.GET)
    context = beside(request, page) | {
        "run": run,
        "placed": page.everything,
        "making": queries.making_of(run),
        "may_ask": acting is not None and speaks_for_principal_council(acting),
    }
    return render(request, "letters/letters.html", context)


@require_safe
def letters_table(request: HttpRequest, number: int) -> HttpResponse:
    """Download the list of letters as its page shows it."""
    run, on = run_called(request, number), localdate()
    rows = lists.letters_list(placed_councils(run), request.GET).found
    about = {"source": plan_lists.SOURCE, "licence": data.ATTRIBUTION}
    name = f"plan-{run.number}-letters-{on}"
    return table_response(request, name, lists.LETTERS, rows, made_on=on, **about)


@require_safe
@unless_unchanged
def letter(request: HttpRequest, number: int, place: str) -> HttpResponse:
    """Show the letter to one council."""
    placed = placed_called(run_called(request, number), place)
    context = {"run": placed.run, "council": placed.council, "paper": letter_to(placed)}
    return render(request, "letters/letter.html", context)


@require_safe
@unless_unchanged
def letter_pdf(request: HttpRequest, number: int, place: str) -> HttpResponse:
    """Give the letter to one council as PDF."""
    placed = placed_called(run_called(request, number), place)
    return HttpResponse(as_pdf(letter_to(placed)), content_type=PDF)


@require_safe
@never_cache
def letter_word(request: HttpRequest, number: int, place: str) -> HttpResponse:
    """Give the letter to one council as a Word file."""
    placed = placed_called(run_called(request, number), place)
    try:
        return HttpResponse(as_word(letter_to(placed)), content_type=DOCX)
    except BadTemplate as fault:
        context = {"run": placed.run, "council": placed.council, "fault": fault}
        return render(request, "letters/no_word.html", context, status=503)


@require_POST
@for_officers(speaks_for_principal_council)
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Have all letters of a plan put into one file, in the background."""
    run = run_called(request, number)
    if actions.ask_for_letters(
        run=run, begin=make_letters.enqueue, by=asking(request).by, today=localdate()
    ):
        messages.success(request, "The letters are being put into one file.")
    else:
        messages.info(request, "They have been asked for already. Nothing was begun anew.")
    return redirect("letters:letters", number=run.number)


@require_safe
@never_cache
def all_letters(request: HttpRequest, number: int) -> HttpResponse:
    """Give all letters of a plan in one file, once it is made."""
    bundle = queries.bundle_of(run_called(request, number))
    if bundle is None or bundle.file is None:
        raise Http404("The letters of this plan have not been put into one file yet.")
    return download(bundle.file)
