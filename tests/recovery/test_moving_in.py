"""The tables of recoveries, looks and letters stood in other rooms before: nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast, introduce
from tests.plans.kept import keep_for
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.recovery.models import Recovery
from waywarden.devolution.letters.models import LetterBundle

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
BEFORE = [("recovery", None), ("looking_in", None), ("letters", None)]
AFTER = [
    ("offices", "0002_recovery_and_looking_in_move_out"),
    ("plans", "0003_letters_move_out"),
]


@pytest.fixture
def there(transactional_db: None) -> Iterator[Cast]:
    yield introduce()
    call_command("migrate", verbosity=0)


def at(targets: list[tuple[str, str | None]]) -> Any:
    """Take the tables to what they were; give the models of that time."""
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


def as_it_was(apps: Any, cast: Cast, run: int) -> None:
    """Write a recovery that came to an invitation, a look and letters, in the tables of before."""
    body = {"body_id": cast.coldbrook_council.pk}
    recovery = apps.get_model("offices", "Recovery").objects.create(
        **body, proposed_by_id=cast.ada.pk, proposed_at=NOON, reason="All left", kind="clerk",
        address="fay@example.org", ends_on=date(2027, 1, 1), status="agreed",
        answered_by_id=cast.bron.pk,
    )  # fmt: skip
    apps.get_model("offices", "Invitation").objects.create(
        **body, kind="clerk", address="fay@example.org", token_hash="0" * 64, sent_at=NOON,
        expires_at=NOON, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), recovery=recovery,
    )  # fmt: skip
    apps.get_model("offices", "OperatorAccess").objects.create(
        **body, person_id=cast.ada.pk, starts_at=NOON, hours=2, reason="They asked us to"
    )
    apps.get_model("plans", "LetterBundle").objects.create(
        run_id=run, asked_by_key="a", asked_by_shown_as="A", asked_at=NOON
    )


def test_what_was_kept_before_is_kept_after_and_can_go_back(there: Cast) -> None:
    # A plan is kept by the program as it is now, before its tables go back.
    run = keep_for(there).pk
    as_it_was(at(BEFORE), there, run)

    at(AFTER)

    recovery = Recovery.objects.get()
    assert recovery.invitation is not None
    assert recovery.invitation.address == recovery.address == "fay@example.org"
    assert (OperatorAccess.objects.get().hours, LetterBundle.objects.count()) == (2, 1)

    before = at(BEFORE)

    sent = before.get_model("offices", "Invitation").objects.get()
    assert sent.recovery.reason == "All left"
    assert before.get_model("offices", "OperatorAccess").objects.count() == 1
    assert before.get_model("plans", "LetterBundle").objects.count() == 1
