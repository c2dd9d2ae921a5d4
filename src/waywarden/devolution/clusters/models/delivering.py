from django.db import models
from django.db.models import Q

from waywarden.devolution.clusters.models.clusters import Scope
from waywarden.devolution.interest.models import Expression


class Stated(models.Model):
    """What somebody told a cluster of one way to deliver a service: who said it, and when."""

    class Aspect(models.TextChoices):
        COST = "cost", "Cost a year"
        JOBS = "jobs", "Jobs"
        TRAINING = "training", "Training"
        VAT = "vat", "VAT"
        INSURANCE = "insurance", "Insurance"
        CAPACITY = "capacity", "Capacity"

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="stated")
    model = models.CharField(max_length=10, choices=Scope.Model)
    aspect = models.CharField(max_length=10, choices=Aspect)
    #: In words; of a cost, in pence a year without VAT. Neither once it is said no more.
    says = models.TextField(blank=True)
    pence = models.PositiveBigIntegerField(null=True, blank=True)
    #: Who said so: in words, or a group or company that asked the county, whose name stands there.
    said_by = models.CharField(max_length=200, blank=True)
    expression = models.ForeignKey(
        Expression, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "model", "aspect"], name="of_a_model_each_thing_is_stated_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    model__in=["own", "shared", "contractor", "local", "volunteers", "county"],
                    aspect__in=["cost", "jobs", "training", "vat", "insurance", "capacity"],
                ),
                name="what_is_stated_is_of_a_known_model_and_aspect",
            ),
            models.CheckConstraint(
                condition=Q(aspect="cost", says="") | ~Q(aspect="cost") & Q(pence__isnull=True),
                name="a_cost_is_stated_in_pence_and_all_else_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(said_by="") & Q(expression__isnull=True)
                | Q(said_by="", expression__isnull=False),
                name="what_is_stated_names_who_said_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_model_display()}: {self.get_aspect_display()}"

    @property
    def who(self) -> str:
        """Who said so."""
        return self.expression.who if self.expression else self.said_by

    @property
    def is_known(self) -> bool:
        """Whether anything is said still."""
        return bool(self.says) or self.pence is not None
