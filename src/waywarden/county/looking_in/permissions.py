"""May this person? Who looks into a body's own matters from outside, and who could."""

from datetime import datetime

from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.looking_in import queries
from waywarden.county.offices.permissions import acts_in
from waywarden.county.people.acting import Asking
from waywarden.county.people.permissions import speaks_for_county


def may_look_into(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether they look into a body's own matters now: with a reason, for some hours.

    It ends with those hours, and with the office it was opened in.
    """
    if asking.person is None:
        return False
    access = queries.access_open_to(asking.person, body, now=now)
    if access is None:
        return False
    if access.opened_as_id is None:
        return asking.is_operator
    return asking.acting is not None and asking.acting.pk == access.opened_as_id


def may_open_access(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether they may look into a body's own matters if they say why.

    That is whoever looks after the installation, and officers of the county
    in which the body holds or held an area. Into a body without an area,
    such as a group, the operator alone looks in.
    """
    if acts_in(asking, body, now):
        return False
    acting = asking.acting
    if asking.is_operator or acting is None:
        return asking.is_operator
    today = localtime(now).date()
    return speaks_for_county(acting) and queries.lies_in_county_of(acting.body, body, on=today)
