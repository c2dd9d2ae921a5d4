"""A body's own rule of how its people sign in; and that access ends with the office, at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import localdate, now

from tests.cast import DAY, Cast
from tests.signing_in.links import app_of, ask, code_of, mailed, sign_in
from waywarden.county.people import actions as people
from waywarden.county.people.models import Office, Person, SignInRule, requires_second_factor
from waywarden.county.signing_in import actions, queries
from waywarden.county.signing_in.entering import CAME
from waywarden.county.signing_in.middleware import SEEN
from waywarden.county.signing_in.models import Link, SignIn, UsedCode
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.forms.models import Bucket
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.work import chores

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

RULE = "/bodies/wychbourne-council/sign-in-rule/"


def sent(office: Office, required: str, reason: str = "The council resolved so") -> dict:
    rule = SignInRule.objects.filter(body=office.body).first()
    seen = rule.version if rule else 0
    return {"acting_in": office.pk, "required": required, "reason": reason, "version": seen}


def test_every_council_begins_with_the_second_step_on(cast: Cast) -> None:
    councils = [cast.county_council, cast.marlshire_council, cast.wychbourne_council]
    councils += [cast.coldbrook_council, cast.little_haye_parish, cast.marl_green_meeting]

    assert all(requires_second_factor(body) for body in councils)


def test_a_clerk_turns_the_rule_off_and_on_with_a_reason(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(cast.bron)

    assert browser.post(RULE, sent(office, "no"))["Location"] == RULE
    assert "with a link by e-mail alone" in browser.get(RULE).content.decode()
    line = Entry.objects.latest("number")
    assert (line.did, line.reason) == ("said how its people sign in", "The council resolved so")
    assert line.before == {"requires_second_factor": True}
    assert line.after == {"requires_second_factor": False}

    link_alone = Client()
    sign_in(link_alone, "bron@example.org")
    assert "You act as" in link_alone.get("/privacy/").content.decode()

    browser.post(RULE, sent(office, "yes"))
    assert SignInRule.objects.get().requires_second_factor
    assert "You act as" not in link_alone.get("/privacy/").content.decode()


def test_a_rule_needs_a_choice_and_a_reason(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(cast.bron)

    assert browser.post(RULE, sent(office, "no", reason="")).status_code == 400
    assert browser.post(RULE, sent(office, "perhaps")).status_code == 400
    assert not SignInRule.objects.exists()


def test_of_two_who_set_the_rule_the_second_is_shown_both(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(cast.bron)
    of_both = sent(office, "no")
    browser.post(RULE, of_both)

    again = browser.post(RULE, of_both)
    assert again["Location"] == RULE
    assert Entry.objects.filter(did=actions.SET_RULE).count() == 1

    browser.post(RULE, sent(office, "yes"))
    answer = browser.post(RULE, of_both | {"version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    table = page.split("<tbody")[1].split("</tbody>")[0]
    assert "A link by e-mail or a password is enough" in table
    assert "<strong>No</strong>" not in table
    assert "Nothing" not in table
    assert "They take a second step" in page
    assert "The council resolved so" in page
    assert SignInRule.objects.get().requires_second_factor


def test_a_rule_that_was_never_set_has_no_version_to_change(cast: Cast) -> None:
    with pytest.raises(Overtaken):
        actions.set_rule(
            body=cast.wychbourne_council, version=3, requires_second_step=False, reason="x",
            is_proved=True, by=cast.by,
        )  # fmt: skip


def test_nobody_shuts_themselves_out_by_the_rule(cast: Cast) -> None:
    office = cast.at_wychbourne
    SignInRule.objects.create(body=office.body, requires_second_factor=False)
    browser = cast.signed_in_one_way(cast.bron)

    answer = browser.post(RULE, sent(office, "yes"))

    assert answer.status_code == 400
    assert "your own office would close" in answer.content.decode()
    assert not SignInRule.objects.get().requires_second_factor


def test_the_rule_of_another_council_is_not_theirs_to_set(cast: Cast) -> None:
    office = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)

    assert browser.get(RULE).status_code == 403
    assert browser.post(RULE, sent(office, "no")).status_code == 403
    assert browser.get("/bodies/nowhere/sign-in-rule/").status_code == 404


def test_ab12_a_clerk_whose_office_ended_is_refused_on_the_next_request(cast: Cast) -> None:
    office = cast.at_wychbourne
    Office.objects.filter(pk=office.pk).update(starts_on=localdate() - timedelta(days=9))
    office.refresh_from_db()
    browser = cast.signed_in(cast.bron)
    assert browser.get(RULE).status_code == 200

    yesterday = localdate() - timedelta(days=1)
    people.end_office(office=office, on=yesterday, by=cast.by, today=localdate())

    assert browser.get(RULE).status_code == 403
    answer = browser.post(RULE, sent(office, "no"))
    assert answer.status_code == 409
    assert "That office has ended" in answer.content.decode()
    assert not SignInRule.objects.exists()


def test_ab12_a_person_made_inactive_is_out_at_once_everywhere(cast: Cast, client: Client) -> None:
    assert cast.bron
    sign_in(client, "bron@example.org")
    asked = Client()
    ask(asked, "bron@example.org")
    Person.objects.filter(pk=cast.bron.pk).update(is_active=False)

    assert client.get("/account/").status_code == 302
    assert asked.post(mailed()).status_code == 410
    assert client.post("/sign-in/", {"email": "bron@example.org"}).status_code == 302


def test_ab12_the_old_mailbox_is_not_enough_to_come_back(cast: Cast) -> None:
    """Whoever reads the council's mailbox gets the link, but has neither app nor passkey."""
    assert cast.at_wychbourne
    app_of(cast.bron)
    successor = Client()

    assert sign_in(successor, "bron@example.org") == "/sign-in/second-step/"
    for address in ("/account/", "/account/sign-in/password/", RULE):
        assert successor.get(address)["Location"].startswith("/sign-in/")


def test_a_session_begins_anew_at_sign_in(cast: Cast, client: Client) -> None:
    assert cast.bron
    ask(client, "bron@example.org")
    before = client.session.session_key

    client.post(mailed())

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_who_signs_in_after_somebody_else_inherits_nothing(cast: Cast, client: Client) -> None:
    office = cast.at_wychbourne
    secret = app_of(cast.bron)
    sign_in(client, "bron@example.org")
    client.post("/sign-in/second-step/", {"code": code_of(secret)})
    client.post("/account/office/", {"office": office.pk})
    assert cast.at_coldbrook

    sign_in(client, "colm@example.org")

    assert "acting_office" not in client.session
    assert "your office needs a second step" in client.get("/privacy/").content.decode()


def test_a_week_is_the_longest_whether_or_not_in_use(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    session = browser.session
    session[CAME] -= 8 * 24 * 60 * 60
    session.save()

    assert browser.get("/account/").status_code == 302


def test_who_is_at_work_stays_signed_in(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    session = browser.session
    session[SEEN] -= 11 * 60
    session.save()
    Session.objects.update(expire_date=now() + timedelta(hours=1))

    browser.get("/privacy/")

    assert Session.objects.get().expire_date > now() + timedelta(hours=11)


def test_a_worker_forgets_what_is_past_once_a_day(cast: Cast, client: Client) -> None:
    assert cast.bron
    sign_in(client, "bron@example.org")

    chores.do_chores(now=now() + timedelta(hours=13))

    for kind in (Link, SignIn, Session, Bucket):
        assert not kind.objects.exists(), kind


def test_what_is_past_is_forgotten(cast: Cast, client: Client) -> None:
    secret = app_of(cast.bron)
    sign_in(client, "bron@example.org")
    client.post("/sign-in/second-step/", {"code": code_of(secret)})
    later = now() + timedelta(hours=13)

    assert queries.sign_ins_of(cast.bron, now=now())
    assert not queries.sign_ins_of(cast.bron, now=later)
    actions.forget_what_is_past(today=DAY, now=now())
    assert SignIn.objects.exists()
    actions.forget_what_is_past(today=DAY, now=later)

    for kind in (Link, UsedCode, SignIn, Session):
        assert not kind.objects.exists(), kind


def test_a_letter_is_no_reason_for_a_rule(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)

    answer = browser.post(RULE, sent(office, "no", reason="x"))

    assert answer.status_code == 400
    assert "Say why in a few words more" in answer.content.decode()
    assert not SignInRule.objects.exists()
