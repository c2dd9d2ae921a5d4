"""What a party signed by hand: added by one person, and confirmed or refused by another."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.arrangements.agreements import policies
from waywarden.arrangements.agreements.models import Signature, Version
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.arrangements.agreements.signing_actions import (
    READ_AGAIN,
    Word,
    count,
    keep,
    locked,
    said,
    subject_of,
    worded,
)
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def add_paper(
    *,
    version: Version,
    party: str,
    word: Word,
    ready: documents.Ready,
    by: Office,
    now: datetime,
) -> Signature:
    """Add the scan of what a party signed by hand. It counts once another person confirmed it."""
    version, today = locked(version), localtime(now).date()
    CannotAgree.if_any(policies.obstacles_to_adding_paper(version, party, by))
    CannotAgree.if_any(policies.obstacles_to_signing(version, party))
    made = worded(version, party, Signature.Way.PAPER, word, on=today)
    to = version.agreement
    file = documents.store(ready=ready, kept_for=to.subject, body_key=to.body.key, by=by.actor)
    keep(made, file=file, added_at=now, office=by)
    after = said(made) | {"sha256": file.sha256}
    journal.write(by=by.actor, did="added a signed paper", to=subject_of(version), after=after)
    return made


@transaction.atomic
def confirm_paper(*, signature: Signature, shown: str, by: Office, now: datetime) -> None:
    """Confirm that a paper bears the hash of what was sent: another person than who added it."""
    version = locked(signature.version)
    if shown != signature.hash or version.hash != signature.hash:
        raise Overtaken(READ_AGAIN)
    CannotAgree.if_any(policies.obstacles_to_confirming_paper(version, signature, by))
    waiting = Signature.objects.filter(pk=signature.pk, signed_at=None)
    if not waiting.update(confirmed_by=by, signed_at=now):
        raise Overtaken("It was confirmed, or refused, already.")
    after = {"version": version.number, "party": signature.party, "hash": version.hash}
    journal.write(by=by.actor, did="confirmed a signed paper", to=subject_of(version), after=after)
    count(version, by=by.actor, today=localtime(now).date())


@transaction.atomic
def refuse_paper(*, signature: Signature, reason: str, by: Office, today: date) -> None:
    """Take a paper away that is not what was sent; the party can then sign, or add another."""
    version = locked(signature.version)
    waiting = Signature.objects.filter(pk=signature.pk, signed_at=None)
    if not waiting.delete()[0]:
        raise Overtaken("It was confirmed, or refused, already.")
    if signature.file:
        documents.stop_offering(file=signature.file, today=today)
    before, after = said(signature), {"version": version.number}
    to, did = subject_of(version), "refused a signed paper"
    journal.write(by=by.actor, did=did, to=to, before=before, after=after, reason=reason)
