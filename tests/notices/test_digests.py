"""What was put off comes in one letter a day or week."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from tests.notices.telling import BRON, CLERK, COLM, TODAY, told
from waywarden.fabric.notices import actions, delivery, digests
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.telling import Says

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TOMORROW, NEXT_WEEK = timedelta(days=1), timedelta(days=7)


def choose(key: str, how: str) -> None:
    actions.choose(key=key, choices={"offices": how}, by=CLERK, today=TODAY)


def gather(later: timedelta) -> int:
    return digests.gather(now=datetime.now(UTC) + later)


def test_a_digest_holds_everything_of_the_day_in_one_letter() -> None:
    choose(BRON.key, "daily")
    told(says=Says("Ann is clerk", "Ann is clerk of Wychbourne now.", "/account/"))
    told(says=Says("Ben is chair", "Ben is chair of Wychbourne now."), reply_to="a@b.example")

    assert gather(timedelta()) == 0
    assert gather(TOMORROW) == 1
    assert gather(TOMORROW) == 0
    delivery.deliver(clock=lambda: datetime.now(UTC) + TOMORROW)

    [letter] = mail.outbox
    assert letter.subject == "2 things to know"
    assert "OFFICES GIVEN, HANDED OVER AND ENDED" in letter.body
    assert "Ann is clerk (20 November 2026)" in letter.body
    assert "http://localhost:8000/account/" in letter.body
    assert "Ben is chair of Wychbourne now." in letter.body
    assert "because you asked to be told of this once a day." in letter.body
    assert letter.reply_to == []
    assert "List-Unsubscribe" in letter.extra_headers
    assert Notice.objects.filter(status="gathered", in_digest__topic="digest").count() == 2


def test_each_hears_of_their_own_and_as_often_as_they_chose() -> None:
    choose(BRON.key, "daily")
    choose(COLM.key, "weekly")
    told(BRON)
    told(COLM)

    assert gather(TOMORROW) >= 1
    gather(NEXT_WEEK)

    daily, weekly = Notice.objects.filter(topic="digest").order_by("to_key")
    assert (daily.to_email, weekly.to_email) == (BRON.email, COLM.email)
    assert weekly.why == "you asked to be told of this once a week"


def test_one_thing_alone_keeps_its_own_subject_and_address_for_answers() -> None:
    choose(BRON.key, "daily")
    notice = told(reply_to="clerk@wychbourne.example")

    gather(TOMORROW)

    digest = Notice.objects.get(topic="digest")
    assert (digest.subject, digest.reply_to) == (notice.subject, "clerk@wychbourne.example")


def test_a_topic_that_is_no_longer_listed_still_reaches_them() -> None:
    choose(BRON.key, "daily")
    told()
    Notice.objects.update(topic="gone")

    assert gather(TOMORROW) == 1
    assert "GONE" in Notice.objects.get(topic="digest").text
