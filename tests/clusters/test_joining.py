"""A cluster is proposed, councils are invited, join, decline or stay silent, and lead."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    IDEA,
    NOW,
    TODAY,
    forming,
    held,
    join,
    joined,
    lead,
    proposed,
    resolved,
)
from tests.offers.asked import reachable
from waywarden.county.councils.models import Body
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters import pages, policies, queries
from waywarden.devolution.clusters.actions import clusters, members, roles
from waywarden.devolution.clusters.actions.clusters import Cost, Meant
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Role
from waywarden.devolution.offers.actions import Said
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


class TestProposing:
    def test_a_cluster_has_members_a_scope_and_roles_to_take(self, cast: Cast) -> None:
        leads = {"DPS01": cast.coldbrook_council}
        made = proposed(cast, meant=Meant(lead=cast.wychbourne_council, leads=leads))

        assert made.key == "wychbourne-and-neighbours"
        assert [each.stage(TODAY) for each in queries.memberships_of(made)] == ["Not asked yet"] * 3
        meant = [(str(role), role.meant_for) for role in queries.roles_of(made)]
        grass = ("Lead for Village grass", cast.coldbrook_council)
        assert meant == [("Cluster lead", cast.wychbourne_council), grass]
        assert last().after["members"] == [
            "wychbourne-council",
            "coldbrook-council",
            "marl-green-meeting",
        ]

    def test_another_of_the_same_name_has_another_address(self, cast: Cast) -> None:
        named = [proposed(cast).key for _ in range(3)]
        odd = proposed(cast, idea=clusters.Idea(name="Propose", starts_on=IDEA.starts_on))

        assert named[1:] == ["wychbourne-and-neighbours-2", "wychbourne-and-neighbours-3"]
        assert odd.key == "propose-2"

    def test_nobody_is_invited_to_a_cluster_of_one(self, cast: Cast) -> None:
        with pytest.raises(CannotCluster, match="two councils at least"):
            clusters.invite(cluster=proposed(cast, "coldbrook"), by=ADA, now=NOW)

    def test_what_is_said_of_it_changes_and_its_address_stays(self, cast: Cast) -> None:
        made = proposed(cast)
        idea = clusters.Idea(name="The Brook", starts_on=IDEA.starts_on)
        given = {"cluster": made, "idea": idea, "by": ADA, "today": TODAY}

        clusters.change(version=1, **given)

        assert (made.name, made.key) == ("The Brook", "wychbourne-and-neighbours")
        length = Entry.objects.count()
        clusters.change(version=2, **given)
        assert Entry.objects.count() == length
        with pytest.raises(Overtaken):
            clusters.change(version=1, **given)

    def test_one_withdrawn_stays_as_it_is(self, cast: Cast) -> None:
        made = proposed(cast)
        clusters.withdraw(cluster=made, reason="No time", by=ADA, today=TODAY)

        cost = Cost(whole_pence=1, whole_source="A guess")
        with pytest.raises(CannotCluster, match="not forming or formed"):
            clusters.say_cost(cluster=made, version=made.version, cost=cost, by=ADA, today=TODAY)
        with pytest.raises(Overtaken, match="It is “Withdrawn” by now"):
            clusters.withdraw(cluster=made, reason="Again", by=ADA, today=TODAY)

    def test_every_status_has_its_moves(self) -> None:
        assert set(Cluster.MOVES) == set(Cluster.Status)


class TestInviting:
    def test_ld1_officers_are_written_to_and_who_cannot_be_is_named(self, cast: Cast) -> None:
        _ = cast.at_wychbourne
        made = proposed(cast)

        unreached = clusters.invite(cluster=made, by=ADA, now=NOW)

        assert unreached == ["Coldbrook Parish Council", "Marl Green Parish Meeting"]
        notice = Notice.objects.get()
        assert notice.link == made.get_absolute_url()
        assert "joins by a resolution of its own" in notice.text

    def test_ld1_a_public_address_is_written_to_where_no_officer_is_here(self, cast: Cast) -> None:
        reachable(cast, cast.coldbrook_council)
        made = proposed(cast, "wychbourne", "coldbrook")

        assert clusters.invite(cluster=made, by=ADA, now=NOW) == ["Wychbourne Town Council"]
        assert Notice.objects.count() == 1

    def test_who_invites_is_not_written_to(self, cast: Cast) -> None:
        bron = cast.at_wychbourne.actor
        made = proposed(cast, "wychbourne", "coldbrook")

        assert clusters.invite(cluster=made, by=bron, now=NOW) == ["Coldbrook Parish Council"]

    def test_one_more_council_is_added_once(self, cast: Cast) -> None:
        made = proposed(cast, "wychbourne")
        given = {"cluster": made, "body": cast.coldbrook_council, "by": ADA, "now": NOW}

        assert members.add(**given) == []
        with pytest.raises(CannotCluster, match="on the list already"):
            members.add(**given)
        clusters.invite(cluster=made, by=ADA, now=NOW)
        late = given | {"body": cast.marl_green_meeting}
        assert members.add(**late) == ["Marl Green Parish Meeting"]
        assert held(made, cast.marl_green_meeting).stage(TODAY) == "Invited, no answer yet"
        clusters.withdraw(cluster=made, reason="No time", by=ADA, today=TODAY)
        with pytest.raises(CannotCluster, match="not forming or formed"):
            members.add(**given | {"body": cast.county_council})


class TestAnswering:
    def test_ld1_one_joins_one_declines_and_one_is_silent(self, cast: Cast) -> None:
        made = forming(cast)
        join(made, cast.wychbourne_council)
        said = Said(answer="declined", reason="Six hours a week")
        no = held(made, cast.coldbrook_council)
        members.answer(held=no, said=said, starts_on=IDEA.starts_on, by=ADA, now=NOW)

        stages = {each.body.key: each.stage(TODAY) for each in queries.memberships_of(made)}
        assert stages == {
            "wychbourne-council": "Joined",
            "coldbrook-council": "Declined",
            "marl-green-meeting": "Invited, no answer yet",
        }
        assert [each.body for each in queries.members_of(made, on=TODAY)] == [
            cast.wychbourne_council
        ]
        assert Decision.objects.get().title == "To join: Wychbourne and neighbours"
        assert "Six hours" not in str(last().after)

    def test_ld1_nobody_joins_without_a_resolution_or_declines_with_one(self, cast: Cast) -> None:
        asked = held(forming(cast), cast.coldbrook_council)

        for said in (Said(answer="agreed"), Said(answer="declined", taken=resolved())):
            with pytest.raises(CannotCluster, match="enter its minute reference and day"):
                members.answer(held=asked, said=said, starts_on=TODAY, by=ADA, now=NOW)

    def test_who_was_not_invited_yet_or_has_joined_does_not_answer(self, cast: Cast) -> None:
        early = held(proposed(cast), cast.coldbrook_council)
        made = forming(cast)
        join(made, cast.coldbrook_council)

        said = Said(answer="declined")
        for asked, why in ((early, "not forming"), (held(made, cast.coldbrook_council), "joined")):
            with pytest.raises(CannotCluster, match=why):
                members.answer(held=asked, said=said, starts_on=TODAY, by=ADA, now=NOW)

    def test_of_two_answers_at_once_one_is_taken(self, cast: Cast) -> None:
        made = forming(cast)
        stale = held(made, cast.coldbrook_council)
        said = Said(answer="declined")
        first = held(made, cast.coldbrook_council)
        members.answer(held=first, said=said, starts_on=TODAY, by=ADA, now=NOW)

        with pytest.raises(Overtaken):
            members.answer(held=stale, said=said, starts_on=TODAY, by=ADA, now=NOW)

    def test_a_council_that_withdrew_its_minute_is_no_member(self, cast: Cast) -> None:
        made = forming(cast)
        member = join(made, cast.coldbrook_council)

        decisions.withdraw(decision=member.decision, reason="Of another council", by=ADA)

        found = held(made, cast.coldbrook_council)
        assert (found.stage(TODAY), found.is_member(TODAY)) == ("Minute withdrawn", False)
        join(made, cast.coldbrook_council)


class TestLeading:
    def test_ab8_of_two_that_take_one_role_the_second_is_told_who_and_when(
        self, cast: Cast
    ) -> None:
        made = joined(cast)
        # Both read the role while nobody held it.
        seen = [queries.lead_of(made), queries.lead_of(made)]
        councils = [cast.wychbourne_council, cast.coldbrook_council]

        roles.accept(role=seen[0], held=held(made, councils[0]), by=ADA, now=NOW)
        with pytest.raises(Overtaken) as told:
            roles.accept(role=seen[1], held=held(made, councils[1]), by=ADA, now=NOW)

        assert str(told.value) == (
            "Wychbourne Town Council took it first, on 1 February 2027, 12:00. Nothing was changed."
        )
        assert queries.lead_of(made).holder == cast.wychbourne_council
        assert Entry.objects.filter(did="took a lead role").count() == 1

    def test_a_role_is_for_members_of_a_cluster_that_is_under_way(self, cast: Cast) -> None:
        made = forming(cast)
        with pytest.raises(CannotCluster, match="has not joined yet"):
            lead(made, cast.coldbrook_council)
        with pytest.raises(CannotCluster, match="has not joined yet"):
            roles.accept(role=queries.lead_of(made), held=None, by=ADA, now=NOW)
        with pytest.raises(CannotCluster, match="not forming or formed"):
            lead(proposed(cast), cast.coldbrook_council)

    def test_a_role_given_up_is_taken_by_another(self, cast: Cast) -> None:
        made = joined(cast)
        lead(made, cast.wychbourne_council)
        stale = queries.lead_of(made)
        given = {"reason": "Too much", "by": ADA, "today": TODAY}

        roles.give_up(role=queries.lead_of(made), **given)

        with pytest.raises(Overtaken):
            roles.give_up(role=stale, **given)
        with pytest.raises(CannotCluster, match="Nobody holds"):
            roles.give_up(role=queries.lead_of(made), **given)
        lead(made, cast.coldbrook_council)
        assert queries.lead_of(made).held_by == "Coldbrook Parish Council"

    def test_a_company_leads_a_service_by_contract_and_no_cluster(self, cast: Cast) -> None:
        made = joined(cast)
        first, grass = queries.roles_of(made)
        given = {"name": "Green Hands CIC", "kind": "company", "by": ADA, "now": NOW}

        roles.note_holder(role=grass, **given)

        assert "not by delegation under section 101" in policies.warnings_of_lead(grass)[0]
        with pytest.raises(Overtaken, match="Green Hands CIC took it first"):
            roles.note_holder(role=grass, **given)
        with pytest.raises(CannotCluster, match="one of its councils"):
            roles.note_holder(role=first, **given)
        with pytest.raises(CannotCluster, match="not forming"):
            roles.note_holder(role=queries.roles_of(proposed(cast))[1], **given)

    def test_ld8_what_a_lead_can_do_is_held_against_each_month(self, cast: Cast) -> None:
        cast.record(cast.quantity(cast.coldbrook, "DPS01", 9_000))
        made = joined(cast)
        made.scope.update(visits=2, first_month=5, last_month=6)
        grass = queries.roles_of(made)[1]
        roles.accept(role=grass, held=held(made, cast.wychbourne_council), by=ADA, now=NOW)
        found = queries.members_of(made, on=TODAY)

        def said() -> list[str]:
            return pages.leads_of(made, found, on=TODAY, is_inside=True, acting=None)[1].warnings

        assert said() == ["Wychbourne Town Council has not said how much it can do in a month."]
        months = [0] * 4 + [9_000_000, 8_999_000] + [0] * 6
        given = {"by": ADA, "today": TODAY}
        roles.say_capacity(role=grass, version=grass.version, monthly_milli=months, **given)
        assert said() == [
            "Wychbourne Town Council can do too little in: June, 9,000 m² needed and 8,999 m² "
            "offered."
        ]
        enough = [9_000_000] * 12
        stale = grass.version
        roles.say_capacity(role=grass, version=stale, monthly_milli=enough, **given)
        roles.say_capacity(role=grass, version=stale + 1, monthly_milli=enough, **given)
        assert (said(), grass.version) == ([], stale + 1)
        assert pages.leads_of(made, found, on=TODAY, is_inside=False, acting=None)[1].warnings == []
        with pytest.raises(Overtaken):
            roles.say_capacity(role=grass, version=stale, monthly_milli=enough, **given)
        with pytest.raises(CannotCluster, match="each of the twelve months"):
            roles.say_capacity(role=grass, version=stale + 1, monthly_milli=[1], **given)


@pytest.mark.django_db(transaction=True)
def test_ab8_two_councils_accept_one_lead_in_the_same_second_and_exactly_one_wins(
    cast: Cast,
) -> None:
    made = joined(cast)
    told: dict[str, str] = {}
    together = Barrier(2)

    def take(body: Body) -> None:
        try:
            role, member = queries.lead_of(made), held(made, body)
            together.wait(timeout=10)
            roles.accept(role=role, held=member, by=Actor("key", body.name, body.key), now=NOW)
            told[body.name] = "won"
        except (Overtaken, CannotCluster) as refused:
            told[body.name] = str(refused)
        finally:
            connection.close()

    both = [cast.wychbourne_council, cast.coldbrook_council]
    threads = [Thread(target=take, args=(body,)) for body in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    winner = next(name for name, said in told.items() if said == "won")
    loser = next(name for name in told if name != winner)
    assert told[loser].startswith(f"{winner} took it first, on 1 February 2027")
    assert Role.objects.get(service=None).holder in both
    assert Entry.objects.filter(did="took a lead role").count() == 1
