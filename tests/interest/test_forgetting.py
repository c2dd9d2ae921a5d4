"""What was never sent is forgotten by itself, and who asked is erased as they wish."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.interest.said import FRIENDS, begun, last_letter, sent, written
from tests.interest.test_budget import budgeted
from tests.offers.asked import words
from waywarden.devolution.interest import actions
from waywarden.devolution.interest import enclosure_actions as enclosing
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest.actions import Means
from waywarden.devolution.interest.enclosure_actions import Enclosed
from waywarden.devolution.interest.models import BudgetLine, Enclosure, Expression
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal.models import Entry, PersonalValue
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DAY = timedelta(days=1)
NOBODY = {"contact_name": "", "contact_email": ""}
#: What is said of the friends, and must be found nowhere once they are forgotten.
SAID = ("Friends of the Rec", "Flo Hart", "flo@friends.example", "Mow the green", "Six of us")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def after(days: int) -> datetime:
    return timezone.now() + days * DAY


def turn(days: int) -> None:
    """Let the worker do its daily round so many days from now."""
    now = after(days)
    forgetting.forget_unsent(today=localdate(now), now=now)


def enclosed(of: Expression) -> Enclosure:
    sound = documents.looked_into(content=b"Rules of Flo Hart\n", name="Flo Hart.txt")
    said = Enclosed(kind="constitution")
    return enclosing.enclose(of=of, said=said, sound=sound, by=FRIENDS, today=localdate())


def held_of(*words: str) -> list[str]:
    """Name the tables in which one of these words stands."""
    rows = [
        f"{model._meta.label}: {row}"
        for model in apps.get_models()
        for row in model._base_manager.values()
    ]
    return [row[:80] for row in rows if any(word in row for word in words)]


class TestWhatWasNeverSent:
    def test_it_is_forgotten_whole_two_weeks_after_a_letter(self, cast: Cast) -> None:
        of = budgeted(cast, is_challenge=True)
        file = enclosed(of).file

        turn(75)
        assert not Entry.objects.filter(actor_key="chores").exists()
        turn(76)
        letter = last_letter()
        assert letter.to_email == "flo@friends.example"
        on = localdate(after(90))
        assert f"It is forgotten on {on.day} {on:%B %Y}" in letter.text
        turn(77)
        assert Notice.objects.filter(subject=letter.subject).count() == 1
        turn(89)
        assert Expression.objects.exists()
        turn(90)

        assert not Expression.objects.exists()
        assert not StoredFile.objects.filter(pk=file.pk).exists()
        assert held_of(*SAID, "A mower: £", "A green that is used") == []
        assert not BudgetLine.objects.exists()
        line = Entry.objects.get(did="forgot what was never sent")
        assert (line.after, line.bodies, line.actor_key) == ({"expressions": 1}, [], "chores")
        assert not PersonalValue.objects.filter(erased_at__isnull=True).exists()

    def test_one_line_says_that_somebody_was_warned(self, cast: Cast) -> None:
        of = begun(cast)
        lines = Entry.objects.count()

        turn(80)

        assert Entry.objects.count() == lines + 1
        line = Entry.objects.get(did="warned that it is forgotten")
        # Fourteen days after the letter, which came late.
        assert line.after == {"forgotten_on": str(localdate(after(94)))}
        assert line.subject_key == of.key

    def test_whoever_gave_no_address_is_not_written_to(self, cast: Cast) -> None:
        begun(cast, asker=NOBODY)

        turn(89)
        assert Expression.objects.exists()
        turn(90)

        assert not Expression.objects.exists()
        assert not Notice.objects.exists()

    def test_what_is_changed_after_the_letter_stays_and_has_a_letter_again(
        self, cast: Cast
    ) -> None:
        of = begun(cast)
        Expression.objects.update(begun_at=after(-100), warned_at=after(-20))
        of.refresh_from_db()
        actions.say_how(of=of, version=of.version, means=Means(by_whom="Two of us"), by=FRIENDS)

        turn(1)
        assert Expression.objects.exists()
        assert not Entry.objects.filter(actor_key="chores").exists()
        turn(80)

        assert Entry.objects.filter(did="warned that it is forgotten").count() == 1

    def test_what_was_taken_back_before_it_was_sent_goes_without_a_letter(self, cast: Cast) -> None:
        of = written(cast)
        actions.withdraw(of=of, reason="Flo Hart has moved", by=FRIENDS)
        letters = Notice.objects.count()

        turn(90)

        assert not Expression.objects.exists()
        assert Notice.objects.count() == letters
        assert held_of(*SAID) == []

    def test_what_was_sent_stays(self, cast: Cast) -> None:
        of = sent(cast)

        turn(999)

        assert Expression.objects.get().contact_email == of.contact_email

    def test_a_council_is_told_how_many_of_its_own_were_forgotten(self, cast: Cast) -> None:
        begun(cast, body=cast.coldbrook_council, asker=NOBODY)
        begun(cast, body=cast.coldbrook_council, asker=NOBODY)
        begun(cast, asker=NOBODY)

        turn(90)

        told = Entry.objects.filter(did="forgot what was never sent")
        assert {tuple(line.bodies): line.after["expressions"] for line in told} == {
            (): 1,
            ("coldbrook-council",): 2,
        }

    def test_letters_to_an_address_stay_where_another_asks_with_it(self, cast: Cast) -> None:
        begun(cast)
        actions.withdraw(of=Expression.objects.get(), reason="", by=FRIENDS)
        sent(cast, asker={"contact_email": "FLO@friends.example"})

        turn(90)

        assert Expression.objects.count() == 1
        assert Notice.objects.filter(to_email__iexact="flo@friends.example").count() == 3

    def test_the_link_to_what_was_forgotten_leads_nowhere(self, cast: Cast) -> None:
        of = begun(cast)
        browser = Client()
        browser.get(last_letter().link)
        assert "Carry on with what you have written" in words(browser.get("/interest/"))
        turn(80)
        turn(95)

        assert "Carry on" not in words(browser.get("/interest/"))
        assert browser.get(of.get_absolute_url()).status_code == 302

    def test_the_chain_holds_and_the_worker_does_it(self, cast: Cast, settings: Any) -> None:
        begun(cast, asker=NOBODY)
        turn(90)

        assert [line.hash == line.expected_hash() for line in Entry.objects.all()].count(False) == 0
        path = "waywarden.devolution.interest.forgetting_actions.forget_unsent"
        assert path in settings.DAILY_CHORES.values()
        assert "waywarden.fabric.documents.actions.sweep" in settings.DAILY_CHORES.values()

    def test_the_page_says_how_long_it_is_kept(self, cast: Cast) -> None:
        of = begun(cast)
        browser = Client()
        browser.get(last_letter().link)

        said = words(browser.get(of.get_absolute_url()))

        assert "What is not sent is forgotten 90 days after it was last changed." in said
