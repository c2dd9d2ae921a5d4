"""Two who act on one expression in the same second: exactly one wins, the other is told who did."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.interest.said import sent, written
from tests.interest.test_hosting import HOST, hosted
from tests.offers.asked import send, words
from waywarden.devolution.interest import actions, answering
from waywarden.devolution.interest import hosting_actions as hosting
from waywarden.devolution.interest.answering import Decided
from waywarden.devolution.interest.models import Expression, Hosting
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = pytest.mark.postgres

ANSWERS = ("agreed", "refused")


def together(act: Callable[[str], object], each: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Let several act at one moment; give who won, and what the others were told."""
    start, won, told = Barrier(len(each)), [], []

    def one(name: str) -> None:
        try:
            start.wait(timeout=20)
            act(name)
            won.append(name)
        except Refusal as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=one, args=(name,)) for name in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return won, told


@pytest.mark.django_db(transaction=True)
def test_ab8_of_two_decisions_in_the_same_second_one_stands_and_the_loser_is_told_by_whom_and_when(
    cast: Cast,
) -> None:
    of = sent(cast)
    seen = {name: Expression.objects.get(pk=of.pk) for name in ANSWERS}

    def decide(outcome: str) -> None:
        said = Decided(outcome=outcome, reasons=f"It is {outcome}")
        officer = Actor(f"{outcome}@county.example", f"The officer who {outcome} it")
        answering.decide(of=seen[outcome], decided=said, by=officer, now=timezone.now())

    won, told = together(decide, ANSWERS)

    assert len(won) == 1
    of.refresh_from_db()
    assert (of.outcome, of.reasons) == (won[0], f"It is {won[0]}")
    assert len(told) == 1
    today = localdate()
    assert f"That was The officer who {won[0]} it, on {today.day} {today:%B %Y}, " in told[0]
    assert Entry.objects.filter(did="decided on an expression of interest").count() == 1
    letters = Notice.objects.filter(subject="There is a decision on what you asked to run")
    assert letters.count() == 1


@pytest.mark.django_db
def test_ab8_who_comes_a_moment_later_is_told_by_whom_it_was_decided(cast: Cast) -> None:
    of, acting = sent(cast), cast.at_the_county
    here = f"{of.get_absolute_url()}decide/"
    ada = cast.signed_in(cast.ada)
    send(ada, here, acting=acting, outcome="agreed", reasons="It is a good plan")

    late = send(ada, here, acting=acting, outcome="refused", reasons="It is not")

    assert late.status_code == 400
    assert "That was Partnerships officer, The County Council, on" in words(late)
    of.refresh_from_db()
    assert of.outcome == "agreed"


@pytest.mark.django_db(transaction=True)
def test_ab8_of_two_who_hold_the_letter_to_a_host_one_answers(cast: Cast) -> None:
    hosted(cast)
    seen = {name: Hosting.objects.get() for name in ("agreed", "declined")}

    def answer(said: str) -> None:
        now = timezone.now()
        hosting.answer_as_host(hosting=seen[said], answer=said, says="", by=HOST, now=now)

    won, told = together(answer, ("agreed", "declined"))

    assert [Hosting.objects.get().answer] == won
    assert len(told) == 1
    assert "It was answered already" in told[0]
    assert Entry.objects.filter(did="answered as the host").count() == 1


@pytest.mark.django_db
def test_what_was_changed_and_not_moved_meanwhile_is_looked_at_again(cast: Cast) -> None:
    of = written(cast)
    stale = Expression.objects.get(pk=of.pk)
    means = actions.Means(by_whom="Seven of us")
    actions.say_how(of=of, version=of.version, means=means, by=HOST)

    with pytest.raises(Overtaken, match=r"by now\. Look at it again"):
        actions.send(of=stale, by=HOST, now=timezone.now())
