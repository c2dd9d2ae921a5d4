from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from waywarden.county.people.models import Person


class LinkQuerySet(models.QuerySet):
    """Links that sign somebody in."""

    def usable(self, now: datetime) -> Self:
        """Keep those that still open: not used, not too old, of somebody who may sign in."""
        return self.filter(used_at__isnull=True, ends_at__gt=now, person__is_active=True)


class Link(models.Model):
    """A link that was mailed and signs its reader in once. Only its hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    #: The browser that asked for it, as the hash of a secret it keeps.
    browser_hash = models.CharField(max_length=64)
    #: Nobody, where the address asked for is nobody's: as much is done for it as for others.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("asked_at")), name="a_link_ends_after_it_is_asked_for"
            )
        ]

    def __str__(self) -> str:
        return f"A link asked for at {self.asked_at:%H:%M}"


class UsedCode(models.Model):
    """A code of somebody's app that has opened once and does not open again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code_hash"], name="a_code_opens_once")
        ]

    def __str__(self) -> str:
        return f"A code used at {self.used_at:%H:%M}"


class SignIn(models.Model):
    """A browser in which somebody has signed in, for them to see and to end."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    #: What they proved who they are by: "a link, then a code".
    ways = models.CharField(max_length=80)
    #: What the browser says it is, in two or three words.
    browser = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.browser}, since {self.began_at:%d %B %Y}"


class FirstRun(models.Model):
    """That the first officer has come. There is one such row at most, so they come once."""

    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="a_site_has_one_first_officer")
        ]

    def __str__(self) -> str:
        return f"Begun on {self.at:%d %B %Y}"
