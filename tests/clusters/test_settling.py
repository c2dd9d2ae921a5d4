"""A cluster's meetings by its constitution, and what its members lend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    NOW,
    TODAY,
    agree,
    council,
    drawn_up,
    formed,
    held,
    joined,
)
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import clusters, settling
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Meeting, Resource
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FOR_IT = {"wychbourne-council": "for", "coldbrook-council": "for"}


def meet(cluster: Cluster, cast_votes: dict[str, str], *, held_on: date = TODAY) -> Meeting:
    given = {"question": "To buy a mower", "held_on": held_on, "by": ADA, "now": NOW}
    return settling.meet(cluster=cluster, cast=cast_votes, **given)


class TestMeetings:
    def test_ld5_votes_and_quorum_of_the_terms_decide(self, cast: Cast) -> None:
        made = formed(cast)

        carried = meet(made, FOR_IT | {"marl-green-meeting": "absent"})
        lost = meet(made, dict.fromkeys(FOR_IT, "against") | {"marl-green-meeting": "for"})
        few = meet(made, dict.fromkeys(FOR_IT, "absent") | {"marl-green-meeting": "for"})

        assert (carried.is_carried, carried.present, carried.quorum) == (True, 2, 2)
        assert (lost.is_carried, lost.votes_against) == (False, 2)
        assert (few.is_carried, few.is_quorate) == (False, False)
        assert Entry.objects.order_by("-number")[0].did == "recorded a vote of a cluster"

    def test_ld5_a_constitution_is_proposed_and_its_votes_and_quorum_apply_at_meetings(
        self, cast: Cast
    ) -> None:
        made = formed(cast)
        alone = {"coldbrook-council": "against", "marl-green-meeting": "against"}
        town = {"wychbourne-council": "for"}
        of = drawn_up(made, votes={"wychbourne-council": 3, "coldbrook-council": 2}, quorum=4)
        # Proposed is not agreed: one vote each, and a quorum of two, until all have agreed.
        before = meet(made, alone | town)
        assert (before.is_carried, before.terms_number, before.quorum) == (False, 1, 2)
        assert (before.votes_for, before.votes_against) == (1, 2)
        for name in ("wychbourne", "coldbrook", "marl_green"):
            agree(of, council(cast, name))
        assert queries.votes_of(of, on=TODAY) == {
            "wychbourne-council": 3,
            "coldbrook-council": 2,
            "marl-green-meeting": 1,
        }

        tied = meet(made, alone | town)
        carried = meet(made, alone | town | {"marl-green-meeting": "abstained"})
        few = meet(made, alone | {"wychbourne-council": "absent"})
        enough = meet(made, town | {"coldbrook-council": "absent", "marl-green-meeting": "for"})

        # Three votes for and three against: no majority.
        assert (tied.is_carried, tied.votes_for, tied.votes_against) == (False, 3, 3)
        assert (carried.is_carried, carried.votes_for, carried.votes_against) == (True, 3, 2)
        assert (carried.terms_number, carried.quorum, carried.present) == (2, 4, 6)
        # All of three votes against decide nothing where four must be there.
        assert (few.is_carried, few.is_quorate, few.present) == (False, False, 3)
        assert (enough.is_carried, enough.present) == (True, 4)

    def test_every_member_is_named_and_nobody_else(self, cast: Cast) -> None:
        made = formed(cast)

        with pytest.raises(CannotCluster, match="of every member"):
            meet(made, FOR_IT)

    def test_only_a_formed_cluster_with_agreed_terms_decides_and_not_before_the_day(
        self, cast: Cast
    ) -> None:
        with pytest.raises(CannotCluster, match="that is formed decides"):
            meet(joined(cast), {})
        made = Cluster.objects.get()
        Cluster.objects.update(status="formed", formed_at=NOW)
        made.refresh_from_db()
        with pytest.raises(CannotCluster, match="has not come yet"):
            meet(made, {}, held_on=TODAY + timedelta(days=1))
        with pytest.raises(CannotCluster, match="No terms are agreed"):
            meet(made, {})


class TestResources:
    def test_a_member_lends_something_and_takes_it_back(self, cast: Cast) -> None:
        made = joined(cast)
        member = held(made, cast.coldbrook_council)
        said = {"name": "A mower", "way": "lend", "on_terms": "Bring it back clean"}

        lent = settling.lend(held=member, **said, by=ADA, now=NOW)
        assert queries.resources_of(made, on=TODAY) == [lent]
        settling.take_back(resource=lent, by=ADA, now=NOW)

        assert queries.resources_of(made, on=TODAY) == []
        assert Resource.objects.count() == 1
        with pytest.raises(CannotCluster, match="already"):
            settling.take_back(resource=lent, by=ADA, now=NOW)

    def test_who_has_not_joined_or_is_in_a_cluster_that_is_over_lends_nothing(
        self, cast: Cast
    ) -> None:
        made = joined(cast, "wychbourne", "marl_green")
        asked = made.memberships.create(body=cast.coldbrook_council, invited_at=NOW)
        said = {"name": "A mower", "way": "lend", "on_terms": "Clean", "by": ADA, "now": NOW}

        with pytest.raises(CannotCluster, match="has not joined"):
            settling.lend(held=asked, **said)
        clusters.withdraw(cluster=made, reason="No", by=ADA, today=TODAY)
        with pytest.raises(CannotCluster, match="nothing can be changed"):
            settling.lend(held=held(made, cast.wychbourne_council), **said)


def test_terms_nobody_agreed_to_give_nobody_a_vote(cast: Cast) -> None:
    drawn_up(joined(cast))

    assert queries.votes_of(None, on=TODAY) == {}
