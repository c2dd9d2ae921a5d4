"""Councils are invited to a cluster, join by their own resolution, decline, and leave."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters import leading, letters, policies, queries
from waywarden.devolution.clusters.actions import joining
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.leaving import bill_on_leaving
from waywarden.devolution.clusters.models import Cluster, Membership
from waywarden.devolution.offers.actions import Said, resolution_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal

Answer = Membership.Answer


@transaction.atomic
def add(*, cluster: Cluster, body: Body, by: Actor, now: datetime) -> list[str]:
    """Add a council; it is invited at once where others were. Return whom nobody could write to."""
    today = localtime(now).date()
    # Of two who add and invite at once the second sees what the first has done.
    cluster = Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    before = queries.held_by(cluster, body.key)
    CannotCluster.if_any(
        leading.obstacles_to_membership(body)
        + policies.obstacles_to_adding(cluster, body, before, on=today)
    )
    asked = None if cluster.is_proposed else now
    held = Membership.objects.create(cluster=cluster, body=body, invited_at=asked)
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="added a council to a cluster", to=to, after={"body": body.key})
    if asked is None:
        return []
    return joining.tell_invited([held], by=by, now=now)


@transaction.atomic
def answer(*, held: Membership, said: Said, starts_on: date, by: Actor, now: datetime) -> None:
    """Take a council's answer: it joins by its own resolution, or declines."""
    today = localtime(now).date()
    CannotCluster.if_any(
        leading.obstacles_to_a_group(held.cluster, leading.RESOLVING, by=by)
        + policies.obstacles_to_answering(held, on=today)
    )
    if (said.answer == Answer.AGREED) != (said.taken is not None):
        raise CannotCluster("A council joins by a resolution: enter its minute reference and day.")
    decision: Decision | None = None
    if said.taken is not None:
        title = f"To join: {held.cluster}"
        decision = resolution_of(held.body, title, said.taken, by=by, now=now)
    before = {"answer": held.answer, "body": held.body.key}
    given: dict[str, Any] = {
        "answer": said.answer,
        "answered_at": now,
        "reason": said.reason,
        "is_reason_public": said.is_reason_public,
        "decision": decision,
        "starts_on": starts_on if decision else None,
    }
    if not Membership.objects.change(held, **given):
        raise Overtaken
    after = {
        "answer": said.answer,
        "reason": journal.personal(said.reason, of=f"body-{held.body.key}"),
        "is_reason_public": said.is_reason_public,
    }
    to = queries.subject_of(held.cluster, on=today)
    journal.write(by=by, did="answered a cluster", to=to, before=before, after=after)


@transaction.atomic
def leave(
    *,
    held: Membership,
    last: date,
    reason: str = "",
    reason_for: str = Membership.Readers.NOBODY,
    by: Actor,
    today: date,
) -> None:
    """Let a member leave after its last day, by the notice that was agreed.

    What it pays for its last season is kept as it is reckoned now, by the terms in force. Why it
    leaves it need not say; what it says is for those it chose, and can be erased.
    """
    terms = queries.standing(held.cluster, on=today)
    roles = list(held.cluster.roles.filter(holder=held.body).select_related("service"))
    CannotCluster.if_any(
        policies.obstacles_to_leaving(held, terms, last=last, today=today, roles=roles)
    )
    to = queries.subject_of(held.cluster, on=today)
    shares = queries.shares_of(terms) if terms else []
    bill = bill_on_leaving(held, terms, shares, last=last)
    number = terms.number if terms and bill is not None else None
    kept = {"last_bill_pence": bill, "last_bill_terms": number}
    why = journal.personal(reason, of=held.why_key) if reason else None
    said = {"why_reference": UUID(why["personal"]), "why_for": reason_for} if why else {}
    if not Membership.objects.change(held, ends_on=last, **kept, **said):
        raise Overtaken
    goes = [each.name for each in queries.resources_by(held)]
    after = {"body": held.body.key, "ends_on": str(last), "resources": goes} | kept
    if why:
        # All members read this line: it proves the words, and does not lead to them.
        after |= {"why_for": reason_for, "why_hash": why["hash"]}
    journal.write(by=by, did="gave notice to leave a cluster", to=to, after=after)
    members = [each.body for each in queries.members_of(held.cluster, on=today)]
    letters.tell(members, letters.leaving(held, terms, goes), by=by, today=today)


@dataclass(frozen=True, kw_only=True)
class Alone:
    """What the services cost a council alone in a year, where from, its staff and its people."""

    alone_pence: int
    alone_source: str
    is_without_staff: bool = False
    people_told: int | None = None


@transaction.atomic
def say_alone(*, held: Membership, version: int, alone: Alone, by: Actor, today: date) -> None:
    """Say what the services cost a council alone; terms drawn up already stay as they are."""
    if held.cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    if held.version != version:
        raise Overtaken
    before = {name: getattr(held, name) for name in vars(alone)}
    changed = {name: value for name, value in vars(alone).items() if before[name] != value}
    if not changed:
        return
    Membership.objects.change_as_read(held, version, **changed)
    journal.write(
        by=by,
        did="said what a council pays alone",
        to=queries.subject_of(held.cluster, on=today),
        before={name: before[name] for name in changed} | {"body": held.body.key},
        after=changed,
    )
