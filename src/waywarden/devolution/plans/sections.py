"""What plans add to the page of a place."""

from datetime import date

from waywarden.arrangements.register.sections import Section
from waywarden.county.places.models import Area
from waywarden.devolution.plans import queries
from waywarden.devolution.plans.pages import PlaceSection


def place_section(area: Area, on: date) -> Section | None:
    """Return what the newest plan of its county would mean for a place, where it is planned."""
    placed = queries.latest_of_place(area, on=on)
    if placed is None:
        return None
    return Section("plans/place_section.html", PlaceSection(placed))
