"""PO1, PO6, CL1 to CL5: Ada offers a service; a clerk answers from the letter, on a telephone.

Hers is a desk, with scripts. The clerk has no account and runs no scripts, and what they are
asked for is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, scrolls_sideways
from tests.journeys.fitness import complaints
from tests.journeys.inhabited import Town, inhabit
from tests.serving import a_database, serving

#: What a clerk may be asked for from the letter to the answer.
MOST_SCREENS, MOST_INPUTS = 6, 12
INPUTS = "main :is(input:not([type=hidden], [type=radio]), textarea, select, fieldset)"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("offering")
    with a_database(f"offering_{folder.parent.name.replace('-', '_')}") as database:
        known = inhabit(folder, database, by="ada")
        with serving(folder, **database) as address:
            town = Town(address, **known)
            town.folder, town.database = folder, database
            yield town


@pytest.fixture
def adas(browser: Browser, town: Town) -> Iterator[Page]:
    """Ada's desk."""
    context = town.enter(browser, "Ada")
    yield context.new_page()
    context.close()


class Walked:
    """A telephone without scripts, and every screen and question that was met on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens, self.inputs = 0, 0

    def meet(self) -> None:
        """Count a screen with all it asks for; see that it fits the telephone."""
        self.screens += 1
        self.inputs += self.page.locator(INPUTS).count()
        main = self.page.get_by_role("main").bounding_box()
        assert main is not None
        assert main["width"] <= PHONE["width"]


@pytest.fixture
def clerks(browser: Browser, town: Town) -> Iterator[Walked]:
    """The clerk's telephone, which nobody has signed in on."""
    context = town.enter(browser, "nobody", viewport=PHONE, java_script_enabled=False)
    yield Walked(context.new_page())
    context.close()


def later(days: int) -> str:
    """Give a day to come, as a form takes it."""
    return str(date.today() + timedelta(days=days))  # noqa: DTZ011 - as a visitor's own calendar


def sound(page: Page) -> None:
    """See that a page is fit for everybody."""
    assert complaints(page) == []
    assert not scrolls_sideways(page)


def test_cl1_an_offer_is_made_and_answered_from_the_letter_without_an_account(
    adas: Page, clerks: Walked, town: Town
) -> None:
    offer(adas)
    write_to_coldbrook(adas)

    answer(clerks, town.link("o"))

    assert clerks.screens <= MOST_SCREENS
    assert clerks.inputs <= MOST_INPUTS
    adas.reload()
    row = adas.get_by_role("row", name="Coldbrook Parish Council")
    expect(row).to_contain_text("Agreed to join")


def offer(page: Page) -> None:
    """Make an offer of grass, and open it."""
    page.goto("/offers/")
    page.get_by_role("link", name="Make an offer").click()
    sound(page)
    page.get_by_label("What is offered?").fill("Grass, from two springs on")
    page.get_by_label("The day the services start").fill(later(400))
    page.get_by_label("The day by which councils answer").fill(later(90))
    page.get_by_label("By which power?").select_option(index=2)
    page.get_by_role("button", name="Begin it").click()
    page.get_by_role("link", name="Add a service").click()
    grass = page.get_by_role("option", name="Village grass").get_attribute("value")
    page.get_by_label("Service", exact=True).select_option(grass)
    page.get_by_label("What the county pays for one unit in a year, in pounds").fill("0.05")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("button", name="Open it to every council").click()
    expect(page.get_by_text("Open for answers", exact=True)).to_be_visible()
    sound(page)


def write_to_coldbrook(page: Page) -> None:
    """Write to every council that can be written to; it is one, and the page says so."""
    page.get_by_role("link", name="The councils").click()
    page.get_by_role("button", name="Write to every council that has had no letter").click()
    expect(page.get_by_text("A letter is on its way.")).to_be_visible()
    expect(page.get_by_text("could not be written to")).to_be_visible()
    sound(page)


def answer(walked: Walked, link: str) -> None:
    """Read the offer, say when the council meets, and tell what it resolved."""
    page = walked.page
    page.goto(link)
    walked.meet()
    expect(page.get_by_text("9,000 m²")).to_be_visible()
    expect(page.get_by_text("£450").first).to_be_visible()

    page.get_by_role("link", name="Tell us your next meeting").click()
    walked.meet()
    page.get_by_label("Your next meeting that can decide").fill(later(30))
    page.get_by_role("button", name="Save").click()
    walked.meet()
    expect(page.get_by_text("The agenda must go out by")).to_be_visible()

    page.get_by_role("link", name="Get the wording").click()
    walked.meet()
    expect(page.get_by_text("Resolved: that Coldbrook Parish Council accept")).to_be_visible()

    # The wording leads on to the answer: nobody has to find the way back to the offer.
    page.get_by_role("link", name="We agreed to join").click()
    walked.meet()
    page.get_by_label("Minute reference").fill("2026/114")
    page.get_by_label("The day it was resolved").fill(later(0))
    page.get_by_role("button", name="Send it").click()
    walked.meet()
    expect(page.get_by_text("Thank you. Your answer is recorded.")).to_be_visible()
