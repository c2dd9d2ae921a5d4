"""Restoring a backup beside the live installation, where everything it says of itself is tried."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from waywarden.upkeep import heads, keeping_files, manifests
from waywarden.upkeep.backups import FILES, unpacked
from waywarden.upkeep.counting import Head, counted, damage
from waywarden.upkeep.filling import fill_database, forget_sessions, last_line
from waywarden.upkeep.manifests import Manifest
from waywarden.upkeep.places import POSTGRESQL, SQLITE, CannotDo, Place, named

CALLED = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
#: A row too many or too few in so many tables is enough to be told.
MOST_TOLD = 5


@dataclass
class Tried:
    """What came of trying a backup: what is wrong with it, and what else there is to know."""

    manifest: Manifest
    faults: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@contextmanager
def restored_beside(
    path: Path, live: Place, published: list[Head]
) -> Iterator[tuple[Tried, Place, Path]]:
    """Restore a backup into a place of its own for a while, and try it there.

    Gives what came of it, the place, and the folder of the backup. The live
    installation is neither read nor written.
    """
    with (
        unpacked(path, live.folder) as (folder, manifest),
        _beside(live, of_its_kind(manifest, live)) as place,
    ):
        tried = Tried(manifest)
        tried.faults += [*_parts(folder, manifest), *_files(folder, manifest)]
        if not tried.faults:
            fill_database(place, folder, manifest)
            try_database(place, tried, published)
        yield tried, place, folder


def of_its_kind(manifest: Manifest, live: Place) -> Manifest:
    """Refuse a backup of another kind of database than the live one."""
    if manifest.vendor == live.vendor:
        return manifest
    of, to = CALLED[manifest.vendor], CALLED[live.vendor]
    raise CannotDo(
        f"The backup is of {of}, and DATABASE_URL names {to}. Set it to {of} to restore it there."
    )


@contextmanager
def _beside(live: Place, manifest: Manifest) -> Iterator[Place]:
    """Make a place for another installation, and take it away in the end."""
    with tempfile.TemporaryDirectory(dir=live.folder, prefix=".restored-") as made:
        if manifest.vendor == SQLITE:
            yield Place(f"sqlite:///{made}/waywarden.sqlite3", Path(made))
            return
        with _another_database(live) as url:
            yield Place(url, Path(made))


@contextmanager
def _another_database(live: Place) -> Iterator[str]:
    import psycopg

    name = f"waywarden_drill_{secrets.token_hex(4)}"
    with live.opened() as server:
        try:
            server.execute(f'CREATE DATABASE "{name}"')
        except psycopg.errors.InsufficientPrivilege as error:
            raise CannotDo(
                "This database user may not create the database that the backup is tried in. "
                "Let it: ALTER ROLE waywarden CREATEDB"
            ) from error
        try:
            yield named(live.url, name)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _parts(folder: Path, manifest: Manifest) -> list[str]:
    found = []
    for name, expected in manifest.parts.items():
        part = folder / name
        if not part.is_file():
            found.append(f"{name} is missing from the backup.")
        elif manifests.hash_of(part) != expected:
            found.append(f"{name} has changed since the backup was made.")
    return found


def _files(folder: Path, manifest: Manifest) -> list[str]:
    return keeping_files.faults(folder / FILES, manifest.files)


def try_database(place: Place, tried: Tried, published: list[Head]) -> None:
    """Compare a restored database with what was live, and run this version of the program on it."""
    with place.opened() as database:
        tried.faults += damage(database, place.vendor)
        if tried.faults:
            return
        found = counted(database, place.vendor)
        tried.faults += _rows(tried.manifest.counted.rows, found.rows)
        if found.head != tried.manifest.head:
            tried.faults.append(
                f"The journal ends at line {found.head.number}; when the backup was made it ended "
                f"at line {tried.manifest.head.number}."
            )
        tried.faults += heads.contradictions(database, found.head, published)
    if missing := heads.gap(found.head, published):
        tried.told.append(missing)
    if tried.faults:
        return
    forget_sessions(place)
    checked = place.run("waywarden", "check")
    if checked.returncode:
        tried.faults.append(f"The restored site does not work: {last_line(checked.stderr)}")


def _rows(expected: dict[str, int], found: dict[str, int]) -> list[str]:
    odd = [
        f"{table}: {found.get(table, 0):,} rows, where there were {expected.get(table, 0):,}."
        for table in sorted(expected.keys() | found.keys())
        if expected.get(table) != found.get(table)
    ]
    more = [f"{len(odd) - MOST_TOLD} more tables differ."] if len(odd) > MOST_TOLD else []
    return odd[:MOST_TOLD] + more
