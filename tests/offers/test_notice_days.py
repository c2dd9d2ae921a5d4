"""CL4: by which day a notice is out, how it is counted, and that page and paper say the same."""

from __future__ import annotations

import html
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.documents.reading import pdf_words, word_texts, words_of
from tests.offers.asked import by_link, words
from waywarden.devolution.offers import packs, queries
from waywarden.devolution.offers.models import Offer, Round
from waywarden.devolution.offers.notice_days import NoticeDay
from waywarden.rules.calendar import READ_IN, Rule, Whose
from waywarden.rules.timetable import meeting

START = date(2028, 4, 1)
LONG_BEFORE = date(2026, 11, 1)
AFTER_CHRISTMAS = date(2027, 1, 4)


def notice(
    on: date,
    *,
    today: date = LONG_BEFORE,
    whose: Whose = Whose.PARISH_COUNCIL,
    starts_on: date = START,
) -> NoticeDay:
    """Give the notice of a meeting, as it reads on a day."""
    return NoticeDay(meeting(on, whose), starts_on, today)


class TestHowItIsCounted:
    def test_the_safe_day_stands_first_and_each_reading_names_its_day_and_its_source(self) -> None:
        after = notice(AFTER_CHRISTMAS)

        assert after.out_by == "The agenda must go out by Monday 21 December 2026."
        assert after.safe == (
            "Monday 21 December 2026 is the safe day, lawful by every reading below."
        )
        assert [way.by for way in after.ways] == [
            "Tuesday 29 December 2026",
            "Tuesday 22 December 2026",
            "Monday 21 December 2026",
        ]
        assert [way.read_in for way in after.ways] == [
            READ_IN[rule]
            for rule in (Rule.PARISH, Rule.PARISH_WITHOUT_SATURDAY, Rule.PARISH_STRICT)
        ]
        assert after.ways[0].whole.startswith("Tuesday 29 December 2026: 3 clear days. Sundays,")
        assert after.ways[0].whole.endswith("legal topic note 5.")

    def test_it_is_argued_only_where_two_readings_give_different_days(self) -> None:
        # Thu 26 Nov 2026: Wed, Tue and Mon are clear by every reading.
        agreed = notice(date(2026, 11, 26))

        assert not agreed.is_argued
        assert "argued" not in agreed.agreement
        assert {way.by for way in agreed.ways} == {"Sunday 22 November 2026"}
        assert notice(AFTER_CHRISTMAS).is_argued
        assert "argued" in notice(AFTER_CHRISTMAS).agreement

    def test_a_safe_day_on_a_weekend_is_named_beside_the_last_working_day(self) -> None:
        found = notice(date(2026, 11, 26))

        assert found.out_by == "The agenda must go out by Friday 20 November 2026."
        assert found.safe == (
            "The safe day, lawful by every reading below, is Sunday 22 November 2026; Friday 20 "
            "November 2026 is the last working day before it."
        )

    def test_a_parish_meeting_and_who_may_be_one_count_seven(self) -> None:
        for whose in (Whose.PARISH_MEETING, Whose.COUNCIL_OR_MEETING):
            found = notice(date(2027, 6, 30), whose=whose)
            assert all(way.says.startswith("7 clear days.") for way in found.ways)
            assert "seven" in found.why
        assert notice(date(2027, 6, 30)).why == ""


class TestWarnings:
    def test_boxing_day_on_a_saturday_is_warned_of_as_sources_differ(self) -> None:
        (said,) = notice(AFTER_CHRISTMAS).warnings

        assert said.startswith("26 December 2026 falls on a Saturday: the Act lists it")
        assert said.endswith("to be confirmed by the monitoring officer.")
        assert notice(date(2026, 11, 26)).warnings == []

    def test_a_meeting_after_precepts_are_asked_for_is_warned_of(self) -> None:
        in_time = notice(date(2028, 1, 11), today=date(2027, 6, 1))
        late = notice(date(2028, 1, 18), today=date(2027, 6, 1))

        assert in_time.warnings == []
        (said,) = late.warnings
        assert said.startswith("That meeting is after 15 January 2028, when precepts")

    def test_a_safe_day_gone_by_says_what_is_left_by_milder_readings(self) -> None:
        on_the_day = notice(AFTER_CHRISTMAS, today=date(2026, 12, 21))
        a_day_late = notice(AFTER_CHRISTMAS, today=date(2026, 12, 22))
        too_late = notice(AFTER_CHRISTMAS, today=date(2026, 12, 30))

        assert not any("gone by" in said for said in on_the_day.warnings)
        assert "until Tuesday 29 December 2026 at the latest" in a_day_late.warnings[0]
        assert "every other reading too" in too_late.warnings[0]

    def test_a_meeting_that_is_over_is_not_the_next_one(self) -> None:
        assert notice(AFTER_CHRISTMAS, today=AFTER_CHRISTMAS).meeting == (
            "The next meeting is on Monday 4 January 2027."
        )
        over = notice(AFTER_CHRISTMAS, today=date(2027, 1, 5))
        assert over.has_met
        assert over.meeting == "The meeting named was on Monday 4 January 2027."


@pytest.mark.django_db
@pytest.mark.postgres
class TestPageAndPaper:
    @pytest.fixture
    def read(self, cast: Cast, offer: Offer) -> Client:
        """A browser that came by the link, of a council that meets just after Christmas."""
        Offer.objects.filter(pk=offer.pk).update(meeting_on="2029-01-02")
        far = {"starts_on": "2029-04-01", "answer_by": "2029-01-31"}
        Round.objects.filter(pk=offer.round.pk).update(**far)
        return by_link(cast, Offer.objects.get(pk=offer.pk))

    def test_the_page_the_pdf_the_word_file_and_the_letter_say_the_same_sentences(
        self, offer: Offer, read: Client
    ) -> None:
        pack = queries.pack_of(Offer.objects.get(pk=offer.pk), on=localdate())
        found = pack.notice(localdate())
        assert found is not None
        assert found.is_argued
        address = offer.get_absolute_url()

        page = html.unescape(words(read.get(address)))
        pdf = words_of(pdf_words(read.get(f"{address}offer.pdf").content))
        document = " ".join(word_texts(read.get(f"{address}offer.docx").content))
        letter = packs.letter_of(pack, contact="", on=localdate())
        posted = " ".join(letter.texts())

        days = [f"{way.by}" for way in found.ways]
        says = [f"{way.says} Read in: {way.read_in}." for way in found.ways]
        for said in (found.meeting, found.out_by, found.safe, found.agreement, *days, *says):
            assert said in page
            assert said.replace(" ", "") in pdf
            assert said in document
            assert said in posted

    def test_a_meeting_that_is_over_asks_for_the_next_one(self, offer: Offer, read: Client) -> None:
        Offer.objects.filter(pk=offer.pk).update(meeting_on="2026-01-06")

        page = words(read.get(offer.get_absolute_url()))
        document = word_texts(read.get(f"{offer.get_absolute_url()}offer.docx").content)

        assert "The meeting named was on Tuesday 6 January 2026." in page
        assert "name your next meeting" in page
        assert "must go out by" not in page
        assert "The meeting named was on Tuesday 6 January 2026." in document

    def test_a_letter_to_who_named_no_meeting_still_says_how_long_a_notice_it_gives(
        self, cast: Cast, offer: Offer
    ) -> None:
        def letter(key: str) -> str:
            found = queries.offer_to(offer.round, key)
            assert found is not None
            pack = queries.pack_of(found, on=localdate())
            return " ".join(packs.letter_of(pack, contact="", on=localdate()).texts())

        theirs = cast.marl_green_meeting.key
        assert letter(theirs).count("seven clear days") == 1
        Offer.objects.filter(body__key=theirs).update(meeting_on="2029-06-27")
        assert letter(theirs).count("seven clear days") == 1
