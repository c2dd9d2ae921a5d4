"""Questions about who holds the offices of a body, and who is invited to one."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from waywarden.county.councils.models import Body
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office, Person
from waywarden.county.people.permissions import APPOINTERS, OFFICERS
from waywarden.fabric.common.tokens import hash_of


def appointers(body: Body, *, on: date) -> QuerySet[Office]:
    """Return the offices whose holders say who holds the offices of a body, on a day."""
    held = Office.objects.in_body(body).as_of(on)
    return held.filter(kind__in=APPOINTERS).select_related("person", "body").order_by("kind")


def is_last_appointer(office: Office, *, on: date) -> bool:
    """Whether nobody else could say who holds the offices of its body once this one ends."""
    others = appointers(office.body, on=on).exclude(pk=office.pk)
    return office.kind in APPOINTERS and not others.exists()


def leavers(office: Office, *, on: date) -> QuerySet[Person]:
    """Return whose successor somebody is: who held that kind of office in the body, and no other.

    They hold none there from a day on. What members begin is their own.
    """
    there = Office.objects.in_body(office.body)
    staying = there.filter(ends_on__gte=on).exclude(ended_at__isnull=False, ends_on=on)
    others = there.exclude(kind=office.kind)
    former = there.filter(kind=office.kind, kind__in=OFFICERS)
    for kept in (staying, others):
        former = former.exclude(person__in=kept.values("person"))
    return Person.objects.filter(pk__in=former.values("person")).exclude(pk=office.person_id)


def offices_of(body: Body) -> list[Office]:
    """Return every office held in a body, now, once or soon, with who holds it."""
    found = Office.objects.in_body(body).select_related("person", "body")
    return sorted(found, key=lambda office: (office.title, office.starts_on, office.pk))


def open_invitations(body: Body, *, now: datetime, today: date) -> list[Invitation]:
    """Return the invitations to a body's offices that can still be accepted."""
    found = Invitation.objects.to_body(body).open(now, today)
    return list(found.select_related("sent_by__body", "body").order_by("sent_at", "pk"))


def sent_since(at: datetime, *, by: Person) -> int:
    """Count the invitations somebody sent since a moment, in whichever of their offices."""
    return Invitation.objects.filter(sent_by__person=by, sent_at__gt=at).count()


def invitation_for(token: str) -> Invitation | None:
    """Return the invitation a key in an address belongs to, answered or not."""
    found = Invitation.objects.filter(token_hash=hash_of(token))
    return found.select_related("body", "sent_by__body", "gave__body", "in_place_of__body").first()


def holder_now(office: Office, *, on: date) -> Office | None:
    """Return the office as it is held on a day: itself, or that of whoever took it over.

    None where it has ended and nobody took it over, however often it was handed on before.
    """
    return holders_now([office], on=on)[office.pk]


def holders_now(offices: Iterable[Office], *, on: date) -> dict[int, Office | None]:
    """Return each of several offices as it is held on a day, by the number of what it was."""
    found: dict[int, Office | None] = {office.pk: office for office in offices}
    # Whoever takes over has an office of their own, made later: the way ends.
    while ended := {
        pk: held.pk for pk, held in found.items() if held is not None and not held.is_in_force(on)
    }:
        taken = Invitation.objects.filter(in_place_of__in=ended.values(), gave__isnull=False)
        near = taken.select_related("gave__person", "gave__body").order_by("pk")
        after = {each.in_place_of_id: each.gave for each in near}
        found |= {pk: after.get(last) for pk, last in ended.items()}
    return found


def known_people(body: Body) -> list[Person]:
    """Return the people who hold or held an office in a body and may sign in, by name."""
    found = Person.objects.filter(offices__body=body, is_active=True).distinct()
    return list(found.order_by("shown_as", "pk"))


def is_known(address: str) -> bool:
    """Whether somebody who may sign in has an address."""
    return Person.objects.filter(email__iexact=address).exists()
