"""May this person? Who acts for a body, and who says who holds its offices."""

from datetime import datetime

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking
from waywarden.county.people.permissions import may_appoint


def acts_in(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether somebody acts in an office of a body."""
    return asking.acting is not None and asking.acting.body_id == body.pk


def appoints_in(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether somebody acts in a body and says who holds its offices."""
    return asking.acting is not None and may_appoint(asking.acting, body)
