"""Why a council left a cluster is erased: nobody needs to keep it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.devolution.clusters import leaving, letters, queries
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Membership
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def erase_why(*, held: Membership, by: Actor, now: datetime) -> None:
    """Erase why a council left a cluster, each time it did; that it left, and when, stays."""
    told = leaving.with_why(held)
    if not told:
        raise CannotCluster(f"Why {held.body} left is not kept, or was erased already.")
    for each in told:
        if not Membership.objects.change(each, why_reference=None, why_for=""):
            raise Overtaken
    journal.empty(person_keys=[each.why_key for each in told], now=now)
    today = localtime(now).date()
    to = queries.subject_of(held.cluster, on=today)
    after = {"body": held.body.key, "erased": len(told)}
    journal.write(by=by, did="erased why a council left", to=to, after=after)
    letters.tell([held.body], letters.why_erased(held), by=by, today=today)
