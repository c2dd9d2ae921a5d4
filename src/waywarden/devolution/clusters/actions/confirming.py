"""What the monitoring officer confirms of the powers a cluster rests on, and takes back."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.devolution.clusters import policies, powers, queries
from waywarden.devolution.clusters.actions.locking import locked
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, ClusterConfirmation
from waywarden.devolution.offers.policies import obstacles_to_a_confirmation
from waywarden.devolution.offers.power_actions import Confirmed, kept_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def confirm(*, cluster: Cluster, said: Confirmed, by: Actor, now: datetime) -> None:
    """Record that the monitoring officer confirms warnings about what a cluster rests on."""
    today, cluster = localtime(now).date(), locked(cluster)
    if cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    chosen = [
        (rests, found)
        for rests in powers.rests_of(cluster, on=today)
        for found in rests.reliance.warnings
        if rests.key_of(found) in said.warnings
    ]
    warnings = [found for _, found in chosen]
    CannotCluster.if_any(obstacles_to_a_confirmation(warnings, said.given_on, today=today))
    if len(chosen) != len(set(said.warnings)):
        raise Overtaken("A warning was confirmed, or fell away, meanwhile. Look at them again.")
    ClusterConfirmation.objects.bulk_create(
        ClusterConfirmation(
            cluster=cluster,
            taker=rests.taker,
            **kept_of(rests.power, found, said, by=by, now=now),
        )
        for rests, found in chosen
    )
    after = {
        "powers": sorted({rests.power for rests, _ in chosen}),
        "warnings": [found.finding.key for found in warnings],
        "given_on": str(said.given_on),
        "is_noted": said.is_noted,
    }
    if said.note:
        after["note"] = journal.personal(said.note, of=cluster.key)
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="confirmed what a cluster rests on", to=to, after=after)


@transaction.atomic
def take_back(*, confirmation: ClusterConfirmation, reason: str, by: Actor, now: datetime) -> None:
    """Take a confirmation back: its warning stands again."""
    standing = ClusterConfirmation.objects.filter(pk=confirmation.pk, taken_back_at=None)
    if not standing.update(taken_back_at=now):
        raise Overtaken("It was taken back already.")
    journal.write(
        by=by,
        did="took a confirmation of a power back",
        to=queries.subject_of(confirmation.cluster, on=localtime(now).date()),
        before={"power": confirmation.power, "warnings": [confirmation.warning]},
        reason=reason,
    )
