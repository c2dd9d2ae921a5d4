"""Both databases: the one that was asked for is used, and the migrations go there and back."""

import os

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import stores

pytestmark = pytest.mark.postgres


@pytest.mark.django_db
def test_the_tests_use_the_database_they_were_asked_to_use() -> None:
    assert connection.vendor == stores.STORE


def test_the_tests_keep_away_from_any_real_site() -> None:
    assert os.environ["WAYWARDEN_DIR"].startswith(os.environ["WAYWARDEN_TEST_FOLDER"])
    assert ("DATABASE_URL" in os.environ) == (stores.STORE == "postgresql")


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_every_rooms_migrations_go_back_and_forth() -> None:
    ours = {app for app in MigrationLoader(connection).migrated_apps if app in our_rooms()}

    try:
        for app in ours:
            call_command("migrate", app, "zero", verbosity=0)
        assert not ours & {app for app, _ in MigrationLoader(connection).applied_migrations}
    finally:
        call_command("migrate", verbosity=0)


def our_rooms() -> set[str]:
    """Name the rooms of this project."""
    return {app.label for app in apps.get_app_configs() if app.name.startswith("waywarden.")}
