import hashlib
import json
from typing import Any

from django.db import models

FIRST = "0" * 64


class Immutable(Exception):
    """Somebody tried to change or remove a line of the journal."""


class AppendOnly(models.QuerySet):
    """A journal is written at its end and nowhere else."""

    def update(self, **changes: Any) -> int:
        raise Immutable("A line of the journal cannot be changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Immutable("A line of the journal cannot be removed.")

    def about(self, kind: str, key: str) -> "AppendOnly":
        """Keep the lines about one thing."""
        return self.filter(subject_kind=kind, subject_key=key)


class Entry(models.Model):
    """One line: who did what to which thing, with the fields before and after."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_key = models.CharField(max_length=200)
    actor_shown_as = models.CharField(max_length=200)
    did = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=50)
    subject_key = models.CharField(max_length=200)
    subject_url = models.CharField(max_length=500, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"], name="lines_about_one_thing")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.actor_shown_as} {self.did} {self.subject_key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; refuse to write over one."""
        if not self._state.adding:
            raise Immutable("A line of the journal cannot be changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Immutable("A line of the journal cannot be removed.")

    def expected_hash(self) -> str:
        """Return the SHA-256 over this line's canonical text and the hash before it."""
        content = [
            self.number,
            self.at.isoformat(timespec="microseconds"),
            [self.actor_key, self.actor_shown_as],
            self.did,
            [self.subject_kind, self.subject_key, self.subject_url],
            self.before,
            self.after,
            self.reason,
            self.previous_hash,
        ]
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


class Head(models.Model):
    """The journal's last line. Its one row is locked by whoever writes the next."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="journal_has_one_head")
        ]

    def __str__(self) -> str:
        return f"line {self.number}"
