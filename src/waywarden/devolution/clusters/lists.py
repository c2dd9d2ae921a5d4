"""The list of clusters: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waywarden.devolution.clusters.models import Cluster
from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What councils have recorded here of the clusters they form."
LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Row:
    """A cluster with who leads it, how many joined, and what it does."""

    cluster: Cluster
    lead: str
    members: int
    services: str


CLUSTERS: list[Listed[Row]] = [
    Listed(
        "name",
        "What the cluster is called",
        "text",
        lambda row: row.cluster.name,
        heading="Cluster",
        leads=lambda row: row.cluster.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "status",
        "How it stands",
        "text",
        lambda row: row.cluster.get_status_display(),
        heading="Status",
        filtered="choice",
    ),
    Listed(
        "lead",
        "Who leads it",
        "text",
        lambda row: row.lead,
        heading="Cluster lead",
        cell=lambda row: row.lead or "Nobody yet",
        filtered="text",
    ),
    Listed(
        "members",
        "How many councils have joined",
        "whole number",
        lambda row: row.members,
        heading="Members",
        starts="most",
    ),
    Listed(
        "services",
        "The services in its scope",
        "text",
        lambda row: row.services,
        heading="Services",
        filtered="text",
    ),
    Listed(
        "starts_on",
        "The day the services start",
        "date",
        lambda row: row.cluster.starts_on,
        heading="Starts",
        cell=lambda row: day(row.cluster.starts_on),
        starts="most",
    ),
]


def clusters_list(rows: Sequence[Row], asked: Mapping[str, str]) -> ListPage[Row]:
    """Return the clusters as an address asks for them, by name."""
    return listed(CLUSTERS, rows, asked, what="clusters", usual_sort="name")
