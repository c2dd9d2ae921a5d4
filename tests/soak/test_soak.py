"""What must hold under kills, races and double presses, each tried a few times with its control.

`make soak` tries the same thousands of times; see docs/reference/reliability.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from soak import filled
from soak.harnesses import HARNESSES, Figures
from soak.short import TRIED
from tests import stores
from tests.serving import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.lengthy]

HERE = [name for name in TRIED if stores.STORE in HARNESSES[name].stores]
TRIALS = [name for name in HERE if not HARNESSES[name].is_control]
CONTROLS = [name for name in HERE if HARNESSES[name].is_control]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    """Try everything once on a site of its own, in a process that can be killed around."""
    folder: Path = tmp_path_factory.mktemp("soak")
    ours = ("DJANGO_", "WAYWARDEN_", "DATABASE_URL", "PYTEST", "COV_")
    kept = {name: said for name, said in os.environ.items() if not name.startswith(ours)}
    tried = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "soak.short", stores.STORE],
        env=kept | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr[-3000:]
    return json.loads(tried.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", TRIALS)
def test_nothing_is_lost_doubled_or_half_done(found: dict[str, Figures], name: str) -> None:
    assert HARNESSES[name].faults(found[name]) == []
    assert found[name][HARNESSES[name].counted] >= 1


@pytest.mark.parametrize("name", CONTROLS)
def test_what_is_broken_on_purpose_is_found(found: dict[str, Figures], name: str) -> None:
    assert HARNESSES[name].faults(found[name]) == []


def test_the_kills_had_something_to_lose(found: dict[str, Figures]) -> None:
    assert found["kills-web"]["acknowledged"] >= 1


def test_every_form_with_a_key_is_pressed_twice_or_says_why_not() -> None:
    assert filled.keyed() == {*filled.CREATING, *filled.NOT_DOUBLED}
    assert HARNESSES["doubles"].forms == len(filled.CREATING)


def test_every_form_with_a_version_is_edited_by_several_or_says_why_not() -> None:
    assert {*filled.EDITING} <= filled.versioned() <= {*filled.EDITING, *filled.NOT_EDITED}
    assert HARNESSES["edits"].forms == len(filled.EDITING)
