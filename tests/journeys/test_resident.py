"""Dot looks for her parish: by its name, by a name spelt wrong, by one that two places bear."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE, Open, scrolls_sideways, wait_for_map

widths = pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1280", "320"])


def look_for(page: Page, name: str) -> None:
    """Type a name on the first page and press Enter."""
    field = page.get_by_label("Parish, town or postcode")
    field.fill(name)
    field.press("Enter")


@widths
def test_typing_the_name_of_a_parish_leads_to_who_delivers_what_there(
    opened: Open, window: dict[str, int]
) -> None:
    page = opened("/", viewport=window)

    look_for(page, "Cholsey")

    expect(page).to_have_url(re.compile("/places/cholsey-south-oxfordshire/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Cholsey")
    grass = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="Village grass")
    )
    expect(grass.first).to_contain_text("Oxfordshire County Council")
    expect(grass.first).to_contain_text("Highways Act 1980")
    expect(grass.first).to_contain_text("estimate")
    wait_for_map(page)


@widths
def test_a_name_spelt_wrong_is_met_with_what_may_be_meant(
    opened: Open, window: dict[str, int]
) -> None:
    page = opened("/", viewport=window)

    look_for(page, "Cholsy")

    expect(page.get_by_text("Did you mean")).to_be_visible()
    page.get_by_role("link", name="Cholsey", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cholsey")
    wait_for_map(page)


@widths
def test_part_of_a_name_offers_every_place_that_has_it_with_its_district(
    opened: Open, window: dict[str, int]
) -> None:
    page = opened("/", viewport=window)

    look_for(page, "Hinksey")

    expect(page.get_by_role("heading", name=re.compile("found for"))).to_be_visible()
    found = page.get_by_role("main").get_by_role("listitem")
    assert found.count() >= 2
    expect(found.filter(has_text="Vale of White Horse").first).to_be_visible()
    page.get_by_role("link", name="South Hinksey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("South Hinksey")
    wait_for_map(page)


def test_a_name_with_no_likeness_to_any_leads_to_the_table_of_all(opened: Open) -> None:
    page = opened("/search/?q=zzzzzzzz")

    page.get_by_role("main").get_by_role("link").last.click()

    expect(page.get_by_role("table").last).to_contain_text("Cholsey")
    wait_for_map(page)


@widths
def test_the_first_tab_reaches_the_way_past_the_head_of_the_page(
    opened: Open, window: dict[str, int]
) -> None:
    page = opened("/services/", viewport=window)

    page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search/?q=stoke",
        "/counties/oxfordshire/?service=village-grass",
        "/places/cholsey-south-oxfordshire/",
        "/services/",
        "/services/village-grass/",
        "/methods/",
        "/plans/",
        "/plans/1/",
        "/plans/1/?sort=saved",
        "/plans/1/clusters/cluster-cholsey-south-oxfordshire/",
        "/plans/how-plans-are-made/",
        "/glossary/",
        "/accessibility/",
        "/privacy/",
        "/at/?lon=-1.15&lat=51.57",
        "/components/",
    ],
)
def test_no_page_scrolls_sideways_on_a_narrow_phone(opened: Open, address: str) -> None:
    page = opened(address, viewport=PHONE)

    assert not scrolls_sideways(page)


def test_a_phone_keeps_the_ways_of_the_site_behind_a_menu(opened: Open) -> None:
    page = opened("/services/", viewport=PHONE)
    way = page.get_by_role("navigation", name="Main").get_by_role("link", name="Methods")
    expect(way).to_be_hidden()

    page.get_by_role("button", name="Menu").click()
    way.click()

    expect(page).to_have_url(re.compile("/methods/$"))


def test_a_page_that_is_not_there_gives_a_number_and_a_way_on(opened: Open, witness) -> None:
    witness.refused.append("/places/nowhere/")
    page = opened("/places/nowhere/")

    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
    page.get_by_role("main").get_by_role("link", name="first page").click()

    expect(page.get_by_label("Parish, town or postcode")).to_be_visible()
    wait_for_map(page)
