"""Kill -9 under load: nothing acknowledged may be lost, and nothing may be half there."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count as counting
from typing import Any

from django.db import connections

from soak.acts import Act
from soak.browsers import Browser
from soak.sites import Site

WRITERS = 8
#: A kill falls somewhere in this span of seconds after the load has begun.
SPAN = (0.15, 0.6)
#: An acknowledgement so fresh may still have been on its way to the disk.
FRESH = 0.1
Figures = dict[str, Any]


@dataclass
class Load:
    """Writers that send forms until they are told to end, and what they were told was done."""

    site: Site
    act: Act
    sessions: list[str]
    marks: counting[int]
    sent: set[int] = field(default_factory=set)
    acknowledged: dict[int, float] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    _ends: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Load:
        self._threads = [
            threading.Thread(target=self._write, args=(session,)) for session in self.sessions
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def _write(self, session: str) -> None:
        browser = Browser(self.site.port, session)
        while not self._ends.is_set():
            mark = next(self.marks)
            self.sent.add(mark)
            answer = browser.send(self.act.path(mark), self.act.fields(mark))
            if answer.is_accepted:
                self.acknowledged[mark] = time.monotonic()
            elif 400 <= answer.status < 500:
                self.refused.add(mark)
            elif not answer.status:
                time.sleep(0.01)


def kills(
    site: Site,
    act: Act,
    sessions: list[str],
    *,
    victim: str,
    count: int,
    seed: int,
    broken: str = "",
    until_found: bool = False,
) -> Figures:
    """Kill a part of the site so often, and count what was lost or left half done."""
    chance, marks = random.Random(seed), counting(seed * 1_000_000)  # noqa: S311
    found: Figures = dict.fromkeys(
        ("kills", "acknowledged", "fresh_kills", "lost", "half", "refused"), 0
    ) | {"restarts": []}
    for _ in range(count):
        if site.server is None:
            site.start(broken)
        load = Load(site, act, sessions, marks)
        with load:
            time.sleep(chance.uniform(*SPAN))
            killed_at = time.monotonic()
            _kill(site, victim)
        found["restarts"].append(_revive(site, victim, broken))
        _count(found, load, killed_at)
        if until_found and (found["lost"] or found["half"]):
            break
    # Whoever comes next is not to meet connections that were cut.
    site.kill()
    return found


def _kill(site: Site, victim: str) -> None:
    if victim == "database":
        site.store.kill()  # type: ignore[union-attr]
    else:
        site.kill()


def _revive(site: Site, victim: str, broken: str) -> float:
    """Start again what was killed; return how many seconds it took until pages were answered."""
    begun = time.monotonic()
    if victim == "database":
        connections.close_all()
        site.store.revive()  # type: ignore[union-attr]
        site.wait()
    else:
        site.start(broken)
    return round(time.monotonic() - begun, 2)


def _count(found: Figures, load: Load, killed_at: float) -> None:
    kept, whole = load.act.kept(load.sent), load.act.whole(load.sent)
    fresh = [at for at in load.acknowledged.values() if killed_at - FRESH <= at]
    found["kills"] += 1
    found["acknowledged"] += len(load.acknowledged)
    found["fresh_kills"] += bool(fresh)
    found["lost"] += len(load.acknowledged.keys() - kept)
    found["half"] += len(kept ^ whole)
    found["refused"] += len(load.refused)


Harness = Callable[..., Figures]
