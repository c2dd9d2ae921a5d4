"""Backups made while people write, each tried: what was acknowledged before is in it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import count as counting
from pathlib import Path
from typing import Any

from soak.acts import Act
from soak.kills import Load
from soak.sites import Site

Figures = dict[str, Any]


def drills(site: Site, act: Act, sessions: list[str], *, count: int, seed: int) -> Figures:
    """Back up so often under load, and drill each backup as an operator does."""
    found: Figures = {"backups": 0, "failed": 0, "faults": 0, "seconds": []}
    marks, folder = counting(seed * 1_000_000), site.folder / "drilled"
    for _ in range(count):
        with Load(site, act, sessions, marks):
            time.sleep(0.3)
            made = waywarden(site, "backup", str(folder))
        begun = time.monotonic()
        backups = sorted(folder.iterdir()) if folder.is_dir() else []
        found["backups"] += 1
        found["failed"] += made.returncode != 0 or not backups
        for backup in backups:
            found["faults"] += waywarden(site, "restore", str(backup), "--drill").returncode != 0
        found["seconds"].append(round(time.monotonic() - begun, 1))
        shutil.rmtree(folder, ignore_errors=True)
    return found


def copies(site: Site, act: Act, sessions: list[str], *, count: int, seed: int) -> Figures:
    """Copy the live file instead, as one must not, and look what the copies lack."""
    found: Figures = {"copies": 0, "lacking": 0, "rows_short": 0}
    marks, source = counting(seed * 1_000_000), site.folder / "waywarden.sqlite3"
    for _ in range(count):
        with Load(site, act, sessions, marks) as load:
            time.sleep(0.5)
            acknowledged = set(load.acknowledged)
            shutil.copy(source, site.folder / "copied.sqlite3")
        lacking = len(acknowledged - _held(site.folder / "copied.sqlite3"))
        found["copies"] += 1
        found["lacking"] += bool(lacking)
        found["rows_short"] += lacking
    return found


def _held(copy: Path) -> set[int]:
    """Give the marks a copy holds: none at all where it was torn so that it lacks the table."""
    with closing(sqlite3.connect(copy)) as database:
        try:
            rows = database.execute(
                "SELECT portfolio FROM people_office WHERE portfolio LIKE 'soak %'"
            ).fetchall()
        except sqlite3.DatabaseError:
            return set()
    return {int(said.split()[1]) for (said,) in rows}


def waywarden(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator does."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "waywarden", *arguments],
        env=site.environment,
        cwd=site.folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
