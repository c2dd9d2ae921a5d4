"""A round of offers: begun, priced, opened to every council, closed, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.offers.asked import GRASS, NOW, begun, offer_to, opened, reachable, terms
from waywarden.county.councils.models import Body
from waywarden.devolution.offers import actions, policies, queries
from waywarden.devolution.offers.actions import CannotOffer, Rate
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import How, Notice, Preference

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


class TestWriting:
    def test_what_a_round_says_is_changed_while_it_is_written(self, cast: Cast) -> None:
        of = begun(cast)

        actions.change(of=of, version=1, terms=terms(years=5), by=cast.by)

        assert of.years == 5
        assert (last().before, last().after) == ({"years": 3}, {"years": 5})
        with pytest.raises(Overtaken):
            actions.change(of=of, version=1, terms=terms(), by=cast.by)

    def test_a_service_is_offered_on_other_terms_and_left_out(self, cast: Cast) -> None:
        of, grass = begun(cast), cast.service("DPS01")

        offered = actions.offer_service(
            of=of, service=grass, rate=Rate(rate_millipence=6_000), by=cast.by
        )
        assert [each.rate_millipence for each in queries.services_of(of)] == [6_000]
        actions.leave_out(offered=offered, by=cast.by)

        assert queries.services_of(of) == []
        actions.offer_service(of=of, service=grass, rate=GRASS, by=cast.by)
        assert len(queries.services_of(of)) == 1

    def test_what_councils_were_offered_stays_as_it_was(self, cast: Cast) -> None:
        of = opened(cast)
        offered = queries.services_of(of)[0]
        offered.round = of

        for act in (
            lambda: actions.change(of=of, version=of.version, terms=terms(years=5), by=cast.by),
            lambda: actions.offer_service(of=of, service=offered.service, rate=GRASS, by=cast.by),
            lambda: actions.leave_out(offered=offered, by=cast.by),
        ):
            with pytest.raises(CannotOffer, match="stays as it was"):
                act()


class TestOpening:
    def test_every_council_and_meeting_of_the_countys_parishes_is_asked(self, cast: Cast) -> None:
        of = opened(cast)

        assert [offer.body.name for offer in queries.offers_of(of)] == [
            "Coldbrook Parish Council",
            "Little Haye parish (council or meeting)",
            "Marl Green Parish Meeting",
            "Wychbourne Town Council",
        ]
        assert last().after == {"councils": 4}

    def test_nothing_is_opened_without_a_service_or_in_the_past(self, cast: Cast) -> None:
        bare = actions.begin(body=cast.county_council, terms=terms(), by=cast.by)
        late = begun(cast, answer_by=date(2027, 5, 3))

        with pytest.raises(CannotOffer, match="Add a service to offer"):
            actions.open_round(of=bare, by=cast.by, now=NOW)
        with pytest.raises(CannotOffer, match="choose a day to come"):
            actions.open_round(of=late, by=cast.by, now=NOW)

    def test_what_is_tight_is_said_and_stops_nobody(self, cast: Cast) -> None:
        today = date(2027, 11, 1)
        of = opened(cast)

        assert policies.warnings_of_time(of, today=today) == [
            "Councils have 30 days to answer. Many meet every two months: give them 42 at least.",
            "For a start on 1 April 2028 the last safe day of “Final prices” was 31 October 2027.",
        ]
        assert policies.warnings_of_time(of, today=date(2027, 5, 3)) == []

    def test_it_is_closed_and_opened_again_without_asking_anybody_twice(self, cast: Cast) -> None:
        of = opened(cast)
        actions.close(of=of, by=cast.by)

        actions.open_round(of=of, by=cast.by, now=NOW)

        assert of.is_open
        assert Offer.objects.count() == 4

    def test_a_round_that_is_withdrawn_stays_so(self, cast: Cast) -> None:
        of = opened(cast)
        stale = Round.objects.get()
        actions.withdraw(of=of, reason="The budget fell through", by=cast.by)

        assert last().reason == "The budget fell through"
        with pytest.raises(Overtaken, match="“Withdrawn” by now"):
            actions.close(of=of, by=cast.by)
        with pytest.raises(Overtaken, match="“Withdrawn” by now"):
            actions.close(of=stale, by=cast.by)

    def test_every_status_is_in_the_table_of_moves(self) -> None:
        assert set(Round.MOVES) == set(Round.Status)


class TestLetters:
    def test_po6_a_council_gets_a_letter_with_a_link_of_its_own(self, cast: Cast) -> None:
        of = opened(cast)
        reachable(cast, cast.coldbrook_council)
        offer = offer_to(of, cast.coldbrook_council)

        actions.write_to(offer=offer, by=cast.by, now=NOW)

        notice = Notice.objects.get()
        assert notice.to_email == "clerk@coldbrook.example"
        assert "Please answer by 1 December 2027" in notice.text
        assert notice.link.startswith("/o/")
        assert (offer.letters, offer.stage) == (1, "Silent")
        assert last().did == "sent an offer"
        assert notice.link.split("/")[2] not in str(last().after)

    def test_a_second_letter_says_that_nothing_was_heard_and_ends_the_first_link(
        self, cast: Cast
    ) -> None:
        of = opened(cast)
        reachable(cast, cast.coldbrook_council)
        offer = offer_to(of, cast.coldbrook_council)
        actions.write_to(offer=offer, by=cast.by, now=NOW)
        first = offer.token_hash

        actions.write_to(offer=offer, by=cast.by, now=NOW + timedelta(days=30))

        assert offer.token_hash != first
        assert Notice.objects.order_by("-pk")[0].text.startswith("We have not heard from you yet.")

    def test_who_has_no_address_is_not_written_to(self, cast: Cast) -> None:
        offer = offer_to(opened(cast), cast.coldbrook_council)

        with pytest.raises(CannotOffer, match="No e-mail address of Coldbrook Parish Council"):
            actions.write_to(offer=offer, by=cast.by, now=NOW)

    def test_cl9_who_has_said_no_is_not_asked_again(self, cast: Cast) -> None:
        of = opened(cast)
        reachable(cast, cast.coldbrook_council)
        offer = offer_to(of, cast.coldbrook_council)
        said = actions.Said(answer="declined", reason="Too few hands")
        actions.answer(offer=offer, said=said, by=cast.by, now=NOW)

        with pytest.raises(CannotOffer, match="has said no: it is not asked again"):
            actions.write_to(offer=offer, by=cast.by, now=NOW)

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"answer": "agreed"}, "has agreed already"),
            ({"letters": 4}, "has had 4 letters. Telephone instead"),
        ],
    )
    def test_enough_is_enough(self, cast: Cast, facts: dict[str, object], says: str) -> None:
        offer = offer_to(opened(cast), cast.coldbrook_council)
        for name, value in facts.items():
            setattr(offer, name, value)

        found = policies.obstacles_to_writing(offer, address="a@b.example", today=NOW.date())

        assert says in found[0]

    def test_nobody_is_written_to_outside_the_days_of_a_round(self, cast: Cast) -> None:
        of = opened(cast)
        offer = offer_to(of, cast.coldbrook_council)
        late = {"address": "a@b.example", "today": date(2027, 12, 2)}

        assert policies.obstacles_to_writing(offer, **late) == [
            "Answers were due on 1 December 2027."
        ]
        actions.close(of=offer.round, by=cast.by)
        assert policies.obstacles_to_writing(offer, **late) == ["The round is not open."]

    def test_who_has_stopped_such_letters_gets_none(self, cast: Cast) -> None:
        offer = offer_to(opened(cast), cast.coldbrook_council)
        reachable(cast, cast.coldbrook_council)
        Preference.objects.create(key=offer.recipient_key, topic="offers", how=How.NEVER)

        with pytest.raises(CannotOffer, match="has asked not to be written to about offers"):
            actions.write_to(offer=offer, by=cast.by, now=NOW)

        assert Offer.objects.get(pk=offer.pk).letters == 0

    def test_nobody_gets_two_letters_in_a_day(self, cast: Cast) -> None:
        of = opened(cast)
        reachable(cast, cast.coldbrook_council)
        offer = offer_to(of, cast.coldbrook_council)
        actions.write_to(offer=offer, by=cast.by, now=NOW)

        with pytest.raises(CannotOffer, match="went out today already"):
            actions.write_to(offer=offer, by=cast.by, now=NOW)

        assert Notice.objects.count() == 1

    def test_of_two_who_write_at_once_one_sends(self, cast: Cast) -> None:
        of = opened(cast)
        reachable(cast, cast.coldbrook_council)
        one, other = (offer_to(of, cast.coldbrook_council) for _ in range(2))
        actions.write_to(offer=one, by=cast.by, now=NOW)

        with pytest.raises(Overtaken):
            actions.write_to(offer=other, by=cast.by, now=NOW)

        assert Notice.objects.count() == 1


def test_the_pipeline_counts_every_council_once(cast: Cast) -> None:
    of = opened(cast)
    reachable(cast, cast.coldbrook_council)
    actions.write_to(offer=offer_to(of, cast.coldbrook_council), by=cast.by, now=NOW)
    said = actions.Said(answer="more-time")
    actions.answer(offer=offer_to(of, cast.wychbourne_council), said=said, by=cast.by, now=NOW)

    counted = {step.name: step.count for step in queries.pipeline(queries.offers_of(of))}

    assert counted == {
        "Not sent yet": 2,
        "Silent": 1,
        "Agreed to join": 0,
        "Needs more time": 1,
        "Not for us": 0,
    }
    assert sum(counted.values()) == Body.objects.filter(offers__round=of).count()
