"""Writing in the journal. Call it inside the transaction that makes the change."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal.models import Concern, Entry, Head, PersonalValue, PublishedHead


def write(
    *,
    by: Actor,
    did: str,
    to: Subject,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add one line at the end of the chain.

    The head row is locked until the caller's transaction ends, so two writers
    take turns and the chain never forks. ``before`` and ``after`` hold only
    the fields that changed, as plain JSON values; a value that says something
    of a person is put there by ``personal``. The line concerns the body acted
    for and the bodies its subject belongs to.
    """
    _refuse_outside_a_transaction()
    bodies = sorted((to.concerned | {by.body}) - {""})
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    entry = Entry(
        number=head.number + 1,
        at=datetime.now(UTC),
        actor_key=by.key,
        actor_shown_as=by.shown_as,
        did=did,
        subject_kind=to.kind,
        subject_key=to.key,
        subject_url=to.url,
        before=before or {},
        after=after or {},
        reason=reason,
        bodies=bodies,
        previous_hash=head.hash,
    )
    entry.hash = entry.expected_hash()
    entry.save()
    Concern.objects.bulk_create(Concern(entry=entry, body_key=body) for body in bodies)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def _refuse_outside_a_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "Write in the journal inside the change's own transaction."
        )


def personal(value: str, *, of: str) -> dict[str, str]:
    """Keep a value beside the chain, and return what stands for it in ``before`` or ``after``.

    ``of`` is the key of whoever it says something of: ``forget`` erases by it.
    """
    _refuse_outside_a_transaction()
    salt = secrets.token_hex(32)
    kept = PersonalValue.objects.create(person_key=of, salt=salt, value=value)
    return {"personal": str(kept.reference), "hash": salted_hash(salt, value)}


def salted_hash(salt: str, value: str) -> str:
    """Return what the chain holds of a personal value."""
    return hashlib.sha256(f"{salt} {value}".encode()).hexdigest()


@transaction.atomic
def forget(*, person_key: str, by: Actor, now: datetime, reason: str = "") -> int:
    """Erase all that is kept of somebody beside the chain, which stays whole; return how many."""
    count = empty(person_keys=[person_key], now=now)
    if count:
        write(
            by=by,
            did="erased personal values",
            to=Subject("person", person_key),
            after={"erased": count},
            reason=reason,
        )
    return count


def empty(*, person_keys: Collection[str], now: datetime) -> int:
    """Erase what is kept beside the chain as a part of a change that writes its own line."""
    kept = PersonalValue.objects.filter(person_key__in=person_keys, erased_at__isnull=True)
    return kept.update(salt="", value="", erased_at=now)


@transaction.atomic
def publish_head(*, today: date, now: datetime) -> PublishedHead:
    """Make today's head known, once: whoever asks again on the same day is given the same."""
    head = Head.objects.filter(pk=1).first() or Head()
    published, _ = PublishedHead.objects.get_or_create(
        day=today, defaults={"number": head.number, "hash": head.hash, "at": now}
    )
    return published
