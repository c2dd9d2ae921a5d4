"""Questions about who looks into a body's own matters from outside."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from waywarden.county.councils.models import Body
from waywarden.county.looking_in.models import MOST_HOURS, OperatorAccess
from waywarden.county.people.models import Person
from waywarden.county.places.models import Jurisdiction


def access_open_to(person: Person, body: Body, *, now: datetime) -> OperatorAccess | None:
    """Return the access somebody has to a body's own matters at a moment."""
    earliest = now - timedelta(hours=MOST_HOURS)
    found = OperatorAccess.objects.filter(person=person, body=body, starts_at__gt=earliest)
    return next(
        (access for access in found.order_by("-starts_at") if access.is_open(now)),
        None,
    )


def looks_into(body: Body, *, most: int) -> list[OperatorAccess]:
    """Return the newest looks into a body's own matters, over or not."""
    found = OperatorAccess.objects.filter(body=body).select_related("person", "opened_as__body")
    return list(found.order_by("-starts_at")[:most])


def lies_in_county_of(council: Body, body: Body, *, on: date) -> bool:
    """Whether a body holds, or once held, an area of a county that a council holds on a day."""
    held = Jurisdiction.objects.as_of(on).filter(body=council, tier=Jurisdiction.Tier.COUNTY)
    county = Q(area__in=held.values("area")) | Q(area__county__in=held.values("area"))
    return Jurisdiction.objects.filter(county, body=body).exists()
