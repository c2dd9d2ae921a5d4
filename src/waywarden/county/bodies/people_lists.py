"""A body's offices and invitations as lists: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime

from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office
from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import NOTHING_TO_PRESS, Button, Listed, ListPage
from waywarden.fabric.tables.views import listed

NOW, COMING, PAST = "Now", "Coming", "Past"
OPEN = "Open"


def _day(on: date | None) -> str:
    return day(on) if on else "Not known"


def _ended(office: Office) -> str:
    return _day(office.ends_on) + (" (ended at once)" if office.ended_at else "")


def _history(kind: str, key: str, of: object) -> str:
    where = reverse("journal:history", args=[kind, key])
    hidden = '<span class="govuk-visually-hidden"> of {}</span>'
    return format_html(f'<a href="{{}}">History{hidden}</a>', where, of)


def state_of(office: Office, today: date) -> str:
    """Say whether an office is held on a day, comes, or is past."""
    if office.is_in_force(today):
        return NOW
    is_to_come = office.starts_on is not None and office.starts_on > today
    return COMING if is_to_come and not office.ended_at else PAST


OFFICES: list[Listed[Office]] = [
    Listed(
        "office",
        "The office",
        "text",
        lambda office: office.title,
        heading="Office",
        filtered="text",
    ),
    Listed(
        "name",
        "Who holds or held it",
        "text",
        lambda office: office.person.shown_as,
        heading="Held by",
        filtered="text",
    ),
    Listed(
        "starts_on",
        "The first day",
        "date",
        lambda office: office.starts_on,
        heading="From",
        cell=lambda office: _day(office.starts_on),
        starts="most",
    ),
    Listed(
        "ends_on",
        "The last day",
        "date",
        lambda office: office.ends_on,
        heading="Until",
        cell=_ended,
        starts="most",
    ),
]


def offices_list(
    offices: Sequence[Office], asked: Mapping[str, str], *, today: date
) -> ListPage[Office]:
    """Return the offices of a body as an address asks for them, the last to end first."""
    state: Listed[Office] = Listed(
        "state",
        "Whether it is held now",
        "text",
        lambda office: state_of(office, today),
        heading="State",
        filtered="choice",
    )
    history: Listed[Office] = Listed(
        "history",
        "",
        "text",
        None,
        heading="History",
        cell=lambda office: _history("office", office.subject.key, office.title),
        starts="",
    )
    return listed([*OFFICES, state, history], offices, asked, what="offices", usual_sort="ends_on")


def answer_to(invitation: Invitation, now: datetime, today: date) -> str:
    """Say what came of an invitation, in a word that can be chosen by."""
    if invitation.status != Invitation.Status.SENT:
        return "Accepted" if invitation.status == Invitation.Status.ACCEPTED else "Withdrawn"
    sender = invitation.sent_by
    is_there = sender is None or sender.is_in_force(today)
    return OPEN if is_there and invitation.expires_at > now else "Lapsed"


INVITATIONS: list[Listed[Invitation]] = [
    Listed(
        "address",
        "The address it went to",
        "text",
        lambda invitation: invitation.address,
        heading="Sent to",
        filtered="text",
    ),
    Listed(
        "office",
        "The office offered",
        "text",
        lambda invitation: invitation.title,
        heading="As",
        filtered="text",
    ),
    Listed(
        "sent_on",
        "The day it was sent",
        "date",
        lambda invitation: localtime(invitation.sent_at).date(),
        heading="Sent on",
        cell=lambda invitation: day(localtime(invitation.sent_at).date()),
        starts="most",
    ),
    Listed(
        "sent_by",
        "Who sent it, by office",
        "text",
        lambda invitation: str(invitation.sent_by or "two people from outside"),
        heading="Sent by",
    ),
]


HISTORY: Listed[Invitation] = Listed(
    "history",
    "",
    "text",
    None,
    heading="History",
    cell=lambda invitation: _history("invitation", invitation.key, invitation.title),
    starts="",
)


def invitations_list(
    invitations: Sequence[Invitation], asked: Mapping[str, str], *, now: datetime, today: date
) -> ListPage[Invitation]:
    """Return the invitations to a body's offices as an address asks for them, the newest first."""

    def answer(invitation: Invitation) -> str:
        return answer_to(invitation, now, today)

    def withdraw(invitation: Invitation) -> object:
        if answer(invitation) != OPEN:
            return NOTHING_TO_PRESS
        where = reverse("offices:withdraw", args=[invitation.body.key, invitation.pk])
        return Button(where, "Withdraw", f"the invitation to {invitation.address}")

    came = "What came of it"
    state: Listed[Invitation] = Listed(
        "state", came, "text", answer, heading=came, filtered="choice"
    )
    change: Listed[Invitation] = Listed(
        "change", "", "text", None, heading="What you can do", cell=withdraw, starts=""
    )
    changes = [change] if any(answer(each) == OPEN for each in invitations) else []
    columns = [*INVITATIONS, state, HISTORY, *changes]
    return listed(columns, invitations, asked, what="invitations", usual_sort="sent_on")
