"""Signing: each party decides and signs for itself, here or on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.agreements.agreed import (
    FIRST,
    NOW,
    TODAY,
    chief,
    clerk,
    decided,
    drafted,
    hands,
    joins,
    later,
    read_again,
    ready,
    rests,
    scan,
    sent,
    signs,
    starts,
)
from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import (
    paper_actions,
    policies,
    queries,
    signing_actions,
)
from waywarden.arrangements.agreements.models import Signature, Version
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.arrangements.agreements.signing_actions import Word
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.actions import Declared
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.rules.agreements_moves import State
from waywarden.rules.powers.table import CONTRACT

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


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
