"""Terms: shares by every rule, frozen by a hash, agreed to by each member, and what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    ALONE,
    NOW,
    TODAY,
    agree,
    agreed,
    council,
    drawn_up,
    forming,
    held,
    join,
    joined,
    lead,
    say_alone,
)
from waywarden.county.decisions import actions as decisions
from waywarden.devolution.clusters import pages, policies, queries, sharing
from waywarden.devolution.clusters.actions import clusters, members
from waywarden.devolution.clusters.actions.clusters import Cost
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Share, Terms
from waywarden.devolution.clusters.sharing import CannotShare, divide
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.notices.models import Notice
from waywarden.planner.shares import core_excess
from waywarden.rules.clusters_terms import above_alone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

THREE = {"a": 3_000_00, "b": 1_500_00, "c": 1_000_00}


def shares(of: Terms) -> dict[str, int]:
    """Give what each member pays, by the key of its council."""
    return {share.membership.body.key: share.pence for share in of.shares.all()}


class TestDividing:
    @pytest.mark.parametrize(
        ("rule", "figures", "pays"),
        [
            ("alone", {}, {"a": 2_181_82, "b": 1_090_91, "c": 727_27}),
            ("equal", {}, {"a": 1_333_34, "b": 1_333_33, "c": 1_333_33}),
            (
                "proportional",
                {"a": 2, "b": 1, "c": 1},
                {"a": 2_000_00, "b": 1_000_00, "c": 1_000_00},
            ),
            # Alone each pays what it does, and a third of the £1,500 saved is £500.
            ("shapley", {}, {"a": 2_500_00, "b": 1_000_00, "c": 500_00}),
            ("nucleolus", {}, {"a": 2_500_00, "b": 1_000_00, "c": 500_00}),
            ("custom", {"a": 4_000_00, "b": 0, "c": 0}, {"a": 4_000_00, "b": 0, "c": 0}),
        ],
    )
    def test_ld2_each_rule_divides_to_the_penny(
        self, rule: str, figures: dict[str, int], pays: dict[str, int]
    ) -> None:
        assert divide(rule, 4_000_00, alone=THREE, figures=figures) == pays

    @pytest.mark.parametrize("rule", sorted(sharing.RULES))
    @given(
        alone=st.dictionaries(st.sampled_from("abcde"), st.integers(1, 10**8), min_size=1),
        part=st.floats(0.2, 1.0),
    )
    def test_ab5_shares_are_whole_pence_that_add_up_or_there_are_none(
        self, rule: str, alone: dict[str, int], part: float
    ) -> None:
        whole = max(1, int(sum(alone.values()) * part))
        figures = {member: whole // len(alone) for member in alone} if rule != "scrb" else {}
        try:
            found = divide(rule, whole, alone=alone, figures=figures)
        except CannotShare:
            return

        assert sum(found.values()) == whole
        assert all(type(pence) is int and pence >= 0 for pence in found.values())

    @pytest.mark.parametrize("wrong", [-1, float("nan"), 1e308, 10.5, True, 10**13, "1"], ids=repr)
    def test_ab5_what_is_no_whole_pence_is_refused(self, wrong: Any) -> None:
        for alone, figures, whole in (
            (THREE | {"a": wrong}, {}, 100),
            (THREE, dict.fromkeys(THREE, wrong), 100),
            (THREE, {}, wrong),
        ):
            with pytest.raises(CannotShare, match="whole pence, nought or more"):
                divide("equal", whole, alone=alone, figures=figures)

    def test_ab5_who_is_named_first_is_given_no_penny_for_that(self) -> None:
        turned = dict(reversed(THREE.items()))

        for rule in ("equal", "alone", "shapley"):
            assert divide(rule, 4_000_01, alone=turned, figures={}) == divide(
                rule, 4_000_01, alone=THREE, figures={}
            )

    @pytest.mark.parametrize(
        ("rule", "alone", "figures", "whole", "why"),
        [
            ("luck", THREE, {}, 100, "one of the rules listed"),
            ("equal", {}, {}, 100, "No council has joined"),
            ("equal", THREE, {}, 0, "Say what all of it costs"),
            ("equal", {"a": 0}, {}, 100, "No member’s cost alone"),
            ("custom", THREE, {"a": 1}, 100, "Give a figure for each member"),
            ("custom", THREE, {"a": 1, "b": 2, "c": 3}, 100, r"add up to £0\.06, not £1\.00"),
            ("proportional", THREE, {"a": 0, "b": 0, "c": 0}, 100, "makes no shares of these"),
            ("nucleolus", {str(n): 1 for n in range(13)}, {}, 10, "for up to 12 members"),
        ],
    )
    def test_what_cannot_be_divided_is_refused_in_a_sentence(
        self, rule: str, alone: dict[str, int], figures: dict[str, int], whole: int, why: str
    ) -> None:
        with pytest.raises(CannotShare, match=why):
            divide(rule, whole, alone=alone, figures=figures)

    @given(st.lists(st.integers(1, 10**6), min_size=3, max_size=3), st.integers(1, 2 * 10**6))
    def test_the_note_on_fairness_is_the_core_test_of_the_library(
        self, paid: list[int], whole: int
    ) -> None:
        # The oracle looks at every group; ours at single members, where groups save nothing.
        alone = dict(zip("abc", paid, strict=True))
        found = divide("equal", whole, alone=alone, figures={})
        worst = core_excess(
            lambda group: whole if len(group) == 3 else sum(alone[m] for m in group), found
        )

        over = above_alone(found, alone)
        assert bool(over) == (worst.excess > 1e-6)
        if over and len(over) < 3:
            assert worst.excess == pytest.approx(sum(over.values()))


class TestDrawingUp:
    def test_ld2_another_rule_changes_every_figure_and_the_note(self, cast: Cast) -> None:
        made = joined(cast)
        first = pages.money_of(drawn_up(made), on=TODAY)
        second = pages.money_of(drawn_up(made, rule="equal"), on=TODAY)

        assert [line.share.pence for line in first.lines] == [1_090_91, 727_27, 2_181_82]
        assert [line.share.pence for line in second.lines] == [1_333_34, 1_333_33, 1_333_33]
        assert [line.share.alone_pence for line in second.lines] == [1_500_00, 1_000_00, 3_000_00]
        assert first.fairness.startswith("No member")
        assert first.above == []
        assert second.fairness == (
            "Better off alone, so that each must consent by itself: Marl Green Parish Meeting by "
            "£333.33."
        )
        assert [line.percent for line in second.lines] == ["11.1 %", "−33.3 %", "55.5 %"]

    def test_what_is_missing_is_listed(self, cast: Cast) -> None:
        made = forming(cast)
        with pytest.raises(CannotCluster, match=r"No council has joined yet. Say what all of it"):
            drawn_up(made)
        join(made, cast.coldbrook_council)
        with pytest.raises(CannotCluster, match="it costs alone: Coldbrook Parish Council"):
            drawn_up(made)
        clusters.withdraw(cluster=made, reason="No", by=ADA, today=TODAY)
        with pytest.raises(CannotCluster, match="not forming or formed"):
            drawn_up(made)

    def test_a_rule_that_makes_no_shares_says_so(self, cast: Cast) -> None:
        with pytest.raises(CannotCluster, match="a figure for each member"):
            drawn_up(joined(cast), rule="custom")

    def test_two_that_draw_up_at_once_make_one_version(self, cast: Cast, monkeypatch: Any) -> None:
        made = joined(cast)
        drawn_up(made)
        monkeypatch.setattr(queries, "terms_of", lambda cluster: [])

        with pytest.raises(Overtaken, match="Somebody drew up terms meanwhile"):
            drawn_up(made)

    def test_what_is_said_anew_touches_no_terms(self, cast: Cast) -> None:
        made = joined(cast)
        of = drawn_up(made)
        member = held(made, cast.coldbrook_council)
        before = shares(of)

        say_alone(member, 1)
        say_alone(member, 1)
        with pytest.raises(Overtaken):
            alone = members.Alone(alone_pence=2, alone_source="A guess")
            members.say_alone(held=member, version=1, alone=alone, by=ADA, today=TODAY)
        cost = Cost(whole_pence=1, whole_source="A guess")
        clusters.say_cost(cluster=made, version=made.version, cost=cost, by=ADA, today=TODAY)

        assert shares(of) == before
        assert of.is_as_hashed()

    def test_ld4_pooling_three_years_and_an_extension_warns(self, cast: Cast) -> None:
        made = joined(cast, whole=43_275_00)
        near = drawn_up(made, rule="equal", years=3, extension_years=0)
        over = drawn_up(made, rule="equal", years=3, extension_years=1)

        assert pages.money_of(near, on=TODAY).warnings == []
        said = pages.money_of(over, on=TODAY).warnings[0]
        assert "£207,720 with VAT over 4 years, at or above the £207,720" in said

    def test_ld4_a_season_whose_threshold_is_not_known_says_so_and_the_figure_of_today_warns(
        self, cast: Cast
    ) -> None:
        made = joined(cast, whole=43_275_00)
        season = {"season_starts_on": date(2028, 4, 1), "season_ends_on": date(2029, 3, 31)}
        small = drawn_up(made, rule="equal", years=1, extension_years=0, **season)
        large = drawn_up(made, rule="equal", years=3, extension_years=1, **season)

        (said,) = pages.money_of(small, on=TODAY).warnings
        assert said == (
            "The threshold of the Procurement Act 2023 is not known for 1 April 2028: it is "
            "recorded from 24 February 2025 to 31 December 2027. Together you would spend £51,930 "
            "with VAT over 1 year: before you buy, look up the threshold that holds on the day you "
            "begin."
        )
        # Buying may begin today, whose figure is known.
        reached, unknown = pages.money_of(large, on=TODAY).warnings
        assert "at or above the £207,720 of the Procurement Act 2023" in reached
        assert "is not known for 1 April 2028" in unknown
        # Once the season has begun no earlier day counts, and none is guessed.
        (late,) = pages.money_of(large, on=date(2029, 1, 1)).warnings
        assert "is not known for 1 April 2028" in late

    def test_ld3_who_joins_within_the_season_pays_by_days(self, cast: Cast) -> None:
        made = joined(cast, "wychbourne", "coldbrook")
        late = datetime(2027, 9, 30, 12, tzinfo=UTC)
        members.add(cluster=made, body=cast.marl_green_meeting, by=ADA, now=late)
        say_alone(join(made, cast.marl_green_meeting, on=date(2027, 10, 1), now=late), 1_000_00)

        lines = pages.money_of(drawn_up(made, now=late), on=late.date()).lines
        bills = {line.share.membership.body.key: line.bill for line in lines}

        # 183 of 366 days of £727.27, and the rest by the shares of the other two.
        assert bills["marl-green-meeting"] == 363_64
        assert sum(bills.values()) == 4_000_00

    def test_ld7_the_most_that_each_owes_if_another_fails_is_shown(self, cast: Cast) -> None:
        made = joined(cast)
        lead(made, cast.wychbourne_council)

        lines = pages.money_of(drawn_up(made, on_default="lead"), on=TODAY).lines

        owed = {line.share.membership.body.key: line.exposure for line in lines}
        # The lead owes Coldbrook's share at most; if it fails itself the others pay its own.
        assert owed["wychbourne-council"] == 1_090_91
        assert owed["coldbrook-council"] + owed["marl-green-meeting"] == 2_181_82


class TestAgreeing:
    def test_ab3_what_is_agreed_is_frozen_and_a_change_is_another_version(self, cast: Cast) -> None:
        of = agreed(cast)
        before = of.hash
        assert queries.standing(of.cluster, on=TODAY) == of

        anew = drawn_up(of.cluster, rule="equal", says="Cut twice")

        assert (anew.number, anew.hash != before) == (2, True)
        # The old stays, is readable, and is in force until all have agreed to the new one.
        assert queries.standing(of.cluster, on=TODAY) == of
        assert of.is_as_hashed()
        waiting = queries.still_to_agree(anew, queries.members_of(of.cluster, on=TODAY))
        assert len(waiting) == 3
        for name in ALONE:
            agree(anew, council(cast, name), accepts_above_alone=True)
        assert queries.standing(of.cluster, on=TODAY) == anew

    @pytest.mark.parametrize(
        "edit",
        [
            lambda of: Share.objects.filter(terms=of, pence=727_27).update(pence=1),
            lambda of: Terms.objects.filter(pk=of.pk).update(notice_days=1),
            lambda of: Terms.objects.filter(pk=of.pk).update(says="Other words"),
            lambda of: Share.objects.filter(terms=of, pence=727_27).update(votes=99),
        ],
        ids=["share", "notice", "words", "votes"],
    )
    def test_ab3_a_direct_edit_shows(self, cast: Cast, edit: Any) -> None:
        made = joined(cast)
        of = drawn_up(made)

        edit(of)

        found = queries.terms_numbered(made, 1)
        assert found
        assert not found.is_as_hashed()
        assert not pages.money_of(found, on=TODAY).is_as_hashed
        with pytest.raises(CannotCluster, match="changed it behind the pages"):
            agree(found, cast.coldbrook_council)
        assert policies.NOT_AS_HASHED in pages.obstacles_of(
            made, queries.members_of(made, on=TODAY), on=TODAY
        )

    def test_ab4_who_was_shown_other_terms_agrees_to_nothing(self, cast: Cast) -> None:
        of = drawn_up(joined(cast))

        with pytest.raises(Overtaken, match="not these"):
            agree(of, cast.coldbrook_council, shown="0" * 64)

    def test_ld2_nobody_pays_more_than_alone_without_its_own_consent(self, cast: Cast) -> None:
        of = drawn_up(joined(cast), rule="equal")

        with pytest.raises(CannotCluster, match=r"would pay £1,333\.33, and £1,000 alone"):
            agree(of, cast.marl_green_meeting)
        assert agree(of, cast.marl_green_meeting, accepts_above_alone=True).accepts_above_alone

    def test_a_member_agrees_once_to_the_newest_that_has_its_share(self, cast: Cast) -> None:
        made = joined(cast, "wychbourne", "coldbrook")
        first = drawn_up(made)
        agree(first, cast.coldbrook_council)
        with pytest.raises(CannotCluster, match="has agreed to these terms already"):
            agree(first, cast.coldbrook_council)
        second = drawn_up(made)
        with pytest.raises(CannotCluster, match="There is a newer version"):
            agree(first, cast.wychbourne_council)
        members.add(cluster=made, body=cast.marl_green_meeting, by=ADA, now=NOW)
        join(made, cast.marl_green_meeting)
        with pytest.raises(CannotCluster, match="no share for Marl Green"):
            agree(second, cast.marl_green_meeting)
        clusters.withdraw(cluster=made, reason="No", by=ADA, today=TODAY)
        with pytest.raises(CannotCluster, match="not forming or formed"):
            agree(queries.terms_of(made)[0], cast.wychbourne_council)

    def test_a_minute_withdrawn_is_no_agreement(self, cast: Cast) -> None:
        of = agreed(cast)
        decision = of.agreements.get(membership__body=cast.coldbrook_council).decision

        decisions.withdraw(decision=decision, reason="Of another council", by=ADA)

        assert queries.standing(of.cluster, on=TODAY) is None

    def test_who_withdrew_a_minute_agrees_by_another(self, cast: Cast) -> None:
        of = agreed(cast)
        decision = of.agreements.get(membership__body=cast.coldbrook_council).decision
        decisions.withdraw(decision=decision, reason="Of another council", by=ADA)

        agree(of, cast.coldbrook_council)

        assert queries.standing(of.cluster, on=TODAY) == of

    def test_a_minute_older_than_the_terms_is_no_agreement_to_them(self, cast: Cast) -> None:
        of = drawn_up(joined(cast))

        with pytest.raises(CannotCluster, match="cannot have been about them"):
            agree(of, cast.coldbrook_council, stated_on=of.made_on - timedelta(days=1))

    def test_ld2_members_are_told_that_there_are_terms_to_agree_to(self, cast: Cast) -> None:
        made = joined(cast)
        _ = cast.at_coldbrook

        drawn_up(made)

        assert "Version 1 of the terms" in Notice.objects.get().text
