from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters.models.clusters import Cluster, Membership, Scope
from waywarden.rules.clusters_terms import digest


class Settlement(models.Model):
    """How a cluster is dissolved: who gets and pays what, takes which asset, ends which work.

    A numbered version, never changed; the next takes its place.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="settlements")
    number = models.PositiveSmallIntegerField()
    last_on = models.DateField()
    says = models.TextField()
    #: What members get out and pay in, counted when the rows were written: the same.
    paid_out_pence = models.PositiveBigIntegerField()
    paid_in_pence = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    #: The SHA-256 of all of it, in the canonical writing of `rules`.
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "number"], name="settlements_of_a_cluster_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(paid_out_pence=F("paid_in_pence")),
                name="what_is_paid_out_of_a_cluster_is_paid_in",
            ),
            models.CheckConstraint(condition=~Q(says=""), name="a_settlement_says_why"),
        ]

    def __str__(self) -> str:
        return f"Settlement {self.number} of {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("clusters:settlement", args=[self.cluster.key, self.number])

    @property
    def made_on(self) -> date:
        return localtime(self.made_at).date()

    def facts(self) -> dict[str, Any]:
        """Return what is hashed, as the rows say it."""
        portions = self.portions.select_related("membership__body")
        said = {
            "cluster": self.cluster.key,
            "number": self.number,
            "last_on": self.last_on.isoformat(),
            "says": self.says,
            "portions": [each.facts() for each in portions.order_by("membership__body__key")],
        }
        named = ("resource__membership__body", "scope__service", "membership__body")
        handed = [each.facts() for each in self.handovers.select_related(*named).order_by("pk")]
        # One that was hashed before anything was handed over by name is hashed as it was.
        return said | ({"handovers": handed} if handed else {})

    def is_as_hashed(self) -> bool:
        """Whether the rows still say what was hashed, and members agreed to."""
        return digest(self.facts()) == self.hash


class Portion(models.Model):
    """What one member gets or pays, takes over and finishes when a cluster is dissolved."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="portions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="portions")
    #: What it is paid; below nought what it pays.
    balance_pence = models.BigIntegerField()
    assets = models.TextField(blank=True)
    work = models.TextField(blank=True)
    #: When its balance was paid, and what shows it; no part of what members agree to.
    paid_on = models.DateField(null=True, blank=True)
    paid_reference = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "membership"], name="a_member_has_one_portion_of_each"
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_reference="")
                | Q(paid_on__isnull=False) & ~Q(paid_reference="") & ~Q(balance_pence=0),
                name="a_balance_is_paid_on_a_day_by_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.body} in {self.settlement}"

    @property
    def pays_pence(self) -> int:
        """What it pays, where it pays."""
        return -self.balance_pence

    @property
    def is_settled(self) -> bool:
        """Whether its balance was paid, or there is none."""
        return not self.balance_pence or self.paid_on is not None

    def facts(self) -> dict[str, Any]:
        """Return what is hashed of it."""
        own = {name: getattr(self, name) for name in ("balance_pence", "assets", "work")}
        return own | {"member": self.membership.body.key}


class Consent(models.Model):
    """A member's agreement to a settlement, by its own resolution."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="consents")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="consents")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "membership"], name="a_member_consents_once_to_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.body} to {self.settlement}"

    @property
    def stands(self) -> bool:
        """Whether the minute by which the member agreed was not withdrawn."""
        return not self.decision.is_withdrawn


class Meeting(models.Model):
    """What the members decided at a meeting, by the votes and the quorum of their terms."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="meetings")
    #: The number of the terms whose votes and quorum counted.
    terms_number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    question = models.CharField(max_length=300)
    #: How each member voted, by the key of the council.
    cast = models.JSONField()
    present = models.PositiveIntegerField()
    votes_for = models.PositiveIntegerField()
    votes_against = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField()
    is_carried = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="a_meeting_decides_something"),
            models.CheckConstraint(
                condition=Q(is_carried=False)
                | Q(present__gte=F("quorum"), votes_for__gt=F("votes_against")),
                name="what_is_carried_had_a_quorum_and_a_majority",
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("votes_for") + F("votes_against")),
                name="nobody_votes_who_was_not_there",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_quorate(self) -> bool:
        return self.present >= self.quorum


class Resource(models.Model):
    """Something a member lends, hires out or shares with the others of its cluster."""

    class Way(models.TextChoices):
        LEND = "lend", "Lent"
        HIRE = "hire", "Hired out"
        SHARE = "share", "Shared"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="resources")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="resources")
    name = models.CharField(max_length=200)
    way = models.CharField(max_length=10, choices=Way)
    on_terms = models.TextField()
    offered_at = models.DateTimeField()
    #: Kept, and offered no more.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["lend", "hire", "share"]) & ~Q(name="") & ~Q(on_terms=""),
                name="a_resource_has_a_name_a_way_and_terms",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Handover(models.Model):
    """Who has a listed thing, or finishes the open work of a service, when a cluster is dissolved.

    A service of which no work is open is handed to nobody.
    """

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="handovers")
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scope = models.ForeignKey(
        Scope, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: What it is, in the words of the day it was drawn up: a service may be called otherwise since.
    what = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "resource"], name="each_thing_is_handed_over_once"
            ),
            models.UniqueConstraint(
                fields=["settlement", "scope"], name="the_work_of_a_service_is_handed_over_once"
            ),
            models.CheckConstraint(
                condition=Q(resource__isnull=False, scope__isnull=True, membership__isnull=False)
                | Q(resource__isnull=True, scope__isnull=False),
                name="a_thing_or_the_work_of_a_service_is_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.who}"

    @property
    def who(self) -> str:
        """Who has it afterwards."""
        return self.membership.body.name if self.membership else "There is none"

    def facts(self) -> dict[str, Any]:
        """Return what is hashed of it."""
        key = self.membership.body.key if self.membership else ""
        said: dict[str, Any] = {"what": self.what, "member": key}
        if self.resource is not None:
            return said | {"thing": self.resource_id, "of": self.resource.membership.body.key}
        return said | {"service": self.scope.service.code if self.scope else ""}
