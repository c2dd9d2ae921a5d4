"""Ada comes in first, makes a passkey and goes on; Bron signs in by link without scripts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, WIDE, scrolls_sideways
from tests.journeys.fitness import complaints
from tests.serving import PATIENCE, ROOT, a_database, environment, run, serving
from tests.signing_in.links import code_of

#: A passkey that is unlocked by itself, as a telephone's is by a finger.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class House:
    """The cast's county, served with nobody in it who can sign in yet."""

    def __init__(self, folder: Path, address: str, database: dict[str, str]) -> None:
        self.folder, self.address, self.database = folder, address, database
        self.opened: set[str] = set()

    def set_up_code(self) -> str:
        said = run("first-officer", folder=self.folder, **self.database).stdout
        return said.split("Set-up code: ")[1].strip()

    def mailed(self) -> str:
        """Give the link that was mailed since the last that was asked for, once it is there."""
        for _ in range(10 * PATIENCE):
            if fresh := self.links() - self.opened:
                self.opened |= fresh
                (link,) = fresh
                return link
            time.sleep(0.1)
        raise AssertionError("No link was mailed.")

    def links(self) -> set[str]:
        """Give every link to sign in by that was mailed."""
        letters = [
            message_from_bytes(kept.read_bytes(), policy=default)
            for kept in (self.folder / "mail").iterdir()
        ]
        said = " ".join(letter.get_body(("plain",)).get_content() for letter in letters)
        return set(re.findall(r"http\S+/sign-in/link/\S+/", said))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with a_database(f"house_{folder.parent.name.replace('-', '_')}") as database:
        introduce_cast(folder, database)
        with serving(folder, **database) as address:
            # A passkey belongs to a name: an address in numbers has none.
            yield House(folder, address.replace("127.0.0.1", "localhost"), database)


def introduce_cast(folder: Path, database: dict[str, str]) -> None:
    assert run("check", folder=folder, **database).returncode == 0
    settings = {"DJANGO_SETTINGS_MODULE": "waywarden.settings"}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    say = "import django; django.setup(); from tests.cast import introduce; introduce()"
    subprocess.run(
        [sys.executable, "-c", say],
        env=environment(folder) | database | settings | paths,
        cwd=folder,
        check=True,
        timeout=PATIENCE,
    )


def opened(browser: Browser, house: House, **options: bool) -> Page:
    context = browser.new_context(base_url=house.address, viewport=WIDE, **options)
    context.set_default_timeout(20_000)
    return context.new_page()


def with_passkeys(page: Page) -> Page:
    """Give a browser a place to keep passkeys in."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def sound(page: Page) -> None:
    """See that a page is fit for everybody, and stays within a narrow window."""
    assert complaints(page) == []
    page.set_viewport_size(PHONE)
    assert not scrolls_sideways(page)
    page.set_viewport_size(WIDE)


def become_first(page: Page, house: House) -> None:
    page.goto("/sign-in/")
    expect(page.get_by_text("This site has no officer yet")).to_be_visible()
    page.get_by_role("link", name="let the first officer in").click()
    sound(page)
    page.get_by_label("Set-up code").fill(house.set_up_code())
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Your council").select_option(label="The County Council")
    page.get_by_label("Last day of your office").fill("2040-03-31")
    page.get_by_role("button", name="Become the first officer").click()


def test_from_an_empty_site_to_a_passkey_a_code_and_a_link(browser: Browser, house: House) -> None:
    page = with_passkeys(opened(browser, house))
    become_first(page, house)
    expect(page.get_by_text("You have no second step yet")).to_be_visible()
    sound(page)

    page.get_by_role("link", name="Add a passkey").click()
    sound(page)
    page.get_by_label("Name for it").fill("office laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.get_by_text("You act as Partnerships officer, The County Council")).to_be_visible()
    sound(page)
    recovery = page.locator(".ww-codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()

    page.get_by_role("link", name="Set up codes of an app").click()
    sound(page)
    key = page.locator(".ww-key").inner_text()
    page.get_by_label("Code", exact=True).fill(code_of(key))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("Your app now gives the code")).to_be_visible()
    sound(page)
    for address in ("/account/", "/account/sign-in/password/"):
        page.goto(address)
        sound(page)
    page.goto("/bodies/county-council/sign-in-rule/")
    sound(page)

    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    expect(page.get_by_text("You act as Partnerships officer")).to_be_visible()

    sign_out(page)
    ask_for_link(page, "ada@example.org")
    page.goto(house.mailed())
    sound(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    sound(page)
    page.get_by_label("Code", exact=True).fill(recovery)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")

    sign_out(page)
    ask_for_link(page, "ada@example.org")
    page.goto(house.mailed())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")

    page.get_by_role("link", name="How you sign in, and where").click()
    page.get_by_role("link", name="Remove the passkey").click()
    sound(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("It is removed")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That passkey could not be used here")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()


def ask_for_link(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")


def test_without_scripts_a_link_and_a_code_lead_in(browser: Browser, house: House) -> None:
    page = opened(browser, house, java_script_enabled=False)
    page.goto("/sign-in/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()

    ask_for_link(page, "ada@example.org")
    page.goto(house.mailed())
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    expect(page.get_by_label("Code", exact=True)).to_be_visible()


def test_with_a_keyboard_alone_somebody_asks_for_a_link(browser: Browser, house: House) -> None:
    page = opened(browser, house)
    page.goto("/sign-in/")
    page.get_by_role("link", name="Sign in", exact=True).focus()

    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.keyboard.type("nobody@example.org")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="E-mail me a link")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    sound(page)


def test_what_is_wrong_is_said_and_led_to(browser: Browser, house: House) -> None:
    page = opened(browser, house)
    for address, button in (("/sign-in/", "E-mail me a link"), ("/sign-in/password/", "Sign in")):
        page.goto(address)
        page.get_by_role("main").get_by_role("button", name=button).click()

        expect(page.locator(".govuk-error-summary")).to_be_focused()
        expect(page).to_have_title(re.compile("^Error: "))
        sound(page)
        page.get_by_role("alert").get_by_role("link").first.click()
        expect(page.get_by_label("E-mail address")).to_be_focused()


def test_whoever_tries_too_often_is_told_when_to_come_back(browser: Browser, house: House) -> None:
    page = opened(browser, house)
    for _ in range(25):
        page.goto("/sign-in/")
        page.get_by_label("E-mail address").fill("often@example.org")
        page.get_by_role("button", name="E-mail me a link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("That was tried too often")
    sound(page)
