"""Who asked is erased as they wish; what was decided, and how much of what, stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.interest.said import FRIENDS, REACHED, WHO, begun, last_letter, sent
from tests.interest.test_budget import NONE, budgeted
from tests.interest.test_forgetting import NOBODY, SAID, enclosed, held_of
from tests.offers.asked import send, words
from waywarden.county.people.models import Office
from waywarden.devolution.interest import actions, answering
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest.actions import Asker, CannotAsk
from waywarden.devolution.interest.answering import Decided, Noted
from waywarden.devolution.interest.models import BudgetLine, Expression, Link, Note
from waywarden.devolution.interest.telling_actions import asker_key
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.journal.models import Entry, PersonalValue
from waywarden.fabric.notices.models import Notice, Preference

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


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
        key = asker_key(REACHED["contact_email"])
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
        old = Notice.objects.get(to_key=asker_key("flo@friends.example"))
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
