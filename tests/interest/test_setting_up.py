"""A social enterprise that does not exist yet: its form, its steps, and the number it is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.interest.said import FRIENDS, REACHED, ask, begun, last_letter, page, sent
from tests.interest.test_funding import a_fund
from tests.offers.asked import send, words
from waywarden.devolution.interest import actions as asking
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest import queries
from waywarden.devolution.interest import setting_up_actions as actions
from waywarden.devolution.interest.actions import CannotAsk
from waywarden.devolution.interest.models import Award, Expression, SetUpStep
from waywarden.devolution.interest.setting_up import setting_up_of
from waywarden.devolution.interest.setting_up_actions import Done
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = localdate()
NEW = {"kind": "new", "who": "Green Hands"}


def choose(of: Expression, form: str = "cic") -> None:
    actions.choose_form(of=of, version=of.version, form=form, by=FRIENDS)


def do(of: Expression, **done: Done) -> None:
    actions.say_done(of=of, version=of.version, done=done, by=FRIENDS, today=TODAY)


def registered(number: str) -> Done:
    return Done(TODAY, number)


class TestThePath:
    def test_anybody_reads_which_forms_there_are_and_who_registers_them(self, cast: Cast) -> None:
        shown = words(Client().get("/interest/legal-forms/"))

        assert "Community interest company (CIC)" in shown
        assert "The Financial Conduct Authority" in shown
        assert "Charities Act 2011, sections 1 to 4 and Part 11" in shown
        assert "Ask the regulator before you rely on it." in shown
        assert "/interest/legal-forms/" in Client().get("/interest/").content.decode()

    def test_it_is_begun_and_taken_up_again_by_the_link_and_the_officer_sees_it(
        self, cast: Cast
    ) -> None:
        here = ask(Client(), **NEW | REACHED)
        asker = Client()
        asker.get(last_letter().link)
        assert "You have no legal form yet" in words(asker.get(here))

        chosen = page(asker, f"{here}legal-form/", form="cic")
        assert chosen.redirect_chain[-1][0] == f"{here}steps/"
        kept = page(asker, f"{here}steps/", on_name=TODAY.isoformat(), noted_name="Green Hands CIC")
        assert "It is saved: 1 done." in words(kept)

        elsewhere = Client()
        elsewhere.get(last_letter().link)
        assert "1 of 7 steps are done. Next: the governing document is agreed." in words(
            elsewhere.get(here)
        )
        assert 'value="Green Hands CIC"' in elsewhere.get(f"{here}steps/").content.decode()
        of = Expression.objects.get()
        Expression.objects.change(of, status="sent", sent_at=of.begun_at)
        _ = cast.at_the_county
        ada = cast.signed_in(cast.ada)
        seen = words(ada.get(here))
        assert "A body of their own" in seen
        assert "The name: Green Hands CIC" in seen
        assert f"{here}steps/" not in ada.get(here).content.decode()

    @pytest.mark.parametrize(
        ("form", "typed", "column", "number", "kind"),
        [
            ("cic", "1234567", "company_number", "01234567", "company"),
            ("guarantee", "01234567", "company_number", "01234567", "company"),
            ("cio", "1122334", "charity_number", "1122334", "voluntary"),
            ("benefit", "rs007123", "society_number", "RS007123", "company"),
        ],
    )
    def test_the_number_of_the_register_becomes_the_organisations(
        self, cast: Cast, form: str, typed: str, column: str, number: str, kind: str
    ) -> None:
        of = sent(cast, asker=NEW)
        assert of.needs_a_host
        choose(of, form)

        do(of, registered=registered(typed))

        of.refresh_from_db()
        assert (getattr(of, column), of.kind) == (number, kind)
        assert not of.needs_a_host
        held = setting_up_of(of)
        assert held is not None
        assert held.steps[3].done is not None
        assert held.steps[3].done.noted == number

    def test_once_it_is_a_company_funds_for_companies_are_open_to_it(self, cast: Cast) -> None:
        a_fund(cast, kinds=["company"])
        of = sent(cast, asker=NEW)
        assert queries.funds_to_award(of, on=TODAY) == []
        choose(of)

        do(of, registered=registered("01234567"))

        of.refresh_from_db()
        assert queries.funds_to_award(of, on=TODAY) != []

    def test_where_all_is_done_nothing_is_next(self, cast: Cast) -> None:
        of = begun(cast, asker=NEW)
        choose(of)
        keys = ("name", "rules", "people", "account", "insurance", "safeguarding")

        do(of, registered=registered("01234567"), **dict.fromkeys(keys, Done(TODAY)))

        held = setting_up_of(of)
        assert held is not None
        assert (held.done, held.next) == (7, None)

    def test_a_step_that_was_noted_by_a_slip_is_taken_away(self, cast: Cast) -> None:
        of = begun(cast, asker=NEW)
        choose(of)
        do(of, name=Done(TODAY, "Green Hands"), rules=Done(TODAY))

        do(of, name=Done(TODAY, "Green Hands"))

        assert [row.step for row in SetUpStep.objects.all()] == ["name"]

    def test_each_change_has_one_line_and_what_is_the_same_has_none(self, cast: Cast) -> None:
        of = begun(cast, asker=NEW)
        before = Entry.objects.count()
        for _ in range(2):
            choose(of)
            do(of, name=Done(TODAY, "Green Hands"))

        lines = Entry.objects.order_by("number")[before:]
        assert [line.did for line in lines] == [
            "chose a legal form",
            "said which steps to a body of its own are done",
        ]
        assert "Green Hands" not in str(lines[1].after)


class TestWhatStandsInTheWay:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"noted_name": "Green Hands"}, "Enter the day on which it was done"),
            ({"on_name": "soon", "noted_name": "Green Hands"}, "Enter the date as day, month"),
            (
                {"on_name": (TODAY + timedelta(days=1)).isoformat()},
                "Enter days that have come",
            ),
            ({"on_name": "0001-01-01"}, "Enter each day with its whole year"),
            (
                {"on_registered": TODAY.isoformat(), "noted_registered": "soon"},
                "Enter a company number, such as 01234567",
            ),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
        self, cast: Cast, typed: dict[str, Any], said: str
    ) -> None:
        browser = Client()
        here = ask(browser, **NEW | REACHED)
        page(browser, f"{here}legal-form/", form="cic")

        answer = page(browser, f"{here}steps/", **typed)

        assert answer.status_code == 400
        assert said in words(answer)
        if "noted_name" in typed:
            assert 'value="Green Hands"' in answer.content.decode()

    def test_without_a_form_there_are_no_steps(self, cast: Cast) -> None:
        of = begun(cast, asker=NEW)

        with pytest.raises(CannotAsk, match="Choose a legal form first"):
            do(of, name=Done(TODAY))

        assert setting_up_of(of) is None

    def test_whoever_has_a_legal_form_is_not_led_to_one(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, kind="voluntary", who="The Trust", **REACHED)

        assert "A body of your own" not in words(browser.get(here))
        assert "You have a legal form already" in words(browser.get(f"{here}legal-form/"))
        answer = page(browser, f"{here}legal-form/", form="cic")
        assert answer.status_code == 400

    def test_what_is_registered_keeps_its_form_and_its_number(self, cast: Cast) -> None:
        of = begun(cast, asker=NEW)
        choose(of)
        do(of, registered=registered("01234567"))

        with pytest.raises(CannotAsk, match="It is registered: take that step back"):
            choose(of, "cio")
        do(of, registered=registered("07654321"))
        of.refresh_from_db()
        assert of.company_number == "07654321"

    def test_a_registration_noted_by_a_slip_is_taken_back_with_kind_and_number(
        self, cast: Cast
    ) -> None:
        of = begun(cast, asker=NEW | {"company_number": "00000001"})
        choose(of)
        do(of, registered=registered("01234567"))
        line = Entry.objects.order_by("number").last()
        assert line is not None
        assert (line.before["kind"], line.after["kind"]) == ("new", "company")
        assert "company_number" in line.before
        assert "company_number" in line.after

        do(of, name=Done(TODAY))

        of.refresh_from_db()
        assert (of.kind, of.company_number) == ("new", "00000001")
        choose(of, "cio")

    def test_once_money_was_awarded_what_is_registered_stays(self, cast: Cast) -> None:
        of = sent(cast, asker=NEW)
        choose(of)
        do(of, registered=registered("01234567"))
        fund = a_fund(cast, kinds=["company"])
        Award.objects.create(fund=fund, expression=of, amount_pence=1, awarded_on=TODAY)

        with pytest.raises(CannotAsk, match="Money was awarded to it"):
            do(of)

    @pytest.mark.parametrize("facts", [{"kind": "group"}, {"company_number": "07654321"}])
    def test_what_is_registered_is_nothing_else_on_the_page_of_who_asks(
        self, cast: Cast, facts: dict[str, Any]
    ) -> None:
        browser = Client()
        here = ask(browser, **NEW | REACHED)
        page(browser, f"{here}legal-form/", form="cic")
        step = {"on_registered": TODAY.isoformat(), "noted_registered": "01234567"}
        kept = page(browser, f"{here}steps/", **step)
        assert "put the name right on “Who asks”" in words(kept)
        stands = REACHED | {"kind": "company", "company_number": "01234567"}

        named = page(browser, f"{here}who/", who="Green Hands CIC", **stands)
        other = page(browser, f"{here}who/", **stands | {"who": "Green"} | facts)

        assert named.status_code == 200
        assert other.status_code == 400
        assert "It is registered, as you noted among the steps" in words(other)

    def test_a_council_sets_nothing_up(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, **NEW | REACHED)
        page(browser, f"{here}legal-form/", form="cic")
        page(browser, f"{here}steps/", on_name=TODAY.isoformat(), noted_name="Green")

        page(browser, f"{here}who/", kind="council", who="Green PC", **REACHED)

        assert "A body of your own" not in words(browser.get(here))
        assert not SetUpStep.objects.exists()
        assert Expression.objects.get().legal_form == ""

    def test_with_another_form_its_own_document_and_people_are_noted_anew(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, **NEW | REACHED)
        page(browser, f"{here}legal-form/", form="cic")
        of = Expression.objects.get()
        do(of, name=Done(TODAY, "Green"), rules=Done(TODAY), people=Done(TODAY, "1"))

        told = page(browser, f"{here}legal-form/", form="cio")

        assert "note them anew" in words(told)
        assert [row.step for row in SetUpStep.objects.all()] == ["name"]
        line = Entry.objects.order_by("number").last()
        assert line is not None
        assert set(line.before) == {"legal_form", "rules", "people"}

    def test_without_a_form_one_is_led_to_it_and_what_was_taken_back_says_why(
        self, cast: Cast
    ) -> None:
        browser = Client()
        here = ask(browser, **NEW | REACHED)
        led = browser.get(f"{here}steps/", follow=True)
        assert "Choose a legal form first" in words(led)
        Expression.objects.update(status="withdrawn")

        for path in ("steps/", "legal-form/"):
            shown = browser.get(f"{here}{path}")
            assert "It was taken back." in words(shown)
            assert here in shown.content.decode()
            assert page(browser, f"{here}{path}", form="cic").status_code == 400

    def test_what_was_taken_back_goes_no_further(self, cast: Cast) -> None:
        of = sent(cast, asker=NEW)
        asking.withdraw(of=of, reason="", by=FRIENDS)

        with pytest.raises(CannotAsk, match="It was taken back"):
            choose(of)

    def test_one_changed_meanwhile_is_not_overwritten(self, cast: Cast) -> None:
        of = begun(cast, asker=NEW)
        stale = Expression.objects.get()
        choose(of)

        with pytest.raises(Overtaken):
            choose(stale, "cio")
        with pytest.raises(Overtaken):
            actions.say_done(of=of, version=0, done={}, by=FRIENDS, today=TODAY)

    def test_who_changed_it_meanwhile_is_shown_beside_what_was_typed(self, cast: Cast) -> None:
        browser = Client()
        here = ask(browser, **NEW | REACHED)
        of = Expression.objects.get()
        choose(of, "cio")

        form = send(browser, f"{here}legal-form/", form="cic", version=1)
        assert form.status_code == 409
        steps = send(browser, f"{here}steps/", on_rules=TODAY.isoformat(), version=1)
        assert steps.status_code == 409


def test_what_is_forgotten_and_who_is_erased_leave_no_steps(cast: Cast) -> None:
    of = sent(cast, asker=NEW)
    choose(of, "benefit")
    do(of, registered=registered("RS007123"))

    forgetting.erase(of=of, reason="Asked for", by=FRIENDS, now=of.begun_at)

    of.refresh_from_db()
    assert not SetUpStep.objects.exists()
    assert (of.society_number, of.legal_form) == ("", "")
