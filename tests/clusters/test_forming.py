"""A cluster is formed once all is agreed, and who sees what of it from then on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    ALONE,
    IDEA,
    NOW,
    TODAY,
    agree,
    agreed,
    council,
    drawn_up,
    forming,
    held,
    joined,
    lead,
    peopled,
    say_alone,
)
from waywarden.devolution.clusters import pages, permissions, policies, queries
from waywarden.devolution.clusters.actions import clusters, members
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Share, Terms
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

THREE = {"a": 3_000_00, "b": 1_500_00, "c": 1_000_00}


class TestForming:
    def test_a_cluster_is_formed_once_every_member_agreed(self, cast: Cast) -> None:
        of = agreed(cast)
        _ = cast.at_coldbrook

        clusters.form(cluster=of.cluster, by=ADA, now=NOW)

        assert (of.cluster.is_formed, of.cluster.formed_at) == (True, NOW)
        assert "Wychbourne and neighbours is formed" in Notice.objects.get().text
        with pytest.raises(CannotCluster, match="Only a cluster whose councils were invited"):
            clusters.form(cluster=of.cluster, by=ADA, now=NOW)

    def test_what_is_missing_is_shown_and_refused_alike(self, cast: Cast) -> None:
        def missing(made: Cluster) -> str:
            found = pages.obstacles_of(made, queries.members_of(made, on=TODAY), on=TODAY)
            with pytest.raises(CannotCluster) as refused:
                clusters.form(cluster=made, by=ADA, now=NOW)
            assert str(refused.value) == " ".join(found)
            return str(refused.value)

        made = forming(cast)
        assert missing(made) == (
            "A cluster has two members at least. Nobody has taken the role of cluster lead yet. "
            "No terms are drawn up yet."
        )
        made = joined(cast)
        lead(made, cast.wychbourne_council)
        of = drawn_up(made)
        agree(of, cast.wychbourne_council)
        assert missing(made) == (
            "Not agreed to the terms yet: Coldbrook Parish Council, Marl Green Parish Meeting."
        )
        late = held(made, cast.marl_green_meeting)
        given = {"reason": "No", "by": ADA, "today": TODAY}
        members.leave(held=late, last=IDEA.starts_on, **given)
        after = IDEA.starts_on + timedelta(days=1)
        assert (
            "The terms are of other members than there are now. Draw them up anew."
            in pages.obstacles_of(made, queries.members_of(made, on=after), on=after)
        )

    def test_shares_that_do_not_add_up_keep_it_from_forming(
        self, cast: Cast, monkeypatch: Any
    ) -> None:
        of = agreed(cast)
        Share.objects.filter(terms=of, pence=727_27).update(pence=727_26)
        found = policies.obstacles_in_terms(of, queries.members_of(of.cluster, on=TODAY))
        assert found == [policies.NOT_AS_HASHED]
        monkeypatch.setattr(Terms, "is_as_hashed", lambda of: True)
        found = policies.obstacles_in_terms(of, queries.members_of(of.cluster, on=TODAY))
        assert found == ["The shares do not add up to the whole. Draw up the terms anew."]

    def test_a_small_council_must_not_lose(self, cast: Cast) -> None:
        made = joined(cast)
        lead(made, cast.wychbourne_council)
        small = held(made, cast.marl_green_meeting)
        say_alone(small, 1_000_00, is_without_staff=True)
        peopled(cast, "wychbourne", "coldbrook")
        of = drawn_up(made, rule="equal")
        for name in ALONE:
            agree(of, council(cast, name), accepts_above_alone=True)

        with pytest.raises(CannotCluster, match=r"A small council would lose £333\.33 a year"):
            clusters.form(cluster=made, by=ADA, now=NOW)

        money = pages.money_of(of, on=TODAY)
        assert money.small and money.others
        assert (money.small.count, money.small.lowest) == (1, -333_33)
        assert (money.others.count, money.others.lowest) == (2, 166_66)

    def test_a_council_of_few_people_is_a_small_one(self, cast: Cast) -> None:
        peopled(cast, coldbrook=499, wychbourne=500, marl_green=700)
        of = drawn_up(joined(cast))

        small, others = queries.savings_of(of, queries.members_of(of.cluster, on=TODAY), on=TODAY)

        assert [saving.alone for saving in small] == [1_500_00]
        assert len(others) == 2
        assert policies.obstacles_of_small_councils([]) == []

    def test_a_council_of_unknown_size_counts_as_small_until_it_says_its_people(
        self, cast: Cast
    ) -> None:
        peopled(cast, "wychbourne", "coldbrook")
        of = drawn_up(joined(cast), rule="equal")
        meeting = held(of.cluster, cast.marl_green_meeting)

        money = pages.money_of(of, on=TODAY)
        assert [each.body.name for each in money.unknown] == ["Marl Green Parish Meeting"]
        assert money.small and money.small.lowest == -333_33

        say_alone(meeting, 1_000_00, people_told=500)
        money = pages.money_of(of, on=TODAY)
        assert (money.unknown, money.small) == ([], None)
        # The register counts before what the council told.
        peopled(cast, marl_green=60)
        money = pages.money_of(of, on=TODAY)
        assert money.small and money.small.count == 1

    def test_in_a_formed_cluster_new_terms_by_which_a_small_council_loses_come_to_nothing(
        self, cast: Cast
    ) -> None:
        made = agreed(cast).cluster
        clusters.form(cluster=made, by=ADA, now=NOW)
        anew = drawn_up(made, rule="equal")

        with pytest.raises(CannotCluster, match=r"A small council would lose £333\.33 a year"):
            agree(anew, cast.wychbourne_council)

        found = pages.obstacles_of(made, queries.members_of(made, on=TODAY), on=TODAY)
        assert [said for said in found if said.startswith("A small council would lose")]
        standing = queries.standing(made, on=TODAY)
        assert standing and standing.number == 1
        peopled(cast, "wychbourne", "coldbrook", "marl_green")
        agree(anew, cast.wychbourne_council)
        Cluster.objects.filter(pk=made.pk).update(status="dissolved")
        made.refresh_from_db()
        assert pages.obstacles_of(made, queries.members_of(made, on=TODAY), on=TODAY) == []


class TestWhoSees:
    def test_ab15_who_left_sees_what_held_in_its_time_and_nothing_after(self, cast: Cast) -> None:
        of, colm, bron = agreed(cast), cast.at_coldbrook, cast.at_wychbourne
        member = held(of.cluster, cast.coldbrook_council)
        last = TODAY + timedelta(days=180)
        members.leave(held=member, last=last, reason="No", by=ADA, today=TODAY)
        day_after = last + timedelta(days=1)
        later = datetime.combine(day_after, NOW.timetz())
        assert permissions.may_see_inside(colm, of.cluster, last)
        assert permissions.may_take_part(colm, of.cluster, last)

        anew = drawn_up(of.cluster, now=later)

        assert not permissions.may_see_inside(colm, of.cluster, day_after)
        assert not permissions.may_take_part(colm, of.cluster, day_after)
        assert permissions.may_read(colm, of, day_after)
        assert not permissions.may_read(colm, anew, day_after)
        assert permissions.may_read(bron, anew, day_after)
        bodies = queries.subject_of(of.cluster, on=day_after).bodies
        assert bodies == ("county-council", "marl-green-meeting", "wychbourne-council")

    def test_ab15_who_joins_late_does_not_see_what_was_over_before(self, cast: Cast) -> None:
        made, bron = joined(cast, "wychbourne", "marl_green"), cast.at_wychbourne
        first = drawn_up(made)
        second = drawn_up(made, now=NOW + timedelta(days=10))
        late = NOW + timedelta(days=20)
        members.add(cluster=made, body=cast.coldbrook_council, by=ADA, now=late)
        colm = cast.at_coldbrook

        assert not permissions.may_read(colm, first, late.date())
        assert permissions.may_read(colm, second, late.date())
        assert permissions.may_read(bron, first, late.date())

    def test_who_declined_sees_no_more_of_it(self, cast: Cast) -> None:
        made, colm = joined(cast, "wychbourne", "marl_green"), cast.at_coldbrook
        members.add(cluster=made, body=cast.coldbrook_council, by=ADA, now=NOW)
        assert permissions.may_see_inside(colm, made, TODAY)
        no = members.Said(answer="declined")
        asked = held(made, cast.coldbrook_council)
        members.answer(held=asked, said=no, starts_on=TODAY, by=ADA, now=NOW)

        of = drawn_up(made, now=NOW + timedelta(days=1))

        assert not permissions.may_see_inside(colm, made, TODAY)
        assert not permissions.may_read(colm, of, TODAY + timedelta(days=1))

    def test_who_is_not_asked_yet_sees_nothing(self, cast: Cast) -> None:
        made, colm = joined(cast, "wychbourne", "marl_green"), cast.at_coldbrook
        of = drawn_up(made)
        made.memberships.create(body=cast.coldbrook_council)

        assert not permissions.may_see_inside(colm, made, TODAY)
        assert not permissions.may_read(colm, of, TODAY)

    def test_the_cluster_lead_runs_it_and_a_councillor_of_it_does_not(self, cast: Cast) -> None:
        made, bron = joined(cast), cast.at_wychbourne
        councillor = cast.office(cast.dot, cast.wychbourne_council, "councillor")
        assert not permissions.may_run(bron, made, TODAY)

        lead(made, cast.wychbourne_council)

        assert permissions.may_run(bron, made, TODAY)
        assert not permissions.may_run(councillor, made, TODAY)
        assert permissions.may_see_inside(councillor, made, TODAY)
        assert not permissions.may_take_part(councillor, made, TODAY)
