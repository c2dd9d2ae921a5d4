"""What is forgotten when nobody can need it any more, each with a line in the journal.

The privacy page and docs/reference/retention.md say the same in words.
"""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction

from waywarden.fabric.common.subjects import CHORES, Subject
from waywarden.fabric.imports import actions as imports
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices import transport

#: Tables that were sent, letters that could not leave, and letters that became files.
KEPT = timedelta(days=90)


def forget_old(*, today: date, now: datetime) -> None:
    """Forget what was kept for long enough; run it once a day."""
    forget_tables(now=now)
    give_up_letters(now=now)
    forget_files(now=now)


@transaction.atomic
def forget_tables(*, now: datetime) -> None:
    """Empty the tables that were sent long ago; each body is told of its own alone."""
    bodies = Counter(imports.forget_old(sent_before=now - KEPT, now=now))
    for body, count in sorted(bodies.items()):
        _note("forgot tables sent long ago", {"tables": count}, body)


@transaction.atomic
def give_up_letters(*, now: datetime) -> None:
    """Give up the letters that were set aside long ago."""
    _note("gave up letters set aside long ago", {"letters": notices.give_up(due_before=now - KEPT)})


@transaction.atomic
def forget_files(*, now: datetime) -> None:
    """Remove the letters that became files long ago."""
    old = transport.files_before(now - KEPT)
    _note("removed letters kept as files", {"files": len(old)})
    # After the line: a file that cannot be removed undoes it, and is tried again.
    for file in old:
        file.unlink(missing_ok=True)


def _note(did: str, counted: dict[str, int], body: str = "") -> None:
    if any(counted.values()):
        about = Subject("installation", "installation", bodies=(body,) if body else ())
        journal.write(by=CHORES, did=did, to=about, after=counted)
