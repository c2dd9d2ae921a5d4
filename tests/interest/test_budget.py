"""The budget of who asks: nobody needs one, and the VAT that stays is a cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.interest.said import FRIENDS, REACHED, ask, begun, last_letter, page, sent, written
from tests.offers.asked import send, words
from waywarden.devolution.interest import budget_actions as actions
from waywarden.devolution.interest.budget_actions import Budgeted, Reckoned
from waywarden.devolution.interest.budget_forms import MOST
from waywarden.devolution.interest.models import Budget, BudgetLine, Expression
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

MOWER = Budgeted(side="cost", what="A mower", amount_pence=1_200_00, is_once=True, vat="within")
FUEL = Budgeted(side="cost", what="Fuel", amount_pence=300_00, vat="on-top")
GRANT = Budgeted(side="income", what="The county", amount_pence=1_000_00)
NONE = Reckoned(lines=[MOWER, FUEL, GRANT], reclaims="none")
#: The same, as it is typed.
TYPED = {
    "cost_1_what": "A mower",
    "cost_1_amount": "£1,200",
    "cost_1_often": "once",
    "cost_1_vat": "within",
    "cost_2_what": "Fuel",
    "cost_2_amount": "300",
    "cost_2_often": "year",
    "cost_2_vat": "on-top",
    "income_1_what": "The county",
    "income_1_amount": "1000",
    "income_1_often": "year",
    "reclaims": "none",
}


def budgeted(cast: Cast, said: Reckoned = NONE, **facts: Any) -> Expression:
    """Let the friends write all pages, and a budget."""
    of = written(cast, **facts)
    actions.say_budget(of=of, version=of.version, said=said, by=FRIENDS)
    return of


class TestThePage:
    def test_cg5_the_vat_that_stays_stands_beside_net_and_gross(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, **REACHED)

        shown = words(page(browser, f"{here}budget/", **TYPED))

        assert "These are the figures of those who ask. Nobody has checked them." in shown
        # £1,000 and £200 VAT once, £300 and £60 every year; £1,000 comes in.
        assert "A mower Once £1,000 £200 £1,200" in shown
        # What comes in carries no VAT: it has no cells for it.
        assert "What comes in, without VAT From where How often How much" in shown
        assert "The county Every year £1,000 The budget added up" in shown
        assert "Costs without VAT £300 £1,000 £1,300" in shown
        assert "Costs with VAT £360 £1,200 £1,560" in shown
        assert "VAT that stays as a cost £60 £200 £260" in shown
        assert "Not covered £0 £640 to spare £1,200 £560" in shown

    def test_cg5_who_gets_the_vat_back_pays_less(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, **REACHED)

        shown = words(
            page(browser, f"{here}budget/", **TYPED | {"reclaims": "part", "percent": "50"})
        )

        assert "VAT they get back: 50 per cent of it." in shown
        assert "VAT that stays as a cost £30 £100 £130" in shown

    def test_a_council_is_told_that_it_gets_vat_back_and_a_group_that_it_does_not(
        self, cast: Cast
    ) -> None:
        group = Client()
        theirs = group.get(f"{ask(group)}budget/").content.decode()
        council = Client()
        ours = council.get(f"{ask(council, kind='council')}budget/").content.decode()

        assert "gets none back" in theirs
        assert "section 33)" in ours and "parish meeting" in ours
        # Nobody has shown who they are: neither is answered for.
        assert "checked" not in theirs + ours
        assert "Give it without VAT." in theirs

    @pytest.mark.parametrize(
        ("kind", "is_answered"),
        [("parish", True), ("parish-meeting", False), ("parish-or-meeting", False)],
    )
    def test_only_a_council_is_answered_for_and_others_are_asked(
        self, cast: Cast, kind: str, is_answered: bool
    ) -> None:
        body = cast.coldbrook_council
        type(body).objects.filter(pk=body.pk).update(kind=kind)
        _ = cast.at_coldbrook
        of = begun(cast, body=body, asker={"kind": "council"})

        page_of = cast.signed_in(cast.colm).get(f"{of.get_absolute_url()}budget/")

        assert page_of.status_code == 200
        assert ("checked" in page_of.content.decode()) is is_answered
        assert ("is not settled here" in words(page_of)) is not is_answered

    def test_nobody_needs_a_budget_to_send(self, cast: Cast) -> None:
        of = sent(cast)
        browser = Client()
        browser.get(last_letter().link)

        assert of.status == "sent"
        assert "No budget was given. None is needed." in words(browser.get(of.get_absolute_url()))

    def test_more_rows_come_after_saving_and_without_a_script(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)
        full = {
            f"cost_{row}_{part}": said
            for row in range(1, 5)
            for part, said in (
                ("what", f"Thing {row}"),
                ("amount", "1"),
                ("often", "year"),
                ("vat", "none"),
            )
        }

        answer = page(browser, f"{here}budget/", **full, reclaims="none", more="1")

        assert answer.redirect_chain[-1][0] == f"{here}budget/"
        assert 'name="cost_7_what"' in answer.content.decode()
        assert 'name="cost_8_what"' not in answer.content.decode()
        assert BudgetLine.objects.count() == 4

    def test_no_more_rows_are_kept_than_there_can_be(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)

        answer = page(browser, f"{here}budget/", **{f"cost_{MOST}_what": "Much"}, reclaims="none")

        assert answer.status_code == 400
        assert f'name="cost_{MOST}_what"' in answer.content.decode()
        assert f'name="cost_{MOST + 1}_what"' not in answer.content.decode()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"cost_1_amount": ""}, "Enter how much in pounds"),
            ({"cost_1_amount": "0"}, "Enter how much in pounds"),
            ({"cost_1_amount": "twelve"}, "Enter an amount in pounds, such as 1,234.50"),
            ({"cost_1_what": ""}, "Say what the amount is for"),
            ({"cost_1_vat": ""}, "Choose whether VAT is in it"),
            ({"reclaims": ""}, "Choose how much of the VAT you get back"),
            ({"reclaims": "part"}, "Enter how much in a hundred"),
            ({"reclaims": "part", "percent": "100"}, "Enter a whole number from 1 to 99"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
        self, cast: Cast, typed: dict[str, str], said: str
    ) -> None:
        browser = Client()
        here = ask(browser)

        answer = page(browser, f"{here}budget/", **TYPED | typed)

        assert answer.status_code == 400
        assert said in words(answer)
        assert "Fuel" in answer.content.decode()
        assert not Budget.objects.exists()

    def test_what_is_chosen_in_a_blank_row_says_nothing(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)
        typed = TYPED | {"version": "1", "cost_3_vat": "within", "cost_3_often": "once"}
        send(browser, f"{here}budget/", **typed)

        again = send(browser, f"{here}budget/", **typed)

        # Sent twice it is saved once, and nobody else is blamed.
        assert again.redirect_chain[-1][0] == here
        assert BudgetLine.objects.count() == 3

    def test_a_budget_left_without_a_line_is_taken_away(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser)
        page(browser, f"{here}budget/", **TYPED)

        answer = page(browser, f"{here}budget/", reclaims="none")

        assert "It is saved without a budget." in words(answer)
        assert not Budget.objects.exists()

    def test_the_county_sees_it_once_it_is_sent_and_on_its_list(self, cast: Cast) -> None:
        of = budgeted(cast)
        acting = cast.at_the_county
        ada = cast.signed_in(cast.ada)
        assert ada.get(of.get_absolute_url()).status_code == 403

        browser = Client()
        browser.get(last_letter().link)
        send(browser, f"{of.get_absolute_url()}send/")

        assert "These are the figures of those who ask." in words(ada.get(of.get_absolute_url()))
        assert "£560" in words(ada.get("/interest/asked/"))
        assert "560.00" in ada.get("/interest/asked.csv").content.decode()
        refused = send(ada, f"{of.get_absolute_url()}budget/", acting=acting, **TYPED)
        assert refused.status_code == 403


class TestTheAction:
    def test_the_words_of_a_budget_lie_beside_the_journal(self, cast: Cast) -> None:
        budgeted(cast)

        line = Entry.objects.get(did="gave a budget")

        assert "mower" not in str(line.after)
        assert line.after["first_year_cost_pence"] == 1_560_00
        assert line.after["first_year_not_covered_pence"] == 560_00

    def test_what_is_the_same_is_not_noted_twice(self, cast: Cast) -> None:
        of = budgeted(cast)
        lines = Entry.objects.count()

        actions.say_budget(of=of, version=of.version, said=NONE, by=FRIENDS)

        assert Entry.objects.count() == lines

    def test_nothing_is_noted_where_there_was_no_budget_and_is_none(self, cast: Cast) -> None:
        of = begun(cast)
        lines = Entry.objects.count()

        actions.say_budget(of=of, version=of.version, said=Reckoned(lines=[]), by=FRIENDS)

        assert Entry.objects.count() == lines

    def test_one_changed_meanwhile_is_shown_and_not_overwritten(self, cast: Cast) -> None:
        of = begun(cast)

        with pytest.raises(Overtaken):
            actions.say_budget(of=of, version=of.version - 1, said=NONE, by=FRIENDS)

        assert not Budget.objects.exists()

    def test_what_was_sent_stays_as_it_was(self, cast: Cast) -> None:
        of = sent(cast)

        with pytest.raises(Exception, match="It was sent"):
            actions.say_budget(of=of, version=of.version, said=NONE, by=FRIENDS)

    def test_the_last_budget_is_the_one_that_counts(self, cast: Cast) -> None:
        of = budgeted(cast)

        actions.say_budget(
            of=of, version=of.version, said=Reckoned(lines=[FUEL], reclaims="all"), by=FRIENDS
        )

        held = actions.held(of)
        assert held == Reckoned(lines=[FUEL], reclaims="all")
        assert Budget.objects.get().counted().yearly.cost_pence == 300_00
