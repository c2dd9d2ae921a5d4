"""Who leads a cluster, and who leads each service in it: each role is taken by one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.devolution.clusters import policies, queries
from waywarden.devolution.clusters.actions.locking import locked_expression
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Membership, Role
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules.clusters_terms import MONTHS


@transaction.atomic
def accept(*, role: Role, held: Membership | None, by: Actor, now: datetime) -> None:
    """Take a role for a member. Of two who take it at once one has it, and the other is told who.

    One statement takes it where nobody holds it, so that this is so on every database.
    """
    on = localtime(now).date()
    CannotCluster.if_any(policies.obstacles_to_leading(role, held, on=on))
    # Whoever is not in the cluster was refused.
    body = cast(Membership, held).body
    _take(role, body, now, on)
    after = {"role": str(role), "holder": body.key}
    to = queries.subject_of(role.cluster, on=on)
    journal.write(by=by, did="took a lead role", to=to, after=after)


def _take(role: Role, body: Body, now: datetime, on: date) -> None:
    free = Role.objects.filter(pk=role.pk, taken_at__isnull=True)
    taken = free.update(holder=body, taken_at=now, version=F("version") + 1)
    role.refresh_from_db()
    if not taken:
        raise Overtaken(policies.taken_first(role))


@transaction.atomic
def note_holder(*, role: Role, name: str, kind: str, by: Actor, now: datetime) -> None:
    """Note that a group or company, which holds no office here, takes the lead of a service."""
    if role.service is None:
        raise CannotCluster(
            "The cluster lead holds the agreement: it is one of its councils, or a group or "
            "company whose expression of interest the county agreed to. Choose it from those."
        )
    if not role.cluster.is_under_way:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    free = Role.objects.filter(pk=role.pk, taken_at__isnull=True)
    given = {"holder_name": name, "holder_kind": kind, "taken_at": now}
    taken = free.update(**given, version=F("version") + 1)
    role.refresh_from_db()
    if not taken:
        raise Overtaken(policies.taken_first(role))
    after = {"role": str(role), "holder": name, "kind": kind}
    to = queries.subject_of(role.cluster, on=localtime(now).date())
    journal.write(by=by, did="noted who leads a service", to=to, after=after)


def kept_name(role: Role) -> str | dict[str, str]:
    """Return what the journal keeps of who holds a role; of a group that asked, beside the chain.

    Erasing who asked takes it from there; whoever was erased meanwhile is not named anew.
    """
    if role.expression is not None:
        of = locked_expression(role.expression)
        return journal.personal(of.who, of=of.key)
    return role.held_by


@transaction.atomic
def give_up(*, role: Role, reason: str, by: Actor, today: date) -> None:
    """Give a role back, so that somebody else can take it."""
    if role.cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    if not role.is_held:
        raise CannotCluster("Nobody holds this role.")
    before = {"role": str(role), "holder": kept_name(role)}
    nobody = {"holder": None, "holder_name": "", "holder_kind": "", "expression": None}
    if not Role.objects.change(role, **nobody, taken_at=None, monthly_milli=[]):
        raise Overtaken
    to = queries.subject_of(role.cluster, on=today)
    journal.write(by=by, did="gave up a lead role", to=to, before=before, reason=reason)


@transaction.atomic
def say_capacity(
    *, role: Role, version: int, monthly_milli: Sequence[int], by: Actor, today: date
) -> None:
    """Say how much a service lead can do in each month."""
    if len(monthly_milli) != MONTHS or min(monthly_milli) < 0:
        raise CannotCluster("Say how much can be done in each of the twelve months.")
    if role.cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    if role.version != version:
        raise Overtaken
    before, after = {"monthly_milli": role.monthly_milli}, {"monthly_milli": [*monthly_milli]}
    if before == after:
        return
    Role.objects.change_as_read(role, version, **after)
    to = queries.subject_of(role.cluster, on=today)
    did = "said what a service lead can do"
    journal.write(by=by, did=did, to=to, before=before, after=after | {"role": str(role)})
