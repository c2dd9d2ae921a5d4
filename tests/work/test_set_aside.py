"""The operator sees the jobs that were tried too often, and decides about each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tests.cast import Cast
from tests.work import poison
from waywarden.fabric.common.subjects import COMMAND_LINE
from waywarden.fabric.journal.models import AppendOnly, Entry
from waywarden.fabric.work import actions, jobs

pytestmark = [pytest.mark.postgres]

PAGE = "/jobs/"
ASIDE = {"status": "FAILED", "worker_ids": ["w"] * 5, "finished_at": datetime.now(UTC)}


def a_job_set_aside(**more: object) -> str:
    """Give the key of a job that failed five times, for want of an address."""
    poison.fail.enqueue()
    said = "Traceback of many lines\nValueError: bron@wychbourne.example could not be found"
    DBTaskResult.objects.update(**ASIDE | {"traceback": said} | more)
    return jobs.set_aside()[0].pk


def lines() -> AppendOnly:
    """Give what the journal says of jobs."""
    return Entry.objects.filter(subject_kind="job")


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def operator(cast: Cast) -> Client:
    ada = cast.ada
    ada.is_operator = True
    ada.save()
    return cast.signed_in(ada)


@pytest.mark.django_db
def test_the_page_says_which_job_why_how_often_and_since_when(operator: Client) -> None:
    assert "No job is set aside." in words(operator.get(PAGE))
    a_job_set_aside(finished_at=datetime(2026, 11, 20, 9, 5, tzinfo=UTC))

    said = words(operator.get(PAGE))

    assert "Fail</th>" in said
    assert "5 times, last on 20 November 2026, 09:05" in said
    assert "ValueError: b•••@wychbourne.example could not be found" in said
    assert "many lines" not in said
    assert "1 set aside, see /jobs/" in Client().get("/health/").json()["jobs"]["said"]


@pytest.mark.django_db
def test_whoever_asks_if_the_site_is_well_does_not_make_it_read_every_failed_job() -> None:
    a_job_set_aside()
    poison.fail.enqueue()
    DBTaskResult.objects.ready().update(**ASIDE | {"worker_ids": ["w"] * 4})

    with CaptureQueriesContext(connection) as asked:
        said = Client().get("/health/").json()["jobs"]["said"]

    assert said == "1 set aside, see /jobs/"
    assert not [query for query in asked if "traceback" in query["sql"]]


@pytest.mark.django_db
def test_a_job_is_tried_again_at_a_button_and_the_journal_knows(operator: Client) -> None:
    pk = a_job_set_aside()

    said = words(operator.post(f"{PAGE}{pk}/again/", follow=True))

    assert "The job will be tried again within a minute." in said
    assert jobs.set_aside() == []
    assert DBTaskResult.objects.ready().count() == 1
    line = lines().get()
    assert (line.did, line.subject_key) == ("tried a job again", f"job-{pk}")
    assert (line.before["job"], line.before["tries"]) == ("Fail", 5)
    assert "wychbourne" not in str(line.as_line())


@pytest.mark.django_db
def test_a_job_is_dropped_at_a_button_and_the_journal_knows(operator: Client) -> None:
    pk = a_job_set_aside()

    said = words(operator.post(f"{PAGE}{pk}/drop/", follow=True))

    assert "The job is dropped. It will not be done." in said
    assert not DBTaskResult.objects.exists()
    assert [line.did for line in lines()] == ["dropped a job"]


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["again", "drop"])
def test_a_job_that_somebody_has_decided_about_is_left_as_it_is(
    operator: Client, what: str
) -> None:
    said = words(operator.post(f"{PAGE}{uuid4()}/{what}/", follow=True))

    assert "That job is not set aside any more" in said
    assert not lines().exists()


@pytest.mark.django_db
def test_a_job_still_tried_by_itself_is_not_on_the_page(operator: Client) -> None:
    pk = a_job_set_aside()
    DBTaskResult.objects.update(worker_ids=["w"] * 4)

    operator.post(f"{PAGE}{pk}/drop/")

    assert "No job is set aside." in words(operator.get(PAGE))
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_job_no_version_knows_any_more_can_only_be_dropped(operator: Client) -> None:
    pk = a_job_set_aside(task_path="waywarden.gone.letters.make_letters")

    said = words(operator.get(PAGE))
    tried = words(operator.post(f"{PAGE}{pk}/again/", follow=True))

    assert "Make letters</th>" in said
    assert "no longer does such jobs. Drop it." in said
    assert f"{pk}/again/" not in said
    assert f"{pk}/drop/" in said
    assert "no longer does such jobs. Drop it." in tried
    assert len(jobs.set_aside()) == 1


@pytest.mark.django_db
def test_the_page_is_for_the_operator_alone(cast: Cast, client: Client) -> None:
    pk = a_job_set_aside()
    bron = cast.signed_in(cast.bron)

    assert client.get(PAGE)["Location"].startswith("/sign-in/")
    assert bron.get(PAGE).status_code == 403
    assert bron.post(f"{PAGE}{pk}/drop/").status_code == 403
    assert len(jobs.set_aside()) == 1


def decide(what: str, pk: str, start: Barrier) -> str:
    """Decide about a job in the same moment as others; give what came of it."""
    try:
        start.wait(timeout=20)
        if what == "again":
            actions.try_again(pk=pk, by=COMMAND_LINE, now=datetime.now(UTC))
        else:
            actions.drop(pk=pk, by=COMMAND_LINE)
    except actions.CannotMove as refused:
        return str(refused)
    else:
        return "done"
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rivals", [["again", "drop"] * 2, ["drop"] * 4, ["again"] * 4])
def test_of_several_who_decide_at_once_one_does(rivals: list[str]) -> None:
    pk, start = a_job_set_aside(), Barrier(len(rivals))

    with ThreadPoolExecutor(len(rivals)) as pool:
        came = list(pool.map(lambda what: decide(what, pk, start), rivals))

    assert came.count("done") == 1
    assert all("not set aside any more" in said for said in came if said != "done")
    assert lines().count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("moved", ["put_back", "throw_away"])
def test_a_job_moved_between_the_look_and_the_act_is_left_as_it_is(
    moved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pk = a_job_set_aside()
    monkeypatch.setattr(jobs, moved, lambda *given, **named: False)

    with pytest.raises(actions.CannotMove, match="not set aside any more"):
        if moved == "put_back":
            actions.try_again(pk=pk, by=COMMAND_LINE, now=datetime.now(UTC))
        else:
            actions.drop(pk=pk, by=COMMAND_LINE)

    assert not lines().exists()
