"""Quarterly claims: net, VAT and total, and every reason for which one is held."""

from dataclasses import replace
from datetime import date

import pytest

from waywarden.rules.claims import Claim, Item, Looked, Terms, Why, look_at, total_by_provider
from waywarden.rules.insurance import Certificate, Cover, Required
from waywarden.rules.periods import Period
from waywarden.rules.provider_vat import Paid, Provider
from waywarden.rules.saying import Refused

QUARTER = Period(date(2027, 4, 1), date(2027, 6, 30))
AFTER = date(2027, 7, 1)
ITEM = Item(
    supplier="Green & Sons", bill="INV 17", net_pence=300_00, evidence=frozenset({"f" * 64})
)
CLAIM = Claim(key="1", payee="Coldbrook", service="Urban grass", period=QUARTER, items=(ITEM,))
HELD = Certificate(
    holder="Coldbrook",
    cover=Cover.PUBLIC,
    limit_pence=10_000_000_00,
    starts_on=date(2027, 4, 1),
    ends_on=date(2028, 3, 31),
)
TERMS = Terms(
    award_pence=1_000_00,
    agreed=Period(date(2027, 4, 1), date(2030, 3, 31)),
    provider=Provider.COUNCIL,
    required=(Required(Cover.PUBLIC, 10_000_000_00),),
    certificates=(HELD,),
)


def looked(
    claim: Claim = CLAIM, terms: Terms = TERMS, *earlier: Claim, today: date = AFTER
) -> Looked:
    return look_at(claim, terms, earlier=earlier, today=today)


def why(found: Looked) -> list[Why]:
    return [hold.why for hold in found.holds]


def test_cl7_a_claim_with_its_evidence_is_payable_and_comes_to_its_sum() -> None:
    found = looked()

    assert found.is_payable
    assert found.sums is not None
    assert (found.sums.net_pence, found.sums.vat_pence, found.sums.total_pence) == (
        300_00,
        0,
        300_00,
    )


def test_cl7_the_same_quarter_is_not_claimed_twice() -> None:
    again = replace(CLAIM, key="2", items=(replace(ITEM, bill="18", evidence=frozenset("a")),))

    (hold,) = looked(again, TERMS, CLAIM).holds

    assert hold.why is Why.DUPLICATE
    assert hold.says.startswith(
        "Urban grass of Coldbrook for these days was claimed before, in claim 1."
    )


def test_fo6_a_bill_claimed_by_another_parish_is_found_however_it_is_typed() -> None:
    theirs = replace(
        CLAIM,
        key="9",
        payee="Little Haye",
        items=(replace(ITEM, supplier="GREEN &SONS", bill="inv17", evidence=frozenset("a")),),
    )

    (hold,) = looked(CLAIM, TERMS, theirs).holds

    assert "Bill INV 17 of Green & Sons was claimed before, in claim 9." in hold.says


def test_fo6_a_paper_that_was_evidence_before_is_found() -> None:
    theirs = replace(CLAIM, key="9", service="Signs", items=(replace(ITEM, bill="99"),))

    (hold,) = looked(CLAIM, TERMS, theirs).holds

    assert "A paper that is evidence here was claimed before" in hold.says


def test_a_claim_is_no_duplicate_of_itself_nor_of_another_quarter() -> None:
    spring = replace(
        CLAIM,
        key="2",
        period=Period(date(2027, 7, 1), date(2027, 9, 30)),
        items=(replace(ITEM, bill="", evidence=frozenset("b")),),
    )
    no_number = replace(CLAIM, items=(replace(ITEM, bill=" "),))

    assert looked(no_number, TERMS, no_number, spring).is_payable


def test_fo6_over_the_award_is_held_with_what_is_left() -> None:
    (hold,) = looked(CLAIM, replace(TERMS, taken=(700_00, 1))).holds

    assert hold.why is Why.OVER
    assert "£299.99 is left, and £300 is asked: £0.01 too much." in hold.says
    assert looked(CLAIM, replace(TERMS, taken=(700_00,))).is_payable


def test_fo6_days_after_the_insurance_ended_are_held_by_name() -> None:
    ended = replace(HELD, ends_on=date(2027, 6, 15))

    (hold,) = looked(CLAIM, replace(TERMS, certificates=(ended,))).holds

    assert hold.why is Why.UNINSURED
    assert "shows no public liability of £10,000,000 for 16 June 2027 to 30 June 2027" in hold.says


def test_the_insurance_of_another_parish_covers_nobody_else() -> None:
    theirs = replace(HELD, holder="Little Haye")

    assert why(looked(CLAIM, replace(TERMS, certificates=(theirs,)))) == [Why.UNINSURED]


def test_fo8_the_vat_of_a_parish_is_held_and_that_of_a_group_is_paid() -> None:
    with_vat = replace(CLAIM, items=(replace(ITEM, vat_pence=60_00),))

    held = looked(with_vat)
    paid = looked(with_vat, replace(TERMS, provider=Provider.NOT_REGISTERED))

    assert why(held) == [Why.VAT]
    assert held.sums is None
    assert "claim £300 without the VAT of £60" in held.holds[0].says
    assert paid.is_payable
    assert paid.sums is not None
    assert paid.sums.total_pence == 360_00


def test_fo8_a_claim_that_a_recalled_rule_speaks_against_is_held_with_its_sum() -> None:
    with_vat = replace(CLAIM, items=(replace(ITEM, vat_pence=60_00),) * 2)

    found = looked(with_vat, replace(TERMS, provider=Provider.REGISTERED))

    assert why(found) == [Why.VAT]
    assert found.sums is not None
    assert found.sums.total_pence == 720_00


def test_vat_rounded_on_each_of_many_bills_is_no_fault() -> None:
    terms = replace(TERMS, provider=Provider.REGISTERED, paid=Paid.SUPPLY)
    many = tuple(replace(ITEM, bill=str(row), net_pence=3, vat_pence=1) for row in range(30))

    found = looked(replace(CLAIM, items=many), terms)

    assert found.is_payable
    assert found.sums is not None
    assert (found.sums.vat_pence, found.sums.cost_pence) == (30, 90)


@pytest.mark.parametrize(
    "agreed",
    [
        Period(date(2027, 4, 2), date(2030, 3, 31)),
        Period(date(2026, 4, 1), date(2027, 6, 29)),
    ],
    ids=["begins a day too late", "ends a day too early"],
)
def test_a_claim_for_one_day_outside_the_agreement_is_held(agreed: Period) -> None:
    (hold,) = looked(CLAIM, replace(TERMS, agreed=agreed)).holds

    assert hold.why is Why.OUTSIDE
    assert "does not cover all days from 1 April 2027 to 30 June 2027" in hold.says


def test_every_reason_is_named_at_once() -> None:
    bad = replace(
        CLAIM,
        period=Period(date(2027, 1, 1), date(2027, 3, 31)),
        items=(replace(ITEM, net_pence=-1, evidence=frozenset()),),
    )
    terms = replace(TERMS, award_pence=0, taken=(5,))

    found = looked(bad, terms, today=date(2027, 3, 31))

    assert why(found) == [
        Why.VAT,
        Why.NOT_OVER_YET,
        Why.OUTSIDE,
        Why.NO_EVIDENCE,
        Why.UNINSURED,
        Why.OVER,
    ]
    assert not found.is_payable
    assert "Nothing shows “Green & Sons, INV 17”. Add a bill" in found.holds[3].says


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"items": ()}, "one line at least"),
        ({"period": Period(date(2027, 6, 1), date(2027, 7, 31))}, "within one quarter"),
    ],
)
def test_a_claim_of_nothing_or_of_two_quarters_is_refused(change: dict, says: str) -> None:
    with pytest.raises(Refused, match=says):
        replace(CLAIM, **change)


def test_fo8_claims_add_up_by_kind_of_provider() -> None:
    council = looked().sums
    group = looked(
        replace(CLAIM, items=(replace(ITEM, vat_pence=60_00),)),
        replace(TERMS, provider=Provider.NOT_REGISTERED),
    ).sums
    assert council is not None
    assert group is not None

    found = total_by_provider(
        {Provider.COUNCIL: [council, council], Provider.NOT_REGISTERED: [group]}
    )

    assert found[Provider.COUNCIL].total_pence == 600_00
    assert (found[Provider.NOT_REGISTERED].net_pence, found[Provider.NOT_REGISTERED].vat_pence) == (
        300_00,
        60_00,
    )
