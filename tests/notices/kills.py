"""Kill the worker while it sends, as often as asked, and count what arrived.

The short form is a test; the long one is ``sent_despite_kills(folder, letters=1000,
kills=100)`` with a folder and, on PostgreSQL, the address of an empty database.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.notices.servers import Post, mail_server
from tests.serving import environment

PATIENCE = 300
TELL = """
import sys
from datetime import date
from waywarden.upkeep import beginning
beginning.start(print)
from django.db import transaction
from waywarden.fabric.common.subjects import COMMAND_LINE
from waywarden.fabric.notices import actions
from waywarden.fabric.notices.telling import OFFICES, Recipient, Says
for number in range(int(sys.argv[1])):
    to = Recipient(f"person-{number}", f"clerk-{number}@parish.example", "A clerk")
    with transaction.atomic():
        actions.tell(to=to, topic=OFFICES, says=Says("News", "News."), why="it is a test",
                     by=COMMAND_LINE, today=date(2026, 11, 20), reply_to="")
"""
COUNT = """
from waywarden.upkeep import beginning
beginning.start(print)
from waywarden.fabric.notices.models import Notice
print(Notice.objects.filter(status="sent").count(), Notice.objects.count())
"""


@dataclass(frozen=True)
class Tally:
    """What came of it."""

    kills: int
    #: Letters that the mail server never saw.
    lost: int
    #: Letters it saw more than once, counted each time after the first.
    twice: int
    #: Names that letters to one person came under, beyond one each.
    renamed: int
    #: Letters that our database says were sent, and how many there are.
    said_sent: int
    written: int


def sent_despite_kills(
    folder: Path, *, letters: int, kills: int, seed: int = 1, **database: str
) -> Tally:
    """Tell people, kill a worker that many times while it sends, and let another finish."""
    folder.mkdir(parents=True, exist_ok=True)
    with mail_server(slowness=0.02) as post:
        site = environment(folder) | database | _mail(post)
        _run(site, TELL, str(letters))
        done = _kill_while_sending(site, post, letters, kills, random.Random(seed))  # noqa: S311
        _finish(site, letters)
        return _tally(post, letters, done, _run(site, COUNT))


def _mail(post: Post) -> dict[str, str]:
    return {
        "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
        "MAIL_FROM": "register@county.example",
        "SITE_ADDRESS": "https://register.county.example",
        "SEND_MAIL_OUTSIDE": "yes",
        "MAIL_LEASE_SECONDS": "1",
    }


def _run(site: dict[str, str], script: str, *words: str) -> str:
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(
        command, env=site, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return done.stdout


def _worker(site: dict[str, str], *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "waywarden.cli", "worker", *options]
    return subprocess.Popen(command, env=site, stdout=subprocess.DEVNULL)


def _kill_while_sending(
    site: dict[str, str], post: Post, letters: int, kills: int, draw: random.Random
) -> int:
    """Kill a worker soon after it has sent its first letters; return how often it was done."""
    done, until = 0, time.monotonic() + PATIENCE
    share = max(1, letters // (kills + 1))
    while done < kills and len(post.letters) < letters and time.monotonic() < until:
        seen, worker = len(post.letters), _worker(site)
        while worker.poll() is None and len(post.letters) < min(seen + share, letters):
            assert time.monotonic() < until, "The worker sends nothing."
            time.sleep(0.005)
        time.sleep(draw.random() * 0.05)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        done += 1
    return done


def _finish(site: dict[str, str], letters: int) -> None:
    until = time.monotonic() + PATIENCE
    while int(_run(site, COUNT).split()[0]) < letters:
        assert time.monotonic() < until, "Letters are left behind."
        worker = _worker(site, "--once")
        worker.wait(timeout=PATIENCE)


def _tally(post: Post, letters: int, kills: int, counted: str) -> Tally:
    seen = Counter(post.recipients)
    names = {(letter["To"], letter["Message-ID"]) for letter in post.letters}
    said_sent, written = map(int, counted.split())
    return Tally(
        kills=kills,
        lost=letters - len(seen),
        twice=sum(seen.values()) - len(seen),
        renamed=len(names) - len(seen),
        said_sent=said_sent,
        written=written,
    )
