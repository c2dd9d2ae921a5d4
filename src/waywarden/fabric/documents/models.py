from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.documents.kinds import CALLED, ENDINGS


class StoredFileQuerySet(models.QuerySet):
    """Stored files, in plain words."""

    def kept_for(self, subject: Subject) -> Self:
        """Keep the files of one thing."""
        return self.filter(kept_for_kind=subject.kind, kept_for_key=subject.key)

    def there(self) -> Self:
        """Keep those that nobody has withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class StoredFile(models.Model):
    """A file that was kept for something: its content lies under its hash, outside the database."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, choices=CALLED)
    name = models.CharField(max_length=140)
    kept_for_kind = models.CharField(max_length=40)
    kept_for_key = models.CharField(max_length=200)
    body_key = models.CharField(max_length=120, blank=True)
    by_key = models.CharField(max_length=200)
    by_shown_as = models.CharField(max_length=300)
    kept_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kept_for_kind", "kept_for_key"], name="files_of_one_thing"),
            models.Index(fields=["sha256"], name="files_of_one_content"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(sha256=""), name="a_stored_file_has_a_hash"),
            models.CheckConstraint(condition=Q(size__gte=1), name="a_stored_file_is_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="a_stored_file_has_a_name"),
            models.CheckConstraint(
                condition=Q(media_type__in=list(ENDINGS)), name="a_stored_file_is_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        return Subject("file", f"file-{self.pk}")

    @property
    def called(self) -> str:
        """What kind of file it is, in words."""
        return CALLED[self.media_type]

    def is_there(self, on: date) -> bool:
        """Whether it was still offered on a day."""
        return self.withdrawn_on is None or self.withdrawn_on > on


class OwnContent(models.Model):
    """Content that this database brought to the disk, or let go: no other is ever removed by it.

    The folder may hold what another database alone names, as where an address was mistyped.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    #: When it was last brought or let go.
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(sha256=""), name="own_content_has_a_hash"),
        ]

    def __str__(self) -> str:
        return self.sha256
