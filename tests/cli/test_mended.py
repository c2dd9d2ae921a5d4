"""What an operator may do wrong or break off: each is answered in one plain sentence."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from waywarden import __version__, data
from waywarden.data.names import nearest
from waywarden.starting import why_no_database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
OF_THE_TESTS = ("DJANGO_", "WAYWARDEN_", "DATABASE_URL", "SECRET_KEY", "PYTEST", "COV_")
NOBODY = "postgresql://waywarden:secret-word@localhost:9/waywarden"


def begun(*arguments: str, folder: Path, **more: str) -> subprocess.Popen[str]:
    """Begin a command of the command line on an installation in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_TESTS)}
    ours = {"WAYWARDEN_DIR": str(folder), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
    return subprocess.Popen(
        [sys.executable, "-m", "waywarden.cli", *arguments],
        env=kept | ours | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(command: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a command; give its exit code and what it printed and complained of."""
    printed, complained = command.communicate(timeout=PATIENCE)
    return command.returncode, printed, complained


def refused(*arguments: str, folder: Path, **more: str) -> str:
    """Run a command that must be refused in one line, and give the line."""
    code, _, complained = ended(begun(*arguments, folder=folder, **more))

    assert code == 2, complained
    assert len(complained.splitlines()) == 1, complained
    assert ".." not in complained.replace("...", "")
    return complained.strip()


# What an installation is kept in.


def test_a_file_that_is_no_database_is_to_be_restored_or_moved_away(tmp_path: Path) -> None:
    (tmp_path / "waywarden.sqlite3").write_text("a letter to the editor and no database\n" * 50)

    said = refused("check", folder=tmp_path)

    assert "not a database" in said
    assert f"restore {tmp_path / 'waywarden.sqlite3'} from a backup" in said


def test_a_damaged_database_is_to_be_restored_or_moved_away(tmp_path: Path) -> None:
    database = tmp_path / "waywarden.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE a (b)")
        connection.executemany("INSERT INTO a VALUES (?)", [("x" * 100,)] * 1000)
    connection.close()
    with database.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)

    assert "from a backup" in refused("check", folder=tmp_path)


@pytest.mark.parametrize("secret", [{}, {"SECRET_KEY": "given"}])
def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, secret: dict[str, str]) -> None:
    (tmp_path / "taken").write_text("a file")

    assert "WAYWARDEN_DIR" in refused("check", folder=tmp_path / "taken", **secret)
    assert "WAYWARDEN_DIR" in refused("check", folder=tmp_path / "taken" / "in it", **secret)


def test_a_folder_that_cannot_be_made_is_refused() -> None:
    # Even the superuser cannot make a folder here.
    assert "WAYWARDEN_DIR" in refused("check", folder=Path("/proc/waywarden"))


def test_a_server_that_does_not_answer_is_not_cured_as_a_folder(tmp_path: Path) -> None:
    said = refused("check", folder=tmp_path, DATABASE_URL=NOBODY)

    assert "Check DATABASE_URL, and that the server runs" in said
    assert "folder" not in said
    assert "secret-word" not in said


@pytest.mark.parametrize(
    "address", ["mysql://us:secret-word@host/name", "postgresql://us:secret-word@host:port/name"]
)
def test_an_address_that_makes_no_sense_is_refused_without_its_password(
    tmp_path: Path, address: str
) -> None:
    said = refused("check", folder=tmp_path, DATABASE_URL=address)

    assert said.startswith("DATABASE_URL must")
    assert "secret-word" not in said


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("database is locked", "try again in a minute"),
        ("database or disk is full", "Make room on its disk"),
        ("attempt to write a readonly database", "can be written to"),
        ("unable to open database file.", "can be written to"),
    ],
)
def test_each_fault_of_a_database_has_its_own_cure(
    monkeypatch: pytest.MonkeyPatch, said: str, cure: str
) -> None:
    from django.db import OperationalError, connections

    monkeypatch.setattr(connections["default"], "vendor", "sqlite")

    told = why_no_database(OperationalError(said))

    assert said.rstrip(".") + ". " in told
    assert cure in told


def test_a_fault_of_ours_is_not_explained_away() -> None:
    from django.db import IntegrityError

    assert why_no_database(IntegrityError("UNIQUE constraint failed")) == ""
    assert why_no_database(KeyError("x")) == ""


# Two at once, and breaking off.


def test_those_who_load_a_new_installation_at_once_take_turns(tmp_path: Path) -> None:
    commands = [begun("load", "--county", "Rutland", folder=tmp_path) for _ in range(3)]

    answers = [ended(command) for command in commands]

    assert [code for code, *_ in answers] == [0, 0, 0], answers
    assert sum("Rutland is held already" in printed for _, printed, _ in answers) == 2


def test_whoever_waits_for_another_command_is_told(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = begun("check", folder=tmp_path)
        assert command.stdout is not None
        said = command.stdout.readline()
    code, *_ = ended(command)

    assert said.startswith("Another command is setting up this installation.")
    assert code == 0


def test_a_load_that_is_broken_off_saves_nothing_and_says_so_once(tmp_path: Path) -> None:
    command = begun("load", "oxfordshire", folder=tmp_path)
    assert command.stdout is not None
    while "councils" not in command.stdout.readline():
        pass
    command.send_signal(signal.SIGINT)
    time.sleep(0.01)
    command.send_signal(signal.SIGINT)

    code, _, complained = ended(command)

    assert code == 130
    assert complained == "Stopped. Nothing was saved.\n"
    with sqlite3.connect(tmp_path / "waywarden.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM places_area").fetchone() == (0,)
    database.close()


#: Presses Ctrl+C in the moment in which the command line begins to load.
TOO_SOON = """
import os, signal, sys
from waywarden import __main__ as command

class Impatient:
    def find_spec(self, name, *more):
        if name == "waywarden.cli":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Impatient())
sys.argv = ["waywarden", "plan"]
command.main()
"""


def test_a_command_broken_off_before_it_has_loaded_says_so_once(tmp_path: Path) -> None:
    begun_by_hand = subprocess.run(
        [sys.executable, "-c", TOO_SOON],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert begun_by_hand.returncode == 130
    assert begun_by_hand.stderr == "Stopped. Nothing was saved.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("parishes", "--json"), ("--version",)])
def test_a_full_disk_that_takes_no_more_print_is_said_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "waywarden", *arguments],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    assert answer.returncode == 2
    assert answer.stderr == (
        "Not all could be printed: No space left on device. Send it to another place.\n"
    )


# What is asked for.


def test_a_county_nobody_knows_is_repeated_shortly_and_harmlessly(tmp_path: Path) -> None:
    long = refused("parishes", "--county", "x" * 100_000, folder=tmp_path)
    coloured = refused("parishes", "--county", "\x1b[31mred\x07\nqqq", folder=tmp_path)

    assert len(long) < 200
    assert coloured.isprintable()


def test_only_names_that_are_near_are_suggested() -> None:
    with pytest.raises(data.UnknownCounty, match=r"Did you mean Oxfordshire\?$"):
        data.county("Oxfordshir")

    assert nearest("Isle of White", data.county_names()) == ["Isle of Wight"]
    assert "Devon" not in nearest("Kent", data.county_names())


def test_json_and_csv_together_are_refused(tmp_path: Path) -> None:
    said = refused("parishes", "--json", "--csv", folder=tmp_path)

    assert said == "Choose one of --json and --csv."


def test_a_county_without_parishes_is_said_to_have_none(tmp_path: Path) -> None:
    code, printed, _ = ended(begun("parishes", "--county", "Bristol", folder=tmp_path))

    assert (code, printed) == (0, "Bristol has no parishes.\n")


def test_the_version_is_told(tmp_path: Path) -> None:
    assert ended(begun("--version", folder=tmp_path)) == (0, f"waywarden {__version__}\n", "")


def test_no_sentence_is_cut_where_nobody_reads_it_on_a_terminal(tmp_path: Path) -> None:
    _, printed, _ = ended(begun("parishes", "--county", "Cornwall", folder=tmp_path))

    *_, last = printed.splitlines()
    assert last == f"213 parishes. {data.ATTRIBUTION}"
