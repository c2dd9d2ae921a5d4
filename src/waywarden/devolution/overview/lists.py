"""The table of who has taken what on: how each column is sorted, filtered and shown."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import format_html_join

from waywarden.devolution.overview.progress import STAGES, Progress, Row
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What councils have recorded here for everybody to read: offers, resolutions and clusters."
LICENCE = "Open Government Licence v3.0"
NOTHING = "–"


def _clusters(row: Row) -> object:
    links = ((each.get_absolute_url(), each.name) for each in row.clusters)
    return format_html_join(", ", '<a href="{}">{}</a>', links) or NOTHING


PROGRESS: list[Listed[Row]] = [
    Listed(
        "council",
        "The council or parish meeting",
        "text",
        lambda row: row.body.name,
        heading="Council",
        leads=lambda row: reverse("bodies:body", args=[row.body.key]),
        filtered="text",
    ),
    Listed(
        "stage",
        "How far it is, as far as that is public",
        "text",
        lambda row: row.stage.name,
        heading="How far",
        filtered="choice",
    ),
    Listed(
        "stage_number",
        "The stage as a number, 1 the furthest",
        "whole number",
        lambda row: STAGES.index(row.stage) + 1,
        heading="Stage (1 is furthest)",
        is_wide=True,
    ),
    Listed(
        "clusters",
        "The clusters it is in",
        "text",
        lambda row: ", ".join(each.name for each in row.clusters),
        heading="Cluster",
        cell=_clusters,
        filtered="text",
    ),
    Listed(
        "services",
        "The services it takes on together with others, or agreed to take on",
        "text",
        lambda row: ", ".join(row.services),
        heading="Services",
        cell=lambda row: ", ".join(row.services) or NOTHING,
        filtered="text",
    ),
]


def progress_list(progress: Progress, asked: Mapping[str, str]) -> ListPage[Row]:
    """Return the councils of a county as an address asks for them, by name."""
    return listed(PROGRESS, progress.rows, asked, what="councils", usual_sort="council")
