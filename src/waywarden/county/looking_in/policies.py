"""What stands in the way, in words somebody can act on: shown on the page and enforced."""

from waywarden.county.looking_in.models import MOST_HOURS


def obstacles_to_opening_access(hours: int) -> list[str]:
    """List what keeps somebody from outside from looking into a body's own matters."""
    if 1 <= hours <= MOST_HOURS:
        return []
    return [f"Choose between 1 and {MOST_HOURS} hours. You can open it again after that."]
