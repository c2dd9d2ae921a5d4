from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.documents.models import StoredFile


class PaperQuerySet(models.QuerySet):
    """Papers, in the county's words."""

    def of(self, body: Body) -> Self:
        """Keep the papers of one body."""
        return self.filter(body=body)

    def there(self) -> Self:
        """Keep those that nobody has withdrawn."""
        return self.filter(file__withdrawn_on__isnull=True)

    def public(self) -> Self:
        """Keep what everybody may read."""
        return self.filter(is_public=True)


class Paper(models.Model):
    """A file of a body, under a title. It is withdrawn by withdrawing its file."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", "Minutes"
        INSURANCE = "insurance", "Certificate of insurance"
        CONSTITUTION = "constitution", "Constitution"
        OTHER = "other", "Other"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="papers")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="paper")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    is_public = models.BooleanField(default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_paper_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=["minutes", "insurance", "constitution", "other"]),
                name="a_paper_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        return Subject("paper", f"paper-{self.pk}", reverse("papers:papers", args=[self.body.key]))
