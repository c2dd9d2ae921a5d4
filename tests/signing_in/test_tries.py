"""How often anybody may try, and what whoever guesses learns: nothing, and not for long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.signing_in.links import app_of, ask, mailed, sign_in
from waywarden.county.people.models import Person
from waywarden.county.signing_in.sending import RedirectThen
from waywarden.fabric.forms import buckets
from waywarden.fabric.forms.buckets import Limit, TooMany
from waywarden.fabric.forms.models import Bucket

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

GOOD = "three mossy stiles and a gate"
NOW = datetime(2027, 4, 1, 9, tzinfo=UTC)
FIVE_A_MINUTE = Limit("five a minute", 5, timedelta(minutes=1))


def try_password(browser: Client, email: str, typed: str = "wrong wrong wrong") -> Any:
    return browser.post("/sign-in/password/", {"email": email, "password": typed})


@pytest.fixture
def bron(cast: Cast) -> Person:
    """Bron, who has a password."""
    person: Person = cast.bron
    person.set_password(GOOD)
    person.save()
    return person


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count how often a password is hashed."""
    done: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        done.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    yield done


class TestBuckets:
    """Tokens in the database."""

    def test_a_bucket_gives_so_many_tokens_and_says_when_there_is_another(self) -> None:
        for _ in range(5):
            buckets.take(FIVE_A_MINUTE, "Bron", now=NOW)

        with pytest.raises(TooMany) as refused:
            buckets.take(FIVE_A_MINUTE, "Bron", now=NOW)

        # Five a minute come back one every twelve seconds.
        assert refused.value.again_at == NOW + timedelta(seconds=12)
        buckets.take(FIVE_A_MINUTE, "Bron", now=NOW + timedelta(seconds=12))

    def test_each_is_counted_apart_and_each_limit_too(self) -> None:
        for _ in range(5):
            buckets.take(FIVE_A_MINUTE, "Bron", now=NOW)

        buckets.take(FIVE_A_MINUTE, "Colm", now=NOW)
        buckets.take(Limit("another", 5, timedelta(minutes=1)), "Bron", now=NOW)

    def test_a_bucket_says_neither_who_nor_where_from(self) -> None:
        buckets.take(FIVE_A_MINUTE, "bron@example.org 192.0.2.7", now=NOW)

        kept = Bucket.objects.get().key
        assert len(kept) == 64
        assert "bron" not in kept

    def test_full_buckets_are_thrown_away(self) -> None:
        buckets.take(FIVE_A_MINUTE, "Bron", now=NOW)
        buckets.forget_full(today=NOW.date(), now=NOW)
        assert Bucket.objects.exists()

        buckets.forget_full(today=NOW.date(), now=NOW + timedelta(minutes=1))
        assert not Bucket.objects.exists()

    @pytest.mark.parametrize(
        ("behind_proxy", "remote", "forwarded", "network"),
        [
            (False, "192.0.2.7", "203.0.113.9", "192.0.2.7"),
            (True, "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
            (True, "192.0.2.7", None, "192.0.2.7"),
            (False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
            (False, "not an address", None, "somewhere"),
        ],
    )
    def test_where_a_request_comes_from(
        self, settings, behind_proxy: bool, remote: str, forwarded: str | None, network: str
    ) -> None:
        settings.HTTPS = behind_proxy
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}

        request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)

        assert buckets.network_of(request) == network


def test_sec3_twenty_sign_ins_an_hour_from_one_network(cast: Cast, client: Client) -> None:
    for number in range(20):
        assert try_password(client, f"nobody{number}@example.org").status_code == 400

    refused = try_password(client, "nobody@example.org")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 3 * 60 + 1
    assert "Try again in 3 minutes" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.8")
    assert try_password(elsewhere, "nobody@example.org").status_code == 400


def test_sec3_ten_links_an_hour_to_one_address(cast: Cast) -> None:
    assert cast.bron
    for number in range(10):
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), "bron@example.org")

    refused = Client(REMOTE_ADDR="192.0.2.99").post("/sign-in/", {"email": "BRON@example.org"})

    assert refused.status_code == 429
    assert len(mail.outbox) == 10


def test_sec3_twenty_passwords_a_day_for_one_account_and_none_is_hashed_after(
    bron: Person, hashed: list[str]
) -> None:
    for number in range(20):
        try_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), "bron@example.org")
    hashed.clear()

    refused = try_password(Client(REMOTE_ADDR="192.0.2.99"), "bron@example.org", GOOD)

    assert refused.status_code == 429
    assert hashed == []


def test_sec3_guessing_from_elsewhere_does_not_shut_out_a_known_device(bron: Person) -> None:
    own = Client()
    assert try_password(own, "bron@example.org", GOOD).status_code == 302
    own.post("/sign-out/")
    for number in range(25):
        try_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), "bron@example.org")
    for _ in range(25):
        try_password(Client(), "nobody@example.org")

    assert try_password(Client(), "bron@example.org", GOOD).status_code == 429
    assert try_password(own, "bron@example.org", GOOD).status_code == 302


def test_a_device_that_says_it_is_known_must_have_been_told_so(bron: Person) -> None:
    for number in range(20):
        try_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), "bron@example.org")
    forged = Client()
    forged.cookies["known_device"] = "WyJtaW5lIl0:made-up"

    assert try_password(forged, "bron@example.org", GOOD).status_code == 429


def test_sec3_ninety_six_codes_a_day(cast: Cast, client: Client) -> None:
    app_of(cast.bron)
    sign_in(client, "bron@example.org")
    for _ in range(96):
        assert client.post("/sign-in/second-step/", {"code": "000"}).status_code == 400

    assert client.post("/sign-in/second-step/", {"code": "000"}).status_code == 429


def everybody(bron: Person) -> list[str]:
    """Give one address of each kind that must not be told apart."""
    away = Person.objects.create_user("away@example.org", "Away", GOOD, is_active=False)
    bare = Person.objects.create_user("bare@example.org", "Bare")
    return [bron.email, away.email, bare.email, "nobody@example.org"]


def test_sec3_one_password_is_hashed_whoever_it_is(bron: Person, hashed: list[str]) -> None:
    for email in everybody(bron):
        hashed.clear()
        try_password(Client(), email)
        assert len(hashed) == 1, email


def test_sec3_the_words_are_the_same_whoever_it_is(bron: Person) -> None:
    said, links = set(), set()
    for email in everybody(bron):
        page = try_password(Client(), email).content.decode()
        said.add(page.replace(email, "").split("<main")[1].split("csrf")[0])
        said.add(page.replace(email, "").split("<main")[1].split('name="email"')[1])
        asked = Client().post("/sign-in/", {"email": email}, follow=True)
        links.add((asked.status_code, asked.content.decode()))

    assert len(said) == 2
    assert len(links) == 1


def test_sec3_as_much_is_asked_of_the_database_whoever_it_is(bron: Person) -> None:
    # The network's bucket is made by whoever comes first.
    ask(Client(), "first@example.org")

    counted = set()
    for email in everybody(bron):
        with CaptureQueriesContext(connection) as asked:
            Client().post("/sign-in/", {"email": email})
        counted.add(len(asked))

    assert len(counted) == 1


def test_sec3_a_wrong_password_takes_as_long_whoever_it_is(
    bron: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a real hash, of which one takes far longer than all the rest of the request."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "iterations", 100_000)
    monkeypatch.setattr("waywarden.county.signing_in.views.take", lambda *_, **__: None)
    bron.set_password(GOOD)
    bron.save()

    def seconds(email: str) -> float:
        began = time.process_time()
        try_password(Client(), email)
        return time.process_time() - began

    pairs = [(seconds(bron.email), seconds("nobody@example.org")) for _ in range(12)]
    known, unknown = (median(side) for side in zip(*pairs, strict=True))

    # A hash too many or too few would halve or double it.
    assert 0.7 < known / unknown < 1.4


def test_sec3_a_link_is_mailed_only_once_the_answer_is_on_its_way(bron: Person) -> None:
    answer = RedirectThen("/there/", lambda: done.append("mailed"))
    done: list[str] = []
    assert (answer["Location"], done) == ("/there/", [])

    answer.close()

    assert done == ["mailed"]


def test_a_form_of_any_room_can_be_limited() -> None:
    @buckets.limited(FIVE_A_MINUTE)
    def view(request: object) -> HttpResponse:
        return HttpResponse("done")

    factory = RequestFactory()
    sent = [view(factory.post("/")).status_code for _ in range(6)]

    assert sent == [200] * 5 + [429]
    assert view(factory.get("/")).status_code == 200


def test_the_right_password_leads_in(bron: Person, client: Client) -> None:
    assert try_password(client, "Bron@Example.org", GOOD)["Location"] == "/account/"


def test_a_device_cookie_says_nothing_of_who_signed_in(cast: Cast, client: Client) -> None:
    assert cast.bron
    sign_in(client, "bron@example.org")
    cookie = client.cookies["known_device"]

    assert "bron" not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert mailed()
