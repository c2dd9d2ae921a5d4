"""Which VAT a provider may claim with its costs, by what kind of provider it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.provider_vat import Paid, Provider, claimed
from waywarden.rules.saying import Refused

pence = st.integers(0, 10**9)
C, S = Paid.CONTRIBUTION, Paid.SUPPLY


@given(net=pence, provider=st.sampled_from(Provider), paid=st.sampled_from(Paid))
def test_fo8_costs_without_vat_are_paid_as_they_are_to_everybody_known(
    net: int, provider: Provider, paid: Paid
) -> None:
    if provider is Provider.NOT_KNOWN:
        with pytest.raises(Refused, match="Ask whoever keeps its accounts"):
            claimed(net, 0, provider, paid)
        return

    found = claimed(net, 0, provider, paid)

    assert (found.total_pence, found.cost_pence) == (net, net)


@pytest.mark.parametrize(
    ("provider", "paid", "says"),
    [
        (Provider.COUNCIL, C, "section 33"),
        (Provider.COUNCIL, S, "section 33"),
        (Provider.REFUNDED_CHARITY, C, "sections 33C and 33D"),
    ],
)
def test_fo8_vat_that_comes_back_another_way_is_refused_with_the_amount_to_claim(
    provider: Provider, paid: Paid, says: str
) -> None:
    with pytest.raises(Refused) as refused:
        claimed(100_00, 20_00, provider, paid)

    assert says in str(refused.value)
    assert "£100" in str(refused.value)


@pytest.mark.parametrize(
    ("provider", "paid", "says"),
    [
        (Provider.REGISTERED, C, "a contribution carries none (recalled: to be confirmed)"),
        (Provider.NOT_REGISTERED, S, "adds no VAT to a price (recalled: to be confirmed)"),
    ],
)
def test_fo8_what_a_recalled_rule_speaks_against_is_said_and_not_refused(
    provider: Provider, paid: Paid, says: str
) -> None:
    found = claimed(100_00, 20_00, provider, paid)

    assert says in found.warns
    assert "£100" in found.warns
    assert (found.total_pence, found.cost_pence) == (120_00, 120_00)


def test_fo8_vat_is_a_cost_to_a_group_that_is_not_registered() -> None:
    found = claimed(100_00, 20_00, Provider.NOT_REGISTERED, C)

    assert (found.net_pence, found.vat_pence, found.total_pence) == (100_00, 20_00, 120_00)
    assert found.cost_pence == 120_00
    assert "a cost to it" in found.says
    assert found.warns == ""


def test_fo8_vat_on_an_invoice_is_paid_and_refunded_to_the_council_that_pays() -> None:
    found = claimed(100_00, 20_00, Provider.REGISTERED, S)

    assert (found.total_pence, found.cost_pence) == (120_00, 100_00)


def test_fo8_more_vat_than_the_rate_is_a_slip_of_the_pen() -> None:
    assert claimed(10_03, 2_02, Provider.REGISTERED, S).vat_pence == 2_02
    with pytest.raises(Refused, match="more than 20 in a hundred"):
        claimed(10_03, 2_03, Provider.REGISTERED, S)


def test_fo8_costs_claimed_without_vat_are_on_no_tax_invoice() -> None:
    for provider in (Provider.COUNCIL, Provider.NOT_REGISTERED, Provider.REGISTERED):
        assert not claimed(100_00, 0, provider, C).is_charged


def test_fo8_a_penny_above_the_rate_is_left_to_rounding_and_no_more() -> None:
    # A fifth of £0.02 is 0.4 of a penny, which is none; one penny may be rounding.
    assert claimed(2, 1, Provider.REGISTERED, S).vat_pence == 1
    with pytest.raises(Refused, match="Look at the invoice"):
        claimed(2, 2, Provider.REGISTERED, S)


@pytest.mark.parametrize("paid", Paid)
def test_fo8_a_group_that_bought_without_vat_claims_without_vat(paid: Paid) -> None:
    found = claimed(100_00, 0, Provider.NOT_REGISTERED, paid)

    assert (found.total_pence, found.says) == (100_00, "Claimed without VAT.")


def test_fo8_nothing_is_paid_to_a_provider_of_whom_it_is_not_known() -> None:
    with pytest.raises(Refused, match="before its claim is paid"):
        claimed(100_00, 0, Provider.NOT_KNOWN, C)


@pytest.mark.parametrize("amounts", [(-1, 0), (0, -1)])
def test_amounts_below_nothing_are_refused(amounts: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="without a sign"):
        claimed(*amounts, Provider.COUNCIL, C)
