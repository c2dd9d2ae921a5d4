"""Whichever command finds an older database, backs it up before its tables change."""

from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from tests.serving import free_port
from waywarden import cli, starting
from waywarden.upkeep import upgrades

#: The commands that work on the site's database, each as it is given.
BEGIN = {
    "load": ["rutland"],
    "confirm": ["DPS01", "--office", "Monitoring Officer, The County Council"],
    "shed-examples": [],
    "serve": ["--port", str(free_port())],
    "plan": ["--everyone", "--keep"],
    "journal verify": [],
    "journal export": ["journal.jsonl"],
    "journal publish": [],
    "first-officer": [],
    "erase-person": ["bron@example.org", "--reason", "She asked"],
    "lost-second-step": ["bron@example.org", "--reason", "She came to the office"],
    "worker": ["--once"],
    "export": ["all.zip"],
    "check": [],
}
#: Those that change no table of the live database, or back up in a way of their own: `restore`
#: backs up what it replaces, `upgrade` whatever it finds, and both have tests of their own.
OTHERS = {"parishes", "shares", "compare", "backup", "restore", "upgrade"}


def commands(app: typer.Typer, before: str = "") -> Iterator[str]:
    """Name every command there is."""
    for command in app.registered_commands:
        yield before + (command.name or command.callback.__name__.replace("_", "-"))
    for group in app.registered_groups:
        yield from commands(group.typer_instance, f"{group.typer_instance.info.name} ")


def test_every_command_is_known_here() -> None:
    assert set(commands(cli.app)) == set(BEGIN) | OTHERS


class Stop(Exception):
    """The tables would change now."""


@pytest.mark.parametrize("command", BEGIN)
def test_a_command_backs_up_before_the_tables_change(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def migrate() -> None:
        done.append("migrated")
        raise Stop

    monkeypatch.setenv("SITE_ADDRESS", "http://localhost:8000")
    monkeypatch.setattr("signal.signal", lambda *given: None)
    monkeypatch.setattr(starting, "migrate", migrate)
    monkeypatch.setattr(
        upgrades, "back_up_before_changing", lambda *given, **named: done.append("backed up")
    )

    ended = CliRunner().invoke(cli.app, [*command.split(), *BEGIN[command]])

    assert isinstance(ended.exception, Stop), ended.output
    assert done == ["backed up", "migrated"]
