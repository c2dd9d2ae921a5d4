"""The map: it can be used without a mouse, leads on, and the table beside it carries the same."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open, wait_for_map


def test_the_live_map_comes_to_rest_and_bears_a_name(opened: Open) -> None:
    page = opened("/")

    assert wait_for_map(page) == "idle"
    canvas = page.locator(".ww-map__live canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile("Map of Oxfordshire"))
    assert "The table lists every place" in (canvas.get_attribute("aria-label") or "")


def test_the_map_is_reached_and_moved_by_the_keyboard(opened: Open) -> None:
    page = opened("/counties/oxfordshire/")
    wait_for_map(page)
    canvas = page.locator(".ww-map__live canvas")

    canvas.focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")

    expect(canvas).to_be_focused()
    zoom_in = page.get_by_role("button", name="Zoom in")
    zoom_in.focus()
    page.keyboard.press("Enter")
    expect(zoom_in).to_be_focused()


def test_the_map_does_not_hold_the_keyboard(opened: Open) -> None:
    page = opened("/counties/oxfordshire/")
    wait_for_map(page)
    page.locator(".ww-map__live canvas").focus()

    for _ in range(4):
        page.keyboard.press("Tab")

    assert page.evaluate("!document.activeElement.closest('.ww-map')")


def test_a_tap_on_the_map_asks_which_parish_was_meant(opened: Open) -> None:
    page = opened("/counties/oxfordshire/")
    wait_for_map(page)

    box = page.locator(".ww-map__live canvas").bounding_box()
    assert box
    page.locator(".ww-map__live canvas").click(
        position={"x": box["width"] / 2, "y": box["height"] / 2}
    )

    expect(page).to_have_url(re.compile(r"/at/\?.*lon=-1\.\d+&lat=51\.\d+"))
    offered = page.get_by_role("main").get_by_role("listitem")
    expect(offered.first).to_contain_text("likeliest")
    assert offered.count() > 1
    offered.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/places/"))
    wait_for_map(page)


def test_the_table_carries_all_that_the_map_shows(opened: Open) -> None:
    page = opened("/counties/oxfordshire/?service=village-grass")
    wait_for_map(page)
    shapes = page.evaluate(
        "fetch(document.querySelector('[data-shapes]').dataset.shapes).then(a => a.json())"
    )

    said = [
        shape["properties"]["said"]
        for shape in shapes["features"]
        if shape["properties"]["what"] == "shape"
    ]
    rows: dict[str, list[str]] = {}
    for row in page.get_by_role("table").last.inner_text().splitlines():
        rows.setdefault(row.split("\t")[0].removesuffix(" (no parish)"), []).append(row)
    assert len(said) >= 322
    for words in said:
        name, _, amount = words.rpartition(": ")
        assert name in rows, words
        if "m²" in amount:
            # Two places may bear one name: either row may be the one that is meant.
            assert any(amount in row for row in rows[name]), words


def test_the_still_map_says_what_it_shows_for_those_who_do_not_see_it(opened: Open) -> None:
    page = opened("/counties/oxfordshire/?service=village-grass", java_script_enabled=False)

    picture = page.get_by_role("img", name=re.compile("^Map of Oxfordshire: village grass"))
    expect(picture).to_be_visible()
    assert "estimated to have the most" in (picture.get_attribute("alt") or "")


def test_a_phone_is_given_the_narrow_picture(opened: Open) -> None:
    page = opened("/", viewport=PHONE, java_script_enabled=False)

    assert (
        page.locator(".ww-map__still").evaluate("picture => picture.currentSrc").count("phone.svg")
    )
