from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.papers.models import Paper
from waywarden.county.services.models import Service
from waywarden.devolution.clusters.factors import FACTORS_BY_KEY, STEPS, Factor
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Subject


class GoingAlone(Versioned):
    """A council would deliver services for its own area only; the county looks at it by itself."""

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        ASSESSED = "assessed", "Assessed"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Not agreed"
        DEFERRED = "deferred", "Deferred"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="going_alone")
    services = models.ManyToManyField(Service, related_name="+")
    #: The day it would start.
    starts_on = models.DateField()
    #: The county that noted what the council had told it; none where the council asked here itself.
    noted_by = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: How the council would do it, in its own words.
    says = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField()
    assessed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(says=""), name="who_goes_alone_says_how"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["asked", "assessed", "decided", "withdrawn"],
                    outcome__in=["", "agreed", "refused", "deferred"],
                ),
                name="going_alone_has_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", assessed_at__isnull=True)
                | Q(status="withdrawn")
                | Q(status__in=["assessed", "decided"], assessed_at__isnull=False),
                name="going_alone_is_assessed_before_it_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, reasons="")
                | ~Q(outcome="") & Q(decided_at__isnull=False) & ~Q(reasons=""),
                name="going_alone_is_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(status="decided") | ~Q(outcome=""),
                name="going_alone_decided_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="deferred", deferred_until__isnull=False)
                | ~Q(outcome="deferred") & Q(deferred_until__isnull=True),
                name="going_alone_is_deferred_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} alone"

    @property
    def key(self) -> str:
        return f"alone-{self.pk}"

    @property
    def subject(self) -> Subject:
        return Subject("alone", self.key, self.get_absolute_url(), bodies=(self.body.key,))

    def get_absolute_url(self) -> str:
        return reverse("clusters:alone-one", args=[self.pk])

    @property
    def is_asked(self) -> bool:
        return self.status == self.Status.ASKED

    @property
    def is_assessed(self) -> bool:
        return self.assessed_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done: it was withdrawn, agreed or not agreed."""
        is_settled = self.outcome in (self.Outcome.AGREED, self.Outcome.REFUSED)
        return self.is_withdrawn or is_settled

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def looked_at_again_on(self) -> date | None:
        """The day until which it is deferred; none once it was withdrawn."""
        return None if self.is_withdrawn else self.deferred_until

    @property
    def stage(self) -> str:
        """Where it stands, in words."""
        if self.status == self.Status.DECIDED:
            return f"Decided: {self.Outcome(self.outcome).label.lower()}"
        return self.Status(self.status).label

    @property
    def asked_on(self) -> date:
        return localtime(self.asked_at).date()

    @property
    def assessed_on(self) -> date | None:
        return localtime(self.assessed_at).date() if self.assessed_at else None

    @property
    def current_answer(self) -> "Answer | None":
        """What the council said of the assessment that stands; none while it is silent on it."""
        given = self.answers.all()
        return next((each for each in given if each.assessed_at == self.assessed_at), None)


class Answer(models.Model):
    """What a council said of an assessment: once of each, and it stays with that one."""

    going = models.ForeignKey(GoingAlone, on_delete=models.PROTECT, related_name="answers")
    #: When the assessment was made that it answers.
    assessed_at = models.DateTimeField()
    says = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["going", "assessed_at"], name="an_assessment_is_answered_once"
            ),
            models.CheckConstraint(
                condition=~Q(says="") & Q(given_at__gte=F("assessed_at")),
                name="an_assessment_comes_before_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.going}: answer of {localtime(self.given_at).date()}"


class Finding(models.Model):
    """How a council that would go alone stands by one factor, and what shows it."""

    going = models.ForeignKey(GoingAlone, on_delete=models.PROTECT, related_name="findings")
    factor = models.CharField(max_length=20)
    step = models.CharField(max_length=10, choices=list(STEPS.items()))
    says = models.TextField()
    #: What shows it: in words, a decision, a paper.
    evidence = models.TextField(blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["going", "factor"], name="a_factor_is_judged_once"),
            models.CheckConstraint(
                condition=Q(
                    factor__in=["capacity", "insurance", "money-gap", "clerk-hours", "continuity"],
                    step__in=["not-yet", "partly", "shown"],
                )
                & ~Q(says=""),
                name="a_factor_is_judged_in_a_step_and_words",
            ),
            models.CheckConstraint(
                condition=~Q(step="shown")
                | ~Q(evidence="")
                | Q(decision__isnull=False)
                | Q(paper__isnull=False),
                name="what_is_shown_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about.name}: {self.get_step_display()}"

    @property
    def about(self) -> Factor:
        """The factor, with the words of its steps."""
        return FACTORS_BY_KEY[self.factor]

    @property
    def meaning(self) -> str:
        """What the step means, as it was published."""
        return self.about.meaning(self.step)
