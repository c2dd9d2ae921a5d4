"""Numbers of charities and companies, as people type them."""

import pytest

from waywarden.rules.registered import charity_number, company_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1122334", "1122334"),
        ("202 918", "202918"),
        ("202918-12", "202918-12"),
        ("12345", ""),
        ("12345678", ""),
        ("１１２２３３４", ""),
    ],
)
def test_charity_numbers(typed: str, kept: str) -> None:
    assert charity_number(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01234567", "01234567"),
        ("123456", "00123456"),
        ("oc 123456", "OC123456"),
        ("XX123456", ""),
        ("12345", ""),
        ("１２３４５６７８", ""),
    ],
)
def test_company_numbers(typed: str, kept: str) -> None:
    assert company_number(typed) == kept
