"""Questions about the recoveries of a body."""

from waywarden.county.councils.models import Body
from waywarden.county.recovery.models import Recovery


def proposed_recovery(body: Body) -> Recovery | None:
    """Return the recovery of a body that waits for a second person."""
    found = Recovery.objects.filter(body=body, status=Recovery.Status.PROPOSED)
    return found.select_related("proposed_by", "proposed_as__body", "body").first()


def recoveries_of(body: Body, *, most: int) -> list[Recovery]:
    """Return the newest recoveries of a body, open or not, with who proposed and answered them."""
    found = Recovery.objects.filter(body=body).select_related(
        "proposed_by", "answered_by", "proposed_as__body", "answered_as__body"
    )
    return list(found.order_by("-proposed_at")[:most])
