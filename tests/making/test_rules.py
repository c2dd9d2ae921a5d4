"""Several rules of one plan: typed in rows, kept, priced one by one, and refused in pairs."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.making.asked import (
    COLDBROOK,
    GRASS,
    LITTLE_HAYE,
    MARL_GREEN,
    WYCHBOURNE,
    asked,
    fields,
    question,
    send,
    words,
    work,
)
from waywarden.county.people.models import Office
from waywarden.devolution.making import policies, searching
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.rule_rows import MOST_ROWS
from waywarden.devolution.plans import queries as kept
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.wording import whole_pounds
from waywarden.fabric.forms.models import Draft
from waywarden.planning.asking import Asked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

MAKE = "/plans/make/"
Ada = tuple[Client, Office]
NAMES = {"one": "Coldbrook", "other": "Wychbourne", "third": "Little Haye"}
SEVERAL = {
    "lead_1_who": "Wychbourne",
    "lead_1_service": GRASS,
    "lead_1_place": "Little Haye (Marlshire)",
    "apart_1_one": "Coldbrook",
    "apart_1_other": "Wychbourne",
    "apart_2_one": "little-haye-marlshire",
    "apart_2_other": "COLDBROOK",
    "out_1_council": "Marl Green",
}
RULES = (
    ("apart", COLDBROOK, LITTLE_HAYE),
    ("apart", COLDBROOK, WYCHBOURNE),
    ("locks", LITTLE_HAYE, GRASS, WYCHBOURNE),
    ("excluded", MARL_GREEN),
)


def test_po5_several_rules_are_kept_and_each_has_its_price(county: Cast, ada: Ada) -> None:
    browser, acting = ada

    send(browser, MAKE, acting, **fields(**SEVERAL))
    work()

    held = AskedPlan.objects.get()
    assert held.wished().rules == RULES
    assert held.plan, held.trouble
    report = kept.report_of(held.plan)
    for cluster in report.clusters:
        assert COLDBROOK not in cluster.members or not {WYCHBOURNE, LITTLE_HAYE} & {
            *cluster.members
        }
        assert MARL_GREEN not in cluster.members
    [of_little_haye] = [one for one in report.clusters if LITTLE_HAYE in one.members]
    assert {one.lead for one in of_little_haye.services if one.service == GRASS} == {WYCHBOURNE}
    begun = [said.split(":")[0] for said in held.prices]
    assert begun == [
        "Without Wychbourne locked to lead Village grass for Little Haye",
        "Without Coldbrook and Little Haye having to be apart",
        "Without Coldbrook and Wychbourne having to be apart",
        "If Marl Green were not excluded",
    ]
    for page in (held.get_absolute_url(), held.plan.get_absolute_url()):
        said = words(browser.get(page))
        assert "What each rule costs" in said
        assert all(words_of(price) in said for price in held.prices)


def words_of(price: str) -> str:
    return price.replace("&", "&amp;")


def test_po5_the_price_is_what_a_plan_without_that_one_rule_saves(county: Cast) -> None:
    alone = ("excluded", MARL_GREEN)
    locked = ("locks", WYCHBOURNE, GRASS, COLDBROOK)
    both, without = asked(county, rules=(locked, alone)), asked(county, rules=(alone,))
    work()
    both.refresh_from_db()
    without.refresh_from_db()

    assert both.plan and without.plan
    more = [kept.report_of(run).planned.expected for run in (both.plan, without.plan)]
    [price] = [said for said in both.prices if "locked to lead" in said]
    assert f"at least {whole_pounds(more[0] - more[1])} a year less" in price


def test_of_more_rules_than_are_priced_the_others_are_named(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_PRICED", 1)
    found = searching.search(
        question(county, rules=(("apart", COLDBROOK, WYCHBOURNE), ("excluded", MARL_GREEN))),
        tell=lambda **told: False,
        limits=searching.Limits(600, 10_000),
    )

    assert "no cheaper plan was found" in found.prices[0] or "a year less" in found.prices[0]
    assert found.prices[1] == (
        "If Marl Green were not excluded: the price is not worked out; only the first 1 rules are."
    )


def test_a_rule_for_which_there_was_no_time_is_named(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching.planner, "price_of_rules", lambda plan, **asks: ())
    found = searching.search(
        question(county, rules=(("excluded", MARL_GREEN),)),
        tell=lambda **told: False,
        limits=searching.Limits(600, 10_000),
    )

    assert found.prices == [
        "If Marl Green were not excluded: the price is not worked out; there was no time left."
    ]


def test_a_plan_without_rules_says_nothing_of_their_price(county: Cast, ada: Ada) -> None:
    browser, _ = ada
    asked(county)
    work()

    assert "What each rule costs" not in words(
        browser.get(PlanRun.objects.get().get_absolute_url())
    )


def test_more_rows_are_given_and_nothing_typed_is_lost(ada: Ada) -> None:
    browser, acting = ada
    typed = fields(**SEVERAL, most_members="5")

    found = send(browser, MAKE, acting, more="apart", **typed)

    body = found.content.decode()
    assert found.status_code == 200
    assert not AskedPlan.objects.exists()
    assert re.findall(r'name="apart_(\d+)_one"', body) == ["1", "2", "3", "4", "5"]
    assert re.findall(r'name="out_(\d+)_council"', body) == ["1", "2"]
    assert 'value="Little Haye (Marlshire)"' in body
    assert 'value="5"' in body

    send(browser, MAKE, acting, **(typed | {"apart_5_one": "Marl Green", "apart_5_other": ""}))
    assert not AskedPlan.objects.exists()
    pair = {"apart_5_one": "Little Haye", "apart_5_other": "Marl Green", "out_1_council": ""}
    send(browser, MAKE, acting, **(typed | pair))
    assert ("apart", LITTLE_HAYE, MARL_GREEN) in AskedPlan.objects.get().wished().rules


def test_no_more_rows_are_given_than_a_plan_may_have(ada: Ada) -> None:
    browser, acting = ada

    found = send(browser, MAKE, acting, more="out", **fields(out_99_council="Coldbrook"))

    body = found.content.decode()
    assert len(re.findall(r'name="out_\d+_council"', body)) == MOST_ROWS
    assert "Add more councils to leave out" not in body


def test_the_same_rule_twice_is_one_rule(ada: Ada) -> None:
    browser, acting = ada
    twice = {
        "together_1_one": "Coldbrook",
        "together_1_other": "Wychbourne",
        "together_2_one": "Wychbourne",
        "together_2_other": "Coldbrook",
        "out_1_council": "Marl Green",
        "out_2_council": "Marl Green",
    }

    send(browser, MAKE, acting, **fields(**twice))

    rules = (("together", COLDBROOK, WYCHBOURNE), ("excluded", MARL_GREEN))
    assert AskedPlan.objects.get().wished().rules == rules


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (
            Asked(together=(("one", "other"),), apart=(("other", "one"),)),
            "Coldbrook and Wychbourne are to be together, and the two are to be kept apart.",
        ),
        (
            Asked(together=(("one", "other"),), excluded=("other",)),
            "Coldbrook and Wychbourne are to be together, and Wychbourne is left out.",
        ),
        (
            Asked(locks={("one", "grass"): "other"}, apart=(("one", "other"),)),
            "Wychbourne is to lead for Coldbrook, and the two are to be kept apart.",
        ),
        (
            Asked(locks={("one", "grass"): "other"}, excluded=("other",)),
            "Wychbourne is to lead for Coldbrook, and Wychbourne is left out.",
        ),
        (
            Asked(locks={("one", "grass"): "one"}, excluded=("one",)),
            "Coldbrook is to lead for itself, and Coldbrook is left out.",
        ),
    ],
)
def test_rules_against_one_another_are_named(rules: Asked, says: str) -> None:
    assert policies.contradictions(rules, NAMES) == [f"{says} Take one of these rules away."]


def test_rules_that_can_all_be_kept_are_not_refused() -> None:
    rules = Asked(
        together=(("one", "other"),),
        apart=(("one", "third"),),
        locks={("one", "grass"): "other"},
    )

    assert policies.contradictions(rules, NAMES) == []


def test_what_was_typed_is_there_after_leaving_the_page(ada: Ada) -> None:
    browser, acting = ada
    opened = browser.get(MAKE).content.decode()
    [token] = re.findall(r'name="draft_of" value="([^"]+)"', opened)
    assert "Save draft" in opened
    typed = fields(apart_3_one="Coldbrook", apart_3_other="Nowhere", most_members="7")
    del typed["volunteers"]

    send(browser, "/drafts/", acting, draft_of=token, save_draft="1", **typed)
    again = browser.get(MAKE).content.decode()

    assert 'value="Nowhere"' in again
    assert 'name="apart_3_one"' in again
    assert re.search(r'name="most_members" value="7"', again)
    assert not re.search(r'name="volunteers"[^>]*checked', again)
    assert re.search(rf'value="{GRASS}"[^>]*checked', again)
    assert not AskedPlan.objects.exists()

    send(browser, MAKE, acting, **fields())

    assert AskedPlan.objects.exists()
    assert not Draft.objects.exists()


def test_the_draft_of_a_plan_is_its_writers_alone(county: Cast, ada: Ada) -> None:
    browser, acting = ada
    Draft.objects.create(
        who="somebody-else",
        body=acting.body.key,
        form="plan",
        fields={"apart_1_one": ["Secret"]},
        saved_at=timezone.now(),
    )

    assert "Secret" not in browser.get(MAKE).content.decode()
