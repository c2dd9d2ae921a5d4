"""A member that does not pay: the others pay by their terms, and no more, until it has paid."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    ALONE,
    IDEA,
    NOW,
    agree,
    council,
    drawn_up,
    formed,
    held,
    join,
    joined,
    lead,
)
from tests.offers.asked import send, words
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters import defaulting, pages, queries
from waywarden.devolution.clusters.actions import clusters, members
from waywarden.devolution.clusters.actions import defaulting as actions
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.defaulting import Unpaid
from waywarden.devolution.clusters.models import Cluster, Default, Owed
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: The first quarter of the season is over, and was due a day ago.
LATER = datetime(2027, 7, 1, 12, tzinfo=NOW.tzinfo)
DUE = date(2027, 6, 30)


def unpaid(pence: int = 100_00, **facts: Any) -> Unpaid:
    return Unpaid(**{"unpaid_pence": pence, "due_on": DUE, "reference": "Invoice 7"} | facts)


def record(cluster: Cluster, name: str, cast: Cast, *, now: datetime = LATER, **facts: Any) -> Any:
    member = held(cluster, council(cast, name))
    return actions.record(held=member, unpaid=unpaid(**facts), by=ADA, now=now)


def owed(default: Default) -> dict[str, int]:
    """Give what each of the others owes, by the key of the council."""
    return {each.membership.body.key: each.pence for each in default.owed.all()}


def by_terms(cast: Cast, on_default: str) -> Cluster:
    """Give a cluster formed by terms that say who pays for a member that fails."""
    made = joined(cast)
    lead(made, cast.wychbourne_council)
    of = drawn_up(made, on_default=on_default)
    for name in ALONE:
        agree(of, council(cast, name))
    clusters.form(cluster=made, by=ADA, now=NOW)
    return made


class TestLD7:
    def test_ld7_member_defaults_exposure_shown_others_protected_per_terms(
        self, cast: Cast
    ) -> None:
        made, _ = by_terms(cast, "shares"), cast.at_wychbourne
        shown = {
            line.share.membership.body.key: line.exposure
            for line in pages.money_of(queries.terms_of(made)[0], on=LATER.date()).lines
        }

        default = record(made, "coldbrook", cast, unpaid_pence=1_090_91)

        # £1,090.91 by the shares of £2,181.82 and £727.27, the odd penny to who was cut most.
        assert owed(default) == {"wychbourne-council": 818_18, "marl-green-meeting": 272_73}
        assert sum(owed(default).values()) == default.unpaid_pence == default.counted_pence
        # Nobody owes more than the most it was shown beforehand.
        assert all(pence <= shown[key] for key, pence in owed(default).items())
        line = Entry.objects.order_by("-number")[0]
        assert line.did == "recorded that a member did not pay"
        assert line.after["owed"] == owed(default)
        # What somebody wrote is kept beside the chain, where it can be erased.
        assert set(line.after["reference"]) == {"personal", "hash"}
        letter = Notice.objects.order_by("-pk")[0].text
        assert "has not paid £1,090.91 that was due on 30 June 2027 (Invoice 7)" in letter
        assert str(default) == "Coldbrook Parish Council, unpaid since 2027-06-30"
        assert "for Coldbrook Parish Council" in str(Owed.objects.first())

    @pytest.mark.parametrize(
        ("on_default", "who", "pays"),
        [
            ("alike", "coldbrook", {"wychbourne-council": 50_00, "marl-green-meeting": 50_01}),
            ("lead", "coldbrook", {"wychbourne-council": 100_01}),
            ("lead", "wychbourne", {"coldbrook-council": 60_01, "marl-green-meeting": 40_00}),
        ],
    )
    def test_ld7_a_part_unpaid_is_split_to_the_penny_by_what_was_agreed(
        self, cast: Cast, on_default: str, who: str, pays: dict[str, int]
    ) -> None:
        made = by_terms(cast, on_default)

        found = owed(record(made, who, cast, unpaid_pence=100_01))

        assert found == pays

    def test_ld7_who_left_since_pays_for_nobody_and_who_leaves_owing_is_still_called(
        self, cast: Cast
    ) -> None:
        made = by_terms(cast, "shares")
        given = {"reason": "No", "by": ADA, "today": NOW.date()}
        gone = held(made, cast.coldbrook_council)
        members.leave(held=gone, last=date(2027, 7, 31), **given)
        after = datetime(2027, 9, 1, 12, tzinfo=NOW.tzinfo)
        # The terms that all agreed to hold for the two that stay, and give the leaver's last bill.
        for_marl = record(made, "marl_green", cast, now=after, due_on=date(2027, 8, 31))
        assert owed(for_marl) == {"wychbourne-council": 100_00}

        default = record(made, "coldbrook", cast, unpaid_pence=363_64, now=after)

        assert set(owed(default)) == {"wychbourne-council", "marl-green-meeting"}
        assert sum(owed(default).values()) == 363_64
        # Who was a member on the day it was due owes, though it has left since.
        early = record(made, "marl_green", cast, now=after)
        assert set(owed(early)) == {"wychbourne-council", "coldbrook-council"}

    def test_ld7_what_keeps_it_from_being_recorded_is_said(self, cast: Cast) -> None:
        made = joined(cast)
        with pytest.raises(CannotCluster, match="Only to a cluster that is formed"):
            record(made, "coldbrook", cast)
        Cluster.objects.update(status="formed", formed_at=NOW)
        with pytest.raises(CannotCluster, match="was no member on 31 March 2027"):
            record(made, "coldbrook", cast, due_on=IDEA.starts_on - timedelta(days=1))
        with pytest.raises(CannotCluster, match="2 July 2027 has not come yet"):
            record(made, "coldbrook", cast, due_on=DUE + timedelta(days=2))
        with pytest.raises(CannotCluster, match="nothing says who pays for it"):
            record(made, "coldbrook", cast)

        assert not Default.objects.exists()

    def test_ld7_who_has_no_share_in_the_terms_owes_nothing_by_them(self, cast: Cast) -> None:
        made = formed(cast, "wychbourne", "marl_green")
        members.add(cluster=made, body=cast.coldbrook_council, by=ADA, now=NOW)
        join(made, cast.coldbrook_council)

        with pytest.raises(CannotCluster, match="Terms 1 have no share for Coldbrook"):
            record(made, "coldbrook", cast)

    def test_ld7_it_is_put_right_once_it_has_paid(self, cast: Cast) -> None:
        default = record(by_terms(cast, "shares"), "coldbrook", cast)
        stale = Default.objects.get()
        said = {"paid_on": DUE + timedelta(days=3), "reference": "Receipt 9", "by": ADA}
        assert defaulting.still_unpaid(default.cluster) == [
            "Coldbrook Parish Council has not paid £100, due on 30 June 2027."
        ]

        with pytest.raises(CannotCluster, match="3 July 2027 has not come yet"):
            actions.put_right(default=default, **said, today=LATER.date())
        actions.put_right(default=default, **said, today=DUE + timedelta(days=3))

        default.refresh_from_db()
        assert not default.is_open
        assert defaulting.still_unpaid(default.cluster) == []
        assert Entry.objects.order_by("-number")[0].did == "recorded that a member paid after all"
        with pytest.raises(CannotCluster, match="already as paid on 3 July 2027"):
            actions.put_right(default=default, **said, today=DUE + timedelta(days=3))
        with pytest.raises(CannotCluster, match="Somebody recorded meanwhile"):
            actions.put_right(default=stale, **said, today=DUE + timedelta(days=3))

    def test_ld7_it_is_recorded_shown_to_members_and_put_right_on_its_pages(
        self, cast: Cast
    ) -> None:
        ada, colm = cast.at_the_county, cast.at_coldbrook
        county, clerk = cast.signed_in(cast.ada), cast.signed_in(cast.colm)
        made, today = by_terms(cast, "shares"), str(localdate())
        made.memberships.update(starts_on=localdate(), invited_at=timezone.now())
        Decision.objects.update(stated_on=localdate())
        where = made.get_absolute_url()
        assert "Nothing is recorded as unpaid." in words(clerk.get(where))
        call = f"{where}members/coldbrook-council/unpaid/"
        said = {"unpaid": "0", "due_on": today, "reference": "Invoice 7"}
        assert clerk.get(call).status_code == 403
        nothing = send(county, call, acting=ada, **said)
        assert "Enter more than nought" in words(nothing)

        page = words(send(county, call, acting=ada, **said | {"unpaid": "100"}))
        assert "It is recorded. What each of the others owes for it stands below." in page
        shown = words(clerk.get(where))
        assert "Coldbrook Parish Council: £100" in shown
        assert "Wychbourne Town Council owes for it £75" in shown
        assert "The others pay, by their shares (terms 1)" in shown
        assert "unpaid" not in words(cast.signed_in(cast.dot).get(where))

        paid = f"{where}unpaid/{Default.objects.get().pk}/paid/"
        assert send(clerk, paid, acting=colm, paid_on=today, reference="R 1").status_code == 403
        nowhere = paid.replace("unpaid/", "unpaid/9")
        assert county.get(nowhere).status_code == 404
        page = words(send(county, paid, acting=ada, paid_on=today, reference="Receipt 1"))
        assert "It is put right: the others owe nothing for it any more." in page
        assert "(Receipt 1). The others owe nothing for it any more" in words(clerk.get(where))
