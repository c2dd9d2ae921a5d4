"""Putting a restored installation in the place of the live one, once it has been tried."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from waywarden.upkeep.backups import FILES, back_up
from waywarden.upkeep.copying import copy_pages
from waywarden.upkeep.counting import Head, counted
from waywarden.upkeep.filling import fill_database, forget_sessions, last_line, put_by
from waywarden.upkeep.keeping_files import copy_files
from waywarden.upkeep.places import SQLITE, CannotDo, Place
from waywarden.upkeep.restoring import Tried, restored_beside

Say = Callable[[str], None]
BACKUPS = "backups"


def restore(
    path: Path, live: Place, published: list[Head], *, may_replace: bool, now: datetime, say: Say
) -> Tried:
    """Restore a backup for good; what is there is backed up first, and only replaced if told."""
    refuse_to_overwrite(live, may_replace=may_replace)
    with restored_beside(path, live, published) as (tried, place, folder):
        if tried.faults:
            raise CannotDo(" ".join(["Nothing was restored.", *tried.faults]))
        if live.vendor == SQLITE:
            _note_in_journal(place, tried, now=now)
            _keep_what_is_there(live, now=now, say=say)
            _put_in_place(place.database_file, live.database_file)
        else:
            with put_by(live):
                fill_database(live, folder, tried.manifest)
                forget_sessions(live)
                _refuse_if_broken(live)
                _note_in_journal(live, tried, now=now)
        copy_files(folder / FILES, live.files)
    return tried


def refuse_to_overwrite(live: Place, *, may_replace: bool) -> None:
    """Refuse to restore over what somebody saved."""
    if _is_empty(live):
        return
    if live.vendor != SQLITE:
        raise CannotDo(
            "There are rows in this database already. Make an empty one, set DATABASE_URL to it "
            "and restore there: the old one stays as it is."
        )
    if not may_replace:
        raise CannotDo(
            "This installation is not empty. To replace what is in it, stop the site and add "
            "--replace; what is there is backed up first."
        )


def _is_empty(live: Place) -> bool:
    if live.vendor == SQLITE and not live.database_file.exists():
        return True
    try:
        with live.opened() as database:
            return counted(database, live.vendor).is_empty
    except sqlite3.DatabaseError:  # what cannot be read may hold what somebody wants back
        return False


def _keep_what_is_there(live: Place, *, now: datetime, say: Say) -> None:
    """Back up the live installation; put a database that cannot be read aside as it is."""
    if _is_empty(live):
        return
    try:
        kept = back_up(live, live.folder / BACKUPS / "before-restoring", now=now).path
    except sqlite3.DatabaseError:
        kept = _put_aside(live, now=now)
    say(f"What was there is kept in {kept}")


def _put_aside(live: Place, *, now: datetime) -> Path:
    aside = live.folder / BACKUPS / f"damaged-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    aside.mkdir(parents=True)
    for file in live.database_file.parent.glob(f"{live.database_file.name}*"):
        shutil.move(file, aside / file.name)
    return aside


def _put_in_place(source: Path, target: Path) -> None:
    """Write a database over another as SQLite does it, safe even from a site that still runs."""
    with closing(sqlite3.connect(source)) as restored:
        if target.exists():
            with closing(sqlite3.connect(target, timeout=20)) as there:
                restored.backup(there)
            return
        part = target.with_name(f".part-{target.name}")
        copy_pages(restored, part)
        os.replace(part, target)


def _refuse_if_broken(live: Place) -> None:
    """Run this version of the program on what was restored; refuse to keep it if that fails."""
    checked = live.run("waywarden", "check")
    if checked.returncode:
        raise CannotDo(
            f"The restored site does not work: {last_line(checked.stderr)} What was there is as "
            "it was."
        )


def _note_in_journal(place: Place, tried: Tried, *, now: datetime) -> None:
    """Write in the restored journal that it was restored, from when, and what it misses."""
    made_at = tried.manifest.made_at.isoformat()
    noted = place.run("waywarden.upkeep.noting", made_at, " ".join(tried.told))
    if noted.returncode:
        raise CannotDo("The restored journal takes no line. Nothing was put in place.")
