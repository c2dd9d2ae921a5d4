from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from waywarden.county.places.models import Area
from waywarden.fabric.common.subjects import Subject


class Kept(Exception):
    """Somebody tried to change or remove a plan that is kept."""


class AppendOnly(models.QuerySet):
    """Plans are added; nothing of one is ever changed or removed."""

    def update(self, **changes: Any) -> int:
        raise Kept("A plan cannot be changed. Make a new one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Kept("A plan cannot be removed.")


class KeptRow(models.Model):
    """A row written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to write over one."""
        if not self._state.adding:
            raise Kept("A plan cannot be changed. Make a new one.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Kept("A plan cannot be removed.")


class PlanRunQuerySet(AppendOnly):
    """Plans, in the county's words."""

    def of(self, county: Area) -> Self:
        """Keep the plans of one county."""
        return self.filter(county=county)

    def public(self) -> Self:
        """Keep what everybody may read: no trial, unless it was shown to everybody since."""
        return self.filter(Q(is_trial=False) | Q(showing__isnull=False))

    def there_on(self, day: date) -> Self:
        """Keep the plans there were at the end of a day."""
        return self.filter(made_on__lte=day)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def with_clusters_marked(self) -> Self:
        """Mark as ``has_clusters`` the plans that propose any."""
        grouped = PlannedPlace.objects.filter(run=OuterRef("pk"), cluster_number__isnull=False)
        return self.annotate(has_clusters=Exists(grouped))

    def at_hand(self) -> Self:
        """Read each plan with its county, and leave the whole of what it found unread."""
        return self.select_related("county").defer("result")


class PlanRun(KeptRow):
    """One run of the planner for a county: what it was given and all it answered.

    ``input_hash`` names everything the plan followed from, so the same run is
    kept once. Numbers run on over all counties, so that an address names one plan.
    """

    class Shape(models.TextChoices):
        SHARED = "shared", "All services shared in one set of clusters"
        PER_SERVICE = "per_service", "Each service in clusters of its own"

    class Effort(models.TextChoices):
        QUICK = "quick", "Quick"
        STANDARD = "standard", "Standard"
        CAREFUL = "careful", "Careful"

    number = models.PositiveIntegerField()
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plans")
    input_hash = models.CharField(max_length=64)
    shape = models.CharField(max_length=20, choices=Shape)
    effort = models.CharField(max_length=20, choices=Effort)
    seed = models.BigIntegerField()
    is_everyone = models.BooleanField(help_text="councils that have not answered count as willing")
    services = models.JSONField(help_text="the codes planned, in the plan's order")
    result = models.JSONField(help_text="the whole plan, as planning.keeping writes it")
    #: Made on the page to try something out: its county's officers see it, until it is shown.
    is_trial = models.BooleanField(default=False)
    #: Whether somebody or a limit stopped it: then the same input may give a cheaper plan.
    is_stopped = models.BooleanField(default=False)
    program_version = models.CharField(max_length=40)
    made_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_key = models.CharField(max_length=200)
    made_by_shown_as = models.CharField(max_length=200)

    #: Whether it proposes any cluster; only where a query marks it.
    has_clusters: bool

    objects = PlanRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["input_hash"], name="what_a_plan_follows_from_is_planned_once"
            ),
            models.UniqueConstraint(fields=["number"], name="each_plan_has_its_own_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plans_are_numbered_from_one"),
            models.CheckConstraint(
                condition=~Q(input_hash=""), name="a_plan_names_what_it_follows_from"
            ),
            models.CheckConstraint(
                condition=Q(shape__in=["shared", "per_service"]), name="a_plan_has_a_known_shape"
            ),
            models.CheckConstraint(
                condition=Q(effort__in=["quick", "standard", "careful"]),
                name="a_plan_took_a_known_effort",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.number])

    @property
    def subject(self) -> Subject:
        return Subject("plan", str(self.number), self.get_absolute_url())


class ShownPlan(KeptRow):
    """That a trial was shown to everybody: by whom, and when."""

    run = models.OneToOneField(PlanRun, on_delete=models.PROTECT, related_name="showing")
    shown_on = models.DateField()
    shown_by_key = models.CharField(max_length=200)
    shown_by_shown_as = models.CharField(max_length=200)

    objects = AppendOnly.as_manager()

    def __str__(self) -> str:
        return f"{self.run}, shown to everybody"


class PlannedPlace(KeptRow):
    """Where a plan puts the council of one place: in a cluster, or by itself.

    Where each service has clusters of its own, a place may be in several.
    """

    run = models.ForeignKey(PlanRun, on_delete=models.PROTECT, related_name="places")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="planned")
    cluster_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="blank where its council goes alone"
    )

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "area", "cluster_number"],
                name="a_plan_puts_a_place_in_a_cluster_once",
            ),
            models.UniqueConstraint(
                fields=["run", "area"],
                condition=Q(cluster_number__isnull=True),
                name="a_plan_leaves_a_place_alone_once",
            ),
            models.CheckConstraint(
                condition=Q(cluster_number__isnull=True) | Q(cluster_number__gte=1),
                name="clusters_are_numbered_from_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.run}"
