"""What the monitoring officer confirms of the powers a cluster rests on, and takes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.decisions.relying import Found
from waywarden.devolution.clusters import policies, powers, queries
from waywarden.devolution.clusters.actions.locking import locked
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, ClusterConfirmation
from waywarden.devolution.clusters.powers import Rests
from waywarden.devolution.offers.policies import obstacles_to_a_confirmation
from waywarden.devolution.offers.power_actions import Confirmed, kept_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal

OWN_WORD = (
    "The monitoring officer gave this word themselves, and takes it back themselves. Ask them to."
)


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
    to, after = queries.subject_of(cluster, on=today), _said(chosen, said, cluster)
    journal.write(by=by, did="confirmed what a cluster rests on", to=to, after=after)


def _said(
    chosen: Sequence[tuple[Rests, Found]], said: Confirmed, cluster: Cluster
) -> dict[str, Any]:
    after = {
        "powers": sorted({rests.power for rests, _ in chosen}),
        "delivered_by": sorted({rests.taker for rests, _ in chosen}),
        "warnings": [found.finding.key for _, found in chosen],
        "services": sorted({code for _, found in chosen for code in found.codes}),
        "given_on": str(said.given_on),
        "is_noted": said.is_noted,
    }
    note = {"note": journal.personal(said.note, of=cluster.key)} if said.note else {}
    return after | note


@transaction.atomic
def take_back(
    *, confirmation: ClusterConfirmation, is_own: bool, reason: str, by: Actor, now: datetime
) -> None:
    """Take a confirmation back: its warning stands again.

    ``is_own`` says that the monitoring officer does; nobody else takes their own word back.
    """
    cluster = locked(confirmation.cluster)
    if cluster.is_over:
        raise CannotCluster(policies.NOT_UNDER_WAY)
    if not (confirmation.is_noted or is_own):
        raise CannotCluster(OWN_WORD)
    standing = ClusterConfirmation.objects.filter(pk=confirmation.pk, taken_back_at=None)
    if not standing.update(taken_back_at=now):
        raise Overtaken("It was taken back already.")
    journal.write(
        by=by,
        did="took a confirmation of a power back",
        to=queries.subject_of(cluster, on=localtime(now).date()),
        before={
            "power": confirmation.power,
            "delivered_by": confirmation.taker,
            "warnings": [confirmation.warning],
            "services": confirmation.services.split(),
        },
        reason=reason,
    )
