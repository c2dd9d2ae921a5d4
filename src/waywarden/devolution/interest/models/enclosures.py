from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from waywarden.devolution.interest.models.expressions import Expression
from waywarden.fabric.documents.models import StoredFile


class EnclosureQuerySet(models.QuerySet):
    """Papers that come with an expression, in plain words."""

    def there(self) -> Self:
        """Keep those that nobody has taken back or replaced."""
        return self.filter(file__withdrawn_on__isnull=True)


class Enclosure(models.Model):
    """A paper that comes with an expression. It is taken back by withdrawing its file."""

    #: What an agreement needs sooner or later.
    WANTED = ("constitution", "safeguarding", "insurance")

    class Kind(models.TextChoices):
        CONSTITUTION = "constitution", "Constitution or rules"
        SAFEGUARDING = "safeguarding", "Safeguarding policy"
        INSURANCE = "insurance", "Certificate of insurance"
        ACCOUNTS = "accounts", "Accounts"
        OTHER = "other", "Another paper"

    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="enclosures")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="enclosure")
    kind = models.CharField(max_length=20, choices=Kind)
    #: The last day an insurance covers.
    ends_on = models.DateField(null=True, blank=True)

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="insurance", ends_on__isnull=False)
                | Q(
                    kind__in=["constitution", "safeguarding", "accounts", "other"],
                    ends_on__isnull=True,
                ),
                name="an_enclosure_is_known_and_insurance_has_its_last_day",
            ),
        ]

    def __str__(self) -> str:
        return self.Kind(self.kind).label

    def has_lapsed(self, on: date) -> bool:
        """Whether it is an insurance that covers no more."""
        return self.ends_on is not None and self.ends_on < on
