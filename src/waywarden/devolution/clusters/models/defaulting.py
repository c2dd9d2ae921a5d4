from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from waywarden.devolution.clusters.models.clusters import Cluster, Membership
from waywarden.devolution.clusters.models.terms import Terms


class Default(models.Model):
    """What a member did not pay, and what the others owe for it by their terms; kept for good."""

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", "The record was wrong and is withdrawn"
        BORNE = "borne", "The others have borne it, as recorded"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="defaults")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="defaults")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="defaults")
    #: The day by which it was to pay, and how much of it is missing.
    due_on = models.DateField()
    unpaid_pence = models.PositiveBigIntegerField()
    #: What the others owe for it together, counted when that was written.
    counted_pence = models.PositiveBigIntegerField()
    #: The invoice, resolution or minute that shows it.
    reference = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    paid_on = models.DateField(null=True, blank=True)
    paid_reference = models.CharField(max_length=200, blank=True)
    #: How it ended without being paid, when, and why; blank while it did not.
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unpaid_pence__gte=1) & ~Q(reference=""),
                name="a_default_says_what_is_unpaid_and_what_shows_it",
            ),
            models.CheckConstraint(
                condition=Q(counted_pence=F("unpaid_pence")),
                name="the_others_owe_what_is_unpaid",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_reference="")
                | Q(paid_on__isnull=False) & ~Q(paid_reference=""),
                name="what_was_unpaid_is_paid_on_a_day_by_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True, ended_why="")
                | Q(ending__in=["withdrawn", "borne"], ended_on__isnull=False, paid_on__isnull=True)
                & ~Q(ended_why=""),
                name="what_is_unpaid_ends_on_a_day_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["membership", "due_on", "reference"],
                condition=Q(paid_on__isnull=True, ending=""),
                name="what_is_unpaid_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.body}, unpaid since {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.paid_on is None and not self.ending

    @property
    def is_owed(self) -> bool:
        """Whether it was neither paid nor recorded by mistake."""
        return self.paid_on is None and self.ending != self.Ending.WITHDRAWN

    @property
    def recorded_on(self) -> date:
        return localtime(self.recorded_at).date()


class Owed(models.Model):
    """What one of the others owes while a member does not pay."""

    default = models.ForeignKey(Default, on_delete=models.PROTECT, related_name="owed")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="owed")
    pence = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["default", "membership"], name="each_of_the_others_owes_once_for_a_default"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.body} for {self.default}"
