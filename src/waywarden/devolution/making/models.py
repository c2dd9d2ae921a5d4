from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.making.wishes import Question, Wishes, question_from, wishes_from
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.models import Versioned, VersionedQuerySet
from waywarden.fabric.common.subjects import Actor, Subject

#: Waiting or being made.
LIVE = ("waiting", "running")


class AskedPlanQuerySet(VersionedQuerySet):
    """Plans that were asked for, in the county's words."""

    def live(self) -> Self:
        """Keep those that wait or are being made."""
        return self.filter(status__in=LIVE)

    def of(self, body: Body) -> Self:
        """Keep those that a council asked for."""
        return self.filter(body=body)

    def at_hand(self) -> Self:
        """Read each with its plan, and leave the figures it was asked with unread."""
        related = self.select_related("plan", "body", "county")
        return related.defer("question", "figures", "plan__result")


class AskedPlan(Versioned):
    """A plan that somebody asked for: all it follows from, who asked, and how far it is."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for its turn"
        RUNNING = "running", "Being made"
        DONE = "done", "Made"
        FAILED = "failed", "Could not be made"
        INTERRUPTED = "interrupted", "Interrupted"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        Status.WAITING: (Status.RUNNING, Status.WITHDRAWN),
        Status.RUNNING: (Status.DONE, Status.FAILED, Status.INTERRUPTED, Status.WAITING),
        Status.DONE: (),
        Status.FAILED: (Status.WAITING,),
        Status.INTERRUPTED: (Status.WAITING,),
        Status.WITHDRAWN: (Status.WAITING,),
    }

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plans_asked")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans_asked")
    asked_by_key = models.CharField(max_length=200)
    asked_by_shown_as = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    input_hash = models.CharField(max_length=64)
    wishes = models.JSONField()
    #: The facts of the county and the wishes, as they were when it was asked for.
    question = models.JSONField()
    #: Each figure it follows from, where it is from and who entered it.
    figures = models.JSONField()
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    #: The job that makes it: another may not take it up.
    job = models.CharField(max_length=64, blank=True)
    #: How often a worker took it up.
    tries = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=40, blank=True)
    done_permille = models.PositiveSmallIntegerField(default=0)
    best_pence = models.BigIntegerField(null=True, blank=True)
    bound_pence = models.BigIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    is_to_stop = models.BooleanField(default=False)
    #: Why it could not be made; or why it was stopped before the end.
    trouble = models.TextField(blank=True)
    plan = models.ForeignKey(
        PlanRun, on_delete=models.PROTECT, null=True, blank=True, related_name="asked"
    )
    #: Whose joining would save most, and what each rule costs, in sentences.
    unlocking = models.JSONField(default=list)
    prices = models.JSONField(default=list)

    objects = AskedPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["input_hash"],
                condition=Q(status__in=LIVE),
                name="the_same_plan_is_made_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(status="running"),
                name="a_council_has_one_plan_made_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["waiting", "running", "done", "failed", "interrupted", "withdrawn"]
                ),
                name="a_plan_asked_for_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(status="done", plan__isnull=False)
                | ~Q(status="done") & Q(plan__isnull=True),
                name="a_plan_that_is_made_is_there",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["running", "done"]) | Q(started_at__isnull=False),
                name="a_plan_being_made_was_begun",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(trouble=""),
                name="a_plan_that_failed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(input_hash=""), name="a_plan_asked_for_names_its_input"
            ),
            models.CheckConstraint(
                condition=Q(done_permille__lte=1000), name="no_more_than_the_whole_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"Plan asked for, number {self.pk}"

    @property
    def subject(self) -> Subject:
        url, bodies = self.get_absolute_url(), (self.body.key,)
        return Subject("asked-plan", f"asked-plan-{self.pk}", url, bodies=bodies)

    def get_absolute_url(self) -> str:
        return reverse("making:asked", args=[self.pk])

    @property
    def asked_by(self) -> Actor:
        """Whoever asked, for the journal."""
        return Actor(self.asked_by_key, self.asked_by_shown_as, self.body.key)

    def asks(self) -> Question:
        """Return all it follows from, as it was when it was asked for."""
        return question_from(self.question)

    def wished(self) -> Wishes:
        """Return what was asked."""
        return wishes_from(self.wishes)

    @property
    def is_live(self) -> bool:
        """Whether it waits or is being made."""
        return self.status in LIVE

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_running(self) -> bool:
        return self.status == self.Status.RUNNING


class Adoption(models.Model):
    """A cluster of a plan that was proposed to its councils, and what it has become.

    Where that was withdrawn, the plan's cluster may be proposed again: then this names the new one.
    """

    run = models.ForeignKey(PlanRun, on_delete=models.PROTECT, related_name="adoptions")
    key = models.SlugField(max_length=120, help_text="which cluster of the plan")
    cluster = models.OneToOneField(Cluster, on_delete=models.PROTECT, related_name="adoption")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "key"], name="a_cluster_of_a_plan_is_proposed_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="an_adoption_names_its_cluster"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}, from {self.run}"
