"""What the journal says by key is read by name, by those who may know it."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.offices.asked import days, send
from tests.pages.reading import Page, body_of
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

TRAIL = "/bodies/wychbourne-council/journal/"
PEOPLE = "/bodies/wychbourne-council/people/"


def words(browser: Client, address: str) -> str:
    return Page(body_of(browser.get(address))).words


def test_a_colleague_is_called_by_name_and_their_council_too(cast: Cast) -> None:
    office = cast.at_wychbourne

    said = words(cast.signed_in(cast.bron), TRAIL)

    assert "gave an office: Clerk (Bron)" in said
    assert "Person Bron" in said
    assert "Body Wychbourne Town Council" in said
    assert cast.bron.key not in said
    # What the journal itself holds stays a key.
    assert Entry.objects.get(subject_kind="office").after["person"] == office.person.key


def test_somebody_of_another_body_is_no_more_than_somebody_there(cast: Cast) -> None:
    own, town = cast.at_wychbourne, cast.wychbourne_council
    for who in (cast.at_coldbrook.person, cast.dot):
        journal.write(by=own.actor, did="wrote to", to=town.subject, after={"person": who.key})

    said = words(cast.signed_in(cast.bron), TRAIL)

    assert "somebody at Coldbrook Parish Council" in said
    assert "Colm" not in said
    assert said.count("Person somebody") == 2
    assert "Dot" not in said


def test_what_somebody_typed_is_not_taken_for_a_key(cast: Cast) -> None:
    own, colm, long = cast.at_wychbourne, cast.at_coldbrook.person, f"person-{'9' * 30}"
    after = {"source": colm.key, "person": long}
    journal.write(by=own.actor, did="noted", to=own.subject, after=after)

    said = words(cast.signed_in(cast.bron), TRAIL)

    assert f"Source {colm.key}" in said
    assert f"Person {long}" in said


def test_an_invitation_is_called_by_its_office_and_what_has_a_number_alone_is_not_called(
    cast: Cast,
) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    fields = {"address": "lou@example.org", "kind": "councillor"} | days()
    assert send(browser, f"{PEOPLE}invite/", office, **fields).status_code == 302
    withdraw = f"{PEOPLE}invitations/1/withdraw/"
    number = Entry.objects.get(did="sent an invitation").after["invitation"].split("-")[1]
    send(browser, withdraw.replace("/1/", f"/{number}/"), office)
    key = Subject("calendar", "calendar-1", bodies=(office.body.key,))
    journal.write(by=office.actor, did="made a calendar address", to=key)

    said = words(browser, TRAIL)

    assert "Invitation to be Councillor" in said
    assert "made a calendar address" in said
    assert "calendar-" not in said


def test_the_people_page_says_whose_office_was_changed(cast: Cast) -> None:
    assert cast.at_wychbourne

    assert "gave an office: Clerk (Bron)." in words(cast.signed_in(cast.bron), PEOPLE)


def test_the_trail_is_downloaded_with_names(cast: Cast) -> None:
    assert cast.at_wychbourne
    browser = cast.signed_in(cast.bron)

    table = body_of(browser.get("/bodies/wychbourne-council/journal.csv"))

    assert "Clerk (Bron)" in table
    assert cast.bron.key not in table
