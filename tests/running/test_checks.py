"""No site is served with settings that lose data or let strangers in."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks as django_checks
from django.test import override_settings

from tests.serving import PATIENCE, environment, run
from waywarden.website.running import checks

LONG = "kT9-" + "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"


def found(*, deploy: bool = False) -> set[str]:
    """Name the faults that are found."""
    messages = [*checks.unsafe_settings(None), *(checks.risks(None) if deploy else [])]
    return {str(message.id) for message in messages}


def of_sqlite(**options: object) -> dict[str, object]:
    """Give settings of SQLite with other options than ours."""
    ours = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/waywarden.sqlite3"}
    return {"default": {**file, "OPTIONS": ours | options}}


@pytest.fixture
def keeps_rows_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, object]], None]:
    """Give what says that the site keeps its rows elsewhere; no connection is made there."""
    return lambda databases: monkeypatch.setattr(settings, "DATABASES", databases)


@override_settings(SECRET_KEY=LONG, DEBUG=False)
def test_our_own_settings_are_safe() -> None:
    assert found() == set()


#: What an operator sets for a site that others may ask.
OTHERS = {"ALLOWED_HOSTS": "www.example.org", "SITE_ADDRESS": "https://www.example.org"}
OF_OTHERS = {"ALLOWED_HOSTS": ["www.example.org"], "SITE_ADDRESS": "https://www.example.org/"}
UNSAFE = {
    "letters that lead to this machine": ({"ALLOWED_HOSTS": ["www.example.org"]}, "E007"),
    "letters that lead to whoever reads them": (
        {"ALLOWED_HOSTS": ["localhost", "www.example.org"]},
        "E007",
    ),
    "letters that lead elsewhere": ({"SITE_ADDRESS": "https://other.example.org/"}, "E007"),
    "errors shown to strangers": ({"DEBUG": True, **OF_OTHERS}, "E001"),
    "any name answered": ({**OF_OTHERS, "ALLOWED_HOSTS": ["*"]}, "E002"),
    "a short secret": ({"SECRET_KEY": "short"}, "E003"),
    "one letter over and over": ({"SECRET_KEY": "a" * 60}, "E003"),
    "the secret of a template": ({"SECRET_KEY": f"django-insecure-{LONG}"}, "E003"),
    "writers that meet": ({"DATABASES": of_sqlite(transaction_mode="DEFERRED")}, "E004"),
    "writers by default": ({"DATABASES": of_sqlite(transaction_mode=None)}, "E004"),
    "a power cut": (
        {"DATABASES": of_sqlite(init_command="PRAGMA synchronous=NORMAL;")},
        "E005",
    ),
    "connections used up": ({"ASGI_APPLICATION": "waywarden.asgi.application"}, "E006"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_an_unsafe_setting_is_refused(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, fault = UNSAFE[what]
    safe = {"SECRET_KEY": LONG, "DEBUG": False, "DATABASES": of_sqlite()}
    for name, value in safe.items():
        monkeypatch.setattr(settings, name, value)
    assert found() == set()

    for name, value in wrong.items():
        monkeypatch.setattr(settings, name, value, raising=False)

    assert found() == {f"waywarden.{fault}"}


@override_settings(SECRET_KEY=LONG, DEBUG=True, ALLOWED_HOSTS=["localhost", "127.0.0.1"])
def test_somebody_at_work_on_the_site_may_see_errors() -> None:
    assert found() == set()


@override_settings(SECRET_KEY=LONG, ALLOWED_HOSTS=["www.example.org"], HTTPS=False)
def test_a_public_site_without_https_is_warned_of() -> None:
    assert "waywarden.W001" in found(deploy=True)
    with override_settings(HTTPS=True):
        assert "waywarden.W001" not in found(deploy=True)


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), True),
        ((3, 53, 0), False),
    ],
)
def test_the_versions_of_sqlite_with_the_reset_fault_are_known(
    version: tuple[int, ...], is_faulty: bool, monkeypatch: pytest.MonkeyPatch, keeps_rows_in
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)

    keeps_rows_in(of_sqlite())
    assert ("waywarden.W002" in found(deploy=True)) == is_faulty

    keeps_rows_in({"default": {"ENGINE": "django.db.backends.postgresql"}})
    assert "waywarden.W002" not in found(deploy=True)


MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
server:/share /var/council nfs4 rw 0 0
//server/share /srv/the\\040share cifs rw 0 0
/dev/vdb1 /var/council/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/home/waywarden.sqlite3", "ext4"),
        ("/var/council/waywarden.sqlite3", "nfs4"),
        ("/var/councillors/waywarden.sqlite3", "ext4"),
        ("/srv/the share/waywarden.sqlite3", "cifs"),
        ("/var/council/local/waywarden.sqlite3", "xfs"),
    ],
)
def test_a_network_disk_is_known_for_what_it_is(tmp_path: Path, file: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)

    assert checks.kind_of_disk(Path(file), mounts) == kind


def test_a_machine_that_names_no_disks_is_not_guessed_at(tmp_path: Path) -> None:
    assert checks.kind_of_disk(tmp_path, tmp_path / "none") == ""


def test_a_database_on_a_network_disk_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, keeps_rows_in
) -> None:
    monkeypatch.setattr(checks, "kind_of_disk", lambda file: "nfs4")
    keeps_rows_in(of_sqlite())

    assert "waywarden.W003" in found(deploy=True)


def test_the_checks_are_among_those_django_runs() -> None:
    with override_settings(SECRET_KEY="short"):
        messages = django_checks.run_checks(tags=[django_checks.Tags.security])

    assert "waywarden.E003" in {message.id for message in messages}


def test_a_site_with_an_unsafe_setting_is_not_served(tmp_path: Path) -> None:
    refused = run("serve", folder=tmp_path, SECRET_KEY="short")

    assert refused.returncode == 2, refused.stdout
    assert "SECRET_KEY is too short" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_an_address_and_names_that_contradict_each_other_are_both_told(tmp_path: Path) -> None:
    refused = run("serve", folder=tmp_path, **OTHERS | {"SITE_ADDRESS": "https://a.example.org"})

    assert refused.returncode == 2, refused.stdout
    said = "SITE_ADDRESS is https://a.example.org/ and ALLOWED_HOSTS is www.example.org: "
    assert said in refused.stderr
    assert "name its host in ALLOWED_HOSTS" in refused.stderr


@pytest.mark.parametrize("address", ["https://www.example.org", "http://[2001:db8::1]:8000"])
def test_a_site_that_is_told_its_address_alone_is_safe(tmp_path: Path, address: str) -> None:
    told = run("check", folder=tmp_path, SITE_ADDRESS=address)

    assert told.returncode == 0, told.stderr
    # It is for others now, and what that asks for is told.
    assert "HTTPS is off and others may ask" in told.stderr


def test_what_is_risky_is_told_and_not_refused(tmp_path: Path) -> None:
    told = run("check", folder=tmp_path, **OTHERS)

    assert told.returncode == 0, told.stderr
    assert "HTTPS is off and others may ask" in told.stderr


def test_a_check_for_deployment_finds_nothing_but_what_the_machine_brings(tmp_path: Path) -> None:
    public = OTHERS | {"HTTPS": "yes"}
    checked = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy"],
        env=environment(tmp_path) | public | {"DJANGO_SETTINGS_MODULE": "waywarden.settings"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    warned = {line.split(")")[0] for line in checked.stderr.splitlines() if line.startswith("?: (")}
    assert checked.returncode == 0, checked.stderr
    assert warned <= {"?: (waywarden.W002", "?: (waywarden.W003"}


def test_a_broken_table_of_days_of_mourning_is_named(tmp_path: Path) -> None:
    file = tmp_path / "appointed_days.toml"
    with override_settings(APPOINTED_DAYS=file):
        assert checks.own_appointed_days(None) == []

        file.write_text("first = ", encoding="utf-8")

        assert [each.id for each in checks.own_appointed_days(None)] == ["waywarden.W005"]
