"""Changes to who holds which office."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.county.people import policies
from waywarden.county.people.models import Office, Person
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


class CannotAppoint(Refusal):
    """An office that cannot be given; the message says why and what to do."""


class CannotErase(Refusal):
    """Somebody who cannot be erased; the message says why and what to do."""


class CannotEnd(Refusal):
    """An office that cannot be ended as asked; the message says why and what to do."""


class CannotExtend(Refusal):
    """An office that cannot go on as asked; the message says why and what to do."""


@transaction.atomic
def appoint(
    *,
    person: Person,
    body: Body,
    kind: str,
    starts_on: date,
    ends_on: date,
    portfolio: str = "",
    by: Actor,
    today: date,
) -> Office:
    """Give a person an office in a body from one day to another, both included."""
    if ends_on < starts_on:
        raise CannotAppoint(f"An office cannot end on {ends_on}, before it starts on {starts_on}.")
    office, is_new = Office.objects.get_or_create(
        person=person,
        body=body,
        kind=kind,
        portfolio=portfolio,
        starts_on=starts_on,
        ended_at=None,
        defaults={"ends_on": ends_on},
    )
    if not is_new:
        raise CannotAppoint(policies.told_of_the_same(office, today=today))
    journal.write(by=by, did="gave an office", to=office.subject, after=_said(office))
    return office


@transaction.atomic
def end_office(*, office: Office, on: date, by: Actor, today: date, reason: str = "") -> None:
    """Let an office end on a day, its last; from the next day on it opens nothing."""
    held = _held(office)
    CannotEnd.if_any(policies.obstacles_to_ending(held, on=on))
    _change(held, "ended an office", by=by, reason=reason, ends_on=on)
    office.ends_on, office.version = on, held.version


@transaction.atomic
def end_at_once(*, office: Office, by: Actor, now: datetime, today: date, reason: str = "") -> None:
    """End an office this moment: from the next request on it opens nothing."""
    held = _held(office)
    CannotEnd.if_any(policies.obstacles_to_ending_at_once(held, today=today))
    # One that has not begun ends on its first day, so that it never opens anything.
    last = max(today, held.starts_on or today)
    _change(held, "ended an office at once", by=by, reason=reason, ends_on=last, ended_at=now)
    office.ends_on, office.ended_at, office.version = last, now, held.version


@transaction.atomic
def extend_office(*, office: Office, until: date, by: Actor, today: date) -> None:
    """Let an office go on until a later day."""
    held = _held(office)
    CannotExtend.if_any(policies.obstacles_to_extending(held, until=until, by=by, today=today))
    _change(held, "extended an office", by=by, ends_on=until)
    office.ends_on, office.version = until, held.version


def _held(office: Office) -> Office:
    """Lock the office as it is; refuse if it is no longer as the caller read it."""
    held = Office.objects.select_for_update(of=("self",)).select_related("person").get(pk=office.pk)
    if held.version != office.version:
        raise Overtaken
    return held


def _change(held: Office, did: str, *, by: Actor, reason: str = "", **fields: Any) -> None:
    before = {name: _written(getattr(held, name)) for name in fields}
    after = {name: _written(value) for name, value in fields.items()}
    held.version += 1
    Office.objects.filter(pk=held.pk).update(**fields, version=held.version)
    journal.write(by=by, did=did, to=held.subject, before=before, after=after, reason=reason)


def _written(value: Any) -> str | None:
    return None if value is None else str(value)


def _said(office: Office) -> dict[str, str | None]:
    return {
        "person": office.person.key,
        "body": office.body.key,
        "office": office.title,
        "starts_on": _written(office.starts_on),
        "ends_on": _written(office.ends_on),
    }


@transaction.atomic
def erase(*, person: Person, by: Actor, now: datetime, reason: str) -> None:
    """Put nothing in place of somebody's name and address; their key and offices stay."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    CannotErase.if_any(policies.obstacles_to_erasing(held, today=now.date(), reason=reason))
    held.email, held.shown_as = f"{held.key}@{policies.NOWHERE}", "Somebody erased"
    held.is_active = held.is_operator = False
    held.save(update_fields=["email", "shown_as", "is_active", "is_operator"])
    journal.forget(person_key=held.key, by=by, now=now, reason=reason)
    journal.write(by=by, did="erased a person", to=held.subject, reason=reason)
