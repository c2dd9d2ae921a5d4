"""Which day, which terms and which sum count when a member does not pay; and how that ends."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    ALONE,
    NOW,
    TODAY,
    agree,
    council,
    drawn_up,
    formed,
    held,
    join,
    peopled,
    say_alone,
)
from tests.clusters.test_defaulting import DUE, LATER, by_terms, owed, record
from tests.offers.asked import send, words
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters import defaulting, permissions
from waywarden.devolution.clusters.actions import defaulting as actions
from waywarden.devolution.clusters.actions import members, settling
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Default, Role
from waywarden.fabric.journal.models import Entry
from waywarden.rules.clusters_terms import digest

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

BROKE = {"ending": "borne", "why": "It is insolvent", "by": ADA, "today": LATER.date()}


class TestLD7:
    def test_ld7_a_late_joiner_pays_for_nothing_from_before_its_time(self, cast: Cast) -> None:
        made = formed(cast, "wychbourne", "marl_green")
        peopled(cast, "wychbourne", "coldbrook", "marl_green")
        members.add(cluster=made, body=cast.coldbrook_council, by=ADA, now=NOW)
        say_alone(join(made, cast.coldbrook_council, on=date(2027, 7, 15)), 1_500_00)
        on = datetime(2027, 7, 16, 12, tzinfo=NOW.tzinfo)
        second = drawn_up(made, now=on)
        for name in ALONE:
            agree(second, council(cast, name), now=on, stated_on=on.date())

        default = record(made, "marl_green", cast, now=datetime(2027, 8, 2, 12, tzinfo=on.tzinfo))

        assert default.terms.number == 1
        assert owed(default) == {"wychbourne-council": 100_00}

    def test_ld7_where_the_lead_of_now_came_later_the_lead_that_the_terms_name_pays(
        self, cast: Cast
    ) -> None:
        made = by_terms(cast, "lead")
        Role.objects.filter(service=None).update(holder=cast.marl_green_meeting, taken_at=LATER)

        assert owed(record(made, "coldbrook", cast)) == {"wychbourne-council": 100_00}
        made.terms.update(led_by="")
        by_shares = owed(record(made, "coldbrook", cast, reference="Invoice 8"))
        assert by_shares == {"wychbourne-council": 75_00, "marl-green-meeting": 25_00}

    def test_ld7_no_more_is_unpaid_than_the_member_pays_and_no_invoice_twice(
        self, cast: Cast
    ) -> None:
        made = by_terms(cast, "shares")
        with pytest.raises(CannotCluster, match=r"pays £1,090\.91 without VAT by 30 June 2027"):
            record(made, "coldbrook", cast, unpaid_pence=1_090_92)
        first = record(made, "coldbrook", cast, unpaid_pence=1_000_00)
        with pytest.raises(CannotCluster, match="“invoice 7” of 30 June 2027 is recorded"):
            record(made, "coldbrook", cast, unpaid_pence=1, reference="invoice 7")
        with pytest.raises(CannotCluster, match="£1,000 of it is recorded as unpaid already"):
            record(made, "coldbrook", cast, unpaid_pence=90_92, reference="Invoice 8")

        # A year on as much again may be missing; what was a slip counts no more.
        next_year = datetime(2028, 7, 1, 12, tzinfo=NOW.tzinfo)
        again = {"due_on": date(2028, 6, 30), "now": next_year, "reference": "Invoice 9"}
        record(made, "coldbrook", cast, unpaid_pence=1_181_82, **again)
        actions.end(default=first, **BROKE | {"ending": "withdrawn"})
        again |= {"reference": "Invoice 10"}
        assert record(made, "coldbrook", cast, unpaid_pence=1_000_00, **again).is_open

    def test_ld7_a_council_that_was_asked_again_is_called_for_its_first_time(
        self, cast: Cast
    ) -> None:
        made = by_terms(cast, "shares")
        first = held(made, cast.coldbrook_council)
        given = {"reason": "No", "by": ADA, "today": TODAY}
        members.leave(held=first, last=date(2027, 7, 31), **given)
        later = datetime(2027, 9, 1, 12, tzinfo=NOW.tzinfo)
        members.add(cluster=made, body=cast.coldbrook_council, by=ADA, now=later)

        default = record(made, "coldbrook", cast, now=later)

        assert default.membership == first

    def test_ld7_what_a_leaver_is_billed_later_is_by_the_terms_it_left_under(
        self, cast: Cast
    ) -> None:
        made = by_terms(cast, "shares")
        peopled(cast, *ALONE)
        gone = held(made, cast.coldbrook_council)
        given = {"reason": "No", "by": ADA, "today": TODAY}
        members.leave(held=gone, last=date(2027, 7, 31), **given)
        on = datetime(2027, 8, 2, 12, tzinfo=NOW.tzinfo)
        second = drawn_up(made, now=on)
        for name in ("wychbourne", "marl_green"):
            agree(
                second, council(cast, name), now=on, stated_on=on.date(), accepts_above_alone=True
            )

        after = datetime(2027, 9, 1, 12, tzinfo=NOW.tzinfo)
        late = record(made, "coldbrook", cast, now=after, due_on=date(2027, 8, 31))

        assert late.terms.number == 1
        assert owed(late) == {"wychbourne-council": 75_00, "marl-green-meeting": 25_00}

    def test_ld7_nothing_is_recorded_on_what_was_dissolved_meanwhile(self, cast: Cast) -> None:
        made = by_terms(cast, "shares")
        stale = held(made, cast.coldbrook_council)
        Cluster.objects.update(status="dissolved")

        unpaid = defaulting.Unpaid(unpaid_pence=1, due_on=DUE, reference="Invoice 7")
        with pytest.raises(CannotCluster, match="Only to a cluster that is formed"):
            actions.record(held=stale, unpaid=unpaid, by=ADA, now=LATER)

        assert not Default.objects.exists()

    @pytest.mark.parametrize("ending", ["withdrawn", "borne"])
    def test_ld7_what_is_never_paid_ends_and_keeps_nothing_from_being_dissolved(
        self, cast: Cast, ending: str
    ) -> None:
        default = record(by_terms(cast, "shares"), "coldbrook", cast)
        stale = Default.objects.get()

        actions.end(default=default, **BROKE | {"ending": ending})

        assert defaulting.still_unpaid(default.cluster) == []
        line = Entry.objects.order_by("-number")[0]
        assert line.did == "ended what was unpaid"
        assert line.after["ending"] == ending
        assert set(line.after["why"]) == {"personal", "hash"}
        with pytest.raises(CannotCluster, match="It ended already on 1 July 2027"):
            actions.end(default=default, **BROKE)
        paid = {"paid_on": LATER.date(), "reference": "R", "by": ADA, "today": LATER.date()}
        with pytest.raises(CannotCluster, match="It ended already"):
            actions.put_right(default=default, **paid)
        with pytest.raises(CannotCluster, match="Somebody recorded meanwhile"):
            actions.end(default=stale, **BROKE)

    def test_ld7_nothing_was_unpaid_that_was_paid_before_it_was_due(self, cast: Cast) -> None:
        default = record(by_terms(cast, "shares"), "coldbrook", cast)

        paid = {"paid_on": TODAY, "reference": "R", "by": ADA, "today": LATER.date()}
        with pytest.raises(CannotCluster, match="Withdraw the record instead"):
            actions.put_right(default=default, **paid)

    def test_ld7_who_does_not_pay_does_not_put_itself_right(self, cast: Cast) -> None:
        bron, colm = cast.at_wychbourne, cast.at_coldbrook
        made = by_terms(cast, "shares")
        default = record(made, "wychbourne", cast)

        assert permissions.may_run(bron, made, TODAY)
        assert not permissions.may_put_right(bron, default, TODAY)
        assert not permissions.may_end_unpaid(bron, default, TODAY)
        # Who owes for it notes that it was paid, and does not end it otherwise.
        assert permissions.may_put_right(colm, default, TODAY)
        assert not permissions.may_end_unpaid(colm, default, TODAY)
        assert permissions.may_end_unpaid(cast.at_the_county, default, TODAY)

    def test_ld7_it_is_ended_on_its_page(self, cast: Cast) -> None:
        ada, county = cast.at_the_county, cast.signed_in(cast.ada)
        made, now = by_terms(cast, "shares"), timezone.now()
        made.memberships.update(starts_on=localdate())
        Decision.objects.update(stated_on=localdate())
        default = record(made, "coldbrook", cast, now=now, due_on=localdate())
        end = f"{made.get_absolute_url()}unpaid/{default.pk}/end/"

        page = words(send(county, end, acting=ada, ending="borne", why="It is insolvent"))

        assert "It is no longer open." in page
        assert "The others have borne it, as recorded" in page
        assert "Wychbourne Town Council bore £75" in page


def test_ab15_what_was_decided_and_unpaid_before_a_council_was_asked_is_not_for_it(
    cast: Cast,
) -> None:
    made = formed(cast, "wychbourne", "marl_green")
    votes = {"wychbourne-council": "for", "marl-green-meeting": "against"}
    asked = {"question": "To sack the clerk", "held_on": TODAY, "cast": votes}
    settling.meet(cluster=made, by=ADA, now=NOW, **asked)
    record(made, "marl_green", cast, reference="Secret 7")
    late = datetime(2029, 1, 1, tzinfo=NOW.tzinfo)
    made.memberships.create(body=cast.coldbrook_council, invited_at=late)
    _ = cast.at_the_county
    clerk, county = cast.signed_in(cast.at_coldbrook.person), cast.signed_in(cast.ada)

    for page in ("", "votes.csv", "unpaid.csv"):
        seen = clerk.get(f"{made.get_absolute_url()}{page}")
        assert seen.status_code == 200
        assert "sack the clerk" not in seen.content.decode()
        assert "Secret 7" not in seen.content.decode()
    assert "sack the clerk" in county.get(f"{made.get_absolute_url()}votes.csv").content.decode()


def test_who_agrees_anew_after_a_slip_is_not_kept_from_it_by_what_small_councils_lose(
    cast: Cast,
) -> None:
    made = by_terms(cast, "shares")
    of = made.terms.get()
    of.shares.filter(membership__body=cast.marl_green_meeting).update(alone_pence=1)
    of.hash = digest(of.facts())
    of.save()
    of.agreements.update(hash=of.hash)
    slip = of.agreements.get(membership__body=cast.coldbrook_council)
    decisions.withdraw(decision=slip.decision, reason="A slip", by=ADA)

    agree(of, cast.coldbrook_council)

    assert of.agreements.get(pk=slip.pk).stands
