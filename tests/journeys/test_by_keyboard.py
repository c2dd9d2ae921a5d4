"""Forms are found, filled in and sent with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import WIDE
from tests.journeys.inhabited import Inhabited, inhabit
from tests.journeys.keyboard import enter, follow, press, reach
from tests.serving import a_database, serving


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inhabited]:
    folder = tmp_path_factory.mktemp("keyboard")
    with a_database(f"keyboard_{folder.parent.name.replace('-', '_')}") as database:
        known = inhabit(folder, database, by="bron")
        with serving(folder, **database) as address:
            yield Inhabited(address, **known)


@pytest.fixture
def page(browser: Browser, county: Inhabited) -> Iterator[Page]:
    """Bron's account, and no mouse."""
    context = county.enter(browser, "Bron", viewport=WIDE)
    opened = context.new_page()
    opened.goto("/account/")
    yield opened
    context.close()


def test_a_contact_is_listed(page: Page) -> None:
    follow(page, "How the public reaches you")
    follow(page, "Add a contact")
    reach(page, page.get_by_label("Website"))
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    enter(page, "Address or number", "01865 123456")
    press(page, "List it")

    expect(page.get_by_text("01865 123456 is listed.")).to_be_visible()
    expect(page.get_by_role("row", name="Telephone 01865 123456")).to_be_visible()


def test_a_figure_is_put_right(page: Page) -> None:
    follow(page, "How much there is to do in Wychbourne")
    follow(page, "Enter", which=0)
    reach(page, page.get_by_label("Enter a figure that somebody counted or measured"))
    page.keyboard.press("Space")
    enter(page, "The figure", "1234")
    enter(page, "Where is it from?", "Walked with a wheel")
    reach(page, page.get_by_label("The day it was counted"))
    page.keyboard.type("04012026")
    press(page, "Save")

    expect(page.get_by_text("your change is saved.")).to_be_visible()


def test_somebody_is_invited_and_an_office_handed_over(page: Page) -> None:
    follow(page, "Who holds your offices")
    follow(page, "Invite somebody")
    enter(page, "Their e-mail address", "lou@example.org")
    reach(page, page.get_by_label("Office", exact=True))
    page.keyboard.type("Councillor")
    press(page, "Send the invitation")
    expect(page.get_by_text("An invitation went to lou@example.org.")).to_be_visible()

    follow(page, "Hand over Clerk, held by Bron")
    enter(page, "The successor’s e-mail address", "gwen@example.org")
    press(page, "Ask the successor")

    expect(page.get_by_text("gwen@example.org was asked to take over as Clerk.")).to_be_visible()


def test_a_table_is_taken_in(page: Page) -> None:
    follow(page, "Take in a spreadsheet")
    follow(page, "Contacts of councils")
    enter(page, "Or paste cells", "kind,value\ne-mail,clerk@wychbourne.example")
    press(page, "Look at it first")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look before you save")
    press(page, "Take in 1 row")

    expect(page.get_by_role("heading", level=1)).to_have_text("Taken in")


def test_an_account_is_kept_in_order(page: Page) -> None:
    follow(page, "How you are told")
    offices = page.get_by_role("group", name="Offices given, handed over")
    reach(page, offices.get_by_label("At once"))
    page.keyboard.press("ArrowDown")
    press(page, "Keep these choices")
    expect(offices.get_by_label("Once a day, at seven in the morning")).to_be_checked()

    page.goto("/account/")
    follow(page, "How you sign in, and where")
    follow(page, "Set a password")
    enter(page, "New password", "a hedge, a verge and a lane")
    press(page, "Set the password")

    expect(page.get_by_text("Your password is set")).to_be_visible()
