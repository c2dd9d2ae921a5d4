"""What those who ask and those who answer keep from one another, and from strangers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.interest.said import (
    CHALLENGED,
    FRIENDS,
    REACHED,
    WHAT,
    WHO,
    a_round,
    ask,
    begun,
    last_letter,
    page,
    sent,
    written,
)
from tests.offers.asked import send, words
from waywarden.devolution.interest import actions, answering, policies
from waywarden.devolution.interest.actions import Asker, Wish
from waywarden.devolution.interest.answering import Decided, Noted
from waywarden.devolution.interest.models import Challenge, Expression
from waywarden.devolution.interest.telling_actions import asker_key
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import How, Notice, Preference

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def friends() -> Client:
    """Give the browser of those who ask."""
    browser = Client()
    browser.get(last_letter().link)
    return browser


def history(browser: Client, of: Expression) -> str:
    return words(browser.get(f"/history/expression/{of.key}/"))


def test_the_countys_own_notes_stand_in_no_history_of_those_who_ask(cast: Cast) -> None:
    _ = cast.at_the_county
    of = sent(cast)
    theirs = friends()
    for says, is_for_asker in (("They sound keen", False), ("We walked the green", True)):
        noted = Noted(kind="said", on=localdate(), says=says, is_for_asker=is_for_asker)
        answering.note(of=of, noted=noted, by=cast.by, now=timezone.now())

    assert "They sound keen" not in history(theirs, of)
    assert "We walked the green" in history(theirs, of)
    assert "They sound keen" in history(cast.signed_in(cast.ada), of)


def test_what_was_written_before_it_was_sent_is_its_writers_own(cast: Cast) -> None:
    _ = cast.at_the_county
    of = begun(cast, asker={"who": "Enemies of the Rec"})
    own = friends()
    asker = replace(Asker(**WHO | REACHED), who="Friends of the Rec")
    given = {"version": of.version, "by": FRIENDS, "now": timezone.now()}
    actions.say_who(of=of, asker=asker, **given)
    Expression.objects.update(status="sent", sent_at=timezone.now())

    assert "Enemies" in history(own, of)
    assert "Enemies" not in history(cast.signed_in(cast.ada), of)


def test_a_new_address_ends_the_links_to_the_old_one(cast: Cast) -> None:
    browser = Client()
    where = ask(browser, **REACHED)
    stranger = friends()
    assert stranger.get(where).status_code == 200

    page(browser, f"{where}who/", **WHO | REACHED | {"contact_email": "right@friends.example"})

    assert stranger.get(where).status_code == 302
    assert browser.get(where).status_code == 200
    assert friends().get(where).status_code == 200


def test_ab12_what_an_office_wrote_opens_by_no_link(cast: Cast) -> None:
    acting = cast.at_coldbrook
    colm = cast.signed_in(cast.colm)
    said = WHO | REACHED | {"kind": "council"}
    send(colm, "/interest/ask/", acting=acting, **said)

    of = Expression.objects.get()

    assert not of.links.exists()
    assert last_letter().link == of.get_absolute_url()
    assert Client().get(of.get_absolute_url()).status_code == 302


def test_it_is_said_whether_anybody_knows_who_wrote_it(cast: Cast) -> None:
    _ = cast.at_the_county
    ada = cast.signed_in(cast.ada)
    of = sent(cast, asker={"kind": "council", "who": "Wychbourne Town Council"})
    own = sent(cast, body=cast.coldbrook_council)

    page_of = words(ada.get(of.get_absolute_url()))
    assert "Written by a private link: nobody has shown who they are" in page_of
    assert "Written in an office of Coldbrook" in words(ada.get(own.get_absolute_url()))


def test_who_stops_such_letters_stops_them_in_every_expression(cast: Cast) -> None:
    key = asker_key(REACHED["contact_email"])
    Preference.objects.create(key=key, topic="interest", how=How.NEVER)

    ask(Client(), **REACHED | {"contact_email": "FLO@friends.example"})

    assert not Notice.objects.exists()


def test_one_address_gets_few_letters_however_many_ask(cast: Cast) -> None:
    for _ in range(5):
        ask(Client(), **REACHED)

    assert send(Client(), "/interest/ask/", **WHO | REACHED).status_code == 429
    assert Notice.objects.count() == 5


def test_where_nobody_can_be_written_to_that_is_said(cast: Cast) -> None:
    acting = cast.at_the_county
    ada = cast.signed_in(cast.ada)
    of, other = sent(cast), sent(cast)
    # As what came on paper may have none.
    Expression.objects.update(contact_email="")
    other.refresh_from_db()
    said = {"outcome": "agreed", "reasons": "It is a good plan"}

    done = words(send(ada, f"{of.get_absolute_url()}decide/", acting=acting, **said))

    assert "No letter went to those who asked: write to them or telephone." in done
    given = {"decided": Decided(**said), "by": cast.by, "now": timezone.now()}
    assert not answering.decide(of=other, **given)


def test_an_offer_that_has_closed_since_stays_chosen(cast: Cast) -> None:
    of = begun(cast, round=a_round(cast))
    browser = friends()
    assert of.round
    type(of.round).objects.update(status="closed")

    page(browser, f"{of.get_absolute_url()}what/", **WHAT | {"round": str(of.round.pk)})

    of.refresh_from_db()
    assert (of.what, of.round_id) == (WHAT["what"], of.round.pk)


def test_what_is_said_again_as_it_was_is_no_change(cast: Cast) -> None:
    of = written(cast, is_challenge=True)
    lines = Entry.objects.count()
    wish = Wish(services=[cast.service("DPS01")], places=[cast.coldbrook], what=of.what)
    said = {name: value for name, value in CHALLENGED.items() if name != "part"}

    actions.say_what(of=of, version=of.version, wish=wish, by=FRIENDS)
    challenged = actions.Challenged(is_whole=False, **said)
    actions.challenge(of=of, version=of.version, said=challenged, by=FRIENDS)

    assert Entry.objects.count() == lines


def test_a_challenge_outside_the_period_is_warned_of_and_not_stopped(cast: Cast) -> None:
    of = written(cast, is_challenge=True)
    held = Challenge.objects.get()
    held.period = Challenge.Period.OUTSIDE

    assert "may refuse a challenge that comes outside" in " ".join(policies.warnings_of(of, held))
