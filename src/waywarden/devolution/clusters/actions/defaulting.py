"""It is recorded that a member did not pay and what the others owe for it; and how that ended."""

from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.devolution.clusters import defaulting, letters, queries
from waywarden.devolution.clusters.actions.locking import locked
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.defaulting import Unpaid
from waywarden.devolution.clusters.models import Default, Membership, Owed, Terms
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal

MEANWHILE = "Somebody recorded meanwhile how it ended. Nothing was changed."


@transaction.atomic
def record(*, held: Membership, unpaid: Unpaid, by: Actor, now: datetime) -> Default:
    """Record that a member did not pay.

    What it leaves is split among those who were members on the day it was due, by the terms of
    that day. Of a council that left and came back it is the membership of that day.
    """
    today = localtime(now).date()
    # Of two who record or dissolve at once the second sees what the first has done.
    cluster = locked(held.cluster)
    held = queries.held_on(cluster, held.body, on=unpaid.due_on) or held
    held.cluster = cluster
    terms = defaulting.terms_for(held, on=unpaid.due_on)
    CannotCluster.if_any(defaulting.obstacles_to_recording(held, terms, unpaid, today=today))
    # Without terms it was refused.
    terms = cast(Terms, terms)
    owed = defaulting.owed_for(held, terms, unpaid.unpaid_pence, on=unpaid.due_on)
    made = Default.objects.create(
        cluster=cluster,
        membership=held,
        terms=terms,
        counted_pence=sum(owed.values()),
        recorded_at=now,
        recorded_by=by.shown_as[:200],
        **vars(unpaid),
    )
    Owed.objects.bulk_create(
        Owed(default=made, membership_id=member, pence=pence) for member, pence in owed.items()
    )
    others = [each for each in queries.memberships_of(cluster) if each.pk in owed]
    after = {
        "body": held.body.key,
        "unpaid_pence": unpaid.unpaid_pence,
        "due_on": str(unpaid.due_on),
        "reference": _kept(unpaid.reference, held.body),
        "terms": terms.number,
        "owed": {each.body.key: owed[each.pk] for each in others},
    }
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="recorded that a member did not pay", to=to, after=after)
    letters.tell(_concerned(made), letters.unpaid(made), by=by, today=today)
    return made


@transaction.atomic
def put_right(*, default: Default, paid_on: date, reference: str, by: Actor, today: date) -> None:
    """Record that a member paid what was missing: the others owe nothing for it any more."""
    CannotCluster.if_any(defaulting.obstacles_to_paying(default, paid_on=paid_on, today=today))
    _change(default, paid_on=paid_on, paid_reference=reference)
    body = default.membership.body
    before = {"unpaid_pence": default.unpaid_pence, "body": body.key}
    after = {"paid_on": str(paid_on), "reference": _kept(reference, body)}
    to = queries.subject_of(default.cluster, on=today)
    did = "recorded that a member paid after all"
    journal.write(by=by, did=did, to=to, before=before, after=after)


@transaction.atomic
def end(*, default: Default, ending: str, why: str, by: Actor, today: date) -> None:
    """End what is unpaid without its being paid: the record was wrong, or the others bore it."""
    CannotCluster.if_any(defaulting.obstacles_to_ending(default))
    _change(default, ending=ending, ended_on=today, ended_why=why)
    body = default.membership.body
    before = {"unpaid_pence": default.unpaid_pence, "body": body.key}
    after = {"ending": ending, "why": _kept(why, body)}
    to = queries.subject_of(default.cluster, on=today)
    journal.write(by=by, did="ended what was unpaid", to=to, before=before, after=after)
    letters.tell(_concerned(default), letters.unpaid_ended(default), by=by, today=today)


def _change(default: Default, **given: object) -> None:
    open_one = Default.objects.filter(pk=default.pk, paid_on__isnull=True, ending="")
    if not open_one.update(**given):
        raise CannotCluster(MEANWHILE)
    default.refresh_from_db(fields=list(given))


def _concerned(default: Default) -> list[Body]:
    """Return who did not pay, and who owes for it."""
    others = default.owed.select_related("membership__body").order_by("membership__body__name")
    bodies = [default.membership.body, *(each.membership.body for each in others)]
    return list(dict.fromkeys(bodies))


def _kept(words: str, body: Body) -> dict[str, str]:
    """Keep beside the chain what somebody wrote of a council."""
    return journal.personal(words, of=f"body-{body.key}")
