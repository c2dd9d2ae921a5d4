"""One council's offer: its figures, its own facts, its wording and its answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import ADA, Cast
from tests.offers.asked import NOW, begun, offer_to, opened, reachable
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.policies import Taken
from waywarden.devolution.offers import actions, queries, wording
from waywarden.devolution.offers.actions import CannotOffer, Own, Said
from waywarden.devolution.offers.costs import Costs, Span
from waywarden.devolution.offers.models import Offer
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.rules.calendar import Whose
from waywarden.rules.four_numbers import FourNumbers
from waywarden.rules.powers.table import POWERS

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = NOW.date()


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


@pytest.fixture
def offer(cast: Cast) -> Offer:
    """The offer to Coldbrook, which has 9,000 square metres of village grass."""
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 9_000))
    return offer_to(opened(cast), cast.coldbrook_council)


def resolved(**facts: Any) -> Taken:
    """Give the resolution by which a council agreed."""
    said = {"outcome": "agreed", "reference": "12.3", "stated_on": date(2027, 4, 12)}
    return Taken(**said | facts)


class TestFigures:
    def test_po1_a_council_sees_its_own_quantities_and_what_the_county_pays(
        self, offer: Offer
    ) -> None:
        pack = queries.pack_of(offer, on=TODAY)

        assert [line.quantity for line in pack.lines] == ["9,000 m²"]
        # 9,000 square metres at 5p are £450.
        assert pack.county_pays == 450_00
        assert (pack.missing, pack.is_estimated) == ([], False)

    def test_what_nobody_has_counted_is_not_known_and_not_nought(self, cast: Cast) -> None:
        pack = queries.pack_of(offer_to(opened(cast), cast.coldbrook_council), on=TODAY)

        assert (pack.county_pays, pack.missing) == (None, ["Village grass"])
        assert pack.lines[0].quantity == "Not known"
        assert (pack.lines[0].sureness, pack.lines[0].pays) == ("", None)
        assert pack.best.gap is None

    def test_an_estimate_is_called_one_and_a_dispute_is_shown(
        self, cast: Cast, offer: Offer
    ) -> None:
        pack = queries.pack_of(offer, on=TODAY)
        assert pack.lines[0].sureness == "Measured (A)"

        cast.record(cast.estimate(cast.wychbourne, "DPS01", 100, 200, 400))
        theirs = queries.pack_of(offer_to(offer.round, cast.wychbourne_council), on=TODAY)
        assert theirs.is_estimated
        assert theirs.lines[0].sureness == "Estimate (C)"

        held = pack.lines[0].held
        type(held).objects.filter(pk=held.pk).update(is_disputed=True, dispute="Too much")
        disputed = queries.pack_of(offer, on=TODAY)
        assert disputed.lines[0].sureness == "Disputed"
        assert len(disputed.disputed) == 1

    def test_cl8_the_share_in_the_cluster_stands_beside_alone_and_the_own_quote(
        self, offer: Offer
    ) -> None:
        own = Own(tax_base_milli=262_000, own_quote_pence=1_000_00)
        actions.tell_own(offer=offer, version=offer.version, own=own, by=ADA)
        costs = Costs(Span(7_000_00, 7_292_00, 8_000_00), Span(1, 1_713_65, 2), "", "", "")
        pack = queries.Pack(offer, queries.pack_of(offer, on=TODAY).lines, costs)

        assert pack.alone.gap == 6_842_00
        assert pack.together is not None
        assert pack.best == pack.together
        assert pack.together.gap == 1_263_65
        assert pack.together.band_d == 4_82
        assert pack.quoted is not None
        assert pack.quoted.gap == 550_00

    def test_without_a_cluster_it_goes_alone_and_without_a_quote_there_is_none(
        self, offer: Offer
    ) -> None:
        costs = Costs(Span(1, 2, 3), None, "", "", "")
        pack = queries.Pack(offer, [], costs)

        assert (pack.together, pack.quoted) == (None, None)
        assert pack.best.cost == 2

    def test_every_council_is_worked_out_in_as_many_queries(
        self, cast: Cast, offer: Offer, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(6):
            packs = queries.packs_of(offer.round, on=TODAY)

        assert [pack.county_pays for pack in packs] == [450_00, None, None, None]


class TestOwnFacts:
    def test_a_council_says_when_it_meets(self, cast: Cast, offer: Offer) -> None:
        own = Own(meeting_on=date(2027, 6, 7))

        actions.tell_own(offer=offer, version=offer.version, own=own, by=cast.by)

        assert offer.meeting_on == date(2027, 6, 7)
        assert last().after == {"meeting_on": "2027-06-07"}
        length = Entry.objects.count()
        actions.tell_own(offer=offer, version=offer.version, own=own, by=cast.by)
        assert Entry.objects.count() == length
        with pytest.raises(Overtaken):
            actions.tell_own(offer=offer, version=1, own=Own(), by=cast.by)


class TestAnswers:
    def test_cl5_a_council_agrees_by_its_resolution(self, cast: Cast, offer: Offer) -> None:
        said = Said(answer="agreed", taken=resolved())

        actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        decision = Decision.objects.get()
        assert offer.decision == decision
        assert (decision.body, decision.reference) == (cast.coldbrook_council, "12.3")
        assert decision.title == "To join: Grass from April 2028"
        assert offer.stage == "Agreed to join"

    def test_what_the_council_has_recorded_itself_is_taken_as_it_is(
        self, cast: Cast, offer: Offer
    ) -> None:
        given = {"kind": "minute", "title": "To join", "by": cast.by, "now": NOW}
        held = decisions.record(body=cast.coldbrook_council, taken=resolved(), **given)

        said = Said(answer="agreed", taken=resolved())
        actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        assert offer.decision == held
        assert Decision.objects.count() == 1

    def test_what_is_recorded_as_refused_is_no_agreement(self, cast: Cast, offer: Offer) -> None:
        given = {"kind": "minute", "title": "To join", "by": cast.by, "now": NOW}
        refused = resolved(outcome="refused")
        decisions.record(body=cast.coldbrook_council, taken=refused, **given)

        with pytest.raises(CannotOffer, match=r"12\.3 is recorded as “not agreed”"):
            actions.answer(
                offer=offer, said=Said(answer="agreed", taken=resolved()), by=cast.by, now=NOW
            )

    def test_a_council_that_withdrew_its_minute_has_not_agreed_and_is_asked_again(
        self, cast: Cast, offer: Offer
    ) -> None:
        reachable(cast, cast.coldbrook_council)
        said = Said(answer="agreed", taken=resolved())
        actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        decisions.withdraw(decision=offer.decision, reason="Of another council", by=cast.by)

        found = offer_to(offer.round, cast.coldbrook_council)
        assert found.stage == "Minute withdrawn"
        steps = {step.name: step.count for step in queries.pipeline([found])}
        assert (steps["Minute withdrawn"], steps["Agreed to join"]) == (1, 0)
        actions.write_to(offer=found, by=cast.by, now=NOW)

    def test_who_offers_may_note_a_late_answer(self, cast: Cast, offer: Offer) -> None:
        late, ada = NOW.replace(month=12, day=2), cast.at_the_county

        actions.answer(offer=offer, said=Said(answer="declined"), by=ada.actor, now=late)

        assert Offer.objects.get(pk=offer.pk).answer == "declined"

    def test_nobody_agrees_without_a_resolution_or_refuses_with_one(
        self, cast: Cast, offer: Offer
    ) -> None:
        for said in (Said(answer="agreed"), Said(answer="declined", taken=resolved())):
            with pytest.raises(CannotOffer, match="enter its minute reference and day"):
                actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        assert Offer.objects.get(pk=offer.pk).answer == ""

    def test_cl9_why_is_kept_beside_the_journal_and_public_by_choice(
        self, cast: Cast, offer: Offer
    ) -> None:
        said = Said(answer="declined", reason="Our clerk has six hours", is_reason_public=True)

        actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        assert "six hours" not in str(last().after)
        assert last().after["is_reason_public"] is True
        assert offer.waiting_since() == NOW

    def test_an_answer_can_be_changed_until_answers_are_due(self, cast: Cast, offer: Offer) -> None:
        actions.answer(offer=offer, said=Said(answer="declined"), by=cast.by, now=NOW)
        said = Said(answer="agreed", taken=resolved())
        actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        assert last().before == {"answer": "declined"}
        late = NOW.replace(month=12, day=2)
        with pytest.raises(CannotOffer, match="it may still take yours"):
            actions.answer(offer=offer, said=Said(answer="declined"), by=cast.by, now=late)
        actions.close(of=offer.round, by=cast.by)
        with pytest.raises(CannotOffer, match="not open for answers any more"):
            actions.answer(offer=offer, said=Said(answer="declined"), by=cast.by, now=NOW)

    def test_of_two_answers_at_once_one_is_taken(self, cast: Cast, offer: Offer) -> None:
        stale = offer_to(offer.round, offer.body)
        actions.answer(offer=offer, said=Said(answer="declined"), by=cast.by, now=NOW)

        with pytest.raises(Overtaken):
            actions.answer(offer=stale, said=Said(answer="more-time"), by=cast.by, now=NOW)

    def test_a_call_back_is_asked_for(self, cast: Cast, offer: Offer) -> None:
        actions.ask_for_a_call(offer=offer, who="01865 000000", by=cast.by, now=NOW)

        assert Offer.objects.get(pk=offer.pk).call_back == "01865 000000"
        assert "01865" not in str(last().after)


class TestWording:
    def meant(self, **facts: Any) -> wording.Meant:
        """Give what the wording is about: two services in a cluster."""
        numbers = FourNumbers(cost=3_060_00, county_pays=886_00, tax_base_milli=262_000)
        said = {
            "council": "Coldbrook Parish Council",
            "giver": "The County Council",
            "services": ("Village grass", "Signs"),
            "starts_on": date(2028, 4, 1),
            "years": 3,
            "cluster": "Wychbourne would lead the cluster.",
            "numbers": numbers,
            "power": POWERS["LGA2000-s9EA"],
        }
        return wording.Meant(**said | facts)

    def test_cl3_agenda_resolution_and_budget_line_are_ready_to_paste(self) -> None:
        found = wording.wording_of(self.meant())

        assert found.agenda == (
            "To consider the offer of The County Council that Coldbrook Parish Council look after "
            "village grass and signs in its parish from 1 April 2028 for 3 years, and to resolve "
            "whether to accept it. Wychbourne would lead the cluster."
        )
        assert "under Local Government Act 2000" in found.resolution
        assert "To find from the precept: £2,174." in found.budget
        assert "For a home in Band D: £8.30 a year." in found.budget
        assert "DRAFT RESOLUTION" in found.whole

    def test_what_is_not_known_is_said(self) -> None:
        numbers = FourNumbers(cost=None, county_pays=886_00)
        found = wording.wording_of(
            self.meant(numbers=numbers, services=("Signs",), cluster="", years=1)
        )

        assert found.budget.startswith("The cost or the county’s payment is not known yet")
        assert found.agenda.endswith("for 1 year, and to resolve whether to accept it.")
        without = FourNumbers(cost=100, county_pays=100)
        assert "Band D" not in wording.wording_of(self.meant(numbers=without)).budget

    def test_a_parish_meeting_has_business_for_its_notice_and_a_chairman(self) -> None:
        found = wording.wording_of(self.meant(whose=Whose.PARISH_MEETING))

        assert found.whole.startswith("BUSINESS FOR THE NOTICE")
        assert "that the chairman of the parish meeting be authorised to tell" in found.resolution
        unsure = wording.wording_of(self.meant(whose=Whose.COUNCIL_OR_MEETING))
        assert "the clerk, or the chairman of the parish meeting, be" in unsure.resolution

    @pytest.mark.parametrize("key", POWERS)
    def test_every_power_can_stand_in_a_resolution(self, key: str) -> None:
        assert "under " in wording.wording_of(self.meant(power=POWERS[key])).resolution

    def test_where_the_county_pays_more_than_it_costs_that_is_shown(self) -> None:
        numbers = FourNumbers(cost=100_00, county_pays=200_00, tax_base_milli=10_000)

        assert "−£10.00" in wording.wording_of(self.meant(numbers=numbers)).budget


def test_a_round_that_is_written_has_no_offers(cast: Cast) -> None:
    assert queries.offers_of(begun(cast)) == []
    assert queries.packs_of(begun(cast), on=TODAY) == []
