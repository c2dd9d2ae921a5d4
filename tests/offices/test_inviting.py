"""Somebody new is invited to an office, and has it when they accept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offices.asked import days, send
from tests.offices.letters import last_letter, link_in_last_letter, told
from waywarden.county.offices.models import INVITED_FOR, Invitation
from waywarden.county.people.models import Office, Person
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.tables.lists import NOTHING_TO_PRESS

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

INVITE = "/bodies/wychbourne-council/people/invite/"
PEOPLE = "/bodies/wychbourne-council/people/"
NEW = {"address": "Fay@Example.org", "kind": "deputy-clerk"}


def invited(cast: Cast, **more: object) -> str:
    """Let Bron invite Fay as deputy clerk; give the address of the invitation's page."""
    office = cast.at_wychbourne
    answer = send(cast.signed_in(cast.bron), INVITE, office, **(NEW | days() | more))
    assert answer.status_code == 302, answer.content.decode()
    return link_in_last_letter()


def fay() -> Person:
    return Person.objects.get(email="fay@example.org")


def test_a_clerk_invites_a_deputy_who_accepts_without_having_signed_in(cast: Cast) -> None:
    link = invited(cast)
    browser = Client()

    page = browser.get(link).content.decode()
    assert "Deputy clerk, Wychbourne Town Council" in page
    answer = browser.post(link, {"shown_as": "Fay"}, follow=True)

    office = Office.objects.get(person=fay())
    assert (office.body, office.kind) == (cast.wychbourne_council, "deputy-clerk")
    assert "Sign in to begin" in answer.content.decode()
    assert "Accepted already" not in answer.content.decode()
    assert "You act as" not in answer.content.decode()
    assert cast.signed_in(fay()).get(PEOPLE).status_code == 200
    assert journal.faults() == []


def test_somebody_who_is_known_already_need_not_say_their_name(cast: Cast) -> None:
    colm = cast.colm
    link = invited(cast, address="COLM@example.org")

    assert "Your name" not in Client().get(link).content.decode()
    Client().post(link, {})

    assert Office.objects.get(body=cast.wychbourne_council, person=colm).kind == "deputy-clerk"


def test_who_gives_no_name_is_asked_for_it_and_gets_nothing_yet(cast: Cast) -> None:
    link = invited(cast)

    answer = Client().post(link, {"shown_as": ""})

    assert answer.status_code == 400
    assert "Enter your name" in answer.content.decode()
    assert not Person.objects.filter(email="fay@example.org").exists()


def test_the_letter_says_what_is_offered_by_whom_and_until_when(cast: Cast) -> None:
    invited(cast)
    letter = last_letter()

    assert letter.to_email == "fay@example.org"
    assert "Clerk, Wychbourne Town Council invites you to be Deputy clerk" in letter.text
    assert "works once" in letter.text
    assert "Bron" not in letter.text


def test_the_key_of_an_invitation_is_kept_as_a_hash_alone(cast: Cast) -> None:
    token = invited(cast).split("/")[-2]

    assert Invitation.objects.get().token_hash == hash_of(token)
    assert token not in str(Invitation.objects.values())


def test_the_journal_knows_of_the_invitation_but_not_of_the_address(cast: Cast) -> None:
    link = invited(cast)
    Client().post(link, {"shown_as": "Fay"})

    lines = str(list(Entry.objects.values()))
    assert "sent an invitation" in lines
    assert "accepted an invitation" in lines
    assert "fay" not in lines.lower()


def test_an_unknown_key_opens_nothing(cast: Cast) -> None:
    assert Client().get("/invitations/no-such-key/").status_code == 404
    assert Client().post("/invitations/no-such-key/", {"shown_as": "Dot"}).status_code == 404


def test_an_invitation_lapses_after_fourteen_days(cast: Cast) -> None:
    link = invited(cast)
    Invitation.objects.update(expires_at=timezone.now())

    assert Client().get(link).status_code == 410
    answer = Client().post(link, {"shown_as": "Fay"})

    assert answer.status_code == 409
    assert "lapsed" in answer.content.decode()
    assert not Person.objects.filter(email="fay@example.org").exists()
    assert timedelta(days=14) == INVITED_FOR


def test_withdrawing_is_offered_only_while_an_invitation_is_open(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    listed = f"{PEOPLE}invitations/"
    send(browser, INVITE, office, **(NEW | days()))
    assert "What you can do" in browser.get(listed).content.decode()

    Invitation.objects.update(status="withdrawn", answered_at=timezone.now())
    assert "What you can do" not in browser.get(listed).content.decode()

    send(browser, INVITE, office, **(NEW | days()))
    shown = browser.get(listed).content.decode()
    assert shown.count('data-label="What you can do"') == 2
    assert shown.count(f">{NOTHING_TO_PRESS}<") == 1


def test_an_invitation_that_was_withdrawn_opens_nothing(cast: Cast) -> None:
    office, link = cast.at_wychbourne, ""
    answer = send(cast.signed_in(cast.bron), INVITE, office, **(NEW | days()))
    link, browser = link_in_last_letter(), cast.signed_in(cast.bron)
    number = Invitation.objects.get().pk

    assert "fay@example.org" in browser.get(PEOPLE).content.decode()
    answer = send(browser, f"{PEOPLE}invitations/{number}/withdraw/", office)

    assert answer.status_code == 302
    assert "fay@example.org" not in browser.get(PEOPLE).context["page"].invitations
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"shown_as": "Fay"}).status_code == 409
    again = send(browser, f"{PEOPLE}invitations/{number}/withdraw/", office)
    assert "before you" in browser.get(again["Location"]).content.decode()


def test_the_same_address_is_not_invited_twice_to_the_same_office(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(cast.bron)
    send(browser, INVITE, office, **(NEW | days()))

    answer = send(browser, INVITE, office, **(NEW | days()))

    assert answer.status_code == 400
    assert "is still open. Withdraw it first" in answer.content.decode()
    assert Invitation.objects.count() == 1
    assert told() == ["fay@example.org"]


def test_once_an_invitation_has_lapsed_another_may_be_sent(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(cast.bron)
    send(browser, INVITE, office, **(NEW | days()))
    Invitation.objects.update(expires_at=timezone.now())

    send(browser, INVITE, office, **(NEW | days()))

    statuses = sorted(Invitation.objects.values_list("status", flat=True))
    assert statuses == ["sent", "withdrawn"]


def test_a_form_sent_twice_invites_once(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    fields = {"once": "6f9fa3a2-6a7c-4b9c-9e4b-0a4f3f8d1c11"} | NEW | days()

    first = send(browser, INVITE, office, **fields)
    second = send(browser, INVITE, office, **fields)

    assert first["Location"] == second["Location"]
    assert Invitation.objects.count() == 1


def test_nobody_sends_more_than_twenty_invitations_in_a_day(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    for n in range(20):
        send(browser, INVITE, office, **(NEW | days() | {"address": f"p{n}@example.org"}))
    assert Invitation.objects.count() == 20

    answer = send(browser, INVITE, office, **(NEW | days()))

    assert "20 invitations" in answer.content.decode()
    assert Invitation.objects.count() == 20


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": "nobody"}, "Enter an e-mail address in the right form"),
        ({"kind": "monitoring-officer"}, "Choose an office from the list"),
        ({"ends_on": "2001-01-01"}, "Enter a last day that is not before the first day"),
        ({"ends_on": "2099-01-01"}, "Nobody holds an office for ever"),
        ({"starts_on": "2001-01-01", "ends_on": "2002-01-01"}, "would have ended"),
        ({"starts_on": "soon"}, "Enter the date as day, month and year"),
    ],
)
def test_an_office_that_cannot_be_is_refused_in_words(
    cast: Cast, wrong: dict[str, str], words: str
) -> None:
    office = cast.at_wychbourne

    answer = send(cast.signed_in(cast.bron), INVITE, office, **(NEW | days() | wrong))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_office_that_ended_before_anybody_accepted_is_not_given(cast: Cast) -> None:
    today = localdate()
    link = invited(cast, **days(today - timedelta(days=9), today))
    Invitation.objects.update(ends_on=today - timedelta(days=1))

    assert "ended on" in Client().post(link, {"shown_as": "Fay"}).content.decode()
    assert not Office.objects.filter(kind="deputy-clerk").exists()


def test_an_account_that_was_closed_is_given_no_office(cast: Cast) -> None:
    colm = cast.colm
    link = invited(cast, address=colm.email)
    Person.objects.filter(pk=colm.pk).update(is_active=False)

    answer = Client().post(link, {})

    assert answer.status_code == 409
    assert "closed" in answer.content.decode()
    assert Invitation.objects.get().status == Invitation.Status.SENT


def test_an_office_one_holds_already_is_not_given_again(cast: Cast) -> None:
    bron = cast.bron
    link = invited(cast, address=bron.email, kind="clerk", **days(cast.today))

    answer = Client().post(link, {})

    assert answer.status_code == 409
    assert "already" in answer.content.decode()


def test_who_is_signed_in_as_somebody_else_is_told_whose_office_it_is(cast: Cast) -> None:
    link = invited(cast)

    page = cast.signed_in(cast.dot).get(link).content.decode()

    assert "You are signed in as somebody else" in page


def test_somebody_a_body_knows_is_given_an_office_at_once(cast: Cast) -> None:
    office, dot = cast.at_wychbourne, cast.dot
    cast.office(dot, cast.wychbourne_council, "councillor")
    browser, where = cast.signed_in(cast.bron), f"{PEOPLE}appoint/"

    assert "Dot" in browser.get(where).content.decode()
    answer = send(browser, where, office, person=dot.pk, kind="chair", **days())

    assert answer.status_code == 302
    assert Office.objects.filter(person=dot, kind="chair").exists()


def test_nobody_a_body_does_not_know_can_be_given_an_office_by_number(cast: Cast) -> None:
    office, dot = cast.at_wychbourne, cast.dot

    answer = send(
        cast.signed_in(cast.bron),
        f"{PEOPLE}appoint/",
        office,
        person=dot.pk,
        kind="chair",
        **days(),
    )

    assert answer.status_code == 400
    assert not Office.objects.filter(person=dot).exists()


def test_an_office_held_already_cannot_be_given_again(cast: Cast) -> None:
    office, bron = cast.at_wychbourne, cast.bron
    given = {"person": bron.pk, "kind": "clerk"} | days(cast.today)

    answer = send(cast.signed_in(bron), f"{PEOPLE}appoint/", office, **given)

    assert answer.status_code == 400
    assert "from that day already" in answer.content.decode()


def test_only_a_body_with_a_cabinet_is_asked_for_a_portfolio(cast: Cast) -> None:
    town, county = cast.at_wychbourne, cast.at_the_county

    asked = {
        office: 'name="portfolio"'
        in cast.signed_in(office.person)
        .get(f"/bodies/{office.body.key}/people/invite/")
        .content.decode()
        for office in (town, county)
    }

    assert asked == {town: False, county: True}


def test_a_portfolio_is_a_cabinet_members_or_a_directors_alone(cast: Cast) -> None:
    office = cast.at_the_county
    where = "/bodies/county-council/people/invite/"
    fields = {"address": "lou@example.org", "portfolio": "transport"} | days()

    refused = send(cast.signed_in(cast.ada), where, office, kind="officer", **fields)
    taken = send(cast.signed_in(cast.ada), where, office, kind="director", **fields)

    assert "only a cabinet member or director has a portfolio" in refused.content.decode()
    assert (refused.status_code, taken.status_code) == (400, 302)
