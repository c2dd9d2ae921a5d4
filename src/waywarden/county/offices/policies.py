"""What stands in the way, in words somebody can act on: shown on the page and enforced."""

from datetime import date, datetime

from django.utils.timezone import localtime

from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office

#: How many invitations one person sends in a day: more is somebody else at their keyboard.
MOST_A_DAY = 20
Status = Invitation.Status


def moment(at: datetime) -> str:
    """Write a moment as people say it."""
    return f"{localtime(at):%-d %B %Y at %H:%M}"


def obstacles_to_inviting(earlier: Invitation | None, *, sent_today: int) -> list[str]:
    """List what keeps somebody from being invited: one that is open still, or too many."""
    if sent_today >= MOST_A_DAY:
        return [f"You have sent {MOST_A_DAY} invitations since yesterday. Go on tomorrow."]
    if earlier is None:
        return []
    return [
        f"An invitation to be {earlier.title} went to that address on "
        f"{moment(earlier.sent_at)} and is still open. Withdraw it first to send another."
    ]


def obstacles_to_handing_over(
    office: Office, *, to: str, starts_on: date, earlier: Invitation | None, today: date
) -> list[str]:
    """List what keeps an office from being handed over to an address from a day on."""
    if to.lower() == office.person.email.lower():
        return [f"{office.person} holds this office already: extend it instead."]
    if office.ended_at or (office.ends_on and office.ends_on < today):
        return [f"This office ended on {office.ends_on:%-d %B %Y}: invite somebody instead."]
    if office.starts_on and starts_on < office.starts_on:
        return [
            f"You hold it from {office.starts_on:%-d %B %Y}: a successor cannot begin before that."
        ]
    if earlier and earlier.status == Status.ACCEPTED:
        return [f"This office was handed over already: {told_who_won(earlier)}"]
    if earlier:
        return [
            f"A successor was named on {moment(earlier.sent_at)} and may still accept. Withdraw "
            "that invitation first to name another."
        ]
    return []


def obstacles_to_accepting(invitation: Invitation, *, now: datetime, today: date) -> list[str]:
    """List what keeps an invitation from being accepted."""
    if invitation.status == Status.ACCEPTED:
        return [told_who_won(invitation)]
    if invitation.status == Status.WITHDRAWN:
        return ["This invitation was withdrawn. Ask whoever sent it for another."]
    if invitation.expires_at <= now:
        return [
            f"This invitation lapsed on {moment(invitation.expires_at)}. Ask whoever sent it for "
            "another."
        ]
    if invitation.sent_by and _has_left(invitation.sent_by, today):
        return [
            f"This invitation came from {invitation.sent_by}, whose office has ended since. "
            f"Ask {invitation.body} for another."
        ]
    if invitation.ends_on < today:
        return [f"The office would have ended on {invitation.ends_on:%-d %B %Y} already."]
    return []


def told_who_won(invitation: Invitation) -> str:
    """Say who accepted an invitation and when, by office."""
    office = invitation.gave or invitation
    at = moment(invitation.answered_at) if invitation.answered_at else "a moment ago"
    return (
        f"This invitation was accepted already, on {at}: its holder is now {office}. "
        "Each invitation can be accepted once. If that was you, sign in; if it was not, tell "
        f"{invitation.body}."
    )


def _has_left(office: Office, today: date) -> bool:
    return bool(office.ended_at) or office.ends_on is None or office.ends_on < today
