from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.fabric.common.subjects import Subject

#: How long somebody may think an invitation over.
INVITED_FOR = timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    """Invitations, in the county's words."""

    def to_body(self, body: Body) -> Self:
        """Keep the invitations to a body's offices."""
        return self.filter(body=body)

    def open(self, now: datetime, today: date) -> Self:
        """Keep what can be accepted: not answered, not lapsed, from somebody still in office."""
        still_there = Q(sent_by__isnull=True) | (
            Q(sent_by__ends_on__gte=today) & Q(sent_by__ended_at__isnull=True)
        )
        return self.filter(still_there, status=Invitation.Status.SENT, expires_at__gt=now)

    def lapsed(self, now: datetime, today: date) -> Self:
        """Keep what nobody has answered and nobody can accept any more."""
        can_be_accepted = self.open(now, today).values("pk")
        return self.filter(status=Invitation.Status.SENT).exclude(pk__in=can_be_accepted)


class Invitation(models.Model):
    """An office offered to whoever reads the mail of an address. One who accepts holds it."""

    class Status(models.TextChoices):
        SENT = "sent", "Sent: nobody has answered it"
        ACCEPTED = "accepted", "Accepted: the office is theirs"
        WITHDRAWN = "withdrawn", "Withdrawn: it cannot be accepted any more"

    MOVES = {
        Status.SENT: (Status.ACCEPTED, Status.WITHDRAWN),
        Status.ACCEPTED: (),
        Status.WITHDRAWN: (),
    }

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=30, choices=Office.Kind)
    portfolio = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    address = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    #: The office of whoever sent it. When that ends, so does the invitation.
    sent_by = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_sent"
    )
    #: The office it takes over, where it hands one over.
    in_place_of = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="handed_over_by"
    )
    #: Whether the old holder leaves the moment it is accepted, and not the day before it starts.
    leaves_at_once = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.SENT)
    answered_at = models.DateTimeField(null=True, blank=True)
    gave = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="given_by"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="an_office_offered_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", answered_at__isnull=True)
                | Q(status__in=["accepted", "withdrawn"], answered_at__isnull=False),
                name="an_invitation_is_answered_at_a_moment",
            ),
            models.UniqueConstraint(
                F("body"),
                F("kind"),
                F("portfolio"),
                Lower("address"),
                condition=Q(status="sent"),
                name="an_office_is_offered_once_to_each_address",
            ),
            models.UniqueConstraint(
                fields=["in_place_of"],
                condition=Q(status__in=["sent", "accepted"]),
                name="an_office_is_handed_over_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.body}"

    @property
    def key(self) -> str:
        """The name the journal knows it by: it says nothing of who was invited."""
        return f"invitation-{self.pk}"

    @property
    def title(self) -> str:
        """The office offered, without its body."""
        return Office(kind=self.kind, portfolio=self.portfolio).title

    @property
    def subject(self) -> Subject:
        return Subject("invitation", self.key)
