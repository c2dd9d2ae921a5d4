"""Dates of invitations for the calendars of those who sent them."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import now

from waywarden.county.offices.models import Invitation
from waywarden.county.people.calendars import office_followed
from waywarden.fabric.notices.calendars import Entry


def answers_due(key: str, on: date) -> list[Entry]:
    """Return when the invitations sent from an office lapse, without whom they went to."""
    office = office_followed(key)
    sent = Invitation.objects.filter(sent_by=office) if office else Invitation.objects.none()
    return [_due(invitation) for invitation in sent.open(now(), on).select_related("body")]


def _due(invitation: Invitation) -> Entry:
    says = "Nobody has accepted yet. After this it lapses, and you can invite anew."
    return Entry(
        invitation.subject,
        "answer-due",
        f"Invitation lapses: {invitation.title}, {invitation.body}",
        invitation.expires_at,
        says,
        reverse("bodies:people", args=[invitation.body.key]),
    )
