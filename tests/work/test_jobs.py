"""Long jobs are run once, tried again when they fail, and set aside after five tries."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.work import poison
from waywarden.fabric.work import jobs, workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    poison.DONE.clear()


def now() -> datetime:
    return datetime.now(UTC)


def run() -> int:
    return jobs.run(worker=workers.new_name(), is_over=lambda: False)


def make_all_due() -> None:
    DBTaskResult.objects.filter(status="READY").update(run_after=now())


def test_a_job_is_run_once() -> None:
    poison.note.enqueue("first")
    poison.note.enqueue("second")

    assert run() == 2
    assert run() == 0
    assert poison.DONE == ["first", "second"]


def test_a_job_is_staged_with_the_change_that_asks_for_it() -> None:
    def change() -> None:
        with transaction.atomic():
            poison.note.enqueue("undone")
            raise ValueError

    with pytest.raises(ValueError):
        change()

    assert run() == 0


def test_a_job_that_always_fails_is_tried_five_times_and_set_aside() -> None:
    poison.fail.enqueue()
    poison.note.enqueue("after it")

    tried = []
    for _ in range(7):
        tried.append(run())
        jobs.try_again(now=now())
        make_all_due()

    assert tried == [2, 1, 1, 1, 1, 0, 0]
    assert poison.DONE == ["after it"]
    [aside] = jobs.set_aside()
    assert (aside.name, aside.tries) == ("fail", 5)
    assert aside.reason == "ValueError: b•••@wychbourne.example could not be found"


def test_a_job_that_failed_waits_before_it_is_tried_again() -> None:
    poison.fail.enqueue()
    run()

    assert jobs.try_again(now=now()) == 1
    assert jobs.try_again(now=now()) == 0
    assert run() == 0


def test_a_job_set_aside_is_tried_anew_when_the_operator_asks() -> None:
    poison.fail.enqueue()
    DBTaskResult.objects.update(status="FAILED", worker_ids=["w"] * 5, finished_at=now())
    [aside] = jobs.set_aside()

    assert jobs.put_back(aside.pk, now=now())
    assert not jobs.put_back(aside.pk, now=now())
    assert jobs.set_aside() == []
    assert run() == 1


def left_by(worker: str, times: int = 1) -> None:
    """Leave a job as a worker does that was killed while it ran."""
    poison.note.enqueue("left")
    DBTaskResult.objects.update(status="RUNNING", started_at=now(), worker_ids=[worker] * times)


def ended_worker() -> str:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return workers.new_name().replace(f":{os.getpid()}:", f":{ended.pid}:")


def test_the_job_of_a_worker_killed_on_this_machine_is_done_by_another() -> None:
    left_by(ended_worker())

    assert jobs.take_back(now=now()) == 1
    assert run() == 1
    assert poison.DONE == ["left"]


def test_the_job_of_a_worker_at_work_is_left_to_it() -> None:
    name = workers.new_name()
    workers.note_seen(name, now())
    left_by(name)

    assert jobs.take_back(now=now()) == 0


def test_the_job_of_a_machine_that_fell_silent_is_done_by_another() -> None:
    name = "elsewhere:1:abc"
    workers.note_seen(name, now() - timedelta(minutes=10))
    left_by(name)

    assert jobs.take_back(now=now()) == 0
    assert jobs.take_back(now=now() + timedelta(minutes=10)) == 1


def test_a_job_that_ends_every_worker_is_set_aside() -> None:
    left_by(ended_worker(), times=5)

    assert jobs.take_back(now=now()) == 1

    [aside] = jobs.set_aside()
    assert "ended before it was done" in aside.reason


def test_jobs_done_a_month_ago_are_forgotten() -> None:
    poison.note.enqueue("old")
    run()

    assert jobs.clear_old(today=None, now=now()) == 0
    assert jobs.clear_old(today=None, now=now() + timedelta(days=31)) == 1


def test_a_worker_is_seen_until_it_ends() -> None:
    name = workers.new_name()

    with workers.Heartbeat(name, now):
        assert not workers.is_gone(name, now())

    assert workers.is_gone(name, now())
