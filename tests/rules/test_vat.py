"""VAT in a budget: to the penny, and what nobody gives back stays as a cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.vat import (
    COUNCILS,
    MEETINGS,
    OTHERS,
    Counted,
    Line,
    Position,
    Price,
    Priced,
    counted,
    position_of,
    priced,
    words_for,
)

pence = st.integers(0, 10**12)
lines = st.lists(
    st.builds(Line, pence, st.booleans(), st.booleans(), st.sampled_from(Priced)), max_size=8
)


def cost(amount: int, vat: Priced, *, is_once: bool = False) -> Line:
    return Line(amount, is_cost=True, is_once=is_once, vat=vat)


def income(amount: int, *, is_once: bool = False) -> Line:
    return Line(amount, is_cost=False, is_once=is_once, vat=Priced.NONE)


def test_a_group_that_reclaims_nothing_pays_the_vat() -> None:
    # A mower at £1,200 with VAT in it, fuel at £300 and £60 VAT on top, £1,000 from the county.
    budget = [
        cost(1_200_00, Priced.WITHIN, is_once=True),
        cost(300_00, Priced.ON_TOP),
        income(1_000_00),
    ]

    found = counted(budget, percent_reclaimed=0)

    assert (found.once.net_pence, found.once.vat_pence) == (1_000_00, 200_00)
    assert (found.yearly.gross_pence, found.yearly.kept_vat_pence) == (360_00, 60_00)
    assert found.first_year.cost_pence == 1_560_00
    assert found.first_year.uncovered_pence == 560_00
    assert (found.yearly.uncovered_pence, found.yearly.spare_pence) == (0, 640_00)


def test_a_council_that_reclaims_all_pays_what_is_left_without_it() -> None:
    found = counted([cost(1_200_00, Priced.WITHIN)], percent_reclaimed=100).yearly

    assert (found.cost_pence, found.reclaimed_pence, found.kept_vat_pence) == (1_000_00, 200_00, 0)


def test_a_part_of_a_penny_is_not_counted_on() -> None:
    # Of 1p VAT half is no whole penny.
    found = counted([cost(5, Priced.ON_TOP)], percent_reclaimed=50).yearly

    assert (found.vat_pence, found.kept_vat_pence) == (1, 1)


@pytest.mark.parametrize(
    ("amount", "vat", "price"),
    [
        (1, Priced.WITHIN, Price(1, 0)),
        (3, Priced.WITHIN, Price(2, 1)),
        (2, Priced.ON_TOP, Price(2, 0)),
        (3, Priced.ON_TOP, Price(3, 1)),
        (0, Priced.NONE, Price(0, 0)),
    ],
)
def test_vat_is_rounded_half_up_line_by_line(amount: int, vat: Priced, price: Price) -> None:
    assert priced(amount, vat) == price


@pytest.mark.parametrize(
    ("kind", "is_either", "position", "said"),
    [
        ("town", True, Position.REFUNDED, [COUNCILS]),
        ("parish", True, Position.REFUNDED, [COUNCILS]),
        ("parish-meeting", True, Position.UNKNOWN, [MEETINGS]),
        ("parish-or-meeting", True, Position.UNKNOWN, [MEETINGS]),
        ("", True, Position.UNKNOWN, [COUNCILS, MEETINGS]),
        ("", False, Position.UNKNOWN, [OTHERS]),
        ("group", False, Position.UNKNOWN, [OTHERS]),
        ("voluntary", False, Position.UNKNOWN, [OTHERS]),
    ],
)
def test_only_of_a_parish_council_it_is_known_that_vat_comes_back(
    kind: str, is_either: bool, position: Position, said: list[str]
) -> None:
    assert position_of(kind) is position
    assert words_for(kind, is_council_or_meeting=is_either) == " ".join(said)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        priced(-1, Priced.NONE)
    for percent in (-1, 101):
        with pytest.raises(ValueError, match="between none and all"):
            counted([], percent_reclaimed=percent)


@given(lines, st.integers(0, 100))
def test_every_penny_is_somewhere(budget: list[Line], percent: int) -> None:
    found: Counted = counted(budget, percent_reclaimed=percent)

    whole = found.first_year
    typed = sum(
        line.amount_pence if line.vat is not Priced.ON_TOP else priced(*_of(line)).gross_pence
        for line in budget
        if line.is_cost
    )
    assert whole.gross_pence == typed
    assert whole.cost_pence + whole.reclaimed_pence == whole.gross_pence
    assert 0 <= whole.kept_vat_pence <= whole.vat_pence
    assert whole.cost_pence - whole.uncovered_pence + whole.spare_pence == whole.income_pence


def _of(line: Line) -> tuple[int, Priced]:
    return line.amount_pence, line.vat
