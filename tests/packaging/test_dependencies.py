"""What the project leans on: each package explained, locked and without an address."""

import re
import tomllib
from pathlib import Path

import pytest

from tools import locks

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
REQUIREMENT = re.compile(r'^    "[a-z]')


def unexplained(pyproject: str) -> list[str]:
    """List the requirements without a sentence of their own above them."""
    lines = pyproject[: pyproject.index("[project.scripts]")].splitlines()
    start = lines.index("dependencies = [")
    return [
        line.strip()
        for before, line in zip(lines[start:], lines[start + 1 :], strict=False)
        if REQUIREMENT.match(line) and not re.match(r"    # [A-Za-z].*\.$", before)
    ]


def test_every_dependency_is_explained_in_one_sentence() -> None:
    assert unexplained(PYPROJECT) == []


def test_a_dependency_without_its_sentence_is_found() -> None:
    bare = 'dependencies = [\n    # Rich draws.\n    "rich>=15",\n    "x>=1",\n]\n[project.scripts]'

    assert unexplained(bare) == ['"x>=1",']


@pytest.mark.parametrize("lock", locks.LOCKS, ids=lambda lock: lock.file)
def test_a_lock_pins_what_was_asked_for_and_names_no_address(lock: locks.Lock) -> None:
    assert locks.faults(lock) == []


def test_tests_run_on_the_versions_the_site_runs_on() -> None:
    assert locks.disagreements() == []


def test_a_lock_that_lacks_a_package_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    (tmp_path / "requirements-uv.txt").write_text("# https://example.org\n", "utf-8")
    monkeypatch.setattr(locks, "ROOT", tmp_path)

    missing, address = locks.faults(locks.INSTALLER)

    assert missing.startswith("requirements-uv.txt does not pin uv")
    assert "names an address" in address


def rooms() -> list[str]:
    """List the rooms of the house: packages of a wing that hold views, actions or models."""
    source = ROOT / "src"
    return sorted(
        ".".join(room.parent.relative_to(source).parts)
        for room in source.glob("waywarden/*/*/__init__.py")
        if any((room.parent / f"{part}.py").exists() for part in ("views", "actions", "models"))
    )


def test_no_room_is_left_out_of_the_contract_inside_rooms() -> None:
    contracts = tomllib.loads(PYPROJECT)["tool"]["importlinter"]["contracts"]
    inside = next(c for c in contracts if c["name"] == "Inside a room nothing calls upwards")

    assert set(rooms()) <= set(inside["containers"])
