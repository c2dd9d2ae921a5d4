"""AB23: words that try to run are planted everywhere, and nothing runs in a real browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Open, Witness, wait_for_map
from tests.security import hostile
from tests.serving import PATIENCE, ROOT, a_database, environment, run, serving

WALKED = [
    "/",
    "/counties/rutland/",
    "/counties/rutland/?service=village-grass",
    "/services/",
    "/services/village-grass/",
    "/methods/",
    "/search/?q=script",
    f"/search/?q={hostile.CORPUS[1]}",
    f"/counties/rutland/?on={hostile.CORPUS[0]}",
    "/glossary/",
    f"/sign-in/?next={hostile.CORPUS[6]}",
]
PICTURE = "/maps/rutland/districts/wide.svg"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose every word tries to run."""
    folder = tmp_path_factory.mktemp("planted")
    with a_database(f"planted_{folder.parent.name.replace('-', '_')}") as database:
        loaded = run("load", "rutland", folder=folder, **database)
        assert loaded.returncode == 0, loaded.stderr
        plant(folder, database)
        with serving(folder, **database) as address:
            yield address


def plant(folder: Path, database: dict[str, str]) -> None:
    """Plant the words in a process of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "waywarden.settings"}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.plant_in"],
        env=environment(folder) | database | settings | paths,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "places.Area.name" in done.stdout


def has_run(page: Page) -> bool:
    """Whether any of the planted words ran."""
    return bool(page.evaluate(f"'{hostile.MARK}' in window"))


@pytest.fixture
def heard(witness: Witness) -> Witness:
    """Whoever hears what goes wrong; a day that is none, and no favicon, are not."""
    witness.refused += ["?on=", "favicon"]
    return witness


@pytest.mark.parametrize("is_kept", [True, False], ids=["policy", "no policy"])
def test_ab23_nothing_runs_with_and_without_the_policy(
    opened: Open, heard: Witness, planted: str, is_kept: bool
) -> None:
    page = opened("/privacy/", at=planted, bypass_csp=not is_kept)

    for address in (*WALKED, PICTURE):
        page.goto(address)
        assert not has_run(page), address

    # Where it is kept, the policy had nothing to stop: it would be heard in the console.
    assert [said for said in heard.heard if "Policy" in said] == []


def test_ab23_what_the_map_says_of_a_place_is_words(opened: Open, planted: str) -> None:
    page = opened("/counties/rutland/", at=planted, bypass_csp=True)
    wait_for_map(page)
    box = page.locator(".ww-map__live canvas").bounding_box()
    assert box

    said = set()
    for across in (0.3, 0.4, 0.5, 0.6, 0.7):
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] / 2)
        page.wait_for_timeout(200)
        said.add(page.locator(".ww-map__said").inner_text())

    assert [words for words in said if "<" in words or "javascript" in words]
    assert not has_run(page)


def test_what_runs_is_noticed(opened: Open, planted: str) -> None:
    # The armed control: the same words put into a page as they are do run.
    page = opened("/privacy/", at=planted, bypass_csp=True)
    page.evaluate(
        "words => document.body.insertAdjacentHTML('beforeend', words)",
        f'<img src="/static/website/mark.svg" onload="{hostile.RUN}">',
    )
    page.wait_for_timeout(500)

    assert has_run(page)
