"""Forms that came too late: said so, in words, with what was typed and a way on."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offices.asked import send
from tests.offices.letters import link_in_last_letter
from tests.pages.reading import Page, body_of
from waywarden.county.offices import actions as offices
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.models import Invitation
from waywarden.county.people import actions as people
from waywarden.county.people.models import Office

pytestmark = pytest.mark.django_db

INVITE = "/bodies/wychbourne-council/people/invite/"
ADD = "/bodies/wychbourne-council/contacts/add/"
TYPED = {"address": "fay@example.org", "password": "correct horse", "acting_in": "1", "once": "k"}


@pytest.mark.parametrize("where", [INVITE, "/account/notices/", "/views/", "/account/office/"])
def test_a_form_sent_after_the_sign_in_ended_is_given_back(client: Client, where: str) -> None:
    answer = client.post(where, TYPED)

    page = Page(body_of(answer))
    assert answer.status_code == 401
    assert "Nothing was saved" in page.words
    assert page.texts("textarea") == ["fay@example.org"]
    assert "correct horse" not in body_of(answer)


def test_after_signing_in_people_come_back_to_the_page_that_held_the_form(client: Client) -> None:
    ours = {"Referer": "http://testserver/bodies/wychbourne-council/people/?page=2"}
    theirs = {"Referer": "https://elsewhere.example/bodies/"}

    back = body_of(client.post("/account/office/", TYPED, headers=ours))
    stays = body_of(client.post("/account/office/", TYPED, headers=theirs))

    assert 'href="/sign-in/?next=/bodies/wychbourne-council/people/%3Fpage%3D2"' in back
    assert 'href="/sign-in/?next=/account/office/"' in stays


def test_an_address_that_takes_forms_alone_says_so_and_leads_to_the_page_above(
    cast: Cast,
) -> None:
    browser = cast.signed_in(cast.bron)

    answer = browser.get("/account/office/")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "only takes what a form sends" in body_of(answer)
    assert 'href="/account/"' in body_of(answer)
    assert 'href="/views/"' not in body_of(browser.get("/views/"))


def test_a_page_without_a_form_says_that_nothing_was_saved(client: Client) -> None:
    answer = client.post("/glossary/", TYPED)

    assert answer.status_code == 405
    assert "Nothing you sent was saved" in body_of(answer)


def test_ab2_a_form_of_another_office_is_given_back_with_a_way_to_that_office(cast: Cast) -> None:
    here, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    there = cast.office(cast.bron, cast.coldbrook_council, "clerk")
    browser.post("/account/office/", {"office": there.pk})

    answer = send(browser, INVITE, here, address="fay@example.org")

    page = Page(body_of(answer))
    assert answer.status_code == 409
    assert page.texts("textarea") == ["fay@example.org"]
    assert f"Act as {here}" in page.words
    gone_on = browser.post("/account/office/", {"office": here.pk, "next": INVITE})
    assert gone_on["Location"] == INVITE
    assert browser.get(INVITE).status_code == 200


@pytest.mark.parametrize("where", [INVITE, ADD])
def test_a_form_sent_after_ones_only_office_ended_says_that_it_ended(
    cast: Cast, where: str
) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    people.end_at_once(office=office, by=cast.by, now=timezone.now(), today=localdate())

    answer = send(browser, where, office, address="fay@example.org")

    said = body_of(answer)
    assert answer.status_code == 409
    assert "Nothing was saved" in said
    assert f"You opened the form as {office}. That office has ended" in said
    assert "None" not in said
    assert "fay@example.org" in said


def test_a_second_office_does_not_take_the_place_of_the_first_unasked(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    offer = Offer(cast.bron.email, "councillor", *_days())
    offices.invite(
        body=cast.coldbrook_council,
        offer=offer,
        by=cast.at_coldbrook,
        now=timezone.now(),
        today=localdate(),
    )

    said = body_of(browser.post(link_in_last_letter(), {}, follow=True))

    assert Invitation.objects.get().gave.person == cast.bron
    assert f"You still act as {office}" in said
    assert browser.get("/bodies/wychbourne-council/people/").status_code == 200
    # Nor where somebody else appoints them, and no answer of theirs could say so.
    fresh = cast.signed_in(cast.bron)
    assert fresh.get("/bodies/wychbourne-council/people/").status_code == 200


def test_a_page_that_another_office_of_theirs_opens_offers_to_act_in_it(cast: Cast) -> None:
    here, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    there = cast.office(cast.bron, cast.coldbrook_council, "councillor")
    coldbrooks = "/bodies/coldbrook-council/people/"

    refused = browser.get(f"{coldbrooks}?page=1")

    assert refused.status_code == 403
    said = body_of(refused)
    assert f"Act as {there}" in said
    assert f'name="next" value="{coldbrooks}?page=1"' in said
    assert here == Office.objects.get(pk=here.pk)
    # A councillor appoints nobody, so that page is offered in no office.
    assert "Act as" not in body_of(browser.get(f"{coldbrooks}invite/"))


def test_whoever_chooses_an_office_they_lost_is_told(cast: Cast) -> None:
    browser = cast.signed_in(cast.at_wychbourne.person)

    said = body_of(browser.post("/account/office/", {"office": "999"}, follow=True))

    assert "You do not hold that office any more" in said


def _days() -> tuple[date, date]:
    first = localdate()
    return first, first.replace(year=first.year + 1)
