"""The ways to deliver the services of a cluster as a file: one row for each way of each service."""

from waywarden.devolution.clusters.delivering import Row
from waywarden.devolution.clusters.models import Stated
from waywarden.fabric.tables.columns import Column

SOURCE = "What was said to the cluster, and estimates by the planner’s prices; each says which."
LICENCE = "For the members of the cluster, the councils it has asked, and the county."


def _aspect(place: int, aspect: Stated.Aspect) -> Column[Row]:
    label = str(aspect.label)
    return Column(aspect.value, label, "text", lambda row: row.cells[place].in_file)


MODELS: list[Column[Row]] = [
    Column("service", "The service", "text", lambda row: row.scope.service.name),
    Column("model", "The way to deliver it", "text", lambda row: row.name),
    Column(
        "intended",
        "Whether the cluster intends it",
        "text",
        lambda row: "Intended" if row.is_intended else "",
    ),
    *(_aspect(place, aspect) for place, aspect in enumerate(Stated.Aspect)),
]
