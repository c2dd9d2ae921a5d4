"""Runs the command line as somebody at a terminal of eighty columns does."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from waywarden import cli

#: Takes the words after `waywarden`; gives the exit code, what was printed and the complaint.
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Give what runs `waywarden` in an empty folder."""
    monkeypatch.setattr(cli, "_stop_with", lambda words: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["waywarden", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run
