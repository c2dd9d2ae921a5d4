"""The figures of one place as a list: how each column is sorted, filtered and shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from waywarden.county.places.models import Area
from waywarden.county.services import queries
from waywarden.county.services.models import Quantity, Service
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed


@dataclass(frozen=True)
class Figure:
    """How much of a service a place has, as far as anybody knows."""

    area: Area
    service: Service
    held: Quantity | None

    @property
    def state(self) -> str:
        """What is known of it, in a word that can be chosen by."""
        if self.held is None:
            return "Not known"
        if self.held.is_disputed:
            return "Disputed"
        return "Estimated" if self.held.is_estimate else "Measured"


def _change(figure: Figure) -> str:
    return format_html(
        '<a href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        reverse("quantities:quantity", args=[figure.area.key, figure.service.slug]),
        "Correct or dispute" if figure.held else "Enter",
        figure.service.name,
    )


FIGURES: list[Listed[Figure]] = [
    Listed(
        "service",
        "The service",
        "text",
        lambda figure: figure.service.name,
        heading="Service",
        filtered="text",
    ),
    Listed(
        "held",
        "How much there is",
        "text",
        lambda figure: figure.held and str(figure.held.amount_milli),
        heading="Held now",
        cell=lambda figure: render_to_string("services/held.html", {"held": figure.held}),
        starts="",
    ),
    Listed(
        "state",
        "Whether it is measured, estimated or disputed",
        "text",
        lambda figure: figure.state,
        heading="State",
        filtered="choice",
    ),
    Listed("change", "", "text", None, heading="Change it", cell=_change, starts=""),
]


def figures_list(area: Area, asked: Mapping[str, str]) -> ListPage[Figure]:
    """Return the figures of a place as an address asks for them, by service."""
    services = queries.catalogue()
    held = queries.current_quantities([area], services)
    rows = [Figure(area, each, held.get((area.pk, each.pk))) for each in services]
    return listed(FIGURES, rows, asked, what="services")
