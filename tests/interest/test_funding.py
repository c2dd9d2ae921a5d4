"""Funds: who may apply, how much is left, and never more given than there is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.interest.said import last_letter, sent
from tests.offers.asked import send, words
from waywarden.devolution.interest import funding_actions as actions
from waywarden.devolution.interest import queries
from waywarden.devolution.interest.funding_actions import CannotFund, Terms
from waywarden.devolution.interest.models import Award, Expression, Fund
from waywarden.devolution.interest.national import national_funds
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = localdate()
ADA = Actor("ada@county.example", "Ada")
TYPED = {
    "name": "Start-up pot",
    "given_by": "The county",
    "reach": "local",
    "pays_for": "setting-up",
    "kinds": ["group", "new"],
    "source": "A made-up fund of the tests",
    "checked_on": "2026-04-01",
    "pot": "1,000",
    "most": "800",
}


def terms(**facts: Any) -> Terms:
    """Give the terms of a made-up fund of the county: £1,000, and £800 at most for one."""
    said = {"name": "Start-up pot", "given_by": "The county", "reach": "local"}
    money = {"pays_for": "setting-up", "pot_pence": 1_000_00, "most_pence": 800_00}
    known = {"kinds": ["group", "new"], "source": "Made up", "checked_on": date(2026, 4, 1)}
    return Terms(**said | money | known | facts)


def a_fund(cast: Cast, **facts: Any) -> Fund:
    """Let the county list a fund."""
    return actions.add(body=cast.county_council, terms=terms(**facts), by=ADA)


def award(of: Expression, fund: Fund, pence: int) -> Award:
    """Let the county award some of it."""
    return actions.award(of=of, fund=fund, amount_pence=pence, by=ADA, today=TODAY)


def others(cast: Cast, address: str = "gus@others.example") -> Expression:
    """Let somebody else ask."""
    return sent(cast, asker={"contact_email": address})


def open_here(cast: Cast) -> list[str]:
    """Name the funds that are open to who asks the county."""
    return [fund.name for fund in queries.open_funds(asked_of=[cast.county_council], on=TODAY)]


class TestTheFinder:
    def test_national_funds_are_there_with_their_source_and_the_day_it_was_read(
        self, cast: Cast
    ) -> None:
        listed = words(Client().get("/interest/funding/?reach=National"))
        setting_up = words(Client().get("/interest/funding/?pays_for=Setting up"))

        assert "check before you rely on it" in listed
        assert "Look first" in listed
        assert all(fund.name in listed for fund in national_funds())
        assert "Reach Fund" in setting_up and "UnLtd" not in setting_up
        for fund in national_funds():
            shown = words(Client().get(fund.get_absolute_url()))
            assert "Checked on 23 November 2026. Funds open, close and change" in shown
            assert fund.for_whom in shown
        assert Client().get("/interest/funding/national/nowhere/").status_code == 404

    def test_who_asks_is_shown_the_national_funds_for_what_they_are(self, cast: Cast) -> None:
        of = sent(cast, asker={"kind": "new"})
        browser = Client()
        browser.get(last_letter().link)

        shown = words(browser.get(of.get_absolute_url()))

        assert "UnLtd Starting Up Award" in shown
        assert "Public Works Loan" not in shown
        assert "Public Works Loan" in words(Client().get("/interest/"))

    def test_cg3_everybody_sees_the_criteria_and_what_is_left(self, cast: Cast) -> None:
        fund = a_fund(cast, criteria="Local people do the work")
        award(sent(cast), fund, 300_00)

        listed, shown = Client().get("/interest/funding/"), Client().get(fund.get_absolute_url())

        assert "Start-up pot" in words(listed)
        assert "£700" in words(listed)
        assert "£700 of £1,000" in words(shown)
        assert "Local people do the work" in words(shown)
        assert "Source: Made up Checked on 1 April 2026" in words(shown)
        assert "Friends" not in words(listed) + words(shown)
        assert "700.00" in Client().get("/interest/funding.csv").content.decode()

    def test_it_is_filtered_by_who_asks_and_what_is_paid_for(self, cast: Cast) -> None:
        a_fund(cast)
        a_fund(cast, name="For councils", kinds=["council"], pays_for="running")

        groups = words(Client().get("/interest/funding/?for_whom=without a legal form"))
        running = words(Client().get("/interest/funding/?pays_for=Running costs"))

        assert "Start-up pot" in groups and "For councils" not in groups
        assert "For councils" in running and "Start-up pot" not in running

    def test_what_is_not_open_is_said(self, cast: Cast) -> None:
        day = timedelta(days=1)
        a_fund(cast, name="Early", opens_on=TODAY + day)
        a_fund(cast, name="Late", closes_on=TODAY - day, pot_pence=None, most_pence=None)
        a_fund(cast, name="Now", opens_on=TODAY, closes_on=TODAY)

        shown = words(Client().get("/interest/funding/"))

        assert [name for name in ("Not open yet", "Closed", "Open") if name not in shown] == []
        assert open_here(cast) == ["Now"]
        assert Fund.objects.get(name="Now").is_open(TODAY)

    def test_who_asks_sees_the_funds_for_what_they_are(self, cast: Cast) -> None:
        fund = a_fund(cast)
        a_fund(cast, name="For councils", kinds=["council"])
        of = sent(cast)
        award(of, fund, 300_00)
        browser = Client()
        browser.get(last_letter().link)

        shown = words(browser.get(of.get_absolute_url()))

        assert "Open now to you, by what you are: Start-up pot" in shown
        assert "£300 Start-up pot , awarded on" in shown
        assert "For councils" not in shown
        assert "Start-up pot : setting up" in words(Client().get("/interest/"))

    def test_a_local_fund_of_another_county_is_not_offered(self, cast: Cast) -> None:
        a_fund(cast, name="Far away")
        a_fund(cast, name="Everywhere", reach="national")
        Fund.objects.update(kept_by=cast.wychbourne_council)
        a_fund(cast, name="Here")
        of = sent(cast)
        browser = Client()
        browser.get(last_letter().link)

        assert open_here(cast) == ["Everywhere", "Here"]
        for page in (browser.get(of.get_absolute_url()), Client().get("/interest/")):
            shown = words(page)
            assert "Everywhere" in shown and "Here" in shown
            assert "Far away" not in shown

    def test_where_none_is_open_to_them_it_is_said_rightly(self, cast: Cast) -> None:
        a_fund(cast, closes_on=TODAY - timedelta(days=1))
        a_fund(cast, kinds=["council"])
        of = sent(cast)
        browser = Client()
        browser.get(last_letter().link)

        assert "No local fund is open now to you" in words(browser.get(of.get_absolute_url()))
        Fund.objects.update(kept_by=cast.wychbourne_council)
        assert "No fund recorded here is open now" in words(Client().get("/interest/"))


class TestKeepingThem:
    def test_an_officer_lists_changes_and_closes_a_fund(self, cast: Cast) -> None:
        acting = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        listed = send(ada, "/interest/funding/add/", acting=acting, **TYPED)
        assert "Start-up pot is listed." in words(listed)
        fund = Fund.objects.get()
        assert (fund.pot_pence, fund.most_pence) == (1_000_00, 800_00)

        where = fund.get_absolute_url()
        changed = send(ada, f"{where}change/", acting=acting, version=1, **TYPED | {"pot": "900"})
        assert "It is saved." in words(changed)
        both = send(ada, f"{where}change/", acting=acting, version=1, **TYPED | {"pot": "700"})
        assert both.status_code == 409
        assert "This changed while you had it open" in words(both)

        assert "Start-up pot is closed." in words(send(ada, f"{where}close/", acting=acting))
        again = send(ada, f"{where}close/", acting=acting)
        assert again.status_code == 409
        assert open_here(cast) == []
        closed = words(ada.get(where))
        assert f"This fund is closed since {TODAY.day} {TODAY:%B %Y}" in closed
        assert "Change it" not in closed and "Close it" not in closed
        history = words(ada.get(f"/history/fund/fund-{fund.pk}/"))
        assert "listed a fund" in history and "closed a fund" in history
        assert Client().get(f"/history/fund/fund-{fund.pk}/").status_code == 404

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"opens_on": "2027-02-01", "closes_on": "2027-01-01"}, "not before it opens"),
            ({"source": ""}, "Say where this is from"),
            ({"kinds": []}, "Choose who may apply"),
            ({"link": "nowhere at all"}, "Enter an address"),
        ],
    )
    def test_what_cannot_be_is_said(self, cast: Cast, typed: dict[str, Any], said: str) -> None:
        acting = cast.at_the_county

        answer = send(
            cast.signed_in(cast.ada), "/interest/funding/add/", acting=acting, **TYPED | typed
        )

        assert answer.status_code == 400
        assert said in words(answer)

    def test_nobody_but_its_county_changes_a_fund(self, cast: Cast) -> None:
        fund = a_fund(cast)
        Fund.objects.update(kept_by=cast.wychbourne_council)
        acting = cast.at_the_county
        _ = cast.at_coldbrook
        ada, colm = cast.signed_in(cast.ada), cast.signed_in(cast.colm)

        assert send(ada, f"{fund.get_absolute_url()}close/", acting=acting).status_code == 403
        assert colm.get("/interest/funding/add/").status_code == 403
        assert Client().get("/interest/funding/99/").status_code == 404

    def test_what_is_the_same_is_not_noted_twice(self, cast: Cast) -> None:
        fund = a_fund(cast)
        lines = Entry.objects.count()

        actions.change(fund=fund, version=fund.version, terms=terms(), by=ADA)

        assert Entry.objects.count() == lines

    def test_a_pot_holds_at_least_what_it_has_awarded(self, cast: Cast) -> None:
        fund = a_fund(cast)
        award(sent(cast), fund, 300_00)

        with pytest.raises(CannotFund, match="£300 of it is awarded already"):
            actions.change(fund=fund, version=1, terms=terms(pot_pence=None), by=ADA)
        actions.change(fund=fund, version=1, terms=terms(pot_pence=300_00), by=ADA)

        assert queries.left_pence(Fund.objects.get()) == 0

    def test_one_changed_meanwhile_is_not_overwritten(self, cast: Cast) -> None:
        fund = a_fund(cast)

        with pytest.raises(Overtaken):
            actions.change(fund=fund, version=7, terms=terms(name="Other"), by=ADA)

    def test_what_is_closed_is_changed_no_more(self, cast: Cast) -> None:
        fund = a_fund(cast)
        actions.close(fund=fund, by=ADA, today=TODAY)

        with pytest.raises(CannotFund, match="This fund is closed"):
            actions.change(fund=fund, version=2, terms=terms(name="Other"), by=ADA)
