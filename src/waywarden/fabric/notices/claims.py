"""Who has a letter in hand: two workers never have the same one, and none is left lying.

Each step is one statement that looks and writes at once, so of two workers who
want the same letter one alone gets it, on every database.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F

from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.telling import topics
from waywarden.fabric.notices.times import MOST_TRIES, wait_after

Status = Notice.Status
#: More than a few workers will not look at once; each looks further when it comes too late.
LOOKS_AT = 10
ERASED = {"text": "", "link": ""}
LAID_DOWN = {"claim": "", "taken_until": None}


def take(*, now: datetime, lease: timedelta) -> Notice | None:
    """Take up the next letter that is due, for this worker alone until the lease is over."""
    due = Notice.objects.to_send(now).order_by("due_at", "pk").values_list("pk", flat=True)
    for pk in due[:LOOKS_AT]:
        claim = uuid4().hex
        mine = Notice.objects.to_send(now).filter(pk=pk)
        taken = {"status": Status.TAKEN, "claim": claim, "taken_until": now + lease}
        if mine.update(**taken, tries=F("tries") + 1):
            return Notice.objects.filter(claim=claim).first()
    return None


def finish(notice: Notice, *, went: str, now: datetime) -> bool:
    """Note that a letter has left; say whether it was still in this worker's hand."""
    sent = {"status": Status.SENT, "sent_at": now, "went": went, "trouble": ""}
    topic = topics().get(notice.topic)
    return _lay_down(notice, sent | (ERASED if topic and topic.is_secret else {}))


def fail(notice: Notice, *, trouble: str, now: datetime) -> bool:
    """Note why a letter could not leave: it is tried again later, or set aside for good."""
    is_last = notice.tries >= MOST_TRIES
    status = Status.QUARANTINED if is_last else Status.FAILED
    due_at = now + wait_after(notice.tries)
    return _lay_down(notice, {"status": status, "due_at": due_at, "trouble": trouble})


def give_back(notice: Notice, *, trouble: str, now: datetime) -> bool:
    """Lay a letter down untried, for the mail server cannot be reached: not the letter's fault."""
    later = {"due_at": now + wait_after(1), "trouble": trouble, "tries": F("tries") - 1}
    return _lay_down(notice, {"status": Status.FAILED} | later)


def _lay_down(notice: Notice, fields: dict[str, object]) -> bool:
    mine = Notice.objects.filter(pk=notice.pk, status=Status.TAKEN, claim=notice.claim)
    return bool(mine.update(**LAID_DOWN, **fields))
