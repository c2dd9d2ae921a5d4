"""Two workers at once send no letter twice, and leave none behind."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.notices.servers import Post
from tests.notices.telling import BRON, CLERK, TODAY, told
from waywarden.fabric.notices import actions, claims, delivery, digests
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.telling import Recipient

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WORKERS, LETTERS = 4, 24
LEASE = timedelta(minutes=2)


def now() -> datetime:
    return datetime.now(UTC)


def test_workers_at_once_send_each_letter_once(post: Post) -> None:
    for number in range(LETTERS):
        told(Recipient("person-1", f"bron+{number}@wychbourne.example", "Bron"))
    start = Barrier(WORKERS)

    def work(_: int) -> int:
        try:
            start.wait(timeout=20)
            return delivery.deliver(clock=now).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        sent = list(pool.map(work, range(WORKERS)))

    assert sum(sent) == LETTERS
    assert len(post.recipients) == len(set(post.recipients)) == LETTERS
    assert Notice.objects.filter(status="sent", tries=1).count() == LETTERS


def test_one_letter_is_taken_by_one_of_many_workers() -> None:
    for _ in range(10):
        notice = told()
        start = Barrier(WORKERS)

        def take(_: int, start: Barrier = start) -> bool:
            try:
                start.wait(timeout=20)
                return claims.take(now=now(), lease=LEASE) is not None
            finally:
                connection.close()

        with ThreadPoolExecutor(WORKERS) as pool:
            won = list(pool.map(take, range(WORKERS)))

        assert Counter(won)[True] == 1
        notice.refresh_from_db()
        claims.finish(notice, went="file", now=now())


def test_workers_who_gather_at_once_write_one_digest() -> None:
    actions.choose(key=BRON.key, choices={"offices": "daily"}, by=CLERK, today=TODAY)
    for _ in range(5):
        told()
    start = Barrier(WORKERS)

    def gather(_: int) -> int:
        try:
            start.wait(timeout=20)
            return digests.gather(now=now() + timedelta(days=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        written = list(pool.map(gather, range(WORKERS)))

    assert sum(written) == 1
    assert Notice.objects.filter(status="gathered").count() == 5
