from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office, Person

#: How long a proposed recovery stands.
PROPOSED_FOR = timedelta(days=28)


class Recovery(models.Model):
    """Two people outside a body let somebody in where nobody is left who could invite.

    One proposes, another agrees; then an invitation goes out. The body sees it.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed: a second person must agree"
        AGREED = "agreed", "Agreed: an invitation went out"
        STOPPED = "stopped", "Stopped: nothing came of it"

    MOVES = {
        Status.PROPOSED: (Status.AGREED, Status.STOPPED),
        Status.AGREED: (),
        Status.STOPPED: (),
    }

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recoveries")
    address = models.EmailField()
    kind = models.CharField(max_length=30, choices=Office.Kind)
    ends_on = models.DateField()
    reason = models.TextField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: In which office they proposed it; none for whoever looks after the installation.
    proposed_as = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_as = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    #: What went out once two people agreed.
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="recovery"
    )

    class Meta:
        # Its table is from the time when this room was a part of the offices.
        db_table = "offices_recovery"
        verbose_name_plural = "recoveries"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="agreed")
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by"))),
                name="a_recovery_takes_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_recovery_has_a_reason"),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(status="proposed"),
                name="a_body_is_recovered_by_one_proposal_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.body}"

    @property
    def key(self) -> str:
        return f"recovery-{self.pk}"

    @property
    def office(self) -> str:
        """The office it would give."""
        return Office(kind=self.kind).title

    @property
    def proposer(self) -> str:
        """Who proposed it, by office and never by name."""
        return str(self.proposed_as or self.proposed_by.actor.shown_as)

    @property
    def answerer(self) -> str:
        """Who agreed to it or stopped it, by office and never by name."""
        if self.answered_by is None:
            return "Nobody"
        return str(self.answered_as or self.answered_by.actor.shown_as)

    @property
    def lapses_at(self) -> datetime:
        return self.proposed_at + PROPOSED_FOR

    def is_open(self, now: datetime) -> bool:
        """Whether something can still come of it."""
        return self.status == self.Status.PROPOSED and now < self.lapses_at

    def stands(self, now: datetime) -> str:
        """How it stands, in words; a proposal lapses without anybody's doing."""
        # One that had lapsed and gave way to another was stopped by nobody.
        gave_way = self.status == self.Status.STOPPED and self.answered_by_id is None
        if gave_way or (self.status == self.Status.PROPOSED and not self.is_open(now)):
            return f"Lapsed on {localtime(self.lapses_at):%-d %B %Y}: nothing came of it"
        return str(self.get_status_display())
