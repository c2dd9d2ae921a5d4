"""The list of bodies: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from waywarden import data
from waywarden.county.bodies import queries
from waywarden.county.bodies.queries import ListedBody
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

#: What stands beside the tables of bodies and offices in a workbook.
SOURCE = "The councils and other bodies recorded here, with the areas they hold."
LICENCE = data.ATTRIBUTION
OWN = "What the council's own officers recorded here."
NOT_OPEN = "Personal data of the council: not to be published or passed on."

BODIES: list[Listed[ListedBody]] = [
    Listed(
        "name",
        "The body's name",
        "text",
        lambda row: row.body.name,
        heading="Body",
        leads=lambda row: reverse("bodies:body", args=[row.body.key]),
        filtered="text",
    ),
    Listed(
        "kind",
        "What kind of body it is",
        "text",
        lambda row: row.body.get_kind_display(),
        heading="Kind",
        filtered="choice",
    ),
    Listed(
        "areas",
        "The areas it holds",
        "text",
        lambda row: row.area_names or None,
        heading="Area it holds",
        cell=lambda row: row.area_names or "None known",
    ),
]


def bodies_list(asked: Mapping[str, str], *, on: date) -> ListPage[ListedBody]:
    """Return the bodies there were on a day, as an address asks for them."""
    return listed(BODIES, queries.bodies(on=on), asked, what="bodies")
