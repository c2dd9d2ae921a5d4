"""CL10: Bron invites somebody and hands the clerk's office over to Gwen, on telephones.

Bron's runs scripts, Gwen's does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, scrolls_sideways
from tests.journeys.fitness import complaints
from tests.journeys.inhabited import Town, inhabit
from tests.serving import a_database, serving
from tests.signing_in.links import code_of


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with a_database(f"town_{folder.parent.name.replace('-', '_')}") as database:
        known = inhabit(folder, database, by="bron")
        with serving(folder, **database) as address:
            town = Town(address, **known)
            town.folder, town.database = folder, database
            yield town


@pytest.fixture
def brons(browser: Browser, town: Town) -> Iterator[Page]:
    """Bron's telephone, on the first page of the site."""
    context = town.enter(browser, "Bron", viewport=PHONE)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


@pytest.fixture
def gwens(browser: Browser, town: Town) -> Iterator[Page]:
    """Gwen's telephone, which runs no scripts."""
    context = town.enter(browser, "Gwen", viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def sound(page: Page) -> None:
    """See that a page is fit for everybody, and no wider than the telephone."""
    assert complaints(page) == []
    assert not scrolls_sideways(page)


def find_people(page: Page) -> None:
    """Go from any page to the people of one's own council, by what is on the pages alone."""
    page.get_by_role("link", name="Your account").first.click()
    page.get_by_role("link", name="Who holds your offices").click()


def test_cl10_a_clerk_invites_somebody_and_takes_it_back(brons: Page, town: Town) -> None:
    find_people(brons)
    brons.get_by_role("link", name="Invite somebody").click()
    # A parish has no cabinet: nothing is asked for that no office of it has.
    expect(brons.get_by_label("Portfolio")).to_have_count(0)
    brons.get_by_label("Their e-mail address").fill("lou@example.org")
    brons.get_by_label("Office", exact=True).select_option("Councillor")
    brons.get_by_role("button", name="Send the invitation").click()
    expect(brons.get_by_text("An invitation went to lou@example.org.")).to_be_visible()
    sound(brons)

    link = town.link("invitations")
    brons.get_by_role("button", name="Withdraw").click()

    expect(brons.get_by_text("The invitation to lou@example.org is withdrawn.")).to_be_visible()
    brons.goto(link)
    expect(brons.get_by_text("This invitation was withdrawn")).to_be_visible()


def test_what_is_typed_is_kept_by_itself_every_ten_seconds(brons: Page) -> None:
    brons.clock.install()
    brons.goto("/bodies/wychbourne-council/contacts/add/")
    brons.get_by_label("Address or number").fill("01865 000111")
    saved = brons.locator("[data-draft-state]")

    brons.clock.run_for(9_000)
    expect(saved).not_to_contain_text("Draft saved")
    brons.clock.run_for(2_000)
    expect(saved).to_contain_text("Draft saved")
    brons.reload()

    expect(brons.get_by_label("Address or number")).to_have_value("01865 000111")
    brons.get_by_role("button", name="Throw the draft away").click()


def test_cl10_a_clerk_hands_over_to_a_new_clerk_with_all_that_was_begun(
    brons: Page, gwens: Page, town: Town
) -> None:
    begin_a_contact(brons)
    name_gwen(brons)

    accept(gwens, town)

    # The old access has ended, wherever it was open.
    brons.get_by_role("link", name="Your account").first.click()
    expect(brons.get_by_text("You hold no office today")).to_be_visible()
    assert brons.goto("/bodies/wychbourne-council/people/").status == 403  # type: ignore[union-attr]
    sign_in(gwens, town)
    expect(gwens.get_by_text("You act as Clerk, Wychbourne Town Council")).to_be_visible()
    # What Bron had begun is Gwen's now, and the history is whole and says who was who.
    gwens.goto("/account/")
    gwens.get_by_role("link", name="A new contact of Wychbourne Town Council").click()
    expect(gwens.get_by_label("Address or number")).to_have_value("01865 123456")
    find_people(gwens)
    assert not scrolls_wide(gwens)
    past = gwens.get_by_role("table", name="Who held an office")
    expect(past.get_by_role("row", name="Bron")).to_be_visible()
    expect(gwens.get_by_text("gave an office: Clerk (Bron)")).to_be_visible()
    expect(gwens.get_by_text("gave an office: Clerk (Gwen)")).to_be_visible()


def begin_a_contact(page: Page) -> None:
    page.goto("/bodies/wychbourne-council/contacts/add/")
    page.get_by_label("Telephone").check()
    page.get_by_label("Address or number").fill("01865 123456")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved at")).to_be_visible()


def name_gwen(page: Page) -> None:
    find_people(page)
    page.get_by_role("link", name="Hand over Clerk, held by Bron").click()
    sound(page)
    page.get_by_label("The successor’s e-mail address").fill("gwen@example.org")
    page.get_by_label("The successor’s first day").fill(
        page.evaluate("new Date().toISOString().slice(0, 10)")
    )
    page.get_by_label("As soon as the successor accepts").check()
    page.get_by_role("button", name="Ask the successor").click()
    expect(page.get_by_text("gwen@example.org was asked to take over as Clerk.")).to_be_visible()


def accept(page: Page, town: Town) -> None:
    page.goto(town.link("invitations"))
    expect(page.get_by_text("Whoever holds it now leaves as soon as you accept")).to_be_visible()
    assert not scrolls_wide(page)
    page.get_by_label("Your name").fill("Gwen")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("You are Clerk, Wychbourne Town Council from")).to_be_visible()


def sign_in(page: Page, town: Town) -> None:
    """Sign in by a mailed link, and set up the second step that councils ask for."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("gwen@example.org")
    page.get_by_role("button", name="E-mail me a link").click()
    page.goto(town.link("sign-in/link"))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Set up your second step").click()
    page.get_by_role("link", name="Set up codes of an app").click()
    page.get_by_label("Code", exact=True).fill(code_of(page.locator(".ww-key").inner_text()))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("link", name="I have kept them").click()


def scrolls_wide(page: Page) -> bool:
    """Say whether a page is wider than its window, where no script may be run in it."""
    return page.get_by_role("main").bounding_box()["width"] > PHONE["width"]  # type: ignore[index]
