"""The command line: it lists, loads, checks and serves, and says what it cannot do."""

import csv
import io
import json
import shutil
import socket
import sqlite3
import stat
import urllib.request
from pathlib import Path

import pytest

from tests.serving import free_port, run, serving
from waywarden import data

# What a traceback begins with: nobody who mistypes a name should meet one.
TRACEBACK = "Traceback (most recent call last)"


def refused(*arguments: str, folder: Path, **more: str) -> str:
    """Run a command that must be refused in one plain line, and give the line."""
    answer = run(*arguments, folder=folder, **more)

    assert answer.returncode == 2, answer.stderr
    assert TRACEBACK not in answer.stderr
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, answer.stderr
    assert lines[0].endswith((".", "?")) or ":" in lines[0]
    return lines[0]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that holds Oxfordshire."""
    folder = tmp_path_factory.mktemp("filled")
    answer = run("load", "oxfordshire", folder=folder)
    assert answer.returncode == 0, answer.stderr
    assert "323 parishes" in answer.stdout
    return folder


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation in which nothing is loaded."""
    folder = tmp_path_factory.mktemp("empty")
    assert run("check", folder=folder).returncode == 0
    return folder


# Listing parishes.


def test_parishes_are_listed_as_a_table(tmp_path: Path) -> None:
    answer = run("parishes", folder=tmp_path)

    assert answer.returncode == 0
    assert "Parishes of Oxfordshire" in answer.stdout
    assert "Cholsey" in answer.stdout
    assert "323 parishes." in answer.stdout
    assert "Open Government Licence" in " ".join(answer.stdout.split())


def test_parishes_are_listed_as_json(tmp_path: Path) -> None:
    rows = json.loads(run("parishes", "--json", folder=tmp_path).stdout)

    assert len(rows) == 323
    cholsey = next(row for row in rows if row["name"] == "Cholsey")
    assert cholsey["district"] == "South Oxfordshire"
    assert cholsey["code"].startswith("E04")
    assert next(row for row in rows if row["name"] == "Heyford Park")["extent_milli"] is None


def test_parishes_are_listed_as_csv(tmp_path: Path) -> None:
    answer = run("parishes", "--county", "Cornwall", "--csv", folder=tmp_path)

    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert len(rows) == 213
    assert set(rows[0]) == {"name", "code", "district", "extent_milli", "latitude", "longitude"}


def test_listing_parishes_makes_no_installation(tmp_path: Path) -> None:
    run("parishes", folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_county_that_is_not_known_is_refused_with_what_may_be_meant(tmp_path: Path) -> None:
    said = refused("parishes", "--county", "Oxfrodshire", folder=tmp_path)

    assert "Oxfordshire" in said


def test_the_whole_story_of_a_refusal_is_told_only_when_asked_for(tmp_path: Path) -> None:
    answer = run("parishes", "--county", "Oxfrodshire", "--debug", folder=tmp_path)

    assert answer.returncode != 0
    assert TRACEBACK in answer.stderr
    assert "UnknownCounty" in answer.stderr


# Loading.


def test_loading_a_county_again_says_that_it_is_held(filled: Path) -> None:
    answer = run("load", "oxfordshire", folder=filled)

    assert answer.returncode == 0
    assert "Oxfordshire is held already" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load"], "waywarden load oxfordshire"),
        (["load", "Oxfrodshire"], "Oxfordshire"),
        (["load", "--county", "Hambleton"], "North Yorkshire"),
        (["load", "quantities"], "Name the file"),
        (["load", "quantities", "nowhere.csv"], "There is no file nowhere.csv"),
        (["load", "boundaries", "."], "There is no file"),
    ],
)
def test_a_load_that_cannot_be_done_is_refused_in_one_line(
    empty: Path, arguments: list[str], said: str
) -> None:
    assert said in refused(*arguments, folder=empty)

    with sqlite3.connect(empty / "waywarden.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM places_area").fetchone() == (0,)


def test_a_load_shows_how_far_it_is(tmp_path: Path) -> None:
    answer = run("load", "--county", "Rutland", folder=tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert "Loading Rutland: services" in answer.stdout
    assert "Loading Rutland: done" in answer.stdout
    assert "approximate" in answer.stdout


# Checking.


def test_a_check_says_what_an_installation_holds(filled: Path) -> None:
    answer = run("check", folder=filled)

    assert answer.returncode == 0, answer.stderr
    assert "Oxfordshire" in answer.stdout
    assert "323 parishes" in answer.stdout


def test_a_check_of_an_empty_installation_is_calm(empty: Path) -> None:
    answer = run("check", folder=empty)

    assert answer.returncode == 0, answer.stderr
    assert TRACEBACK not in answer.stderr


GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def test_a_check_finds_a_journal_that_was_tampered_with(filled: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(filled, tmp_path / "copy"))
    with sqlite3.connect(folder / "waywarden.sqlite3") as database:
        # Somebody who owns the file takes the guards of the journal down first.
        for (guard,) in database.execute(GUARDS).fetchall():
            database.execute(f'DROP TRIGGER "{guard}"')
        database.execute("UPDATE journal_entry SET did = 'did nothing' WHERE number = 3")

    said = refused("check", folder=folder)

    assert "The journal does not hold" in said
    assert "Line 3 has been altered" in said


# Serving.


def test_a_port_that_is_taken_is_refused_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = refused("serve", "--port", str(port), folder=tmp_path)

    assert str(port) in said
    assert f"--port {port + 1}" in said
    assert not (tmp_path / "waywarden.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    answer = run("serve", "--port", port, folder=tmp_path)

    assert answer.returncode == 2
    assert TRACEBACK not in answer.stderr


def test_an_empty_installation_is_served_and_says_how_to_fill_it(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        port = address.rpartition(":")[2]
        said = (tmp_path / "served.log").read_text()
        # By its name, as passkeys need it, and by the figures that people have bookmarked.
        for host in ("localhost", "127.0.0.1"):
            with urllib.request.urlopen(f"http://{host}:{port}/") as answer:
                assert answer.status == 200

    assert "This installation is empty" in said
    assert f"Serving on http://localhost:{port}/" in said
    assert (tmp_path / "static" / "website" / "app.css").is_file()


# Where an installation is kept.


def test_the_secret_of_an_installation_is_its_owners_alone(filled: Path) -> None:
    assert stat.S_IMODE((filled / "secret_key").stat().st_mode) == 0o600


def test_a_database_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "waywarden.sqlite3").mkdir()

    said = refused("check", folder=tmp_path)

    assert said.startswith("The database cannot be used:")


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "waywarden.sqlite3").write_text("a letter to the editor, and no database\n" * 50)

    assert "database" in refused("check", folder=tmp_path)


def test_a_database_server_that_does_not_answer_is_refused_in_one_line(tmp_path: Path) -> None:
    nobody = f"postgresql://waywarden:secret-word@127.0.0.1:{free_port()}/waywarden"

    said = refused("check", folder=tmp_path, DATABASE_URL=nobody)

    assert said.startswith("The database cannot be used:")
    assert "secret-word" not in said
    assert "folder" not in said


def test_a_folder_that_cannot_be_written_to_is_refused_in_one_line() -> None:
    # Even root cannot make a folder here, so that the test says the same to everybody.
    said = refused("check", folder=Path("/sys/waywarden"))

    assert "WAYWARDEN_DIR" in said


def test_a_folder_that_is_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("taken")

    said = refused("check", folder=tmp_path / "a-file")

    assert "WAYWARDEN_DIR" in said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"DEBUG": "maybe"}, "DEBUG must be yes or no"),
        ({"SECRET_KEY_FILE": "nowhere"}, "SECRET_KEY_FILE names nowhere"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_in_one_line(
    tmp_path: Path, setting: dict[str, str], said: str
) -> None:
    assert said in refused("check", folder=tmp_path, **setting)


def test_a_database_address_that_makes_no_sense_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "DATABASE_URL" in refused("check", folder=tmp_path, DATABASE_URL="my database")


def test_help_is_given_to_whoever_says_nothing(tmp_path: Path) -> None:
    said = run(folder=tmp_path)

    for command in ("parishes", "load", "check", "serve"):
        assert command in said.stdout + said.stderr
    assert TRACEBACK not in said.stderr


def test_every_county_that_is_listed_can_be_asked_for() -> None:
    assert len(data.county_names()) > 100
