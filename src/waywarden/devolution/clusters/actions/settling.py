"""A cluster meets and decides, its members lend one another things, and it is dissolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from waywarden.county.decisions.policies import Taken
from waywarden.devolution.clusters import leading, letters, queries, settling
from waywarden.devolution.clusters.actions.clusters import move
from waywarden.devolution.clusters.actions.locking import locked
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import (
    Cluster,
    Consent,
    Handover,
    Meeting,
    Membership,
    Portion,
    Resource,
    Settlement,
)
from waywarden.devolution.offers.actions import resolution_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules.clusters_terms import digest
from waywarden.rules.clusters_votes import counted


@transaction.atomic
def meet(
    *,
    cluster: Cluster,
    question: str,
    held_on: date,
    cast: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> Meeting:
    """Record what a meeting of the members decided, counted by the terms in force that day."""
    today = localtime(now).date()
    terms = queries.standing(cluster, on=held_on)
    CannotCluster.if_any(
        leading.obstacles_to_voting(cluster, cast)
        + settling.obstacles_to_meeting(cluster, terms, held_on=held_on, today=today)
    )
    votes = queries.votes_of(terms, on=held_on)
    try:
        found = counted(votes, cast, quorum=terms.quorum if terms else 0)
    except ValueError as wrong:
        raise CannotCluster(str(wrong)) from wrong
    made = Meeting.objects.create(
        cluster=cluster,
        terms_number=terms.number if terms else 0,
        held_on=held_on,
        question=question,
        cast=dict(cast),
        present=found.present,
        votes_for=found.votes_for,
        votes_against=found.votes_against,
        quorum=found.quorum,
        is_carried=found.is_carried,
        recorded_at=now,
        recorded_by=by.shown_as[:200],
    )
    after = {"question": question, "held_on": str(held_on), "is_carried": made.is_carried}
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="recorded a vote of a cluster", to=to, after=after | {"cast": cast})
    return made


@transaction.atomic
def lend(
    *, held: Membership, name: str, way: str, on_terms: str, by: Actor, now: datetime
) -> Resource:
    """Put something a member lends, hires out or shares on the list of its cluster."""
    today = localtime(now).date()
    # Nothing comes onto the list of a cluster that is being dissolved.
    held.cluster = locked(held.cluster)
    CannotCluster.if_any(settling.obstacles_to_lending(held, on=today))
    given = {"name": name, "way": way, "on_terms": on_terms}
    made = Resource.objects.create(cluster=held.cluster, membership=held, offered_at=now, **given)
    to = queries.subject_of(held.cluster, on=today)
    journal.write(by=by, did="listed a resource", to=to, after=given | {"body": held.body.key})
    return made


@transaction.atomic
def take_back(*, resource: Resource, by: Actor, now: datetime) -> None:
    """Take something off the list; that it stood there is kept."""
    open_one = Resource.objects.filter(pk=resource.pk, taken_back_at__isnull=True)
    if not open_one.update(taken_back_at=now):
        raise CannotCluster("It was taken off the list already.")
    to = queries.subject_of(resource.cluster, on=localtime(now).date())
    journal.write(by=by, did="took back a resource", to=to, before={"name": resource.name})


@dataclass(frozen=True, kw_only=True)
class Due:
    """What one member is paid (below nought: pays), takes over and finishes."""

    balance_pence: int = 0
    assets: str = ""
    work: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a cluster is to be dissolved: its last day, why, and what is each member's."""

    last_on: date
    says: str
    due: Mapping[int, Due] = field(default_factory=dict)
    #: Which member has each listed thing afterwards, and which finishes the open work of each
    #: service in scope; none where no work is open.
    things: Mapping[int, int] = field(default_factory=dict)
    work: Mapping[int, int | None] = field(default_factory=dict)


@transaction.atomic
def settle(*, cluster: Cluster, plan: Plan, by: Actor, now: datetime) -> Settlement:
    """Draw up how a cluster is dissolved, to be agreed to by every member."""
    today = localtime(now).date()
    # Nothing is paid by the one before while another takes its place.
    cluster = locked(cluster)
    members = queries.members_of(cluster, on=today)
    balances = [each.balance_pence for each in plan.due.values()]
    CannotCluster.if_any(
        settling.obstacles_to_settling(
            cluster, members, set(plan.due), balances, last_on=plan.last_on, today=today
        )
        + settling.obstacles_to_handing_over(cluster, members, plan.things, plan.work, on=today)
    )
    made = _numbered(cluster, plan, balances, by, now)
    Portion.objects.bulk_create(
        Portion(settlement=made, membership_id=member, **vars(due))
        for member, due in plan.due.items()
    )
    Handover.objects.bulk_create(_handed_over(made, plan, on=today))
    made.hash = digest(made.facts())
    made.save(update_fields=["hash"])
    after = {"number": made.number, "hash": made.hash, "last_on": str(plan.last_on)}
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="drew up a settlement", to=to, after=after)
    bodies = [held.body for held in members]
    letters.tell(bodies, letters.to_settle(made), by=by, today=today)
    return made


def _handed_over(settlement: Settlement, plan: Plan, *, on: date) -> list[Handover]:
    of, cluster = {"settlement": settlement}, settlement.cluster
    things = [
        Handover(resource=thing, membership_id=plan.things[thing.pk], what=thing.name, **of)
        for thing in queries.resources_of(cluster, on=on)
    ]
    work = [
        Handover(
            scope=each,
            membership_id=plan.work[each.pk],
            what=f"Open work of {each.service.name}",
            **of,
        )
        for each in queries.scope_of(cluster)
    ]
    return things + work


def _numbered(
    cluster: Cluster, plan: Plan, balances: list[int], by: Actor, now: datetime
) -> Settlement:
    made = Settlement(
        cluster=cluster,
        number=_next_number(cluster),
        last_on=plan.last_on,
        says=plan.says,
        paid_out_pence=sum(pence for pence in balances if pence > 0),
        paid_in_pence=-sum(pence for pence in balances if pence < 0),
        made_at=now,
        made_by=by.shown_as[:200],
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Overtaken("Somebody drew one up meanwhile. Look at it first.") from None
    return made


def _next_number(cluster: Cluster) -> int:
    return cluster.settlements.count() + 1


@transaction.atomic
def consent(
    *,
    settlement: Settlement,
    held: Membership,
    shown: str,
    taken: Taken,
    by: Actor,
    now: datetime,
) -> Consent:
    """Record that a member agreed to a settlement; ``shown`` is the hash it was shown."""
    today = localtime(now).date()
    CannotCluster.if_any(
        leading.obstacles_to_a_group(settlement.cluster, leading.RESOLVING, by=by)
        + settling.obstacles_to_consenting(settlement, held, on=today)
    )
    if shown != settlement.hash:
        raise Overtaken("The settlement you were shown is not this one. Read it again.")
    title = f"To dissolve: {settlement.cluster}"
    decision = resolution_of(held.body, title, taken, by=by, now=now)
    # One whose minute was withdrawn is agreed to by another.
    made, _ = Consent.objects.update_or_create(
        settlement=settlement,
        membership=held,
        defaults={"decision": decision, "hash": shown, "agreed_at": now},
    )
    after = {"number": settlement.number, "hash": shown, "body": held.body.key}
    to = queries.subject_of(settlement.cluster, on=today)
    journal.write(by=by, did="agreed to a settlement", to=to, after=after)
    return made


@transaction.atomic
def note_paid(*, portion: Portion, paid_on: date, reference: str, by: Actor, today: date) -> None:
    """Note that a member's balance was paid, once every member agreed to the settlement."""
    # No other settlement is drawn up, and nothing is dissolved, while it is noted.
    cluster = portion.settlement.cluster = locked(portion.settlement.cluster)
    members = queries.members_of(cluster, on=today)
    CannotCluster.if_any(
        settling.obstacles_to_noting_paid(portion, members, paid_on=paid_on, today=today)
    )
    given = {"paid_on": paid_on, "paid_reference": reference}
    if not Portion.objects.filter(pk=portion.pk, paid_on__isnull=True).update(**given):
        raise CannotCluster("Somebody noted it as paid meanwhile. Nothing was changed.")
    after = {"body": portion.membership.body.key, "balance_pence": portion.balance_pence}
    kept = journal.personal(reference, of=f"body-{portion.membership.body.key}")
    after |= {"number": portion.settlement.number, "paid_on": str(paid_on), "reference": kept}
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="noted a balance as paid", to=to, after=after)


@transaction.atomic
def dissolve(*, cluster: Cluster, by: Actor, now: datetime) -> None:
    """Dissolve a cluster, once every member agreed to the newest settlement."""
    today = localtime(now).date()
    cluster = locked(cluster)
    newest = queries.newest_settlement(cluster)
    members = queries.members_of(cluster, on=today)
    CannotCluster.if_any(
        leading.obstacles_to_a_group(cluster, leading.FORMING, by=by)
        + settling.obstacles_to_dissolving(cluster, newest, members, on=today)
    )
    move(cluster, Cluster.Status.DISSOLVED)
    after = {"settlement": newest.number, "hash": newest.hash} if newest else {}
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="dissolved a cluster", to=to, after=after)
    letters.tell([held.body for held in members], letters.dissolved(cluster), by=by, today=today)
