"""Drafting: every field filled in or not agreed, the power checked, no edit lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.agreements.agreed import (
    FIRST,
    LAST,
    NOW,
    OUTLINE,
    POWER,
    drafted,
    hands,
    joins,
    ready,
    rests,
    sent,
)
from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import actions, power_actions, queries, signing_actions
from waywarden.arrangements.agreements.actions import Joining, Known, Outline
from waywarden.arrangements.agreements.models import Agreement
from waywarden.arrangements.agreements.power_actions import Confirmed, confirm_power
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.county.decisions.relying import key_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.rules import clauses
from waywarden.rules.agreement_numbers import read
from waywarden.rules.powers.table import CONTRACT, DEFRAY, LEND

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def obstacles(agreement: Agreement) -> str:
    """Say why a draft is not sent."""
    with pytest.raises(CannotAgree) as refused:
        sent(agreement)
    return str(refused.value)


class TestDraft:
    def test_a_draft_has_a_number_that_can_be_read_aloud_and_its_own_council_as_party(
        self, cast: Cast
    ) -> None:
        one, another = drafted(cast), drafted(cast)
        assert str(read(one.number)) == one.number != another.number
        assert [str(each) for each in queries.parties_of(one)] == [cast.county_council.name]
        assert one.power == ""

    def test_every_field_is_filled_in_or_not_agreed(self, cast: Cast) -> None:
        made = ready(cast)
        rows = [row for each in clauses.drafted(queries.words_of(made)) for row in each.rows]
        said = {row.field.key: row.says for row in rows}
        assert set(said) == set(clauses.fields())
        assert said["parties"] == said["lead"] == cast.coldbrook_council.name
        assert said["starts_on"] == "1 April 2027"
        assert said["notice"] == "It ends with 6 months of notice."
        assert said["cap"] == "not agreed"
        assert "Coldbrook" in said["quantities"]

    def test_what_is_known_elsewhere_is_filled_in_and_the_rest_is_not_agreed(
        self, cast: Cast
    ) -> None:
        known = Known(
            power=CONTRACT,
            clauses={"payee": "Each parish"},
            joining=(Joining(body=cast.wychbourne_council, share_pence=5),),
        )
        made = drafted(cast, known=known)
        words = queries.words_of(made)
        assert (words["payee"], words["power"]) == ("Each parish", "Contract")
        assert words["parties"] == cast.wychbourne_council.name

    def test_wild_days_are_answered_with_a_sentence(self, cast: Cast) -> None:
        with pytest.raises(CannotAgree, match="Choose a last day within 125 years"):
            drafted(cast, outline=Outline(title="x", starts_on=FIRST, ends_on=date.max))
        with pytest.raises(CannotAgree, match="It cannot end on 1 April 2026"):
            drafted(cast, outline=Outline(title="x", starts_on=FIRST, ends_on=date(2026, 4, 1)))
        with pytest.raises(CannotAgree, match="Notice is between"):
            outline = Outline(title="x", starts_on=FIRST, ends_on=LAST, notice_months=99)
            drafted(cast, outline=outline)

    def test_two_drafts_at_one_moment_do_not_share_a_number(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken = drafted(cast).number
        monkeypatch.setattr(actions, "_next_number", lambda body, year: taken)
        with pytest.raises(Overtaken):
            drafted(cast)


class TestEdits:
    def test_every_change_of_a_draft_counts_its_version_up_and_an_older_one_is_refused(
        self, cast: Cast
    ) -> None:
        made = ready(cast)
        party = queries.parties_of(made)[1]
        line = queries.lines_of(made)[0]
        old = made.version - 1
        given: dict[str, Any] = {"agreement": made, "version": old, "by": ADA}
        for change in (
            lambda: actions.change(outline=OUTLINE, **given),
            lambda: actions.fill_in(given={"cap": "5 %"}, **given),
            lambda: actions.add_party(joining=Joining(outside="Friends"), **given),
            lambda: actions.choose_power(power=CONTRACT, records={}, **given),
            lambda: actions.remove_line(line=line, version=old, by=ADA),
            lambda: signing_actions.send(agreement=made, version=old, by=ADA, now=NOW),
        ):
            with pytest.raises(Overtaken):
                change()
        actions.change(agreement=made, version=made.version, outline=OUTLINE, by=ADA)
        before = made.version
        actions.fill_in(agreement=made, version=before, given={"cap": " 5 % "}, by=ADA)
        assert (made.version, made.clauses) == (before + 1, {"cap": "5 %"})
        actions.fill_in(agreement=made, version=made.version, given={"cap": ""}, by=ADA)
        assert made.clauses == {}
        line.agreement = party.agreement = made
        actions.remove_line(line=line, version=made.version, by=ADA)
        actions.remove_party(party=party, version=made.version, by=ADA)
        assert made.version == before + 4
        assert len(queries.parties_of(made)) == 1

    def test_what_follows_from_the_rest_is_not_typed(self, cast: Cast) -> None:
        made = drafted(cast)
        with pytest.raises(CannotAgree, match="follows from the parties"):
            actions.fill_in(agreement=made, version=made.version, given={"power": "x"}, by=ADA)
        with pytest.raises(CannotAgree, match="no field called nonsense"):
            actions.fill_in(agreement=made, version=made.version, given={"nonsense": "x"}, by=ADA)

    def test_a_party_is_one_once_and_leaves_only_without_services(self, cast: Cast) -> None:
        made = ready(cast)
        with pytest.raises(CannotAgree, match="is a party already"):
            joins(made, cast.coldbrook_council)
        made.refresh_from_db()
        giver, taker = queries.parties_of(made)
        for party, words in ((giver, "stays a party"), (taker, "Remove that first")):
            with pytest.raises(CannotAgree, match=words):
                actions.remove_party(party=party, version=made.version, by=ADA)

    def test_one_party_leads_at_a_time(self, cast: Cast) -> None:
        made = ready(cast)
        joins(made, cast.wychbourne_council, is_lead=True)
        leads = [str(each) for each in queries.parties_of(made) if each.is_lead]
        assert leads == [cast.wychbourne_council.name]

    def test_a_service_lies_within_the_days_and_is_led_by_a_party(self, cast: Cast) -> None:
        made, other = ready(cast), ready(cast)
        taker = queries.parties_of(made)[1]
        for facts, words in (
            ({"starts_on": date(2027, 3, 31)}, "Choose days within it"),
            ({"ends_on": date(2027, 3, 1)}, "cannot end on 1 March 2027"),
            ({"lead": queries.parties_of(other)[1]}, "is not a party"),
            ({}, "is in it already"),
        ):
            with pytest.raises(CannotAgree, match=words):
                hands(cast, made, facts.pop("lead", taker), **facts)
            made.refresh_from_db()

    def test_a_group_and_a_district_take_services_as_a_parish_does(self, cast: Cast) -> None:
        made = drafted(cast)
        hands(cast, made, joins(made, None, outside="Friends of the Green"))
        hands(cast, made, joins(made, cast.marlshire_council), area=cast.wychbourne)
        rests(made, CONTRACT)
        leads = [each["lead"] for each in sent(made).facts["schedules"]]
        assert leads == ["Friends of the Green", cast.marlshire_council.name]

    def test_the_title_of_a_draft_stands_in_no_line_of_the_journal(self, cast: Cast) -> None:
        made = drafted(cast)
        changed = Outline(title="Secret hedges", starts_on=FIRST, ends_on=LAST)
        actions.change(agreement=made, version=made.version, outline=changed, by=ADA)
        lines = Entry.objects.about("agreement", made.number)
        assert lines.count() == 2
        said = [str([each.before, each.after, each.did]) for each in lines]
        assert not [words for words in said if "hedges" in words or "grass" in words]


class TestPower:
    def test_a_bare_draft_says_all_that_is_missing(self, cast: Cast) -> None:
        said = obstacles(drafted(cast))
        for words in ("Add who takes", "Add a service", "Choose the power"):
            assert words in said

    def test_a_power_that_the_law_refuses_names_its_section(self, cast: Cast) -> None:
        made = drafted(cast)
        hands(cast, made, joins(made, None, outside="Friends of the Green"))
        rests(made, DEFRAY)
        said = obstacles(made)
        assert "Local Government Act 1972, section 136" in said
        assert "Open instead: Contract" in said

    def test_what_a_power_asks_to_be_recorded_is_recorded_before_it_is_sent(
        self, cast: Cast
    ) -> None:
        made = ready(cast)
        rests(made, LEND)
        assert "Not recorded yet: the consultation of each officer" in obstacles(made)
        made.refresh_from_db()
        rests(made, LEND, OFFICERS_CONSULTED="Letters of 3 January", NONSENSE="x")
        assert made.records == {"OFFICERS_CONSULTED": "Letters of 3 January"}
        kept = sent(made).facts["power"]["records"]
        assert {each["key"]: each["says"] for each in kept} == made.records

    def test_a_power_that_is_none_is_refused(self, cast: Cast) -> None:
        with pytest.raises(CannotAgree, match="Choose a power"):
            rests(drafted(cast), "nonsense")

    def test_days_of_services_are_looked_at_again_when_the_agreement_became_shorter(
        self, cast: Cast
    ) -> None:
        made = ready(cast)
        shorter = Outline(title="x", starts_on=FIRST, ends_on=date(2028, 3, 31))
        actions.change(agreement=made, version=made.version, outline=shorter, by=ADA)
        assert "Choose days within it" in obstacles(made)

    def test_the_monitoring_officer_confirms_a_warning_and_the_version_says_so(
        self, cast: Cast
    ) -> None:
        made = ready(cast)
        rests(made, "LGA1972-s101")
        warnings = warned(made)
        assert warnings
        given: dict[str, Any] = {"agreement": made, "by": ADA, "now": NOW}
        said = {"warnings": warnings, "given_on": date(2027, 1, 5), "reference": "E-mail"}
        for wrong, words in (
            ({"given_on": date(2027, 2, 2)}, "has not come"),
            ({"is_noted": True, "reference": " "}, "Say where the word"),
        ):
            with pytest.raises(CannotAgree, match=words):
                confirm_power(version=made.version, said=Confirmed(**said | wrong), **given)
        confirm_power(version=made.version, said=Confirmed(**said), **given)
        assert warned(made) == []
        with pytest.raises(Overtaken):
            confirm_power(version=made.version, said=Confirmed(**said), **given)
        version = sent(made)
        assert not version.facts["power"]["not_confirmed"]
        made.refresh_from_db()
        for found in made.confirmations.all():
            power_actions.take_back(confirmation=found, reason="A slip", by=ADA, now=NOW)
        with pytest.raises(Overtaken, match="taken back already"):
            power_actions.take_back(confirmation=found, reason="A slip", by=ADA, now=NOW)
        assert warned(made) == warnings

    def test_what_another_officer_noted_is_sent_as_noted(self, cast: Cast) -> None:
        made = ready(cast)
        rests(made, "LGA1972-s101")
        said = {"given_on": date(2027, 1, 5), "reference": "E-mail", "is_noted": True}
        noted = Confirmed(warnings=warned(made), **said)
        confirm_power(agreement=made, version=made.version, said=noted, by=ADA, now=NOW)
        for says in sent(made).facts["power"]["confirmed"]:
            assert says.endswith("(Noted by another officer.)")

    def test_a_confirmation_is_of_one_power_alone(self, cast: Cast) -> None:
        made = ready(cast)
        rests(made, "LGA1972-s101")
        said = Confirmed(warnings=warned(made), given_on=date(2027, 1, 5), reference="E-mail")
        confirm_power(agreement=made, version=made.version, said=said, by=ADA, now=NOW)
        assert made.confirmations.get().power == "LGA1972-s101"
        assert sent(made).facts["power"]["confirmed"]
        made.refresh_from_db()
        rests(made, POWER)
        assert sent(made).facts["power"]["confirmed"] == []


def warned(agreement: Agreement) -> list[str]:
    """Name the warnings that stand."""
    parties, lines = queries.parties_of(agreement), queries.lines_of(agreement)
    reliance = queries.reliance_of(agreement, parties, lines)
    return [key_of(agreement.power, each) for each in reliance.warnings] if reliance else []


def test_what_is_known_beforehand_is_checked_as_what_is_typed(cast: Cast) -> None:
    for given in ({"no_such_field": "x"}, {"giver": "Somebody else"}):
        with pytest.raises(CannotAgree):
            drafted(cast, known=actions.Known(clauses=given))
    made = drafted(cast, known=actions.Known(clauses={"cap": "9 %"}))
    assert made.clauses == {"cap": "9 %"}
