"""What is written to people about offices: plain words, and no more than they need."""

from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office
from waywarden.fabric.notices.telling import Says

NOT_YOU = "If you did not expect this, do nothing: nobody gets anything until somebody accepts."


def invitation(sent: Invitation, token: str) -> Says:
    """Offer somebody an office."""
    whence = str(sent.sent_by) if sent.sent_by else "Two people agreed on this outside the council"
    verb = "invites you" if sent.sent_by else "and invite you"
    instead = (
        f"You take over from whoever is {sent.in_place_of.title} now.\n\n"
        if sent.in_place_of
        else ""
    )
    words = (
        f"{whence} {verb} to be {sent.title} of {sent.body} from "
        f"{sent.starts_on:%-d %B %Y} to {sent.ends_on:%-d %B %Y}.\n\n{instead}"
        "Open the link below to see what it is about, and to accept. It works once, until "
        f"{localtime(sent.expires_at):%-d %B %Y at %H:%M}. Do not pass it on.\n\n{NOT_YOU}"
    )
    link = reverse("offices:invitation", args=[token])
    return Says(f"{sent.body}: an office for you", words, link)


def ended(office: Office, *, by: Office, at_once: bool) -> Says:
    """Tell somebody that another has ended their office."""
    when = "has ended at once" if at_once else f"ends on {office.ends_on:%-d %B %Y}, its last day"
    words = (
        f"Your office as {office} {when}. {by} ended it, and the reason stands in the journal of "
        f"{office.body}. What you did stays on record.\n\n"
        f"If you think this is a mistake, write to {office.body}."
    )
    return Says(f"{office.body}: your office was ended", words, reverse("people:account"))


def handed_over(accepted: Invitation, old: Office) -> Says:
    """Tell the old holder that the successor has accepted."""
    words = (
        f"Your successor as {old} has accepted, and begins on "
        f"{accepted.starts_on:%-d %B %Y}. Your own office ends on {old.ends_on:%-d %B %Y}. "
        "What you did stays on record; what you had not finished is your successor’s now."
    )
    return Says(f"{old.body}: handed over", words, reverse("people:account"))
