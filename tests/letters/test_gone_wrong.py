"""Letters that cannot be made: whoever waits for them is told why and what to do."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from tests.plans.kept import keep_for
from waywarden.devolution.letters.models import LetterBundle
from waywarden.fabric.documents.word import fault_of_template
from waywarden.fabric.work import jobs, workers
from waywarden.website.running.checks import own_templates

pytestmark = pytest.mark.django_db

LETTERS = "/plans/1/letters/"
NO_WORD_FILE = "templates/paper.docx is not a file that Word can open."


@pytest.fixture(autouse=True)
def bad_template(settings: object, tmp_path: Path) -> Iterator[Path]:
    """Give an installation whose template of letters is no Word file."""
    settings.INSTANCE = tmp_path  # type: ignore[attr-defined]
    place = tmp_path / "templates" / "paper.docx"
    place.parent.mkdir()
    place.write_bytes(b"rubbish")
    yield place


def words(browser: Client, address: str = LETTERS, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return " ".join(Page(body_of(answer)).words.split())


def ask(browser: Client, acting: object) -> str:
    given = {"acting_in": acting.pk}  # type: ignore[attr-defined]
    answer = browser.post("/plans/1/make-letters/", given, follow=True)
    return " ".join(Page(body_of(answer)).words.split())


def fail_five_times() -> None:
    for _ in range(5):
        jobs.run(worker=workers.new_name(), is_over=lambda: False)
        jobs.try_again(now=datetime.now(UTC))
        DBTaskResult.objects.filter(status="READY").update(run_after=datetime.now(UTC))


def test_a_template_that_is_no_word_file_is_told_where_it_is_wrong(
    client: Client, cast: Cast
) -> None:
    keep_for(cast)

    said = words(client, f"{LETTERS}coldbrook-marlshire.docx", 503)

    assert "The Word file cannot be made" in said
    assert NO_WORD_FILE in said
    assert client.get(f"{LETTERS}coldbrook-marlshire.pdf").status_code == 200


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", None])
def test_the_check_of_an_installation_names_a_template_that_cannot_be_used(
    bad_template: Path, content: bytes | None
) -> None:
    if content is None:
        bad_template.unlink()
        assert fault_of_template() == ""
        assert own_templates(None) == []
        return
    bad_template.write_bytes(content)

    [fault] = own_templates(None)

    assert NO_WORD_FILE in fault.msg


@pytest.mark.django_db(transaction=True)
def test_letters_that_could_not_be_made_are_not_said_to_be_on_their_way(
    client: Client, cast: Cast
) -> None:
    keep_for(cast)
    acting, ada = cast.at_the_county, cast.signed_in(cast.ada)
    ask(ada, acting)
    LetterBundle.objects.update(councils_done=80)
    fail_five_times()

    said = words(ada)
    assert "The file could not be made" in said
    assert f"What went wrong: The Word template {NO_WORD_FILE}" in said
    assert "being made" not in said
    assert NO_WORD_FILE not in words(client)
    assert "can ask for it again" in words(client)

    assert "The letters are being put into one file." in ask(ada, acting)
    assert "The file is being made: 0 of 4" in words(ada)
    assert DBTaskResult.objects.count() == 1
    assert "They have been asked for already." in ask(ada, acting)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_letters_whose_job_was_dropped_can_be_asked_for_again(cast: Cast) -> None:
    keep_for(cast)
    acting, ada = cast.at_the_county, cast.signed_in(cast.ada)
    ask(ada, acting)
    DBTaskResult.objects.all().delete()

    assert "The file could not be made" in words(ada)
    assert "The letters are being put into one file." in ask(ada, acting)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_page_of_jobs_says_which_plan_and_what_to_mend(cast: Cast) -> None:
    run = keep_for(cast)
    acting, ada = cast.at_the_county, cast.signed_in(cast.ada)
    ask(ada, acting)
    fail_five_times()
    operator = cast.ada
    operator.is_operator = True
    operator.save()

    said = words(cast.signed_in(operator), "/jobs/")

    assert f"Make letters: the letters of {run}" in said
    assert NO_WORD_FILE in said
    assert "BadTemplate" not in said
    assert "fault of this site" not in said
