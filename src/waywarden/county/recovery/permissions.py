"""May this person? Who lets somebody into a body from outside, and who may stop that."""

from datetime import datetime

from waywarden.county.councils.models import Body
from waywarden.county.offices.permissions import appoints_in
from waywarden.county.people.acting import Asking
from waywarden.county.people.permissions import APPOINTERS, PRINCIPAL


def may_recover(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether they may be one of the two who let somebody into a body again."""
    acting = asking.acting
    if asking.is_operator or acting is None:
        return asking.is_operator
    return acting.kind in APPOINTERS and acting.body.kind in PRINCIPAL


def may_stop_recovery(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether they may stop a recovery: the two who could agree, and the body's own appointers."""
    return may_recover(asking, body, now) or appoints_in(asking, body, now)
