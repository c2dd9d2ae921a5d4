from django.db import models
from django.db.models import Q

from waywarden.devolution.clusters.models.clusters import Cluster
from waywarden.devolution.offers.confirmations import PowerConfirmation


class ClusterConfirmation(PowerConfirmation):
    """What the monitoring officer confirmed of a power that a cluster rests on."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="confirmations")
    #: Who delivers by that power: the key of a council, or the name of a group or company.
    taker = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "power", "taker", "warning", "services"],
                condition=Q(taken_back_at__isnull=True),
                name="a_warning_of_a_cluster_is_confirmed_once",
            ),
            models.CheckConstraint(
                condition=Q(is_noted=False) | ~Q(reference=""),
                name="what_is_noted_of_a_cluster_has_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(taker=""), name="what_is_confirmed_of_a_cluster_names_who_delivers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warning} of {self.cluster}"
