"""A cluster is proposed, changed, formed, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import leading, letters, policies, queries
from waywarden.devolution.clusters.actions import joining
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Membership, Role, Scope
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal

Status = Cluster.Status
#: Words that stand where the key of a cluster does, in addresses of other pages.
TAKEN_WORDS = {"propose", "alone"}
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Idea:
    """What is said of a cluster when it is proposed."""

    name: str
    starts_on: date
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is reckoned of a proposed cluster in pence a year, and where that is from."""

    source: str
    #: What all of it costs; none where that is not known.
    whole_pence: int | None
    #: What councils pay alone, by their keys; a council that is not named is not known.
    alone_pence: Mapping[str, int]

    @property
    def of_cluster(self) -> dict[str, Any]:
        """The fields of the cluster."""
        is_known = self.whole_pence is not None
        return {"whole_pence": self.whole_pence, "whole_source": self.source if is_known else ""}

    def of_member(self, body: Body) -> dict[str, Any]:
        """The fields of a council in it."""
        if body.key not in self.alone_pence:
            return {}
        return {"alone_pence": self.alone_pence[body.key], "alone_source": self.source}


#: What is said where nothing is reckoned.
NO_FIGURES = Figures(source="", whole_pence=None, alone_pence={})


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Who is meant to lead a cluster, and its services by their codes.

    They take these roles themselves, or others do.
    """

    lead: Body | None = None
    leads: Mapping[str, Body] = field(default_factory=dict)


@transaction.atomic
def propose(
    *,
    body: Body,
    idea: Idea,
    members: Sequence[Body],
    services: Sequence[Service],
    by: Actor,
    meant: Meant | None = None,
    figures: Figures = NO_FIGURES,
    origin: Mapping[str, Any] | None = None,
) -> Cluster:
    """Propose a cluster of councils for services; nobody is invited yet.

    ``origin`` says in the journal what it was taken from, where it was taken from anything.
    """
    meant = meant or Meant()
    given = vars(idea) | figures.of_cluster
    made = Cluster.objects.create(key=_key_for(idea.name), proposed_by=body, **given)
    Scope.objects.bulk_create(Scope(cluster=made, service=each) for each in services)
    Membership.objects.bulk_create(
        Membership(cluster=made, body=each, **figures.of_member(each)) for each in members
    )
    Role.objects.create(cluster=made, meant_for=meant.lead)
    Role.objects.bulk_create(
        Role(cluster=made, service=each, meant_for=meant.leads.get(each.code)) for each in services
    )
    after = _plain(idea) | {
        "services": [each.code for each in services],
        "members": [each.key for each in members],
        "lead": meant.lead.key if meant.lead else "",
    }
    if figures != NO_FIGURES:
        after |= figures.of_cluster | {"alone_pence": dict(figures.alone_pence)}
    after |= origin or {}
    journal.write(by=by, did="proposed a cluster", to=made.subject, after=after)
    return made


def _key_for(name: str) -> str:
    """Return the last part of an address that no cluster has had."""
    stem = slugify(name)[:LONGEST] or "cluster"
    taken = set(Cluster.objects.filter(key__startswith=stem).values_list("key", flat=True))
    taken |= TAKEN_WORDS
    tries = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in tries if key not in taken)


@transaction.atomic
def change(*, cluster: Cluster, version: int, idea: Idea, by: Actor, today: date) -> None:
    """Change what is said of a cluster; its address stays."""
    _change(cluster, version, vars(idea), did="changed a cluster", by=by, today=today)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What all of it costs in a year, and where that is from."""

    whole_pence: int
    whole_source: str


@transaction.atomic
def say_cost(*, cluster: Cluster, version: int, cost: Cost, by: Actor, today: date) -> None:
    """Say what the cluster costs in a year; terms that are drawn up already stay as they are."""
    _change(cluster, version, vars(cost), did="said what a cluster costs", by=by, today=today)


def _change(
    cluster: Cluster, version: int, to: dict[str, Any], *, did: str, by: Actor, today: date
) -> None:
    if cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    before = {name: getattr(cluster, name) for name in to}
    changed = {name: value for name, value in to.items() if before[name] != value}
    if cluster.version != version:
        raise Overtaken
    if not changed:
        return
    Cluster.objects.change_as_read(cluster, version, **changed)
    journal.write(
        by=by,
        did=did,
        to=queries.subject_of(cluster, on=today),
        before={name: written(before[name]) for name in changed},
        after={name: written(value) for name, value in changed.items()},
    )


@transaction.atomic
def invite(*, cluster: Cluster, by: Actor, now: datetime) -> list[str]:
    """Invite the councils of a proposed cluster; return whom no letter could be sent to."""
    today = localtime(now).date()
    Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    asked = queries.memberships_of(cluster)
    CannotCluster.if_any(policies.obstacles_to_inviting(cluster, asked))
    move(cluster, Status.FORMING)
    for held in asked:
        Membership.objects.change(held, invited_at=now)
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="invited councils to a cluster", to=to, after={"asked": len(asked)})
    return joining.tell_invited(asked, by=by, now=now)


@transaction.atomic
def form(*, cluster: Cluster, by: Actor, now: datetime) -> None:
    """Form a cluster of those who agreed; who has not answered takes no part in it."""
    today = localtime(now).date()
    members = queries.members_of(cluster, on=today)
    newest = next(iter(queries.terms_of(cluster)), None)
    small = queries.savings_of(newest, members, on=today)[0] if newest else []
    CannotCluster.if_any(
        leading.obstacles_to_a_group(cluster, leading.FORMING, by=by)
        + policies.obstacles_to_forming(cluster, members, newest, small=small)
    )
    move(cluster, Status.FORMED, formed_at=now)
    after = {
        "members": [held.body.key for held in members],
        "terms": newest.number if newest else 0,
        "hash": newest.hash if newest else "",
    }
    to = queries.subject_of(cluster, on=today)
    line = journal.write(by=by, did="formed a cluster", to=to, after=after)
    says = letters.formed(cluster, line)
    # Whoever forms it signed too, and keeps the head as the others do.
    for held in members:
        letters.tell_who_signed(held.body, says, by=by, today=today)


@transaction.atomic
def withdraw(*, cluster: Cluster, reason: str, by: Actor, today: date) -> None:
    """Withdraw a cluster that was never formed; what was answered stays on record."""
    move(cluster, Status.WITHDRAWN)
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="withdrew a cluster", to=to, reason=reason)


def move(cluster: Cluster, to: str, **given: Any) -> None:
    """Move a cluster on, if it is still as it was read and may be moved there."""
    may = to in Cluster.MOVES[Status(cluster.status)]
    if not may or not Cluster.objects.change(cluster, status=to, **given):
        cluster.refresh_from_db()
        raise Overtaken(f"It is “{cluster.get_status_display()}” by now. Look at it again.")


def _plain(idea: Idea) -> dict[str, Any]:
    return {name: written(value) for name, value in vars(idea).items()}


def written(value: Any) -> Any:
    """Write a value as the journal keeps it."""
    return str(value) if isinstance(value, date) else value
