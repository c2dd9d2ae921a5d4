"""Private calendars: the dates of one's office, for as long as the office lasts."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate
from icalendar import Calendar, Event

from tests.cast import Cast
from waywarden.county.offices.models import Invitation
from waywarden.county.people import actions as people
from waywarden.county.people.models import Office
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.journal.models import Entry as Line
from waywarden.fabric.notices import calendars
from waywarden.fabric.notices.calendars import Entry, Followed
from waywarden.fabric.notices.models import FeedToken
from waywarden.fabric.notices.times import LONDON

pytestmark = [pytest.mark.django_db]

PAGE = "/account/calendars/"
YEAR = timedelta(days=365)
BY = Actor("somebody", "Somebody")


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def make(browser: Client, office: object) -> str:
    """Make an address as somebody does on the page; return its path."""
    form = {"followed": office.subject.key, "once": str(uuid4())}  # type: ignore[attr-defined]
    shown = words(browser.post(PAGE, form, follow=True))
    found = re.search(r"http://localhost:8000(/feeds/[^/]+/calendar\.ics)", shown)
    assert found, shown
    return found[1]


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_bron_puts_the_end_of_her_office_into_her_calendar(cast: Cast) -> None:
    office = cast.at_wychbourne
    address = make(cast.signed_in(cast.bron), office)

    answer = Client().get(address)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "private" in answer["Cache-Control"]
    [event] = events(answer.content)
    assert event["SUMMARY"] == "Your office ends: Clerk, Wychbourne Town Council"
    assert event.decoded("DTSTART") == date(2030, 3, 31)
    assert event["UID"] == f"office-{office.pk}-ends@localhost"
    assert event["SEQUENCE"] == 0


def test_an_address_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    token = make(browser, cast.at_wychbourne).split("/")[2]

    assert token not in words(browser.get(PAGE))
    assert FeedToken.objects.get().token_hash == hash_of(token)
    assert token not in str(list(Line.objects.values()))


def test_a_form_sent_twice_makes_one_address(cast: Cast) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(cast.bron)
    form = {"followed": office.subject.key, "once": str(uuid4())}

    browser.post(PAGE, form)
    browser.post(PAGE, form)

    assert FeedToken.objects.count() == 1


def test_nobody_makes_an_address_of_anothers_office(cast: Cast) -> None:
    colms = cast.at_coldbrook
    browser = cast.signed_in(cast.at_wychbourne.person)

    answer = browser.post(PAGE, {"followed": colms.subject.key, "once": str(uuid4())})

    assert answer.status_code == 400
    assert "Choose one of those listed" in words(answer)
    assert not FeedToken.objects.exists()


def test_who_holds_no_office_is_told_so(cast: Cast) -> None:
    assert "You hold no office" in words(cast.signed_in(cast.dot).get(PAGE))


def test_an_address_ended_answers_nobody(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    address = make(browser, cast.at_wychbourne)
    feed = FeedToken.objects.get()

    done = browser.post(f"{PAGE}{feed.pk}/end/", follow=True)
    browser.post(f"{PAGE}{feed.pk}/end/")

    assert "Nobody can read it any more." in words(done)
    assert Client().get(address).status_code == 404
    assert Line.objects.filter(did="ended a calendar address").count() == 1


def test_nobody_ends_anothers_address(cast: Cast) -> None:
    address = make(cast.signed_in(cast.bron), cast.at_wychbourne)
    feed = FeedToken.objects.get()

    assert cast.signed_in(cast.colm).post(f"{PAGE}{feed.pk}/end/").status_code == 404
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize("token", ["forged", "x" * 43, "%00", "' OR 1=1"])
def test_a_forged_address_shows_nothing(cast: Cast, token: str) -> None:
    assert Client().get(f"/feeds/{token}/calendar.ics").status_code == 404


def test_ab12_the_address_of_a_clerk_who_left_shows_nothing_from_the_next_request_on(
    cast: Cast,
) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(cast.bron)
    address = make(browser, office)
    assert Client().get(address).status_code == 200

    yesterday = localdate() - timedelta(days=1)
    people.end_office(office=office, on=yesterday, by=BY, today=localdate())

    assert Client().get(address).status_code == 404
    assert "The office is over" in words(browser.get(PAGE))


def test_ab12_nor_does_that_of_somebody_who_may_not_sign_in_any_more(cast: Cast) -> None:
    office, bron = cast.at_wychbourne, cast.bron
    address = make(cast.signed_in(bron), office)
    bron.is_active = False
    bron.save()

    assert Client().get(address).status_code == 404


def test_ab12_an_office_given_anew_does_not_open_the_old_address(cast: Cast) -> None:
    office = cast.at_wychbourne
    address = make(cast.signed_in(cast.bron), office)
    yesterday = localdate() - timedelta(days=1)
    people.end_office(office=office, on=yesterday, by=BY, today=localdate())

    people.appoint(
        person=cast.bron,
        body=cast.wychbourne_council,
        kind="clerk",
        starts_on=localdate(),
        ends_on=date(2030, 3, 31),
        by=BY,
        today=localdate(),
    )

    assert Client().get(address).status_code == 404


def test_a_date_that_moves_keeps_its_name_and_counts_up(cast: Cast) -> None:
    office = cast.at_wychbourne
    address = make(cast.signed_in(cast.bron), office)
    [before] = events(Client().get(address).content)

    people.end_office(office=office, on=date(2029, 6, 30), by=BY, today=localdate())

    [after] = events(Client().get(address).content)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART") == date(2029, 6, 30)
    assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")


def written(when: date | datetime) -> Event:
    entries: Sequence[Entry] = [Entry(Subject("thing", "thing-1"), "due", "Due", when)]
    followed = Followed("office-1", "Clerk")
    [event] = events(calendars.calendar_of(followed, entries, now=datetime.now(UTC)))
    return event


SHOWN_TWICE_FIRST = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
SHOWN_TWICE_SECOND = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "moment",
    [
        SHOWN_TWICE_FIRST,
        SHOWN_TWICE_SECOND,
        datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2027, 7, 1, 12, 0, tzinfo=UTC),
    ],
)
def test_ab36_every_moment_comes_back_as_the_same_moment(moment: datetime) -> None:
    # A diary program reads half past one of that night as the first of the two.
    assert written(moment).decoded("DTSTART").astimezone(UTC) == moment


def test_ab36_the_hour_shown_twice_is_told_apart(cast: Cast) -> None:
    first, second = written(SHOWN_TWICE_FIRST), written(SHOWN_TWICE_SECOND)

    assert first["DTSTART"].to_ical() != second["DTSTART"].to_ical()
    assert b"Z" in second["DTSTART"].to_ical()


def test_ab36_an_hour_the_clocks_leap_over_comes_an_hour_later() -> None:
    leapt_over = calendars.at_here(date(2027, 3, 28), time(1, 30))

    assert leapt_over.astimezone(LONDON).strftime("%H:%M") == "02:30"
    assert written(leapt_over).decoded("DTSTART") == leapt_over


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, 59, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, 59, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, tzinfo=UTC)),
    ],
)
def test_ab36_a_deadline_includes_its_day_to_the_last_minute(day: date, moment: datetime) -> None:
    end = calendars.end_of(day)

    assert end == moment
    assert end.astimezone(LONDON).date() == day
    assert "235900" in written(end)["DTSTART"].to_ical().decode()


def test_a_moment_is_shown_by_the_clocks_here_with_their_rules() -> None:
    content = calendars.calendar_of(
        Followed("office-1", "Clerk"),
        [Entry(Subject("thing", "t-1"), "due", "Due", calendars.end_of(date(2027, 7, 1)))],
        now=datetime.now(UTC),
    )

    assert b"BEGIN:VTIMEZONE" in content
    assert b"DTSTART;TZID=Europe/London:20270701T235900" in content


def test_a_day_stays_a_day(cast: Cast) -> None:
    assert b"VALUE=DATE" in written(date(2027, 3, 28)).to_ical()


def test_words_in_a_calendar_cannot_add_lines() -> None:
    # An escaped line break stays inside its own line.
    entry = Entry(Subject("t", "t-1"), "due", "Due\r\nATTACH:http://x", date(2027, 1, 1), "a\nB:c")

    content = calendars.calendar_of(Followed("o", "C\r\nX:y"), [entry], now=datetime.now(UTC))

    assert not re.search(rb"^(ATTACH|B|X):", content, re.MULTILINE)


def test_the_day_by_which_an_invitation_lapses_stands_in_the_calendar_of_who_sent_it(
    cast: Cast,
) -> None:
    office, today = cast.at_wychbourne, localdate()
    Office.objects.filter(pk=office.pk).update(starts_on=today, ends_on=today + YEAR)
    address = make(cast.signed_in(cast.bron), office)
    sent = Invitation.objects.create(
        body=cast.wychbourne_council,
        kind="deputy-clerk",
        starts_on=today,
        ends_on=today + YEAR,
        address="fay@example.org",
        token_hash="0f" * 32,
        sent_at=datetime.now(UTC),
        expires_at=datetime.now(UTC) + timedelta(days=14),
        sent_by=office,
    )

    content = Client().get(address).content

    lapses, ends = events(content)
    assert lapses["SUMMARY"] == "Invitation lapses: Deputy clerk, Wychbourne Town Council"
    assert lapses.decoded("DTSTART") == sent.expires_at.replace(microsecond=0)
    assert ends["SUMMARY"].startswith("Your office ends")
    assert b"fay" not in content
