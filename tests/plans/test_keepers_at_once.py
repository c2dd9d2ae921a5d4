"""Two who keep plans at the same moment take turns."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.cast import ADA, DAY, Cast, introduce
from tests.plans.kept import MARLSHIRE, example
from waywarden.devolution.plans import actions
from waywarden.devolution.plans.models import PlannedPlace, PlanRun
from waywarden.fabric.journal import queries as journal
from waywarden.planning.reports import Report

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

KEEPERS = 4


@pytest.fixture
def there(transactional_db: None) -> Cast:
    return introduce()


def all_at_once(cast: Cast, report: Callable[[int], Report]) -> list[int]:
    """Let several keep a plan each at the same moment; give the numbers they were given."""
    reports = [report(keeper) for keeper in range(KEEPERS)]
    start = Barrier(KEEPERS)

    def keep(keeper: int) -> int:
        try:
            start.wait(timeout=20)
            return actions.keep_run(
                county=cast.county, report=reports[keeper], by=ADA, today=DAY
            ).number
        finally:
            connection.close()

    with ThreadPoolExecutor(KEEPERS) as pool:
        return list(pool.map(keep, range(KEEPERS)))


def test_the_same_plan_kept_by_several_at_once_is_kept_once(there: Cast) -> None:
    lines = journal.length()

    numbers = all_at_once(there, lambda keeper: example(there.county, MARLSHIRE))

    assert numbers == [1] * KEEPERS
    assert PlanRun.objects.count() == 1
    assert PlannedPlace.objects.count() == 4
    assert journal.length() == lines + 1
    assert journal.faults() == []


def test_different_plans_kept_at_once_have_a_number_each(there: Cast) -> None:
    numbers = all_at_once(
        there, lambda keeper: example(there.county, MARLSHIRE, input_hash=f"{keeper:064}")
    )

    assert sorted(numbers) == [1, 2, 3, 4]
    assert journal.faults() == []
