from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django import forms
from django.db import models
from django.http import QueryDict


class Submission(models.Model):
    """A form that was accepted, and the answer it was given.

    Written in the transaction of the change itself: whoever sends the same form
    again is given the same answer, and nothing is done twice.
    """

    key = models.UUIDField(primary_key=True)
    #: The key of whoever sent it, which says nothing of who they are; blank for a visitor.
    who = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.path} at {self.at:%H:%M on %d %B %Y}"


class DraftQuerySet(models.QuerySet):
    """Drafts, by whose they are."""

    def begun_by(self, who: str) -> Self:
        """Keep the drafts of one person."""
        return self.filter(who=who)

    def to_finish(self, bodies: Iterable[str]) -> Self:
        """Keep those whose form can be found again, for some bodies or for none, newest first."""
        return self.filter(body__in=["", *bodies]).exclude(back="").order_by("-saved_at")


class Draft(models.Model):
    """What somebody has typed into a form and not sent yet: theirs, or later their successor's."""

    who = models.CharField(max_length=200)
    #: The body for which they fill in the form: drafts are handed over with the office.
    body = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    #: What the form is called, and where it is filled in: a list of drafts leads there.
    called = models.CharField(max_length=200, blank=True)
    back = models.CharField(max_length=500, blank=True)
    #: Each field's name with all its values, as the browser sends them.
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["who", "body", "form", "about"],
                name="a_person_has_one_draft_of_a_form_about_a_thing",
            )
        ]

    def __str__(self) -> str:
        return self.called or self.form

    @property
    def seen_by(self) -> str:
        """Say who can read it, now and later."""
        if not self.body:
            return "Only you can see it."
        return (
            "Only you can see it while you hold the office; when you have left, your "
            "successor gets it."
        )

    def initial(self, form: type[forms.BaseForm]) -> dict[str, Any]:
        """Return what was typed, for the fields of a form to start with."""
        sent = QueryDict(mutable=True)
        for name, values in self.fields.items():
            sent.setlist(name, values)
        return {
            name: field.widget.value_from_datadict(sent, {}, name)
            for name, field in form.base_fields.items()  # type: ignore[attr-defined]
            if not field.widget.value_omitted_from_data(sent, {}, name)
        }


class BucketQuerySet(models.QuerySet):
    """Buckets, by how full they are."""

    def full(self, now: datetime) -> Self:
        """Keep those that say nothing any more: whoever they belong to has not come for long."""
        return self.filter(full_at__lte=now)


class Bucket(models.Model):
    """How often somebody has asked for something of late: a moment when all is forgotten again.

    Its key is a keyed hash: the row says neither who it was nor what their address is.
    """

    key = models.CharField(max_length=64, primary_key=True)
    full_at = models.DateTimeField(db_index=True)

    objects = BucketQuerySet.as_manager()

    def __str__(self) -> str:
        return f"A bucket that is full again at {self.full_at:%H:%M}"
