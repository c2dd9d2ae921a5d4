import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.councils import actions
from waywarden.county.councils.models import Contact
from waywarden.county.desk import exports, finding, lists
from waywarden.county.desk.forms import ChangedContact, NewContact
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import for_officers
from waywarden.county.people.permissions import may_edit
from waywarden.fabric.common.gate import for_signed_in
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.forms.drafts import begun
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.versions import Saved, answer_overtaken
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

#: A version that a form may carry; longer ones are no number of ours.
NUMBER = re.compile(r"[0-9]{1,9}")


@require_safe
@for_signed_in
def contacts(request: HttpRequest, key: str) -> HttpResponse:
    """List how the public reaches a body, for its officers to put right."""
    body = finding.seen_body(request, key)
    acting = asking(request).acting
    may_change = acting is not None and may_edit(acting, body)
    page = lists.contacts_list(body, request.GET, may_change=may_change)
    context = {"body": body, "may_change": may_change}
    return render(request, "desk/contacts.html", context | beside(request, page))


@require_safe
@for_signed_in
def contacts_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download a body's contacts as its page lists them, the withdrawn ones as well."""
    body, on = finding.seen_body(request, key), localdate()
    found = lists.contacts_list(body, request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"{body.key}-contacts-{on}"
    return table_response(request, name, exports.CONTACTS, found, made_on=on, **about)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
@once
def add(request: HttpRequest, key: str) -> HttpResponse:
    """List a new way to reach a body."""
    body = finding.own_body(request, key)
    called = f"A new contact of {body.name}"
    draft = begun(request, form="contact", body=body.key, called=called)
    form = NewContact(request.POST or None, initial=draft.initial(NewContact))
    if form.is_valid():
        said, by = form.cleaned_data, asking(request).by
        try:
            actions.add_contact(
                body=body, kind=said["kind"], value=said["value"], by=by, today=localdate()
            )
        except actions.CannotList as refused:
            form.add_error("value", str(refused))
        else:
            draft.sent()
            messages.success(request, f"{said['value']} is listed.")
            return redirect("desk:contacts", key=body.key)
    context = {"body": body, "form": form, "draft": draft, "is_new": True}
    return render(request, "desk/contact.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def change(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change a way to reach a body."""
    contact = finding.contact_of(finding.own_body(request, key), number)
    form = ChangedContact(request.POST or None, initial=_fields(contact))
    if form.is_valid():
        try:
            actions.change_contact(
                contact=contact, **form.cleaned_data, by=asking(request).by, today=localdate()
            )
        except actions.CannotList as refused:
            form.add_error("value", str(refused))
        except Overtaken as refused:
            if contact.ended_on:
                return _overtaken(request, contact, refused)
            return answer_overtaken(request, form, _saved(contact))
        else:
            messages.success(request, f"{contact.value} is listed.")
            return redirect("desk:contacts", key=key)
    context = {"body": contact.body, "contact": contact, "form": form}
    return render(request, "desk/contact.html", context, status=form.status)


@require_POST
@for_officers()
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Stop listing a way to reach a body."""
    contact = finding.contact_of(finding.own_body(request, key), number)
    version = request.POST.get("version", "")
    try:
        actions.withdraw_contact(
            contact=contact,
            version=int(version) if NUMBER.fullmatch(version) else 0,
            by=asking(request).by,
            today=localdate(),
        )
    except Overtaken as refused:
        contact.refresh_from_db()
        # Sent twice, or withdrawn by another meanwhile: it is as they wanted it.
        if contact.ended_on is None:
            return _overtaken(request, contact, refused)
    messages.success(request, f"{contact.value} is no longer listed.")
    return redirect("desk:contacts", key=key)


def _overtaken(request: HttpRequest, contact: Contact, refused: Overtaken) -> HttpResponse:
    context = {"body": contact.body, "said": str(refused)}
    return render(request, "desk/overtaken.html", context, status=409)


def _fields(contact: Contact) -> dict[str, object]:
    return {"kind": contact.kind, "value": contact.value, "version": contact.version}


def _saved(contact: Contact) -> Saved:
    """Return a contact as somebody else has saved it, and who that was."""
    contact.refresh_from_db()
    last = finding.last_change_of(contact)
    by, at = (last.actor_shown_as, last.at) if last else ("", None)
    return Saved(_fields(contact), contact.version, by, at, f"/bodies/{contact.body.key}/contacts/")
