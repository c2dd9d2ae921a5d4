"""Letting somebody into a body again where nobody is left to invite them: it takes two."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from waywarden.county.councils.models import Body
from waywarden.county.offices.actions import Offer, send
from waywarden.county.offices.hands import Hand
from waywarden.county.offices.models import Invitation
from waywarden.county.offices.telling import tell_appointers
from waywarden.county.people import policies as people_policies
from waywarden.county.recovery import letters, policies, queries
from waywarden.county.recovery.models import Recovery
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.journal import actions as journal

Status = Recovery.Status


class CannotRecover(Refusal):
    """A recovery that cannot go on; the message says why, or who was there first."""


@transaction.atomic
def propose(
    *, body: Body, offer: Offer, reason: str, by: Hand, now: datetime, today: date
) -> Recovery:
    """Propose to let somebody in; it waits for a second person, and the body is told."""
    CannotRecover.if_any(
        people_policies.obstacles_to_holding(starts_on=today, ends_on=offer.ends_on, today=today)
    )
    open_one = queries.proposed_recovery(body)
    CannotRecover.if_any(policies.obstacles_to_proposing(body, open_one=open_one, now=now))
    if open_one:
        Recovery.objects.filter(pk=open_one.pk).update(status=Status.STOPPED, answered_at=now)
    recovery = _kept(
        Recovery(
            body=body,
            address=offer.address.lower(),
            kind=offer.kind,
            ends_on=offer.ends_on,
            reason=reason,
            proposed_by=by.person,
            proposed_as=by.acting,
            proposed_at=now,
        )
    )
    said = {"recovery": recovery.key, "office": recovery.office}
    journal.write(
        by=by.actor, did="proposed a recovery", to=body.subject, after=said, reason=reason
    )
    tell_appointers(body, letters.proposed(recovery), by=by.actor, today=today)
    return recovery


@transaction.atomic
def agree(*, recovery: Recovery, by: Hand, now: datetime, today: date) -> Invitation:
    """Be the second person: an invitation goes out. Of two who agree at once, one does."""
    held = _as_it_stands(recovery)
    CannotRecover.if_any(policies.obstacles_to_agreeing(held, by=by.person, now=now, today=today))
    if not _answer(held, Status.AGREED, by=by, now=now):
        raise CannotRecover("Somebody else agreed to this, or stopped it, before you.")
    offer = Offer(held.address, held.kind, starts_on=today, ends_on=held.ends_on)
    journal.write(
        by=by.actor,
        did="agreed to a recovery",
        to=held.body.subject,
        before={held.key: Status.PROPOSED},
        after={held.key: Status.AGREED},
        reason=held.reason,
    )
    _make_room_for(held, now=now)
    invitation = Invitation(body=held.body, sent_by=by.acting)
    send(invitation, offer=offer, by=by.actor, now=now, today=today)
    Recovery.objects.filter(pk=held.pk).update(invitation=invitation)
    return invitation


@transaction.atomic
def stop(*, recovery: Recovery, by: Hand, now: datetime) -> None:
    """Let nothing come of a proposal."""
    CannotRecover.if_any(policies.obstacles_to_stopping(_as_it_stands(recovery), now=now))
    if not _answer(recovery, Status.STOPPED, by=by, now=now):
        raise CannotRecover("Somebody else agreed to this, or stopped it, before you.")
    journal.write(
        by=by.actor,
        did="stopped a recovery",
        to=recovery.body.subject,
        before={recovery.key: Status.PROPOSED},
        after={recovery.key: Status.STOPPED},
    )


def _answer(recovery: Recovery, status: str, *, by: Hand, now: datetime) -> bool:
    answer = {"answered_by": by.person, "answered_as": by.acting, "answered_at": now}
    proposed = Recovery.objects.filter(pk=recovery.pk, status=Status.PROPOSED)
    return bool(proposed.update(status=status, **answer))


def _make_room_for(recovery: Recovery, *, now: datetime) -> None:
    """Withdraw what was offered to the same address before and nobody took up."""
    earlier = Invitation.objects.to_body(recovery.body).filter(
        kind=recovery.kind, address__iexact=recovery.address, status=Invitation.Status.SENT
    )
    earlier.update(status=Invitation.Status.WITHDRAWN, answered_at=now)


def _kept(recovery: Recovery) -> Recovery:
    try:
        with transaction.atomic():
            recovery.save()
    except IntegrityError:
        raise CannotRecover(
            f"Somebody proposed a recovery of {recovery.body} this moment. Look at theirs first."
        ) from None
    return recovery


def _as_it_stands(recovery: Recovery) -> Recovery:
    found = Recovery.objects.select_related("body", "proposed_by", "proposed_as__body")
    return found.get(pk=recovery.pk)


def forget_address(*, address: str, instead: str) -> None:
    """Put another address in place of one that was to be let in."""
    Recovery.objects.filter(address__iexact=address).update(address=instead)
