"""Pages about letters: one's own choices, stopping at one click, and the operator's log."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.notices.telling import BRON, COLM, tell, told
from waywarden.fabric.notices.letters import letter_of, stop_token
from waywarden.fabric.notices.models import Notice, Preference

pytestmark = [pytest.mark.django_db]

CHOICES, LOG = "/account/notices/", "/notices/log/"


@pytest.fixture
def operator(cast: Cast) -> Client:
    ada = cast.ada
    ada.is_operator = True
    ada.save()
    return cast.signed_in(ada)


def test_the_operator_takes_a_second_step_before_the_log_opens(cast: Cast) -> None:
    ada = cast.ada
    ada.is_operator = True
    ada.save()
    browser = cast.signed_in_one_way(ada)

    page, sent = browser.get(LOG), browser.post(f"{LOG}1/again/")

    assert (page.status_code, page["Location"]) == (302, "/account/sign-in/")
    assert sent.status_code == 401
    assert "Your second step is needed" in words(sent)


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_bron_chooses_to_hear_once_a_day(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)

    shown = words(browser.get(CHOICES))
    about_clusters = ("clusters", "joining", "alone", "who-goes-alone")
    others = ("figures", "offers", "interest", *about_clusters)
    chosen = {"offices": "daily"} | dict.fromkeys(others, "now")
    sent = browser.post(CHOICES, chosen, follow=True)

    assert "We write to bron@example.org." in shown
    assert "Your choices are kept." in words(sent)
    assert Preference.objects.get().how == "daily"
    assert re.search(r'<input[^>]*value="daily"[^>]*checked', words(sent))


def test_a_way_that_there_is_not_is_refused_in_words(cast: Cast) -> None:
    answer = cast.signed_in(cast.bron).post(CHOICES, {"offices": "by pigeon"})

    assert answer.status_code == 400
    assert "<title>Error: " in words(answer)
    assert "Choose one of the ways listed" in words(answer)
    assert not Preference.objects.exists()


@pytest.mark.parametrize("address", [CHOICES, LOG])
def test_who_has_not_signed_in_is_asked_to(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_one_click_stops_a_topic_without_signing_in(cast: Cast) -> None:
    address = f"/notices/stop/{stop_token(BRON.key, 'offices')}/"
    # As a mail program does it: no cookie, no token of a form.
    program = Client(enforce_csrf_checks=True)

    asked = program.get(address)
    assert tell(BRON) is not None
    done = program.post(address, {"List-Unsubscribe": "One-Click"})

    assert "Stop these letters?" in words(asked)
    assert "We will not write of this again" in words(done)
    assert tell(BRON) is None
    assert tell(COLM) is not None


def test_the_address_in_a_letter_is_the_one_that_stops_it(cast: Cast) -> None:
    header = letter_of(told()).message()["List-Unsubscribe"].strip("<>")

    Client().post(header.removeprefix("http://localhost:8000"))

    assert tell(BRON) is None


def test_a_forged_address_stops_nothing(cast: Cast, client: Client) -> None:
    token = stop_token(BRON.key, "offices")

    assert client.post("/notices/stop/forged/").status_code == 404
    assert client.post(f"/notices/stop/{token[:-1]}/").status_code == 404
    assert tell(BRON) is not None


@pytest.mark.parametrize("topic", ["gatherings-of-1999", "outside", "signing-in"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_to_stop_what_cannot_be_stopped_says_so(
    cast: Cast, client: Client, topic: str, method: str
) -> None:
    answer = getattr(client, method)(f"/notices/stop/{stop_token(BRON.key, topic)}/")

    assert answer.status_code == 200
    assert "<h1>There is nothing to stop here</h1>" in words(answer)
    assert "We will not write" not in words(answer)
    assert not Preference.objects.exists()


def test_the_log_is_for_the_operator_alone(cast: Cast) -> None:
    notice = told()
    browser = cast.signed_in(cast.bron)

    assert browser.get(LOG).status_code == 403
    assert browser.post(f"{LOG}{notice.pk}/again/").status_code == 403


def test_the_log_shows_what_became_of_a_letter_and_nothing_it_says(operator: Client) -> None:
    empty = words(operator.get(LOG))
    notice = told()
    facts = {"status": "quarantined", "tries": 5, "trouble": "550 unknown b•••@wychbourne.example"}
    Notice.objects.filter(pk=notice.pk).update(**facts)

    shown = words(operator.get(LOG))

    assert "No letter has been written yet." in empty
    assert "Set aside" in shown
    assert "550 unknown" in shown
    assert "b•••@wychbourne.example" in shown
    assert "bron@wychbourne" not in shown
    assert notice.subject not in shown
    assert notice.text not in shown


def test_the_operator_tries_a_letter_again_that_was_set_aside(operator: Client) -> None:
    notice = told()
    Notice.objects.update(status="quarantined", tries=5)
    address = f"{LOG}{notice.pk}/again/"

    first = operator.post(address, follow=True)
    second = operator.post(address, follow=True)

    assert "tried again within a minute" in words(first)
    assert "not set aside any more" in words(second)
    assert Notice.objects.get().status == "waiting"


def test_trying_again_is_offered_only_where_a_letter_was_set_aside(operator: Client) -> None:
    told()
    assert "Try again" not in words(operator.get(LOG))

    Notice.objects.update(status="quarantined", tries=5)
    told(COLM)
    shown = words(operator.get(LOG))

    assert shown.count('data-label="Try again"') == 2
    assert shown.count("Try again<span") == 1
    assert 'data-label="Try again">–</td>' in shown
    assert "Nothing" not in shown


@pytest.mark.parametrize("address", [LOG, "/jobs/"])
def test_the_operators_pages_lead_back_to_the_account(operator: Client, address: str) -> None:
    assert '<a class="govuk-breadcrumbs__link" href="/account/">' in words(operator.get(address))
