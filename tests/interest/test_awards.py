"""What funds of the county award: never more than is left, nor than one applicant is given."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.interest.said import FRIENDS, sent, written
from tests.interest.test_funding import ADA, TODAY, a_fund, award, others
from tests.offers.asked import send, words
from waywarden.devolution.interest import actions as asking
from waywarden.devolution.interest import funding_actions as actions
from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.funding_actions import CannotFund
from waywarden.devolution.interest.models import Award, Expression
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestAwards:
    def test_an_officer_records_one_and_takes_it_back(self, cast: Cast) -> None:
        fund, of = a_fund(cast), sent(cast)
        acting = cast.at_the_county
        ada, here = cast.signed_in(cast.ada), of.get_absolute_url()
        assert "Start-up pot: £1,000 left" in words(ada.get(f"{here}award/"))

        given = send(ada, f"{here}award/", acting=acting, fund=fund.pk, amount="250.50")

        assert "£250.50 of Start-up pot is recorded." in words(given)
        assert queries.left_pence(fund) == 749_50
        made = Award.objects.get()
        back = f"{here}awards/{made.pk}/take-back/"
        assert "It is taken back." in words(send(ada, back, acting=acting))
        assert queries.left_pence(fund) == 1_000_00
        assert send(ada, back, acting=acting).status_code == 409
        assert "taken back on" in words(ada.get(here))
        assert ada.get(f"{here}awards/99/take-back/").status_code == 404

    def test_the_county_is_told_where_it_has_no_fund_to_award_of(self, cast: Cast) -> None:
        of = sent(cast)
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        assert "List one first." in words(ada.get(f"{of.get_absolute_url()}award/"))
        assert ada.get("/interest/999/award/").status_code == 404

    def test_where_nothing_could_be_awarded_no_button_is_shown(self, cast: Cast) -> None:
        fund, of, withdrawn = a_fund(cast), sent(cast), sent(cast)
        asking.withdraw(of=withdrawn, reason="", by=FRIENDS)
        _ = cast.at_the_county
        ada, here = cast.signed_in(cast.ada), of.get_absolute_url()
        assert f"{here}award/" in ada.get(here).content.decode()

        award(of, fund, 800_00)

        shown = ada.get(here)
        assert f"{here}award/" not in shown.content.decode()
        assert "from which those who ask could be given anything more" in words(shown)
        assert "nothing is awarded to it" in words(ada.get(withdrawn.get_absolute_url()))

    def test_one_applicant_is_one_however_often_they_ask(self, cast: Cast) -> None:
        fund = a_fund(cast, pot_pence=9_000_00)
        award(sent(cast), fund, 800_00)
        again = sent(cast, asker={"contact_email": "FLO@Friends.example"})

        with pytest.raises(CannotFund, match="One applicant is given £800 at most"):
            award(again, fund, 1)
        assert queries.funds_to_award(again, on=TODAY) == []

        other = sent(cast, asker={"contact_email": "gus@other.example"})
        award(other, fund, 800_00)

    def test_one_body_is_one_applicant_whatever_address_it_gives(self, cast: Cast) -> None:
        fund = a_fund(cast, pot_pence=9_000_00)
        award(sent(cast, body=cast.coldbrook_council), fund, 500_00)
        again = sent(
            cast, body=cast.coldbrook_council, asker={"contact_email": "gus@other.example"}
        )

        with pytest.raises(CannotFund, match="One applicant is given £800 at most"):
            award(again, fund, 300_01)
        # Another body is not counted with it, though one person writes for both.
        award(sent(cast, body=cast.wychbourne_council), fund, 800_00)

    def test_who_came_on_paper_without_an_address_is_counted_alone(self, cast: Cast) -> None:
        fund, one, other = a_fund(cast, pot_pence=9_000_00), sent(cast), sent(cast)
        Expression.objects.update(contact_email="")
        award(one, fund, 800_00)

        award(other, fund, 800_00)

    def test_the_history_of_a_fund_has_its_awards_and_names_who_had_them(self, cast: Cast) -> None:
        fund, of = a_fund(cast), sent(cast)
        a_fund(cast, name="Another pot")
        made = award(of, fund, 300_00)
        actions.take_back(award=made, by=ADA, today=TODAY)
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        history = words(ada.get(f"/history/fund/{fund.key}/"))

        assert "awarded money of a fund" in history and "took an award back" in history
        assert "Friends of the Rec" in history
        assert Entry.objects.get(did="awarded money of a fund").after["fund"] == fund.key
        assert "awarded" not in words(ada.get(f"/history/fund/fund-{fund.pk + 1}/"))
        assert "Start-up pot" in words(ada.get(f"/history/expression/{of.key}/"))

    def test_what_was_awarded_is_taken_away_as_csv_and_excel(self, cast: Cast) -> None:
        fund = a_fund(cast)
        award(sent(cast), fund, 300_00)
        other = others(cast)
        actions.take_back(award=award(other, fund, 20_50), by=ADA, today=TODAY)
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)

        text = ada.get("/interest/awards.csv").content.decode("utf-8-sig")

        where = other.get_absolute_url()
        assert f"Start-up pot,Friends of the Rec,{where},20.50,{TODAY},{TODAY}" in text
        assert f",300.00,{TODAY},\r\n" in text
        assert ada.get("/interest/awards.xlsx").status_code == 200
        assert "/interest/awards.xlsx" in ada.get("/interest/asked/").content.decode()

    def test_nobody_else_awards(self, cast: Cast) -> None:
        of = sent(cast)
        _ = cast.at_wychbourne

        assert cast.signed_in(cast.bron).get(f"{of.get_absolute_url()}award/").status_code == 403

    def test_never_more_than_is_left_nor_than_one_is_given(self, cast: Cast) -> None:
        fund, of = a_fund(cast), sent(cast)
        award(of, fund, 800_00)

        with pytest.raises(CannotFund, match="One applicant is given £800 at most"):
            award(of, fund, 1)
        with pytest.raises(CannotFund, match="Only £200 is left"):
            award(others(cast), fund, 200_01)

        award(others(cast), fund, 200_00)
        assert queries.left_pence(fund) == 0

    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            ({"pot_pence": None}, "whose pot is recorded"),
            ({"closes_on": date(2026, 1, 1)}, "This fund is not open"),
            ({"kinds": ["council"]}, "not for those who ask"),
        ],
    )
    def test_what_keeps_money_from_being_awarded(
        self, cast: Cast, facts: dict[str, Any], why: str
    ) -> None:
        fund = a_fund(cast, **facts)

        with pytest.raises(CannotFund, match=why):
            award(sent(cast), fund, 1)

    def test_nothing_is_awarded_to_what_was_not_sent_or_was_withdrawn(self, cast: Cast) -> None:
        fund, withdrawn = a_fund(cast), sent(cast)
        asking.withdraw(of=withdrawn, reason="", by=FRIENDS)

        for of in (written(cast), withdrawn):
            with pytest.raises(CannotFund, match="nothing is awarded to it"):
                award(of, fund, 1)

    def test_an_award_is_more_than_nothing(self, cast: Cast) -> None:
        given = {"left_pence": 1, "had_pence": 0, "today": TODAY}

        found = policies.obstacles_to_awarding(a_fund(cast), sent(cast), amount_pence=0, **given)

        assert found == ["Award more than nothing."]


@pytest.mark.django_db(transaction=True)
def test_of_two_awards_in_the_same_second_one_alone_gets_what_is_left(cast: Cast) -> None:
    fund = a_fund(cast)
    award(sent(cast), fund, 400_00)
    askers, told, together = [others(cast), others(cast, "hal@others.example")], [], Barrier(2)

    def give(of: Expression) -> None:
        try:
            together.wait(timeout=10)
            award(of, fund, 600_00)
            told.append("given")
        except CannotFund as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=give, args=(of,)) for of in askers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(told) == ["Only £0 is left.", "given"]
    assert queries.left_pence(fund) == 0
