"""Axe finds nothing to complain of on any page, and each can be walked by the keyboard."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE, WIDE, Open
from tests.journeys.fitness import complaints, fit
from tests.pages.addresses import PAGES, STATES
from tests.serving import run, serving

REFUSALS = {
    "a page that is not there": "/places/nowhere/",
    "a day that is none": "/counties/oxfordshire/?on=next+week",
    "a day that is none in a place": "/places/cholsey-south-oxfordshire/?on=next+week",
    "a district that is none": "/counties/oxfordshire/?district=nowhere",
    "an order that is none": "/plans/1/?sort=size",
    "a plan that is not there": "/plans/9/",
    "a point that is none": "/at/?lon=west&lat=north",
}
EMPTY = {
    name: address
    for name, address in PAGES.items()
    if name.startswith("website:")
    or name in ("register:services", "register:methods", "plans:plans", "plans:how")
}
widths = pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1280", "320"])


@pytest.mark.axe
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_axe_and_the_keyboard_find_nothing_wrong_with_a_page(opened: Open, address: str) -> None:
    fit(opened(address))


def test_axe_would_find_what_is_wrong(opened: Open) -> None:
    # The armed control: a picture without words, and a field that points at nothing.
    page = opened("/privacy/")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('img'),"
        " {src: '/static/website/mark.svg'}));"
        "document.querySelector('input').setAttribute('aria-describedby', 'nowhere')"
    )

    found = " ".join(complaints(page))

    assert "image-alt" in found
    assert "aria-valid-attr-value" in found


@pytest.mark.axe_matrix
class TestMatrix:
    """Every page in every state at both widths, but for what is looked at above."""

    @pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
    def test_a_page_on_a_telephone(self, opened: Open, address: str) -> None:
        assert complaints(opened(address, viewport=PHONE)) == []

    @widths
    @pytest.mark.parametrize("address", STATES.values(), ids=STATES)
    def test_a_state_of_a_page(self, opened: Open, address: str, window: dict[str, int]) -> None:
        assert complaints(opened(address, viewport=window)) == []

    @widths
    @pytest.mark.parametrize("address", REFUSALS.values(), ids=REFUSALS)
    def test_a_refusal(self, opened: Open, witness, address: str, window: dict[str, int]) -> None:
        witness.refused.append(address)

        assert complaints(opened(address, viewport=window)) == []

    @widths
    @pytest.mark.parametrize("address", EMPTY.values(), ids=EMPTY)
    def test_an_empty_site(
        self, opened: Open, empty_site: str, address: str, window: dict[str, int]
    ) -> None:
        assert complaints(opened(address, at=empty_site, viewport=window)) == []

    @widths
    def test_a_failure(
        self, opened: Open, witness, broken_site: str, window: dict[str, int]
    ) -> None:
        witness.refused.append(broken_site)
        page = opened("/", at=broken_site, viewport=window)

        assert "Something went wrong on our side" in page.inner_text("h1")
        assert complaints(page) == []


@pytest.fixture(scope="module")
def broken_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose tables were lost while it was running; always on SQLite, where that is easy."""
    folder: Path = tmp_path_factory.mktemp("broken")
    assert run("check", folder=folder).returncode == 0
    with serving(folder) as address:
        with sqlite3.connect(folder / "waywarden.sqlite3") as database:
            database.execute("ALTER TABLE places_area RENAME TO lost")
        yield address
