"""Keeping a table that was sent, and deciding about it: once, whoever presses how often."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.imports import policies, queries
from waywarden.fabric.imports.kinds import ImportKind, Occasion, Reading
from waywarden.fabric.imports.models import Upload, UploadQuerySet, table_of
from waywarden.fabric.tables.reading import Sheet

Status = Upload.Status
FORGOTTEN = "A table sent long ago"
NO_TABLE: dict[str, list[str]] = {"headings": [], "rows": [], "problems": []}


class CannotTakeIn(Refusal):
    """A table of which nothing can be taken in; the message says why."""


class SayWhy(CannotTakeIn):
    """A table that changes what is another's, without a reason."""


class DecidedAlready(Refusal):
    """Somebody, perhaps with a second click, has decided about this table."""


class ChangedSince(Refusal):
    """What the table would change is not any more what was shown."""


@dataclass(frozen=True)
class Sent:
    """A file as it came: its name and its bytes, and the table in it."""

    name: str
    content: bytes
    sheet: Sheet


def receive(*, kind: ImportKind, sent: Sent, by: Actor, body_key: str) -> Upload:
    """Keep a table to be decided on; the same one sent twice is kept once."""
    upload, _ = Upload.objects.get_or_create(
        kind=kind.slug,
        by_key=by.key,
        body_key=body_key,
        sha256=hashlib.sha256(sent.content).hexdigest(),
        status=Status.READ,
        defaults={"name": sent.name[:200], "table": table_of(sent.sheet)},
    )
    return upload


@transaction.atomic
def take_in(*, upload: Upload, kind: ImportKind, seen: str, occasion: Occasion) -> Reading:
    """Take in the rows nothing is wrong with, if they would still do what was seen.

    Whoever is first to move the upload on does it; the row is theirs until
    their transaction ends, so a second click finds it decided.
    """
    _decide(upload, Status.TAKEN, occasion.now)
    reading = queries.reading_of(upload, kind, occasion)
    if reading.digest != seen:
        raise ChangedSince(
            "What this table would change is not what you were shown: somebody changed a record "
            "meanwhile. Nothing was saved. Look again before you take it in."
        )
    CannotTakeIn.if_any(policies.obstacles_to_taking_in(reading))
    SayWhy.if_any(policies.obstacles_to_going_unexplained(reading, occasion.reason))
    kind.take(reading.to_take, occasion)
    problems = [list(asdict(problem).values()) for problem in reading.problems]
    upload.outcome = reading.counts | {"problems": problems}
    upload.save(update_fields=["outcome"])
    return reading


@transaction.atomic
def leave_out(*, upload: Upload, now: datetime) -> None:
    """Take nothing of a table in."""
    _decide(upload, Status.LEFT, now)


def _decide(upload: Upload, status: Upload.Status, now: datetime) -> None:
    is_open = status in Upload.MOVES[Status(upload.status)]
    if not is_open or not Upload.objects.change(upload, status=status, decided_at=now):
        raise DecidedAlready("This table was decided on before. Nothing was done a second time.")


@transaction.atomic
def forget(*, by_key: str, word: str, now: datetime) -> None:
    """Empty the tables that somebody sent or that hold a word, such as their address.

    What was decided stays; a table that waited is left out, all of it.
    """
    word = word.lower()
    named = [
        upload.pk
        for upload in Upload.objects.iterator()
        if upload.by_key == by_key
        or word in f"{upload.table} {upload.outcome} {upload.name}".lower()
    ]
    _empty(Upload.objects.filter(pk__in=named), name="erased", now=now)


@transaction.atomic
def forget_old(*, sent_before: datetime, now: datetime) -> list[str]:
    """Empty the tables sent before a moment; return the key of each one's body.

    What was decided and how many rows it was about stays; a table that waited
    is left out, all of it.
    """
    old = list(Upload.objects.held_since(sent_before).select_for_update().order_by("pk"))
    _empty(Upload.objects.filter(pk__in=[each.pk for each in old]), name=FORGOTTEN, now=now)
    return [each.body_key for each in old]


def _empty(found: UploadQuerySet, *, name: str, now: datetime) -> None:
    # Counted up, so that whoever has read one before cannot decide about it any more.
    waiting = found.filter(status=Status.READ)
    waiting.update(status=Status.LEFT, decided_at=now, version=F("version") + 1)
    for upload in found.only("outcome"):
        counts = {what: count for what, count in upload.outcome.items() if what != "problems"}
        emptied = {"table": NO_TABLE, "outcome": counts, "name": name, "emptied_at": now}
        found.filter(pk=upload.pk).update(**emptied)
