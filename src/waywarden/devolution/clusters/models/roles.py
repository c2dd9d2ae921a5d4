from django.db import models
from django.db.models import Q

from waywarden.county.councils.models import Body
from waywarden.county.services.models import Service
from waywarden.devolution.clusters.models.clusters import Cluster
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.common.models import Versioned, VersionedQuerySet

MONTHS = 12


class Role(Versioned):
    """Leading a cluster, or leading one service in it: offered to all, held by one."""

    class Holder(models.TextChoices):
        GROUP = "group", "Community group"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        COMPANY = "company", "Community interest company or social enterprise"
        CONTRACTOR = "contractor", "Contractor"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="roles")
    #: None where it is the cluster that is led.
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Who is meant to take it; any member may.
    meant_for = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="roles"
    )
    #: A holder that is no body here: its name and kind.
    holder_name = models.CharField(max_length=200, blank=True)
    holder_kind = models.CharField(max_length=10, choices=Holder, blank=True)
    #: A group or company that asked the county, as which it holds the role: its name is read there.
    expression = models.ForeignKey(
        Expression, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    #: How much it can do in each month, January first, in thousandths of the service's unit.
    monthly_milli = models.JSONField(default=list, blank=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "service"], name="a_service_is_led_once_in_a_cluster"
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(service__isnull=True),
                name="a_cluster_has_one_role_of_lead",
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(
                        holder__isnull=True,
                        holder_name="",
                        holder_kind="",
                        expression__isnull=True,
                        taken_at__isnull=True,
                    ),
                    Q(
                        holder__isnull=False,
                        holder_name="",
                        holder_kind="",
                        expression__isnull=True,
                        taken_at__isnull=False,
                    ),
                    Q(
                        holder__isnull=True,
                        holder_name="",
                        holder_kind="",
                        expression__isnull=False,
                        taken_at__isnull=False,
                    ),
                    Q(
                        holder__isnull=True,
                        holder_kind__in=["group", "voluntary", "company", "contractor"],
                        expression__isnull=True,
                        taken_at__isnull=False,
                        service__isnull=False,
                    )
                    & ~Q(holder_name=""),
                    _connector=Q.OR,
                ),
                name="a_role_is_held_by_one_at_a_moment_or_by_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"Lead for {self.service.name}" if self.service else "Cluster lead"

    @property
    def is_held(self) -> bool:
        return self.taken_at is not None

    @property
    def held_by(self) -> str:
        """Who holds it; blank where nobody does."""
        if self.expression:
            return self.expression.who
        return self.holder.name if self.holder else self.holder_name

    @property
    def is_held_by_no_council(self) -> bool:
        """Whether a group or company holds it, which is no member."""
        return bool(self.expression_id or self.holder_name)

    @property
    def kind_of_holder(self) -> str:
        """What a group or company that holds it is; blank for a council."""
        if self.expression:
            return str(self.expression.get_kind_display())
        return str(self.get_holder_kind_display())
