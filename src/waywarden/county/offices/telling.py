"""Telling people what happened to an office of theirs, in the change's own transaction."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from waywarden.county.councils.models import Body, Contact
from waywarden.county.offices import queries
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import INVITATIONS, OFFICES, Recipient, Says, Topic

#: A council cannot choose not to hear who from outside reaches into what is its own.
OUTSIDE = Topic("outside", "Who from outside looks in or lets somebody in", is_essential=True)
#: Whoever loses an office through somebody else must not find it out at a closed door.
ENDED = Topic("office-ended", "An office of yours that somebody else has ended", is_essential=True)


def tell_invited(invitation: Invitation, says: Says, *, by: Actor, today: date) -> None:
    """Write to the address somebody was invited at."""
    notices.tell(
        to=Recipient(invitation.key, invitation.address, invitation.address),
        topic=INVITATIONS,
        says=says,
        why=f"you were invited to take up an office of {invitation.body}",
        by=by,
        today=today,
        reply_to=reply_address(invitation.body),
    )


def tell_holder(
    office: Office, says: Says, *, by: Actor, today: date, topic: Topic = OFFICES
) -> None:
    """Write to whoever holds or held an office about it."""
    notices.tell(
        to=_recipient(office),
        topic=topic,
        says=says,
        why=f"you are or were {office}",
        by=by,
        today=today,
        reply_to=reply_address(office.body),
    )


def tell_appointers(body: Body, says: Says, *, by: Actor, today: date) -> None:
    """Write to those who say who holds a body's offices that somebody outside did something."""
    for office in queries.appointers(body, on=today):
        notices.tell(
            to=_recipient(office),
            topic=OUTSIDE,
            says=says,
            why=f"you are {office}",
            by=by,
            today=today,
            reply_to=answers_to(by),
        )


def answers_to(by: Actor) -> str:
    """Return where an answer reaches whoever did something: the public address of their body.

    It is that of whoever looks after the site where they act for no body, and blank where
    the body has none.
    """
    body = Body.objects.filter(key=by.body).first() if by.body else None
    return reply_address(body) if body else settings.CONTACT_EMAIL


def reply_address(body: Body) -> str:
    """Return the public address that reaches a body; blank where none is known."""
    return reply_addresses([body]).get(body.pk, "")


def reply_addresses(bodies: Iterable[Body]) -> dict[int, str]:
    """Return the public address that reaches each body that has one, by its number."""
    known = Contact.objects.filter(body__in=bodies, kind=Contact.Kind.EMAIL, ended_on__isnull=True)
    # The first that was given counts.
    return dict(known.order_by("-pk").values_list("body_id", "value"))


def _recipient(office: Office) -> Recipient:
    return Recipient(office.person.key, office.person.email, office.person.shown_as)
