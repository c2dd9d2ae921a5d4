"""In force: from which day, under which version, and how it ends; nobody dates back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from tests.agreements.agreed import (
    FIRST,
    LAST,
    NOW,
    TODAY,
    chief,
    clerk,
    decided,
    executed,
    in_force,
    later,
    read_again,
    ready,
    sent,
    signs,
    starts,
)
from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import (
    pages,
    queries,
    signing_actions,
)
from waywarden.arrangements.agreements.actions import Outline
from waywarden.arrangements.agreements.models import Version
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.arrangements.agreements.signing_actions import Word
from waywarden.county.councils.models import Body
from waywarden.county.decisions import actions as decisions
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice
from waywarden.rules.agreements_moves import MOVES, Need, State, Who

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestInForce:
    def test_it_is_in_force_from_the_day_it_is_brought_into_force_and_from_none_before(
        self, cast: Cast
    ) -> None:
        version = executed(cast)
        with pytest.raises(CannotAgree, match="Say that everybody is insured"):
            starts(version, is_ready=False)
        late = FIRST + timedelta(days=9)
        starts(version, late)
        version = read_again(version)
        assert version.in_force_on == late
        days = (late - timedelta(days=1), late, LAST, LAST + timedelta(days=1))
        assert [queries.binds(version, on=day) for day in days] == [False, True, True, False]

    def test_what_is_brought_into_force_early_is_in_force_from_its_first_day(
        self, cast: Cast
    ) -> None:
        version = executed(cast)
        early = FIRST - timedelta(days=30)
        starts(version, early)
        assert read_again(version).in_force_on == FIRST
        assert queries.binding_of(version.agreement, on=early) is None
        assert queries.binding_of(version.agreement, on=FIRST) == version
        told = Notice.objects.filter(subject__startswith="In force").latest("pk")
        assert "in force from 1 April 2027" in told.text
        assert pages.state_of(read_again(version), on=early) == "In force from 1 April 2027"
        assert pages.state_of(read_again(version), on=FIRST) == "In force"
        with pytest.raises(CannotAgree, match="Notice ends what is in force"):
            notice(version, clerk(cast), early)

    def test_the_power_is_asked_again_before_it_is_in_force(self, cast: Cast) -> None:
        version = executed(cast)
        found = queries.reliance_of_version(version)
        assert not found.refusals
        of = version.agreement
        parties, lines = queries.parties_of(of), queries.lines_of(of)
        assert found == queries.reliance_of(of, parties, lines)
        Body.objects.filter(pk=cast.coldbrook_council.pk).update(kind=Body.Kind.GROUP)
        with pytest.raises(CannotAgree, match="is not a local authority"):
            starts(version)

    def test_what_was_in_force_on_a_day_is_so_whatever_became_of_it(self, cast: Cast) -> None:
        first = in_force(cast)
        made = first.agreement
        made.refresh_from_db()
        second = sent(made, now=later(1))
        signs(second, chief(cast), word=Word(decision=decided(cast.county_council, "E2")))
        signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        change = FIRST + timedelta(days=40)
        starts(read_again(second), change)
        assert read_again(first).last_on == change - timedelta(days=1)
        days = (FIRST, change - timedelta(days=1), change, LAST)
        found = [queries.binding_of(made, on=on) for on in days]
        assert found == [first, first, second, second]
        over = LAST + timedelta(days=1)
        signing_actions.end(version=second, reason="Over", by=ADA, today=over)
        assert [queries.binding_of(made, on=on) for on in days] == found
        assert queries.binding_of(made, on=over) is None

    def test_what_never_began_was_in_force_on_no_day(self, cast: Cast) -> None:
        first = executed(cast)
        made = first.agreement
        starts(first, TODAY)
        made.refresh_from_db()
        second = sent(made, now=later(1))
        signs(second, chief(cast), word=Word(decision=decided(cast.county_council, "E2")))
        signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        starts(read_again(second), TODAY)
        assert read_again(first).in_force_on is None
        assert queries.binding_of(made, on=FIRST) == second

    def test_of_two_that_begin_on_one_day_the_later_is_in_force(self, cast: Cast) -> None:
        first = in_force(cast)
        made = first.agreement
        made.refresh_from_db()
        second = sent(made, now=later(1))
        signs(second, chief(cast), word=Word(decision=decided(cast.county_council, "E2")))
        signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        starts(read_again(second), FIRST)
        assert read_again(first).last_on == FIRST
        assert queries.binding_of(made, on=FIRST) == second

    def test_it_is_not_in_force_before_all_have_signed_the_same(self, cast: Cast) -> None:
        version = sent(ready(cast))
        signs(version, clerk(cast))
        with pytest.raises(CannotAgree, match="The County Council has not signed this version"):
            starts(read_again(version))

    def test_it_is_not_in_force_by_a_decision_that_fell_after_it_was_signed(
        self, cast: Cast
    ) -> None:
        version = executed(cast)
        decision = version.signatures.get(party=cast.coldbrook_council.key).decision
        assert decision
        decisions.withdraw(decision=decision, reason="Wrong", by=ADA)
        with pytest.raises(CannotAgree, match="was withdrawn"):
            starts(version)
        again = Word(decision=decided(cast.coldbrook_council, "9"), conditions_met="Insured")
        given: dict[str, Any] = {"version": version, "word": again, "now": NOW}
        with pytest.raises(Overtaken, match="was not taken"):
            signing_actions.name_decision(shown="0" * 64, by=clerk(cast), **given)
        with pytest.raises(CannotAgree, match="is no party"):
            signing_actions.name_decision(shown=version.hash, by=cast.at_wychbourne, **given)
        signing_actions.name_decision(shown=version.hash, by=clerk(cast), **given)
        named = version.signatures.get(party=cast.coldbrook_council.key)
        assert (named.decision, named.conditions_met) == (again.decision, "Insured")
        assert Entry.objects.get(did="named another decision").before["decision"] == decision.key
        starts(version)
        with pytest.raises(CannotAgree, match="Another decision is named once all have signed"):
            signing_actions.name_decision(shown=version.hash, by=clerk(cast), **given)

    def test_no_other_decision_is_named_where_the_words_were_altered(self, cast: Cast) -> None:
        version = executed(cast)
        words = version.facts_json.replace("120000", "990000")
        Version.objects.filter(pk=version.pk).update(facts_json=words)
        word = Word(decision=decided(cast.coldbrook_council, "9"))
        given: dict[str, Any] = {"version": version, "word": word, "now": NOW}
        with pytest.raises(CannotAgree, match="are not those that were sent"):
            signing_actions.name_decision(shown=version.hash, by=clerk(cast), **given)

    def test_a_refusal_after_all_have_signed_keeps_it_from_being_in_force(self, cast: Cast) -> None:
        version = executed(cast)
        decided(cast.coldbrook_council, "13.1", outcome="refused", stated_on=date(2027, 1, 30))
        with pytest.raises(CannotAgree, match="30 January 2027 it is refused"):
            starts(version)

    def test_it_is_not_in_force_after_its_last_day(self, cast: Cast) -> None:
        with pytest.raises(CannotAgree, match="has passed"):
            starts(executed(cast), LAST + timedelta(days=1))

    def test_a_later_version_takes_the_place_of_the_one_in_force(self, cast: Cast) -> None:
        first = in_force(cast)
        made = first.agreement
        made.refresh_from_db()
        second = sent(made, now=later(1))
        assert read_again(first).standing is State.IN_FORCE
        signs(second, chief(cast), word=Word(decision=decided(cast.county_council, "E2")))
        signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        starts(read_again(second), FIRST + timedelta(days=1))
        assert read_again(first).standing is State.SUPERSEDED
        bound = queries.binding_of(made, on=FIRST + timedelta(days=1))
        assert bound == second

    def test_an_older_version_is_not_brought_into_force_after_a_later_was_signed(
        self, cast: Cast
    ) -> None:
        first = executed(cast)
        made = first.agreement
        made.refresh_from_db()
        second = sent(made, now=later(1))
        signs(second, chief(cast), word=Word(decision=decided(cast.county_council, "E2")))
        signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        with pytest.raises(CannotAgree, match="Version 2 was signed by all after it"):
            starts(first)
        starts(second)
        assert read_again(first).standing is State.SUPERSEDED
        assert queries.binding_of(made, on=FIRST) == second


def notice(version: Version, office: Office, on: date) -> date:
    """Give notice for a party."""
    return signing_actions.give_notice(version=version, reason="Staff", by=office, today=on)


class TestEnding:
    @pytest.mark.parametrize("who", [chief, clerk])
    def test_each_party_ends_it_by_the_notice_that_was_agreed(self, cast: Cast, who: Any) -> None:
        version = in_force(cast)
        given_on = date(2027, 6, 30)
        assert notice(version, who(cast), given_on) == date(2027, 12, 30)
        version = read_again(version)
        assert version.standing is State.UNDER_NOTICE
        assert version.notice_by == who(cast).body.name
        with pytest.raises(CannotAgree, match="It ends after that day"):
            signing_actions.end(version=version, reason="Over", by=ADA, today=version.last_on)
        over = version.last_on + timedelta(days=1)
        signing_actions.end(version=version, reason="Over", by=ADA, today=over)
        assert read_again(version).standing is State.ENDED
        assert queries.binding_of(version.agreement, on=over) is None

    def test_no_notice_ends_what_is_not_in_force(self, cast: Cast) -> None:
        version = executed(cast)
        with pytest.raises(CannotAgree, match="Notice ends what is in force"):
            notice(version, clerk(cast), FIRST)
        starts(version)
        notice(version, clerk(cast), FIRST)
        with pytest.raises(CannotAgree, match="does not become under notice"):
            notice(version, clerk(cast), FIRST)

    def test_where_no_notice_is_agreed_none_is_given(self, cast: Cast) -> None:
        outline = Outline(title="x", starts_on=FIRST, ends_on=LAST)
        version = sent(ready(cast, outline=outline))
        signs(version, chief(cast))
        signs(version, clerk(cast))
        starts(read_again(version))
        with pytest.raises(CannotAgree, match="No notice is agreed"):
            notice(version, clerk(cast), FIRST)

    def test_only_who_sent_it_withdraws_it_and_only_before_another_has_signed(
        self, cast: Cast
    ) -> None:
        made = ready(cast)
        version = sent(made)
        given: dict[str, Any] = {"version": version, "reason": "Wrong", "today": TODAY}
        with pytest.raises(CannotAgree, match="which sent it, withdraws it"):
            signing_actions.withdraw(by=clerk(cast), **given)
        signs(version, chief(cast))
        signing_actions.withdraw(by=chief(cast), **given)
        assert read_again(version).standing is State.WITHDRAWN
        made.refresh_from_db()
        second = sent(made, now=later(1))
        signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        with pytest.raises(CannotAgree, match="undone by nobody alone"):
            signing_actions.withdraw(by=chief(cast), **given | {"version": second})


#: A draft is no version: sending makes one, and no version becomes a draft again.
SENT = [state for state in State if state is not State.DRAFT]


def stands(version: Version, state: State) -> None:
    """Let a version stand in a state, whatever came before."""
    bound = FIRST if state in queries.BINDING else None
    Version.objects.filter(pk=version.pk).update(state=state, in_force_on=bound)
    version.state = state


@pytest.mark.parametrize(("now", "to"), [*product(SENT, SENT)])
def test_every_move_of_the_table_is_made_with_what_it_needs_and_no_other(
    cast: Cast, now: State, to: State
) -> None:
    version = sent(ready(cast))
    stands(version, now)
    move = MOVES.get((now, to))
    if move is None:
        with pytest.raises(CannotAgree, match="does not become"):
            signing_actions._move(version, to, by=Who.COUNTY, has=list(Need))
        return
    by = min(Who(each) for each in move.who)
    needs = [Need(each) for each in move.needs]
    for missing in needs:
        with pytest.raises(CannotAgree, match="this must be so"):
            signing_actions._move(version, to, by=by, has=[*{*needs} - {missing}])
    fields = {"in_force_on": FIRST} if to in queries.BINDING else {}
    signing_actions._move(version, to, by=by, has=needs, **fields)
    assert read_again(version).standing is to


@pytest.mark.parametrize("state", [State.EXECUTED, State.IN_FORCE, State.UNDER_NOTICE])
def test_whatever_a_later_version_finds_signed_it_takes_the_place_of(
    cast: Cast, state: State
) -> None:
    first = executed(cast)
    first.agreement.refresh_from_db()
    second = sent(first.agreement, now=later(1))
    signs(second, chief(cast), word=Word(decision=decided(cast.county_council, "E2")))
    signs(second, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
    stands(first, state)
    starts(read_again(second), FIRST + timedelta(days=1))
    standing = [read_again(each).standing for each in (first, second)]
    assert standing == [State.SUPERSEDED, State.IN_FORCE]


def test_of_two_moves_at_one_moment_the_second_is_told(cast: Cast) -> None:
    version = sent(ready(cast))
    Version.objects.filter(pk=version.pk).update(state=State.WITHDRAWN)
    with pytest.raises(Overtaken):
        signing_actions._move(version, State.WITHDRAWN, by=Who.COUNTY, has=[Need.REASON])
