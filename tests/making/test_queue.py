"""Plans that meet in the queue: the same asked at once, given up late, asked for again."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django_tasks_db.models import DBTaskResult

from tests.cast import ADA, Cast
from tests.making.asked import NOW, SIGNS, ask, asked, counted, taken_up, waiting_jobs
from waywarden.devolution.making import actions
from waywarden.devolution.making.actions import CannotMake
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.policies import MOST_WAITING
from waywarden.devolution.making.working import make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

AGAIN = {"begin": make_plan.enqueue, "by": ADA, "now": NOW + timedelta(minutes=1)}


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast's county, with grass and signs counted."""
    return counted(cast)


def test_who_asks_the_same_while_another_asks_it_is_led_to_that(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(county)
    # The first look finds nothing; the other has asked by the time it is this one's turn.
    found = iter([None, first])
    monkeypatch.setattr(actions, "_there", lambda known_as: next(found))

    assert ask(county) == first
    assert AskedPlan.objects.count() == 1


def test_one_given_up_late_begins_nothing_while_another_is_made(county: Cast) -> None:
    late = taken_up(asked(county))
    AskedPlan.objects.change(AskedPlan.objects.get(pk=late.pk), status="interrupted", trouble="It")
    other = asked(county, services=(SIGNS,))
    taken_up(other)
    asked(county, effort="standard")
    before = waiting_jobs()

    assert not actions.give_up(asked=late, why="Too late", begin=make_plan.enqueue)

    assert waiting_jobs() == before


def test_one_that_is_asked_anew_already_is_not_made_twice(county: Cast) -> None:
    first = asked(county)
    actions.stop(asked=first, begin=make_plan.enqueue, by=ADA)
    asked(county)

    with pytest.raises(CannotMake, match="The same plan is being made already"):
        actions.again(asked=first, **AGAIN)


def test_ab25_what_is_asked_for_again_counts_among_those_that_wait(county: Cast) -> None:
    given_up = asked(county)
    actions.stop(asked=given_up, begin=make_plan.enqueue, by=ADA)
    for members in range(2, MOST_WAITING + 2):
        asked(county, limits={"most_members": members})

    with pytest.raises(CannotMake, match="wait for their turn already"):
        actions.again(asked=given_up, **AGAIN)


def test_a_job_that_was_set_aside_is_thrown_away_when_it_is_asked_for_again(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = asked(county)
    actions.stop(asked=given_up, begin=make_plan.enqueue, by=ADA)
    thrown: list[str] = []
    standing = SimpleNamespace(pk="a-job", is_set_aside=True)
    monkeypatch.setattr(actions.jobs, "standing", lambda path, number: standing)
    monkeypatch.setattr(actions.jobs, "throw_away", thrown.append)

    actions.again(asked=given_up, **AGAIN)

    assert thrown == ["a-job"]


def test_one_that_waits_and_has_lost_its_job_is_put_in_line_again(county: Cast) -> None:
    waiting = asked(county)
    DBTaskResult.objects.all().delete()

    actions.again(asked=waiting, **AGAIN)

    assert waiting_jobs() == 1


def test_one_further_back_in_the_line_is_withdrawn_and_nothing_begun(county: Cast) -> None:
    asked(county)
    behind = asked(county, services=(SIGNS,))
    before = waiting_jobs()

    actions.stop(asked=behind, begin=make_plan.enqueue, by=ADA)

    assert behind.status == AskedPlan.Status.WITHDRAWN
    assert waiting_jobs() == before
