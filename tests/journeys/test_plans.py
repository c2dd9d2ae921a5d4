"""Dot and Colm look at a plan: what it would mean for a parish, who would lead, how sure it is."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE, Open, wait_for_map

Walk = Callable[[str], Page]


@pytest.fixture(
    params=[(WIDE, True), (PHONE, True), (WIDE, False), (PHONE, False)],
    ids=["1280", "320", "1280 without script", "320 without script"],
)
def walk(opened: Open, request: pytest.FixtureRequest) -> Walk:
    """Give what opens a page, wide and narrow, with and without script."""
    window, runs = request.param
    return lambda address: opened(address, viewport=window, java_script_enabled=runs)


def test_a_parish_leads_to_its_cluster_and_that_to_the_plan_and_its_proof(walk: Walk) -> None:
    page = walk("/places/wallingford-south-oxfordshire/")

    section = page.get_by_role("region", name="If every council took part: an illustration")
    expect(section).to_contain_text("led by Cholsey")
    expect(section).to_contain_text("estimate (C)")
    section.get_by_role("link", name="Cholsey", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Cholsey")
    expect(page.get_by_role("cell", name="Own staff 63% full").first).to_be_visible()
    page.get_by_role("link", name="Plan 1", exact=True).click()

    expect(
        page.get_by_text(
            "No plan of shared clusters under these prices and rules can be more than 2% cheaper"
        )
    ).to_be_visible()
    page.get_by_role("link", name="How the proof works").click()
    expect(page.get_by_role("heading", name="What the proof means")).to_be_visible()


def test_the_table_of_clusters_is_put_in_another_order(walk: Walk) -> None:
    page = walk("/plans/1/")

    page.get_by_role("link", name="saved", exact=True).or_(
        page.get_by_role("link", name="Saved", exact=True)
    ).locator("visible=true").first.click()

    table = page.get_by_role("table", name="Clusters in Plan 1, sorted by saved")
    expect(table.get_by_role("rowheader").first).to_be_visible()
    expect(table.locator("[aria-sort]")).to_have_count(1)


def test_the_councils_of_a_plan_are_taken_away(walk: Walk, tmp_path: Path) -> None:
    page = walk("/plans/1/")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download councils (CSV)").click()

    taken = tmp_path / "taken.csv"
    download.value.save_as(taken)
    rows = list(csv.DictReader(taken.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 321


def test_the_live_map_of_a_plan_comes_to_rest_and_bears_a_name(opened: Open) -> None:
    page = opened("/plans/1/")

    assert wait_for_map(page) == "idle"
    canvas = page.locator(".ww-map__live canvas")
    assert "proposed clusters" in (canvas.get_attribute("aria-label") or "")


def test_the_still_map_of_a_cluster_names_its_councils(opened: Open) -> None:
    page = opened("/plans/1/clusters/cluster-cholsey-south-oxfordshire/", java_script_enabled=False)

    picture = page.get_by_role("img", name="Cholsey, Wallingford, Crowmarsh and Moulsford")
    expect(picture).to_be_visible()


def test_the_first_page_leads_to_the_plan(walk: Walk) -> None:
    page = walk("/")

    page.get_by_role("link", name="See the plan for Oxfordshire").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "If every council took part: an illustration"
    )
