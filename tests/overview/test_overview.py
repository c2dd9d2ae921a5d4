"""What waits for an officer of a county: where councils are, what needs them, by which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.clusters import formed
from tests.interest import said
from tests.offers import asked
from tests.offers.asked import words
from tests.overview.overseen import found, held, named, write_to
from waywarden.county.decisions import actions as decisions
from waywarden.county.people.models import Office
from waywarden.devolution.offers import actions as offers
from waywarden.devolution.offers.models import Offer, Round
from waywarden.devolution.overview import deadlines
from waywarden.devolution.overview.needs import BAD, WARN
from waywarden.rules.calendar import Whose
from waywarden.rules.timetable import meeting

pytestmark = pytest.mark.django_db


def test_where_nothing_is_begun_nothing_waits(ada: Office) -> None:
    nothing = held(ada)

    assert nothing.rounds == []
    assert found(ada) == []
    assert deadlines.deadlines_of(nothing) == []


class TestRounds:
    """What an open offer asks of its officer."""

    def test_the_counts_of_the_steps_add_up_to_all_councils(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        write_to(asked.offer_to(of, cast.coldbrook_council), cast)

        (open_one,) = held(ada).rounds

        steps = {step.name: step.count for step in open_one.steps}
        assert sum(steps.values()) == len(open_one.offers) == 4
        assert steps["Silent"] == 1
        assert steps["Not sent yet"] == 3

    @pytest.mark.parametrize(
        ("days", "left"),
        [(90, "90 days left"), (1, "1 day left"), (0, "answers close today")],
    )
    def test_it_says_how_long_councils_have_still(
        self, cast: Cast, ada: Office, of: Round, days: int, left: str
    ) -> None:
        (open_one,) = held(ada, of.answer_by - timedelta(days=days)).rounds

        assert open_one.left == left

    def test_an_offer_open_past_its_day_is_bad(self, ada: Office, of: Round) -> None:
        late = of.answer_by + timedelta(days=1)

        need = named(ada, "is open past its day", late)

        assert need.tone == BAD
        assert held(ada, late).rounds[0].left == "the day for answers is over"

    def test_another_councils_offer_is_not_theirs(self, cast: Cast, of: Round) -> None:
        at_district = cast.office(cast.dot, cast.marlshire_council, "officer")

        assert held(at_district).rounds == []

    def test_who_was_not_written_to_is_counted_and_led_to(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        need = named(ada, "not been written to")

        assert need.title.startswith("4 councils have")
        assert need.tone == WARN
        signed_in = cast.signed_in(cast.ada)
        told = signed_in.get(need.leads)
        assert told.status_code == 200
        assert "Coldbrook Parish Council" in told.content.decode()

    def test_who_asks_to_be_called_back_is_named(self, cast: Cast, ada: Office, of: Round) -> None:
        offer = asked.offer_to(of, cast.coldbrook_council)
        write_to(offer, cast)
        offer.refresh_from_db()
        offers.ask_for_a_call(offer=offer, who="01865 000000", by=cast.by, now=timezone.now())

        need = named(ada, "to be called back")

        assert need.title == "1 council asks to be called back"
        assert need.says == "Coldbrook Parish Council."

    def test_who_was_called_back_is_on_the_list_no_more(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        offer, now = Offer.objects.filter(round=of).order_by("pk")[0], timezone.now()
        offers.ask_for_a_call(offer=offer, who="01865 000000", by=cast.by, now=now)
        offer.refresh_from_db()

        call = offers.Called(asked_at=now, on=localdate())
        offers.tick_off_call(offer=offer, called=call, by=cast.by, now=now)

        assert not [need for need in found(ada) if "called back" in need.title]

    def test_a_minute_that_was_withdrawn_is_bad_and_said_first(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        offer = asked.offer_to(of, cast.coldbrook_council)
        write_to(offer, cast)
        agreed = offers.Said(answer="agreed", taken=formed.resolved("7"))
        offers.answer(offer=offer, said=agreed, by=cast.by, now=timezone.now())
        decision = asked.offer_to(of, cast.coldbrook_council).decision
        assert decision
        decisions.withdraw(decision=decision, reason="Taken in error", by=cast.by)

        assert found(ada)[0].title == "1 council has withdrawn a minute"
        assert found(ada)[0].tone == BAD


class TestSilent:
    """Councils that were written to and have not answered."""

    def test_the_longest_wait_stands_first(self, cast: Cast, ada: Office, of: Round) -> None:
        write_to(asked.offer_to(of, cast.coldbrook_council), cast, days_ago=3)
        write_to(asked.offer_to(of, cast.wychbourne_council), cast, days_ago=40)

        (open_one,) = held(ada).rounds

        waits = [(each.offer.body.name, each.days) for each in open_one.longest_silent]
        assert waits == [("Wychbourne Town Council", 40), ("Coldbrook Parish Council", 3)]

    def test_a_reminder_does_not_begin_the_wait_again(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        offer = asked.offer_to(of, cast.coldbrook_council)
        write_to(offer, cast, days_ago=30)
        write_to(asked.offer_to(of, cast.coldbrook_council), cast, days_ago=1)

        (only,) = held(ada).rounds[0].silent

        assert only.offer.letters == 2
        assert only.days == 30

    def test_another_letter_is_sent_from_the_page(self, cast: Cast, ada: Office, of: Round) -> None:
        write_to(asked.offer_to(of, cast.coldbrook_council), cast, days_ago=3)
        (only,) = held(ada).rounds[0].silent
        browser = cast.signed_in(cast.ada)
        assert f'action="{only.letter.action}"' in browser.get("/overview/").content.decode()

        answer = asked.send(browser, only.letter.action, acting=ada)

        assert "A letter to Coldbrook Parish Council is on its way." in answer.content.decode()

    def test_where_no_letter_may_be_sent_it_says_why(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        write_to(asked.offer_to(of, cast.coldbrook_council), cast)

        told = words(cast.signed_in(cast.ada).get("/overview/"))

        assert "A letter to Coldbrook Parish Council went out today already." in told

    def test_who_was_never_written_to_is_not_called_silent(self, ada: Office, of: Round) -> None:
        assert held(ada).rounds[0].silent == []


class TestDeadlines:
    """Days by which something must be done, the earliest first."""

    def test_agendas_must_be_out_in_time_for_the_meetings_that_decide(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        meets = localdate() + timedelta(days=60)
        Offer.objects.filter(round=of).update(meeting_on=meets, sent_at=timezone.now(), letters=1)

        *notices, last = deadlines.deadlines_of(held(ada))

        assert notices[-1].on == meeting(meets).notice_by_working_day
        assert notices[-1].says.startswith("2 parish agendas must be out for meetings on")
        assert last.on == of.answer_by
        assert last.says == f"Answers to “{of}” close."

    def test_a_meeting_of_a_year_without_bank_holidays_is_left_out(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        Offer.objects.filter(round=of).update(
            meeting_on=date(2199, 5, 1), sent_at=timezone.now(), letters=1
        )

        assert [each.on for each in deadlines.deadlines_of(held(ada))] == [of.answer_by]

    def test_parish_meetings_and_those_that_may_be_one_give_seven_clear_days(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        meets = localdate() + timedelta(days=60)
        Offer.objects.filter(round=of).update(meeting_on=meets, sent_at=timezone.now(), letters=1)

        found = deadlines.deadlines_of(held(ada))[:2]

        sooner = meeting(meets, Whose.PARISH_MEETING).notice_by_working_day
        assert [each.on for each in found] == [sooner, sooner]
        assert sooner < meeting(meets).notice_by_working_day
        assert found[0].says.startswith("1 notice of a council or parish meeting must be out")
        assert found[1].says.startswith("1 notice of a parish meeting must be out")
        assert all(each.is_agenda for each in found)

    def test_a_day_within_a_week_is_marked_and_one_past_is_none_to_come(
        self, cast: Cast, ada: Office
    ) -> None:
        said.sent(cast)
        (due,) = deadlines.deadlines_of(held(ada))

        (near,) = deadlines.deadlines_of(held(ada, due.on - timedelta(days=7)))
        (far,) = deadlines.deadlines_of(held(ada, due.on - timedelta(days=8)))

        assert (near.is_soon, far.is_soon) == (True, False)
        assert deadlines.deadlines_of(held(ada, due.on + timedelta(days=1))) == []


class TestPage:
    """The page itself."""

    def test_its_title_is_the_state_and_all_of_it_is_led_to(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        write_to(asked.offer_to(of, cast.coldbrook_council), cast, days_ago=12)
        said.sent(cast)
        browser = cast.signed_in(cast.ada)

        told = words(browser.get("/overview/"))

        assert f"{of.title}: 90 days left" in told
        assert "Where the 4 councils are" in told
        assert "1 expression of interest has no co-ordinator" in told
        assert "Coldbrook Parish Council 12 1" in told

    def test_without_an_offer_it_leads_to_making_one(self, cast: Cast, ada: Office) -> None:
        browser = cast.signed_in(cast.ada)

        told = browser.get("/overview/").content.decode()

        assert "No offer is open" in told
        assert 'href="/offers/begin/"' in told
        assert "Nothing is overdue, and nothing is missing" in told

    def test_the_account_of_the_county_leads_to_it(self, cast: Cast, ada: Office) -> None:
        assert 'href="/overview/"' in cast.signed_in(cast.ada).get("/account/").content.decode()

    def test_more_of_everything_costs_no_more_questions(
        self, cast: Cast, ada: Office, of: Round
    ) -> None:
        browser = cast.signed_in(cast.ada)
        self.add(cast)
        write_to(asked.offer_to(of, cast.coldbrook_council), cast, days_ago=3)
        few = _queries(browser)
        write_to(asked.offer_to(of, cast.wychbourne_council), cast, days_ago=3)
        for _ in range(3):
            self.add(cast)

        assert _queries(browser) == few

    def add(self, cast: Cast) -> None:
        said.sent(cast)
        formed.forming(cast)
        formed.proposed(cast)


def _queries(browser: Client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked_of:
        assert browser.get("/overview/").status_code == 200
    return len(asked_of)
