"""Whether an acknowledged write has reached the disk: counted in what the system was asked."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count as counting
from pathlib import Path
from typing import Any

from soak.acts import Act
from soak.browsers import Browser
from soak.sites import Site
from soak.stores import Postgresql, descendants

Figures = dict[str, Any]


def syncs(site: Site, act: Act, session: str, *, count: int, seed: int) -> Figures:
    """Send so many forms one after another; count those acknowledged before the disk had them."""
    tracer = shutil.which("strace")
    if tracer is None:
        return {"skipped": "strace is not installed"}
    browser, marks, spans = Browser(site.port, session), counting(seed * 1_000_000), []
    with _traced(site, Path(tracer)) as log:
        for mark in (next(marks) for _ in range(count)):
            begun = time.time()
            answer = browser.send(act.path(mark), act.fields(mark))
            spans.append((begun, time.time(), answer.is_accepted))
    at = _moments(log)
    accepted = [(begun, done) for begun, done, is_done in spans if is_done]
    synced = sum(any(begun <= one <= done for one in at) for begun, done in accepted)
    return {"acknowledged": len(accepted), "synced": synced, "without": len(accepted) - synced}


@contextmanager
def _traced(site: Site, tracer: Path) -> Iterator[Path]:
    """Watch whoever writes to the disk: the server of the database, or of the pages."""
    log = site.folder / "syncs.log"
    top = site.store.pid if isinstance(site.store, Postgresql) else site.server.pid  # type: ignore[union-attr]
    pids = [word for pid in (top, *descendants(top)) for word in ("-p", str(pid))]
    calls = ["-f", "-ttt", "-e", "trace=fsync,fdatasync", "-o", str(log)]
    tracing = subprocess.Popen(  # noqa: S603
        [str(tracer), *calls, *pids], stderr=subprocess.DEVNULL
    )
    time.sleep(2)
    try:
        yield log
    finally:
        time.sleep(0.5)
        tracing.terminate()
        tracing.wait(30)


def _moments(log: Path) -> list[float]:
    lines = log.read_text(errors="replace").splitlines()
    words = [line.split() for line in lines if "sync(" in line]
    return [float(next(word for word in line if "." in word)) for line in words]
