"""What a body is told of a recovery."""

from django.urls import reverse

from waywarden.county.recovery.models import Recovery
from waywarden.fabric.notices.telling import Says


def proposed(recovery: Recovery) -> Says:
    """Tell those who can still invite that somebody outside wants to let another person in."""
    words = (
        f"{recovery.proposer} proposes to let somebody new in as {recovery.office} of "
        f"{recovery.body}, because:\n\n{recovery.reason}\n\n"
        "A second person must agree. As long as you can invite people yourself you may stop "
        "this on the page below."
    )
    subject = f"{recovery.body}: somebody wants to let another person in"
    return Says(subject, words, reverse("bodies:people", args=[recovery.body.key]))
