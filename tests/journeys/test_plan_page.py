"""The page of a plan, opened from disk: at both widths, on paper, without anything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.conftest import PHONE, WIDE, scrolls_sideways
from tests.journeys.fitness import TAGS
from tests.planning import examples
from waywarden.planning.papers.page import plan_page

widths = pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1280", "320"])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("plan")
    told = {"everyone": examples.report(), "nobody": examples.nobody()}
    for name, report in told.items():
        (folder / f"{name}.html").write_text(plan_page(examples.ground(report)), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in told}


@pytest.fixture
def window() -> ViewportSize:
    """Say how large the window is, where a test does not say it."""
    return WIDE


@pytest.fixture
def read(browser: Browser, window: ViewportSize) -> Iterator[Page]:
    """Give an empty page that hears what is asked of other hosts, and complains of it."""
    page = browser.new_page(viewport=window)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda message: asked.append(message.text))
    yield page
    page.close()
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []


@widths
@pytest.mark.parametrize("name", ["everyone", "nobody"])
def test_a_plan_can_be_read_by_everyone(
    read: Page, files: dict[str, Path], name: str, window: ViewportSize
) -> None:
    read.goto(files[name].as_uri())
    read.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert not scrolls_sideways(read)
    # Rows are made alike: axe takes half a minute over three hundred of them.
    read.evaluate("document.querySelectorAll('tr:nth-child(n+8)').forEach(one => one.remove())")

    found = Axe().run(read, options={"runOnly": {"type": "tag", "values": TAGS}}).response

    assert [rule["id"] for rule in found["violations"]] == []


def test_a_cluster_unfolds_and_prints_unfolded(read: Page, files: dict[str, Path]) -> None:
    read.goto(files["everyone"].as_uri())
    share = read.get_by_role("cell", name="£3,000").first

    read.locator("summary").first.click()
    assert share.is_visible()
    read.locator("summary").first.click()

    read.emulate_media(media="print")
    assert read.locator("#cluster-1 table").first.bounding_box()
