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
from tests.interest.said import FRIENDS, REACHED, WHO, begun, last_letter, sent, written
from tests.interest.test_budget import NONE, budgeted
from tests.offers.asked import send, words
from waywarden.county.people.models import Office
from waywarden.devolution.interest import actions, answering
from waywarden.devolution.interest import enclosure_actions as enclosing
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest.actions import Asker, CannotAsk, Means
from waywarden.devolution.interest.answering import Decided, Noted
from waywarden.devolution.interest.enclosure_actions import Enclosed
from waywarden.devolution.interest.models import BudgetLine, Enclosure, Expression, Link, Note
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal.models import Entry, PersonalValue
from waywarden.fabric.notices.models import Notice, Preference

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


class TestErasingWhoAsked:
    def test_an_officer_erases_them_and_the_decision_stays(self, cast: Cast) -> None:
        of = _answered(cast)
        acting, friend = Office.objects.get(person=cast.ada), Client()
        friend.get(last_letter().link)
        ada, here = cast.signed_in(cast.ada), of.get_absolute_url()
        assert "Erase who asked" in words(ada.get(here))

        said = {"reason": "Asked for in a letter", "is_sure": "on"}
        shown = words(send(ada, f"{here}erase/", acting=acting, **said))

        assert "Who asked is erased." in shown
        assert "Somebody erased asks to run a service" in shown
        assert "Decided: agreed" in shown and "It is a good plan" in shown
        assert "£560" in words(ada.get("/interest/asked/"))
        assert held_of(*SAID, "A mower: £", "keen as mustard", "two mowers") == []
        assert not Link.objects.exists() and not StoredFile.objects.exists()
        assert friend.get(here).status_code == 302
        history = words(ada.get(f"/history/expression/{of.key}/"))
        assert "(erased on" in history and "Asked for in a letter" in history
        for page in ("erase", "note"):
            closed = ada.get(f"{here}{page}/")
            assert "was erased on" in words(closed)
            assert "<form" not in closed.content.decode().partition("<main")[2]
        again = send(ada, f"{here}erase/", acting=acting, **said)
        assert again.status_code == 400
        assert "already." in words(again)

    def test_one_line_says_so_without_a_name(self, cast: Cast) -> None:
        of = _answered(cast)
        lines, version = Entry.objects.count(), of.version

        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert Entry.objects.count() == lines + 1
        line = Entry.objects.get(did="erased who asked")
        assert line.reason == "They wish it"
        assert line.after["papers_erased"] == 1 and line.after["values_erased"] > 5
        assert of.version == version + 1
        assert all(each.hash == each.expected_hash() for each in Entry.objects.all())

    def test_counts_stay(self, cast: Cast) -> None:
        of = _answered(cast)
        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        of.refresh_from_db()
        assert (of.services.count(), of.places.count()) == (1, 1)
        assert [line.amount_pence for line in BudgetLine.objects.order_by("order")] == [
            line.amount_pence for line in NONE.lines
        ]
        assert {line.what for line in BudgetLine.objects.all()} == {forgetting.GONE}
        assert Note.objects.get().says == forgetting.GONE
        assert (of.status, of.outcome, of.reasons) == ("decided", "agreed", "It is a good plan")

    def test_what_is_not_decided_is_withdrawn_with_it(self, cast: Cast) -> None:
        of = sent(cast)

        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert Expression.objects.get().stage == "Withdrawn"

    def test_the_name_of_a_council_is_no_persons(self, cast: Cast) -> None:
        of = sent(cast, body=cast.coldbrook_council, asker={"who": "Flo Hart for Coldbrook"})

        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert Expression.objects.get().who == cast.coldbrook_council.name
        assert held_of("Flo Hart") == []

    def test_what_they_chose_of_letters_stays_and_letters_to_others_with_them(
        self, cast: Cast
    ) -> None:
        of = sent(cast)
        key = actions.asker_key(REACHED["contact_email"])
        Preference.objects.create(key=key, topic="interest", how="never")

        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert Preference.objects.filter(key=key).exists()
        assert not Notice.objects.exclude(to_email="").exists()
        assert not Notice.objects.filter(status="waiting").exists()

    def test_who_came_without_an_address_is_erased_too(self, cast: Cast) -> None:
        of = sent(cast)
        Expression.objects.update(contact_email="")
        of.refresh_from_db()

        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert Expression.objects.get().erased_on

    def test_one_that_changed_meanwhile_is_looked_at_again(self, cast: Cast) -> None:
        of = sent(cast)
        Expression.objects.update(version=9)

        with pytest.raises(Overtaken):
            forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert Link.objects.exists()

    def test_numbers_of_a_charity_and_a_company_go_from_the_journal(self, cast: Cast) -> None:
        numbers = {"charity_number": "1234567", "company_number": "07654321"}
        of = sent(cast, asker={"kind": "voluntary", **numbers})
        said = [str(line.after) for line in Entry.objects.all()]
        assert not [each for each in said if "1234567" in each or "07654321" in each]
        assert PersonalValue.objects.filter(value__in=numbers.values()).count() == 2

        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert held_of(*numbers.values()) == []

    def test_the_countys_own_words_stay_in_the_journal(self, cast: Cast) -> None:
        of = _answered(cast)
        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        assert PersonalValue.objects.get(value="It is a good plan").person_key == of.answer_key

    def test_letters_to_an_address_that_was_replaced_are_dropped(self, cast: Cast) -> None:
        of = begun(cast)
        asker = Asker(**WHO | REACHED | {"contact_email": "new@friends.example"})

        _says(of, asker)

        assert not Notice.objects.filter(to_email="flo@friends.example").exists()
        old = Notice.objects.get(to_key=actions.asker_key("flo@friends.example"))
        assert (old.status, old.text) == ("dropped", "")
        assert last_letter().to_email == "new@friends.example"

    def test_letters_to_a_replaced_address_stay_where_another_asks_with_it(
        self, cast: Cast
    ) -> None:
        begun(cast)
        of = begun(cast)

        _says(of, Asker(**WHO | REACHED | {"contact_email": "new@friends.example"}))

        assert Notice.objects.filter(to_email="flo@friends.example").count() == 2

    def test_an_address_given_for_the_first_time_replaces_none(self, cast: Cast) -> None:
        of = begun(cast, asker=NOBODY)

        _says(of, Asker(**WHO | REACHED))

        assert last_letter().to_email == "flo@friends.example"

    def test_nothing_is_noted_of_who_was_erased_meanwhile(self, cast: Cast) -> None:
        of = _answered(cast)
        stale = Expression.objects.get()
        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())
        noted = Noted(kind="said", on=localdate(), says="Flo Hart telephoned")

        with pytest.raises(CannotAsk, match="nothing is noted of them any more"):
            answering.note(of=stale, noted=noted, by=cast.by, now=timezone.now())

        assert held_of("Flo Hart") == []

    def test_it_is_done_once(self, cast: Cast) -> None:
        of = sent(cast)
        forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

        with pytest.raises(CannotAsk, match="was erased on"):
            forgetting.erase(of=of, reason="They wish it", by=cast.by, now=timezone.now())

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"reason": ""}, "Say why"),
            ({"is_sure": ""}, "Make sure first that it is they"),
        ],
    )
    def test_nobody_is_erased_by_a_slip(self, cast: Cast, typed: dict[str, str], said: str) -> None:
        of, acting = sent(cast), cast.at_the_county
        given = {"reason": "In a letter", "is_sure": "on"} | typed

        answer = send(
            cast.signed_in(cast.ada), f"{of.get_absolute_url()}erase/", acting=acting, **given
        )

        assert answer.status_code == 400
        assert said in words(answer)
        assert Expression.objects.get().who == "Friends of the Rec"

    def test_nobody_else_erases(self, cast: Cast) -> None:
        of, begun_one = sent(cast), begun(cast)
        _ = cast.at_wychbourne, cast.at_the_county

        for name, which in ((cast.bron, of), (cast.ada, begun_one)):
            asked = cast.signed_in(name).get(f"{which.get_absolute_url()}erase/")
            assert asked.status_code == 403


def _says(of: Expression, asker: Asker) -> None:
    """Let them say anew who asks, by a link that was theirs before."""
    actions.say_who(of=of, version=of.version, asker=asker, by=FRIENDS, now=timezone.now())


def _answered(cast: Cast) -> Expression:
    """Let the friends ask with all that can come with it, and the county decide."""
    of = budgeted(cast, is_challenge=True)
    enclosed(of)
    actions.send(of=of, by=FRIENDS, now=timezone.now())
    noted = Noted(kind="said", on=localdate(), says="Flo Hart is keen as mustard")
    _ = cast.at_the_county
    answering.note(of=of, noted=noted, by=cast.by, now=timezone.now())
    said = Decided(outcome="agreed", reasons="It is a good plan")
    answering.decide(of=of, decided=said, by=cast.by, now=timezone.now())
    return of
