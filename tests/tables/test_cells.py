"""One cell: the numbers and dates people write, and what they are told about the rest."""

import doctest
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.fabric.tables import cells, problems
from waywarden.fabric.tables.cells import decimal_milli, iso_date, quoted, whole
from waywarden.fabric.tables.problems import CellRefused, Problem


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(cells).failed == 0
    assert doctest.testmod(problems).failed == 0


@pytest.mark.parametrize(
    ("written", "milli"),
    [
        ("0", 0),
        ("500", 500_000),
        (" 1,234.5 ", 1_234_500),
        ("0.001", 1),
        ("12.5000", 12_500),
        ("1,234,567", 1_234_567_000),
        ("\xa07\xa0", 7_000),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, milli: int) -> None:
    assert decimal_milli(written) == milli


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "It is empty"),
        ("nan", "is not a number"),
        ("inf", "is not a number"),
        ("Infinity", "is not a number"),
        ("1e3", "more than a number in it"),
        ("-5", "less than nothing"),
        ("(5)", "less than nothing"),
        ("1.2345", "more than three decimals"),
        ("£500", "pound sign"),
        ("500 m2", "more than a number in it"),
        ("12,5", "comma before its decimals"),
        ("1.234,5", "comma before its decimals"),
        ("12,34,567", "is not a number"),
        ("١٢٣", "is not a number"),
        ("1_000", "is not a number"),
        ("99999999999", "too large"),
        ("not known", "is not a number"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(written: str, told: str) -> None:
    with pytest.raises(CellRefused) as refused:
        decimal_milli(written)

    assert told in refused.value.sentence


def test_a_whole_number_has_no_decimals() -> None:
    assert whole("1,234.0") == 1_234
    with pytest.raises(CellRefused, match="not a whole number"):
        whole("12.5")


@pytest.mark.parametrize("written", ["31/12/2026", "2026-12-31", " 2026-12-31 "])
def test_dates_are_read_day_first_or_year_first(written: str) -> None:
    assert iso_date(written) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "written", ["31/12/26", "12/31/2026", "2026-02-30", "soon", "", "0000-01-01"]
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(CellRefused, match=r"is not a (date|day)"):
        iso_date(written)


def test_a_problem_names_the_row_the_sender_sees() -> None:
    assert str(Problem(14, "amount", "It is empty.")) == "Row 14, amount: It is empty."
    assert str(Problem(14, "", "It is empty.")) == "Row 14: It is empty."


def test_a_quoted_cell_shows_no_control_characters() -> None:
    assert quoted("a\x00\x1b[31mb") == "'a  [31mb'"


@given(st.integers(min_value=0, max_value=9_999_999_999_999))
def test_every_amount_of_thousandths_is_read_back_exactly(milli: int) -> None:
    exact = Decimal(milli) / 1_000

    assert decimal_milli(f"{exact:f}") == milli
    assert decimal_milli(f"{exact:,f}") == milli


@given(st.text(max_size=30))
def test_a_cell_is_read_or_refused_and_never_anything_else(text: str) -> None:
    for reader in (whole, decimal_milli, iso_date):
        try:
            reader(text)
        except CellRefused as refused:
            assert refused.sentence.endswith((".", "?"))
