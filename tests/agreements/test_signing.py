"""Signing: what was sent never changes, each party decides and signs it, and nobody dates back."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from itertools import product
from operator import getitem
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
    drafted,
    executed,
    hands,
    in_force,
    joins,
    later,
    read_again,
    ready,
    rests,
    scan,
    sent,
    signs,
)
from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import (
    actions,
    pages,
    paper_actions,
    policies,
    queries,
    signing_actions,
)
from waywarden.arrangements.agreements.actions import Outline
from waywarden.arrangements.agreements.facts import compared
from waywarden.arrangements.agreements.models import Line, Signature, Version
from waywarden.arrangements.agreements.papers import paper_of
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.arrangements.agreements.signing_actions import Word
from waywarden.county.councils.models import Body
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.actions import Declared
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice
from waywarden.rules.agreements_moves import MOVES, Need, State, Who
from waywarden.rules.powers.table import CONTRACT, LEND

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


#: What binds the parts together: to change one alone makes no agreement.
KEYS = {"version", "key", "party", "lead_key"}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to each value that facts hold."""
    for name, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(one, dict | list):
            yield from places(one, (*way, name))
        elif name not in KEYS:
            yield (*way, name)


def each_changed(facts: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the facts once for each value that they hold, with that one changed."""
    for *way, last in places(facts):
        other = copy.deepcopy(facts)
        held = reduce(getitem, way, other)
        was = held[last]
        is_number = was is None or isinstance(was, int)
        held[last] = 1 - (was or 0) if is_number else f"{was} anew"
        yield str((*way, last)), other


class TestSending:
    def test_what_was_sent_stays_whatever_the_draft_becomes(self, cast: Cast) -> None:
        made = ready(cast)
        first = sent(made)
        told = list(paper_of(first).texts())
        changed = Outline(title="Hedges", starts_on=FIRST, ends_on=LAST)
        made.refresh_from_db()
        actions.change(agreement=made, version=made.version, outline=changed, by=ADA)
        actions.fill_in(agreement=made, version=made.version, given={"cap": "9 %"}, by=ADA)
        cast.coldbrook_council.name = "Another name"
        cast.coldbrook_council.save()
        assert list(paper_of(read_again(first)).texts()) == told
        assert read_again(first).title == "Village grass"
        assert first.hash in told[1]
        second = sent(made, now=later(1))
        assert second.hash != first.hash
        assert (read_again(first).standing, second.number) == (State.SUPERSEDED, 2)

    def test_an_older_version_is_signed_no_more_and_all_sign_anew(self, cast: Cast) -> None:
        made = ready(cast)
        first = sent(made)
        signs(first, clerk(cast))
        made.refresh_from_db()
        second = sent(made, now=later(1))
        with pytest.raises(CannotAgree, match="A later version has taken its place"):
            signs(first, chief(cast))
        assert queries.signed_keys(second) == set()

    def test_a_signature_under_another_hash_than_was_shown_is_not_taken(self, cast: Cast) -> None:
        version = sent(ready(cast))
        with pytest.raises(Overtaken, match="your signature was not taken"):
            signs(version, clerk(cast), shown="0" * 64)
        assert not version.signatures.exists()

    def test_words_changed_behind_the_site_are_found_out(self, cast: Cast) -> None:
        version = executed(cast)
        words = version.facts_json.replace("120000", "990000")
        assert words != version.facts_json
        Version.objects.filter(pk=version.pk).update(facts_json=words)
        assert not read_again(version).is_as_sent
        with pytest.raises(CannotAgree, match="are not those that were sent"):
            signing_actions.start(version=version, is_ready=True, by=ADA, today=FIRST)
        with pytest.raises(CannotAgree, match="are not those that were sent"):
            signs(version, clerk(cast), word=Word(reference="12"))

    def test_a_hash_changed_with_the_words_leaves_nobody_who_signed(self, cast: Cast) -> None:
        version = executed(cast)
        Version.objects.filter(pk=version.pk).update(hash="0" * 64)
        assert queries.signed_keys(read_again(version)) == set()

    def test_what_the_power_asks_to_be_recorded_is_shown_on_paper(self, cast: Cast) -> None:
        made = drafted(cast)
        hands(cast, made, joins(made, cast.coldbrook_council))
        asked = {each.name: f"Register, {each.name}" for each in queries.records_asked(LEND)}
        assert asked
        rests(made, LEND, **asked)
        version = sent(made)
        said = " ".join(paper_of(version).texts())
        shown = cast.signed_in(cast.colm if clerk(cast) else cast.ada)
        page = shown.get(version.get_absolute_url()).content.decode()
        for words in asked.values():
            assert words in said
            assert words in page

    def test_whatever_two_versions_differ_in_is_listed(self, cast: Cast) -> None:
        made = drafted(cast)
        joins(made, None, outside=cast.coldbrook_council.name, share_pence=5)
        hands(cast, made, joins(made, cast.coldbrook_council, is_lead=True))
        rests(made, CONTRACT)
        facts = sent(made).facts
        assert compared(facts, facts | {"version": 2}) == []
        changed = list(each_changed(facts))
        assert len(changed) > 100
        for where, other in changed:
            assert compared(facts, other), where

    def test_a_service_that_goes_to_another_of_the_same_name_is_listed(self, cast: Cast) -> None:
        made = drafted(cast)
        own = joins(made, cast.coldbrook_council)
        other = joins(made, None, outside=cast.coldbrook_council.name)
        hands(cast, made, own)
        rests(made, CONTRACT)
        first = sent(made)
        made.refresh_from_db()
        actions.remove_line(line=made.lines.get(), version=made.version, by=ADA)
        made.refresh_from_db()
        hands(cast, made, other)
        second = sent(made, now=later(1))
        (found,) = [each for each in compared(first.facts, second.facts) if "from" in each.where]
        assert own.key in found.shown
        assert other.key in found.now

    def test_a_thousandth_version_is_not_sent(self, cast: Cast) -> None:
        made = ready(cast)
        version = sent(made)
        Version.objects.filter(pk=version.pk).update(number=999)
        made.refresh_from_db()
        with pytest.raises(CannotAgree, match="Draft another agreement"):
            sent(made)

    def test_whoever_signs_for_a_party_is_told_as_well(self, cast: Cast) -> None:
        chair = cast.office(cast.bron, cast.coldbrook_council, "chair")
        sent(ready(cast))
        assert Notice.objects.filter(topic="agreements", to_key=chair.person.key).exists()

    def test_one_service_is_not_delivered_by_two_at_once(self, cast: Cast) -> None:
        made = ready(cast)
        county = made.parties.get(is_giver=True)
        after = FIRST + timedelta(days=1)
        with pytest.raises(CannotAgree, match="is delivered by Coldbrook Parish Council from"):
            hands(cast, made, county, starts_on=after)
        line = made.lines.get()
        for place, days in (("marlshire", {}), ("coldbrook", {"ends_on": FIRST})):
            Line.objects.filter(pk=line.pk).update(**{"ends_on": LAST} | days)
            made.refresh_from_db()
            hands(cast, made, county, starts_on=after, area=getattr(cast, place))
        made.refresh_from_db()
        sent(made)
        made.refresh_from_db()
        Line.objects.filter(pk=line.pk).update(ends_on=after)
        with pytest.raises(CannotAgree, match="is delivered by The County Council from"):
            sent(made)

    def test_what_another_agreement_in_force_hands_over_is_told(self, cast: Cast) -> None:
        first = in_force(cast)
        other = sent(ready(cast))
        (says,) = policies.warnings_of(other, on=FIRST)
        assert first.agreement.number in says
        rows = queries.rows_of(other.facts)
        assert policies.warnings_of_others(first.agreement, rows) == []
        Version.objects.filter(pk=first.pk).update(last_on=FIRST)
        later_on = [(code, area, FIRST + timedelta(days=1), LAST) for code, area, *_ in rows]
        assert policies.warnings_of_others(other.agreement, later_on) == []

    def test_the_parties_are_told_and_not_whoever_acts(self, cast: Cast) -> None:
        clerk(cast)
        chief(cast)
        sent(ready(cast))
        told = Notice.objects.filter(topic="agreements")
        assert {each.to_key for each in told} == {cast.colm.key, cast.dot.key}


class TestSigning:
    def test_every_party_signs_by_its_own_decision(self, cast: Cast) -> None:
        version = sent(ready(cast))
        signs(version, clerk(cast))
        assert read_again(version).standing is State.SIGNED_BY_SOME
        signs(version, chief(cast))
        assert read_again(version).standing is State.EXECUTED

    def test_a_body_that_is_no_party_does_not_sign(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), cast.at_wychbourne
        with pytest.raises(CannotAgree, match="is no party to this version"):
            signs(version, office)
        assert not version.signatures.exists()

    def test_nobody_signs_twice(self, cast: Cast) -> None:
        version = sent(ready(cast))
        made = signs(version, clerk(cast))
        with pytest.raises(CannotAgree, match="has signed"):
            signs(version, clerk(cast), word=Word(decision=made.decision))

    def test_two_who_sign_at_one_moment_sign_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        version = sent(ready(cast))
        made = signs(version, clerk(cast))
        monkeypatch.setattr(policies, "obstacles_to_signing", lambda version, party: [])
        with pytest.raises(Overtaken, match="signed meanwhile"):
            signs(version, clerk(cast), word=Word(decision=made.decision))

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"outcome": "refused"}, "it is not agreed"),
            ({"outcome": "deferred"}, "it is not agreed"),
            ({"conditions": "If insured"}, "Say how they were met"),
        ],
    )
    def test_a_decision_that_does_not_agree_lets_nobody_sign(
        self, cast: Cast, facts: dict[str, Any], words: str
    ) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        word = Word(decision=decided(office.body, **facts))
        with pytest.raises(CannotAgree, match=words):
            signs(version, office, word=word)

    def test_a_decision_on_conditions_lets_sign_once_they_are_met(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        decision = decided(office.body, conditions="If insured")
        made = signs(version, office, word=Word(decision=decision, conditions_met="It is insured"))
        assert made.conditions_met == "It is insured"

    def test_a_decision_withdrawn_called_in_or_of_others_lets_nobody_sign(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), chief(cast)
        one = decided(office.body, "E1", stated_on=TODAY)
        with pytest.raises(CannotAgree, match="can be called in until"):
            signs(version, office, word=Word(decision=one))
        decisions.call_in(decision=one, reason="Cost", by=ADA, today=TODAY)
        with pytest.raises(CannotAgree, match="was called in"):
            signs(version, office, word=Word(decision=one))
        decisions.withdraw(decision=one, reason="Wrong", by=ADA)
        with pytest.raises(CannotAgree, match="was withdrawn"):
            signs(version, office, word=Word(decision=one))
        other = decided(cast.coldbrook_council)
        with pytest.raises(CannotAgree, match="is not a decision of The County Council"):
            signs(version, office, word=Word(decision=other))
        with pytest.raises(CannotAgree, match="Record the decision"):
            signs(version, office, word=Word(reference="12"))

    def test_nobody_signs_by_a_decision_of_a_day_to_come(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        one = decided(office.body)
        Decision.objects.filter(pk=one.pk).update(stated_on=TODAY + timedelta(days=1))
        one.refresh_from_db()
        with pytest.raises(CannotAgree, match="that day has not come"):
            signs(version, office, word=Word(decision=one))

    def test_an_executive_function_is_not_handed_over_by_a_minute(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), chief(cast)
        minute = decided(cast.county_council, kind="minute")
        with pytest.raises(CannotAgree, match="section 9EA"):
            signs(version, office, word=Word(decision=minute))

    def test_nobody_signs_by_a_decision_without_a_quorum(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        decision = decided(office.body)
        Decision.objects.filter(pk=decision.pk).update(present=2, quorum=3)
        decision.refresh_from_db()
        with pytest.raises(CannotAgree, match="no quorum"):
            signs(version, office, word=Word(decision=decision))

    def test_a_decision_about_something_else_lets_nobody_sign(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        other = decided(office.body, title="To buy a bench")
        assert queries.decisions_to_sign_by(version.agreement, office.body) == []
        with pytest.raises(CannotAgree, match="does not name CO-2027-0001"):
            signs(version, office, word=Word(decision=other))
        said = f"Resolved to agree to {version.agreement.number.lower()}"
        one = decided(office.body, "9", title="Grass", text=said)
        assert queries.decisions_to_sign_by(version.agreement, office.body) == [one]
        signs(version, office, word=Word(decision=one))

    def test_what_a_council_decided_last_of_an_agreement_counts(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        agreed = decided(office.body, stated_on=date(2026, 1, 5))
        decided(office.body, "13.1", outcome="refused", stated_on=date(2027, 1, 30))
        with pytest.raises(CannotAgree, match="30 January 2027 it is refused"):
            signs(version, office, word=Word(decision=agreed))
        decided(office.body, "13.2", outcome="deferred", stated_on=date(2027, 1, 31))
        anew = decided(office.body, "14", stated_on=TODAY)
        signs(version, office, word=Word(decision=anew))
        assert queries.signed_keys(version) == {office.body.key}

    def test_a_later_version_takes_a_decision_that_covers_it(self, cast: Cast) -> None:
        made = ready(cast)
        sent(made)
        made.refresh_from_db()
        version, office = sent(made, now=later(1)), clerk(cast)
        before = decided(office.body, title=f"To agree {made.number}")
        with pytest.raises(CannotAgree, match="decided before version 2 was sent"):
            signs(version, office, word=Word(decision=before), now=later(2))
        covers = decided(office.body, "9", title=f"To agree {made.number} and later versions")
        made = signs(version, office, word=Word(decision=covers), now=later(2))
        assert made.decision == covers

    def test_a_decision_taken_since_a_later_version_was_sent_covers_it(self, cast: Cast) -> None:
        made = ready(cast)
        sent(made)
        made.refresh_from_db()
        version, office = sent(made), clerk(cast)
        since = decided(office.body, title=f"To agree {made.number}", stated_on=TODAY)
        assert signs(version, office, word=Word(decision=since)).decision == since

    def test_what_is_only_recalled_warns_and_is_kept_with_the_signature(self, cast: Cast) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        one = decided(office.body, kind="officer")
        made = signs(version, office, word=Word(decision=one))
        assert "was by its officer by delegation. It takes its full council" in made.warned
        signs(version, chief(cast))
        starts(read_again(version))
        (says,) = policies.warnings_of(version, on=FIRST)
        assert says in made.warned

    def test_interests_are_told_to_whoever_signs_and_those_taken_back_as_well(
        self, cast: Cast
    ) -> None:
        version, office = sent(ready(cast)), clerk(cast)
        decision = decided(office.body)
        assert queries.interests_in(decision) == ""
        said = Declared(member="A member", nature="pecuniary", effect="left")
        interest = decisions.declare_interest(decision=decision, declared=said, by=ADA, now=NOW)
        decisions.take_back_interest(interest=interest, reason="A slip", by=ADA, now=NOW)
        made = signs(version, office, word=Word(decision=decision))
        assert "members declared interests: 1, 1 of them taken back later" in made.warned


def group_version(cast: Cast) -> Version:
    """Give a version with a group that is not known here."""
    made = drafted(cast)
    hands(cast, made, joins(made, None, outside="Friends of the Green"))
    rests(made, CONTRACT)
    return sent(made)


def adds(version: Version, office: Office, party: str, **facts: Any) -> Signature:
    """Add the paper a party signed by hand."""
    said = {} if "decision" in facts else {"reference": "Minute 4", "decided_on": TODAY}
    word = Word(**said | facts)
    given = {"party": party, "word": word, "ready": scan(), "by": office, "now": NOW}
    return paper_actions.add_paper(version=version, **given)


class TestPaper:
    def test_a_paper_counts_once_another_person_has_confirmed_it(self, cast: Cast) -> None:
        version = group_version(cast)
        group = next(key for key, name in version.party_names.items() if "Friends" in name)
        added = adds(version, chief(cast), group)
        assert queries.signed_keys(version) == set()
        # The same person in another office is no second person.
        again = cast.office(cast.dot, cast.county_council, "officer")
        given: dict[str, Any] = {"signature": added, "now": NOW}
        with pytest.raises(CannotAgree, match="Another person confirms it"):
            paper_actions.confirm_paper(shown=version.hash, by=again, **given)
        with pytest.raises(Overtaken):
            paper_actions.confirm_paper(shown="0" * 64, by=cast.at_the_county, **given)
        ada = Office.objects.filter(person=cast.ada).first() or cast.at_the_county
        paper_actions.confirm_paper(shown=version.hash, by=ada, **given)
        assert queries.signed_keys(read_again(version)) == {group}
        with pytest.raises(Overtaken, match="already"):
            paper_actions.confirm_paper(shown=version.hash, by=ada, **given)
        signs(version, chief(cast))
        assert read_again(version).standing is State.EXECUTED
        signing_actions.start(version=version, is_ready=True, by=ADA, today=FIRST)
        assert queries.binding_of(version.agreement, on=FIRST)

    def test_a_paper_names_the_party_and_its_decision(self, cast: Cast) -> None:
        version, office = group_version(cast), chief(cast)
        group = next(key for key, name in version.party_names.items() if "Friends" in name)
        for facts in ({"reference": ""}, {"decided_on": None}, {"decided_on": FIRST}):
            with pytest.raises(CannotAgree, match="Name the decision of Friends"):
                adds(version, office, group, **facts)
        with pytest.raises(CannotAgree, match="Choose one of the parties"):
            adds(version, office, "nobody")
        with pytest.raises(CannotAgree, match="Record the decision"):
            adds(version, office, cast.county_council.key)
        own = decided(cast.county_council)
        with pytest.raises(CannotAgree, match="Name the decision of Friends of the Green in words"):
            adds(version, office, group, decision=own)
        with pytest.raises(CannotAgree, match="Choose the decision of The County Council alone"):
            adds(version, office, cast.county_council.key, decision=own, reference="E1")
        adds(version, office, group)
        with pytest.raises(CannotAgree, match="waits to be confirmed"):
            adds(version, office, group)

    def test_a_paper_of_a_version_no_longer_open_is_not_confirmed(self, cast: Cast) -> None:
        version = group_version(cast)
        group = next(key for key, name in version.party_names.items() if "Friends" in name)
        added = adds(version, chief(cast), group)
        signing_actions.withdraw(version=version, reason="Wrong", by=chief(cast), today=TODAY)
        with pytest.raises(CannotAgree, match="not open to be signed"):
            paper_actions.confirm_paper(
                signature=added, shown=version.hash, by=cast.at_the_county, now=NOW
            )

    def test_nobody_adds_the_paper_of_another_party(self, cast: Cast) -> None:
        version = sent(ready(cast))
        word = {"decision": decided(cast.coldbrook_council)}
        with pytest.raises(CannotAgree, match="Coldbrook Parish Council adds its own paper"):
            adds(version, chief(cast), cast.coldbrook_council.key, **word)
        with pytest.raises(CannotAgree, match="The County Council adds its own paper"):
            adds(version, clerk(cast), cast.county_council.key, **word)
        outside = group_version(cast)
        (group,) = set(outside.party_names) - outside.known_keys
        with pytest.raises(CannotAgree, match="The County Council adds the paper of Friends"):
            adds(outside, clerk(cast), group)
        offered = policies.parties_whose_paper(outside, chief(cast))
        assert offered == outside.party_names

    def test_the_paper_of_a_council_is_confirmed_by_another_party(self, cast: Cast) -> None:
        version, own = sent(ready(cast)), cast.coldbrook_council
        added = adds(version, clerk(cast), own.key, decision=decided(own))
        given: dict[str, Any] = {"signature": added, "shown": version.hash, "now": NOW}
        other = cast.office(cast.bron, own, "deputy-clerk")
        with pytest.raises(CannotAgree, match="An officer of another party confirms it"):
            paper_actions.confirm_paper(by=other, **given)
        paper_actions.confirm_paper(by=chief(cast), **given)
        assert queries.signed_keys(read_again(version)) == {own.key}

    def test_a_paper_that_is_not_it_is_taken_away_and_frees_the_place(self, cast: Cast) -> None:
        version, own = sent(ready(cast)), cast.coldbrook_council
        decision = decided(own)
        added = adds(version, clerk(cast), own.key, decision=decision)
        given: dict[str, Any] = {"signature": added, "by": chief(cast), "today": TODAY}
        paper_actions.refuse_paper(reason="Another hash", **given)
        assert Entry.objects.get(did="refused a signed paper").reason == "Another hash"
        with pytest.raises(Overtaken, match="already"):
            paper_actions.refuse_paper(reason="Another hash", **given)
        with pytest.raises(Overtaken, match="already"):
            paper_actions.confirm_paper(
                signature=added, shown=version.hash, by=chief(cast), now=NOW
            )
        signs(version, clerk(cast), word=Word(decision=decision))
        assert queries.signed_keys(read_again(version)) == {own.key}

    def test_a_paper_that_counts_is_not_taken_away(self, cast: Cast) -> None:
        version, own = sent(ready(cast)), cast.coldbrook_council
        added = adds(version, clerk(cast), own.key, decision=decided(own))
        given: dict[str, Any] = {"signature": added, "by": chief(cast)}
        paper_actions.confirm_paper(shown=version.hash, now=NOW, **given)
        with pytest.raises(Overtaken, match="already"):
            paper_actions.refuse_paper(reason="Another hash", today=TODAY, **given)
        assert queries.signed_keys(read_again(version)) == {own.key}

    def test_a_paper_of_altered_words_is_not_confirmed(self, cast: Cast) -> None:
        version, own = sent(ready(cast)), cast.coldbrook_council
        added = adds(version, clerk(cast), own.key, decision=decided(own))
        words = version.facts_json.replace("120000", "990000")
        Version.objects.filter(pk=version.pk).update(facts_json=words)
        with pytest.raises(CannotAgree, match="are not those that were sent"):
            paper_actions.confirm_paper(
                signature=added, shown=version.hash, by=chief(cast), now=NOW
            )

    def test_one_person_does_not_sign_for_both_sides(self, cast: Cast) -> None:
        version = sent(ready(cast))
        signs(version, chief(cast))
        both = cast.office(cast.dot, cast.coldbrook_council, "chair")
        with pytest.raises(CannotAgree, match="You signed for The County Council"):
            signs(version, both)
        signs(version, clerk(cast), word=Word(decision=decided(cast.coldbrook_council, "9")))
        assert read_again(version).standing is State.EXECUTED


def starts(version: Version, on: date = FIRST, is_ready: bool = True) -> None:
    """Bring a version into force."""
    signing_actions.start(version=version, is_ready=is_ready, by=ADA, today=on)


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
