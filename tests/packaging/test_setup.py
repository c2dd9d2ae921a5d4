"""Setting up on a newcomer's machine: a fault is one sentence, and leaves nothing behind."""

import importlib.util
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nothing has been set up in."""
    for name in (setup.RUNTIME, setup.DEVELOPMENT, setup.INSTALLER, setup.NODE, "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(setup, "LOG", tmp_path / "var" / "setup.log")
    return tmp_path


@pytest.fixture
def made_venv(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, where a .venv is made at once and holds nothing."""

    def make() -> None:
        (folder / ".venv").mkdir()

    monkeypatch.setattr(setup, "make_venv", make)
    return folder


def answering(words: str) -> Callable[..., bool]:
    """An installer that fails with these words."""

    def ran(command: list[str]) -> bool:
        setup.note(words)
        return False

    return ran


def test_a_missing_venv_module_names_the_package_that_holds_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: None if name == "ensurepip" else find_spec(name),
    )

    with pytest.raises(setup.Refusal, match="sudo apt install python3-venv"):
        setup.install(setup.RUNTIME)
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize(
    "words",
    [
        "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
        "error: Failed to fetch\n  Caused by: dns error",
        "npm error code ENOTFOUND",
        "Cannot connect to proxy.",
    ],
)
def test_no_network_is_said_and_leaves_no_half_made_folder(
    made_venv: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(setup, "ran", answering(words))

    with pytest.raises(setup.Refusal, match="check the network") as refused:
        setup.install(setup.RUNTIME)

    assert len(str(refused.value).splitlines()) == 1
    assert not (made_venv / ".venv").exists()
    assert words in (made_venv / "var" / "setup.log").read_text("utf-8")


def test_another_fault_points_to_the_installers_own_words(
    made_venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ran", answering("No space left on device"))

    with pytest.raises(setup.Refusal, match=r"the reason is in var/setup\.log"):
        setup.install(setup.RUNTIME)


def test_stopping_in_the_middle_leaves_no_half_made_folder(
    made_venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(lock: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "install_lock", stop)

    with pytest.raises(KeyboardInterrupt):
        setup.install(setup.RUNTIME)
    assert not (made_venv / ".venv").exists()


def test_where_uv_cannot_work_pip_does(made_venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def ran(command: list[str]) -> bool:
        commands.append(command)
        return not command[0].endswith("uv")

    monkeypatch.setattr(setup, "ran", ran)

    setup.install(setup.RUNTIME)

    assert any("pip" in command and setup.RUNTIME in command for command in commands)
    assert (made_venv / ".venv" / ".installed-requirements.txt").is_file()


def test_a_folder_that_was_set_up_is_left_alone(
    made_venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ran", lambda command: True)
    setup.install(setup.DEVELOPMENT)
    monkeypatch.setattr(setup, "venv_works", lambda: True)
    monkeypatch.setattr(setup, "ran", answering("this would install again"))

    setup.install(setup.DEVELOPMENT)
    setup.install(setup.RUNTIME)  # the development lock holds all of it


def test_a_changed_lock_is_installed_again(
    made_venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ran", lambda command: True)
    setup.install(setup.RUNTIME)
    monkeypatch.setattr(setup, "venv_works", lambda: True)
    (made_venv / setup.RUNTIME).write_text("# changed\n", "utf-8")

    assert not setup.is_installed(setup.RUNTIME)


def test_a_venv_whose_python_has_gone_is_made_again(folder: Path) -> None:
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to("/nowhere/python3")

    assert not setup.venv_works()


class TestThePort:
    def test_a_free_one_is_taken(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            free = probe.getsockname()[1]

        assert setup.free_port(str(free)) == free

    def test_a_busy_one_is_refused_and_another_is_named(self) -> None:
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            port = busy.getsockname()[1]

            with pytest.raises(setup.Refusal, match=f"Port {port} is busy: run `make demo PORT="):
                setup.free_port(str(port))

    @pytest.mark.parametrize("nonsense", ["", "http", "0", "65536", "-1", "8000.5"])
    def test_what_is_no_port_is_refused(self, nonsense: str) -> None:
        with pytest.raises(setup.Refusal, match="is no port: give a number from 1 to 65535"):
            setup.free_port(nonsense)


def test_a_folder_that_is_a_file_is_refused(folder: Path) -> None:
    (folder / "var").write_text("a file", "utf-8")

    with pytest.raises(setup.Refusal, match="set WAYWARDEN_DIR to a folder of yours"):
        setup.note("words")


class TestMake:
    @staticmethod
    def make_with(python: Path) -> subprocess.CompletedProcess[str]:
        surroundings = {key: value for key, value in os.environ.items() if "MAKE" not in key}
        return subprocess.run(
            ["make", "--no-print-directory", "demo", f"PYTHON={python}"],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
        )

    def test_an_old_python_is_refused(self, tmp_path: Path) -> None:
        old = tmp_path / "python3"
        old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
        old.chmod(0o755)

        made = self.make_with(old)

        assert made.returncode
        assert made.stderr.startswith("Python 3.11 or newer is needed")

    def test_a_missing_python_is_refused(self, tmp_path: Path) -> None:
        made = self.make_with(tmp_path / "python3")

        assert made.returncode
        assert made.stderr.startswith("Python is missing: run `sudo apt install python3")
