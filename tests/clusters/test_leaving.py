"""A member leaves a cluster, and what it may do and see from then on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    IDEA,
    NOW,
    TODAY,
    agreed,
    drawn_up,
    forming,
    held,
    joined,
    lead,
    say_alone,
)
from waywarden.county.decisions import actions as decisions
from waywarden.county.places.models import Jurisdiction
from waywarden.devolution.clusters import permissions, queries
from waywarden.devolution.clusters.actions import clusters, members, roles
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.offers.actions import Said
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


class TestLeaving:
    def test_ld3_a_member_leaves_with_the_notice_that_was_agreed(self, cast: Cast) -> None:
        of = agreed(cast)
        member = held(of.cluster, cast.coldbrook_council)
        given = {"reason": "A new clerk", "by": ADA, "today": TODAY}

        with pytest.raises(CannotCluster, match="31 July 2027 or later"):
            members.leave(held=member, last=date(2027, 7, 30), **given)
        members.leave(held=member, last=date(2027, 7, 31), **given)

        assert member.stage(TODAY) == "Leaving"
        assert member.stage(date(2027, 8, 1)) == "Left"
        assert member.is_member(date(2027, 7, 31))
        assert not member.is_member(date(2027, 8, 1))
        with pytest.raises(CannotCluster, match="not a member that could leave"):
            members.leave(held=member, last=date(2027, 8, 1), **given)

    def test_before_terms_are_agreed_it_leaves_from_its_first_day_on(self, cast: Cast) -> None:
        made = joined(cast)
        drawn_up(made)
        member, stale = (held(made, cast.coldbrook_council) for _ in range(2))
        given = {"reason": "A new clerk", "by": ADA, "today": TODAY}

        members.leave(held=member, last=IDEA.starts_on, **given)

        with pytest.raises(Overtaken):
            members.leave(held=stale, last=IDEA.starts_on + timedelta(days=1), **given)

    def test_who_holds_a_role_gives_it_up_before_it_leaves(self, cast: Cast) -> None:
        made = joined(cast)
        lead(made, cast.wychbourne_council)
        given = {"last": IDEA.starts_on, "reason": "No", "by": ADA, "today": TODAY}

        with pytest.raises(CannotCluster, match="is cluster lead: give that up first"):
            members.leave(held=held(made, cast.wychbourne_council), **given)

    def test_ab15_a_lead_whose_council_has_left_runs_nothing_any_more(self, cast: Cast) -> None:
        made, bron = joined(cast), cast.at_wychbourne
        lead(made, cast.wychbourne_council)
        assert permissions.may_run(bron, made, TODAY)

        made.memberships.filter(body=cast.wychbourne_council).update(ends_on=IDEA.starts_on)

        after = IDEA.starts_on + timedelta(days=1)
        assert not permissions.may_run(bron, made, after)
        assert not permissions.may_see_inside(bron, made, after)

    def test_ab15_who_proposed_it_and_declined_runs_it_no_more(self, cast: Cast) -> None:
        made, colm = forming(cast), cast.at_coldbrook
        made.proposed_by = cast.coldbrook_council
        made.save()
        assert permissions.may_run(colm, made, TODAY)

        asked = held(made, cast.coldbrook_council)
        said = Said(answer="declined")
        members.answer(held=asked, said=said, starts_on=TODAY, by=ADA, now=NOW)

        assert not permissions.may_run(colm, made, TODAY)
        assert "coldbrook-council" not in queries.subject_of(made, on=TODAY).bodies

    def test_a_county_speaks_for_the_councils_of_its_own_parishes_alone(self, cast: Cast) -> None:
        made, ada = joined(cast), cast.at_the_county
        asked = held(made, cast.coldbrook_council)
        assert permissions.may_answer(ada, asked, TODAY)

        Jurisdiction.objects.filter(body=cast.county_council).delete()
        Cluster.objects.update(proposed_by=cast.wychbourne_council)

        assert not permissions.may_answer(ada, asked, TODAY)
        assert not permissions.may_run(ada, made, TODAY)

    def test_who_has_given_notice_answers_no_more(self, cast: Cast) -> None:
        made = joined(cast)
        member = held(made, cast.coldbrook_council)
        given = {"reason": "No", "by": ADA, "today": TODAY}
        members.leave(held=member, last=IDEA.starts_on, **given)
        assert member.decision
        decisions.withdraw(decision=member.decision, reason="A slip", by=ADA)
        asked = held(made, cast.coldbrook_council)

        with pytest.raises(CannotCluster, match="asked anew once it has left"):
            said = Said(answer="declined")
            members.answer(held=asked, said=said, starts_on=TODAY, by=ADA, now=NOW)

    def test_in_a_cluster_that_is_over_nothing_is_said_any_more(self, cast: Cast) -> None:
        made = joined(cast)
        lead(made, cast.wychbourne_council)
        clusters.withdraw(cluster=made, reason="No", by=ADA, today=TODAY)
        role, told = queries.lead_of(made), {"by": ADA, "today": TODAY}

        with pytest.raises(CannotCluster, match="nothing can be changed"):
            say_alone(held(made, cast.coldbrook_council), 1)
        with pytest.raises(CannotCluster, match="nothing can be changed"):
            roles.give_up(role=role, reason="No", **told)
        with pytest.raises(CannotCluster, match="nothing can be changed"):
            roles.say_capacity(role=role, version=role.version, monthly_milli=[0] * 12, **told)

    def test_who_left_may_be_asked_again(self, cast: Cast) -> None:
        made = joined(cast)
        member = held(made, cast.coldbrook_council)
        given = {"reason": "A new clerk", "by": ADA, "today": TODAY}
        members.leave(held=member, last=IDEA.starts_on, **given)
        again = {"cluster": made, "body": cast.coldbrook_council, "by": ADA}

        # While it takes part it has one share, and not two.
        with pytest.raises(CannotCluster, match="takes part until its last day"):
            members.add(**again, now=NOW)
        members.add(**again, now=NOW + timedelta(days=90))

        assert held(made, cast.coldbrook_council).pk != member.pk
