"""The second step: asked of who has set one up, needed for a council's office, good for one use."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, override_settings
from django.utils.timezone import now

from tests.cast import Cast
from tests.signing_in.links import app_of, code_of, sign_in
from waywarden.county.signing_in import actions, queries
from waywarden.county.signing_in.actions import WrongCode
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def acts(browser: Client) -> str:
    """Give what the page says of who acts for what."""
    page = browser.get("/privacy/").content.decode()
    return page.split('class="ww-who"')[1].split("</header>")[0]


def test_a_link_alone_opens_no_office_of_a_council(cast: Cast, client: Client) -> None:
    assert cast.at_wychbourne
    sign_in(client, "bron@example.org")

    assert "your office needs a second step" in acts(client)
    assert "A second step is needed" in client.get("/account/").content.decode()
    answer = client.get("/bodies/wychbourne-council/sign-in-rule/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/sign-in/")


def test_a_form_sent_without_the_second_step_changes_nothing(cast: Cast, client: Client) -> None:
    office = cast.at_wychbourne
    sign_in(client, "bron@example.org")
    before = Entry.objects.count()

    sent = {"required": "no", "reason": "In great haste", "version": 0, "acting_in": office.pk}
    answer = client.post("/bodies/wychbourne-council/sign-in-rule/", sent)

    assert Entry.objects.count() == before
    assert answer.status_code == 401
    said = answer.content.decode()
    assert "Nothing was saved." in said
    assert "In great haste" in said


def test_a_link_is_enough_for_a_community_group(cast: Cast, client: Client) -> None:
    group = cast.little_haye_parish
    type(group).objects.filter(pk=group.pk).update(kind="group")
    group.refresh_from_db()
    cast.office(cast.dot, group, "contact")

    sign_in(client, "dot@example.org")

    assert "You act as <strong>Contact of a group or company" in acts(client)


def test_who_has_an_app_is_not_in_before_its_code(cast: Cast, client: Client) -> None:
    assert cast.at_wychbourne
    secret = app_of(cast.bron)

    assert sign_in(client, "bron@example.org") == "/sign-in/second-step/"
    assert client.get("/account/").status_code == 302

    answer = client.post("/sign-in/second-step/", {"code": code_of(secret)})
    assert answer["Location"] == "/account/"
    assert "You act as <strong>Clerk, Wychbourne Town Council" in acts(client)


def test_sec3_a_code_of_the_app_opens_once(cast: Cast) -> None:
    assert cast.at_wychbourne
    secret = app_of(cast.bron)
    one, other = Client(), Client()
    sign_in(one, "bron@example.org")
    sign_in(other, "bron@example.org")
    code = code_of(secret)

    assert one.post("/sign-in/second-step/", {"code": code}).status_code == 302

    again = other.post("/sign-in/second-step/", {"code": f"{code[:3]} {code[3:]}"})
    assert again.status_code == 400
    assert "used already" in again.content.decode()
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("typed", ["", "000", "letters", "1" * 21])
def test_a_wrong_code_opens_nothing(cast: Cast, client: Client, typed: str) -> None:
    app_of(cast.bron)
    sign_in(client, "bron@example.org")

    assert client.post("/sign-in/second-step/", {"code": typed}).status_code == 400
    assert client.get("/account/").status_code == 302


def test_a_code_of_some_minutes_ago_opens_nothing(cast: Cast, client: Client) -> None:
    secret = app_of(cast.bron)
    sign_in(client, "bron@example.org")

    old = client.post("/sign-in/second-step/", {"code": code_of(secret, later=-5)})

    assert old.status_code == 400


def test_a_recovery_code_stands_in_once(cast: Cast) -> None:
    app_of(cast.bron)
    codes = actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)
    one, other = Client(), Client()
    sign_in(one, "bron@example.org")
    sign_in(other, "bron@example.org")

    assert one.post("/sign-in/second-step/", {"code": codes[4]}).status_code == 302
    assert other.post("/sign-in/second-step/", {"code": codes[4]}).status_code == 400
    assert queries.steps_of(cast.bron).codes_left == 9


def test_the_last_recovery_codes_are_told_of(cast: Cast, client: Client) -> None:
    app_of(cast.bron)
    codes = actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)
    for code in codes[:7]:
        actions.use_code(person=cast.bron, code=code, now=now())
    sign_in(client, "bron@example.org")

    page = client.post("/sign-in/second-step/", {"code": codes[9]}, follow=True)

    assert "You have 2 recovery codes left" in page.content.decode()


def test_new_recovery_codes_end_the_old(cast: Cast) -> None:
    app_of(cast.bron)
    old = actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)
    actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)

    with pytest.raises(WrongCode):
        actions.use_code(person=cast.bron, code=old[0], now=now())


def test_the_second_step_waits_ten_minutes(cast: Cast, client: Client) -> None:
    secret = app_of(cast.bron)
    sign_in(client, "bron@example.org")
    session = client.session
    session["second_step_of"] = session["second_step_of"] | {"until": 1}
    session.save()

    page = client.post("/sign-in/second-step/", {"code": code_of(secret)})

    assert "nothing to prove" in page.content.decode()
    assert client.get("/account/").status_code == 302


def test_the_second_step_is_worth_nothing_to_who_was_made_inactive(
    cast: Cast, client: Client
) -> None:
    secret = app_of(cast.bron)
    sign_in(client, "bron@example.org")
    type(cast.bron).objects.filter(pk=cast.bron.pk).update(is_active=False)

    client.post("/sign-in/second-step/", {"code": code_of(secret)})

    assert client.get("/account/").status_code == 302


def test_what_an_app_was_given_is_sealed_in_the_database(cast: Cast) -> None:
    secret = app_of(cast.bron)
    actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert "'seed': 'gAAAA" in kept


def test_a_made_up_passkey_is_refused(cast: Cast, client: Client) -> None:
    assert cast.bron
    assert "publicKey" in client.post("/sign-in/passkey/options/").json()

    for sent in ("", "[]", "{}", '{"response": {"userHandle": "MQ"}}', "not json", "[" * 9999):
        answer = client.post("/sign-in/passkey/", {"credential": sent}, follow=True)
        assert "could not be used here" in answer.content.decode()
        assert client.get("/account/").status_code == 302


def test_a_known_device_has_passkeys_tried_though_its_network_has_used_up_its_tries(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.bron.email)
    client.post("/sign-out/")
    others = Client()
    for _ in range(20):
        others.post("/sign-in/passkey/", {"credential": "{}"})

    assert others.post("/sign-in/passkey/", {"credential": "{}"}).status_code == 429
    assert client.post("/sign-in/passkey/", {"credential": "{}"}).status_code == 302


def test_a_site_that_lost_its_secret_says_what_to_do_and_lets_nobody_in(
    cast: Cast, client: Client
) -> None:
    secret = app_of(cast.bron)
    actions.renew_recovery_codes(person=cast.bron, by=cast.bron.actor)
    with override_settings(SECRET_KEY="another" * 8):
        sign_in(client, "bron@example.org")
        for code in (code_of(secret), "0123456789"):
            page = client.post("/sign-in/second-step/", {"code": code})
            assert "can no longer read what your app was given" in page.content.decode()

        assert queries.steps_of(cast.bron).codes_left == 0
        assert client.get("/account/").status_code == 302


def test_a_secret_of_before_still_opens_what_was_sealed_with_it(cast: Cast, client: Client) -> None:
    secret, before = app_of(cast.bron), settings.SECRET_KEY
    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[before]):
        sign_in(client, "bron@example.org")

        assert client.post("/sign-in/second-step/", {"code": code_of(secret)}).status_code == 302
