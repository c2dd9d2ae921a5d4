"""It is recorded that a member did not pay and what the others owe for it; and that it has paid."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.devolution.clusters import defaulting, letters, queries
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Default, Membership, Owed, Terms
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True, kw_only=True)
class Unpaid:
    """How much a member did not pay, by when it was due, and what shows it."""

    unpaid_pence: int
    due_on: date
    reference: str


@transaction.atomic
def record(*, held: Membership, unpaid: Unpaid, by: Actor, now: datetime) -> Default:
    """Record that a member did not pay; what it leaves is split among the others by their terms."""
    today = localtime(now).date()
    # Nobody joins, leaves or takes the lead while it is split.
    Cluster.objects.select_for_update(of=("self",)).get(pk=held.cluster_id)
    terms = defaulting.terms_for(held, on=today)
    CannotCluster.if_any(
        defaulting.obstacles_to_recording(held, terms, due_on=unpaid.due_on, today=today)
    )
    # Without terms it was refused.
    terms = cast(Terms, terms)
    owed = defaulting.owed_for(held, terms, unpaid.unpaid_pence, on=today)
    made = Default.objects.create(
        cluster=held.cluster,
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
    members = queries.members_of(held.cluster, on=today)
    after = {
        "body": held.body.key,
        "unpaid_pence": unpaid.unpaid_pence,
        "due_on": str(unpaid.due_on),
        "reference": unpaid.reference,
        "terms": terms.number,
        "owed": {each.body.key: owed[each.pk] for each in members if each.pk in owed},
    }
    to = queries.subject_of(held.cluster, on=today)
    journal.write(by=by, did="recorded that a member did not pay", to=to, after=after)
    bodies = dict.fromkeys([held.body, *(each.body for each in members)])
    letters.tell(bodies, letters.unpaid(made), by=by, today=today)
    return made


@transaction.atomic
def put_right(*, default: Default, paid_on: date, reference: str, by: Actor, today: date) -> None:
    """Record that a member paid what was missing: the others owe nothing for it any more."""
    CannotCluster.if_any(defaulting.obstacles_to_paying(default, paid_on=paid_on, today=today))
    given = {"paid_on": paid_on, "paid_reference": reference}
    if not Default.objects.filter(pk=default.pk, paid_on__isnull=True).update(**given):
        raise CannotCluster("Somebody recorded it as paid meanwhile. Nothing was changed.")
    before = {"unpaid_pence": default.unpaid_pence, "body": default.membership.body.key}
    after = {"paid_on": str(paid_on), "reference": reference}
    to = queries.subject_of(default.cluster, on=today)
    did = "recorded that a member paid after all"
    journal.write(by=by, did=did, to=to, before=before, after=after)
