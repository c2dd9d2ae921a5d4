"""A council in which nobody signs in is asked by a link; it asks a question; a link is ended."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.offices.telling import reply_address
from waywarden.devolution.clusters import joining, joining_letters, letters, queries
from waywarden.devolution.clusters.actions.locking import locked
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Link, Membership
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.notices import actions as notices

NEWER_LINK = (
    "A newer letter went out meanwhile: the link you saw ended with that, and another took its "
    "place. Send this again if that one is to be ended as well."
)


def tell_invited(asked: Sequence[Membership], *, by: Actor, now: datetime) -> list[str]:
    """Write to councils that are invited, except whose officer acts; return who is not reached.

    Where nobody of a council signs in, its letter holds a link to answer by.
    """
    on = localtime(now).date()
    told = [held for held in asked if held.body.key != by.body]
    signing = joining.who_sign_in([held.body for held in told], on=on)
    unreached = []
    for held in told:
        if held.body_id in signing:
            letters.tell([held.body], letters.invited(held.cluster), by=by, today=on)
        elif not _send_link(held, by=by, now=now):
            unreached.append(held.body.name)
    return unreached


def _send_link(held: Membership, *, by: Actor, now: datetime) -> bool:
    """Send a council a letter with a new link; the one before opens nothing from then on."""
    address, last = reply_address(held.body), joining.newest_link(held)
    if not address:
        return False
    token = new_token()
    number = last.number + 1 if last else 1
    link = Link(membership=held, number=number, token_hash=hash_of(token), sent_at=now)
    told = notices.tell(
        to=letters.at_public_address(held.body, address),
        topic=joining_letters.JOINING,
        says=joining_letters.asked_by_link(link, token),
        why=f"{held.body}, whose public address this is, is asked to join a cluster",
        by=by,
        today=localtime(now).date(),
        reply_to=reply_address(held.cluster.proposed_by),
    )
    if told is not None:
        link.save()
    return told is not None


@transaction.atomic
def ask_again(*, held: Membership, by: Actor, now: datetime) -> None:
    """Ask a council once more by a letter with a new link."""
    today = localtime(now).date()
    # Of two who ask at once the second sees the letter of the first.
    locked(held.cluster)
    held = Membership.objects.select_related("cluster__proposed_by", "body").get(pk=held.pk)
    links = list(held.links.order_by("number"))
    address, signs_in = reply_address(held.body), joining.who_sign_in([held.body], on=today)
    CannotCluster.if_any(
        joining.obstacles_to_asking_again(
            held, links, address=address, signs_in=bool(signs_in), on=today
        )
    )
    if not _send_link(held, by=by, now=now):
        raise CannotCluster(f"{held.body} has asked not to be written to about clusters.")
    to = queries.subject_of(held.cluster, on=today)
    after = {"body": held.body.key, "letters": len(links) + 1}
    journal.write(by=by, did="asked a council again by a link", to=to, after=after)


@transaction.atomic
def end_link(*, held: Membership, letter: int, reason: str, by: Actor, now: datetime) -> None:
    """End the link of a council's letter: it lets nobody in any more, also who is in by it.

    ``letter`` is which of its letters the link stood in: a newer link is not ended unseen.
    """
    today, link = localtime(now).date(), joining.newest_link(held)
    if link is not None and link.number != letter:
        raise Overtaken(NEWER_LINK)
    CannotCluster.if_any(joining.obstacles_to_ending_link(held, link, on=today))
    if not held.links.filter(number=letter, ended_at=None).update(ended_at=now):
        raise Overtaken
    to = queries.subject_of(held.cluster, on=today)
    after = {"body": held.body.key, "letter": letter}
    journal.write(by=by, did="ended the link of a council", to=to, after=after, reason=reason)


@transaction.atomic
def ask_question(*, held: Membership, says: str, by: Actor, now: datetime) -> None:
    """Bring a council's question to who proposed the cluster and to its lead."""
    today = localtime(now).date()
    CannotCluster.if_any(joining.obstacles_to_a_question(held, on=today))
    # Nobody writes to themselves.
    asked = [body for body in _who_answers(held) if body.key != by.body]
    asks, reply_to = joining_letters.question(held, says), reply_address(held.body)
    unreached = letters.tell(asked, asks, by=by, today=today, reply_to=reply_to)
    if len(unreached) == len(asked):
        named = " or ".join(body.name for body in asked) or "anybody else"
        raise CannotCluster(f"No letter could be sent to {named}. Telephone instead.")
    after = {
        "body": held.body.key,
        "question": journal.personal(says, of=f"body-{held.body.key}"),
    }
    to = queries.subject_of(held.cluster, on=today)
    journal.write(by=by, did="asked about a cluster", to=to, after=after)


def _who_answers(held: Membership) -> list[Body]:
    lead = queries.lead_of(held.cluster).holder
    asked = [held.cluster.proposed_by, *([lead] if lead else [])]
    return list({body.pk: body for body in asked if body.pk != held.body_id}.values())
