"""Letters sent while the worker is killed again and again: each arrives, and hardly one twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from soak.sites import Site
from soak.stores import PATIENCE, kill

Figures = dict[str, Any]
#: How long a worker has a letter to itself; the next one waits so long for a killed one's.
LEASE = 2.0
#: How many letters a worker sends at most before it is killed, of the ten that each may send.
LIVES = 12
#: The moment after its last letter in which it is killed, in seconds.
MOMENT = 0.03
#: How many workers must have been killed over a letter before it may be set aside.
ENOUGH = 5


class Postbox:
    """A mail server on this machine alone that takes everything and counts it."""

    def __init__(self) -> None:
        # Only this harness needs it.
        from aiosmtpd.controller import Controller

        self.came: Counter[str] = Counter()
        self.server = Controller(self, hostname="127.0.0.1", port=0)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a letter, and remember which it was."""
        from email import message_from_bytes

        self.came[str(message_from_bytes(envelope.content)["Message-ID"])] += 1
        return "250 OK"

    def __enter__(self) -> Postbox:
        from soak.sites import free_port

        self.server.port = free_port()
        self.server.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.stop()

    @property
    def settings(self) -> dict[str, str]:
        """What a worker is told of it."""
        return {
            "EMAIL_URL": f"smtp://127.0.0.1:{self.server.port}",
            "MAIL_FROM": "register@example.org",
            "ALLOWED_RECIPIENTS": "@example.org",
        }


def mails(site: Site, *, letters: int, kills: int, seed: int, broken: str = "") -> Figures:
    """Write so many letters, kill the worker so often while it sends them, and count."""
    chance = random.Random(seed)  # noqa: S311
    wanted = _write(letters)
    with Postbox() as postbox:
        killed = _killed_often(site, postbox, kills, chance, broken)
        _let_finish(site, postbox, broken)
        came = postbox.came
    sent, aside = set(_tries_of("sent")), _tries_of("quarantined")
    unknown = len(came.keys() - _known())
    return tally(wanted, came, sent=sent, aside=aside, kills=killed) | {"unknown": unknown}


def tally(
    wanted: set[str], came: Counter[str], *, sent: set[str], aside: Mapping[str, int], kills: int
) -> Figures:
    """Count what came of letters; those set aside are given with how often each was taken up.

    What five workers were killed over waits for the operator. Whatever was
    set aside sooner was given up, and is lost even if it came; so is what was
    set aside beyond what so many kills can explain.
    """
    waiting = {name for name, tries in aside.items() if tries >= ENOUGH}
    given_up = aside.keys() - waiting
    too_many = max(0, len(waiting) - kills // ENOUGH)
    return {
        "letters": len(wanted),
        "kills": kills,
        "set_aside": len(aside),
        "lost": len((wanted - came.keys() - waiting) | given_up) + too_many,
        "twice": sum(times - 1 for times in came.values()),
        "not_noted": len(wanted - sent - waiting),
    }


def _killed_often(
    site: Site, postbox: Postbox, kills: int, chance: random.Random, broken: str
) -> int:
    killed = 0
    while killed < kills and _left():
        worker = _worker(site, postbox, broken)
        _until_ready(worker)
        _until_it_has_sent(postbox, chance.randint(1, LIVES))
        time.sleep(chance.uniform(0, MOMENT))
        kill(worker.pid)
        worker.stdout.close()  # type: ignore[union-attr]
        killed += 1
    return killed


def _let_finish(site: Site, postbox: Postbox, broken: str) -> None:
    worker = _worker(site, postbox, broken)
    until = time.monotonic() + PATIENCE
    while _left() and time.monotonic() < until:
        time.sleep(0.2)
    kill(worker.pid)
    worker.stdout.close()  # type: ignore[union-attr]


def _worker(site: Site, postbox: Postbox, broken: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "soak.worker", str(LEASE)],
        env=site.environment | postbox.settings | {"SOAK_BROKEN": broken},
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _until_ready(worker: subprocess.Popen[bytes]) -> None:
    if not worker.stdout or worker.stdout.readline() != b"ready\n":
        raise RuntimeError("The worker ended before it began.")


def _until_it_has_sent(postbox: Postbox, letters: int) -> None:
    """Wait for letters, not for a time: that kills as often on a fast machine as on a busy one."""
    enough, until = postbox.came.total() + letters, time.monotonic() + 2 * LEASE
    while postbox.came.total() < enough and _left() and time.monotonic() < until:
        time.sleep(0.005)


def _write(letters: int) -> set[str]:
    from django.db import transaction
    from django.utils.timezone import localdate

    from soak import people
    from waywarden.fabric.notices import actions, telling

    to = telling.Recipient("person-1", "bron@example.org", "Bron")
    written = set()
    with transaction.atomic():
        for number in range(letters):
            notice = actions.tell(
                to=to,
                topic=telling.INVITATIONS,
                says=telling.Says(f"Letter {number}", "It is said in one line."),
                why="this is a soak",
                by=people.cast().by,
                today=localdate(),
                reply_to="",
            )
            written.add(notice.message_id if notice else "")
    return written


def _left() -> int:
    from waywarden.fabric.notices.models import Notice

    done = (Notice.Status.SENT, Notice.Status.QUARANTINED)
    return Notice.objects.exclude(status__in=done).count()


def _known() -> set[str]:
    from waywarden.fabric.notices.models import Notice

    return set(Notice.objects.values_list("message_id", flat=True))


def _tries_of(status: str) -> dict[str, int]:
    """Give the letters that stand so, each with how often it was taken up."""
    from waywarden.fabric.notices.models import Notice

    return dict(Notice.objects.filter(status=status).values_list("message_id", "tries"))
