from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office, Person

#: The longest anybody from outside looks into a body's own matters at one go.
MOST_HOURS = 8


class OperatorAccess(models.Model):
    """Somebody from outside a body looks into its own matters: why, and for how long."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: In which office; none for whoever looks after the installation.
    opened_as = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="looked_into")
    reason = models.TextField()
    starts_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # Its table is from the time when this room was a part of the offices.
        db_table = "offices_operatoraccess"
        verbose_name_plural = "operator accesses"
        indexes = [models.Index(fields=["body", "starts_at"], name="who_looked_into_a_body_when")]
        constraints = [
            # Kept in hours: a database cannot compare a moment with another one and a span
            # in the same words everywhere.
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=MOST_HOURS),
                name="access_from_outside_lasts_eight_hours_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="access_from_outside_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_as} in {self.body}"

    @property
    def shown_as(self) -> str:
        """Who it is, by office and never by name."""
        return str(self.opened_as) if self.opened_as else self.person.actor.shown_as

    @property
    def ends_at(self) -> datetime:
        """When it ends, or ended, by itself or because it was closed."""
        lapses_at = self.starts_at + timedelta(hours=self.hours)
        return min(lapses_at, self.closed_at) if self.closed_at else lapses_at

    def is_open(self, now: datetime) -> bool:
        """Whether it lasts at a moment, as far as the clock goes."""
        return self.starts_at <= now < self.ends_at
