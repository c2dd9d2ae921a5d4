from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from waywarden.devolution.clusters.models.clusters import Membership

#: On how many days the link of a letter opens the page at most, that of the letter included.
LINK_DAYS = 92


class Link(models.Model):
    """The link of a letter by which a council answers where nobody of it signs in."""

    class State(models.TextChoices):
        WORKS = "works", "It works"
        ENDED = "ended", "It was ended"
        REPLACED = "replaced", "A newer letter took its place"
        ANSWERED = "answered", "It was answered"
        OVER = "over", "The cluster is not forming or formed any more"
        LAPSED = "lapsed", "It has lapsed"

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="links")
    #: Which of the letters with a link to this council it stood in.
    number = models.PositiveSmallIntegerField()
    #: The SHA-256 of the secret in the link.
    token_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    #: When an officer ended it; none while nobody did.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], name="a_link_to_a_council_opens_one_invitation"
            ),
            models.UniqueConstraint(
                fields=["membership", "number"], name="links_to_a_council_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(token_hash=""),
                name="a_link_to_a_council_has_a_number_and_a_secret",
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.number}: {self.membership}"

    @property
    def sent_on(self) -> date:
        return localtime(self.sent_at).date()

    @property
    def ends_on(self) -> date:
        """The last day on which it opens the page, if nothing ends it before."""
        return self.sent_on + timedelta(days=LINK_DAYS - 1)

    @property
    def is_answered(self) -> bool:
        """Whether the council answered after it was sent, by it or otherwise."""
        answered_at = self.membership.answered_at
        return answered_at is not None and answered_at >= self.sent_at

    def state(self, today: date) -> "Link.State":
        """Whether it opens the page on a day, and otherwise why not."""
        reasons = (
            (self.ended_at is not None, self.State.ENDED),
            (self._is_followed(), self.State.REPLACED),
            (not self.membership.cluster.is_under_way, self.State.OVER),
            (self.is_answered, self.State.ANSWERED),
            (today > self.ends_on, self.State.LAPSED),
        )
        return next((state for holds, state in reasons if holds), self.State.WORKS)

    def works(self, today: date) -> bool:
        """Whether it opens the page on a day."""
        return self.state(today) == self.State.WORKS

    def _is_followed(self) -> bool:
        return any(each.number > self.number for each in self.membership.links.all())
