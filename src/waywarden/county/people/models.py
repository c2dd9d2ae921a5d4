from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from waywarden.county.councils.models import Body
from waywarden.fabric.common.models import Dated, DatedQuerySet, Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Actor, Subject


class People(BaseUserManager["Person"]):
    """Makes the records of people who sign in."""

    def create_user(
        self, email: str, shown_as: str, password: str | None = None, **more: Any
    ) -> "Person":
        """Record a person who may sign in; without a password they sign in by link or passkey."""
        person = self.model(email=self.normalize_email(email), shown_as=shown_as, **more)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do follows from the offices they hold."""

    email = models.EmailField(unique=True)
    shown_as = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    #: Whether they look after this installation. It opens no council's data by itself.
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["shown_as"]

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_for_each_email")]

    def __str__(self) -> str:
        return self.shown_as

    @property
    def key(self) -> str:
        """The name the journal knows them by: it says nothing of who they are."""
        return f"person-{self.pk}"

    @property
    def actor(self) -> Actor:
        """Them, as the journal names somebody who acts for no body."""
        return Actor(self.key, "The operator" if self.is_operator else "A person without office")

    @property
    def subject(self) -> Subject:
        return Subject("person", self.key)


class OfficeQuerySet(DatedQuerySet):
    """Offices, in the county's words."""

    def as_of(self, day: date) -> Self:
        """Keep the offices held on a day; not one that was ended at once on that day."""
        return super().as_of(day).exclude(ended_at__isnull=False, ends_on=day)

    def held_by(self, person: Person) -> Self:
        """Keep the offices of one person."""
        return self.filter(person=person)

    def in_body(self, body: Body) -> Self:
        """Keep the offices in one body."""
        return self.filter(body=body)


class Office(Dated, Versioned):
    """A person holds an office in a body between two days. What they may do follows from it.

    Every office ends on a day that is known: a leaver whom nobody thought of
    loses access then at the latest.
    """

    class Kind(models.TextChoices):
        LEADER = "leader", "Leader"
        CABINET_MEMBER = "cabinet-member", "Cabinet member"
        COUNCILLOR = "councillor", "Councillor"
        CHAIR = "chair", "Chair"
        CHIEF_EXECUTIVE = "chief-executive", "Chief executive"
        DIRECTOR = "director", "Director"
        MONITORING_OFFICER = "monitoring-officer", "Monitoring officer"
        SECTION_151_OFFICER = "section-151-officer", "Section 151 officer"
        PARTNERSHIPS_OFFICER = "partnerships-officer", "Partnerships officer"
        FINANCE_OFFICER = "finance-officer", "Finance officer"
        OFFICER = "officer", "Officer"
        CLERK = "clerk", "Clerk"
        DEPUTY_CLERK = "deputy-clerk", "Deputy clerk"
        OPERATIVE = "operative", "Service lead's operative"
        VOLUNTEER_COORDINATOR = "volunteer-coordinator", "Volunteer coordinator"
        CONTACT = "contact", "Contact of a group or company"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=30, choices=Kind)
    #: What a cabinet member or director answers for; blank for the others.
    portfolio = models.CharField(max_length=200, blank=True)
    #: When it was ended at once, within its last day; blank where it lasts to the end of that day.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False, ends_on__isnull=False),
                name="every_office_has_a_first_and_a_last_day",
            ),
            models.UniqueConstraint(
                fields=["person", "body", "kind", "portfolio", "starts_on"],
                # One that was ended at once may be given anew, even on the same day.
                condition=Q(ended_at__isnull=True),
                name="an_office_begins_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.body}"

    @property
    def title(self) -> str:
        """The office without its body: "Cabinet member for transport"."""
        label = self.Kind(self.kind).label
        return f"{label} for {self.portfolio}" if self.portfolio else label

    @property
    def actor(self) -> Actor:
        """Whoever holds it, as the journal names them: by office, never by their own name."""
        return Actor(self.person.key, str(self), self.body.key)

    @property
    def subject(self) -> Subject:
        return Subject("office", f"office-{self.pk}", bodies=(self.body.key,))

    def is_in_force(self, on: date) -> bool:
        """Whether it is held on a day."""
        return self.period.contains(on) and not (self.ended_at and on == self.ends_on)


#: Whoever holds an office in one of these proves in two ways who they are, unless it says not.
COUNCILS = frozenset(
    {
        Body.Kind.COUNTY,
        Body.Kind.DISTRICT,
        Body.Kind.CITY,
        Body.Kind.UNITARY,
        Body.Kind.METROPOLITAN,
        Body.Kind.LONDON_BOROUGH,
        Body.Kind.STRATEGIC,
        Body.Kind.TOWN,
        Body.Kind.PARISH,
        Body.Kind.MEETING,
        Body.Kind.PARISH_OR_MEETING,
        Body.Kind.TRUSTEES,
        Body.Kind.JOINT_COMMITTEE,
    }
)


class SignInRule(Versioned):
    """What a body has said of how its people sign in; without one, its kind decides."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="sign_in_rule")
    requires_second_factor = models.BooleanField()

    objects = VersionedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"How people of {self.body} sign in"


def requires_second_factor(body: Body) -> bool:
    """Whether a body's offices open only to who has proved in two ways who they are."""
    rule = getattr(body, "sign_in_rule", None)
    return rule.requires_second_factor if rule else body.kind in COUNCILS
