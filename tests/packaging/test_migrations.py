"""Expand, then contract: the version before still works on the tables of the version after it."""

import importlib

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

# What takes something away from a version that may still be running.
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
#: Migrations of before the first release, when no other version could be running.
BEFORE_THE_FIRST_RELEASE: frozenset[tuple[str, str]] = frozenset(
    {
        ("offices", "0002_recovery_and_looking_in_move_out"),
        ("clusters", "0004_who_asked_is_kept_and_answers_stay_with_their_assessment"),
    }
)


def breaks(operation: Operation) -> str:
    """Say why the version before could not work after an operation; blank where it could."""
    if isinstance(operation, TAKES_AWAY):
        return f"{type(operation).__name__} takes away what the version before uses"
    if isinstance(operation, migrations.AddField):
        field = operation.field
        is_filled = field.has_default() or field.has_db_default() or field.null
        many = isinstance(field, models.ManyToManyField)
        if not (is_filled or many or (field.empty_strings_allowed and field.blank)):
            return f"{operation.name} must be filled in, and the version before does not know it"
    return ""


def ours() -> list[tuple[str, str]]:
    """List our migrations that come after the first of their room."""
    graph = MigrationLoader(None).graph
    return sorted(
        key
        for key, migration in graph.nodes.items()
        if type(migration).__module__.startswith("waywarden.") and not migration.initial
    )


@pytest.mark.parametrize("key", ours(), ids="-".join)
def test_a_migration_takes_nothing_away(key: tuple[str, str]) -> None:
    migration = MigrationLoader(None).graph.nodes[key]

    found = [why for operation in migration.operations if (why := breaks(operation))]

    assert found == [] or key in BEFORE_THE_FIRST_RELEASE


@pytest.mark.parametrize("key", ours(), ids="-".join)
def test_a_migration_can_be_undone_or_says_why_not(key: tuple[str, str]) -> None:
    migration = MigrationLoader(None).graph.nodes[key]
    module = importlib.import_module(type(migration).__module__)

    one_way = [each for each in migration.operations if not each.reversible]

    assert not one_way or (module.__doc__ or "").strip()


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("person", "email"),
        migrations.DeleteModel("person"),
        migrations.RenameField("person", "email", "address"),
        migrations.AddField("person", "age", models.IntegerField()),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_would_break_the_version_before_is_found(operation: Operation) -> None:
    assert breaks(operation)


def test_what_only_adds_is_let_through() -> None:
    assert not breaks(migrations.AddField("person", "age", models.IntegerField(null=True)))
    assert not breaks(migrations.AddField("person", "age", models.IntegerField(default=0)))
