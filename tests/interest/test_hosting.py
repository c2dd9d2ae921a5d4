"""The host that signs for a group: named, told by a letter, and agreeing or declining by a link."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.interest.said import FRIENDS, HOW, REACHED, WHAT, ask, last_letter, page, sent, written
from tests.offers.asked import reachable, send, words
from waywarden.county.councils.models import Body
from waywarden.devolution.interest import actions as asking
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest import hosting_actions as actions
from waywarden.devolution.interest.actions import CannotAsk, Means, Named
from waywarden.devolution.interest.models import LINK_LASTS, Expression, Hosting
from waywarden.devolution.interest.telling_actions import asker_key
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice, Preference

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HOST = Actor("expression-0-host", "Whoever has the letter to the host")
GREEN = {"host_kind": "cic", "host": "Green CIC", "host_email": "green@cic.example"}


def hosted(cast: Cast, **named: Any) -> Expression:
    """Let the friends name a host, Green CIC unless told otherwise, and send what they ask."""
    of = written(cast)
    means = Means(by_whom="Six of us", **(named or GREEN))
    asking.say_how(of=of, version=of.version, means=means, by=FRIENDS)
    asking.send(of=of, by=FRIENDS, now=timezone.now())
    return of


def at_coldbrook(cast: Cast) -> dict[str, Any]:
    council = cast.coldbrook_council
    return {"host_kind": "parish", "host": council.name, "host_body": council}


def by_letter() -> Client:
    """Give a browser that has opened the link in the letter to a host, without an account."""
    found = Notice.objects.filter(subject="You were named as a host").order_by("pk").last()
    assert found
    browser = Client()
    assert browser.get(found.link).status_code == 302
    return browser


def name(of: Expression, **named: Any) -> Hosting | None:
    given = Named(**named)
    return actions.name_host(of=of, version=of.version, named=given, by=FRIENDS, now=timezone.now())


class TestNamed:
    def test_cg10_a_parish_council_is_found_by_its_name_and_told_at_its_public_address(
        self, cast: Cast
    ) -> None:
        reachable(cast, cast.coldbrook_council)
        browser = Client()
        here = ask(browser, **REACHED)
        page(browser, f"{here}what/", **WHAT)
        typed = HOW | {"host": "coldbrook parish council", "host_email": "thief@example.org"}
        page(browser, f"{here}how/", **typed)
        send(browser, f"{here}send/")

        of = Expression.objects.get()
        assert of.host_body == cast.coldbrook_council
        held = of.hosting
        assert (held.address, held.is_public_address) == ("clerk@coldbrook.example", True)
        letter = last_letter()
        assert (letter.to_email, letter.subject) == (
            "clerk@coldbrook.example",
            "You were named as a host",
        )
        assert "You are bound to nothing." in letter.text
        assert "Friends of the Rec" not in letter.text
        assert "told on" in words(browser.get(here))

    def test_who_is_not_known_here_is_reached_by_the_address_that_was_given(
        self, cast: Cast
    ) -> None:
        browser = Client()
        here = ask(browser, **REACHED)

        unknown = page(browser, f"{here}how/", **HOW | {"host": "Coldbrok Parish Council"})
        assert unknown.status_code == 400
        assert "Did you mean Coldbrook Parish Council?" in words(unknown)
        unnamed = page(browser, f"{here}how/", by_whom="Us", host_email="green@cic.example")
        assert "Name your host" in words(unnamed)
        kept = page(browser, f"{here}how/", by_whom="Six of us", **GREEN)
        assert kept.status_code == 200
        assert "They are told once you have sent it" in words(browser.get(here))

    def test_of_two_of_one_name_none_is_taken_without_an_address(self, cast: Cast) -> None:
        twin = Body.objects.get(pk=cast.coldbrook_council.pk)
        twin.pk, twin.key = None, "coldbrook-too"
        twin.save()
        browser = Client()
        here = ask(browser, **REACHED)

        assert "2 bodies are called" in words(page(browser, f"{here}how/", **HOW))
        both = HOW | {"host_email": "clerk@coldbrook.example"}
        assert page(browser, f"{here}how/", **both).status_code == 200
        assert Expression.objects.get().host_body is None

    def test_where_no_address_is_known_the_officer_sees_that_nobody_was_told(
        self, cast: Cast
    ) -> None:
        of = hosted(cast, **at_coldbrook(cast))
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        assert "Not told: no address" in words(ada.get(of.get_absolute_url()))
        assert "Not told: no address" in words(ada.get("/interest/asked/"))
        assert last_letter().subject == "We have what you asked to run"

    def test_who_wants_no_such_letters_gets_none(self, cast: Cast) -> None:
        key = asker_key("green@cic.example")
        Preference.objects.create(key=key, topic="interest", how="never")

        assert hosted(cast).hosting.stands == "Not told: it wants no such letters"

    def test_without_a_host_nobody_is_asked(self, cast: Cast) -> None:
        of = sent(cast)
        _ = cast.at_the_county

        assert not Hosting.objects.exists()
        asked = words(cast.signed_in(cast.ada).get("/interest/asked/"))
        assert "Needed, and none named" in asked
        assert of.needs_a_host


class TestItsAnswer:
    def test_cg10_a_host_agrees_by_its_link_and_both_read_it(self, cast: Cast) -> None:
        of = hosted(cast)
        _ = cast.at_the_county
        ada, here = cast.signed_in(cast.ada), of.get_absolute_url()
        before = words(ada.get(here))
        assert "Has not answered" in before
        assert "an address that those who ask have given" in before

        host = by_letter()
        shown = words(host.get(f"{here}hosting/"))
        assert "Friends of the Rec names you as host" in shown
        assert "Mow the green twice a month" in shown
        assert "flo@friends.example" not in shown
        empty = send(host, f"{here}hosting/")
        assert "Choose whether you would" in words(empty)
        agreed = send(host, f"{here}hosting/", answer="agreed", says="Gladly")

        assert "Thank you. Those who ask" in words(agreed)
        after = words(ada.get(here))
        assert "Agrees on" in after
        assert "“Gladly”" in after
        assert "Agrees" in words(ada.get("/interest/asked/"))
        assert last_letter().subject == "Your host has answered"
        line = Entry.objects.order_by("number").last()
        assert line is not None
        assert (line.did, line.actor_key) == ("answered as the host", f"{of.key}-host")
        assert "Gladly" not in str(line.after)

    def test_it_answers_once(self, cast: Cast) -> None:
        of = hosted(cast)
        host, there = by_letter(), f"{of.get_absolute_url()}hosting/"
        send(host, there, answer="declined")

        again = send(host, there, answer="agreed")

        assert again.status_code == 400
        assert "You have answered already." in words(again)
        assert "<form method" not in host.get(there).content.decode().split("<main")[1]
        held = Hosting.objects.get()
        stale = Hosting.objects.get()
        stale.answer = ""
        with pytest.raises(Overtaken, match="answered already, or another host"):
            actions.answer_as_host(
                hosting=stale, answer="agreed", says="", by=HOST, now=timezone.now()
            )
        assert held.answer == "declined"

    def test_its_own_officers_answer_in_their_office_and_nobody_else(self, cast: Cast) -> None:
        of = hosted(cast, **at_coldbrook(cast))
        _ = cast.at_the_county
        acting, there = cast.at_coldbrook, f"{of.get_absolute_url()}hosting/"
        assert cast.signed_in(cast.ada).get(there).status_code == 403
        assert Client().get(there).status_code == 302

        told = send(cast.signed_in(cast.colm), there, acting=acting, answer="agreed")

        assert "Thank you." in words(told)
        assert Hosting.objects.get().answer == "agreed"

    def test_who_never_was_named_finds_nothing(self, cast: Cast) -> None:
        _ = cast.at_coldbrook
        of = sent(cast)

        there = f"{of.get_absolute_url()}hosting/"
        assert cast.signed_in(cast.colm).get(there).status_code == 404
        assert Client().get("/interest/host/never-sent/").status_code == 404

    def test_a_link_lapses_and_a_session_with_nonsense_holds_none(self, cast: Cast) -> None:
        of = hosted(cast)
        host, there = by_letter(), f"{of.get_absolute_url()}hosting/"
        Hosting.objects.update(named_at=timezone.now() - LINK_LASTS - timedelta(days=2))
        assert host.get(there).status_code == 404
        session = host.session
        session["host_links"] = "nonsense"
        session.save()
        assert host.get(there).status_code == 302

    def test_what_was_taken_back_needs_no_answer(self, cast: Cast) -> None:
        of = hosted(cast)
        host, there = by_letter(), f"{of.get_absolute_url()}hosting/"
        asking.withdraw(of=of, reason="", by=FRIENDS)

        shown = words(host.get(there))
        assert "Nothing more is needed" in shown
        assert "Mow the green" not in shown
        assert "Friends of the Rec" not in shown
        assert send(host, there, answer="agreed").status_code == 400


class TestAnother:
    def test_where_the_host_declines_another_is_named_and_the_old_link_ends(
        self, cast: Cast
    ) -> None:
        of = hosted(cast)
        host, here = by_letter(), of.get_absolute_url()
        send(host, f"{here}hosting/", answer="declined", says="We have no room")
        asker = Client()
        asker.get(Notice.objects.filter(subject="Your host has answered").get().link)
        assert f"{here}host/" in asker.get(here).content.decode()

        named = page(
            asker,
            f"{here}host/",
            host_kind="cic",
            host="Blue CIC",
            host_email="blue@cic.example",
        )

        assert "Blue CIC: has not answered." in words(named)
        assert "have named another host" in words(host.get(f"{here}hosting/"))
        assert last_letter().to_email == "blue@cic.example"
        assert Hosting.objects.get().answer == ""

    def test_a_host_that_agreed_stays(self, cast: Cast) -> None:
        of = hosted(cast)
        send(by_letter(), f"{of.get_absolute_url()}hosting/", answer="agreed")

        with pytest.raises(CannotAsk, match="Your host agrees"):
            name(of, host_kind="cic", host="Blue CIC", host_email="blue@cic.example")

    def test_before_it_is_sent_it_is_named_where_the_others_are(self, cast: Cast) -> None:
        with pytest.raises(CannotAsk, match="before you send it"):
            name(written(cast), **GREEN)

    def test_the_same_again_sends_no_second_letter(self, cast: Cast) -> None:
        of, count = hosted(cast), Notice.objects.count()

        held = name(of, **GREEN)

        assert held == of.hosting
        assert Notice.objects.count() == count

    def test_none_is_named_any_more(self, cast: Cast) -> None:
        of = hosted(cast)
        asker = Client()
        asker.get(Notice.objects.filter(subject="We have what you asked to run").get().link)

        named = page(asker, f"{of.get_absolute_url()}host/")

        assert "It is saved." in words(named)
        assert not Hosting.objects.exists()

    def test_one_changed_meanwhile_is_shown(self, cast: Cast) -> None:
        of = hosted(cast)
        asker = Client()
        asker.get(Notice.objects.filter(subject="We have what you asked to run").get().link)

        typed = GREEN | {"host": "Blue CIC", "version": 1}
        assert send(asker, f"{of.get_absolute_url()}host/", **typed).status_code == 409


def test_who_is_erased_takes_the_host_along(cast: Cast) -> None:
    of = hosted(cast)

    forgetting.erase(of=of, reason="Asked for", by=FRIENDS, now=timezone.now())

    of.refresh_from_db()
    assert (of.host, of.host_email, of.host_body) == ("", "", None)
    assert not Hosting.objects.exists()
    assert not Notice.objects.filter(to_email="green@cic.example").exists()
    assert of.erased_on >= date(2026, 1, 1)
