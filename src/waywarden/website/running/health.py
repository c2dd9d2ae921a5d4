"""Whether the site is well: for the program that watches it, with nothing about anybody."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django_tasks_db.models import DBTaskResult

from waywarden.fabric.journal import queries as journal
from waywarden.fabric.work import jobs, workers
from waywarden.website.running import reading_only
from waywarden.website.running.references import reference

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_well: bool
    said: str


def findings(*, now: datetime) -> list[Finding]:
    """Look at everything; what cannot be looked at is not well."""
    looked_at: list[tuple[str, Callable[[datetime], tuple[bool, str]]]] = [
        ("database", _database),
        ("saving", _saving),
        ("migrations", _migrations),
        ("worker", _worker),
        ("jobs", _jobs),
        ("disk", _disk),
    ]
    return [_found(name, look, now) for name, look in looked_at]


def _found(name: str, look: Callable[[datetime], tuple[bool, str]], now: datetime) -> Finding:
    try:
        return Finding(name, *look(now))
    except (DatabaseError, OSError):
        # The words of an error may hold an address or a name.
        return Finding(name, False, "cannot be read")


def _database(now: datetime) -> tuple[bool, str]:
    return True, f"journal at line {journal.head_number()}"


def _saving(now: datetime) -> tuple[bool, str]:
    if reading_only.is_switched_on():
        return False, "switched off: the site is read-only"
    return (True, "can be saved") if _can_be_written() else (False, "the database is read-only")


def _can_be_written() -> bool:
    """Whether the database takes changes; asked without making one, and without waiting."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return bool(cursor.fetchone()[0] == "off")
        cursor.execute("PRAGMA query_only")
        is_open = cursor.fetchone()[0] == 0
    file = Path(str(connection.settings_dict["NAME"]))
    # SQLite writes beside its file, too.
    return is_open and all(os.access(path, os.W_OK) for path in (file, file.parent))


def _migrations(now: datetime) -> tuple[bool, str]:
    missing = known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return not missing, f"{len(missing)} to be run" if missing else "all run"


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return every migration of this version of the program; read from its files once."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _worker(now: datetime) -> tuple[bool, str]:
    """Whether what is to be done outside of requests is being done."""
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - workers.SILENCE).count()
    if late:
        return False, f"{late} jobs wait: is a worker running?"
    seen = workers.last_seen()
    if seen is None:
        return True, "none has run yet"
    return (now - seen <= workers.SILENCE), f"last seen at {seen:%Y-%m-%dT%H:%MZ}"


def _jobs(now: datetime) -> tuple[bool, str]:
    """Count the jobs that wait for the operator. The site answers as before: it is well."""
    count = jobs.count_set_aside()
    return True, f"{count} set aside, see /jobs/" if count else "none set aside"


def _disk(now: datetime) -> tuple[bool, str]:
    free = shutil.disk_usage(_nearest(settings.INSTANCE)).free // MEGABYTE
    is_enough = free >= settings.LEAST_FREE_MEGABYTES
    # How much exactly is nobody else's business.
    return is_enough, "enough room" if is_enough else "nearly full"


def _nearest(folder: Path) -> Path:
    return folder if folder.exists() else folder.parent


def shown(found: list[Finding]) -> dict[str, object]:
    """Return what was found as plain JSON values."""
    return {
        "is_well": all(finding.is_well for finding in found),
        "reference": reference(),
        **{finding.name: {"is_well": finding.is_well, "said": finding.said} for finding in found},
    }


def told(found: list[Finding]) -> str:
    """Return what was found as lines to read."""
    lines = [f"{each.name}: {'' if each.is_well else 'NOT WELL, '}{each.said}" for each in found]
    return "\n".join(["well" if all(each.is_well for each in found) else "NOT WELL", *lines, ""])
