"""What stands around a decision: who signs it off, its notice, calling it in, putting it right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from tests.decisions.said import (
    NOW,
    TODAY,
    last,
    planned,
    recorded,
    signed_off,
    taken,
    uncounted,
)
from waywarden.county.decisions import actions, queries
from waywarden.county.decisions.actions import CannotDecide
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.policies import Notice
from waywarden.fabric.common.refusals import Overtaken

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestSigningOff:
    def test_a_proposal_that_changed_is_signed_off_anew(self, cast: Cast) -> None:
        decision = planned(cast)
        signed_off(decision, cast.at_the_county)
        said = {"title": "Do nothing", "says": "It costs nothing", "is_recommended": False}

        option = actions.add_option(decision=decision, **said, by=cast.by)

        assert queries.signed_kinds(decision) == set()
        assert actions.drop_option(option=option, by=cast.by)
        assert not actions.drop_option(option=option, by=cast.by)
        assert queries.signed_kinds(decision) == {"equality", "legal", "finance"}

    def test_nobody_signs_off_what_they_were_not_shown(self, cast: Cast) -> None:
        decision, ada = planned(cast), cast.at_the_county
        given = {"kind": "legal", "says": "Lawful", "by": ada, "now": NOW}

        with pytest.raises(Overtaken, match="changed meanwhile"):
            actions.sign_off(decision=decision, shown="0" * 64, **given)

    def test_it_is_signed_off_once(self, cast: Cast) -> None:
        decision, ada = planned(cast), cast.at_the_county
        signed_off(decision, ada)

        with pytest.raises(CannotDecide, match="Partnerships officer, The County Council has sig"):
            signed_off(decision, ada)

    def test_one_option_at_most_is_recommended(self, cast: Cast) -> None:
        decision = planned(cast)
        for title in ("Do nothing", "Offer it"):
            said = {"title": title, "says": "So be it", "is_recommended": True}
            actions.add_option(decision=decision, **said, by=cast.by)

        found = queries.pack_of(decision).options
        assert [(each.title, each.is_recommended) for each in found] == [
            ("Do nothing", False),
            ("Offer it", True),
        ]

    def test_what_was_decided_stays_as_it_was_proposed(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="what was proposed stays as it was"):
            signed_off(recorded(cast), cast.at_wychbourne)


class TestCallingIn:
    def test_cm8_a_decision_of_the_executive_can_be_called_in_for_five_working_days(
        self, cast: Cast
    ) -> None:
        decision = recorded(cast, kind="executive", stated_on=TODAY)
        given = {"decision": decision, "reason": "Three members asked", "by": cast.by}

        with pytest.raises(CannotDecide, match="until 3 December 2026"):
            actions.call_in(**given, today=date(2026, 12, 4))
        actions.call_in(**given, today=date(2026, 12, 3))

        assert decision.status == Decision.Status.CALLED_IN
        with pytest.raises(CannotDecide, match="that stands can be called in"):
            actions.call_in(**given, today=date(2026, 12, 3))

    def test_it_is_confirmed_and_not_called_in_again(self, cast: Cast) -> None:
        decision = recorded(cast, kind="executive", stated_on=TODAY)
        given = {"decision": decision, "by": cast.by}
        with pytest.raises(Overtaken, match="“Decided” by now"):
            actions.confirm(**given, reason="Too early")
        actions.call_in(**given, reason="Three members asked", today=TODAY)

        actions.confirm(**given, reason="Scrutiny was content")

        assert (decision.status, decision.said_of_it) == ("decided", "Scrutiny was content")
        with pytest.raises(CannotDecide):
            actions.call_in(**given, reason="Once more", today=TODAY)

    def test_a_minute_cannot_be_called_in(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="Only a decision of the executive"):
            actions.call_in(decision=recorded(cast), reason="Why", by=cast.by, today=TODAY)

    def test_a_record_of_what_never_was_is_withdrawn_and_can_be_made_anew(self, cast: Cast) -> None:
        mistaken = recorded(cast)

        actions.withdraw(decision=mistaken, reason="Of another council", by=cast.by)

        assert mistaken.status == Decision.Status.WITHDRAWN
        assert recorded(cast).reference == mistaken.reference

    def test_who_read_it_before_another_moved_it_changes_nothing(self, cast: Cast) -> None:
        decision = planned(cast)
        stale = Decision.objects.get()
        actions.withdraw(decision=decision, reason="Not needed", by=cast.by)

        with pytest.raises(Overtaken, match="“Withdrawn” by now"):
            actions.withdraw(decision=stale, reason="Not wanted", by=cast.by)

        assert Decision.objects.get().said_of_it == "Not needed"


class TestItsNotice:
    def give(self, decision: Decision, cast: Cast, **facts: Any) -> None:
        said = {"announced_on": date(2026, 10, 1), "urgency": "", "is_exempt": False}
        given = {"reason": "A slip", "by": cast.by, "today": TODAY, "version": decision.version}
        actions.give_notice(decision=decision, notice=Notice(**said | facts), **given)

    def test_what_turns_out_to_be_urgent_can_be_taken_once_that_is_said(self, cast: Cast) -> None:
        decision = planned(cast, announced_on=date(2026, 10, 20))
        signed_off(decision, cast.at_the_county)
        soon = uncounted(stated_on=date(2026, 11, 2))
        with pytest.raises(CannotDecide, match="announced 28 days before"):
            actions.take(decision=decision, taken=soon, by=cast.by, now=NOW)

        self.give(decision, cast, urgency="General exception, regulation 10")
        actions.take(decision=decision, taken=soon, by=cast.by, now=NOW)

        assert decision.status == Decision.Status.DECIDED

    def test_what_was_exempt_by_mistake_is_opened_with_a_reason(self, cast: Cast) -> None:
        decision = recorded(cast)
        self.give(decision, cast, is_exempt=True)
        self.give(decision, cast, is_exempt=False)

        decision.refresh_from_db()
        assert not decision.is_exempt
        assert (last().before["is_exempt"], last().after["is_exempt"]) == (True, False)
        assert last().reason == "A slip"

    def test_a_key_decision_has_a_notice_or_an_exception(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="Say when the notice"):
            self.give(planned(cast), cast, announced_on=None)

    def test_a_notice_is_not_of_a_day_to_come(self, cast: Cast) -> None:
        with pytest.raises(CannotDecide, match="that day has not come"):
            self.give(planned(cast), cast, announced_on=date(2026, 11, 27))

    def test_what_was_withdrawn_is_not_announced(self, cast: Cast) -> None:
        decision = planned(cast)
        actions.withdraw(decision=decision, reason="Not needed", by=cast.by)

        with pytest.raises(CannotDecide, match="nothing left to announce"):
            self.give(decision, cast)

    def test_it_is_changed_as_it_was_read(self, cast: Cast) -> None:
        decision = planned(cast)
        stale = Decision.objects.get()
        self.give(decision, cast, urgency="Floods")

        with pytest.raises(Overtaken):
            self.give(stale, cast)


class TestCorrecting:
    def test_a_record_is_put_right_with_a_reason(self, cast: Cast) -> None:
        decision = recorded(cast)
        given = {"version": 1, "reason": "A slip", "by": cast.by, "today": TODAY}

        actions.correct(decision=decision, taken=taken(votes_against=2, abstained=0), **given)

        assert (decision.votes_against, decision.received_at) == (2, NOW)
        assert last().reason == "A slip"
        assert (last().before["votes_against"], last().after["votes_against"]) == (1, 2)
        assert "reference" not in last().after

    def test_it_keeps_to_the_rules_of_any_record(self, cast: Cast) -> None:
        recorded(cast, reference="2026/115")
        decision = recorded(cast)
        given = {"decision": decision, "reason": "A slip", "by": cast.by, "today": TODAY}

        with pytest.raises(CannotDecide, match="has recorded 2026/115"):
            actions.correct(version=1, taken=taken(reference="2026/115"), **given)
        with pytest.raises(CannotDecide, match="it was agreed"):
            actions.correct(version=1, taken=taken(outcome="refused"), **given)
        with pytest.raises(Overtaken):
            actions.correct(version=7, taken=taken(), **given)

    def test_what_was_deferred_is_not_put_right_into_what_was_taken(self, cast: Cast) -> None:
        decision = planned(cast)
        deferred = uncounted(outcome="deferred", stated_on=TODAY)
        actions.take(decision=decision, taken=deferred, by=cast.by, now=NOW)
        given = {"reason": "A slip", "by": cast.by, "today": TODAY, "version": decision.version}

        with pytest.raises(CannotDecide, match="planned anew, and signed off"):
            actions.correct(decision=decision, taken=uncounted(stated_on=TODAY), **given)
        actions.correct(decision=decision, taken=deferred, **given)

    def test_what_was_confirmed_cannot_be_called_in_once_it_is_put_right(self, cast: Cast) -> None:
        decision = recorded(cast, kind="executive", stated_on=TODAY)
        actions.call_in(decision=decision, reason="Asked", by=cast.by, today=TODAY)
        actions.confirm(decision=decision, reason="Content", by=cast.by)
        given = {"reason": "A slip", "by": cast.by, "today": TODAY, "version": decision.version}

        actions.correct(decision=decision, taken=taken(stated_on=TODAY, conditions="Dry"), **given)

        assert decision.call_in_ends_on is None

    def test_only_what_stands_is_put_right(self, cast: Cast) -> None:
        given = {"version": 1, "reason": "A slip", "by": cast.by, "today": TODAY}

        with pytest.raises(CannotDecide, match="Only a decision that stands"):
            actions.correct(decision=planned(cast), taken=taken(), **given)
