"""Colm, a clerk, asks about another day, narrows the county down, takes a table away and prints."""

import csv
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Open, wait_for_map


def test_another_day_is_answered_for_and_said(opened: Open) -> None:
    page = opened("/places/cholsey-south-oxfordshire/")
    wait_for_map(page)

    page.get_by_text("Show another date").click()
    page.get_by_label("Show as of", exact=True).fill("2027-04-01")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page).to_have_url(re.compile("on=2027-04-01"))
    expect(page.get_by_text("Shown as of 1 April 2027")).to_be_visible()
    wait_for_map(page)


def test_on_a_day_before_a_parish_was_made_it_is_not_listed(opened: Open) -> None:
    page = opened("/counties/oxfordshire/?on=2014-05-31")

    expect(page.get_by_role("link", name="Cholsey", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Heyford Park")).to_have_count(0)
    wait_for_map(page)


def test_a_day_that_is_none_is_met_with_what_to_mend(opened: Open, witness) -> None:
    witness.refused.append("on=next")
    page = opened("/places/cholsey-south-oxfordshire/?on=next+week")

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(page).to_have_title(re.compile("^Error:"))
    summary.get_by_role("link").click()
    expect(page.get_by_label("Show as of", exact=True)).to_be_focused()
    wait_for_map(page)


def test_the_county_is_narrowed_down_to_a_district_and_a_service_and_taken_away(
    opened: Open, tmp_path: Path
) -> None:
    page = opened("/counties/oxfordshire/")
    wait_for_map(page)

    page.get_by_label("District", exact=True).select_option("Cherwell")
    page.get_by_label("Service", exact=True).select_option("Litter and street cleaning")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Litter and street cleaning")
    table = page.get_by_role("table").last
    expect(table.get_by_role("row")).to_have_count(79 + 1)
    expect(table.get_by_role("cell", name="Cherwell District Council")).to_have_count(79)
    wait_for_map(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    taken = tmp_path / "taken.csv"
    download.value.save_as(taken)

    rows = list(csv.DictReader(taken.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 79
    assert {row["delivered_by"] for row in rows} == {"Cherwell District Council"}
    assert {row["service"] for row in rows} == {"Litter and street cleaning"}
    assert download.value.suggested_filename.endswith(".csv")


def test_what_was_chosen_stays_chosen(opened: Open) -> None:
    page = opened("/counties/oxfordshire/?district=cherwell&service=village-grass")

    expect(page.get_by_label("District", exact=True)).to_have_value("cherwell")
    expect(page.get_by_label("Service", exact=True)).to_have_value("village-grass")
    wait_for_map(page)


def test_print_shows_the_still_map_and_leaves_out_what_paper_cannot_do(opened: Open) -> None:
    page = opened("/places/cholsey-south-oxfordshire/")
    wait_for_map(page)

    page.emulate_media(media="print")

    expect(page.locator(".ww-map__still")).to_be_visible()
    expect(page.locator(".ww-map__live")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("link", name="Download CSV")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Contains OS data")).to_be_visible()


def test_a_page_can_be_printed(opened: Open) -> None:
    page = opened("/counties/oxfordshire/?service=village-grass")
    wait_for_map(page)

    paper = page.pdf(format="A4")

    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000
