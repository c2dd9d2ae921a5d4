"""A served site and a browser, for everybody who walks the pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import PATIENCE, ROOT, a_database, environment, run, serving

#: Chromium without its windows, which take as much of the machine as the pages, or else with them.
CHROMIUM = ("chromium-headless-shell", "chromium")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as needing a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real Oxfordshire, loaded and served as an operator does it."""
    folder = tmp_path_factory.mktemp("site")
    with a_database(f"site_{folder.parent.name.replace('-', '_')}") as database:
        loaded = run("load", "oxfordshire", folder=folder, **database)
        assert loaded.returncode == 0, loaded.stderr
        keep_a_plan(folder, database)
        with serving(folder, **database) as address:
            yield address


def keep_a_plan(folder: Path, database: dict[str, str]) -> None:
    """Keep a made-up plan on the site, so that its pages can be walked."""
    settings = {"DJANGO_SETTINGS_MODULE": "waywarden.settings"}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    subprocess.run(
        [sys.executable, "-m", "tests.plans.keep_example"],
        env=environment(folder) | database | settings | paths,
        cwd=folder,
        check=True,
        timeout=PATIENCE,
    )


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site in which nothing is loaded."""
    folder = tmp_path_factory.mktemp("empty")
    with (
        a_database(f"empty_{folder.parent.name.replace('-', '_')}") as database,
        serving(folder, **database) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It ends with the file, for while it runs Django takes the tests for async code."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        pytest.skip(f"Run `sudo apt install {CHROMIUM[0]}` to walk the pages: Chromium is missing.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=ARGUMENTS, chromium_sandbox=False
        )
        yield launched
        launched.close()


class Witness:
    """Hears everything that goes wrong while a page is walked."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.heard: list[str] = []
        #: Addresses that are meant to answer with an error.
        self.refused: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Hear a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.heard.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfailed", self._failed)

    def _console(self, message: Any) -> None:
        # Chromium reports a refused address in the console, too.
        if message.type == "error" and not self._is_refusal(message.location.get("url", "")):
            self.heard.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.heard.append(f"another host: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and not self._is_refusal(response.url):
            self.heard.append(f"{response.status}: {response.url}")

    def _failed(self, request: Any) -> None:
        # Leaving a page cuts off what it was still fetching.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _is_refusal(self, url: str) -> bool:
        return any(refused in url for refused in self.refused)


@pytest.fixture
def witness(site: str) -> Iterator[Witness]:
    """Whoever hears what goes wrong; fails the test in the end if anything did."""
    listening = Witness(site)
    yield listening
    assert listening.heard == []


@pytest.fixture
def opened(browser: Browser, site: str, witness: Witness) -> Iterator[Open]:
    """Give what opens a page of the site, 1280 pixels wide unless it is said otherwise."""
    contexts = []

    def open_page(address: str = "/", *, at: str = "", **options: Any) -> Page:
        given = {"viewport": WIDE, "base_url": at or site} | options
        context = browser.new_context(**given)
        context.set_default_timeout(20_000)
        contexts.append(context)
        witness.watch(context)
        if at:
            witness.home = at
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def scrolls_sideways(page: Page) -> bool:
    """Say whether a page is wider than its window."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def wait_for_map(page: Page) -> str:
    """Wait until the live map has settled, and give the state it settled in."""
    # It is made only when somebody looks at it.
    page.locator("[data-map]").first.scroll_into_view_if_needed()
    figure = page.locator("[data-map-state]").first
    figure.wait_for(state="attached")
    return figure.get_attribute("data-map-state") or ""
