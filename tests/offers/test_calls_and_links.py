"""A council that was called back, and the link of a letter that went astray."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, localtime

from tests.cast import Cast
from tests.offers.asked import (
    NOW,
    by_link,
    link_in_last_letter,
    offer_to,
    opened,
    reachable,
    send,
    words,
)
from waywarden.county.people.models import Office
from waywarden.devolution.offers import actions
from waywarden.devolution.offers.actions import Called, CannotOffer, Said
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry, PersonalValue
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


@pytest.fixture
def asked(cast: Cast) -> Offer:
    """The offer to Coldbrook, whose clerk asked to be called back."""
    found = offer_to(opened(cast), cast.coldbrook_council)
    actions.ask_for_a_call(offer=found, who="Colm, 01865 000000", by=cast.by, now=NOW)
    found.refresh_from_db()
    return found


def called(**facts: Any) -> Called:
    """Give a call on the day on which it was asked for."""
    return Called(**{"asked_at": NOW, "on": NOW.date()} | facts)


class TestCalls:
    def test_once_called_the_number_is_erased_and_the_day_is_kept(
        self, cast: Cast, asked: Offer
    ) -> None:
        actions.tick_off_call(offer=asked, called=called(), by=cast.by, now=NOW)

        found = Offer.objects.get(pk=asked.pk)
        assert (found.call_back, found.called_on) == ("", NOW.date())
        assert last().did == "called a council back"
        assert last().after == {"called_on": "2027-05-03"}

    def test_what_was_said_is_kept_beside_the_journal(self, cast: Cast, asked: Offer) -> None:
        note = called(note="It decides in June")

        actions.tick_off_call(offer=asked, called=note, by=cast.by, now=NOW)

        assert "June" not in str(last().after)
        kept = PersonalValue.objects.get(person_key=asked.key)
        assert kept.value == "It decides in June"
        assert last().after["note"]["personal"] == str(kept.reference)

    def test_who_asks_again_waits_again(self, cast: Cast, asked: Offer) -> None:
        actions.tick_off_call(offer=asked, called=called(), by=cast.by, now=NOW)

        again = NOW + timedelta(days=1)
        actions.ask_for_a_call(offer=asked, who="01865 000000", by=cast.by, now=again)

        found = Offer.objects.get(pk=asked.pk)
        assert (found.call_back, found.called_on) == ("01865 000000", None)
        second = called(asked_at=again, on=again.date())
        actions.tick_off_call(offer=found, called=second, by=cast.by, now=again)

    def test_of_two_officers_who_tick_off_at_once_one_does(self, cast: Cast, asked: Offer) -> None:
        other = Offer.objects.get(pk=asked.pk)
        actions.tick_off_call(offer=asked, called=called(), by=cast.by, now=NOW)
        length = Entry.objects.count()

        with pytest.raises(Overtaken, match="ticked off, or asked for anew"):
            actions.tick_off_call(offer=other, called=called(), by=cast.by, now=NOW)

        assert Entry.objects.count() == length

    def test_a_request_that_came_meanwhile_is_not_ticked_off_with_the_one_before(
        self, cast: Cast, asked: Offer
    ) -> None:
        seen, later = Offer.objects.get(pk=asked.pk), NOW + timedelta(hours=1)
        actions.ask_for_a_call(offer=asked, who="Another number", by=cast.by, now=later)

        with pytest.raises(Overtaken):
            actions.tick_off_call(offer=seen, called=called(), by=cast.by, now=later)

        assert Offer.objects.get(pk=asked.pk).call_back == "Another number"

    def test_nobody_is_called_before_they_asked_or_in_days_to_come(
        self, cast: Cast, asked: Offer
    ) -> None:
        for wrong, why in (
            (date(2027, 5, 2), "asked for on 3 May 2027: enter that day"),
            (date(2027, 5, 4), "^4 May 2027 is still to come: enter the day you called"),
        ):
            with pytest.raises(CannotOffer, match=why):
                actions.tick_off_call(offer=asked, called=called(on=wrong), by=cast.by, now=NOW)

    def test_where_nobody_waits_nothing_is_ticked_off(self, cast: Cast, asked: Offer) -> None:
        actions.tick_off_call(offer=asked, called=called(), by=cast.by, now=NOW)
        found = Offer.objects.get(pk=asked.pk)

        with pytest.raises(CannotOffer, match="Nobody of Coldbrook Parish Council waits"):
            actions.tick_off_call(offer=found, called=called(), by=cast.by, now=NOW)


class TestCallsOnThePage:
    def test_an_officer_reads_the_number_and_ticks_the_call_off(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        clerk, (browser, acting) = by_link(cast, offer), ada
        send(clerk, f"{offer.get_absolute_url()}call-back/", who="Colm, 01865 000000")
        where = f"{offer.get_absolute_url()}called/"

        form = browser.get(where)
        asked_at = form.context["form"].initial["asked_at"]
        said = {"called_on": str(localdate()), "asked_at": asked_at}
        page = words(send(browser, where, acting=acting, **said))

        assert "Whom to call: Colm, 01865 000000" in words(form)
        assert "The name and number it left are erased." in page
        assert "01865" not in page
        assert "Called on" in page
        theirs = words(clerk.get(offer.get_absolute_url()))
        assert "and made on" in theirs
        assert "01865" not in words(browser.get(offer.get_absolute_url()))
        assert "Nobody waits for a call." in words(browser.get(where))
        late = send(browser, where, acting=acting, **said)
        assert late.status_code == 400
        assert "Nobody of Coldbrook Parish Council waits for a call." in words(late)

    @pytest.mark.parametrize("asked_at", ["", "yesterday", "2027-05-03T12:00:00"])
    def test_a_form_that_does_not_say_which_call_is_given_back_with_what_was_typed(
        self, ada: tuple[Client, Office], offer: Offer, asked_at: str
    ) -> None:
        browser, acting = ada
        said = {"called_on": str(localdate()), "note": "In June", "asked_at": asked_at}

        page = send(browser, f"{offer.get_absolute_url()}called/", acting=acting, **said)

        assert page.status_code == 400
        assert "Open this page again from the list of councils" in words(page)
        assert "In June" in page.content.decode()

    def test_a_clerk_ticks_nothing_off(self, cast: Cast, offer: Offer) -> None:
        _ = cast.at_coldbrook
        browser = cast.signed_in(cast.colm)

        assert browser.get(f"{offer.get_absolute_url()}called/").status_code == 403
        assert browser.get("/offers/99/councils/coldbrook-council/called/").status_code == 404


class TestLinks:
    def test_a_link_that_was_ended_says_so_and_whom_to_ask(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        reachable(cast, cast.county_council, "devolution@county.example")
        inside, (browser, acting) = by_link(cast, offer), ada
        link = link_in_last_letter()
        where = f"{offer.get_absolute_url()}end-link/"

        said = {"letter": 1, "reason": "It went to another Coldbrook"}
        page = words(send(browser, where, acting=acting, **said))

        assert "The link of Coldbrook Parish Council is ended." in page
        assert "Send a letter with a new link" in page
        for gone in (Client().get(link), inside.get(offer.get_absolute_url())):
            assert gone.status_code == 404
            assert "This link was ended" in words(gone)
            assert "The County Council ended the link" in words(gone)
            assert "devolution@county.example" in words(gone)
            assert "another Coldbrook" not in words(gone)
        late = send(inside, f"{offer.get_absolute_url()}answer/", answer="declined")
        assert late.status_code == 404
        assert Offer.objects.get(pk=offer.pk).answer == ""

    def test_where_no_address_is_known_the_council_itself_is_named(
        self, cast: Cast, offer: Offer
    ) -> None:
        by_link(cast, offer)
        held = Offer.objects.get(pk=offer.pk)
        actions.end_link(offer=held, letter=1, reason="Astray", by=cast.by, now=datetime.now(UTC))

        page = Client().get(link_in_last_letter())

        assert "/bodies/county-council/" in page.content.decode()

    def test_a_new_link_goes_out_the_same_day_and_works(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        by_link(cast, offer)
        first, (browser, acting) = link_in_last_letter(), ada
        said = {"letter": 1, "reason": "Astray"}
        send(browser, f"{offer.get_absolute_url()}end-link/", acting=acting, **said)

        send(browser, f"{offer.get_absolute_url()}write/", acting=acting)

        assert Client().get(link_in_last_letter()).status_code == 302
        assert "a newer letter has taken its place" in words(Client().get(first))
        letter = Notice.objects.order_by("-pk")[0].text
        assert letter.startswith("The link in our earlier letter was ended.")

    def test_a_council_that_has_agreed_gets_a_new_link_and_one_that_said_no_does_not(
        self, cast: Cast, offer: Offer
    ) -> None:
        by_link(cast, offer)
        held, now = Offer.objects.get(pk=offer.pk), datetime.now(UTC)
        actions.end_link(offer=held, letter=1, reason="Astray", by=cast.by, now=now)
        Offer.objects.filter(pk=held.pk).update(letters=4)
        again = offer_to(offer.round, offer.body)
        actions.write_to(offer=again, by=cast.by, now=now)
        assert again.letters == 5

        actions.end_link(offer=again, letter=5, reason="Astray", by=cast.by, now=now)
        actions.answer(offer=again, said=Said(answer="declined"), by=cast.by, now=now)
        with pytest.raises(CannotOffer, match="has said no"):
            actions.write_to(offer=again, by=cast.by, now=now)

    def test_it_is_ended_once_with_a_reason_in_the_history(self, cast: Cast, offer: Offer) -> None:
        by_link(cast, offer)
        one, other = (Offer.objects.get(pk=offer.pk) for _ in range(2))
        ended = {"letter": 1, "reason": "It went astray", "by": cast.by, "now": datetime.now(UTC)}

        actions.end_link(offer=one, **ended)

        assert (last().did, last().reason) == ("ended the link of an offer", "It went astray")
        with pytest.raises(Overtaken):
            actions.end_link(offer=other, **ended)
        with pytest.raises(CannotOffer, match="was ended already"):
            actions.end_link(offer=one, **ended)

    def test_what_does_not_work_cannot_be_ended(self, cast: Cast, offer: Offer) -> None:
        ended = {"reason": "Astray", "by": cast.by, "now": datetime.now(UTC)}
        with pytest.raises(CannotOffer, match="No link was sent to Coldbrook"):
            actions.end_link(offer=offer, letter=0, **ended)

        by_link(cast, offer)
        held = Offer.objects.select_related("round").get(pk=offer.pk)
        held.round.answer_by = localtime(ended["now"]).date() - timedelta(days=40)
        with pytest.raises(CannotOffer, match="works no more"):
            actions.end_link(offer=held, letter=1, **ended)

    def test_a_newer_link_is_not_ended_by_who_saw_the_one_before(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        by_link(cast, offer)
        browser, acting = ada
        where = f"{offer.get_absolute_url()}end-link/"
        seen = browser.get(where).context["form"].initial["letter"]
        actions.end_link(offer=offer, letter=1, reason="Lost", by=cast.by, now=datetime.now(UTC))
        actions.write_to(offer=offer, by=cast.by, now=datetime.now(UTC))
        newer, length = link_in_last_letter(), Entry.objects.count()

        late = send(browser, where, acting=acting, reason="It went astray", letter=seen)

        assert late.status_code == 409
        assert "A newer letter went out meanwhile" in words(late)
        assert "It went astray" in words(late)
        assert Client().get(newer).status_code == 302
        assert Entry.objects.count() == length
        again = late.context["form"]["letter"].value()
        send(browser, where, acting=acting, reason="That one too", letter=again)
        assert Client().get(newer).status_code == 404

    @pytest.mark.parametrize("letter", ["", "first"])
    def test_a_form_that_does_not_say_which_link_ends_none(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer, letter: str
    ) -> None:
        by_link(cast, offer)
        browser, acting = ada
        where = f"{offer.get_absolute_url()}end-link/"

        page = send(browser, where, acting=acting, reason="Astray", letter=letter)

        assert page.status_code == 400
        assert "Open this page again from the page of the offer" in words(page)
        assert not Offer.objects.get(pk=offer.pk).is_link_ended

    def test_a_new_link_is_offered_only_where_one_can_be_sent(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        by_link(cast, offer)
        browser, button = ada[0], "Send a letter with a new link"
        actions.end_link(offer=offer, letter=1, reason="Lost", by=cast.by, now=datetime.now(UTC))
        assert button in words(browser.get(offer.get_absolute_url()))

        overdue = localdate() - timedelta(days=1)
        Round.objects.filter(pk=offer.round_id).update(answer_by=overdue)
        late = words(browser.get(offer.get_absolute_url()))
        offer.body.contacts.all().delete()
        nowhere = words(browser.get(offer.get_absolute_url()))
        Round.objects.filter(pk=offer.round_id).update(status="closed")
        closed = words(browser.get(offer.get_absolute_url()))

        for page, why in (
            (late, "Answers were due on"),
            (nowhere, "No e-mail address of Coldbrook Parish Council is known."),
            (closed, "The round is not open."),
        ):
            assert f"No letter with a new link can be sent: {why}" in page
            assert button not in page

    def test_who_holds_an_office_of_the_council_still_signs_in(
        self, cast: Cast, offer: Offer
    ) -> None:
        by_link(cast, offer)
        held = Offer.objects.get(pk=offer.pk)
        actions.end_link(offer=held, letter=1, reason="Astray", by=cast.by, now=datetime.now(UTC))
        _ = cast.at_coldbrook

        page = cast.signed_in(cast.colm).get(offer.get_absolute_url())

        assert page.status_code == 200
        assert "End it" not in words(page)
