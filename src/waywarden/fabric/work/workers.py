"""Which workers there are: each says every half minute that it is there, and others notice."""

import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from waywarden.fabric.work.models import SeenWorker

#: A worker that has said nothing for so long is gone; compiled sums can keep one from speaking.
SILENCE = timedelta(minutes=15)
BEAT = 30.0
Clock = Callable[[], datetime]


def new_name() -> str:
    """Return a name for this worker: the machine, the process, and what no other worker has."""
    return f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"


def _machine() -> str:
    return socket.gethostname().replace(":", "-")[:40]


def note_seen(name: str, now: datetime) -> None:
    """Say that a worker is there."""
    SeenWorker.objects.update_or_create(
        name=name, defaults={"seen_at": now}, create_defaults={"started_at": now, "seen_at": now}
    )


def note_gone(name: str) -> None:
    """Say that a worker has ended."""
    SeenWorker.objects.filter(name=name).delete()


def last_seen() -> datetime | None:
    """Return when any worker was last there; none where all have ended as they should."""
    seen = SeenWorker.objects.order_by("seen_at").last()
    return seen.seen_at if seen else None


def is_gone(name: str, now: datetime) -> bool:
    """Whether a worker has ended without saying so."""
    if _is_of_this_machine_and_ended(name):
        return True
    seen = SeenWorker.objects.filter(name=name).first()
    return seen is None or seen.seen_at < now - SILENCE


def _is_of_this_machine_and_ended(name: str) -> bool:
    machine, _, rest = name.partition(":")
    process = rest.partition(":")[0]
    if machine != _machine() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class Heartbeat:
    """Says for a worker that it is there, also while a long job keeps it."""

    def __init__(self, name: str, clock: Clock) -> None:
        self._name, self._clock = name, clock
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heartbeat":
        note_seen(self._name, self._clock())
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._thread.join()
        note_gone(self._name)

    def _beat(self) -> None:
        while not self._is_over.wait(BEAT):
            try:
                note_seen(self._name, self._clock())
            except DatabaseError:
                # Said again in half a minute; the work itself will tell of the trouble.
                connection.close()
        connection.close()
