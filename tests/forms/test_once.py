"""A form that makes something, sent twice, is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import now, timedelta

from tests.cast import DAY, Cast
from tests.forms.noticeboard import pinned
from waywarden.fabric.forms import actions, once
from waywarden.fabric.forms.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.forms.noticeboard")]


def send(client: Client, key: object, words: str = "Fête on Saturday", **more: object):
    return client.post("/board/", {"once": str(key), "words": words, **more})


def test_ab9_the_same_form_sent_again_is_answered_again_and_done_once(client: Client) -> None:
    key = uuid4()
    first = send(client, key)

    again = send(client, key)

    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"] == "/notes/1/"
    assert pinned() == 1


def test_ab9_another_form_under_the_same_key_is_refused_and_said_to_be(
    cast: Cast,
) -> None:
    browser, key = cast.signed_in(cast.dot), uuid4()
    send(browser, key)

    other = send(browser, key, "Fête on Sunday")

    assert other.status_code == 422
    assert "What you sent now is different and was not saved." in other.content.decode()
    assert "/notes/" in other.content.decode()
    assert pinned() == 1


def test_somebody_elses_key_opens_nothing_of_theirs(client: Client, cast: Cast) -> None:
    key = uuid4()
    send(cast.signed_in(cast.bron), key)

    for stranger in (client, cast.signed_in(cast.colm)):
        answer = send(stranger, key)
        assert answer.status_code == 422
        assert "/notes/" not in answer.content.decode()


def test_a_form_without_its_key_is_not_taken(client: Client) -> None:
    for key in ("", "abc", uuid4().hex[:-1]):
        assert send(client, key).status_code == 400
    assert pinned() == 0


def test_a_refused_form_changes_nothing_and_may_be_sent_again_under_its_key(
    client: Client,
) -> None:
    key = uuid4()
    assert send(client, key, "").status_code == 400
    assert send(client, key, "damn").status_code == 400
    assert pinned() == 0

    assert send(client, key, "sorry").status_code == 302
    assert pinned() == 1


def test_a_form_answered_with_a_page_is_done_once_too(client: Client) -> None:
    key = uuid4()
    assert send(client, key, "stay").content == b"Pinned."

    again = send(client, key, "stay")

    assert again.status_code == 200
    assert "It was saved once" in again.content.decode()
    assert pinned() == 1


def test_another_file_makes_another_form(client: Client) -> None:
    key = uuid4()

    def paper(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("poster.txt", content)

    assert send(client, key, paper=paper(b"one")).status_code == 302
    assert send(client, key, paper=paper(b"one")).status_code == 302
    assert send(client, key, paper=paper(b"two")).status_code == 422


def test_only_what_is_sent_needs_a_key(client: Client) -> None:
    assert client.get("/board/").status_code == 400  # the view's own answer: nothing was written


def test_answers_are_kept_for_more_than_thirty_days_and_then_forgotten(client: Client) -> None:
    key = uuid4()
    send(client, key)

    actions.clear_out(today=DAY, now=now() + timedelta(days=31))
    assert Submission.objects.filter(pk=key).exists()
    actions.clear_out(today=DAY, now=now() + timedelta(days=61))
    assert not Submission.objects.exists()


SENDERS = 8


def at_once(key: object, start: Barrier) -> tuple[int, str]:
    try:
        start.wait(timeout=20)
        answer = send(Client(), key)
        return answer.status_code, answer.get("Location", "")
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Presses that cross each other."""

    def test_ab9_eight_presses_at_once_make_one_thing_and_get_one_answer(self) -> None:
        for attempt in range(1, 6):
            key, start = uuid4(), Barrier(SENDERS)

            with ThreadPoolExecutor(SENDERS) as pool:
                answers = set(pool.map(lambda _: at_once(key, start), range(SENDERS)))  # noqa: B023

            assert answers == {(302, f"/notes/{attempt}/")}
            assert pinned() == attempt

    def test_a_second_press_is_told_to_wait_where_the_first_takes_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(once, "PATIENCE", "100ms")
        key = uuid4()
        with transaction.atomic(), short_patience():
            Submission.objects.create(key=key, path="/board/", digest="", status=0)
            with ThreadPoolExecutor(1) as pool:
                status = pool.submit(lambda: one_press(key)).result()

        assert status == 409
        assert pinned() == 0


def short_patience():
    """SQLite has its patience from the settings, for every connection."""
    from contextlib import contextmanager

    from django.conf import settings

    @contextmanager
    def changed():
        options = settings.DATABASES["default"].get("OPTIONS", {})
        before = dict(options)
        if "timeout" in options:
            options["timeout"] = 0.1
        try:
            yield
        finally:
            options.update(before)

    return changed()


def one_press(key: object) -> int:
    try:
        answer = send(Client(), key)
        assert "it will be saved once" in answer.content.decode()
        return answer.status_code
    finally:
        connection.close()
