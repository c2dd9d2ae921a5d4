from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters.models.clusters import Cluster, Membership
from waywarden.devolution.interest.models import Expression
from waywarden.rules.clusters_terms import digest


class Terms(models.Model):
    """A numbered version of what members agree on: never changed, followed by the next."""

    class OnDefault(models.TextChoices):
        SHARES = "shares", "The others pay, by their shares"
        ALIKE = "alike", "The others pay, all alike"
        LEAD = "lead", "The cluster lead pays"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    #: How the cost is shared: the name of a rule of the library.
    rule = models.CharField(max_length=20)
    whole_pence = models.PositiveBigIntegerField()
    whole_source = models.TextField()
    #: What the shares add up to, counted when they were written.
    counted_pence = models.PositiveBigIntegerField()
    #: The services and the cluster lead, as they were when it was written.
    services = models.TextField()
    led_by = models.CharField(max_length=200)
    #: The group or company that led the cluster; its name is read there, and not hashed.
    led_by_group = models.ForeignKey(
        Expression, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The season that is paid for, both days inclusive.
    season_starts_on = models.DateField()
    season_ends_on = models.DateField()
    notice_days = models.PositiveSmallIntegerField()
    on_default = models.CharField(max_length=10, choices=OnDefault)
    years = models.PositiveSmallIntegerField()
    extension_years = models.PositiveSmallIntegerField()
    #: How many votes must be there for a meeting of the cluster to decide.
    quorum = models.PositiveSmallIntegerField()
    says = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    #: The SHA-256 of all of it with its shares, in the canonical writing of `rules`.
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "number"], name="terms_of_a_cluster_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(counted_pence=F("whole_pence")), name="shares_add_up_to_the_whole"
            ),
            models.CheckConstraint(
                condition=Q(season_ends_on__gte=F("season_starts_on")),
                name="a_season_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(on_default__in=["shares", "alike", "lead"]),
                name="terms_say_who_pays_for_a_member_that_fails",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=25, quorum__gte=1),
                name="terms_are_for_years_and_have_a_quorum",
            ),
        ]

    def __str__(self) -> str:
        return f"Terms {self.number} of {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("clusters:terms", args=[self.cluster.key, self.number])

    @property
    def made_on(self) -> date:
        return localtime(self.made_at).date()

    @property
    def lead_name(self) -> str:
        """Who led the cluster when they were written; blank where nobody did."""
        return self.led_by_group.who if self.led_by_group else self.led_by

    def facts(self) -> dict[str, Any]:
        """Return what is hashed, as the rows say it."""
        own = {
            field.attname: _plain(getattr(self, field.attname))
            for field in self._meta.fields
            if field.attname not in ("id", "hash", "cluster_id", "made_at", "led_by_group_id")
        }
        # Terms of a cluster that a council leads are hashed as they were before groups led any.
        if self.led_by_group:
            own["led_by_group"] = self.led_by_group.key
        shares = self.shares.select_related("membership__body").order_by("membership__body__key")
        return own | {"cluster": self.cluster.key, "shares": [share.facts() for share in shares]}

    def is_as_hashed(self) -> bool:
        """Whether the rows still say what was hashed, and members agreed to."""
        return digest(self.facts()) == self.hash


class Share(models.Model):
    """What one member pays in a year by a version of the terms, and its votes."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="shares")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="shares")
    pence = models.PositiveBigIntegerField()
    alone_pence = models.PositiveBigIntegerField()
    alone_source = models.TextField()
    #: The figure the rule was given for it, in pence; none where it was given none.
    figure_pence = models.PositiveBigIntegerField(null=True, blank=True)
    votes = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "membership"], name="a_member_has_one_share_by_each_terms"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.body} in {self.terms}"

    @property
    def is_above_alone(self) -> bool:
        return self.pence > self.alone_pence

    @property
    def saves(self) -> int:
        return self.alone_pence - self.pence

    def facts(self) -> dict[str, Any]:
        """Return what is hashed of it."""
        named = ("pence", "alone_pence", "alone_source", "figure_pence", "votes")
        own = {name: getattr(self, name) for name in named}
        return own | {"member": self.membership.body.key}


class Agreement(models.Model):
    """A member's agreement to a version of the terms, by its own resolution."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="agreements")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="agreements")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    #: The hash of what was shown to whoever agreed.
    hash = models.CharField(max_length=64)
    #: Whether it agrees to pay more than alone, where it does.
    accepts_above_alone = models.BooleanField(default=False)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "membership"], name="a_member_agrees_once_to_each_terms"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.body} to {self.terms}"

    @property
    def stands(self) -> bool:
        """Whether the minute by which the member agreed was not withdrawn."""
        return not self.decision.is_withdrawn


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
