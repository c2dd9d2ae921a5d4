"""A site of our own: its folder, its database, the cast in it, and gunicorn answering for it.

The process that opens a site is the only one to ask its database through Django;
whoever serves the site is another, and can be killed at any moment.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from soak.stores import PATIENCE, STORES, Store, kill

ROOT = Path(__file__).absolute().parents[1]
OURS = ("DJANGO_", "WAYWARDEN_", "DATABASE_URL", "SECRET_KEY", "PYTEST", "COV_", "SOAK_")


@dataclass
class Site:
    """An installation with the cast in it, answering on this machine alone."""

    folder: Path
    store: Store
    port: int = 0
    server: subprocess.Popen[bytes] | None = None
    #: How whoever answers is broken on purpose; blank for the product as it is.
    broken: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, broken: str = "") -> None:
        """Let gunicorn answer as `waywarden serve` does, or a variant broken on purpose."""
        self.port, self.broken = self.port or free_port(), broken
        wsgi = "soak.broken" if broken else "waywarden.wsgi"
        bind = ["--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--no-control-socket"]
        with (self.folder / "served.log").open("ab") as log:
            self.server = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "gunicorn", *bind, "--log-level", "warning", wsgi],
                env=self.environment | {"SOAK_BROKEN": broken},
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, HTTPException):
                asked = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                asked.request("GET", "/privacy/")
                answered = asked.getresponse().status
                asked.close()
                if answered < 500:
                    return
            if self.server is None or self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise TimeoutError(f"The site does not answer: {self.said()}")

    def kill(self) -> None:
        """Kill the web server and all its workers, as the machine might."""
        if self.server:
            kill(self.server.pid)
            self.server = None

    def stop(self) -> None:
        """End the web server as an operator does."""
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(PATIENCE)
            self.server = None

    def said(self) -> str:
        """Give the end of what the server has written."""
        return (self.folder / "served.log").read_text(errors="replace")[-2000:]

    @contextmanager
    def served(self, broken: str = "") -> Iterator[None]:
        """Answer in a ``with``, and until something else is to be answered or the site is left."""
        if self.server is None or self.broken != broken:
            self.kill()
            self.start(broken)
        yield


def free_port() -> int:
    """Find a port nobody answers on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(folder: Path, store: str, *, is_empty: bool = False) -> Iterator[Site]:
    """Make a site with the cast in it; when the ``with`` ends, nothing of it runs any more.

    An empty one has nobody in it, for those who bring a county of their own.
    """
    database = STORES[store](folder)
    site = Site(folder, database)
    kept = {name: said for name, said in os.environ.items() if not name.startswith(OURS)}
    site.environment = kept | {
        "WAYWARDEN_DIR": str(folder),
        "DATABASE_URL": database.url,
        "DJANGO_SETTINGS_MODULE": "waywarden.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    try:
        _prepare(site)
        if not is_empty:
            from soak import people

            people.introduce()
        yield site
    finally:
        site.kill()
        from django.db import connections

        connections.close_all()
        database.stop()


def _prepare(site: Site) -> None:
    """Take this process into the site, and bring its database up to date."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ.update(site.environment)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
