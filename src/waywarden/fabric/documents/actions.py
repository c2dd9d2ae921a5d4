"""Changes to what is stored: a file is kept, withdrawn, and forgotten with what it was kept for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from waywarden.fabric.common.subjects import CHORES, Actor, Subject
from waywarden.fabric.documents import keeping, queries
from waywarden.fabric.documents.inspecting import inspected, plain_name
from waywarden.fabric.documents.models import OwnContent, StoredFile
from waywarden.fabric.journal import actions as journal

#: How long content waits for a row to name it: nobody takes so long to send a form.
UNNAMED_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Ready:
    """Content that is on the disk to stay, for a row to name."""

    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True)
class Sound:
    """Content that was looked into and may be kept; nothing of it is on the disk yet."""

    content: bytes
    media_type: str
    name: str

    @property
    def size(self) -> int:
        return len(self.content)

    def to_disk(self) -> Ready:
        """Write it to the disk, so that a row may name it. Raises `NotKept`."""
        return Ready(keeping.keep(self.content), self.size, self.media_type, self.name)


def received(*, content: bytes, name: str) -> Ready:
    """Look into a file that somebody sent, and write it to the disk.

    Call it before a transaction, not within: it takes up to seconds, and a row
    must never name what a power cut took. Raises `CannotAccept` or `NotKept`.
    """
    return looked_into(content=content, name=name).to_disk()


def looked_into(*, content: bytes, name: str) -> Sound:
    """Look into a file that somebody sent; nothing of it is kept yet. Raises `CannotAccept`.

    Call it before a transaction, not within: it takes up to seconds, and that the content is
    our own must be known also where what comes after is undone.
    """
    found = inspected(content, most_bytes=settings.FILES_MOST_BYTES)
    _own([keeping.hash_of(found.content)])
    return Sound(found.content, found.media_type, plain_name(name, found.media_type))


def made(*, content: bytes, media_type: str, name: str) -> Ready:
    """Write a file that we made ourselves to the disk. Raises `NotKept`.

    Call it before a transaction, not within: content of which nothing is known stays for good.
    """
    _own([keeping.hash_of(content)])
    return Ready(keeping.keep(content), len(content), media_type, name)


@transaction.atomic
def keep(
    *, ready: Ready, kept_for: Subject, body_key: str = "", by: Actor, today: date
) -> StoredFile:
    """Keep a file for something."""
    file = store(ready=ready, kept_for=kept_for, body_key=body_key, by=by)
    # The name is left out: people write names of people into names of files.
    kept = {"sha256": ready.sha256, "size": ready.size, "media_type": ready.media_type}
    about = {"kept_for": f"{kept_for.kind} {kept_for.key}", "body": body_key}
    journal.write(by=by, did="kept a file", to=file.subject, after=kept | about)
    return file


def store(*, ready: Ready, kept_for: Subject, body_key: str = "", by: Actor) -> StoredFile:
    """Keep a file as a part of a change whose own line in the journal names its hash."""
    return StoredFile.objects.create(
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


@transaction.atomic
def withdraw(*, file: StoredFile, by: Actor, today: date, reason: str = "") -> bool:
    """Offer a file no longer; say whether it was offered until now."""
    is_first = stop_offering(file=file, today=today)
    if is_first:
        after = {"withdrawn_on": str(today)}
        journal.write(by=by, did="withdrew a file", to=file.subject, after=after, reason=reason)
    return is_first


def stop_offering(*, file: StoredFile, today: date) -> bool:
    """Withdraw a file as a part of a change with a line of its own; say whether it was offered."""
    is_first = StoredFile.objects.there().filter(pk=file.pk).update(withdrawn_on=today) == 1
    if is_first:
        file.withdrawn_on = today
    return is_first


def forget(*, files: Sequence[StoredFile]) -> None:
    """Forget files with what they were kept for, whose own line in the journal says so.

    The content goes a day later, if no other row names it: a backup that is being made may
    have read the rows already.
    """
    _own([file.sha256 for file in files])
    for file in files:
        keeping.touch(file.sha256)
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()


def _own(hashes: Sequence[str]) -> None:
    """Note that content is this database's own: it alone may remove it."""
    at = timezone.now()
    rows = [OwnContent(sha256=sha256, at=at) for sha256 in sorted(set(hashes))]
    OwnContent.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["sha256"], update_fields=["at"]
    )


def sweep(*, today: date, now: datetime) -> None:
    """Remove our own content that no row names for a day, as of refused uploads; run it daily.

    What this database does not know stays: another may name it, or this one did before a
    backup was restored.
    """
    before = now - UNNAMED_KEPT
    unnamed = queries.own(before=before) - set(queries.hashes())
    may_go = partial(queries.is_removable, before=before)
    swept = [
        each
        for each in keeping.old(before)
        if (each.is_unfinished or each.name in unnamed)
        and keeping.remove(each, before=before, may_go=may_go)
    ]
    _disown(before=before)
    if swept:
        counted = {"files": len(swept), "bytes": sum(each.size for each in swept)}
        about = Subject("installation", "installation")
        with transaction.atomic():
            journal.write(by=CHORES, did="removed unnamed files", to=about, after=counted)


def _disown(*, before: datetime) -> None:
    """Forget which content was our own where a row names it or it is gone."""
    named = set(queries.hashes())
    done = [each for each in queries.own(before=before) if each in named or not keeping.lies(each)]
    for sha256 in done:
        # What was brought or let go again meanwhile stays our own.
        OwnContent.objects.filter(sha256=sha256, at__lt=before).delete()
