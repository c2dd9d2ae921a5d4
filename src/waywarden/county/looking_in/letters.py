"""What a body is told of those who look in."""

from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.looking_in.models import OperatorAccess
from waywarden.fabric.notices.telling import Says


def looked_into(access: OperatorAccess) -> Says:
    """Tell a body that somebody from outside looks into its own matters."""
    words = (
        f"{access.shown_as} looks into what {access.body} keeps to itself until "
        f"{localtime(access.ends_at):%-d %B %Y at %H:%M}, because:\n\n{access.reason}\n\n"
        "The page below lists everybody who did."
    )
    subject = f"{access.body}: somebody from outside looks in"
    return Says(subject, words, reverse("bodies:people", args=[access.body.key]))
