"""Changes to what is stored: a file is kept, and withdrawn. Nothing is deleted."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.documents import keeping
from waywarden.fabric.documents.inspecting import inspected, plain_name
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True)
class Ready:
    """Content that is on the disk to stay, for a row to name."""

    sha256: str
    size: int
    media_type: str
    name: str


def received(*, content: bytes, name: str) -> Ready:
    """Look into a file that somebody sent, and write it to the disk.

    Call it before a transaction, not within: it takes up to seconds, and a row
    must never name what a power cut took. Raises `CannotAccept` or `NotKept`.
    """
    found = inspected(content, most_bytes=settings.FILES_MOST_BYTES)
    return made(
        content=found.content,
        media_type=found.media_type,
        name=plain_name(name, found.media_type),
    )


def made(*, content: bytes, media_type: str, name: str) -> Ready:
    """Write a file that we made ourselves to the disk. Raises `NotKept`."""
    return Ready(keeping.keep(content), len(content), media_type, name)


@transaction.atomic
def keep(
    *, ready: Ready, kept_for: Subject, body_key: str = "", by: Actor, today: date
) -> StoredFile:
    """Keep a file for something."""
    file = StoredFile.objects.create(
        sha256=ready.sha256,
        size=ready.size,
        media_type=ready.media_type,
        name=ready.name,
        kept_for_kind=kept_for.kind,
        kept_for_key=kept_for.key,
        body_key=body_key,
        by_key=by.key,
        by_shown_as=by.shown_as,
    )
    # The name is left out: people write names of people into names of files.
    kept = {"sha256": ready.sha256, "size": ready.size, "media_type": ready.media_type}
    about = {"kept_for": f"{kept_for.kind} {kept_for.key}", "body": body_key}
    journal.write(by=by, did="kept a file", to=file.subject, after=kept | about)
    return file


@transaction.atomic
def withdraw(*, file: StoredFile, by: Actor, today: date, reason: str = "") -> bool:
    """Offer a file no longer; say whether it was offered until now."""
    is_first = StoredFile.objects.there().filter(pk=file.pk).update(withdrawn_on=today) == 1
    if is_first:
        file.withdrawn_on = today
        after = {"withdrawn_on": str(today)}
        journal.write(by=by, did="withdrew a file", to=file.subject, after=after, reason=reason)
    return is_first
