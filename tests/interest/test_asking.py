"""Asking to run a service: without an account, in a few short pages, to be taken up again."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.interest.said import (
    CHALLENGED,
    FRIENDS,
    HOW,
    REACHED,
    WHAT,
    a_round,
    ask,
    begun,
    last_letter,
    page,
    sent,
    written,
)
from tests.offers.asked import send, words
from waywarden.devolution.interest import actions
from waywarden.devolution.interest.actions import Means
from waywarden.devolution.interest.models import LINK_LASTS, Challenge, Expression, Link
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestWhatOneCanAskFor:
    def test_cg1_a_group_sees_what_is_open_near_it(self, cast: Cast) -> None:
        a_round(cast)
        cast.record(cast.quantity(cast.coldbrook, "DPS01", 9_000))

        near = words(Client().get(f"/interest/?place={cast.coldbrook.key}"))

        assert "Grass from April 2028" in near
        assert "Coldbrook: 9,000 m²" in near
        assert "Services that communities have taken on elsewhere" in near
        assert "9,000" not in words(Client().get("/interest/?place=nowhere"))

    def test_cg3_it_sees_by_what_it_is_judged_and_that_no_fund_is_known(self, cast: Cast) -> None:
        a_round(cast)

        shown = words(Client().get("/interest/"))

        assert "Local people do the work It is safe" in shown
        assert "No fund recorded here is open now" in shown

    def test_it_says_how_many_have_asked_and_not_who(self, cast: Cast) -> None:
        of = a_round(cast)
        begun(cast, round=of)
        sent(cast, round=of)

        shown = words(Client().get("/interest/"))

        assert "One has asked so far." in shown
        assert "Friends" not in shown

    def test_without_an_offer_one_can_ask_all_the_same(self, cast: Cast) -> None:
        assert "You can ask all the same." in words(Client().get("/interest/"))

    def test_where_no_county_is_recorded_nobody_is_asked(self, db: None) -> None:
        assert Client().get("/interest/ask/")["Location"] == "/interest/"


class TestThePages:
    def test_cg2_it_is_saved_page_by_page_and_taken_up_by_the_link_in_a_letter(
        self, cast: Cast
    ) -> None:
        here = ask(Client(), **REACHED)
        link = last_letter().link

        elsewhere = Client()
        assert elsewhere.get(here).status_code == 302
        assert elsewhere.get(link)["Location"] == here
        assert page(elsewhere, f"{here}what/", **WHAT).status_code == 200
        assert page(elsewhere, f"{here}how/", **HOW).status_code == 200
        sent = send(elsewhere, f"{here}send/")

        assert "It is sent to" in words(sent)
        of = Expression.objects.get()
        assert (of.status, of.by_whom) == ("sent", "Six of us")
        assert list(of.places.all()) == [cast.coldbrook]
        assert last_letter().subject == "We have what you asked to run"

    def test_cg2_the_questions_of_the_right_to_challenge_come_only_with_the_tick(
        self, cast: Cast
    ) -> None:
        browser = Client()
        here = ask(browser, **REACHED)
        page(browser, f"{here}what/", **WHAT)

        without = page(browser, f"{here}how/", **HOW)
        assert without.redirect_chain[-1][0] == here
        assert browser.get(f"{here}challenge/")["Location"] == f"{here}how/"

        ticked = page(browser, f"{here}how/", **HOW | {"is_challenge": "on"})
        assert ticked.redirect_chain[-1][0] == f"{here}challenge/"
        assert "Answer the questions of the Right to Challenge" in words(browser.get(here))
        page(browser, f"{here}challenge/", **CHALLENGED)
        assert Challenge.objects.get().is_whole is False
        assert "A voluntary or community body. A part of the service." in words(browser.get(here))

        page(browser, f"{here}how/", **HOW)
        assert not Challenge.objects.exists()

    def test_cg10_a_group_without_a_legal_form_names_its_host(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, **REACHED)
        page(browser, f"{here}what/", **WHAT)
        page(browser, f"{here}how/", by_whom="Six of us")
        assert "Nobody could sign an agreement for you yet." in words(browser.get(here))

        unnamed = page(browser, f"{here}how/", by_whom="Six of us", host_kind="cic")
        assert "Name your host" in words(unnamed)
        unkind = page(browser, f"{here}how/", by_whom="Six of us", host="Green CIC")
        assert "Choose what your host is" in words(unkind)
        page(browser, f"{here}how/", **HOW)

        shown = words(browser.get(here))
        assert "Coldbrook Parish Council (A parish or town council)" in shown
        assert "Nobody could sign" not in shown

    def test_without_an_address_it_stays_in_the_browser(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)

        assert not Notice.objects.exists()
        assert browser.get(here).status_code == 200
        assert "Carry on with what you have written" in words(browser.get("/interest/"))

        page(browser, f"{here}who/", kind="group", who="Friends", **REACHED)
        assert Notice.objects.get().to_email == "flo@friends.example"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"charity_number": "12"}, "Enter a number of 6 or 7 figures"),
            ({"company_number": "A1"}, "Enter a number of 8 signs"),
            ({"contact_email": "flo"}, "Enter an e-mail address"),
            ({"who": ""}, "Enter the name"),
        ],
    )
    def test_what_cannot_be_is_said(self, cast: Cast, typed: dict[str, str], said: str) -> None:
        whole = {"kind": "voluntary", "who": "Friends"} | typed

        answer = send(Client(), "/interest/ask/", **whole)

        assert answer.status_code == 400
        assert said in words(answer)

    def test_numbers_are_kept_as_their_register_writes_them(self, cast: Cast) -> None:
        ask(Client(), charity_number="1122334", company_number="1234567")

        of = Expression.objects.get()
        assert (of.charity_number, of.company_number) == ("1122334", "01234567")

    def test_a_parish_that_is_not_there_is_asked_about(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)

        answer = page(browser, f"{here}what/", **WHAT | {"places": "Coldbrok"})

        assert "Did you mean Coldbrook?" in words(answer)

    def test_it_begins_with_the_offer_one_came_from(self, cast: Cast) -> None:
        of = a_round(cast)

        send(Client(), f"/interest/ask/?offer={of.pk}", kind="group", who="Friends")

        assert Expression.objects.get().round == of

    def test_a_clerk_asks_for_the_council_and_its_people_see_it(self, cast: Cast) -> None:
        colm, acting = cast.signed_in(cast.colm), cast.at_coldbrook
        send(colm, "/interest/ask/", acting=acting, kind="council", who="Coldbrook")

        of = Expression.objects.get()
        assert of.body == cast.coldbrook_council
        assert colm.get(of.get_absolute_url()).status_code == 200
        _ = cast.at_wychbourne
        assert cast.signed_in(cast.bron).get(of.get_absolute_url()).status_code == 403
        _ = cast.at_the_county
        # What is begun is not the county's to read.
        assert cast.signed_in(cast.ada).get(of.get_absolute_url()).status_code == 403

    def test_too_many_from_one_network_are_asked_to_wait(self, cast: Cast) -> None:
        for _ in range(20):
            ask(Client())

        assert send(Client(), "/interest/ask/", kind="group", who="More").status_code == 429


class TestLinksAndWords:
    def test_a_link_lapses_and_another_opens_nothing(self, cast: Cast) -> None:
        begun(cast)
        link = last_letter().link
        browser = Client()
        browser.get(link)
        where = Expression.objects.get().get_absolute_url()

        assert browser.get(where).status_code == 200
        for row in Link.objects.all():
            Link.objects.filter(pk=row.pk).update(made_at=row.made_at - 2 * LINK_LASTS)

        assert browser.get(where).status_code == 302
        assert Client().get(link).status_code == 404
        assert Client().get("/interest/link/never-sent/").status_code == 404

    def test_letters_say_nothing_that_a_stranger_typed(self, cast: Cast) -> None:
        ask(Client(), **REACHED | {"who": "Buy now", "contact_name": "At spam.example"})

        letter = last_letter()
        said = f"{letter.subject} {letter.text} {letter.to_shown_as} {letter.why}"
        assert "Buy now" not in said
        assert "spam" not in said

    def test_names_and_words_lie_beside_the_journal(self, cast: Cast) -> None:
        sent(cast)

        chain = str(list(Entry.objects.values_list("before", "after", "actor_shown_as")))

        assert not [word for word in ("Flo", "flo@", "Mow the green", "Six") if word in chain]

    def test_what_was_sent_stays_as_it_was(self, cast: Cast) -> None:
        of = sent(cast)

        with pytest.raises(actions.CannotAsk, match="It was sent"):
            actions.say_who(
                of=of,
                version=of.version,
                asker=actions.Asker(kind="group", who="Others"),
                by=FRIENDS,
                now=of.sent_at,
            )

    def test_nothing_half_written_is_sent(self, cast: Cast) -> None:
        of = begun(cast, asker={"contact_email": ""})

        with pytest.raises(actions.CannotAsk) as refused:
            actions.send(of=of, by=FRIENDS, now=of.begun_at)

        said = str(refused.value)
        for part in ("e-mail", "service", "parish", "would do", "who would"):
            assert part in said

    def test_a_challenge_is_sent_with_its_answers(self, cast: Cast) -> None:
        of = written(cast, is_challenge=True)
        Challenge.objects.all().delete()

        with pytest.raises(actions.CannotAsk, match="Right to Challenge"):
            actions.send(of=of, by=FRIENDS, now=of.begun_at)

    def test_without_the_tick_nothing_is_challenged(self, cast: Cast) -> None:
        said = {name: value for name, value in CHALLENGED.items() if name != "part"}
        of = written(cast)

        with pytest.raises(actions.CannotAsk, match="Tick first"):
            actions.challenge(
                of=of,
                version=of.version,
                said=actions.Challenged(is_whole=True, **said),
                by=FRIENDS,
            )

    def test_who_takes_it_back_is_left_in_peace(self, cast: Cast) -> None:
        of = sent(cast)
        browser = Client()
        browser.get(last_letter().link)
        letters = Notice.objects.count()

        answer = send(browser, f"{of.get_absolute_url()}withdraw/", reason="We moved")

        assert "Nobody will write to you about it." in words(answer)
        assert Notice.objects.count() == letters
        of.refresh_from_db()
        assert of.stage == "Withdrawn"
        again = send(browser, f"{of.get_absolute_url()}withdraw/")
        assert "It is “Withdrawn” already." in words(again)
        assert "It was taken back." in words(page(browser, f"{of.get_absolute_url()}how/", **HOW))

    def test_its_history_is_for_who_may_see_it(self, cast: Cast) -> None:
        of = sent(cast)
        browser = Client()
        browser.get(last_letter().link)

        assert browser.get(f"/history/expression/{of.key}/").status_code == 200
        assert Client().get(f"/history/expression/{of.key}/").status_code == 404
        assert browser.get("/history/expression/expression-0x/").status_code == 404


class TestPagesThatDoNotChange:
    def test_what_is_sent_as_it_stands_leaves_no_line(self, cast: Cast) -> None:
        of = written(cast)
        lines, means = Entry.objects.count(), Means(by_whom="Six of us")

        actions.say_how(of=of, version=of.version, means=means, by=FRIENDS)

        assert Entry.objects.count() == lines

    def test_a_page_that_was_written_meanwhile_is_not_written_over(self, cast: Cast) -> None:
        of = written(cast)
        means = Means(by_whom="The seven of us")

        with pytest.raises(Overtaken):
            actions.say_how(of=of, version=of.version - 1, means=means, by=FRIENDS)

        of.refresh_from_db()
        assert of.by_whom == "Six of us"
