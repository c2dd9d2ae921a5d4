"""Everything works without JavaScript: the search, the days, the filters, the tables, the maps."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE, Open


@pytest.fixture(params=[WIDE, PHONE], ids=["1280", "320"])
def plain(opened: Open, request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Give what opens a page in a browser that runs no script."""
    return lambda address: opened(address, viewport=request.param, java_script_enabled=False)


Plain = Callable[[str], Page]


def test_a_parish_is_found_by_its_name(plain: Plain) -> None:
    page = plain("/")

    page.get_by_label("Parish, town or postcode").fill("cholsey")
    page.get_by_role("button", name="Find").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Cholsey")
    expect(page.locator(".ww-map__still")).to_be_visible()


def test_the_search_at_the_head_of_each_page_finds_a_service(plain: Plain) -> None:
    page = plain("/privacy/")

    search = page.get_by_role("search", name="Site")
    search.get_by_role("searchbox").fill("libraries")
    search.get_by_role("button").click()

    expect(page).to_have_url(re.compile(r"/search/|/services/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_another_day_may_be_asked_for(plain: Plain) -> None:
    page = plain("/places/cholsey-south-oxfordshire/")

    page.get_by_text("Show another date").click()
    page.get_by_label("Show as of", exact=True).fill("2027-04-01")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.get_by_text("Shown as of 1 April 2027")).to_be_visible()


def test_the_county_is_narrowed_down_and_taken_away(plain: Plain, tmp_path: Path) -> None:
    page = plain("/counties/oxfordshire/")

    page.get_by_label("District", exact=True).select_option("Oxford")
    page.get_by_label("Service", exact=True).select_option("Village grass")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(
        page.get_by_role("table").last.get_by_role("row").filter(has_text="Littlemore")
    ).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()

    taken = tmp_path / "taken.csv"
    download.value.save_as(taken)
    assert len(list(csv.DictReader(taken.read_text("utf-8-sig").splitlines()))) == 5


def test_every_part_of_the_site_is_reached(plain: Plain) -> None:
    page = plain("/")
    ways = page.get_by_role("navigation", name="Main").get_by_role("link")

    for address in [way.get_attribute("href") for way in ways.all()]:
        page.goto(address or "")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert ways.count() == 8
    expect(ways.first).to_be_visible()


def test_what_is_folded_away_can_be_unfolded(plain: Plain) -> None:
    page = plain("/places/cholsey-south-oxfordshire/")
    folded = page.get_by_text("what the county set as the least it will do")
    expect(folded).to_be_hidden()

    page.get_by_text("What the three standards mean").click()

    expect(folded).to_be_visible()
