from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q


class ChoreQuerySet(models.QuerySet):
    """Chores, as the worker asks for them."""

    def open_to(self, today: date, now: datetime) -> Self:
        """Keep what has not been done today and nobody is at."""
        undone = Q(done_on__isnull=True) | Q(done_on__lt=today)
        return self.filter(undone, Q(taken_until__isnull=True) | Q(taken_until__lte=now))


class Chore(models.Model):
    """Something done once a day, by whichever worker comes first."""

    name = models.CharField(max_length=200, unique=True)
    done_on = models.DateField(null=True, blank=True)
    #: Until when whoever took it up, or failed at it, has it to themselves.
    taken_until = models.DateTimeField(null=True, blank=True)
    #: Why the last try failed; nothing after one that did not.
    trouble = models.CharField(max_length=300, blank=True)

    objects = ChoreQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class SeenWorker(models.Model):
    """A worker, and when it last said that it was there."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
