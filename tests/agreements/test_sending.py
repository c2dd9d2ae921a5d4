"""Sending: what was sent never changes, and whatever two versions differ in is listed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta
from functools import reduce
from operator import getitem
from typing import Any

import pytest

from tests.agreements.agreed import (
    FIRST,
    LAST,
    chief,
    clerk,
    drafted,
    executed,
    hands,
    in_force,
    joins,
    later,
    read_again,
    ready,
    rests,
    sent,
    signs,
)
from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import (
    actions,
    policies,
    queries,
    signing_actions,
)
from waywarden.arrangements.agreements.actions import Outline
from waywarden.arrangements.agreements.facts import compared
from waywarden.arrangements.agreements.models import Line, Version
from waywarden.arrangements.agreements.papers import paper_of
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.arrangements.agreements.signing_actions import Word
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.notices.models import Notice
from waywarden.rules.agreements_moves import State
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
