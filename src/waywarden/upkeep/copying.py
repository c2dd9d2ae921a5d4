"""Copying a database while others write to it: what is copied was all there at one moment.

Rows are counted in the same moment, on the live side. A copy that counted
itself would agree with itself, whatever it lacked.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from waywarden.upkeep.counting import Counted, counted, tables_of
from waywarden.upkeep.places import POSTGRESQL, SQLITE, CannotDo, Place

DATABASE = "database.sqlite3"
TABLES = "tables"

Migrations = list[tuple[str, str]]
RUN = "SELECT app, name FROM django_migrations ORDER BY app, name"
COLUMNS = """\
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND is_generated = 'NEVER'
ORDER BY table_name, ordinal_position
"""


class Copied:
    """What was copied: the count, the migrations run, and the columns where they are needed."""

    def __init__(self, database: Any, vendor: str) -> None:
        self.counted: Counted = counted(database, vendor)
        self.migrations: Migrations = []
        self.columns: dict[str, list[str]] = {}
        if "django_migrations" in self.counted.rows:
            self.migrations = [(app, name) for app, name in database.execute(RUN).fetchall()]


def copy_database(place: Place, folder: Path) -> Copied:
    """Copy the database of an installation into a folder."""
    if place.vendor == SQLITE:
        return _copy_sqlite(place, folder / DATABASE)
    return _copy_postgresql(place, folder / TABLES)


def _copy_sqlite(place: Place, target: Path) -> Copied:
    if not place.database_file.is_file():
        raise CannotDo("There is no database yet, and so nothing to back up.")
    with place.opened() as lite:
        # From the first question on the transaction sees one moment, and the copy is of it.
        lite.execute("BEGIN")
        copied = Copied(lite, SQLITE)
        copy_pages(lite, target)
        lite.execute("ROLLBACK")
    return copied


def copy_pages(lite: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection sees into a file of its own."""
    with closing(sqlite3.connect(target)) as copy:
        lite.backup(copy)
        # One file, without others beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def _copy_postgresql(place: Place, folder: Path) -> Copied:
    folder.mkdir()
    with place.opened() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        copied = Copied(connection, POSTGRESQL)
        for table, column in connection.execute(COLUMNS).fetchall():
            copied.columns.setdefault(table, []).append(column)
        for table in tables_of(connection, POSTGRESQL):
            _copy_out(connection, table, copied.columns[table], folder / f"{table}.copy")
    return copied


def _copy_out(connection: Any, table: str, columns: list[str], target: Path) -> None:
    with (
        target.open("wb") as file,
        connection.cursor().copy(f"COPY {_listed(table, columns)} TO STDOUT") as rows,
    ):
        for row in rows:
            file.write(row)


def copy_in(connection: Any, table: str, columns: list[str], source: Path) -> None:
    """Put the rows of a table back."""
    with (
        source.open("rb") as file,
        connection.cursor().copy(f"COPY {_listed(table, columns)} FROM STDIN") as rows,
    ):
        while block := file.read(1 << 16):
            rows.write(block)


def _listed(table: str, columns: list[str]) -> str:
    from psycopg import sql

    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    return sql.SQL("{} ({})").format(sql.Identifier(table), names).as_string(None)
