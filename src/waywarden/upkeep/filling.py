"""Putting the database of a backup into a place that has none."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from waywarden.upkeep import laying_out
from waywarden.upkeep.copying import DATABASE, TABLES, copy_in
from waywarden.upkeep.counting import counted, tables_of
from waywarden.upkeep.manifests import Manifest
from waywarden.upkeep.places import POSTGRESQL, SQLITE, CannotDo, Place

#: Whoever had signed in must sign in again: some of them may have left since.
SESSIONS = ("django_session", "signing_in_signin", "signing_in_link")
COUNTERS = """\
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema()
AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')
"""


def fill_database(place: Place, folder: Path, manifest: Manifest) -> None:
    """Put the database of a backup into an installation that has none."""
    if place.vendor == SQLITE:
        shutil.copyfile(folder / DATABASE, place.database_file)
    else:
        _fill_postgresql(place, folder, manifest)


def _fill_postgresql(place: Place, folder: Path, manifest: Manifest) -> None:
    laid_out = place.run("waywarden.upkeep.laying_out", str(folder))
    if laid_out.returncode == laying_out.UNKNOWN:
        raise CannotDo(
            f"The backup was made by waywarden {manifest.version}, whose tables this version does "
            "not know. Install that version, restore with it, then upgrade."
        )
    if laid_out.returncode:
        raise CannotDo(f"The database could not be laid out: {last_line(laid_out.stderr)}")
    with place.opened() as connection, connection.transaction():
        tables = ", ".join(f'"{table}"' for table in manifest.columns)
        connection.execute(f"TRUNCATE {tables} CASCADE")
        for table, columns in manifest.columns.items():
            copy_in(connection, table, columns, folder / TABLES / f"{table}.copy")
        _count_on(connection)


def _count_on(connection: Any) -> None:
    """Let new rows be numbered after those that were put back."""
    for table, column in connection.execute(COUNTERS).fetchall():
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608
            f'coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"'
        )


def forget_sessions(place: Place) -> None:
    """Sign everybody out."""
    with place.opened() as database:
        there = counted(database, place.vendor).rows
        for table in SESSIONS:
            if table in there:
                database.execute(f'DELETE FROM "{table}"')  # noqa: S608 - named above


@contextmanager
def put_by(place: Place) -> Iterator[None]:
    """Put the tables of a PostgreSQL database by while others are put in their place.

    They come back where that fails, and go for good where it does not.
    """
    aside = f"waywarden_before_{secrets.token_hex(4)}"
    with place.opened() as connection, _owning(connection), connection.transaction():
        tables = tables_of(connection, POSTGRESQL)
        connection.execute(f'CREATE SCHEMA "{aside}"')
        for table in tables:
            connection.execute(f'ALTER TABLE "{table}" SET SCHEMA "{aside}"')
    try:
        yield
    except BaseException:
        _put_back(place, aside, tables)
        raise
    with place.opened() as connection:
        connection.execute(f'DROP SCHEMA "{aside}" CASCADE')


@contextmanager
def _owning(connection: Any) -> Iterator[None]:
    """Say what to grant where the database's user may not put its tables by."""
    # Only those who keep their rows there have the driver.
    import psycopg

    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        name, user = connection.info.dbname, connection.info.user
        raise CannotDo(
            "This database user may not put the tables of the database by while others are put in "
            "their place. Nothing was restored. Let it own the database: "
            f'ALTER DATABASE "{name}" OWNER TO "{user}"'
        ) from error


def _put_back(place: Place, aside: str, tables: list[str]) -> None:
    with place.opened() as connection, connection.transaction():
        (here,) = connection.execute("SELECT current_schema()").fetchone()
        if new := ", ".join(f'"{table}"' for table in tables_of(connection, POSTGRESQL)):
            connection.execute(f"DROP TABLE {new} CASCADE")
        for table in tables:
            connection.execute(f'ALTER TABLE "{aside}"."{table}" SET SCHEMA "{here}"')
        connection.execute(f'DROP SCHEMA "{aside}"')


def last_line(said: str) -> str:
    """Return the last thing that was complained of."""
    return (said.strip().splitlines() or ["no reason was given"])[-1]
