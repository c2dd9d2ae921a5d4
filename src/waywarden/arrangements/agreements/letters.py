"""What is written to the parties of an agreement: to the officers of each that is known here."""

from collections.abc import Collection
from datetime import date

from waywarden.arrangements.agreements.models import Version
from waywarden.county.offices.telling import answers_to
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS, SIGNATORIES
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import day
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import Recipient, Says, Topic

AGREEMENTS = Topic("agreements", "Agreements that your council is a party to")


def to_sign(version: Version) -> Says:
    """Ask the parties to read a version and sign it."""
    words = (
        f"{version} is sent to be signed: {version.title}. The page shows every clause; what reads "
        "“not agreed” is open. Each party signs by its own office after its own decision. A change "
        "makes another version, which all parties sign anew."
    )
    return Says(f"To be signed: {version}"[:200], words, version.get_absolute_url())


def all_signed(version: Version) -> Says:
    """Tell the parties that all have signed."""
    words = f"Every party has signed {version}. It is not in force before its first day."
    return Says(f"Signed by all: {version}"[:200], words, version.get_absolute_url())


def in_force(version: Version) -> Says:
    """Tell the parties from which day it is in force."""
    since = day(version.in_force_on or version.sent_on)
    words = f"{version} is in force from {since}. Its last day is {day(version.last_on)}."
    return Says(f"In force: {version}"[:200], words, version.get_absolute_url())


def under_notice(version: Version, says: str) -> Says:
    """Tell the parties who gave notice, and what its last day is."""
    words = f"{version.notice_by} has given notice of {version}. {says}"
    return Says(f"Notice of: {version}"[:200], words, version.get_absolute_url())


def withdrawn(version: Version) -> Says:
    """Tell the parties that nothing is to be signed."""
    words = f"{version} was withdrawn. The history of the agreement says why."
    return Says(f"Withdrawn: {version}"[:200], words, version.get_absolute_url())


def left_out(version: Version) -> Says:
    """Tell who was a party to an earlier version that it is none to the one sent now."""
    words = (
        f"{version.agreement.number} was sent anew, and you are no party to it any more. What you "
        "were sent before is not signed any more; you can still read it."
    )
    title = f"You are no party any more: {version.agreement.number}"
    return Says(title[:200], words, version.agreement.get_absolute_url())


def tell(
    version: Version,
    says: Says,
    *,
    by: Actor,
    today: date,
    to_keys: Collection[str] | None = None,
) -> None:
    """Write to who works for each party or signs for it, or for those named: not to who acts."""
    keys = set(version.party_names if to_keys is None else to_keys) - {by.body}
    held = Office.objects.as_of(today).filter(body__key__in=keys, kind__in=OFFICERS | SIGNATORIES)
    offices = held.select_related("person", "body").order_by("pk")
    to = {each.person.key: each for each in offices}
    answers = answers_to(by)
    for key, each in to.items():
        recipient = Recipient(key, each.person.email, each.person.shown_as)
        why = f"you are {each}"
        notices.tell(
            to=recipient,
            topic=AGREEMENTS,
            says=says,
            why=why,
            by=by,
            today=today,
            reply_to=answers,
        )
