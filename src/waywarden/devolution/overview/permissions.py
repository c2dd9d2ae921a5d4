"""May this person? Who sees what waits for a county."""

from waywarden.county.people.models import Office
from waywarden.county.people.permissions import speaks_for_county


def may_see(acting: Office) -> bool:
    """Whether they see what waits: officers of a county or unitary council."""
    return speaks_for_county(acting)
