"""Many writers at once: they take turns, and the chain never forks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal import queries
from waywarden.fabric.journal.models import Entry, Head

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WRITERS, LINES = 6, 15


def write_lines(writer: int, start: Barrier) -> int:
    """Write lines one after another, each in a transaction of its own; say how many were kept."""
    try:
        start.wait(timeout=20)
        for line in range(LINES):
            with transaction.atomic():
                by = Actor(f"writer {writer}", f"Writer {writer}")
                journal.write(by=by, did=f"wrote line {line}", to=Subject("race", "journal"))
        return LINES
    finally:
        connection.close()


@pytest.mark.parametrize("head_is_there", [False, True])
def test_many_writers_at_once_leave_one_unbroken_chain(head_is_there: bool) -> None:
    if head_is_there:
        Head.objects.create(pk=1)
    start = Barrier(WRITERS)

    with ThreadPoolExecutor(WRITERS) as pool:
        written = list(pool.map(lambda writer: write_lines(writer, start), range(WRITERS)))

    assert sum(written) == WRITERS * LINES
    assert queries.faults() == []
    assert queries.length() == WRITERS * LINES


def test_each_writers_own_lines_stand_in_the_order_they_were_written() -> None:
    start = Barrier(WRITERS)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda writer: write_lines(writer, start), range(WRITERS)))

    for writer in range(WRITERS):
        own = Entry.objects.filter(actor_key=f"writer {writer}").order_by("number")
        assert [entry.did for entry in own] == [f"wrote line {line}" for line in range(LINES)]


def test_the_faults_would_tell_of_a_chain_that_forked() -> None:
    # The armed control: two lines written as if each writer had read the same head.
    with transaction.atomic():
        first = journal.write(by=Actor("a", "A"), did="first", to=Subject("race", "journal"))
    forked = Entry(
        number=2,
        at=first.at,
        actor_key="b",
        actor_shown_as="B",
        did="second",
        subject_kind="race",
        subject_key="journal",
        previous_hash="0" * 64,
    )
    forked.hash = forked.expected_hash()

    forked.save()

    assert "Line 2 does not follow the line before it." in queries.faults()
