from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject
from waywarden.rules.publicity import Publicity
from waywarden.rules.voting import Vote

#: A decision received here later than this after its day is marked.
LATE = timedelta(days=28)


class DecisionQuerySet(VersionedQuerySet):
    """Decisions, in the county's words."""

    def of(self, body: Body) -> Self:
        """Keep the decisions of one body."""
        return self.filter(body=body)

    def taken(self) -> Self:
        """Keep what was decided, and stands or waits."""
        return self.filter(status__in=[Decision.Status.DECIDED, Decision.Status.CALLED_IN])


class Decision(Versioned):
    """Something a council decides: planned and announced first, or recorded once it was taken."""

    class Kind(models.TextChoices):
        MINUTE = "minute", "Minute of the council"
        EXECUTIVE = "executive", "Decision of the executive"
        OFFICER = "officer", "Decision of an officer, delegated"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        DECIDED = "decided", "Decided"
        CALLED_IN = "called-in", "Called in"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        Status.PLANNED: (Status.DECIDED, Status.WITHDRAWN),
        Status.DECIDED: (Status.CALLED_IN, Status.WITHDRAWN),
        Status.CALLED_IN: (Status.DECIDED, Status.WITHDRAWN),
        Status.WITHDRAWN: (),
    }

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Not agreed"
        DEFERRED = "deferred", "Deferred"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.DECIDED)
    title = models.CharField(max_length=200)
    #: What is proposed while it is planned; what was resolved once it is decided.
    text = models.TextField(blank=True)
    #: Whether the words are kept from the public (LGA 1972, schedule 12A).
    is_exempt = models.BooleanField(default=False)

    # Before it is taken.
    is_key = models.BooleanField(default=False)
    announced_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    #: Why it is taken sooner than 28 days after it was announced.
    urgency = models.TextField(blank=True)
    #: The member or officer who takes it alone; none where a meeting does.
    decider = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # Once it was taken.
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    #: Where the council itself publishes it.
    link = models.URLField(max_length=300, blank=True)
    conditions = models.TextField(blank=True)
    #: The day it was taken, as stated, and the moment it was received here.
    stated_on = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    #: How many left for the item because of an interest.
    left = models.PositiveSmallIntegerField(default=0)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    is_by_casting_vote = models.BooleanField(default=False)
    #: Until when it can be called in; none where it cannot.
    call_in_ends_on = models.DateField(null=True, blank=True)
    #: Why it was called in, and why it was confirmed or withdrawn.
    said_of_it = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "status"], name="decisions_of_a_body")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_decision_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=["minute", "executive", "officer"])
                & Q(status__in=["planned", "decided", "called-in", "withdrawn"])
                & Q(outcome__in=["", "agreed", "refused", "deferred"]),
                name="a_decision_is_of_a_known_kind_and_status",
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(stated_on__isnull=True, received_at__isnull=True, outcome="", reference=""),
                    Q(stated_on__isnull=False, received_at__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(reference=""),
                    _connector=Q.OR,
                ),
                name="a_decision_taken_has_day_outcome_and_reference",
            ),
            models.CheckConstraint(
                condition=Q(status="planned", stated_on__isnull=True)
                | Q(status="withdrawn")
                | Q(status__in=["decided", "called-in"], stated_on__isnull=False),
                name="a_planned_decision_was_not_taken",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True, quorum__isnull=True)
                | Q(present__isnull=False, quorum__isnull=False, left__lte=F("present")),
                name="who_was_there_is_counted_with_the_quorum",
            ),
            models.CheckConstraint(
                condition=Q(
                    votes_for__isnull=True, votes_against__isnull=True, abstained__isnull=True
                )
                | Q(votes_for__isnull=False, votes_against__isnull=False, abstained__isnull=False),
                name="votes_are_counted_together",
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "reference", "stated_on"],
                condition=Q(stated_on__isnull=False) & ~Q(status="withdrawn"),
                name="a_body_gives_a_reference_once_in_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}" if self.reference else self.title

    @property
    def key(self) -> str:
        return f"decision-{self.pk}"

    @property
    def subject(self) -> Subject:
        return Subject("decision", self.key, self.get_absolute_url(), bodies=(self.body.key,))

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.body.key, self.pk])

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def is_taken(self) -> bool:
        return self.stated_on is not None

    @property
    def publicity(self) -> Publicity | None:
        """How long it was announced before its day, as planned or as stated."""
        decided_on = self.stated_on or self.due_on
        if self.announced_on is None or decided_on is None:
            return None
        return Publicity(self.announced_on, decided_on)

    @property
    def vote(self) -> Vote | None:
        """How members voted; none where the minute counts nobody."""
        if self.present is None or self.quorum is None:
            return None
        return Vote(
            present=self.present,
            quorum=self.quorum,
            withdrawn=self.left,
            votes_for=self.votes_for or 0,
            votes_against=self.votes_against or 0,
            abstained=self.abstained or 0,
        )

    @property
    def is_late(self) -> bool:
        """Whether it was received here more than 28 days after the day it states."""
        if self.stated_on is None or self.received_at is None:
            return False
        return localtime(self.received_at).date() - self.stated_on > LATE


class Option(models.Model):
    """One thing that could be decided instead; doing nothing is one as well."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    title = models.CharField(max_length=200)
    says = models.TextField()
    is_recommended = models.BooleanField(default=False)
    #: Kept, and no longer shown as open.
    is_dropped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="an_option_has_a_title"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(is_recommended=True, is_dropped=False),
                name="one_option_at_most_is_recommended",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SignOff(models.Model):
    """An officer has looked at what is proposed and says that it may be decided."""

    class Kind(models.TextChoices):
        EQUALITY = "equality", "Equality"
        LEGAL = "legal", "Legal"
        FINANCE = "finance", "Finance"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="sign_offs")
    kind = models.CharField(max_length=10, choices=Kind)
    says = models.TextField()
    signed_as = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    #: The SHA-256 of what they were shown: a proposal changed later is signed off anew.
    shown = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["equality", "legal", "finance"]) & ~Q(says=""),
                name="a_sign_off_is_of_a_known_kind_and_says_something",
            ),
            models.UniqueConstraint(
                fields=["decision", "kind", "shown"], name="a_proposal_is_signed_off_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.decision}"


class InterestQuerySet(models.QuerySet):
    """Declarations of interests, in the county's words."""

    def standing(self) -> Self:
        """Keep those that nobody has taken back."""
        return self.filter(taken_back_at__isnull=True)


class Interest(models.Model):
    """A member has declared an interest in what is decided. It may be taken back, and is kept."""

    class Nature(models.TextChoices):
        PECUNIARY = "pecuniary", "A disclosable pecuniary interest"
        REGISTRABLE = "registrable", "Another registrable interest"
        OTHER = "other", "An interest that is not in the register"

    class Effect(models.TextChoices):
        LEFT = "left", "Left for the item"
        DISPENSATION = "dispensation", "Stayed, by a dispensation"
        STAYED = "stayed", "Stayed: the code of conduct allows it"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="interests")
    #: The member as the minutes name them; an office where they declared it here themselves.
    member = models.CharField(max_length=200)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nature = models.CharField(max_length=12, choices=Nature)
    effect = models.CharField(max_length=12, choices=Effect)
    #: The reference of the dispensation (Localism Act 2011, section 33).
    dispensation = models.CharField(max_length=100, blank=True)
    declared_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    why_taken_back = models.TextField(blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=["pecuniary", "registrable", "other"])
                & Q(effect__in=["left", "dispensation", "stayed"])
                & ~Q(member=""),
                name="an_interest_is_somebodys_and_of_a_known_nature",
            ),
            models.CheckConstraint(
                condition=Q(effect="dispensation") & ~Q(dispensation="")
                | ~Q(effect="dispensation") & Q(dispensation=""),
                name="a_dispensation_has_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, why_taken_back="")
                | Q(taken_back_at__isnull=False) & ~Q(why_taken_back=""),
                name="an_interest_is_taken_back_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_nature_display()}"

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None
