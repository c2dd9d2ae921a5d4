from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.devolution.interest.models.expressions import Expression
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject


class FundQuerySet(VersionedQuerySet):
    """Funds, in the county's words."""

    def open_on(self, on: date) -> Self:
        """Keep those that somebody may apply to on a day."""
        return self.filter(
            Q(opens_on__isnull=True) | Q(opens_on__lte=on),
            Q(closes_on__isnull=True) | Q(closes_on__gte=on),
            ended_on__isnull=True,
        )


class Fund(Versioned):
    """Money that somebody gives to whoever takes a service on: by which criteria, and how much."""

    class Reach(models.TextChoices):
        NATIONAL = "national", "National"
        LOCAL = "local", "Local"

    class For(models.TextChoices):
        SETTING_UP = "setting-up", "Setting up"
        RUNNING = "running", "Running costs"
        BOTH = "both", "Setting up and running costs"

    kept_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="funds")
    name = models.CharField(max_length=200)
    given_by = models.CharField(max_length=200)
    reach = models.CharField(max_length=10, choices=Reach)
    pays_for = models.CharField(max_length=10, choices=For)
    #: The kinds of asker that may apply, as expressions name them.
    kinds = models.JSONField()
    criteria = models.TextField(blank=True)
    #: The most that one applicant is given; none where no limit is known.
    most_pence = models.PositiveBigIntegerField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    source = models.TextField()
    checked_on = models.DateField()
    #: All there is to give, where it is the county's own fund.
    pot_pence = models.PositiveBigIntegerField(null=True, blank=True)
    #: The day on which an officer took it off the list.
    ended_on = models.DateField(null=True, blank=True)

    objects = FundQuerySet.as_manager()
    #: The key of a fund that comes with the package and is no row.
    package_key = ""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(given_by="") & ~Q(source=""),
                name="a_fund_has_a_name_a_giver_and_a_source",
            ),
            models.CheckConstraint(
                condition=Q(
                    reach__in=["national", "local"], pays_for__in=["setting-up", "running", "both"]
                ),
                name="a_fund_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="a_fund_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"fund-{self.pk}"

    @property
    def subject(self) -> Subject:
        bodies = (self.kept_by.key,)
        return Subject("fund", self.key, self.get_absolute_url(), bodies=bodies)

    def get_absolute_url(self) -> str:
        if self.package_key:
            return reverse("interest:national-fund", args=[self.package_key])
        return reverse("interest:fund", args=[self.pk])

    def is_open(self, on: date) -> bool:
        """Whether somebody may apply on a day."""
        is_before = self.opens_on is not None and on < self.opens_on
        is_after = self.closes_on is not None and on > self.closes_on
        return self.ended_on is None and not is_before and not is_after

    @property
    def for_whom(self) -> str:
        """Who may apply, in words."""
        named = [Expression.Kind(kind) for kind in Expression.Kind.values if kind in self.kinds]
        return "; ".join(str(kind.label) for kind in named)


class Award(models.Model):
    """What a fund of the county gives to whoever asked. It is taken back, never deleted."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="awards")
    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="awards")
    amount_pence = models.PositiveBigIntegerField()
    awarded_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gte=1), name="an_award_is_more_than_nothing"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_on__isnull=True) | Q(taken_back_on__gte=F("awarded_on")),
                name="an_award_is_taken_back_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund}: award {self.pk}"
