"""Abstract records: things that begin and end, figures that say where they come from."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from waywarden.fabric.common.refusals import Overtaken
from waywarden.rules.periods import Period


class Confidence(models.TextChoices):
    """How sure a figure is, as a letter that pages show beside it."""

    READ = "A", "A: read in the source named"
    DERIVED = "B", "B: worked out from figures that were read"
    ESTIMATE = "C", "C: an estimate or a judgement"


class DatedQuerySet(models.QuerySet):
    """Questions about things that begin and end."""

    def as_of(self, day: date) -> Self:
        """Keep what was in being on ``day``; a beginning or end not known does not exclude."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )


DatedManager = models.Manager.from_queryset(DatedQuerySet)


class Dated(models.Model):
    """Something that begins and ends. Both days are inclusive; a blank one is not known or open."""

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_it_starts",
            )
        ]

    @property
    def period(self) -> Period:
        """The days on which this is in being."""
        return Period(self.starts_on, self.ends_on)


class Sourced(models.Model):
    """A statement that names its source, the date the source gives, and how sure it is."""

    source = models.TextField()
    stated_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=1, choices=Confidence)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="%(class)s_names_its_source"),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values),
                name="%(class)s_has_a_known_confidence",
            ),
        ]


class VersionedQuerySet(models.QuerySet):
    """Writes that lose nothing when two people change one row at once."""

    def change(self, row: "Versioned", **fields: Any) -> bool:
        """Change a row if it is still as it was read; say whether it was.

        One statement, so that of two who read the same version one alone wins,
        on every database. The row in hand then carries the new values.
        """
        found = self.filter(pk=row.pk, version=row.version)
        if not found.update(**fields, version=F("version") + 1):
            return False
        for name, value in fields.items():
            setattr(row, name, value)
        row.version += 1
        return True

    def change_as_read(self, row: "Versioned", version: int, **fields: Any) -> None:
        """Change a row that was shown in a version, or raise ``Overtaken`` and change nothing."""
        if row.version != version or not self.change(row, **fields):
            raise Overtaken


class Versioned(models.Model):
    """A row that people edit: each change counts its version up by one."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
