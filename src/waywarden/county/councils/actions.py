"""Changes to the record of bodies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from waywarden.county.councils.models import Body, BodyCode, Contact, Succession
from waywarden.fabric.common.models import Confidence
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal


class CannotList(Refusal):
    """A contact that cannot be listed; the message says why and what to do."""


@transaction.atomic
def record_bodies(
    *,
    of: Subject,
    bodies: Sequence[Body],
    codes: Sequence[BodyCode] = (),
    contacts: Sequence[Contact] = (),
    successions: Sequence[Succession] = (),
    by: Actor,
    today: date,
) -> None:
    """Record new bodies with their codes, contacts and successions, as one action about ``of``."""
    Body.objects.bulk_create(bodies)
    BodyCode.objects.bulk_create(codes)
    Contact.objects.bulk_create(contacts)
    Succession.objects.bulk_create(successions)
    journal.write(
        by=by,
        did="recorded bodies",
        to=of,
        after={
            "bodies": {body.key: [body.kind, body.name] for body in bodies},
            "successions": [
                [s.predecessor.key, s.successor.key, s.on.isoformat()] for s in successions
            ],
        },
    )


@transaction.atomic
def record_contacts(*, body: Body, contacts: Sequence[Contact], by: Actor, today: date) -> None:
    """Record ways to reach a body; one that had ended is in use again.

    The journal counts them by kind and leaves their values out: one may be somebody's own.
    """
    # In one order always: two who record the same contacts must not wait for one another.
    for contact in sorted(contacts, key=lambda each: (each.kind, each.value)):
        said = {
            "source": contact.source,
            "stated_on": contact.stated_on or today,
            "confidence": contact.confidence,
        }
        held, is_new = Contact.objects.select_for_update().get_or_create(
            body=body, kind=contact.kind, value=contact.value, defaults=said
        )
        if not is_new:
            # Whoever has it open in a form is to learn that it changed.
            Contact.objects.change(held, **said, ended_on=None)
    kinds = sorted(contact.kind for contact in contacts)
    counted = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    journal.write(by=by, did="recorded contacts", to=body.subject, after={"contacts": counted})


@transaction.atomic
def withdraw_examples(*, by: Actor, today: date) -> int:
    """Withdraw the made-up bodies of the demonstration; return how many there were."""
    keys = list(Body.objects.examples().order_by("key").values_list("key", flat=True))
    if not keys:
        return 0
    Body.objects.filter(key__in=keys).update(withdrawn_on=today)
    journal.write(
        by=by,
        did="withdrew example bodies",
        to=Subject("examples", "bodies"),
        before=dict.fromkeys(keys),
        after=dict.fromkeys(keys, today.isoformat()),
    )
    return len(keys)


@transaction.atomic
def add_contact(*, body: Body, kind: str, value: str, by: Actor, today: date) -> Contact:
    """List a new way to reach a body, or list one again that was withdrawn."""
    given = {"source": f"Given by {by.shown_as}", "stated_on": today}
    contact, is_new = Contact.objects.select_for_update().get_or_create(
        body=body, kind=kind, value=value, defaults={**given, "confidence": Confidence.READ}
    )
    if not is_new:
        _list_again(contact, **given)
    said = {"kind": kind, "value": journal.personal(value, of=contact.key)}
    journal.write(by=by, did="added a contact", to=body.subject, after=said)
    return contact


def _list_again(contact: Contact, **given: Any) -> None:
    if contact.ended_on is None:
        raise CannotList(f"{contact.value} is listed already.")
    Contact.objects.change(contact, ended_on=None, **given)


@transaction.atomic
def change_contact(
    *, contact: Contact, version: int, kind: str, value: str, by: Actor, today: date
) -> None:
    """Change a way to reach a body as it was shown in a version; raise ``Overtaken`` otherwise."""
    was = {"kind": contact.kind, "value": contact.value}
    given = {"source": f"Given by {by.shown_as}", "stated_on": today}
    _refuse_ended(contact)
    try:
        with transaction.atomic():
            Contact.objects.change_as_read(contact, version, kind=kind, value=value, **given)
    except IntegrityError as error:
        raise CannotList(
            f"{value} is listed already, or was withdrawn. Add it to list it again."
        ) from error
    before, after = (
        {"kind": said["kind"], "value": journal.personal(said["value"], of=contact.key)}
        for said in (was, {"kind": kind, "value": value})
    )
    journal.write(
        by=by, did="changed a contact", to=contact.body.subject, before=before, after=after
    )


@transaction.atomic
def withdraw_contact(*, contact: Contact, version: int, by: Actor, today: date) -> None:
    """Stop listing a way to reach a body, as it was shown in a version."""
    _refuse_ended(contact)
    Contact.objects.change_as_read(contact, version, ended_on=today)
    said = {"kind": contact.kind, "value": journal.personal(contact.value, of=contact.key)}
    journal.write(by=by, did="withdrew a contact", to=contact.body.subject, before=said)


def _refuse_ended(contact: Contact) -> None:
    if contact.ended_on is not None:
        raise Overtaken("This contact was withdrawn meanwhile. Add it to list it again.")
