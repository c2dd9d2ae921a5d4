"""May this person? Who asks for a plan, and who sees how far it is."""

from waywarden.county.people.models import Office
from waywarden.county.people.permissions import speaks_for_county
from waywarden.devolution.making.models import AskedPlan


def may_make(acting: Office) -> bool:
    """Whether they may ask for a plan: officers of a county or unitary council."""
    return speaks_for_county(acting)


def may_see(acting: Office, asked: AskedPlan) -> bool:
    """Whether a plan asked for is theirs to follow, stop and ask for again: their council's."""
    return may_make(acting) and acting.body_id == asked.body_id
