"""Answers stood in the wish itself before, and nobody kept who noted it: nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast, introduce
from waywarden.devolution.clusters.models import Answer, GoingAlone
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 9, 12, tzinfo=UTC)
BEFORE = [("clusters", "0003_councils_go_alone")]
AFTER = [("clusters", "0004_who_asked_is_kept_and_answers_stay_with_their_assessment")]


@pytest.fixture
def there(transactional_db: None) -> Iterator[Cast]:
    yield introduce()
    call_command("migrate", verbosity=0)


def at(targets: list[tuple[str, str]]) -> Any:
    """Take the tables to what they were; give the models of that time."""
    return MigrationExecutor(connection).migrate(targets).apps


def wish(apps: Any, cast: Cast, by: str, **facts: Any) -> int:
    """Write a wish as it was kept before, with the line of whoever asked."""
    body = cast.coldbrook_council
    said = {"body_id": body.pk, "starts_on": date(2027, 4, 1), "says": "Our mower"}
    made = apps.get_model("clusters", "GoingAlone").objects.create(asked_at=NOON, **said, **facts)
    to = Subject("alone", f"alone-{made.pk}", "/", bodies=(body.key,))
    with transaction.atomic():
        journal.write(by=Actor("a", "A clerk", by), did="asked to go alone", to=to)
    return int(made.pk)


def test_who_noted_a_wish_is_read_in_the_journal_and_answers_keep_their_assessment(
    there: Cast,
) -> None:
    apps = at(BEFORE)
    answered = {"answer": "Two mowers", "answered_at": LATER, "status": "assessed"}
    own = wish(apps, there, there.coldbrook_council.key, assessed_at=NOON, **answered)
    noted = wish(apps, there, there.county_council.key)

    at(AFTER)
    call_command("migrate", verbosity=0)

    assert GoingAlone.objects.get(pk=own).noted_by is None
    assert GoingAlone.objects.get(pk=noted).noted_by == there.county_council
    given = Answer.objects.get()
    assert (given.going_id, given.says) == (own, "Two mowers")
    assert (given.assessed_at, given.given_at) == (NOON, LATER)
    kept = at(BEFORE).get_model("clusters", "GoingAlone").objects.get(pk=own)
    assert (kept.answer, kept.answered_at) == ("Two mowers", LATER)
