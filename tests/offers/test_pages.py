"""The pages of offers, as a clerk with a letter and others use them."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offers.asked import (
    begun,
    by_link,
    link_in_last_letter,
    offer_to,
    open_today,
    send,
    words,
)
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.county.services.models import Quantity
from waywarden.devolution.offers import actions, queries
from waywarden.devolution.offers.costs import Costs, Span
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def costed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that says what the offer costs each council: alone, and in its cluster."""
    costs = Costs(
        Span(7_000_00, 7_292_00, 8_000_00), Span(1_500_00, 1_713_65, 2_000_00), "", "A plan", ""
    )
    monkeypatch.setattr(
        queries, "costs_of", lambda plan, places, codes: dict.fromkeys(places, costs)
    )


class TestTheClerk:
    def test_cl1_a_letter_opens_the_offer_on_one_page_without_an_account(
        self, cast: Cast, offer: Offer
    ) -> None:
        browser = by_link(cast, offer)

        page = words(browser.get(offer.get_absolute_url()))

        assert "Offer to Coldbrook Parish Council" in page
        assert "Please answer by" in page
        assert "9,000 m²" in page
        assert "£450" in page
        assert "What happens if you say no" in page
        assert "No account is needed." in page

    def test_cl1_the_offer_and_its_gap_are_understood_from_one_page(
        self, cast: Cast, offer: Offer, costed: None
    ) -> None:
        own = actions.Own(tax_base_milli=262_000)
        actions.tell_own(offer=offer, version=offer.version, own=own, by=cast.by)
        answer = by_link(cast, offer).get(offer.get_absolute_url())
        page = words(answer)

        # It costs £1,713.65 in the cluster, the county pays £450: £1,263.65 is the gap, which is
        # £4.82 for each of 262 homes in Band D.
        for said in ("Cost £1,713.65", "pays £450", "Gap £1,263.65", "£4.82"):
            assert said in page
        assert "That is your share in the cluster. Alone it would cost £7,292 a year" in page
        assert page.index("£1,263.65") < page.index("What to do now")
        assert "By which power" in page
        # No more than is read in five minutes, at two hundred words in each.
        main = re.sub(r"(?s).*<main|</main>.*", "", answer.content.decode())
        assert len(re.sub(r"<[^>]+>", " ", main).split()) < 1_000

    def test_cl8_the_own_quote_stands_beside_the_plans_cost_each_with_its_band_d_effect(
        self, cast: Cast, offer: Offer, costed: None
    ) -> None:
        browser, own = by_link(cast, offer), f"{offer.get_absolute_url()}own/"
        said = {"tax_base": "262", "own_quote": "1,000"}
        version = str(Offer.objects.get(pk=offer.pk).version)

        page = words(send(browser, own, **said, version=version))

        assert "Your own quote beside the plan’s cost, in a year" in page
        # £1,263.65, £6,842 and £550 over 262 homes.
        assert "Your share in the cluster £1,714 £1,264 £4.82" in page
        assert "Alone £7,292 £6,842 £26.11" in page
        assert "Your own quote £1,000 £550 £2.10" in page

    def test_a_quote_without_a_plan_stands_alone(self, cast: Cast, offer: Offer) -> None:
        browser, own = by_link(cast, offer), f"{offer.get_absolute_url()}own/"
        version = str(Offer.objects.get(pk=offer.pk).version)

        page = words(send(browser, own, own_quote="1,000", version=version))

        assert "Your own quote of £1,000 would leave a gap of £550" in page

    def test_what_was_said_for_another_offer_is_filled_in_and_named(
        self, cast: Cast, offer: Offer
    ) -> None:
        earlier = offer_to(open_today(cast, title="Signs before"), offer.body)
        meets = localdate() + timedelta(days=30)
        told = actions.Own(meeting_on=meets, tax_base_milli=262_400)
        actions.tell_own(offer=earlier, version=earlier.version, own=told, by=cast.by)
        browser, own = by_link(cast, offer), f"{offer.get_absolute_url()}own/"

        page, form = words(browser.get(offer.get_absolute_url())), browser.get(own)

        assert "When does your council meet next? For “Signs before” you said" in page
        assert "you gave a tax base of 262.400 Band D homes" in page
        year = earlier.round.starts_on.year
        assert f"You said so for “Signs before”, from {year}." in words(form)
        assert form.context["form"].initial["meeting_on"] == meets
        assert 'value="262.400"' in form.content.decode()
        assert Offer.objects.get(pk=offer.pk).tax_base_milli is None

    def test_what_is_held_for_this_offer_or_is_over_is_not_filled_in(
        self, cast: Cast, offer: Offer
    ) -> None:
        earlier = offer_to(open_today(cast, title="Signs before"), offer.body)
        told = actions.Own(meeting_on=localdate() - timedelta(days=1), tax_base_milli=262_400)
        actions.tell_own(offer=earlier, version=earlier.version, own=told, by=cast.by)
        held = actions.Own(tax_base_milli=100_000)
        actions.tell_own(offer=offer, version=offer.version, own=held, by=cast.by)

        form = by_link(cast, offer).get(f"{offer.get_absolute_url()}own/").context["form"]

        assert (form.initial["tax_base"], form.initial["meeting_on"]) == ("100.000", None)

    def test_what_is_cleared_for_this_offer_stays_clear(self, cast: Cast, offer: Offer) -> None:
        earlier = offer_to(open_today(cast, title="Signs before"), offer.body)
        told = actions.Own(tax_base_milli=262_400)
        actions.tell_own(offer=earlier, version=earlier.version, own=told, by=cast.by)
        browser, own = by_link(cast, offer), f"{offer.get_absolute_url()}own/"
        version = str(Offer.objects.get(pk=offer.pk).version)

        send(browser, own, version=version, tax_base="", meeting_on="")

        assert browser.get(own).context["form"].initial["tax_base"] is None
        assert "you gave a tax base" not in words(browser.get(offer.get_absolute_url()))

    def test_the_tax_base_filled_in_is_that_of_the_latest_year(
        self, cast: Cast, offer: Offer
    ) -> None:
        later = {"starts_on": offer.round.starts_on + timedelta(days=400)}
        for homes, facts in ((200_000, later), (100_000, {})):
            each = offer_to(open_today(cast, **facts), offer.body)
            own = actions.Own(tax_base_milli=homes)
            actions.tell_own(offer=each, version=each.version, own=own, by=cast.by)

        said = queries.said_before(offer, on=localdate())["tax_base"]

        assert (said.value, said.year) == ("200.000", later["starts_on"].year)

    def test_a_quote_is_kept_while_one_quantity_is_unknown(self, cast: Cast) -> None:
        unknown = offer_to(open_today(cast), cast.coldbrook_council)
        own = actions.Own(own_quote_pence=1_000_00)
        actions.tell_own(offer=unknown, version=unknown.version, own=own, by=cast.by)

        page = words(by_link(cast, unknown).get(unknown.get_absolute_url()))

        assert "Your own quote of £1,000 is kept: what it leaves to find cannot be said" in page

    def test_the_file_of_its_lines_says_whose_they_are(self, cast: Cast, offer: Offer) -> None:
        file = by_link(cast, offer).get(f"{offer.get_absolute_url()}lines.xlsx")

        with ZipFile(BytesIO(file.content)) as sheets:
            said = " ".join(sheets.read(name).decode() for name in sheets.namelist())
        assert "For the council that it is offered to, and whoever offers it." in said
        assert "reasons are kept" not in said

    def test_cl2_a_quantity_is_disputed_and_the_county_is_told(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        line = offer.round.services.get()
        where = f"{offer.get_absolute_url()}quantities/coldbrook-marlshire/{line.pk}/"
        held = Quantity.objects.current().get()
        said = {"dispute": "The green was sold in 2019", "version": str(held.pk)}

        page = words(send(browser, where, **said))

        assert "Disputed" in page
        figure = Quantity.objects.current().get()
        assert (figure.is_disputed, figure.dispute) == (True, "The green was sold in 2019")
        assert Notice.objects.filter(to_email="ada@example.org").exists()
        overtaken = send(browser, where, **said | {"dispute": "Twice"})
        assert overtaken.status_code == 409

    def test_the_lines_of_an_offer_are_taken_away(self, cast: Cast, offer: Offer) -> None:
        browser = by_link(cast, offer)

        file = browser.get(f"{offer.get_absolute_url()}lines.csv").content.decode()
        book = browser.get(f"{offer.get_absolute_url()}lines.xlsx")

        assert "Village grass,Coldbrook,9000" in file
        assert "450" in file
        assert book.status_code == 200
        assert Client().get(f"{offer.get_absolute_url()}lines.csv").status_code == 302

    def test_cl3_the_wording_is_there_to_copy_and_to_take_away(
        self, cast: Cast, offer: Offer
    ) -> None:
        browser = by_link(cast, offer)

        page = words(browser.get(f"{offer.get_absolute_url()}wording/"))
        file = browser.get(f"{offer.get_absolute_url()}wording.txt")

        assert "Draft resolution" in page
        assert "accept the offer of The County Council to carry out village grass" in page
        assert "AGENDA ITEM" in file.content.decode()
        assert "coldbrook-council-wording.txt" in file["Content-Disposition"]

    def test_cl3_the_wording_leads_on_to_the_answer_until_answers_are_closed(
        self, cast: Cast, offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        where, answer = f"{offer.get_absolute_url()}wording/", f"{offer.get_absolute_url()}answer/"
        said = browser.get(where)

        assert "When your council has decided" in words(said)
        for kind in ("agreed", "more-time", "declined"):
            assert f"{answer}?answer={kind}" in said.content.decode()
            assert browser.get(f"{answer}?answer={kind}").status_code == 200
        assert f'href="{offer.get_absolute_url()}"' in said.content.decode()
        assert "closed" not in words(said)

        days = {"answer_by": localdate() - timedelta(days=1)}
        Round.objects.filter(pk=offer.round.pk).update(**days)
        late = browser.get(where)
        assert "Answers are closed: the wording, to look up" in words(late)
        assert "Write to The County Council: it may still take yours." in words(late)
        assert "?answer=" not in late.content.decode()

    def test_cl3_once_the_round_is_closed_the_wording_says_so_to_everybody(
        self, cast: Cast, offer: Offer, ada: tuple[Client, Office]
    ) -> None:
        browser = by_link(cast, offer)
        Round.objects.filter(pk=offer.round.pk).update(status="closed")

        page = words(browser.get(f"{offer.get_absolute_url()}wording/"))
        assert "not open for answers any more" in page
        hers = words(ada[0].get(f"{offer.get_absolute_url()}wording/"))
        assert "Answers are closed" in hers

    def test_cl4_a_meeting_gives_the_day_its_agenda_must_be_out_and_the_precept(
        self, cast: Cast, offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        Round.objects.filter(pk=offer.round.pk).update(
            starts_on="2099-04-01", answer_by="2099-03-01"
        )
        own = f"{offer.get_absolute_url()}own/"
        version = str(Offer.objects.get(pk=offer.pk).version)
        for never in ("2099-01-04", "0206-01-09", "2035-01-09"):
            refused = send(browser, own, meeting_on=never, version=version)
            assert "the bank holidays of that year are not recorded" in words(refused)

        page = words(send(browser, own, meeting_on="2027-01-04", version=version))
        assert "The next meeting is on Monday 4 January 2027. The agenda must go out by" in page
        assert "by Monday 21 December 2026. Monday 21 December 2026 is the safe day" in page
        assert "26 December 2026 falls on a Saturday" in page
        for day in ("Tuesday 29 December", "Tuesday 22 December", "Monday 21 December"):
            assert f"{day} 2026 : 3 clear days." in page
        assert "when precepts are asked for" not in page

        Round.objects.filter(pk=offer.round.pk).update(
            starts_on="2027-04-01", answer_by="2027-03-01"
        )
        late = {"meeting_on": "2027-01-18", "version": str(int(version) + 1)}
        assert "when precepts are asked for" in words(send(browser, own, **late))

    def test_cl4_a_parish_meeting_puts_up_its_notice_seven_clear_days_before(
        self, cast: Cast, offer: Offer
    ) -> None:
        theirs = offer_to(offer.round, cast.marl_green_meeting)
        browser = by_link(cast, theirs)
        version = str(Offer.objects.get(pk=theirs.pk).version)

        own = f"{theirs.get_absolute_url()}own/"
        page = words(send(browser, own, meeting_on="2027-06-30", version=version))

        # Seven clear days without weekends reach Monday 21; the day before is a Sunday.
        assert "signed by whoever convenes it, must be up by Friday 18 June" in page
        assert "seven clear days’ notice" in page
        assert "The agenda must go out" not in page
        wording = words(browser.get(f"{theirs.get_absolute_url()}wording/"))
        assert "Business for the notice" in wording

    def test_cl4_where_nobody_knows_whether_there_is_a_council_the_longer_notice_is_said(
        self, cast: Cast, offer: Offer
    ) -> None:
        theirs = offer_to(offer.round, cast.little_haye_parish)
        browser = by_link(cast, theirs)
        version = str(Offer.objects.get(pk=theirs.pk).version)

        own = f"{theirs.get_absolute_url()}own/"
        page = words(send(browser, own, meeting_on="2027-06-30", version=version))

        assert "Its notice must be out by Friday 18 June" in page
        assert "the longer keeps to both" in page

    def test_cl5_a_council_agrees_with_its_minute_and_votes(self, cast: Cast, offer: Offer) -> None:
        browser = by_link(cast, offer)
        where = f"{offer.get_absolute_url()}answer/"
        said = {"answer": "agreed", "reference": "12.3", "votes_for": "6", "votes_against": "1"}
        said |= {"present": "7", "quorum": "3"}

        early = send(browser, where, answer="agreed")
        lost = {"votes_for": "1", "votes_against": "6", "stated_on": str(localdate())}
        refused = send(browser, where, **said | lost)
        page = words(send(browser, where, **said, stated_on=str(localdate())))

        assert "1 voted for it and 6 against: it was not agreed." in words(refused)
        assert early.status_code == 400
        assert "Enter the minute reference" in words(early)
        assert "Agreed to join" in page
        decision = Decision.objects.get()
        assert (decision.votes_for, decision.votes_against) == (6, 1)
        assert "12.3" in words(Client().get("/bodies/coldbrook-council/decisions/"))

    def test_cl8_a_quote_and_a_tax_base_are_compared(self, cast: Cast, offer: Offer) -> None:
        browser = by_link(cast, offer)
        version = str(Offer.objects.get(pk=offer.pk).version)
        said = {"tax_base": "262", "own_quote": "1,00", "version": version}

        wrong = send(browser, f"{offer.get_absolute_url()}own/", **said)
        said["own_quote"] = "£1,000.50"
        page = words(send(browser, f"{offer.get_absolute_url()}own/", **said))

        assert wrong.status_code == 400
        assert "Your own quote of £1,000.50 would leave a gap of £551, £2.10 for a Band D" in page

    def test_cl9_who_says_no_is_thanked_and_not_asked_again(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        said = {"answer": "declined", "reason": "Too few hands"}

        page = words(send(browser, f"{offer.get_absolute_url()}answer/", **said))

        assert "Nobody will ask you again." in page
        told = words(send(ada[0], f"{offer.get_absolute_url()}write/", acting=ada[1]))
        assert "has said no: it is not asked again" in told
        assert "Too few hands" in words(ada[0].get(f"/offers/{offer.round.pk}/councils/"))
        assert "Too few hands" not in words(Client().get(f"/offers/{offer.round.pk}/"))

    def test_cl9_a_reason_is_public_where_the_council_says_so(
        self, cast: Cast, offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        said = {"answer": "declined", "reason": "Too few hands", "is_reason_public": "on"}

        send(browser, f"{offer.get_absolute_url()}answer/", **said)

        page = words(Client().get(f"/offers/{offer.round.pk}/"))
        assert "Coldbrook Parish Council Not for us: Too few hands" in page

    def test_a_call_back_is_asked_for(self, cast: Cast, offer: Offer) -> None:
        browser = by_link(cast, offer)

        page = words(send(browser, f"{offer.get_absolute_url()}call-back/", who="Colm, 01865"))

        assert "A call was asked for" in page
        assert "Colm, 01865" not in page

    def test_a_clerk_who_has_signed_in_answers_too(self, cast: Cast, offer: Offer) -> None:
        acting = cast.at_coldbrook
        browser = cast.signed_in(cast.colm)
        where = f"{offer.get_absolute_url()}answer/"

        page = words(send(browser, where, acting=acting, answer="more-time"))

        assert "Needs more time" in page
        assert send(browser, where, answer="declined").status_code == 409


class TestOthers:
    @pytest.mark.parametrize("asked", ["Coldbrook", "7,654", "7654", "quote"])
    def test_ab16_no_search_list_or_file_says_what_another_council_was_quoted(
        self, cast: Cast, offer: Offer, asked: str
    ) -> None:
        _ = cast.at_wychbourne
        own = actions.Own(own_quote_pence=7_654_321_37, tax_base_milli=262_000)
        actions.tell_own(offer=offer, version=offer.version, own=own, by=cast.by)
        assert "7,654,321" in words(by_link(cast, offer).get(offer.get_absolute_url()))
        places = ("/search/", "/offers/", "/offers/offers.csv", f"/offers/{offer.round.pk}/")

        for browser in (Client(), cast.signed_in(cast.bron)):
            for place in places:
                for query in ({}, {"q": asked}, {"title": asked}):
                    said = words(browser.get(place, query, follow=True))
                    assert not re.search(r"7,?654,?321|765432137", said)

    def test_ab16_an_offer_is_nobody_elses_to_see(self, cast: Cast, offer: Offer) -> None:
        _ = cast.at_wychbourne, cast.office(cast.dot, cast.marlshire_council, "officer")
        other = offer_to(offer.round, cast.wychbourne_council)
        stranger, link = Client(), by_link(cast, other)

        assert stranger.get(offer.get_absolute_url()).status_code == 302
        back = words(stranger.get(offer.get_absolute_url(), follow=True))
        assert "open the link in it once more: it needs no account" in back
        assert cast.signed_in(cast.bron).get(offer.get_absolute_url()).status_code == 403
        assert cast.signed_in(cast.dot).get(offer.get_absolute_url()).status_code == 403
        assert link.get(offer.get_absolute_url()).status_code == 302
        assert link.get(other.get_absolute_url()).status_code == 200

    def test_a_councillor_reads_and_does_not_answer(self, cast: Cast, offer: Offer) -> None:
        acting = cast.office(cast.dot, cast.coldbrook_council, "councillor")
        browser = cast.signed_in(cast.dot)

        assert browser.get(offer.get_absolute_url()).status_code == 200
        where = f"{offer.get_absolute_url()}answer/"
        assert send(browser, where, acting=acting, answer="declined").status_code == 403

    def test_a_link_ends_with_the_next_letter_the_round_and_its_days(
        self, cast: Cast, offer: Offer
    ) -> None:
        first = by_link(cast, offer)
        old = link_in_last_letter()
        sent = Offer.objects.filter(pk=offer.pk)
        sent.update(sent_at=timezone.now() - timedelta(days=2))
        second = by_link(cast, Offer.objects.get(pk=offer.pk))

        assert first.get(offer.get_absolute_url()).status_code == 302
        assert Client().get(old).status_code == 404
        assert second.get(offer.get_absolute_url()).status_code == 200

        of = Round.objects.get()
        Round.objects.update(answer_by=localdate() - timedelta(days=40))
        assert second.get(offer.get_absolute_url()).status_code == 302
        Round.objects.update(answer_by=of.answer_by)
        actions.close(of=of, by=cast.by)
        assert "not open for answers any more" in words(second.get(offer.get_absolute_url()))
        Round.objects.update(status="withdrawn")
        assert second.get(offer.get_absolute_url()).status_code == 302
        assert Client().get(link_in_last_letter()).status_code == 404

    def test_a_link_that_was_never_sent_opens_nothing(self, db: None) -> None:
        page = Client().get("/o/never-sent/")

        assert page.status_code == 404
        assert "This link does not open an offer" in words(page)

    def test_histories_are_for_who_may_see_what_they_are_of(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        draft = begun(cast)

        assert Client().get(f"/history/round/{offer.round.key}/").status_code == 200
        assert Client().get(f"/history/round/{draft.key}/").status_code == 404
        assert ada[0].get(f"/history/round/{draft.key}/").status_code == 200
        assert Client().get(f"/history/offer/{offer.key}/").status_code == 404
        assert ada[0].get(f"/history/offer/{offer.key}/").status_code == 200
        assert Client().get("/history/round/round-01/").status_code == 404

    def test_a_line_that_is_not_there_cannot_be_disputed(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        here = f"{offer.get_absolute_url()}quantities/coldbrook-marlshire/"
        line = offer.round.services.get().pk

        assert browser.get(f"{here}77/").status_code == 404
        Quantity.objects.update(withdrawn_on=localdate())
        assert browser.get(f"{here}{line}/").status_code == 404
        assert ada[0].get(f"{here}{line}/").status_code == 403

    def test_only_who_runs_a_round_works_on_it(self, cast: Cast, offer: Offer) -> None:
        _ = cast.at_coldbrook
        browser = cast.signed_in(cast.colm)

        assert browser.get("/offers/begin/").status_code == 403
        assert browser.get(f"/offers/{offer.round.pk}/councils/").status_code == 403
        assert "Make an offer" not in words(browser.get("/offers/"))


def test_nothing_is_offered_yet(cast: Cast) -> None:
    assert "There is no offer yet" in words(Client().get("/offers/"))
