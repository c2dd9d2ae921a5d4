"""The backward calendar of a round: what the county does by when, what each council has left."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from tests.offers.asked import NOW, offer_to, opened, words
from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.devolution.offers import actions, calendar_lists, queries
from waywarden.devolution.offers.calendars import CouncilDays
from waywarden.devolution.offers.models import Offer, Round

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = date(2027, 10, 4)


def meets(of: Round, body: Body, on: date) -> None:
    """Let a council name its meeting."""
    Offer.objects.filter(round=of, body=body).update(meeting_on=on)


def days(of: Round, body: Body, today: date = TODAY) -> CouncilDays:
    """Give the days a round leaves a council."""
    return next(each for each in queries.days_of(of, on=today) if each.offer.body_id == body.pk)


class TestTheDaysOfACouncil:
    def test_cl4_the_last_meeting_is_before_answers_are_due_and_its_notice_by_its_own_rule(
        self, cast: Cast
    ) -> None:
        of = opened(cast)  # answers are due on Wednesday 1 December 2027

        council, parish_meeting = (
            days(of, body) for body in (cast.coldbrook_council, cast.marl_green_meeting)
        )

        assert council.last.on == parish_meeting.last.on == date(2027, 12, 1)
        # Three clear days without the weekend are Tuesday, Monday and Friday.
        assert council.last.notice_by == date(2027, 11, 25)
        # Seven of them reach Monday 22; the day before is a Sunday, and Friday the working day.
        assert parish_meeting.last.notice_by == date(2027, 11, 21)
        assert parish_meeting.last.notice_by_working_day == date(2027, 11, 19)
        assert (council.standing, council.days_left) == ("No meeting named", 52)
        assert not council.misses_precept

    def test_councils_resolve_before_precepts_are_asked_for_however_late_answers_are_due(
        self, cast: Cast
    ) -> None:
        of = opened(cast, answer_by=date(2028, 3, 1))

        assert days(of, cast.coldbrook_council).last_day == date(2028, 1, 15)
        # 15 January 2028 is a Saturday.
        assert days(of, cast.coldbrook_council).last.on == date(2028, 1, 14)

    def test_of_several_meetings_it_named_the_last_in_time_counts(self, cast: Cast) -> None:
        of, other = opened(cast), opened(cast)
        meets(of, cast.coldbrook_council, date(2027, 10, 19))
        meets(other, cast.coldbrook_council, date(2027, 11, 16))

        found = days(of, cast.coldbrook_council)

        assert found.named is not None
        assert found.named.on == date(2027, 11, 16)
        assert (found.standing, found.days_left) == ("In time", 37)

    def test_a_meeting_after_the_last_day_is_too_late_by_so_many_days(self, cast: Cast) -> None:
        of = opened(cast)
        meets(of, cast.coldbrook_council, date(2027, 12, 14))

        found = days(of, cast.coldbrook_council)

        assert (found.standing, found.days_left) == ("Too late", -13)

    def test_a_meeting_in_time_whose_notice_should_be_out_is_not_too_late(self, cast: Cast) -> None:
        of = opened(cast)
        meets(of, cast.coldbrook_council, date(2027, 10, 6))

        found = days(of, cast.coldbrook_council)

        assert (found.standing, found.days_left) == ("Its notice should be out", 0)
        meets(of, cast.coldbrook_council, date(2027, 12, 1))
        at_the_last = days(of, cast.coldbrook_council, date(2027, 11, 30))
        assert at_the_last.standing == "Its notice should be out"

    def test_who_met_and_has_not_answered_is_not_too_late(self, cast: Cast) -> None:
        of = opened(cast)
        meets(of, cast.coldbrook_council, date(2027, 9, 28))

        found = days(of, cast.coldbrook_council)

        assert (found.standing, found.days_left) == ("Met; no answer yet", None)

    def test_who_named_no_meeting_is_too_late_once_no_notice_can_be_given(self, cast: Cast) -> None:
        of = opened(cast)

        found = days(of, cast.coldbrook_council, date(2027, 11, 26))

        assert (found.standing, found.days_left) == ("Too late", -1)

    def test_a_round_that_answers_after_the_precept_says_so(self, cast: Cast) -> None:
        start = {"starts_on": date(2028, 9, 1), "answer_by": date(2028, 6, 1)}
        of = opened(cast, **start)

        assert days(of, cast.coldbrook_council).misses_precept

    def test_who_has_decided_has_no_days_left_until_its_minute_is_withdrawn(
        self, cast: Cast
    ) -> None:
        of = opened(cast)
        offer = offer_to(of, cast.coldbrook_council)
        actions.answer(offer=offer, said=actions.Said(answer="declined"), by=cast.by, now=NOW)

        found = days(of, cast.coldbrook_council)

        assert (found.standing, found.days_left) == ("Has decided", None)
        precept = next(each for each in calendar_lists.DAYS if each.name == "precept")
        assert precept.value is not None
        assert precept.value(found) == ""


class TestThePage:
    def test_the_county_sees_its_own_steps_on_top_and_the_worst_council_first(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, of = ada[0], offer.round
        meets(of, cast.wychbourne_council, of.starts_on)
        here = f"/offers/{of.pk}/"

        answer = browser.get(f"{here}calendar/")
        page = words(answer)

        assert "The executive’s key decision is announced" in page
        assert "Last day to call the decision in" in page
        assert "assumes that it is published on the day it is made" in page
        assert "Precepts are asked for" in page
        assert "too late" in page
        first, *others = [each.offer.body.name for each in answer.context["list"].found]
        assert first == "Wychbourne Town Council"
        assert len(others) == 3
        assert "1 council cannot decide in time" in words(browser.get(here))
        file = browser.get(f"{here}calendar.csv").content.decode()
        assert "Too late" in file
        assert "parish meeting" in file
        actions.withdraw(of=of, reason="No money", by=cast.by)
        assert "cannot decide in time" not in words(browser.get(here))

    def test_what_councils_have_left_is_for_whoever_runs_the_round(
        self, cast: Cast, offer: Offer
    ) -> None:
        theirs = cast.signed_in(cast.colm)
        assert cast.at_coldbrook

        assert theirs.get(f"/offers/{offer.round.pk}/calendar/").status_code == 403
        assert "cannot decide in time" not in words(theirs.get(f"/offers/{offer.round.pk}/"))
