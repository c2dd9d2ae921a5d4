"""How a cluster is dissolved: who has what afterwards, balances paid, all of it agreed to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    NOW,
    TODAY,
    council,
    formed,
    held,
    join,
    joined,
    resolved,
)
from tests.offers.asked import send, words
from waywarden.county.decisions import actions as decisions
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters import settling as policies
from waywarden.devolution.clusters.actions import defaulting, members, settling
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.actions.settling import Due, Plan
from waywarden.devolution.clusters.defaulting import Unpaid
from waywarden.devolution.clusters.models import Cluster, Consent, Portion, Resource, Settlement
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NAMES = ("wychbourne", "coldbrook", "marl_green")


def settled(cast: Cast, cluster: Cluster, *pence: int, days: int = 30, **handed: Any) -> Settlement:
    """Draw up what each of the three is paid, in pence."""
    due = {
        held(cluster, council(cast, name)).pk: Due(balance_pence=each, assets="", work="")
        for name, each in zip(NAMES, pence, strict=True)
    }
    handed = {"work": dict.fromkeys((each.pk for each in queries.scope_of(cluster)), None)} | handed
    last_on = TODAY + timedelta(days=days)
    plan = Plan(last_on=last_on, says="The county takes it back", due=due, **handed)
    return settling.settle(cluster=cluster, plan=plan, by=ADA, now=NOW)


def consent(cast: Cast, of: Settlement, name: str, **facts: object) -> Consent:
    said = {"shown": of.hash, "taken": resolved("Dissolve"), "by": ADA, "now": NOW} | facts
    return settling.consent(settlement=of, held=held(of.cluster, council(cast, name)), **said)


def paid(portion: Portion, **facts: Any) -> None:
    """Note that the balance of a member was paid."""
    said = {"paid_on": TODAY, "reference": "Bank line 4", "by": ADA, "today": TODAY} | facts
    settling.note_paid(portion=portion, **said)


class TestDissolving:
    def test_ld10_assets_balances_and_open_work_are_allocated_and_signed_before_it_is_dissolved(
        self, cast: Cast
    ) -> None:
        made = formed(cast)
        coldbrook, marl = (held(made, council(cast, name)) for name in NAMES[1:])
        grass = made.scope.get()
        lend = {"on_terms": "Clean", "by": ADA, "now": NOW}
        mower = settling.lend(held=coldbrook, name="A mower", way="lend", **lend)
        cart = settling.lend(held=coldbrook, name="A cart", way="hire", **lend)
        nothing = {"work": {}, "things": {mower.pk: coldbrook.pk}}
        with pytest.raises(CannotCluster) as refused:
            settled(cast, made, 100_00, -100_00, 0, **nothing)
        assert str(refused.value) == (
            "Say who has “A cart” afterwards (hired out by Coldbrook Parish Council). "
            "Say who finishes the open work of Village grass, or that there is none."
        )
        of = settled(
            cast,
            made,
            100_00,
            -100_00,
            0,
            things={mower.pk: coldbrook.pk, cart.pk: marl.pk},
            work={grass.pk: marl.pk},
        )
        assert [str(each) for each in of.handovers.order_by("pk")] == [
            "A cart: Marl Green Parish Meeting",
            "A mower: Coldbrook Parish Council",
            "Open work of Village grass: Marl Green Parish Meeting",
        ]
        assert of.is_as_hashed()
        with pytest.raises(CannotCluster, match="Not every member has agreed to the settlement"):
            paid(of.portions.get(membership=coldbrook))

        roller = settling.lend(held=marl, name="A roller", way="share", **lend)
        for name in NAMES:
            consent(cast, of, name)
        with pytest.raises(CannotCluster, match="nothing comes onto the list"):
            settling.lend(held=marl, name="A spade", way="share", **lend)
        with pytest.raises(CannotCluster) as refused:
            settling.dissolve(cluster=made, by=ADA, now=NOW)
        assert str(refused.value) == (
            "Say who has “A roller” afterwards (shared by Marl Green Parish Meeting). "
            "Draw it up anew with that: what was agreed to is not changed. "
            "Coldbrook Parish Council has not paid its £100. "
            "Wychbourne Town Council has not been paid its £100."
        )
        settling.take_back(resource=roller, by=ADA, now=NOW)
        for portion in of.portions.exclude(balance_pence=0):
            paid(portion)
            assert Entry.objects.order_by("-number")[0].did == "noted a balance as paid"
        settling.dissolve(cluster=made, by=ADA, now=NOW)

        made.refresh_from_db()
        assert made.status == Cluster.Status.DISSOLVED
        assert of.is_as_hashed()

    def test_ld10_what_is_handed_over_cannot_be_changed_behind_the_pages(self, cast: Cast) -> None:
        made = formed(cast)
        of = settled(cast, made, 0, 0, 0)

        of.handovers.update(membership=held(made, cast.coldbrook_council))

        assert not of.is_as_hashed()

    def test_ld10_nothing_is_handed_to_who_takes_no_part(self, cast: Cast) -> None:
        made = formed(cast, "wychbourne", "marl_green")
        asked = made.memberships.create(body=cast.coldbrook_council, invited_at=NOW)
        inside = queries.members_of(made, on=TODAY)

        found = policies.obstacles_to_handing_over(
            made, inside, {}, {made.scope.get().pk: asked.pk}, on=TODAY
        )

        assert found == ["Say who finishes the open work of Village grass, or that there is none."]

    def test_ld10_who_has_not_paid_the_cluster_keeps_it_from_being_dissolved(
        self, cast: Cast
    ) -> None:
        made = formed(cast)
        member = held(made, cast.coldbrook_council)
        made.memberships.update(starts_on=TODAY)
        unpaid = Unpaid(unpaid_pence=5_00, due_on=TODAY, reference="Invoice 7")
        member.refresh_from_db()
        defaulting.record(held=member, unpaid=unpaid, by=ADA, now=NOW)
        of = settled(cast, made, 0, 0, 0)
        for name in NAMES:
            consent(cast, of, name)

        with pytest.raises(CannotCluster, match="Coldbrook Parish Council has not paid £5, due"):
            settling.dissolve(cluster=made, by=ADA, now=NOW)

    def test_ld10_a_balance_is_paid_once_by_the_newest_settlement(self, cast: Cast) -> None:
        made = formed(cast)
        first = settled(cast, made, 100, -100, 0)
        of = settled(cast, made, 100, -100, 0)
        for name in NAMES:
            consent(cast, of, name)
        portion, stale = (of.portions.get(balance_pence=100) for _ in range(2))

        with pytest.raises(CannotCluster, match="There is a newer settlement"):
            paid(first.portions.get(balance_pence=100))
        with pytest.raises(CannotCluster, match="nothing left to pay or be paid"):
            paid(of.portions.get(balance_pence=0))
        with pytest.raises(CannotCluster, match="has not come yet"):
            paid(portion, paid_on=TODAY + timedelta(days=1))
        with pytest.raises(CannotCluster, match="nothing was owed before"):
            paid(portion, paid_on=TODAY - timedelta(days=1))
        paid(portion)
        kept = Entry.objects.order_by("-number")[0].after["reference"]
        assert set(kept) == {"personal", "hash"}
        with pytest.raises(CannotCluster, match="noted it as paid meanwhile"):
            paid(stale)
        Cluster.objects.update(status="dissolved")
        over = of.portions.select_related("settlement__cluster").get(balance_pence=-100)
        with pytest.raises(CannotCluster, match="nothing can be changed"):
            paid(over)

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
        for portion in of.portions.all():
            paid(portion)
        settling.dissolve(cluster=made, by=ADA, now=NOW)

        made.refresh_from_db()
        assert made.status == Cluster.Status.DISSOLVED
        assert sum(of.portions.values_list("balance_pence", flat=True)) == 0
        assert Entry.objects.order_by("-number")[0].after["hash"] == of.hash

    def test_once_a_balance_is_paid_nothing_else_is_drawn_up_and_nobody_joins_or_leaves(
        self, cast: Cast
    ) -> None:
        made = formed(cast, "wychbourne", "marl_green")
        asked = made.memberships.create(body=cast.coldbrook_council, invited_at=NOW)
        town, marl = (held(made, council(cast, name)) for name in ("wychbourne", "marl_green"))
        due = {town.pk: Due(balance_pence=100), marl.pk: Due(balance_pence=-100)}
        handed = {"work": {made.scope.get().pk: None}}
        plan = Plan(last_on=TODAY, says="It is over", due=due, **handed)
        of = settling.settle(cluster=made, plan=plan, by=ADA, now=NOW)
        for name in ("wychbourne", "marl_green"):
            consent(cast, of, name)
        paid(of.portions.get(balance_pence=100))
        leaves = {"last": NOW.date(), "reason": "-", "by": ADA, "today": TODAY}

        with pytest.raises(CannotCluster, match="Balances are paid already"):
            settling.settle(cluster=made, plan=plan, by=ADA, now=NOW)
        with pytest.raises(CannotCluster, match="Balances are paid already"):
            join(made, asked.body)
        with pytest.raises(CannotCluster, match="Balances are paid already"):
            members.add(cluster=made, body=cast.county_council, by=ADA, now=NOW)
        with pytest.raises(CannotCluster, match="Balances are paid already"):
            members.leave(held=marl, **leaves)

        assert of.portions.filter(paid_on__isnull=False).count() == 1
        assert queries.newest_settlement(made) == of

    def test_what_it_is_agreed_to_stands_when_a_service_is_called_otherwise(
        self, cast: Cast
    ) -> None:
        made = formed(cast)
        of = settled(cast, made, 0, 0, 0)
        service = made.scope.get().service

        service.name = "Grass of villages"
        service.save()

        assert of.is_as_hashed()
        assert of.handovers.get().what == "Open work of Village grass"

    def test_two_things_of_one_name_are_told_apart(self, cast: Cast) -> None:
        made = formed(cast)
        coldbrook, marl = (held(made, council(cast, name)) for name in NAMES[1:])
        lend = {"name": "A mower", "way": "lend", "on_terms": "Clean", "by": ADA, "now": NOW}
        first, second = (settling.lend(held=each, **lend) for each in (coldbrook, marl))
        of = settled(cast, made, 0, 0, 0, things={first.pk: coldbrook.pk, second.pk: marl.pk})

        of.handovers.filter(resource=first).update(membership=marl)
        of.handovers.filter(resource=second).update(membership=coldbrook)

        assert not of.is_as_hashed()

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
        inside = queries.members_of(made, on=TODAY)
        assert "Coldbrook Parish Council" in [
            each.body.name for each in queries.still_to_consent(of, inside)
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
    grass, kept = made.scope.get(), {"name": "A roller", "way": "share", "on_terms": "Clean"}
    roller = settling.lend(held=held(made, cast.coldbrook_council), **kept, by=ADA, now=NOW)
    page = send(county, f"{where}settle/", acting=ada, **drawn)
    assert "Choose who" in words(page)
    drawn |= {f"service_{grass.pk}": "none", f"thing_{roller.pk}": str(roller.membership_id)}
    due = {member.pk: sum_of for member, sum_of in zip(members_in(made), (30, 10, 20), strict=True)}
    first, *rest = due
    sums = {f"out_{first}": "30"} | {f"in_{each}": str(due[each]) for each in rest}
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
    page = words(county.get(of.get_absolute_url()))
    assert "A roller Coldbrook Parish Council" in page
    assert "Open work of Village grass There is none" in page
    assert "Coldbrook Parish Council has not paid its £10." in page
    on_day = {"paid_on": str(localdate()), "reference": "Bank line 4"}
    assert county.get(f"{of.get_absolute_url()}nowhere/paid/").status_code == 404
    for body in ("coldbrook-council", "wychbourne-council", "marl-green-meeting"):
        pay = f"{of.get_absolute_url()}{body}/paid/"
        assert send(clerk, pay, acting=colm, **on_day).status_code == 403
        page = words(send(county, pay, acting=ada, **on_day))
        assert "is noted as paid." in page
    done = words(send(county, f"{where}dissolve/", acting=ada))
    assert f"{made} is dissolved." in done
    assert words(clerk.get(of.get_absolute_url())).count("by 12") == 3


def members_in(cluster: Cluster) -> list[object]:
    return list(cluster.memberships.order_by("pk"))
