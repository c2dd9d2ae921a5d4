from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.tables.problems import Problem
from waywarden.fabric.tables.reading import Row, Sheet


class UploadQuerySet(VersionedQuerySet):
    """Tables that were sent, in words."""

    def of(self, body_key: str) -> Self:
        """Keep what was sent for one body."""
        return self.filter(body_key=body_key)

    def held_since(self, moment: datetime) -> Self:
        """Keep those that were sent before a moment and whose rows are still here."""
        return self.filter(received_at__lt=moment, emptied_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")


class Upload(Versioned):
    """A table somebody sent: its rows as they were read, and what was decided about them."""

    class Status(models.TextChoices):
        READ = "read", "Read, and not decided on"
        TAKEN = "taken", "Taken in"
        LEFT = "left", "Left out, all of it"

    MOVES = {Status.READ: {Status.TAKEN, Status.LEFT}, Status.TAKEN: set(), Status.LEFT: set()}

    kind = models.CharField(max_length=40)
    by_key = models.CharField(max_length=200)
    body_key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="of the file, or that it was pasted")
    #: Headings, rows and what is wrong with their shape. They may hold personal values.
    table = models.JSONField()
    status = models.CharField(max_length=5, choices=Status, default=Status.READ)
    received_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    #: How many rows were new, changed, the same and left out, and why each was left out.
    outcome = models.JSONField(default=dict)
    #: When its rows, its name and what was wrong with it were forgotten.
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "body_key", "by_key", "sha256"],
                condition=Q(status="read"),
                name="a_table_waits_for_a_decision_once",
            ),
            models.CheckConstraint(
                condition=Q(status="read", decided_at__isnull=True)
                | Q(status__in=["taken", "left"], decided_at__isnull=False),
                name="an_upload_is_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | ~Q(status="read"),
                name="no_table_that_waits_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits(self) -> bool:
        return self.status == self.Status.READ

    @property
    def sheet(self) -> Sheet:
        """The table as it was read."""
        return Sheet(
            tuple(self.table["headings"]),
            tuple(Row(number, cells) for number, cells in self.table["rows"]),
            tuple(Problem(*problem) for problem in self.table["problems"]),
        )

    @property
    def left_out(self) -> list[Problem]:
        """What was wrong with each row that was left out."""
        return [Problem(*problem) for problem in self.outcome.get("problems", [])]


def table_of(sheet: Sheet) -> dict[str, Any]:
    """Return a table as it is kept."""
    return {
        "headings": list(sheet.headings),
        "rows": [[row.number, dict(row.cells)] for row in sheet.rows],
        "problems": [[p.row_number, p.column, p.sentence] for p in sheet.problems],
    }
