"""A member leaves a cluster, and what it may do and see from then on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

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
    join,
    joined,
    lead,
    peopled,
    say_alone,
)
from tests.offers.asked import send, words
from waywarden.county.decisions import actions as decisions
from waywarden.county.places.models import Jurisdiction
from waywarden.devolution.clusters import pages, permissions, queries
from waywarden.devolution.clusters.actions import clusters, members, roles, settling
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.leaving import last_bill_of, leaving_of
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.offers.actions import Said
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


#: The last day of a season that is a year, from its first.
A_YEAR = timedelta(days=364)


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

    def test_ld3_a_leaver_is_told_its_last_bill_before_and_it_is_kept(self, cast: Cast) -> None:
        of, _ = agreed(cast), cast.at_wychbourne
        member = held(of.cluster, cast.coldbrook_council)
        lent = {"name": "A mower", "way": "lend", "on_terms": "Clean", "by": ADA, "now": NOW}
        settling.lend(held=member, **lent)

        told = leaving_of(member, today=TODAY)
        assert (told.share_pence, told.soonest) == (1_090_91, date(2027, 7, 31))
        # 122 of the 366 days of the season up to 31 July 2027, and all of it at its end.
        assert (told.lasts[0].day, told.lasts[0].pence) == (date(2027, 7, 31), 363_64)
        assert (told.lasts[-1].day, told.lasts[-1].pence) == (date(2028, 3, 31), 1_090_91)
        assert [each.day.isoformat() for each in told.lasts[1:3]] == ["2027-08-31", "2027-09-30"]
        assert [each.name for each in told.resources] == ["A mower"]

        given = {"reason": "A new clerk", "by": ADA, "today": TODAY}
        members.leave(held=member, last=date(2027, 7, 31), **given)

        assert (member.last_bill_pence, member.last_bill_terms) == (363_64, 1)
        assert last().after["last_bill_pence"] == 363_64
        assert last().after["resources"] == ["A mower"]
        letter = Notice.objects.order_by("-pk")[0].text
        assert "For the season to 31 March 2028 it pays £363.64 without VAT" in letter
        assert "leaves the list with it: A mower" in letter
        # What it leaves the two others pay, by their shares: the season is paid for in full.
        lines = pages.money_of(of, on=TODAY).lines
        bills = {line.share.membership.body.key: line.bill for line in lines}
        assert bills["coldbrook-council"] == 363_64
        assert sum(bills.values()) == of.whole_pence
        assert pages.money_of(of, on=TODAY).unpaid_pence == 0
        assert queries.resources_of(of.cluster, on=date(2027, 7, 31))
        assert not queries.resources_of(of.cluster, on=date(2027, 8, 1))

    def test_ld3_when_another_leaves_its_bill_is_reckoned_anew_and_adds_up(
        self, cast: Cast
    ) -> None:
        of = agreed(cast)
        coldbrook, marl = (held(of.cluster, council(cast, n)) for n in ("coldbrook", "marl_green"))
        assert last_bill_of(coldbrook, today=TODAY) is None
        given = {"reason": "A new clerk", "by": ADA, "today": TODAY}
        members.leave(held=coldbrook, last=date(2028, 3, 31), **given)
        members.leave(held=marl, last=date(2027, 7, 31), **given)

        bills = [last_bill_of(each, today=TODAY) for each in (coldbrook, marl)]
        lines = pages.money_of(of, on=TODAY).lines
        shown = {line.share.membership.pk: line.bill for line in lines}

        assert all(bills)
        assert [each.pence for each in bills if each] == [shown[coldbrook.pk], shown[marl.pk]]
        # The one told first bears its part of what the other leaves.
        assert coldbrook.last_bill_pence == 1_090_91 < shown[coldbrook.pk]
        assert sum(shown.values()) == of.whole_pence

    def test_ld3_the_bill_of_its_last_season_is_by_the_newest_terms_of_that_season(
        self, cast: Cast
    ) -> None:
        of, _ = agreed(cast), cast.at_wychbourne
        made = of.cluster
        peopled(cast, *ALONE)
        leaver = held(made, cast.coldbrook_council)
        given = {"reason": "A new clerk", "by": ADA, "today": date(2028, 3, 1)}
        members.leave(held=leaver, last=date(2028, 8, 28), **given)
        letter = Notice.objects.order_by("-pk")[0].text
        assert "Its days after 31 March 2028 are not in it" in letter
        short = last_bill_of(leaver, today=date(2028, 3, 1))
        assert short
        assert short.is_short
        now = datetime(2028, 3, 2, 12, tzinfo=NOW.tzinfo)
        season = {"season_starts_on": date(2028, 4, 1), "season_ends_on": date(2029, 3, 31)}
        second = drawn_up(made, now=now, **season)
        assert last_bill_of(leaver, today=now.date()) == short
        for name in ALONE:
            agree(second, council(cast, name), now=now, stated_on=now.date())

        bill = last_bill_of(leaver, today=now.date())

        assert bill
        assert (bill.terms.number, bill.is_short) == (2, False)
        lines = pages.money_of(second, on=now.date()).lines
        assert [bill.pence] == [line.bill for line in lines if line.share.membership == leaver]
        assert (leaver.last_bill_pence, leaver.last_bill_terms) == (1_090_91, 1)

    def test_ld3_who_leaves_after_the_season_pays_all_of_it(self, cast: Cast) -> None:
        of = agreed(cast)
        member = held(of.cluster, cast.coldbrook_council)

        late = leaving_of(member, today=date(2028, 3, 1))

        assert [(each.day, each.pence) for each in late.lasts] == [(date(2028, 8, 28), 1_090_91)]

    def test_ld3_who_has_no_share_in_the_terms_in_force_pays_nothing_by_them(
        self, cast: Cast
    ) -> None:
        of = agreed(cast, "wychbourne", "marl_green")
        made = of.cluster
        members.add(cluster=made, body=cast.coldbrook_council, by=ADA, now=NOW)
        member = join(made, cast.coldbrook_council)
        assert leaving_of(member, today=TODAY).lasts == []

        given = {"reason": "A new clerk", "by": ADA, "today": TODAY}
        members.leave(held=member, last=date(2027, 7, 31), **given)

        assert (member.last_bill_pence, member.last_bill_terms) == (None, None)
        assert last().after["last_bill_terms"] is None

    def test_ld3_where_nobody_is_there_all_season_what_is_unpaid_is_named(self, cast: Cast) -> None:
        of = agreed(cast)
        of.cluster.memberships.update(ends_on=date(2028, 3, 30))

        # A day of 366: £4,000 / 366 to the penny, by what each pays for its own days.
        assert pages.money_of(of, on=TODAY).unpaid_pence == 10_93

    def test_ld3_the_page_shows_what_leaving_costs_before_notice_is_given(self, cast: Cast) -> None:
        colm, made = cast.at_coldbrook, joined(cast)
        clerk = cast.signed_in(cast.colm)
        where = f"{made.get_absolute_url()}members/coldbrook-council/leave/"
        page = words(clerk.get(where))
        assert "No terms are agreed by every member yet, so it pays nothing by any." in page
        lead(made, cast.wychbourne_council)
        of = drawn_up(made, season_starts_on=localdate(), season_ends_on=localdate() + A_YEAR)
        made.memberships.update(starts_on=localdate())
        for name in ALONE:
            agree(of, council(cast, name))
        settling.lend(
            held=held(made, cast.coldbrook_council),
            name="A mower",
            way="hire",
            on_terms="Clean",
            by=ADA,
            now=NOW,
        )

        page = words(clerk.get(where))
        assert "is £1,090.91 without VAT. Who leaves within the season" in page
        assert "the end of the season, are not in it." in page
        assert "A mower (hired out)" in page
        said = {"last": str(localdate() + A_YEAR), "reason": "A new clerk", "reason_for": "county"}
        page = words(send(clerk, where, acting=colm, **said))
        assert "By now it is reckoned to pay £1,090.91 for the season." in page
        assert "it pays £1,090.91 by terms 1, as reckoned now." in page
        assert "As told on giving notice, by terms 1: £1,090.91." in page

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
