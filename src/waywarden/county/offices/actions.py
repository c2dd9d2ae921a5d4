"""Inviting people to offices, taking them up, and handing them over."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from waywarden.county.councils.models import Body
from waywarden.county.offices import letters, policies, queries
from waywarden.county.offices.models import INVITED_FOR, Invitation, InvitationQuerySet
from waywarden.county.offices.telling import ENDED, tell_holder, tell_invited
from waywarden.county.people import actions as people
from waywarden.county.people import policies as people_policies
from waywarden.county.people.models import Office, Person
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.forms.actions import reassign_drafts
from waywarden.fabric.journal import actions as journal

Status = Invitation.Status


class CannotInvite(Refusal):
    """Somebody who cannot be invited; the message says why and what to do."""


class CannotAccept(Refusal):
    """An invitation that cannot be accepted; the message says why, or who was there first."""


class CannotWithdraw(Refusal):
    """An invitation that cannot be withdrawn; the message says why."""


@dataclass(frozen=True)
class Offer:
    """An office offered: which, from when to when, and to which address where it is by mail."""

    address: str
    kind: str
    starts_on: date
    ends_on: date
    portfolio: str = ""


@transaction.atomic
def appoint(*, body: Body, person: Person, offer: Offer, by: Office, today: date) -> Office:
    """Give an office to somebody the body knows."""
    _refuse_days(offer, today)
    given = people.appoint(
        person=person,
        body=body,
        kind=offer.kind,
        portfolio=offer.portfolio,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        by=by.actor,
        today=today,
    )
    _take_over(given, today=today)
    return given


@transaction.atomic
def end(
    *, office: Office, last: date | None, reason: str, by: Office, now: datetime, today: date
) -> None:
    """End an office on its last day, or at once; tell its holder where another ended it."""
    said: dict[str, Any] = {"office": office, "by": by.actor, "today": today, "reason": reason}
    if last is None:
        people.end_at_once(now=now, **said)
    else:
        people.end_office(on=last, **said)
    if office.person_id != by.person_id:
        says = letters.ended(office, by=by, at_once=last is None)
        tell_holder(office, says, by=by.actor, today=today, topic=ENDED)


@transaction.atomic
def invite(*, body: Body, offer: Offer, by: Office, now: datetime, today: date) -> Invitation:
    """Offer an office to whoever reads the mail of an address."""
    _refuse_days(offer, today)
    earlier = _same_offers(body, offer)
    still_open = earlier.open(now, today).first()
    sent_today = queries.sent_since(now - timedelta(days=1), by=by.person)
    CannotInvite.if_any(policies.obstacles_to_inviting(still_open, sent_today=sent_today))
    # What another sends this moment stands; what lapsed stands in the way of nobody.
    earlier.lapsed(now, today).update(status=Status.WITHDRAWN, answered_at=now)
    return send(Invitation(body=body, sent_by=by), offer=offer, by=by.actor, now=now, today=today)


@transaction.atomic
def hand_over(
    *,
    office: Office,
    offer: Offer,
    leaves_at_once: bool,
    by: Office,
    now: datetime,
    today: date,
) -> Invitation:
    """Name the successor in an office: it moves to them when they accept."""
    _refuse_days(offer, today)
    named = Invitation.objects.filter(in_place_of=office)
    named.lapsed(now, today).update(status=Status.WITHDRAWN, answered_at=now)
    earlier = named.exclude(status=Status.WITHDRAWN).select_related("gave__body", "body").first()
    CannotInvite.if_any(
        policies.obstacles_to_handing_over(
            office, to=offer.address, starts_on=offer.starts_on, earlier=earlier, today=today
        )
    )
    invitation = Invitation(
        body=office.body, sent_by=by, in_place_of=office, leaves_at_once=leaves_at_once
    )
    return send(invitation, offer=offer, by=by.actor, now=now, today=today)


def send(
    invitation: Invitation, *, offer: Offer, by: Actor, now: datetime, today: date
) -> Invitation:
    """Keep an invitation, note it in the journal, and write to whom it is for."""
    token = new_token()
    invitation.address = offer.address.lower()
    invitation.kind, invitation.portfolio = offer.kind, offer.portfolio
    invitation.starts_on, invitation.ends_on = offer.starts_on, offer.ends_on
    invitation.token_hash = hash_of(token)
    invitation.sent_at, invitation.expires_at = now, now + INVITED_FOR
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise CannotInvite(
            "Somebody sent the same invitation this moment. Look at the list before you try again."
        ) from None
    journal.write(
        by=by, did="sent an invitation", to=invitation.body.subject, after=_said(invitation)
    )
    tell_invited(invitation, letters.invitation(invitation, token), by=by, today=today)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Actor, now: datetime) -> None:
    """Take an invitation back; its link opens nothing any more."""
    open_one = Invitation.objects.filter(pk=invitation.pk, status=Status.SENT)
    if not open_one.update(status=Status.WITHDRAWN, answered_at=now):
        raise CannotWithdraw("This invitation was answered or withdrawn before you.")
    journal.write(
        by=by,
        did="withdrew an invitation",
        to=invitation.body.subject,
        before={invitation.key: Status.SENT},
        after={invitation.key: Status.WITHDRAWN},
    )


@transaction.atomic
def accept(*, invitation: Invitation, shown_as: str, now: datetime, today: date) -> Office:
    """Take up the office offered. Of several who try at once, one holds it and the rest are told.

    The offices it depends on are locked first, so that nobody leaves between
    the question whether they are there and the answer.
    """
    held = _as_it_stands(invitation)
    CannotAccept.if_any(policies.obstacles_to_accepting(held, now=now, today=today))
    open_one = Invitation.objects.filter(pk=held.pk, status=Status.SENT)
    if not open_one.update(status=Status.ACCEPTED, answered_at=now):
        raise CannotAccept(policies.told_who_won(_as_it_stands(invitation)))
    office = _give(held, _person(held, shown_as), today=today)
    if held.in_place_of:
        _move(held, held.in_place_of, to=office, now=now, today=today)
    _take_over(office, today=today)
    Invitation.objects.filter(pk=held.pk).update(gave=office)
    journal.write(
        by=office.actor,
        did="accepted an invitation",
        to=held.body.subject,
        before={held.key: Status.SENT},
        after={held.key: Status.ACCEPTED, "gave": office.subject.key},
    )
    return office


def _as_it_stands(invitation: Invitation) -> Invitation:
    offices = [pk for pk in (invitation.sent_by_id, invitation.in_place_of_id) if pk]
    # In one order always: two who lock the same offices must not wait for one another.
    list(Office.objects.select_for_update().filter(pk__in=offices).order_by("pk"))
    found = Invitation.objects.select_related(
        "body", "sent_by__body", "gave__body", "in_place_of__body", "in_place_of__person"
    )
    return found.get(pk=invitation.pk)


def _person(invitation: Invitation, shown_as: str) -> Person:
    """Find whoever has the address, or record them."""
    known = Person.objects.filter(email__iexact=invitation.address).first()
    if known is None:
        try:
            with transaction.atomic():
                return Person.objects.create_user(invitation.address, shown_as)
        except IntegrityError:
            known = Person.objects.get(email__iexact=invitation.address)
    if not known.is_active:
        raise CannotAccept("The account with this address was closed. Ask for another address.")
    return known


def _give(invitation: Invitation, person: Person, *, today: date) -> Office:
    try:
        return people.appoint(
            person=person,
            body=invitation.body,
            kind=invitation.kind,
            portfolio=invitation.portfolio,
            starts_on=invitation.starts_on,
            ends_on=invitation.ends_on,
            by=replace(person.actor, shown_as="Somebody invited"),
            today=today,
        )
    except people.CannotAppoint as refused:
        raise CannotAccept(str(refused)) from None


def _move(invitation: Invitation, old: Office, *, to: Office, now: datetime, today: date) -> None:
    """End the old holder's office, and give the new one what was left open."""
    last = invitation.starts_on - timedelta(days=1)
    said: dict[str, Any] = {"by": to.actor, "today": today, "reason": "Handed over"}
    if invitation.leaves_at_once or (old.starts_on and last < old.starts_on):
        # Whoever left by themselves meanwhile need not be ended once more.
        if not people_policies.obstacles_to_ending_at_once(old, today=today):
            people.end_at_once(office=old, now=now, **said)
    elif not people_policies.obstacles_to_ending(old, on=last):
        people.end_office(office=old, on=last, **said)
    reassign_drafts(body=old.body.key, leaver=old.person.key, successor=to.person.key)
    tell_holder(old, letters.handed_over(invitation, old), by=to.actor, today=today)


def _take_over(office: Office, *, today: date) -> None:
    """Give whoever takes up an office what those who held it, and left the body, had begun."""
    for leaver in queries.leavers(office, on=today):
        reassign_drafts(body=office.body.key, leaver=leaver.key, successor=office.person.key)


def _same_offers(body: Body, offer: Offer) -> InvitationQuerySet:
    return Invitation.objects.filter(
        body=body,
        kind=offer.kind,
        portfolio=offer.portfolio,
        address__iexact=offer.address,
        status=Status.SENT,
    )


def _refuse_days(offer: Offer, today: date) -> None:
    CannotInvite.if_any(
        people_policies.obstacles_to_holding(
            starts_on=offer.starts_on, ends_on=offer.ends_on, today=today
        )
    )


def _said(invitation: Invitation) -> dict[str, str]:
    """Say what is offered, without whose address it went to."""
    said = {
        "invitation": invitation.key,
        "office": invitation.title,
        "starts_on": str(invitation.starts_on),
        "ends_on": str(invitation.ends_on),
    }
    if invitation.in_place_of:
        said["in_place_of"] = invitation.in_place_of.subject.key
    return said


def forget_address(*, address: str, instead: str) -> None:
    """Put another address in place of one to which offices were offered."""
    Invitation.objects.filter(address__iexact=address).update(address=instead)
