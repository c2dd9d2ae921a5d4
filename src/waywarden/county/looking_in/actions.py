"""Looking into a body's own matters from outside: with a reason, for hours, seen by the body."""

from datetime import date, datetime

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.county.looking_in import letters, policies, queries
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.offices.hands import Hand
from waywarden.county.offices.telling import tell_appointers
from waywarden.county.people.models import Person
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


class CannotLookIn(Refusal):
    """Access that cannot be had as asked; the message says why and what to do."""


@transaction.atomic
def open_access(
    *, body: Body, reason: str, hours: int, by: Hand, now: datetime, today: date
) -> OperatorAccess:
    """Look into a body's own matters for some hours; its officers are told who, when and why."""
    CannotLookIn.if_any(policies.obstacles_to_opening_access(hours))
    access = OperatorAccess.objects.create(
        person=by.person,
        opened_as=by.acting,
        body=body,
        reason=reason,
        starts_at=now,
        hours=hours,
    )
    journal.write(
        by=by.actor,
        did="began to look in from outside",
        to=body.subject,
        after={"from": now.isoformat(), "until": access.ends_at.isoformat()},
        reason=reason,
    )
    tell_appointers(body, letters.looked_into(access), by=by.actor, today=today)
    return access


@transaction.atomic
def close_access(*, person: Person, body: Body, by: Actor, now: datetime) -> None:
    """Stop looking in before the hours are over."""
    access = queries.access_open_to(person, body, now=now)
    open_one = OperatorAccess.objects.filter(pk=access.pk if access else 0, closed_at=None)
    if not open_one.update(closed_at=now):
        raise CannotLookIn(f"You do not look into the matters of {body} now.")
    journal.write(
        by=by,
        did="stopped looking in from outside",
        to=body.subject,
        after={"until": now.isoformat()},
    )
