"""A version that was sent: read, put beside another, signed, brought into force, ended."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.arrangements.agreements import (
    forms,
    pages,
    paper_actions,
    permissions,
    policies,
    queries,
    signing_actions,
)
from waywarden.arrangements.agreements.facts import compared
from waywarden.arrangements.agreements.gate import of_version
from waywarden.arrangements.agreements.models import ALTERED, Signature, Version
from waywarden.arrangements.agreements.papers import paper_of
from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.kinds import DOCX, PDF
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.documents.receiving import is_too_large, too_large
from waywarden.fabric.documents.serving import download as file_of
from waywarden.fabric.documents.typesetting import as_pdf
from waywarden.fabric.documents.word import BadTemplate, as_word
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer


def _may_write(acting: Office, version: Version) -> bool:
    return permissions.may_write(acting, version.agreement)


@require_safe
@of_version(permissions.may_read_version)
def version(request: HttpRequest, version: Version) -> HttpResponse:
    """Show a version as it was sent, who signed it, and what is to be done."""
    versions = pages.versions_for(office_of(request), version.agreement)
    others = [each for each in versions if each.pk != version.pk]
    context = {
        "version": version,
        "state": pages.state_of(version, on=localdate()),
        "others": others,
        "altered": ALTERED,
        **pages.inside_of(version, office_of(request), on=localdate()),
    }
    return render(request, "agreements/version.html", context)


def _altered() -> HttpResponse:
    """Give no paper: what was changed does not go out under the hash of what was sent."""
    return HttpResponse(ALTERED, status=409, content_type="text/plain; charset=utf-8")


@require_safe
@of_version(permissions.may_read_version)
def pdf(request: HttpRequest, version: Version) -> HttpResponse:
    """Give a version as PDF, its hash at the foot of every page."""
    if not version.is_as_sent:
        return _altered()
    return HttpResponse(as_pdf(paper_of(version)), content_type=PDF)


@require_safe
@of_version(permissions.may_read_version)
def word(request: HttpRequest, version: Version) -> HttpResponse:
    """Give a version as a Word file."""
    if not version.is_as_sent:
        return _altered()
    try:
        return HttpResponse(as_word(paper_of(version)), content_type=DOCX)
    except BadTemplate as fault:
        messages.error(request, f"The Word file could not be made. {fault}")
        return redirect(version)


@require_safe
@of_version(permissions.may_read_version)
def beside_another(request: HttpRequest, version: Version, other: int) -> HttpResponse:
    """Show where two versions differ, clause by clause."""
    found = queries.version_numbered(version.agreement, other)
    if found is None or not permissions.may_read_version(office_of(request), found):
        raise Http404("There is no such version.")
    rows = compared(version.facts, found.facts)
    context = {"version": version, "other": found, "rows": rows}
    return render(request, "agreements/beside.html", context)


@require_http_methods(METHODS)
@of_version(permissions.may_sign)
@once
def sign(request: HttpRequest, version: Version) -> HttpResponse:
    """Sign for the party one acts for, by a decision of it."""
    who = office_of(request)
    newest = next(iter(pages.versions_for(who, version.agreement)), version)
    if newest.pk != version.pk:
        return _changed_since(request, version, newest)
    decisions = queries.decisions_to_sign_by(version.agreement, who.body)
    first = {"shown": version.hash}
    form = forms.SignForm(request.POST or None, initial=first, decisions=decisions)

    def change() -> str:
        shown = form.cleaned_data["shown"]
        signing_actions.sign(version=version, shown=shown, word=form.word(), by=who, now=now())
        return f"{version} is signed for {who.body}."

    made = [Signature(version=version, party=who.body.key, decision=each) for each in decisions]
    warned = dict.fromkeys(
        says
        for each in made
        for says in policies.warnings_to_signing(version, each, on=localdate())
    )
    lead = f"You sign for {who.body} what stands on the page of {version}, under this hash: "
    lead += " ".join([f"{version.hash}. {_which_decisions(version)}", *warned])
    return answer(request, form, _sheet(version, "Sign", lead), change=change, there=version)


def _which_decisions(version: Version) -> str:
    return (
        f"Decisions are listed whose title or words name {version.agreement.number}. A later "
        "version takes another decision, or one that says “and later versions”."
    )


@require_http_methods(METHODS)
@of_version(permissions.may_sign)
@once
def name_decision(request: HttpRequest, version: Version) -> HttpResponse:
    """Name another decision, where the one that was signed by no longer stands."""
    who = office_of(request)
    decisions = queries.decisions_to_sign_by(version.agreement, who.body)
    first = {"shown": version.hash}
    form = forms.SignForm(request.POST or None, initial=first, decisions=decisions)

    def change() -> str:
        given = {"shown": form.cleaned_data["shown"], "word": form.word(), "by": who}
        signing_actions.name_decision(version=version, now=now(), **given)
        return f"{who.body} has signed by that decision."

    sheet = _sheet(version, "Name another decision", _which_decisions(version))
    return answer(request, form, sheet, change=change, there=version)


def _changed_since(request: HttpRequest, shown: Version, newest: Version) -> HttpResponse:
    """Say that another version was sent after the one that was shown, and what differs."""
    status = 409 if request.method == "POST" else 200
    context = {"version": shown, "other": newest, "rows": compared(shown.facts, newest.facts)}
    context |= {"says": signing_actions.READ_AGAIN}
    return render(request, "agreements/beside.html", context, status=status)


@require_http_methods(METHODS)
@of_version(permissions.may_act_for_a_party)
def add_paper(request: HttpRequest, version: Version) -> HttpResponse:
    """Add the scan of what a party signed by hand."""
    who = office_of(request)
    given: dict[str, Any] = {
        "decisions": queries.decisions_to_sign_by(version.agreement, who.body),
        "parties": policies.parties_whose_paper(version, who),
    }
    if request.method != "POST":
        form = forms.PaperForm(initial={"shown": version.hash}, **given)
    else:
        form = forms.PaperForm(request.POST, request.FILES, **given)
        if is_too_large(request):
            form.refuse(too_large())
        elif form.is_valid() and (ready := _received(form)):
            return _keep_paper(request, version=version, form=form, ready=ready)
    lead = "Print the PDF, let it be signed by hand or seal, and add the scan of all its pages. "
    lead += "Another person compares the hash at the foot of its pages, and confirms it."
    context = {"form": form, "sheet": _sheet(version, "Add the signed paper", lead)}
    return render(request, "paperwork/sheet.html", context, status=form.status)


def _received(form: forms.PaperForm) -> documents.Ready | None:
    sent = form.cleaned_data["file"]
    try:
        return documents.received(content=sent.read(), name=sent.name)
    except Refusal as refused:
        form.refuse(str(refused))
        return None


@once
def _keep_paper(
    request: HttpRequest, *, version: Version, form: forms.PaperForm, ready: documents.Ready
) -> HttpResponse:
    """Keep what was received, once. The file was looked into before: others may write meanwhile."""
    party = form.cleaned_data["party"]

    def change() -> str:
        given = {"party": party, "word": form.word(), "ready": ready}
        paper_actions.add_paper(version=version, by=office_of(request), now=now(), **given)
        return "The paper is kept. It counts once another person has confirmed it."

    sheet = _sheet(version, "Add the signed paper", "")
    return answer(request, form, sheet, change=change, there=version)


def _paper(version: Version, number: int) -> Signature:
    for each in queries.signatures_of(version):
        if each.pk == number and each.file:
            return each
    raise Http404("There is no such paper.")


@require_safe
@of_version(permissions.may_act_for_a_party)
def paper(request: HttpRequest, version: Version, paper: int) -> HttpResponse:
    """Give the scan of a signed paper to officers of the parties."""
    return file_of(cast(StoredFile, _paper(version, paper).file))


@require_http_methods(METHODS)
@of_version(permissions.may_act_for_a_party)
@once
def confirm_paper(request: HttpRequest, version: Version, paper: int) -> HttpResponse:
    """Confirm that a paper bears the hash of what was sent."""
    found, first = _paper(version, paper), {"shown": version.hash}
    form = forms.SeenForm(request.POST or None, initial=first)

    def change() -> str:
        given = {"shown": form.cleaned_data["shown"], "by": office_of(request), "now": now()}
        paper_actions.confirm_paper(signature=found, **given)
        return f"The paper of {found.party_name} is confirmed, and counts."

    lead = f"Look at the foot of every page of the paper: it must read {version.hash}."
    return answer(
        request, form, _sheet(version, "Confirm the paper", lead), change=change, there=version
    )


@require_http_methods(METHODS)
@of_version(permissions.may_act_for_a_party)
@once
def refuse_paper(request: HttpRequest, version: Version, paper: int) -> HttpResponse:
    """Take away a paper that waits to be confirmed and is not what was sent."""
    found = _paper(version, paper)

    def change(form: Any) -> str:
        given = {"reason": form.cleaned_data["reason"], "by": office_of(request)}
        paper_actions.refuse_paper(signature=found, today=localdate(), **given)
        return f"The paper is taken away. {found.party_name} can sign, or add another."

    lead = f"What {found.party_name} signed by hand is then to be added anew."
    return _why(request, version, ("This is not it", lead), change)


@require_http_methods(METHODS)
@of_version(_may_write)
@once
def start(request: HttpRequest, version: Version) -> HttpResponse:
    """Bring a version into force, from today."""
    form = forms.StartForm(request.POST or None)

    def change() -> str:
        by, on = asking(request).by, localdate()
        signing_actions.start(version=version, by=by, today=on, **form.cleaned_data)
        return f"{version} is in force from its first day, or from today if that is later."

    lead = "It is in force from its first day, or today if that is later: nothing is dated back."
    lead = " ".join([lead, *policies.warnings_of(version, on=localdate())])
    return answer(
        request, form, _sheet(version, "Bring it into force", lead), change=change, there=version
    )


@require_http_methods(METHODS)
@of_version(permissions.may_act_for_a_party)
@once
def give_notice(request: HttpRequest, version: Version) -> HttpResponse:
    """Give notice for the party one acts for."""

    def change(form: Any) -> str:
        given = {"reason": form.cleaned_data["reason"], "by": office_of(request)}
        on = signing_actions.give_notice(version=version, today=localdate(), **given)
        return f"Notice is given. Its last day is {on:%-d %B %Y}."

    lead = "The day follows from the notice that was agreed. All parties are told."
    return _why(request, version, ("Give notice", lead), change)


@require_http_methods(METHODS)
@of_version(_may_write)
@once
def end(request: HttpRequest, version: Version) -> HttpResponse:
    """Note that it is over."""

    def change(form: Any) -> str:
        given = {"reason": form.cleaned_data["reason"], "by": asking(request).by}
        signing_actions.end(version=version, today=localdate(), **given)
        return f"{version} has ended."

    return _why(request, version, ("Note that it has ended", ""), change)


@require_http_methods(METHODS)
@of_version(permissions.may_withdraw)
@once
def withdraw(request: HttpRequest, version: Version) -> HttpResponse:
    """Withdraw what was sent."""

    def change(form: Any) -> str:
        given = {"reason": form.cleaned_data["reason"], "by": office_of(request)}
        signing_actions.withdraw(version=version, today=localdate(), **given)
        return f"{version} is withdrawn."

    return _why(request, version, ("Withdraw this version", ""), change)


def _why(
    request: HttpRequest,
    version: Version,
    said: tuple[str, str],
    change: Callable[[PlainForm], str],
) -> HttpResponse:
    form = forms.EndForm(request.POST or None)
    sheet = _sheet(version, *said)
    return answer(request, form, sheet, change=lambda: change(form), there=version)


def _sheet(version: Version, title: str, lead: str) -> Sheet:
    agreement = version.agreement
    way = (
        ("Agreements", reverse("agreements:agreements")),
        (agreement.number, agreement.get_absolute_url()),
        (f"Version {version.number}", version.get_absolute_url()),
    )
    return Sheet(title, title, lead=lead, way=way)
