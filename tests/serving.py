"""Serving the site as an operator does: the command line loads a county and gunicorn answers.

The pages are walked on a site like a real one, with its own folder, its own
database of the store that is tested, and its own static files.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import stores

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60


def environment(folder: Path) -> dict[str, str]:
    """Give the environment of a site of its own, without anything of the tests'."""
    ours = ("DJANGO_", "WAYWARDEN_", "DATABASE_URL", "SECRET_KEY", "PYTEST", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    paths = {"WAYWARDEN_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    return kept | paths | {"NO_COLOR": "1", "COLUMNS": "200", "CONTACT_EMAIL": "clerk@example.org"}


def run(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the command line and give what it said."""
    return subprocess.run(
        [sys.executable, "-m", "waywarden.cli", *arguments],
        env=environment(folder) | more,
        cwd=folder if folder.is_dir() else None,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def free_port() -> int:
    """Find a port nobody answers on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_database(name: str) -> Iterator[dict[str, str]]:
    """Give what names a database of the site's own, on the store that is tested."""
    if stores.STORE == "sqlite":
        yield {}
        return
    # Only the PostgreSQL run has the driver at hand.
    import psycopg
    from psycopg import sql

    server = os.environ["DATABASE_URL"]
    address = server.replace("/postgres?", f"/{name}?")
    assert address != server, server
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": address}
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[str]:
    """Serve a site for as long as a ``with`` lasts; gives its address."""
    port = free_port()
    arguments = ["serve", "--port", str(port), "--workers", "2", "--no-worker"]
    with (folder / "served.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "waywarden.cli", *arguments],
            env=environment(folder) | more,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", server, folder)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def wait_for(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until a site answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/privacy/", timeout=PATIENCE).close()  # noqa: S310
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            assert server.poll() is None, (folder / "served.log").read_text()
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer: {(folder / 'served.log').read_text()}")
