"""Signing in by a link: once, soon, by whoever asked for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings

from tests.cast import Cast
from tests.signing_in.links import ask, mailed, sign_in
from waywarden.county.people.models import Person
from waywarden.county.signing_in.actions import LINK_LASTS
from waywarden.county.signing_in.models import Link
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def test_bron_signs_in_by_the_link_she_was_mailed(cast: Cast, client: Client) -> None:
    assert cast.bron
    ask(client, "bron@example.org")

    assert mail.outbox[-1].to == ["bron@example.org"]
    page = client.get(mailed())
    assert page.status_code == 200
    assert not is_in(client)

    assert client.post(mailed())["Location"] == "/account/"
    assert is_in(client)


@override_settings(SITE_ADDRESS="https://register.example.org/", ALLOWED_HOSTS=[".example.org"])
@pytest.mark.parametrize("host", ["thief.example.org", "register.example.org:4711"])
def test_a_mailed_link_leads_to_this_site_whatever_host_was_asked(
    cast: Cast, client: Client, host: str
) -> None:
    assert cast.bron

    sent = client.post("/sign-in/", {"email": "bron@example.org"}, headers={"Host": host})

    assert sent.status_code == 302
    [letter] = mail.outbox
    assert "https://register.example.org/sign-in/link/" in letter.body
    assert host not in f"{letter.body} {letter.message()}"


def test_a_host_that_is_not_ours_is_answered_with_no_link(cast: Cast, client: Client) -> None:
    assert cast.bron

    headers = {"Host": "thief.example.com", "X-Forwarded-Host": "register.example.org"}
    refused = client.post("/sign-in/", {"email": "bron@example.org"}, headers=headers)

    assert refused.status_code == 400
    assert mail.outbox == []


def test_an_address_is_known_however_it_is_typed(cast: Cast, client: Client) -> None:
    assert cast.bron

    assert sign_in(client, " BRON@Example.org ") == "/account/"


def test_reading_a_link_as_a_mail_scanner_does_uses_nothing_up(cast: Cast, client: Client) -> None:
    assert cast.bron
    ask(client, "bron@example.org")

    for _ in range(3):
        assert Client().get(mailed()).status_code == 200
        assert client.head(mailed()).status_code == 200

    assert client.post(mailed()).status_code == 302


def test_a_link_opens_once(cast: Cast, client: Client) -> None:
    assert cast.bron
    sign_in(client, "bron@example.org")

    again = client.post(mailed())

    assert again.status_code == 410
    assert "used already" in again.content.decode()


def test_a_link_opens_nothing_after_a_quarter_of_an_hour(cast: Cast, client: Client) -> None:
    assert cast.bron
    ask(client, "bron@example.org")
    Link.objects.update(
        asked_at=Link.objects.get().asked_at - LINK_LASTS,
        ends_at=Link.objects.get().ends_at - LINK_LASTS,
    )

    assert client.post(mailed()).status_code == 410
    assert not is_in(client)


def test_a_link_that_was_never_sent_opens_nothing(cast: Cast, client: Client) -> None:
    assert cast.bron
    ask(client, "bron@example.org")

    assert client.post("/sign-in/link/made-up/").status_code == 410


def test_in_another_browser_its_reader_says_whose_it_is(cast: Cast, client: Client) -> None:
    assert cast.bron
    ask(client, "bron@example.org")
    telephone = Client()

    assert "Your e-mail address" in telephone.get(mailed()).content.decode()
    assert telephone.post(mailed()).status_code == 400
    assert telephone.post(mailed(), {"email": "colm@example.org"}).status_code == 400
    assert not is_in(telephone)

    assert telephone.post(mailed(), {"email": "Bron@example.org"}).status_code == 302
    assert is_in(telephone)


def test_nobody_is_signed_in_as_whoever_sent_them_a_link(cast: Cast) -> None:
    # Colm asks for a link of his own and sends it to Bron, who has asked for one too.
    assert cast.bron
    assert cast.colm
    colms, brons = Client(), Client()
    ask(brons, "bron@example.org")
    ask(colms, "colm@example.org")

    assert brons.post(mailed(), {"email": "bron@example.org"}).status_code == 400
    assert not is_in(brons)


def test_who_was_going_somewhere_gets_there(cast: Cast, client: Client) -> None:
    assert cast.bron
    client.get("/sign-in/", {"next": "/services/"})

    assert sign_in(client, "bron@example.org") == "/services/"


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x.y"])
def test_nobody_is_led_to_another_site(cast: Cast, client: Client, there: str) -> None:
    assert cast.bron
    client.get("/sign-in/", {"next": there})

    assert sign_in(client, "bron@example.org") == "/account/"


def test_who_left_before_pressing_the_button_stays_out(cast: Cast, client: Client) -> None:
    bron = cast.bron
    ask(client, "bron@example.org")
    Person.objects.filter(pk=bron.pk).update(is_active=False)

    assert client.post(mailed()).status_code == 410
    assert not is_in(client)


def test_a_link_is_kept_as_a_hash_alone_and_the_journal_tells_of_none(
    cast: Cast, client: Client
) -> None:
    assert cast.bron
    before = Entry.objects.count()
    ask(client, "bron@example.org")
    secret = mailed().split("/")[3]
    kept = Link.objects.values().get()

    assert secret not in str(kept)
    assert kept["ends_at"] - kept["asked_at"] == timedelta(minutes=15)
    assert Entry.objects.count() == before


def test_a_mail_server_that_is_away_is_told_to_the_operator_alone(
    cast: Cast, client: Client, settings, caplog: pytest.LogCaptureFixture
) -> None:
    assert cast.bron
    settings.EMAIL_BACKEND = "waywarden.fabric.notices.transport.GuardedBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.ALLOWED_RECIPIENTS = ["bron@example.org"]

    ask(client, "bron@example.org")

    assert "could not be mailed" in caplog.text
    assert "bron" not in caplog.text
