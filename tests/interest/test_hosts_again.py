"""Hosts that are put off, asked again, replaced, or let go; and what is kept of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.interest.said import FRIENDS, HOW, REACHED, WHAT, ask, page, sent
from tests.interest.test_hosting import GREEN, HOST, at_coldbrook, by_letter, hosted, name
from tests.offers.asked import reachable, send, words
from waywarden.devolution.interest import actions as asking
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest import hosting_actions as actions
from waywarden.devolution.interest.actions import CannotAsk
from waywarden.devolution.interest.models import Expression, Hosting
from waywarden.devolution.interest.telling_actions import asker_key
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NAMED = "You were named as a host"


def letters_to_hosts(address: str) -> int:
    return Notice.objects.filter(subject=NAMED, to_email=address).count()


def silent_for(days: int) -> None:
    Hosting.objects.update(named_at=timezone.now() - timedelta(days=days))


def answer(held: Hosting, said: str, **given: Any) -> None:
    now = timezone.now()
    actions.answer_as_host(hosting=held, answer=said, says="", by=HOST, now=now, **given)


def fill_the_letter_box_of_green() -> None:
    """Let a stranger name Green CIC as often as anybody may be written to in a day."""
    rival = Client()
    here = ask(rival, **REACHED | {"contact_email": "rival@friends.example"})
    page(rival, f"{here}what/", **WHAT)
    page(rival, f"{here}how/", by_whom="Us", **GREEN)
    send(rival, f"{here}send/")
    for _ in range(4):
        page(rival, f"{here}host/", host_kind="", host="")
        page(rival, f"{here}host/", **GREEN)


def test_a_name_that_was_typed_for_a_host_is_nowhere_in_the_chain(cast: Cast) -> None:
    of = hosted(cast, host_kind="cic", host="Mary Smith of 4 The Green", host_email="m@s.example")

    send(by_letter(), f"{of.get_absolute_url()}hosting/", answer="agreed", says="Gladly")

    line = Entry.objects.get(did="answered as the host")
    assert line.actor_shown_as == "Whoever has the letter to a host"
    assert "Mary" not in str(vars(line))


class TestNobodysLetterBoxIsFilled:
    def test_an_expression_is_sent_also_where_its_host_had_too_many_letters(
        self, cast: Cast
    ) -> None:
        _ = cast.at_the_county
        fill_the_letter_box_of_green()
        browser = Client()
        here = ask(browser, **REACHED)
        page(browser, f"{here}what/", **WHAT)
        page(browser, f"{here}how/", by_whom="Us", **GREEN)

        told = send(browser, f"{here}send/")

        assert told.status_code == 200
        of = Expression.objects.get(contact_email=REACHED["contact_email"])
        assert of.status == "sent"
        assert of.hosting.stands == "Not told yet: too many letters to its address"
        # What a letter to a host that was replaced has said is forgotten; that it was sent is not.
        assert Notice.objects.filter(to_key=asker_key("green@cic.example")).count() == 5
        assert "Not told yet" in words(browser.get(here))
        again = page(browser, f"{here}host/", **GREEN)
        assert "Ask again tomorrow." in words(again)

    def test_a_council_that_is_named_again_and_again_is_written_to_five_times_a_day(
        self, cast: Cast
    ) -> None:
        reachable(cast, cast.coldbrook_council)
        browser = Client()
        here = ask(browser, **REACHED)
        page(browser, f"{here}what/", **WHAT)
        page(browser, f"{here}how/", **HOW)
        send(browser, f"{here}send/")
        council = {"host_kind": "parish", "host": "Coldbrook Parish Council"}
        for _ in range(6):
            page(browser, f"{here}host/", host_kind="", host="")
            page(browser, f"{here}host/", **council)

        assert letters_to_hosts("clerk@coldbrook.example") == 5

    def test_who_asks_at_an_address_does_not_use_up_its_letters_as_a_host(self, cast: Cast) -> None:
        for _ in range(5):
            ask(Client(), **REACHED | {"contact_email": "green@cic.example"})

        assert hosted(cast).hosting.was_told


class TestAskedAgain:
    def test_a_host_that_is_silent_for_14_days_is_asked_again(self, cast: Cast) -> None:
        of = hosted(cast)
        old = by_letter()
        asker = Client()
        asker.get(Notice.objects.filter(subject="We have what you asked to run").get().link)
        here = of.get_absolute_url()
        assert "Ask it again, or name another host" in words(asker.get(here))
        soon = page(asker, f"{here}host/", **GREEN)
        assert "It can be asked again 14 days after" in words(soon)
        silent_for(15)

        again = page(asker, f"{here}host/", **GREEN)

        assert "Green CIC: has not answered." in words(again)
        assert letters_to_hosts("green@cic.example") == 2
        assert Entry.objects.filter(did="asked the host again").count() == 1
        assert old.get(f"{here}hosting/").status_code == 404
        assert by_letter().get(f"{here}hosting/").status_code == 200

    def test_a_host_that_could_not_be_told_is_once_its_address_is_known(self, cast: Cast) -> None:
        of = hosted(cast, **at_coldbrook(cast))
        assert not of.hosting.was_told
        reachable(cast, cast.coldbrook_council)

        held = name(of, **at_coldbrook(cast))

        assert held is not None
        assert held.stands == "Has not answered"
        assert letters_to_hosts("clerk@coldbrook.example") == 1

    def test_a_host_named_before_hosts_were_asked_is_asked(self, cast: Cast) -> None:
        of = sent(cast)
        Expression.objects.filter(pk=of.pk).update(**GREEN)
        of.refresh_from_db()
        _ = cast.at_the_county
        assert "Named, not asked" in words(cast.signed_in(cast.ada).get("/interest/asked/"))

        held = name(of, **GREEN)

        assert held is not None
        assert held.was_told

    def test_where_none_is_named_nobody_is_asked(self, cast: Cast) -> None:
        assert name(sent(cast)) is None

    def test_a_link_that_works_stays_where_no_more_letters_may_go(self, cast: Cast) -> None:
        of = hosted(cast)
        host = by_letter()
        silent_for(15)
        fill_the_letter_box_of_green()

        with pytest.raises(CannotAsk, match="Ask again tomorrow"):
            name(of, **GREEN)

        assert host.get(f"{of.get_absolute_url()}hosting/").status_code == 200


class TestLettingGo:
    def test_a_host_that_agreed_lets_go_and_another_is_named(self, cast: Cast) -> None:
        of = hosted(cast)
        host, there = by_letter(), f"{of.get_absolute_url()}hosting/"
        send(host, there, answer="agreed")
        assert "Say so here if it is no longer so" in words(host.get(there))
        twice = send(host, there, answer="agreed")
        assert "You have agreed already." in words(twice)

        send(host, there, answer="declined", says="Our trustees have left")

        held = Hosting.objects.get()
        assert held.answer == "declined"
        line = Entry.objects.order_by("number").last()
        assert line is not None
        assert line.before == {"host_answer": "agreed"}
        blue = {"host_kind": "cic", "host": "Blue CIC", "host_email": "blue@cic.example"}
        assert name(of, **blue) is not None

    def test_once_it_is_over_it_stays(self, cast: Cast) -> None:
        of = hosted(cast)
        answer(of.hosting, "agreed")
        held = Hosting.objects.get()
        asking.withdraw(of=held.expression, reason="", by=FRIENDS)

        with pytest.raises(CannotAsk, match="Withdrawn"):
            answer(held, "declined")

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, "Agrees (by an address those who ask gave)"),
            ({"is_in_office": True}, "Agrees"),
        ],
    )
    def test_the_list_and_its_files_say_by_which_address_it_agrees(
        self, cast: Cast, given: dict[str, Any], said: str
    ) -> None:
        answer(hosted(cast).hosting, "agreed", **given)
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        assert said in words(ada.get("/interest/asked/"))
        assert f",{said}," in ada.get("/interest/asked.csv").content.decode()


class TestWhatIsTakenBack:
    def test_the_letter_to_a_host_that_was_replaced_is_forgotten(self, cast: Cast) -> None:
        of = hosted(cast)

        name(of, host_kind="cic", host="Blue CIC", host_email="blue@cic.example")

        assert letters_to_hosts("green@cic.example") == 0
        assert letters_to_hosts("blue@cic.example") == 1
        name(of)
        assert letters_to_hosts("blue@cic.example") == 0

    def test_a_council_keeps_the_letter_to_its_public_address(self, cast: Cast) -> None:
        reachable(cast, cast.coldbrook_council)
        of = hosted(cast, **at_coldbrook(cast))

        name(of, **GREEN)

        assert letters_to_hosts("clerk@coldbrook.example") == 1

    def test_who_is_erased_leaves_the_letters_of_others_to_the_same_host(self, cast: Cast) -> None:
        of, other = hosted(cast), hosted(cast, **GREEN)

        forgetting.erase(of=of, reason="Asked for", by=FRIENDS, now=timezone.now())

        assert other.hosting.was_told
        assert letters_to_hosts("green@cic.example") == 2

    def test_who_gives_another_address_leaves_the_letters_to_a_host_there(self, cast: Cast) -> None:
        hosted(cast)
        here = ask(browser := Client(), **REACHED | {"contact_email": "green@cic.example"})

        page(browser, f"{here}who/", kind="group", who="Friends of the Rec", **REACHED)

        assert letters_to_hosts("green@cic.example") == 1


def test_the_notice_of_privacy_and_the_forms_say_what_a_host_reads(cast: Cast) -> None:
    privacy = words(Client().get("/privacy/"))
    assert "then you and that council do, and the host you name." in privacy
    browser = Client()
    here = ask(browser, **REACHED)
    assert "reads who asks, what you would do, where" in words(browser.get(f"{here}how/"))
    assert "used to ask your host whether it agrees" in words(browser.get(f"{here}host/"))


def test_a_number_too_big_for_an_expression_is_not_there(cast: Cast) -> None:
    _ = cast.at_coldbrook

    found = cast.signed_in(cast.colm).get("/interest/99999999999999999999/hosting/")

    assert found.status_code == 404
