from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from waywarden.fabric.common.subjects import Subject


class How(models.TextChoices):
    """How somebody wants to be told of a topic."""

    NOW = "now", "At once"
    DAILY = "daily", "Once a day, at seven in the morning"
    WEEKLY = "weekly", "Once a week, on Monday morning"
    NEVER = "never", "Not at all"


class NoticeQuerySet(models.QuerySet):
    """Notices, as the worker asks for them."""

    def to_send(self, at: datetime) -> Self:
        """Keep what may be taken up: due, or taken by a worker that has not come back."""

        waiting = Q(status__in=(Status.WAITING, Status.FAILED), how=How.NOW, due_at__lte=at)
        return self.filter(waiting | Q(status=Status.TAKEN, taken_until__lte=at))

    def to_gather(self, at: datetime) -> Self:
        """Keep what belongs in a digest that is due."""
        put_off = self.filter(status=Notice.Status.WAITING, due_at__lte=at)
        return put_off.filter(how__in=(How.DAILY, How.WEEKLY))

    def set_aside(self) -> Self:
        """Keep what was tried too often."""
        return self.filter(status=Notice.Status.QUARANTINED)


class Notice(models.Model):
    """One thing told to one person, from the change it tells of until it has left."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TAKEN = "taken", "Being sent"
        SENT = "sent", "Sent"
        GATHERED = "gathered", "Put into a digest"
        DROPPED = "dropped", "Not wanted"
        FAILED = "failed", "To be tried again"
        QUARANTINED = "quarantined", "Set aside"

    class Went(models.TextChoices):
        SERVER = "server", "To the mail server"
        FILE = "file", "Into a file"
        HELD = "held", "Into a file, for it was meant for outside"

    #: Fixed once and for all: mail programs show a letter that comes twice as one.
    message_id = models.CharField(max_length=200, unique=True)
    to_key = models.CharField(max_length=200)
    to_email = models.EmailField(blank=True)
    to_shown_as = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=50)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    why = models.TextField(blank=True)
    reply_to = models.EmailField(blank=True)
    by_key = models.CharField(max_length=200)
    told_on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    status = models.CharField(max_length=20, choices=Status, default=Status.WAITING)
    #: Not to be sent before.
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    #: Which worker has it, and until when nobody else may take it up.
    claim = models.CharField(max_length=40, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    went = models.CharField(max_length=10, choices=Went, blank=True)
    #: Why the last try failed, without anybody's address.
    trouble = models.CharField(max_length=300, blank=True)
    in_digest = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=(
                        "waiting",
                        "taken",
                        "sent",
                        "gathered",
                        "dropped",
                        "failed",
                        "quarantined",
                    )
                ),
                name="a_notice_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(how__in=(How.NOW, How.DAILY, How.WEEKLY)),
                name="a_notice_goes_out_somehow",
            ),
            models.CheckConstraint(
                condition=Q(status="taken", taken_until__isnull=False) & ~Q(claim="")
                | ~Q(status="taken") & Q(taken_until__isnull=True, claim=""),
                name="a_taken_notice_says_by_whom_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) & ~Q(went="")
                | ~Q(status="sent") & Q(sent_at__isnull=True, went=""),
                name="a_sent_notice_says_when_and_where_to",
            ),
            models.CheckConstraint(
                condition=Q(status="gathered", in_digest__isnull=False)
                | ~Q(status="gathered") & Q(in_digest__isnull=True),
                name="a_gathered_notice_names_its_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="notices_to_send"),
            models.Index(fields=["to_key", "topic"], name="notices_to_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} to {self.to_key}"


Status = Notice.Status

MOVES: dict[str, frozenset[str]] = {
    Status.WAITING: frozenset({Status.TAKEN, Status.GATHERED, Status.DROPPED}),
    Status.TAKEN: frozenset({Status.TAKEN, Status.SENT, Status.FAILED, Status.QUARANTINED}),
    Status.FAILED: frozenset({Status.TAKEN}),
    Status.QUARANTINED: frozenset({Status.WAITING, Status.DROPPED}),
    Status.SENT: frozenset(),
    Status.GATHERED: frozenset(),
    Status.DROPPED: frozenset(),
}


class Preference(models.Model):
    """How a person wants to be told of a topic, where they have chosen."""

    key = models.CharField(max_length=200)
    topic = models.CharField(max_length=50)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "topic"], name="a_person_chooses_once_for_each_topic"
            ),
            models.CheckConstraint(
                condition=Q(how__in=How.values), name="a_preference_is_a_known_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.topic} {self.how}"


class FeedToken(models.Model):
    """A private calendar address somebody made; only its hash is kept."""

    key = models.CharField(max_length=200)
    #: Whose dates the calendar shows: the key of something the person may follow.
    what = models.CharField(max_length=200)
    shown_as = models.CharField(max_length=300)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["key"], name="feeds_of_somebody")]

    def __str__(self) -> str:
        return f"{self.key}: {self.what}"

    @property
    def subject(self) -> Subject:
        """The address as the journal names it."""
        return Subject("calendar", f"calendar-{self.pk}")
