"""What a database holds: its tables with their rows, and where its journal stands."""

from dataclasses import dataclass
from typing import Any

from waywarden.upkeep.places import SQLITE

#: Rows that Django writes by itself into a database that holds nothing yet.
DJANGOS_OWN = frozenset({"django_migrations", "django_content_type", "auth_permission"})


@dataclass(frozen=True)
class Head:
    """The journal's last line: its number and its hash."""

    number: int
    hash: str


@dataclass(frozen=True)
class Counted:
    """How many rows each table has, and where the journal stands, all at one moment."""

    rows: dict[str, int]
    head: Head

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.rows.values())

    @property
    def is_empty(self) -> bool:
        """Whether nobody has saved anything."""
        return not any(count for table, count in self.rows.items() if table not in DJANGOS_OWN)


TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
    "ESCAPE '~' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() "
    "ORDER BY tablename",
}


def tables_of(database: Any, vendor: str) -> list[str]:
    """Name the tables of a database."""
    return [name for (name,) in database.execute(TABLES[vendor]).fetchall()]


def counted(database: Any, vendor: str) -> Counted:
    """Count a database; call it in a transaction that sees one moment."""
    tables = tables_of(database, vendor)
    # The names come from the database's own list of them.
    rows = {
        table: int(database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608
        for table in tables
    }
    return Counted(rows, _head(database) if "journal_head" in tables else Head(0, ""))


def _head(database: Any) -> Head:
    row = database.execute("SELECT number, hash FROM journal_head WHERE id = 1").fetchone()
    return Head(*row) if row else Head(0, "")


def hash_of_line(database: Any, number: int) -> str:
    """Return the hash of a line of the journal; blank where there is no such line."""
    asked = f"SELECT hash FROM journal_entry WHERE number = {int(number)}"  # noqa: S608
    row = database.execute(asked).fetchone()
    return str(row[0]) if row else ""


def damage(database: Any, vendor: str) -> list[str]:
    """Say what SQLite itself finds wrong with a database; other servers look after their own."""
    if vendor != SQLITE:
        return []
    said = [row[0] for row in database.execute("PRAGMA integrity_check(5)").fetchall()]
    found = [f"The database is damaged: {line}." for line in said if line != "ok"]
    if lost := database.execute("PRAGMA foreign_key_check").fetchall():
        found.append(f"{len(lost)} rows name a row that is not there, the first in {lost[0][0]}.")
    return found
