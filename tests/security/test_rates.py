"""Whatever a visitor may send has a rate: each address is asked, and none may be forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.pages.addresses import EVERYTHING, patterns
from tests.signing_in.links import app_of
from waywarden.county.signing_in.entering import AWAITED
from waywarden.county.signing_in.limits import PASSKEYS, STRANGERS
from waywarden.fabric.notices.letters import stop_token

pytestmark = [pytest.mark.django_db]

#: More than anybody may send in an hour, from one network.
MANY = 130
BRON = "bron@example.org"
#: What a form must hold so that something is done for it.
SENT = {
    "people:sign-in": {"email": BRON},
    "people:password": {"email": BRON, "password": "wrong"},
    "people:second-step": {"code": "123456"},
    "people:passkey": {"credential": "{}"},
}
#: What a visitor may send as often as they please, each with its reason.
NO_RATE = {"people:sign-out": "It makes nothing: it only forgets."}


def is_for_those_signed_in(answer: HttpResponse) -> bool:
    """Whether a form was refused before anything was looked at."""
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
    return to_sign_in or answer.status_code in (401, 405)


def visitor(cast: Cast, name: str) -> Client:
    """Give a visitor's browser; at the second step one whose first was Bron's link."""
    browser = Client()
    if name == "people:second-step":
        app_of(cast.bron)
        session = browser.session
        until = (timezone.now() + timedelta(minutes=9)).timestamp()
        session[AWAITED] = {"person": cast.bron.pk, "way": "a link", "until": until}
        session.save()
    return browser


def public(cast: Cast) -> set[str]:
    """Name every address at which a visitor's form is looked at."""
    return {
        name
        for name, address in EVERYTHING.items()
        if not is_for_those_signed_in(Client().post(address, SENT.get(name, {})))
    }


def test_every_form_a_visitor_may_send_has_a_rate(cast: Cast) -> None:
    assert set(patterns()) == set(EVERYTHING)
    unlimited = set()

    for name in public(cast):
        browser, address = visitor(cast, name), EVERYTHING[name]
        answers = (browser.post(address, SENT.get(name, {})) for _ in range(MANY))
        refused = next((answer for answer in answers if answer.status_code == 429), None)
        if refused is None or "Retry-After" not in refused:
            unlimited.add(name)

    assert unlimited == set(NO_RATE)


def test_a_form_that_is_not_for_visitors_begins_no_session_of_theirs(cast: Cast) -> None:
    for name in set(EVERYTHING) - public(cast):
        Session.objects.all().delete()
        Client().post(EVERYTHING[name])
        assert not Session.objects.exists(), name


def test_whoever_asks_without_end_begins_only_so_many_sessions(cast: Cast) -> None:
    for _ in range(STRANGERS.most + 20):
        asked = Client(headers={"Cookie": "session=made-up"}).get("/sign-in/?next=/account/")
        assert asked.status_code == 200
    for _ in range(PASSKEYS.most + 20):
        Client().post("/sign-in/passkey/options/")

    assert Session.objects.count() == STRANGERS.most + PASSKEYS.most


def test_a_page_asked_for_twice_in_one_browser_is_counted_once(cast: Cast) -> None:
    browser = Client()

    for _ in range(STRANGERS.most + 20):
        browser.get("/sign-in/?next=/account/")
        browser.get("/sign-in/?next=/imports/")

    assert browser.session["meant_to_see"] == "/imports/"


def test_one_persons_letters_stay_stoppable_while_others_stop_theirs(cast: Cast) -> None:
    others = [f"/notices/stop/{stop_token(f'person-{each}', 'offices')}/" for each in range(MANY)]

    answers = [Client().post(address).status_code for address in others]

    assert set(answers) == {200}
