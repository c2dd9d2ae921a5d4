"""Whoever watches the site learns whether it is well, and nothing about anybody."""

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.utils.timezone import now

from tests.cast import Cast
from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal import queries
from waywarden.website.running import health

pytestmark = pytest.mark.django_db


def test_a_site_in_order_is_well(client: Client) -> None:
    answer = client.get("/health/")

    told = answer.json()
    assert (answer.status_code, told["is_well"]) == (200, True), told
    assert set(told) == {
        "is_well",
        "reference",
        "database",
        "saving",
        "migrations",
        "worker",
        "jobs",
        "disk",
    }
    assert told["database"]["said"] == "journal at line 0"


def test_it_says_how_long_the_journal_is(client: Client) -> None:
    with transaction.atomic():
        journal.write(by=COMMAND_LINE, did="did something", to=Subject("place", "coldbrook"))

    assert client.get("/health/").json()["database"]["said"] == "journal at line 1"


def test_it_can_be_read_as_lines(client: Client) -> None:
    answer = client.get("/health/", headers={"Accept": "text/plain"})

    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().splitlines()[0] == "well"


def test_it_is_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/health/")["Cache-Control"]


def test_a_migration_not_yet_run_is_not_well(client: Client) -> None:
    applied = MigrationRecorder.Migration.objects.filter(app="people").order_by("-pk").first()
    assert applied
    applied.delete()

    told = client.get("/health/")

    assert told.status_code == 503
    assert told.json()["migrations"] == {"is_well": False, "said": "1 to be run"}


def test_a_database_that_cannot_be_read_is_not_well_and_its_words_stay_here(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise OperationalError("could not connect as bron@example.org")

    monkeypatch.setattr(queries, "head_number", broken)

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["database"] == {"is_well": False, "said": "cannot be read"}
    assert "bron" not in answer.content.decode()


def test_a_disk_that_is_nearly_full_is_not_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=1))

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["disk"]["said"] == "nearly full"


@override_settings(READ_ONLY=True)
def test_a_site_that_saves_nothing_is_not_well(client: Client) -> None:
    answer = client.get("/health/")

    assert answer.status_code == 503
    assert "read-only" in answer.json()["saving"]["said"]
    assert answer.json()["database"]["is_well"]


def test_it_says_nothing_about_anybody(client: Client, cast: Cast) -> None:
    assert cast.at_wychbourne

    said = json.dumps(cast.signed_in(cast.bron).get("/health/").json())

    assert "Bron" not in said
    assert "bron@" not in said
    assert str(settings.INSTANCE) not in said


def test_it_is_cheap(client: Client, django_assert_max_num_queries) -> None:
    client.get("/health/")

    with django_assert_max_num_queries(7):
        client.get("/health/")


def test_a_folder_not_yet_made_is_measured_by_the_one_above(tmp_path: Path) -> None:
    with override_settings(INSTANCE=tmp_path / "to be made"):
        assert health.findings(now=now() + timedelta(0))[-1].is_well
