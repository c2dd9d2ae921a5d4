"""The guards the database keeps over the journal, put up and taken down as the migration does."""

from importlib import import_module

from django.db import connection

migration = import_module(
    "waywarden.fabric.journal.migrations.0002_lines_name_bodies_and_are_guarded"
)


class Editor:
    """What the migration is given to write with, inside a test's own transaction."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def put_up() -> None:
    """Guard the journal, whatever an earlier test did."""
    take_down()
    migration.put_up_guards(None, Editor())


def take_down() -> None:
    """Do what somebody does who owns the database and means to forge."""
    migration.take_down_guards(None, Editor())


def lift_where_rows_are_emptied_one_by_one() -> None:
    """Take the guards down on SQLite; PostgreSQL empties whole tables, past any guard of rows."""
    if connection.vendor == "sqlite":
        take_down()
