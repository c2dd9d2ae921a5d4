"""AB12, the leavers rule: when an office ends, the next request is refused everywhere."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.offices.asked import days, send
from tests.offices.letters import last_letter, link_in_last_letter, told
from waywarden.county.people import actions as people
from waywarden.county.people.models import Office, Person
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PEOPLE = "/bodies/wychbourne-council/people/"
DAY = timedelta(days=1)


def own_pages(office: Office) -> list[str]:
    """Give every page that Bron's office opens."""
    more = ["", "appoint/", "invite/"]
    more += [f"{office.pk}/{what}/" for what in ("hand-over", "end", "extend")]
    return [PEOPLE + page for page in more] + ["/bodies/wychbourne-council/people.csv"]


def test_ab12_a_clerk_who_left_is_refused_everywhere(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    assert {browser.get(page).status_code for page in own_pages(office)} == {200}

    people.end_at_once(office=office, by=ADA, now=timezone.now(), today=localdate())

    assert {browser.get(page).status_code for page in own_pages(office)} == {403}
    sent = send(browser, f"{PEOPLE}invite/", office, address="x@example.org", kind="clerk")
    assert sent.status_code == 409
    sent = send(browser, f"{PEOPLE}invite/", None, address="x@example.org", kind="clerk")
    assert sent.status_code == 403
    # The session goes on, and opens nothing.
    assert "You hold no office today" in browser.get("/account/").content.decode()


def test_ab12_an_office_that_ended_yesterday_opens_nothing_today(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    assert browser.get(PEOPLE).status_code == 200

    people.end_office(office=office, on=localdate() - DAY, by=ADA, today=localdate())

    assert browser.get(PEOPLE).status_code == 403


def test_ab12_the_invitations_a_leaver_sent_are_void(cast: Cast) -> None:
    office = cast.at_wychbourne
    given = {"address": "fay@example.org", "kind": "councillor"} | days()
    send(cast.signed_in(cast.bron), f"{PEOPLE}invite/", office, **given)
    link = link_in_last_letter()

    people.end_at_once(office=office, by=ADA, now=timezone.now(), today=localdate())

    assert Client().get(link).status_code == 410
    answer = Client().post(link, {"shown_as": "Fay"})
    assert answer.status_code == 409
    assert "whose office has ended since" in answer.content.decode()
    assert not Person.objects.filter(email="fay@example.org").exists()


def test_ab12_an_office_opens_its_pages_to_the_end_of_its_last_day_and_no_longer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    people.end_office(office=office, on=localdate(), by=ADA, today=localdate())
    assert browser.get(PEOPLE).status_code == 200

    tomorrow = timezone.now() + DAY
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)

    assert cast.signed_in(cast.bron).get(PEOPLE).status_code == 403


def test_a_clerk_resigns_at_once_and_is_led_to_what_everybody_sees(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    where = f"{PEOPLE}{office.pk}/end/"
    page = browser.get(where).content.decode()
    assert "Resign from an office" in page
    assert "Nobody else can give offices here" in page

    answer = send(browser, where, office, version=office.version, when="at-once", reason="Moved")

    assert answer["Location"] == "/bodies/wychbourne-council/"
    assert browser.get(answer["Location"]).status_code == 200
    assert browser.get(PEOPLE).status_code == 403
    assert Entry.objects.order_by("number").last().reason == "Moved"


def test_a_councillor_may_resign_but_end_nobody_elses_office(cast: Cast) -> None:
    clerk, dot = cast.at_wychbourne, cast.dot
    own = cast.office(dot, cast.wychbourne_council, "councillor")
    browser = cast.signed_in(dot)
    given = {"when": "on", "on": localdate().isoformat(), "version": 1}

    assert send(browser, f"{PEOPLE}{clerk.pk}/end/", own, **given).status_code == 403
    assert send(browser, f"{PEOPLE}{own.pk}/end/", own, **given).status_code == 302

    assert Office.objects.get(pk=own.pk).ends_on == localdate()
    assert Office.objects.get(pk=clerk.pk).ends_on == date(2030, 3, 31)


def test_a_clerk_ends_a_councillors_office_on_a_day(cast: Cast) -> None:
    clerk = cast.at_wychbourne
    other = cast.office(cast.dot, cast.wychbourne_council, "councillor")
    on = localdate() + DAY
    given = {"when": "on", "on": on.isoformat(), "version": other.version}

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{other.pk}/end/", clerk, **given)

    assert answer["Location"] == PEOPLE
    assert Office.objects.get(pk=other.pk).ends_on == on


def test_a_day_is_needed_unless_an_office_ends_at_once(cast: Cast) -> None:
    office = cast.at_wychbourne

    answer = send(
        cast.signed_in(cast.bron), f"{PEOPLE}{office.pk}/end/", office, when="on", version=1
    )

    assert answer.status_code == 400
    assert "Enter the last day, or choose that it ends at once" in answer.content.decode()


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 3, 31), "cannot end before that"), (date(2030, 4, 1), "already. Extend it")],
)
def test_an_office_ends_within_its_days(cast: Cast, on: date, words: str) -> None:
    with pytest.raises(people.CannotEnd, match=words):
        people.end_office(office=cast.at_wychbourne, on=on, by=ADA, today=localdate())


def test_an_office_ended_at_once_is_over(cast: Cast) -> None:
    office, now, today = cast.at_wychbourne, timezone.now(), localdate()
    people.end_at_once(office=office, by=ADA, now=now, today=today)

    with pytest.raises(people.CannotEnd, match="already"):
        people.end_at_once(office=office, by=ADA, now=now, today=today)
    with pytest.raises(people.CannotEnd, match="already"):
        people.end_office(office=office, on=today, by=ADA, today=today)
    with pytest.raises(people.CannotExtend, match="Give it anew"):
        people.extend_office(office=office, until=today + DAY, by=ADA, today=today)


def test_an_office_that_was_to_begin_never_does_when_it_is_ended_at_once(cast: Cast) -> None:
    today = localdate()
    office = people.appoint(
        person=cast.dot,
        body=cast.wychbourne_council,
        kind="councillor",
        starts_on=today + DAY,
        ends_on=today + 9 * DAY,
        by=ADA,
        today=today,
    )

    people.end_at_once(office=office, by=ADA, now=timezone.now(), today=today)

    assert not any(
        Office.objects.in_body(office.body).as_of(today + n * DAY).exists() for n in range(12)
    )
    assert not any(office.is_in_force(today + n * DAY) for n in range(12))


def test_a_clerk_extends_an_office(cast: Cast) -> None:
    clerk = cast.at_wychbourne
    other = cast.office(cast.dot, cast.wychbourne_council, "councillor", localdate())
    until = localdate() + 300 * DAY
    given = {"until": until.isoformat(), "version": other.version}

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{other.pk}/extend/", clerk, **given)

    assert answer.status_code == 302
    assert Office.objects.get(pk=other.pk).ends_on == until


def test_nobody_extends_their_own_office_for_years_alone(cast: Cast) -> None:
    office = cast.office(cast.bron, cast.wychbourne_council, "clerk", localdate())
    today, browser = localdate(), cast.signed_in(cast.bron)
    where = f"{PEOPLE}{office.pk}/extend/"

    far = send(browser, where, office, until=(today + 700 * DAY).isoformat(), version=1)
    assert "Somebody else who gives offices" in far.content.decode()
    near = send(browser, where, office, until=(today + 300 * DAY).isoformat(), version=1)

    assert near.status_code == 302


def test_an_office_is_extended_to_a_later_day_and_not_for_ever(cast: Cast) -> None:
    office, today = cast.at_wychbourne, localdate()

    with pytest.raises(people.CannotExtend, match="choose a later day"):
        people.extend_office(office=office, until=office.ends_on, by=ADA, today=today)
    with pytest.raises(people.CannotExtend, match="You can extend it again then"):
        people.extend_office(office=office, until=date(2099, 1, 1), by=ADA, today=today)


def test_who_changes_an_office_that_somebody_changed_meanwhile_sees_both(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    until = localdate() + 300 * DAY
    seen = office.version
    people.end_office(office=office, on=localdate() + DAY, by=ADA, today=localdate())

    where = f"{PEOPLE}{office.pk}/extend/"
    answer = send(browser, where, office, until=until.isoformat(), version=seen)

    words = answer.content.decode()
    assert answer.status_code == 409
    assert f"{until:%-d %B %Y}" in words
    assert f"{localdate() + DAY:%-d %B %Y}" in words
    assert Office.objects.get(pk=office.pk).ends_on == localdate() + DAY
    with pytest.raises(Overtaken):
        people.extend_office(
            office=Office(pk=office.pk, version=seen), until=until, by=ADA, today=localdate()
        )


@pytest.mark.parametrize("when", ["at-once", "on"])
def test_whoever_loses_an_office_through_another_is_written_to(cast: Cast, when: str) -> None:
    office = cast.at_wychbourne
    lost = cast.office(cast.dot, office.body, "councillor")
    fields = {"when": when, "on": localdate().isoformat(), "reason": "The seat is vacant"}

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{lost.pk}/end/", office, version=1, **fields)

    assert answer.status_code == 302, answer.content.decode()
    letter = last_letter()
    assert (letter.to_email, letter.topic) == (cast.dot.email, "office-ended")
    assert f"Your office as {lost}" in letter.text
    assert str(office) in letter.text


def test_whoever_resigns_is_not_written_to(cast: Cast) -> None:
    office = cast.at_wychbourne
    fields = {"when": "at-once", "reason": "I move away", "version": 1}

    send(cast.signed_in(cast.bron), f"{PEOPLE}{office.pk}/end/", office, **fields)

    assert Office.objects.get(pk=office.pk).ended_at
    assert told() == []
