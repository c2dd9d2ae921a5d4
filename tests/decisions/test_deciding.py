"""What a council resolves: planned, signed off, taken, called in, put right, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from tests.decisions.said import (
    NOW,
    TODAY,
    declared,
    last,
    planned,
    proposal,
    recorded,
    signed_off,
    taken,
    uncounted,
)
from waywarden.county.decisions import actions, policies, queries
from waywarden.county.decisions.actions import CannotDecide
from waywarden.county.decisions.models import Decision, Interest, SignOff
from waywarden.fabric.common.refusals import Overtaken

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestRecording:
    def test_both_the_day_stated_and_the_moment_received_are_kept(self, cast: Cast) -> None:
        decision = recorded(cast)

        decision.refresh_from_db()
        assert (decision.stated_on, decision.received_at) == (date(2026, 11, 12), NOW)
        assert last().did == "recorded a decision"
        assert last().after["reference"] == "2026/114"
        assert "personal" in last().after["text"]

    def test_ab6_a_day_to_come_is_refused(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="27 November 2026 has not come yet"):
            recorded(cast, stated_on=date(2026, 11, 27))

        assert not Decision.objects.exists()

    @pytest.mark.parametrize(("on", "is_late"), [((2026, 10, 28), True), ((2026, 10, 29), False)])
    def test_ab6_what_comes_more_than_28_days_after_its_day_is_marked(
        self, cast: Cast, on: tuple[int, int, int], is_late: bool
    ) -> None:
        decision = recorded(cast, stated_on=date(*on))

        found = policies.flags(decision, [])
        assert (found == ["It was recorded here more than 28 days after the day it states."]) == (
            is_late
        )

    def test_the_same_minute_is_recorded_once(self, cast: Cast) -> None:
        recorded(cast)

        with pytest.raises(CannotDecide, match="has recorded 2026/114 of 12 November 2026 already"):
            recorded(cast)

        assert Decision.objects.count() == 1

    def test_a_minute_that_counts_nobody_is_recorded_too(self, cast: Cast) -> None:
        given = {"kind": "minute", "title": "To cut the grass", "by": cast.by, "now": NOW}

        decision = actions.record(body=cast.coldbrook_council, taken=uncounted(), **given)

        assert decision.vote is None


class TestVotes:
    def test_a_meeting_without_its_quorum_decides_nothing(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="2 of 9 stayed for the item, and 3 are the quorum"):
            recorded(cast, left=7, votes_for=2, votes_against=0, abstained=0)

    def test_a_meeting_without_its_quorum_may_defer(self, cast: Cast) -> None:
        none = {"votes_for": 0, "votes_against": 0, "abstained": 0}

        assert recorded(cast, left=7, outcome="deferred", **none).outcome == "deferred"

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"votes_for": 9}, "11 voted or abstained, and 9 stayed"),
            ({"outcome": "refused"}, "7 voted for it and 1 against: it was agreed"),
            ({"votes_for": 1, "votes_against": 7}, "1 voted for it and 7 against: it was not agr"),
            ({"votes_for": 4, "votes_against": 4}, "say that the chair's vote decided"),
            ({"is_by_casting_vote": True}, "no casting vote was needed"),
            ({"present": None}, "Say how many members were there"),
            ({"left": 10}, "10 left the item, and 9 were there"),
        ],
    )
    def test_numbers_that_contradict_the_outcome_are_refused(
        self, cast: Cast, facts: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(CannotDecide, match=says):
            recorded(cast, **facts)

    def test_equal_votes_are_decided_from_the_chair(self, cast: Cast) -> None:
        decision = recorded(cast, votes_for=4, votes_against=4, is_by_casting_vote=True)

        assert decision.vote is not None
        assert decision.vote.is_tied

    def test_who_was_there_may_be_counted_without_their_votes(self, cast: Cast) -> None:
        none = dict.fromkeys(("votes_for", "votes_against", "abstained"))

        assert recorded(cast, **none).vote is not None


class TestPlanning:
    def test_a_decision_is_announced_before_it_is_taken(self, cast: Cast) -> None:
        decision = planned(cast)

        assert decision.is_planned
        assert not decision.is_taken
        assert last().did == "planned a decision"

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"due_on": date(2026, 10, 19)}, "19 October 2026 is over"),
            ({"announced_on": date(2026, 10, 21)}, "that day has not come"),
            ({"announced_on": None}, "Say when the notice of a key decision was published"),
            ({"kind": "officer"}, "Say which officer takes it"),
            ({"kind": "minute"}, "Key decisions are taken by or for an executive"),
        ],
    )
    def test_what_cannot_be_planned_is_said(
        self, cast: Cast, facts: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(CannotDecide, match=says):
            planned(cast, **facts)

    def test_nobody_takes_alone_what_a_meeting_resolves(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="A meeting resolves it"):
            planned(cast, kind="minute", is_key=False, decider=cast.at_the_county)

    def test_it_is_handed_to_somebody_else(self, cast: Cast) -> None:
        decision, ada = planned(cast), cast.at_the_county

        actions.hand_on(decision=decision, version=1, to=ada, by=cast.by)

        assert decision.decider == ada
        assert last().after == {"decider": "Partnerships officer, The County Council"}
        with pytest.raises(Overtaken):
            actions.hand_on(decision=decision, version=1, to=None, by=cast.by)


class TestTaking:
    @pytest.fixture
    def ready(self, cast: Cast) -> Decision:
        """A key decision, announced and signed off."""
        decision = planned(cast)
        signed_off(decision, cast.at_the_county)
        return decision

    def take(self, cast: Cast, decision: Decision, **facts: Any) -> None:
        said = uncounted(**{"stated_on": TODAY, "reference": "CA7"} | facts)
        actions.take(decision=decision, taken=said, by=cast.by, now=NOW)

    def test_what_is_announced_and_signed_off_is_taken(self, cast: Cast, ready: Decision) -> None:
        self.take(cast, ready)

        assert ready.status == Decision.Status.DECIDED
        assert ready.text == "Resolved to cut the grass"
        # Five working days after Thursday 26 November 2026.
        assert ready.call_in_ends_on == date(2026, 12, 3)
        assert policies.flags(ready, []) == []
        assert all(signed for _, signed in queries.pack_of(ready).sign_offs)
        assert "personal" in last().before["text"]

    def test_what_was_proposed_stands_where_no_other_words_are_given(
        self, cast: Cast, ready: Decision
    ) -> None:
        self.take(cast, ready, text="")

        assert ready.text == "Offer it from April"

    def test_without_its_sign_offs_it_is_not_taken(self, cast: Cast) -> None:
        decision = planned(cast)
        signed_off(decision, cast.at_the_county, SignOff.Kind.LEGAL)

        with pytest.raises(CannotDecide, match="Not signed off yet: equality, finance"):
            self.take(cast, decision)

    def test_a_meeting_of_a_parish_needs_no_sign_off(self, cast: Cast) -> None:
        given = {"kind": "minute", "is_key": False, "announced_on": None}
        body, today = cast.wychbourne_council, date(2026, 11, 1)
        decision = actions.plan(body=body, proposal=proposal(**given), by=cast.by, today=today)

        self.take(cast, decision)

        assert decision.call_in_ends_on is None

    def test_a_parish_clerk_decides_what_is_delegated_without_sign_off(self, cast: Cast) -> None:
        clerk = cast.at_wychbourne
        given = {"kind": "officer", "is_key": False, "announced_on": None, "decider": clerk}
        body, today = cast.wychbourne_council, date(2026, 11, 1)
        decision = actions.plan(body=body, proposal=proposal(**given), by=cast.by, today=today)

        self.take(cast, decision)

        assert decision.is_taken

    def test_28_clear_days_lie_between_notice_and_decision(self, cast: Cast) -> None:
        decision = planned(cast, announced_on=date(2026, 10, 20), due_on=date(2026, 11, 17))
        signed_off(decision, cast.at_the_county)

        with pytest.raises(CannotDecide, match="this one can be taken from 18 November 2026 on"):
            self.take(cast, decision, stated_on=date(2026, 11, 17))

        self.take(cast, decision, stated_on=date(2026, 11, 18))

    def test_an_urgent_one_says_which_exception_was_used_and_is_marked(self, cast: Cast) -> None:
        said = "General exception: the contract ends on 30 November"
        decision = planned(cast, due_on=date(2026, 11, 10), urgency=said)
        signed_off(decision, cast.at_the_county)

        self.take(cast, decision, stated_on=date(2026, 11, 10))

        assert policies.flags(decision, []) == [
            f"28 clear days from its notice end before 18 November 2026. Said of it: {said}"
        ]

    def test_one_without_notice_is_not_taken(self, cast: Cast, ready: Decision) -> None:
        Decision.objects.filter(pk=ready.pk).update(announced_on=None)
        ready.refresh_from_db()

        with pytest.raises(CannotDecide, match="Say when the notice of this key decision"):
            self.take(cast, ready)

    def test_it_may_be_deferred_with_nothing_signed_off(self, cast: Cast) -> None:
        decision = planned(cast)

        self.take(cast, decision, outcome="deferred")

        assert (decision.outcome, decision.call_in_ends_on) == ("deferred", None)

    def test_it_is_taken_once(self, cast: Cast, ready: Decision) -> None:
        stale = Decision.objects.get(pk=ready.pk)
        self.take(cast, ready)

        with pytest.raises(Overtaken):
            self.take(cast, stale, outcome="refused")
        with pytest.raises(Overtaken, match="“Decided” by now"):
            self.take(cast, ready)

        assert Decision.objects.get().outcome == "agreed"

    def test_its_reference_is_not_one_that_is_there(self, cast: Cast, ready: Decision) -> None:
        recorded(cast, kind="executive", reference="CA7", stated_on=TODAY)

        with pytest.raises(CannotDecide, match="has recorded CA7 of 26 November 2026 already"):
            self.take(cast, ready)

    def test_a_year_whose_bank_holidays_nobody_entered_has_no_call_in(self, cast: Cast) -> None:
        decision = recorded(cast, kind="executive", stated_on=date(2005, 9, 20))

        assert decision.call_in_ends_on is None


class TestInterests:
    def test_cm4_who_has_an_interest_does_not_take_it(self, cast: Cast) -> None:
        member = cast.office(cast.dot, cast.county_council, "cabinet-member")
        decision = planned(cast, decider=member)
        signed_off(decision, cast.at_the_county)
        said = declared(member=str(member), office=member)
        actions.declare_interest(decision=decision, declared=said, by=member.actor, now=NOW)
        given = {"taken": uncounted(stated_on=TODAY), "by": cast.by, "now": NOW}

        with pytest.raises(CannotDecide, match="has declared an interest in it: hand it"):
            actions.take(decision=decision, **given)

        actions.hand_on(decision=decision, version=1, to=None, by=cast.by)
        actions.take(decision=decision, **given)
        assert decision.is_taken

    def test_cm4_a_declaration_is_minuted(self, cast: Cast) -> None:
        decision = recorded(cast)

        actions.declare_interest(decision=decision, declared=declared(), by=cast.by, now=NOW)

        assert last().did == "declared an interest"
        assert last().after["nature"] == "pecuniary"
        assert "personal" in last().after["member"]

    def test_the_quorum_is_looked_at_again_without_who_left(self, cast: Cast) -> None:
        decision = recorded(cast, present=3, votes_for=2, votes_against=0, abstained=1)
        actions.declare_interest(decision=decision, declared=declared(), by=cast.by, now=NOW)

        assert policies.flags(decision, list(decision.interests.standing())) == [
            "1 members have declared that they left, and the minute counts 0. "
            "Without them the meeting was no longer quorate."
        ]

    def test_who_left_as_declared_is_not_counted_for_the_quorum(self, cast: Cast) -> None:
        given = {"kind": "minute", "is_key": False, "announced_on": None}
        body, today = cast.wychbourne_council, date(2026, 11, 1)
        decision = actions.plan(body=body, proposal=proposal(**given), by=cast.by, today=today)
        actions.declare_interest(decision=decision, declared=declared(), by=cast.by, now=NOW)
        said = taken(present=3, votes_for=2, votes_against=0, abstained=0, stated_on=TODAY)

        with pytest.raises(CannotDecide, match="2 of 3 stayed for the item"):
            actions.take(decision=decision, taken=said, by=cast.by, now=NOW)

    def test_ab28_one_that_is_taken_back_stays_with_the_reason(self, cast: Cast) -> None:
        decision = recorded(cast)
        given = {"decision": decision, "by": cast.by, "now": NOW}
        interest = actions.declare_interest(declared=declared(), **given)
        back = {"interest": interest, "reason": "The land was sold", "by": cast.by, "now": NOW}

        actions.take_back_interest(**back)

        kept = Interest.objects.get()
        assert not kept.stands
        assert kept.why_taken_back == "The land was sold"
        # It may speak of somebody, so that it lies beside the chain.
        assert "personal" in last().after["why"]
        assert queries.pack_of(decision).standing == []
        with pytest.raises(CannotDecide, match="taken back already"):
            actions.take_back_interest(**back)

    def test_who_decides_alone_and_has_declared_an_interest_in_another_office_does_not_decide(
        self, cast: Cast
    ) -> None:
        member = cast.office(cast.dot, cast.county_council, "cabinet-member")
        other = cast.office(cast.dot, cast.county_council, "councillor")
        decision = planned(cast, decider=member)
        signed_off(decision, cast.at_the_county)
        own = declared(member=str(other), office=other)
        actions.declare_interest(decision=decision, declared=own, by=cast.by, now=NOW)

        with pytest.raises(CannotDecide, match="has declared an interest in it"):
            actions.take(decision=decision, taken=uncounted(stated_on=TODAY), by=cast.by, now=NOW)

    def test_of_what_was_withdrawn_there_is_none(self, cast: Cast) -> None:
        decision = planned(cast)
        actions.withdraw(decision=decision, reason="Not needed", by=cast.by)

        with pytest.raises(CannotDecide, match="nothing left to decide"):
            actions.declare_interest(decision=decision, declared=declared(), by=cast.by, now=NOW)


def test_every_status_is_in_the_table_of_moves() -> None:
    assert set(Decision.MOVES) == set(Decision.Status)


def test_members_of_the_executive_and_officers_decide_alone(cast: Cast) -> None:
    member = cast.office(cast.dot, cast.county_council, "cabinet-member")
    clerk = cast.at_wychbourne
    _ = cast.office(cast.colm, cast.wychbourne_council, "councillor")

    assert queries.deciders_of(cast.county_council, on=TODAY) == [member]
    assert queries.deciders_of(cast.wychbourne_council, on=TODAY) == [clerk]
