"""What an address names, for whom: a body for its own officers, a contact of it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from waywarden.county.bodies.permissions import may_see_desk
from waywarden.county.councils.models import Body, Contact
from waywarden.county.people.acting import asking
from waywarden.county.people.permissions import may_edit
from waywarden.fabric.journal.models import Entry, PersonalValue


def own_body(request: HttpRequest, key: str) -> Body:
    """Return a body for one of its officers; others are told that it is not for them."""
    body = get_object_or_404(Body.objects.listed(), key=key)
    acting = asking(request).acting
    if acting is None or not may_edit(acting, body):
        raise PermissionDenied
    return body


def seen_body(request: HttpRequest, key: str) -> Body:
    """Return a body for one of its officers, or for who looks into it with a reason just now."""
    body = get_object_or_404(Body.objects.listed(), key=key)
    if not may_see(request, body):
        raise PermissionDenied
    return body


def may_see(request: HttpRequest, body: Body) -> bool:
    """Whether somebody is an officer of a body, or looks into it with a reason just now."""
    return may_see_desk(asking(request), body, timezone.now())


def contact_of(body: Body, number: int) -> Contact:
    """Return a contact of a body that is listed or was."""
    contacts = Contact.objects.select_related("body").filter(body=body)
    return get_object_or_404(contacts, pk=number)


def last_change_of(contact: Contact) -> Entry | None:
    """Return the newest line that holds a contact, by the values that are kept beside it.

    A table counts contacts and names none: where one came later, it may have
    changed this contact or another, and nobody is named.
    """
    values = PersonalValue.objects.filter(person_key=contact.key).values_list("pk", flat=True)
    kept = [str(reference) for reference in values]
    holds = Q(before__value__personal__in=kept) | Q(after__value__personal__in=kept)
    of_a_table = Q(did="recorded contacts", after__contacts__has_key=contact.kind)
    lines = Entry.objects.about("body", contact.body.key).filter(holds | of_a_table)
    last = lines.order_by("number").last()
    return last if last and last.did != "recorded contacts" else None
