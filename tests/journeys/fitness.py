"""Whether a page is fit for everybody: by axe, to WCAG 2.2 AA and best practice, and by keys."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys import keyboard

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[str]:
    """List what axe finds wrong, with where."""
    for figure in page.locator("[data-map]").all():
        figure.scroll_into_view_if_needed()
        page.locator("[data-map-state]").first.wait_for(state="attached")
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": TAGS},
        # Of all that is right one example is enough.
        "resultTypes": ["violations", "incomplete"],
        # Only rules for moving screens and sound ask for files to be fetched first.
        "preload": False,
    }
    found = Axe().run(page, options=options).response
    wrong = found["violations"] + [
        # A reference to a part that is missing is only "incomplete" to axe. It is wrong to us.
        rule
        for rule in found["incomplete"]
        if rule["id"] == "aria-valid-attr-value"
    ]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in wrong for node in rule["nodes"]]


def fit(page: Page) -> None:
    """See that a page is fit for everybody, with eyes, without them, and without a mouse."""
    assert complaints(page) == []
    walked = keyboard.walk(page)
    assert walked["reached"] == walked["all"]
    assert walked["unseen"] == []
    # It began anew, so that nothing holds the keyboard; and the first stop leads to the content.
    assert walked["rounds"] == 2
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('header')")
