from datetime import date

from django.db import models

from waywarden.fabric.common.models import (
    Dated,
    DatedManager,
    DatedQuerySet,
    Sourced,
    Versioned,
    VersionedQuerySet,
)
from waywarden.fabric.common.subjects import Subject


class BodyQuerySet(DatedQuerySet):
    """Bodies, in the county's words."""

    def examples(self) -> "BodyQuerySet":
        """Keep the made-up bodies of the demonstration that have not been withdrawn."""
        return self.filter(is_example=True, withdrawn_on__isnull=True)

    def listed(self) -> "BodyQuerySet":
        """Keep what pages may show."""
        return self.filter(withdrawn_on__isnull=True)


class Body(Dated):
    """A council or another organisation that can deliver, decide or take part."""

    class Kind(models.TextChoices):
        COUNTY = "county", "County council"
        DISTRICT = "district", "District council"
        CITY = "city", "City council (district)"
        UNITARY = "unitary", "Unitary council"
        METROPOLITAN = "metropolitan", "Metropolitan district council"
        LONDON_BOROUGH = "london-borough", "London borough council"
        STRATEGIC = "strategic", "Combined or strategic authority"
        TOWN = "town", "Town council"
        PARISH = "parish", "Parish council"
        MEETING = "parish-meeting", "Parish meeting"
        PARISH_OR_MEETING = "parish-or-meeting", "Parish council or parish meeting: not known which"
        TRUSTEES = "charter-trustees", "Charter trustees"
        JOINT_COMMITTEE = "joint-committee", "Joint committee"
        GROUP = "group", "Community group"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        CIC = "cic", "Community interest company"
        SOCIAL_ENTERPRISE = "social-enterprise", "Social enterprise"
        CONTRACTOR = "contractor", "Contractor"
        POLICE = "police", "Police"
        HEALTH = "health", "Health body"
        BUSINESS = "business", "Business partner"

    key = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        return Subject("body", self.key)


class BodyCode(Dated):
    """A code that others use for a body, such as its GSS code, and since when."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    source = models.TextField()

    objects = DatedManager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "scheme", "code"], name="a_body_has_each_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """One body took over from another on a day. A split or a merger is several of these."""

    predecessor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions_in")
    on = models.DateField()
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="one_body_succeeds_another_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="no_body_succeeds_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor} on {self.on:%d %B %Y}"


class ContactQuerySet(VersionedQuerySet):
    """Contacts, in the county's words."""

    def listed(self) -> "ContactQuerySet":
        """Keep those that still lead to the body."""
        return self.filter(ended_on__isnull=True)


class Contact(Sourced, Versioned):
    """A way for the public to reach a body."""

    class Kind(models.TextChoices):
        WEB = "web", "Website"
        EMAIL = "email", "E-mail"
        PHONE = "phone", "Telephone"
        POST = "post", "Post"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=300)
    ended_on = models.DateField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "kind", "value"], name="a_body_has_each_contact_once"
            ),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def key(self) -> str:
        """The name the journal knows it by: it says nothing of whom it leads to."""
        return f"contact-{self.pk}"


def latest_successor(body: Body, *, on: date) -> list[Body]:
    """Return who stands in a body's place on a day: itself, or whoever took over, however often."""
    if not body.ends_on or body.ends_on >= on:
        return [body]
    following = [
        s.successor for s in body.successions_out.filter(on__lte=on).select_related("successor")
    ]
    return [last for successor in following for last in latest_successor(successor, on=on)]
