"""What the tests of every county ask."""

from datetime import date

from tests.counties import DAY
from waywarden.county.councils.models import Body, BodyCode, Contact, Succession
from waywarden.county.places import queries
from waywarden.county.places.models import (
    Area,
    AreaCode,
    AreaName,
    Boundary,
    Jurisdiction,
    Measure,
    Neighbour,
)
from waywarden.county.services.models import Quantity
from waywarden.fabric.journal.models import Entry

RECORDS = [Area, AreaCode, AreaName, Body, BodyCode, Boundary, Contact, Jurisdiction, Measure]
RECORDS += [Neighbour, Quantity, Succession, Entry]


def tiers_of(county: Area, place: Area, on: date = DAY) -> dict[str, str]:
    """Name who holds each tier of a place on a day."""
    return {tier: body.name for tier, body in queries.Tiers(county, on=on).of(place).items()}


def a_place_in(county: Area, district: str) -> Area:
    """Give the first place of a district or unitary."""
    within = next(d for d in queries.districts_of(county, on=DAY) if d.name == district)
    return queries.places_of(county, on=DAY, district=within)[0]


def held() -> dict[str, int]:
    """Count what is kept of each kind."""
    return {model.__name__: model._default_manager.count() for model in RECORDS}
