"""May this person? Who puts right how much of a service a place has."""

from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import may_edit, speaks_for_county
from waywarden.county.places.models import Area
from waywarden.county.services import queries


def may_correct(acting: Office, area: Area, parish: Body | None, *, on: date) -> bool:
    """Whether they may: officers of the place's own council, and of the county it lies in."""
    if parish is not None and may_edit(acting, parish):
        return True
    return speaks_for_county(acting) and acting.body in queries.counties_of(area, on=on)
