"""A cluster's meetings by its constitution, what members lend, and how it is dissolved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    NOW,
    TODAY,
    agreed,
    council,
    drawn_up,
    formed,
    held,
    joined,
    resolved,
)
from tests.offers.asked import send, words
from waywarden.county.decisions import actions as decisions
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import clusters, settling
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.actions.settling import Due, Plan
from waywarden.devolution.clusters.models import Cluster, Consent, Portion, Resource, Settlement
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NAMES = ("wychbourne", "coldbrook", "marl_green")
FOR_IT = {"wychbourne-council": "for", "coldbrook-council": "for"}


def meet(cluster: Cluster, cast_votes: dict[str, str], *, held_on: date = TODAY) -> object:
    given = {"question": "To buy a mower", "held_on": held_on, "by": ADA, "now": NOW}
    return settling.meet(cluster=cluster, cast=cast_votes, **given)


def settled(cast: Cast, cluster: Cluster, *pence: int, days: int = 30) -> Settlement:
    """Draw up what each of the three is paid, in pence."""
    due = {
        held(cluster, council(cast, name)).pk: Due(balance_pence=each, assets="", work="")
        for name, each in zip(NAMES, pence, strict=True)
    }
    plan = Plan(last_on=TODAY + timedelta(days=days), says="The county takes it back", due=due)
    return settling.settle(cluster=cluster, plan=plan, by=ADA, now=NOW)


def consent(cast: Cast, of: Settlement, name: str, **facts: object) -> Consent:
    said = {"shown": of.hash, "taken": resolved("Dissolve"), "by": ADA, "now": NOW} | facts
    return settling.consent(settlement=of, held=held(of.cluster, council(cast, name)), **said)


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


class TestDissolving:
    def test_ld10_it_is_dissolved_once_every_member_agreed_to_what_is_whose(
        self, cast: Cast
    ) -> None:
        made = formed(cast)
        of = settled(cast, made, 300_00, -100_00, -200_00)
        for name in NAMES[:2]:
            consent(cast, of, name)
        with pytest.raises(CannotCluster, match="Not agreed to the settlement yet: Marl Green"):
            settling.dissolve(cluster=made, by=ADA, now=NOW)

        consent(cast, of, "marl_green")
        settling.dissolve(cluster=made, by=ADA, now=NOW)

        made.refresh_from_db()
        assert made.status == Cluster.Status.DISSOLVED
        assert sum(of.portions.values_list("balance_pence", flat=True)) == 0
        assert Entry.objects.order_by("-number")[0].after["hash"] == of.hash

    def test_what_is_paid_out_is_paid_in(self, cast: Cast) -> None:
        made = formed(cast)

        with pytest.raises(CannotCluster, match="£1 more is paid out than paid in"):
            settled(cast, made, 300_00, -100_00, -199_00)
        with pytest.raises(CannotCluster, match="£1 more is paid in than paid out"):
            settled(cast, made, 300_00, -100_00, -201_00)

        assert not Settlement.objects.exists()

    def test_every_member_is_in_it_and_its_last_day_is_to_come(self, cast: Cast) -> None:
        made = formed(cast)

        with pytest.raises(CannotCluster, match="is over: choose a day to come"):
            settled(cast, made, 0, 0, 0, days=-1)
        with pytest.raises(CannotCluster, match="Say of every member"):
            plan = Plan(last_on=TODAY, says="It is over")
            settling.settle(cluster=made, plan=plan, by=ADA, now=NOW)

    def test_only_what_is_formed_is_dissolved(self, cast: Cast) -> None:
        made = joined(cast)

        with pytest.raises(CannotCluster, match="Withdraw it instead"):
            settled(cast, made, 0, 0, 0)
        with pytest.raises(CannotCluster, match="that is formed is dissolved"):
            settling.dissolve(cluster=made, by=ADA, now=NOW)
        with pytest.raises(CannotCluster, match="Draw up first"):
            Cluster.objects.update(status="formed", formed_at=NOW)
            made.refresh_from_db()
            settling.dissolve(cluster=made, by=ADA, now=NOW)

    def test_a_direct_edit_shows_and_nobody_agrees_to_it(self, cast: Cast) -> None:
        made = formed(cast)
        of = settled(cast, made, 300_00, -100_00, -200_00)
        consent(cast, of, "wychbourne")

        Portion.objects.filter(balance_pence=-100_00).update(balance_pence=-50_00)

        with pytest.raises(CannotCluster, match="not what was hashed"):
            consent(cast, of, "coldbrook")
        with pytest.raises(CannotCluster, match="not what was hashed"):
            settling.dissolve(cluster=made, by=ADA, now=NOW)

    def test_each_agrees_once_to_the_newest_as_it_was_shown(self, cast: Cast) -> None:
        made = formed(cast)
        first = settled(cast, made, 0, 0, 0)
        of = settled(cast, made, 100, -100, 0)

        with pytest.raises(CannotCluster, match="newer settlement"):
            consent(cast, first, "coldbrook")
        with pytest.raises(Overtaken, match="not this one"):
            consent(cast, of, "coldbrook", shown="0" * 64)
        agreed_to = consent(cast, of, "coldbrook")
        with pytest.raises(CannotCluster, match="agreed to it already"):
            consent(cast, of, "coldbrook")
        decisions.withdraw(decision=agreed_to.decision, reason="A slip", by=ADA)
        members = queries.members_of(made, on=TODAY)
        assert "Coldbrook Parish Council" in [
            each.body.name for each in queries.still_to_consent(of, members)
        ]

    def test_of_a_council_it_says_nothing_of_nobody_agrees(self, cast: Cast) -> None:
        made = formed(cast)
        of = settled(cast, made, 0, 0, 0)
        of.portions.filter(membership__body=cast.coldbrook_council).delete()

        with pytest.raises(CannotCluster, match="It says nothing of Coldbrook"):
            consent(cast, of, "coldbrook")

        consent_to = {"shown": of.hash}
        Cluster.objects.update(status="dissolved")
        of.cluster.refresh_from_db()
        with pytest.raises(CannotCluster, match="nothing can be changed"):
            consent(cast, of, "wychbourne", **consent_to)

    def test_two_who_draw_it_up_at_once_do_not_both(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = formed(cast)
        settled(cast, made, 0, 0, 0)
        monkeypatch.setattr(settling, "_next_number", lambda cluster: 1)

        with pytest.raises(Overtaken, match="Somebody drew one up meanwhile"):
            settled(cast, made, 0, 0, 0)

    def test_members_are_told(self, cast: Cast) -> None:
        _ = cast.at_coldbrook
        made = formed(cast)

        settled(cast, made, 0, 0, 0)

        assert "is dissolved after" in Notice.objects.order_by("-pk")[0].text


def test_ld10_a_cluster_meets_lends_and_is_dissolved_on_its_pages(cast: Cast) -> None:
    ada, colm, bron = cast.at_the_county, cast.at_coldbrook, cast.at_wychbourne
    county, clerk, town = (cast.signed_in(each) for each in (cast.ada, cast.colm, cast.bron))
    made = formed(cast)
    Cluster.objects.update(starts_on=localdate())
    made.memberships.update(starts_on=localdate())
    where = made.get_absolute_url()

    votes = {f"vote_{number}": "for" for number in range(1, 4)}
    asked = {"question": "To buy a mower", "held_on": str(localdate())}
    page = send(county, f"{where}meetings/record/", acting=ada, **asked | votes)
    assert "“To buy a mower” is recorded: carried." in words(page)

    lent = {"name": "A mower", "way": "hire", "on_terms": "£20 a day"}
    page = send(clerk, f"{where}members/coldbrook-council/lend/", acting=colm, **lent)
    assert "Hired out by Coldbrook Parish Council. £20 a day" in words(page)
    back = f"{where}members/coldbrook-council/lend/{Resource.objects.get().pk}/take-back/"
    assert send(town, back, acting=bron).status_code == 403
    assert "A mower is off the list." in words(send(clerk, back, acting=colm))
    assert "was taken off the list already" in words(send(clerk, back, acting=colm))
    assert send(clerk, back.replace("lend/", "lend/9"), acting=colm).status_code == 404

    assert clerk.get(f"{where}members/coldbrook-council/consent/").status_code == 302
    drawn = {"last_on": str(localdate() + timedelta(days=9)), "says": "The county takes it back"}
    paid = {
        member.pk: sum_of for member, sum_of in zip(members_in(made), (30, 10, 20), strict=True)
    }
    first, *rest = paid
    sums = {f"out_{first}": "30"} | {f"in_{each}": str(paid[each]) for each in rest}
    page = send(county, f"{where}settle/", acting=ada, **drawn | sums)
    assert "It is drawn up. Each member agrees to it by a resolution." in words(page)
    assert "Is paid £30" in words(page)
    assert "Pays £10" in words(page)
    of = Settlement.objects.get()
    assert clerk.get(f"{where}settlements/7/").status_code == 404
    assert "Not agreed to the settlement yet" in words(
        send(county, f"{where}dissolve/", acting=ada)
    )

    said = {"reference": "12", "stated_on": str(localdate()), "shown": of.hash}
    for browser, acting, body in (
        (clerk, colm, "coldbrook-council"),
        (town, bron, "wychbourne-council"),
        (county, ada, "marl-green-meeting"),
    ):
        send(browser, f"{where}members/{body}/consent/", acting=acting, **said)
    done = words(send(county, f"{where}dissolve/", acting=ada))
    assert f"{made} is dissolved." in done
    assert words(clerk.get(of.get_absolute_url())).count("by 12") == 3


def members_in(cluster: Cluster) -> list[object]:
    return list(cluster.memberships.order_by("pk"))


def test_terms_nobody_agreed_to_give_nobody_a_vote(cast: Cast) -> None:
    drawn_up(joined(cast))

    assert queries.votes_of(None, on=TODAY) == {}
