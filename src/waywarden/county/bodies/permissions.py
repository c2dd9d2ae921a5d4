"""May this person? Who sees the people of a body."""

from datetime import datetime

from waywarden.county.councils.models import Body
from waywarden.county.looking_in.permissions import may_look_into
from waywarden.county.people.acting import Asking
from waywarden.county.people.permissions import is_of_its_own, may_edit


def may_see_people(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether they may see who holds its offices: its officers and members, or who looks in."""
    if asking.acting is not None and asking.acting.body_id == body.pk:
        return is_of_its_own(asking.acting)
    return may_look_into(asking, body, now)


def may_see_desk(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether its contacts and its journal are open to them: its officers, and who looks in."""
    if asking.acting is not None and may_edit(asking.acting, body):
        return True
    return may_look_into(asking, body, now)
