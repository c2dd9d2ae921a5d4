"""Daily chores are done once a day, by one worker, and again when they failed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings

from waywarden.fabric.work import chores
from waywarden.fabric.work.models import Chore

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
swept: list[date] = []


def sweep(*, today: date, now: datetime) -> None:
    swept.append(today)


def stumble(*, today: date, now: datetime) -> None:
    raise OSError("bron@wychbourne.example was in the way")


@pytest.fixture(autouse=True)
def sweeping(settings: Settings) -> None:
    swept.clear()
    settings.DAILY_CHORES = {"sweep": f"{__name__}.sweep"}


@pytest.fixture
def stumbling(settings: Settings) -> None:
    settings.DAILY_CHORES = {"stumble": f"{__name__}.stumble", "sweep": f"{__name__}.sweep"}


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {f"{__name__}.{each.__name__}": each for each in (sweep, stumble)}
    monkeypatch.setattr(chores, "import_string", known.__getitem__)


def test_a_chore_is_done_once_a_day() -> None:
    assert chores.do_chores(now=NOON) == ["sweep"]
    assert chores.do_chores(now=NOON + timedelta(hours=11)) == []
    assert chores.do_chores(now=NOON + timedelta(hours=13)) == ["sweep"]
    assert swept == [date(2026, 11, 20), date(2026, 11, 21)]


@pytest.mark.parametrize(
    ("late", "day"),
    [
        (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 23, 1, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2026, 10, 24, 23, 1, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 1, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_ab36_a_day_begins_at_midnight_as_clocks_here_show_it(late: datetime, day: date) -> None:
    chores.do_chores(now=late)

    assert swept == [day]


def test_ab36_a_clock_set_back_does_not_do_a_day_twice() -> None:
    chores.do_chores(now=NOON)

    assert chores.do_chores(now=NOON - timedelta(days=1)) == []


def test_a_chore_that_fails_holds_up_no_other_and_is_tried_again(
    stumbling: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert chores.do_chores(now=NOON) == ["sweep"]

    failed = Chore.objects.get(name="stumble")
    assert failed.trouble == "OSError: b•••@wychbourne.example was in the way"
    assert chores.do_chores(now=NOON + timedelta(minutes=5)) == []
    assert caplog.text.count("The daily chore “stumble” failed") == 1
    chores.do_chores(now=NOON + timedelta(minutes=20))
    assert caplog.text.count("The daily chore “stumble” failed") == 2


def test_a_chore_whose_worker_was_killed_is_done_by_another() -> None:
    Chore.objects.create(name="sweep", taken_until=NOON + chores.LEASE)

    assert chores.do_chores(now=NOON) == []
    assert chores.do_chores(now=NOON + chores.LEASE) == ["sweep"]


def test_workers_at_once_do_a_chore_once() -> None:
    start = Barrier(4)

    def work(_: int) -> int:
        try:
            start.wait(timeout=20)
            return len(chores.do_chores(now=NOON))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))

    assert sum(done) == len(swept) == 1
