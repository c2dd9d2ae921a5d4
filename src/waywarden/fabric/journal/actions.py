"""Writing in the journal. Call it inside the transaction that makes the change."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal.models import Entry, Head


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
    the fields that changed, as plain JSON values.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "Write in the journal inside the change's own transaction."
        )
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
        previous_hash=head.hash,
    )
    entry.hash = entry.expected_hash()
    entry.save()
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry
