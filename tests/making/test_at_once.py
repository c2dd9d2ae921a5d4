"""Two officers who press at once, and two workers, make one plan."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.cast import ADA, DAY, Cast, introduce
from tests.making.asked import NOW, SIGNS, ask, asked, counted, job_of, waiting_jobs
from tests.plans.kept import keep_for
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.making import actions
from waywarden.devolution.making.adopting_actions import CannotAdopt, Proposal, adopt
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.plans.queries import report_of
from waywarden.fabric.journal import queries as journal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

OFFICERS = 4


@pytest.fixture
def there(transactional_db: None) -> Cast:
    return counted(introduce())


def all_at_once(do: Callable[[int], Any]) -> list[Any]:
    """Let several do something at the same moment; give what each was told."""
    start = Barrier(OFFICERS)

    def one(number: int) -> Any:
        try:
            start.wait(timeout=20)
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(OFFICERS) as pool:
        return list(pool.map(one, range(OFFICERS)))


def test_ab25_officers_who_press_at_once_ask_for_one_plan(there: Cast) -> None:
    lines = journal.length()

    found = all_at_once(lambda number: ask(there).pk)

    assert len(set(found)) == 1
    assert AskedPlan.objects.count() == 1
    assert waiting_jobs() == 1
    assert journal.length() == lines + 1


def test_ab25_different_plans_asked_for_at_once_wait_in_line(there: Cast) -> None:
    all_at_once(lambda number: ask(there, limits={"most_members": 2 + number}))

    assert AskedPlan.objects.count() == OFFICERS
    assert waiting_jobs() >= 1


def test_workers_who_take_plans_up_at_once_take_one(there: Cast) -> None:
    first, second = asked(there), asked(there, services=(SIGNS,))
    job = job_of(first)

    def take(number: int) -> bool:
        of = (first, second)[number % 2]
        mine = job if of == first and number == 0 else f"another-{number}"
        return bool(actions.take_up(pk=of.pk, job=mine, begin=make_plan.enqueue, now=NOW))

    taken = all_at_once(take)

    assert sum(taken) == 1
    assert AskedPlan.objects.filter(status="running").count() == 1


def test_officers_who_propose_a_plans_cluster_at_once_propose_it_once(there: Cast) -> None:
    plan = keep_for(there)
    keys = [each.key for each in report_of(plan).clusters]

    def press(number: int) -> str:
        proposal = Proposal(keys=keys, starts_on=date(2027, 4, 1))
        said = {"body": there.county_council, "proposal": proposal, "by": ADA, "today": DAY}
        try:
            return str(*adopt(run=plan, **said))
        except CannotAdopt as refused:
            return str(refused)

    told = all_at_once(press)

    assert Cluster.objects.count() == 1
    assert sorted(told) == [
        "Coldbrook and neighbours",
        *["“Coldbrook and neighbours” was proposed from this plan already."] * (OFFICERS - 1),
    ]
