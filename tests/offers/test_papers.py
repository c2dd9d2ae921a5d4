"""The pack of a council on paper, and whether the council is ready."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.documents.reading import pdf_words, word_texts, words_of
from tests.offers.asked import by_link, offer_to, reachable, words
from waywarden.county.services import correcting_actions as correcting
from waywarden.devolution.offers import queries
from waywarden.devolution.offers.actions import Own, tell_own
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.offers.readiness import questions_of
from waywarden.fabric.documents import word

pytestmark = [pytest.mark.django_db]


def settled(offer: Offer, contact: str = "") -> dict[str, str]:
    """Give what a council is asked, and what it is told to do; blank where it is settled."""
    pack = queries.pack_of(Offer.objects.get(pk=offer.pk), on=localdate())
    found = questions_of(pack, contact=contact)
    return {each.asks: "" if each.is_settled else each.advice for each in found}


class TestReadiness:
    def test_what_is_not_settled_is_said_with_what_to_do(self, cast: Cast, offer: Offer) -> None:
        assert settled(offer) == {
            "The standard of every service is written down": "",
            "Somebody answers questions": "The County Council lists no e-mail address. "
            "Ask for a call back.",
            "The quantities are agreed": "",
            "What it costs, and what you must find, is known": "Get a quote, and enter it here.",
            "What it means for a Band D home is known": "Enter your tax base.",
            "The day of the meeting that decides is known": "Enter your next meeting.",
            "The council has resolved": "Take the wording to the meeting.",
        }

    def test_what_a_council_tells_of_itself_settles_it(self, cast: Cast, offer: Offer) -> None:
        own = Own(meeting_on=date(2027, 3, 1), tax_base_milli=262_000, own_quote_pence=500_00)
        tell_own(offer=offer, version=offer.version, own=own, by=cast.by)

        found = settled(offer, contact="devolution@county.example")

        assert [asks for asks, advice in found.items() if advice] == ["The council has resolved"]

    def test_a_disputed_quantity_is_not_agreed(self, cast: Cast, offer: Offer) -> None:
        (line,) = queries.pack_of(offer, on=localdate()).lines
        assert line.held is not None
        disputed = {"area": line.area, "service": line.offered.service, "seen": line.held.pk}
        when = {"dispute": "It was sold", "today": localdate() + timedelta(days=1)}
        correcting.dispute_quantity(**disputed, **when, by=cast.at_coldbrook.actor)

        name = line.offered.service.name
        assert settled(offer)["The quantities are agreed"] == f"Not agreed yet: {name}."


class TestPaper:
    def test_po6_the_whole_pack_is_there_as_pdf_and_word(self, cast: Cast, offer: Offer) -> None:
        reachable(cast, cast.coldbrook_council)
        own = Own(tax_base_milli=262_000, own_quote_pence=1_000_00)
        tell_own(offer=offer, version=offer.version, own=own, by=cast.by)
        browser = by_link(cast, Offer.objects.get(pk=offer.pk))

        pdf = browser.get(f"{offer.get_absolute_url()}offer.pdf")
        document = browser.get(f"{offer.get_absolute_url()}offer.docx")

        assert pdf["Content-Type"] == "application/pdf"
        said = words_of(pdf_words(pdf.content))
        # 9,000 square metres at 5p are £450; a quote of £1,000 leaves £550, £2.10 a home.
        for sums in ("9,000m²", "£450", "£1,000", "£550", "£2.10", "Resolved:thatColdbrook"):
            assert sums in said
        assert "Notknown" in said
        assert {"£1,000", "£550", "£2.10"} <= set(word_texts(document.content))

    def test_a_parish_meeting_reads_on_paper_by_when_its_notice_must_be_up(
        self, cast: Cast, offer: Offer
    ) -> None:
        theirs = offer_to(offer.round, cast.marl_green_meeting)
        own = Own(meeting_on=date(2027, 6, 30))
        tell_own(offer=theirs, version=theirs.version, own=own, by=cast.by)
        browser = by_link(cast, Offer.objects.get(pk=theirs.pk))

        document = browser.get(f"{theirs.get_absolute_url()}offer.docx")

        said = " ".join(word_texts(document.content))
        assert "must be up by Friday 18 June 2027" in said
        assert "is Sunday 20 June 2027; Friday 18 June 2027 is the last working day" in said
        assert "Business for the notice: To consider the offer" in said

    def test_a_word_template_of_ones_own_that_is_spoilt_leads_back_with_what_is_wrong(
        self, cast: Cast, offer: Offer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = by_link(cast, offer)

        def spoilt(paper: object) -> bytes:
            raise word.BadTemplate("letter.docx is no Word file.")

        monkeypatch.setattr("waywarden.devolution.offers.council_views.as_word", spoilt)
        page = browser.get(f"{offer.get_absolute_url()}offer.docx", follow=True)

        assert "The Word file could not be made. letter.docx is no Word file." in words(page)

    def test_it_is_nobody_elses(self, cast: Cast, offer: Offer) -> None:
        assert Client().get(f"{offer.get_absolute_url()}offer.pdf").status_code == 302
