import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from waywarden.fabric.journal.verifying import FIRST, Published, hash_of


class Immutable(Exception):
    """Somebody tried to change or remove a line of the journal."""


class AppendOnly(models.QuerySet):
    """A journal is written at its end and nowhere else."""

    def update(self, **changes: Any) -> int:
        raise Immutable("A line of the journal cannot be changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Immutable("A line of the journal cannot be removed.")

    def about(self, kind: str, key: str) -> Self:
        """Keep the lines about one thing."""
        return self.filter(subject_kind=kind, subject_key=key)

    def concerning(self, body: str) -> Self:
        """Keep the lines that concern a body: what it did, and what was done about it."""
        return self.filter(concerns__body_key=body)


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
    #: The keys of the bodies it concerns. `Concern` holds them again, to be found by.
    bodies = models.JSONField(default=list)
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

    def as_line(self) -> dict[str, Any]:
        """Return this line as it is exported and checked."""
        return {
            "number": self.number,
            "at": self.at.isoformat(timespec="microseconds"),
            "actor": [self.actor_key, self.actor_shown_as],
            "did": self.did,
            "subject": [self.subject_kind, self.subject_key, self.subject_url],
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "bodies": self.bodies,
            "previous_hash": self.previous_hash,
            "hash": self.hash,
        }

    def as_sealed_line(self) -> dict[str, Any]:
        """Return this line for whoever may not read it: its place in the chain alone."""
        return {
            "number": self.number,
            "sealed": True,
            "previous_hash": self.previous_hash,
            "hash": self.hash,
        }

    def expected_hash(self) -> str:
        """Return the SHA-256 over this line's canonical text and the hash before it."""
        return hash_of(self.as_line())


class Concern(models.Model):
    """A line concerns a body: written with the line, so that a body's trail is found quickly."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="concerns")
    body_key = models.CharField(max_length=120)

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_key", "entry"], name="a_line_concerns_a_body_once"
            )
        ]

    def __str__(self) -> str:
        return f"line {self.entry_id} concerns {self.body_key}"


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


class PublishedHead(models.Model):
    """The journal's last line as it was made known on a day, for everybody to keep a copy of."""

    day = models.DateField(unique=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = AppendOnly.as_manager()

    def __str__(self) -> str:
        return f"line {self.number} on {self.day:%d %B %Y}"

    @property
    def published(self) -> Published:
        """This head, as the checking of a chain knows it."""
        return Published(self.number, self.hash, f"{self.day.day} {self.day:%B %Y}")


class PersonalValue(models.Model):
    """A value that says something of a person. The chain holds its salted hash, and stays whole.

    Erased, it loses its salt as well: with the salt a short value, such as a
    telephone number, could be found again by trying them all.
    """

    reference = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: The key of whoever it says something of; never their name.
    person_key = models.CharField(max_length=200, db_index=True)
    salt = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(salt="", value=""),
                name="what_is_erased_is_gone",
            )
        ]

    def __str__(self) -> str:
        return f"value {self.reference}"
