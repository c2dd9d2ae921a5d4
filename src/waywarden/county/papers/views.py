"""The papers of a body: the list, adding one, downloading one, withdrawing one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.councils.models import Body
from waywarden.county.papers import actions, lists, permissions, queries
from waywarden.county.papers.forms import PaperForm
from waywarden.county.papers.models import Paper
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.actions import Ready
from waywarden.fabric.documents.receiving import is_too_large, too_large
from waywarden.fabric.documents.serving import download as file_of
from waywarden.fabric.forms.once import once
from waywarden.fabric.tables.lists import ListPage
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response


@require_safe
@never_cache
def papers(request: HttpRequest, key: str) -> HttpResponse:
    """List the papers of a body that whoever asks may read."""
    body, who = _body(key), asking(request)
    context = {
        "body": body,
        "is_theirs": permissions.may_read_all(who, body, now()),
        "may_change": permissions.may_change(who, body),
    }
    return render(request, "papers/papers.html", context | beside(request, _list(request, body)))


@require_safe
@never_cache
def papers_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download the list of papers as its page shows it."""
    body, on = _body(key), localdate()
    page = _list(request, body)
    columns = [column for column in page.columns if column.value]
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"{body.key}-papers-{on}"
    return table_response(request, name, columns, page.found, made_on=on, **about)


def _list(request: HttpRequest, body: Body) -> ListPage[Paper]:
    who = asking(request)
    is_theirs = permissions.may_read_all(who, body, now())
    found = queries.papers_of(body, is_reader_of_its=is_theirs)
    may_change = permissions.may_change(who, body)
    return lists.papers_list(found, request.GET, is_theirs=is_theirs, may_change=may_change)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add a paper."""
    body = _changeable(request, key)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if is_too_large(request):
        form.refuse(too_large())
    elif form.is_bound and form.is_valid() and (ready := _received(form)):
        return _keep(request, body=body, form=form, ready=ready)
    return render(request, "papers/add.html", {"form": form, "body": body}, status=form.status)


@once
def _keep(request: HttpRequest, *, body: Body, form: PaperForm, ready: Ready) -> HttpResponse:
    """Keep what was received, once. The file was looked into before: others may write meanwhile."""
    given = {**form.details, "by": asking(request).by, "today": localdate()}
    paper = actions.add(body=body, ready=ready, **given)
    messages.success(request, f"“{paper.title}” is kept here.")
    return redirect("papers:papers", key=body.key)


@require_safe
@never_cache
def download(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Give a paper to somebody who may read it."""
    return file_of(_paper(request, _body(key), number).file)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Ask whether a paper is to be withdrawn, and withdraw it."""
    body = _changeable(request, key)
    paper = _paper(request, body, number)
    if request.method != "POST":
        return render(request, "papers/withdraw.html", {"body": body, "paper": paper})
    actions.withdraw(paper=paper, by=asking(request).by, today=localdate())
    messages.success(request, f"“{paper.title}” is no longer offered here.")
    return redirect("papers:papers", key=body.key)


def _body(key: str) -> Body:
    if body := queries.body_called(key):
        return body
    raise Http404("There is no such council or group.")


def _changeable(request: HttpRequest, key: str) -> Body:
    body = _body(key)
    if not permissions.may_change(asking(request), body):
        raise PermissionDenied
    return body


def _paper(request: HttpRequest, body: Body, number: int) -> Paper:
    is_theirs = permissions.may_read_all(asking(request), body, now())
    for paper in queries.papers_of(body, is_reader_of_its=is_theirs):
        if paper.pk == number:
            return paper
    raise Http404("There is no such paper.")


def _received(form: PaperForm) -> Ready | None:
    sent = form.cleaned_data["file"]
    try:
        return documents.received(content=sent.read(), name=sent.name)
    except Refusal as refused:
        form.refuse(str(refused))
        return None
