"""May this person? Who reads what a body keeps to itself, and who adds to it."""

from datetime import datetime

from waywarden.county.bodies.permissions import may_see_people
from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking
from waywarden.county.people.permissions import may_edit


def may_read_all(asking: Asking, body: Body, now: datetime) -> bool:
    """Whether somebody may read the papers of a body that are not public.

    Those are its officers and members, and who looks in from outside with a
    reason; not who does work for it, such as another's operatives.
    """
    return may_see_people(asking, body, now)


def may_change(asking: Asking, body: Body) -> bool:
    """Whether they may add and withdraw papers of a body: its officers."""
    return asking.acting is not None and may_edit(asking.acting, body)
