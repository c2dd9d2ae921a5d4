from django.db import models

from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.documents.models import StoredFile


class LetterBundle(models.Model):
    """All letters of a plan in one file: asked for once, and there as soon as it is made."""

    run = models.OneToOneField(PlanRun, on_delete=models.PROTECT, related_name="letters")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="letter_bundles"
    )
    councils_done = models.PositiveIntegerField(default=0)
    asked_by_key = models.CharField(max_length=200)
    asked_by_shown_as = models.CharField(max_length=300)
    asked_at = models.DateTimeField()

    class Meta:
        # Its table is from the time when this room was a part of the plans.
        db_table = "plans_letterbundle"

    def __str__(self) -> str:
        return f"Letters of {self.run}"
