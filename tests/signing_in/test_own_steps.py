"""How one signs in: set up, seen, changed and removed by oneself, just after signing in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.signing_in.links import app_of, code_of, sign_in
from waywarden.county.people.models import Person
from waywarden.county.signing_in import actions, queries
from waywarden.county.signing_in.entering import CAME
from waywarden.county.signing_in.models import SignIn
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

GOOD = "three mossy stiles and a gate"


def set_up_app(browser: Client) -> str:
    """Set up an app as its owner does; gives the page of recovery codes."""
    page = browser.get("/account/sign-in/app/").content.decode()
    found = re.search(r'ww-key">([A-Z2-7]+)<', page)
    assert found
    done = browser.post("/account/sign-in/app/", {"code": code_of(found[1])})
    return done.content.decode()


def test_setting_up_an_app_opens_the_office_and_shows_recovery_codes_once(
    cast: Cast, client: Client
) -> None:
    assert cast.at_wychbourne
    sign_in(client, "bron@example.org")

    page = set_up_app(client)

    assert len(re.findall(r"<li><code>\d{10}</code>", page)) == 10
    assert "You act as <strong>Clerk, Wychbourne" in page
    assert not re.search(r"\d{10}", client.get("/account/sign-in/").content.decode())


def test_recovery_codes_can_be_taken_as_a_file(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)

    answer = browser.post(
        "/account/sign-in/codes/file/", {"code": ["1234567890", "2345678901", "<b>"]}
    )

    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert answer.content.decode().endswith("1234567890\r\n2345678901\r\n")


def test_a_wrong_first_code_sets_up_nothing(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    browser.get("/account/sign-in/app/")

    assert browser.post("/account/sign-in/app/", {"code": "000000"}).status_code == 400
    assert not queries.steps_of(cast.bron).are_set_up


def test_a_second_app_is_refused_until_the_first_is_removed(cast: Cast) -> None:
    app_of(cast.bron)
    browser = cast.signed_in(cast.bron)

    assert "already" in set_up_app(browser)


def test_what_is_set_up_and_removed_stands_in_the_journal_without_a_name(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    set_up_app(browser)
    step = queries.steps_of(cast.bron).app
    assert step
    browser.post(f"/account/sign-in/remove/?step={step.pk}")

    lines = Entry.objects.filter(subject_key=cast.bron.key).order_by("number")
    assert [line.did for line in lines] == [
        "set up codes of an app",
        "made new recovery codes",
        "removed codes of an app",
    ]
    assert "bron" not in str(list(lines.values())).lower()


def test_removing_the_last_step_closes_the_office_and_every_other_browser(cast: Cast) -> None:
    assert cast.at_wychbourne
    secret = app_of(cast.bron)
    step = queries.steps_of(cast.bron).app
    assert step
    here, there = Client(), Client()
    for browser, later in ((here, 0), (there, 1)):
        sign_in(browser, "bron@example.org")
        browser.post("/sign-in/second-step/", {"code": code_of(secret, later)})
    assert "your last second step" not in here.get("/account/").content.decode()
    asked = here.get(f"/account/sign-in/remove/?step={step.pk}").content.decode()
    assert "It is your last second step" in asked

    here.post(f"/account/sign-in/remove/?step={step.pk}")

    assert there.get("/account/").status_code == 302
    assert "your office needs a second step" in here.get("/privacy/").content.decode()
    assert not queries.steps_of(cast.bron).codes


def test_nobody_removes_the_step_of_somebody_else(cast: Cast) -> None:
    app_of(cast.colm)
    step = queries.steps_of(cast.colm).app
    assert step

    page = cast.signed_in(cast.bron).post(f"/account/sign-in/remove/?step={step.pk}", follow=True)

    assert "no such step" in page.content.decode()
    assert queries.steps_of(cast.colm).app == step


def test_recovery_codes_without_a_second_step_are_not_made(cast: Cast) -> None:
    page = cast.signed_in(cast.bron).post("/account/sign-in/codes/", follow=True)

    assert "Set up an app or a passkey first" in page.content.decode()
    with pytest.raises(actions.CannotSetUp):
        actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)


@pytest.mark.parametrize(
    "address",
    ["/account/sign-in/app/", "/account/sign-in/passkey/", "/account/sign-in/password/"],
)
def test_a_browser_left_open_does_not_change_how_one_signs_in(cast: Cast, address: str) -> None:
    browser = cast.signed_in(cast.bron)
    session = browser.session
    session[CAME] -= 16 * 60
    session.save()

    assert browser.get("/account/sign-in/").status_code == 200
    asked = browser.get(address)
    assert asked["Location"] == f"/sign-in/?next={address.replace('/', '%2F')}"
    assert browser.post(address, {"password": GOOD})["Location"].startswith("/sign-in/?next=")
    assert not Person.objects.get(pk=cast.bron.pk).has_usable_password()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("short", "too short"),
        ("password1234", "too common"),
        ("bron@example.org", "too similar"),
        ("", "Enter a password"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(cast: Cast, typed: str, why: str) -> None:
    answer = cast.signed_in(cast.bron).post("/account/sign-in/password/", {"password": typed})

    assert answer.status_code == 400
    assert why in answer.content.decode()


def test_a_new_password_signs_in_and_ends_every_other_sign_in(cast: Cast) -> None:
    assert cast.bron
    here, there = Client(), Client()
    sign_in(here, "bron@example.org")
    sign_in(there, "bron@example.org")

    here.post("/account/sign-in/password/", {"password": GOOD})

    assert there.get("/account/").status_code == 302
    listed = here.get("/account/sign-in/").content.decode()
    assert listed.count("(this one)") == 1
    fresh = Client()
    answer = fresh.post("/sign-in/password/", {"email": "bron@example.org", "password": GOOD})
    assert answer["Location"] == "/account/"


def test_where_one_is_signed_in_is_listed_and_ended_everywhere(cast: Cast) -> None:
    assert cast.bron
    here = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    there = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) CriOS/140 Safari/604.1"})
    unknown = Client(headers={"user-agent": ""})
    for browser in (here, there, unknown):
        sign_in(browser, "bron@example.org")
    page = here.get("/account/sign-in/").content.decode()
    for listed in ("Firefox on Windows", "Chrome on an iPhone", "A browser", "with a link"):
        assert listed in page

    assert here.post("/sign-out/everywhere/").status_code == 302

    for browser in (here, there, unknown):
        assert browser.get("/account/").status_code == 302
    assert not SignIn.objects.exists()


def test_signing_out_takes_a_form_and_ends_this_browser_alone(cast: Cast) -> None:
    assert cast.bron
    here, there = Client(), Client()
    sign_in(here, "bron@example.org")
    sign_in(there, "bron@example.org")

    assert here.get("/sign-out/").status_code == 405
    assert "You are signed out" in here.post("/sign-out/", follow=True).content.decode()

    assert here.get("/account/").status_code == 302
    assert there.get("/account/").status_code == 200
    assert SignIn.objects.count() == 1


# What no browser sends: no JSON, too deep, half a character, too long.
NO_PASSKEY = ("not json", "[" * 9999, '{"id": "\\ud800"}', " " * 30_000)


def test_a_made_up_passkey_is_not_kept(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    asked = browser.post("/account/sign-in/passkey/options/").json()["publicKey"]
    assert asked["authenticatorSelection"]["userVerification"] == "required"

    for sent in (
        "{}",
        "[]",
        '{"id": "x", "rawId": "x", "response": {}, "type": "public-key"}',
        *NO_PASSKEY,
    ):
        made = {"name": "mine", "credential": sent}
        assert browser.post("/account/sign-in/passkey/", made).status_code == 400
    assert not queries.steps_of(cast.bron).are_set_up
