"""A group or company that asked the county takes the lead of a cluster, or of a service in it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from waywarden.devolution.clusters import leading, letters, policies, queries
from waywarden.devolution.clusters.actions.locking import locked, locked_expression
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Role
from waywarden.devolution.interest import actions as interest
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def choose(*, role: Role, of: Expression, shows: str, by: Actor, now: datetime) -> bool:
    """Note that a group or company takes a role; return whether it could be written to.

    ``shows`` says what shows that it takes it. Of two that take a role at once one has it, and
    the other is told who. Its name stands in its expression alone.
    """
    # Nobody draws up terms meanwhile by which a lead that is no member would pay.
    role.cluster = locked(role.cluster)
    # Whoever was erased since the form was read is neither named nor written to.
    of = locked_expression(of)
    CannotCluster.if_any(leading.obstacles_to_choosing(role, of))
    free = Role.objects.filter(pk=role.pk, taken_at__isnull=True)
    taken = free.update(expression=of, taken_at=now, version=F("version") + 1)
    role.refresh_from_db()
    if not taken:
        raise Overtaken(policies.taken_first(role))
    after = {
        "role": str(role),
        "holder": journal.personal(of.who, of=of.key),
        "kind": of.kind,
        "expression": of.key,
        "shows": journal.personal(shows, of=of.key),
    }
    to = queries.subject_of(role.cluster, on=localtime(now).date())
    journal.write(by=by, did="noted who leads a cluster or service", to=to, after=after)
    return interest.tell(of, letters.noted_as_lead(role), by=by, now=now)
