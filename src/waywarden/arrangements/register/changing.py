"""What whoever reads the page of a place may change there, so that no link on it is closed."""

from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking
from waywarden.county.people.permissions import may_edit
from waywarden.county.places.models import Area
from waywarden.county.services.permissions import may_correct
from waywarden.county.services.queries import parish_of


@dataclass(frozen=True)
class Changes:
    """The body whose contacts somebody may change, and whether the figures of the place."""

    contacts_of: Body | None = None
    figures: bool = False


def changes_by(who: Asking, area: Area, *, on: date) -> Changes:
    """Say what is open to who asks in the office they act in; nothing to a visitor."""
    acting = who.acting if who.person else None
    if acting is None:
        return Changes()
    own = acting.body if may_edit(acting, acting.body) else None
    return Changes(own, may_correct(acting, area, parish_of(area, on=on), on=on))
