"""What a yearly payment becomes: fixed, by a published index within cap and floor, or unchanged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.indexation import (
    Figure,
    Indexation,
    Method,
    amounts,
    indexed,
    percent_typed,
)
from waywarden.rules.saying import Refused

FIRST = date(2028, 4, 1)
BY_CPI = {
    "method": Method.INDEX,
    "index": "CPI",
    "reference_month": 9,
    "first_on": FIRST,
}


def cpi(year: int, percent: int, month: int = 9) -> Figure:
    return Figure(
        index="CPI", year=year, month=month, percent=percent, source=f"a source of {year}"
    )


class TestAmounts:
    @given(pence=st.integers(0, 10**10), years=st.integers(0, 20))
    def test_a_payment_that_is_not_indexed_never_changes(self, pence: int, years: int) -> None:
        found = indexed(pence, Indexation(), first_year=2027, last_year=2027 + years)

        assert amounts(found) == dict.fromkeys(range(2027, 2028 + years), pence)

    def test_fo1_each_rise_builds_on_the_last_and_is_rounded_once(self) -> None:
        terms = Indexation(method=Method.FIXED, percent=2_500, first_on=FIRST)

        found = indexed(100_01, terms, first_year=2027, last_year=2030)

        # 10001 × 1.025, × 1.050625 and × 1.076890625, each rounded from the first payment.
        assert [year.pence for year in found] == [10001, 10251, 10507, 10770]

    def test_fo1_rises_that_do_not_build_on_one_another_are_added_up(self) -> None:
        terms = Indexation(method=Method.FIXED, percent=2_500, first_on=FIRST, compounds=False)

        found = indexed(100_00, terms, first_year=2027, last_year=2029)

        assert [year.pence for year in found] == [100_00, 102_50, 105_00]

    def test_nothing_rises_before_its_first_day(self) -> None:
        terms = Indexation(method=Method.FIXED, percent=10_000, first_on=date(2029, 4, 1))

        found = indexed(100_00, terms, first_year=2027, last_year=2029)

        assert [year.pence for year in found] == [100_00, 100_00, 110_00]
        assert [len(year.rises) for year in found] == [0, 0, 1]

    @pytest.mark.parametrize(
        ("figure", "counts", "limited_by"),
        [(6_000, 5_000, "cap"), (-1_000, 0, "floor"), (5_000, 5_000, ""), (2_300, 2_300, "")],
    )
    def test_fo1_a_published_figure_counts_within_cap_and_floor(
        self, figure: int, counts: int, limited_by: str
    ) -> None:
        terms = Indexation(**BY_CPI, cap=5_000, floor=0)

        found = indexed(100_00, terms, first_year=2027, last_year=2028, figures=[cpi(2027, figure)])

        (rise,) = found[1].rises
        assert (rise.asked, rise.counts, rise.limited_by) == (figure, counts, limited_by)
        assert rise.source == "a source of 2027"
        assert found[1].pence == 100_00 + counts // 10

    def test_without_cap_and_floor_prices_that_fall_lower_the_payment(self) -> None:
        terms = Indexation(**BY_CPI)

        found = indexed(100_00, terms, first_year=2027, last_year=2028, figures=[cpi(2027, -500)])

        assert found[1].pence == 99_50

    @pytest.mark.parametrize(("month", "year"), [(3, 2028), (4, 2027), (12, 2027), (1, 2028)])
    def test_the_figure_is_of_the_twelve_months_before_the_rise(
        self, month: int, year: int
    ) -> None:
        terms = Indexation(**BY_CPI | {"reference_month": month})

        found = indexed(
            100_00, terms, first_year=2027, last_year=2028, figures=[cpi(year, 3_000, month)]
        )

        assert found[1].pence == 103_00

    def test_a_figure_not_entered_is_asked_for_by_month_and_index(self) -> None:
        with pytest.raises(Refused) as refused:
            indexed(
                1, Indexation(**BY_CPI), first_year=2027, last_year=2028, figures=[cpi(2026, 1)]
            )

        assert str(refused.value) == (
            "The figure of CPI for September 2027 is not entered. 2028/29 cannot be reckoned "
            "before: enter the published figure with its source."
        )

    def test_two_figures_that_differ_are_refused_and_one_entered_twice_counts(self) -> None:
        years = {"first_year": 2027, "last_year": 2028}

        once = indexed(100_00, Indexation(**BY_CPI), figures=[cpi(2027, 1_000)] * 2, **years)

        assert once[1].pence == 101_00
        two = [cpi(2027, 1_000), cpi(2027, 1_001)]
        with pytest.raises(Refused, match="entered twice and differs"):
            indexed(100_00, Indexation(**BY_CPI), figures=two, **years)

    @given(
        pence=st.integers(0, 10**9),
        figures=st.lists(st.integers(-50_000, 50_000), min_size=1, max_size=6),
        compounds=st.booleans(),
    )
    def test_a_floor_of_nothing_never_lowers_and_a_cap_never_lifts_beyond_it(
        self, pence: int, figures: list[int], compounds: bool
    ) -> None:
        terms = Indexation(**BY_CPI, cap=3_000, floor=0, compounds=compounds)
        given_figures = [cpi(2027 + row, figure) for row, figure in enumerate(figures)]

        found = indexed(
            pence, terms, first_year=2027, last_year=2027 + len(figures), figures=given_figures
        )

        worth = [year.pence for year in found]
        assert worth == sorted(worth)
        assert all(
            2 * worth[row] * 100**row <= 2 * pence * 103**row + 100**row
            for row in range(len(worth))
        )

    @given(
        figures=st.lists(st.integers(-50_000, 50_000), min_size=1, max_size=30),
        compounds=st.booleans(),
    )
    def test_a_payment_never_falls_below_nothing(self, figures: list[int], compounds: bool) -> None:
        given_figures = [cpi(2027 + row, figure) for row, figure in enumerate(figures)]

        found = indexed(
            100_00,
            Indexation(**BY_CPI, compounds=compounds),
            first_year=2027,
            last_year=2027 + len(figures),
            figures=given_figures,
        )

        assert min(year.pence for year in found) >= 0

    @pytest.mark.parametrize(("pence", "last_year"), [(-1, 2028), (1, 2026), (1, 9999)])
    def test_an_amount_below_nothing_or_a_term_turned_round_is_refused(
        self, pence: int, last_year: int
    ) -> None:
        with pytest.raises(Refused, match="not below nothing"):
            indexed(pence, Indexation(), first_year=2027, last_year=last_year)


class TestTerms:
    @pytest.mark.parametrize(
        ("terms", "says"),
        [
            ({"percent": 1}, "leave the rest blank, or choose how it rises"),
            ({"index": "CPI"}, "leave the rest blank"),
            ({"method": Method.FIXED, "percent": 1}, "on which day it first rises"),
            (
                {"method": Method.FIXED, "percent": 1, "first_on": date(2028, 5, 1)},
                "first rises on a 1 April, not on 1 May 2028",
            ),
            ({"method": Method.FIXED, "first_on": FIRST}, "by how many per cent"),
            (
                {"method": Method.FIXED, "first_on": FIRST, "percent": 1, "reference_month": 9},
                "leave the index and its month blank",
            ),
            (
                {"method": Method.FIXED, "first_on": FIRST, "percent": 1, "cap": 2},
                "needs no cap or floor",
            ),
            (BY_CPI | {"index": " "}, "Name the index, such as CPI"),
            (BY_CPI | {"reference_month": None}, "which month’s figure counts"),
            (BY_CPI | {"reference_month": 13}, "which month’s figure counts"),
            (BY_CPI | {"percent": 1}, "leave the fixed one blank"),
            (BY_CPI | {"cap": 1, "floor": 2}, "The cap is below the floor"),
            (BY_CPI | {"cap": 50_001}, "between −50 % and 50 % a year"),
        ],
    )
    def test_terms_that_leave_something_to_guess_are_refused(self, terms: dict, says: str) -> None:
        with pytest.raises(Refused, match=says):
            Indexation(**terms)

    @pytest.mark.parametrize("edge", [-50_000, 50_000])
    def test_percentages_may_lie_at_the_very_edge(self, edge: int) -> None:
        assert Indexation(**BY_CPI, cap=edge, floor=edge).cap == edge
        assert cpi(2027, edge).percent == edge

    def test_the_sentence_says_what_rises_and_how(self) -> None:
        fixed = Indexation(method=Method.FIXED, percent=2_500, first_on=FIRST, compounds=False)

        assert Indexation(**BY_CPI, cap=5_000, floor=0).sentence == (
            "From 1 April 2028 the yearly payment rises each year by CPI, the figure for "
            "September before, at most 5 %, at least 0 %; each rise builds on the one before."
        )
        assert fixed.sentence == (
            "From 1 April 2028 the yearly payment rises each year by 2.5 %; each on the first "
            "payment."
        )


class TestTyped:
    @pytest.mark.parametrize(
        ("typed", "held"), [("3", 3_000), (" 2.05% ", 2_050), ("-1.5", -1_500), ("99.999", 99_999)]
    )
    def test_a_percentage_is_held_in_thousandths(self, typed: str, held: int) -> None:
        assert percent_typed(typed) == held

    @pytest.mark.parametrize(
        "typed", ["", "three", "100", "1.2345", "9" * 5_000, "1e3", "٣", "1,5", "NaN", "--1"]
    )
    def test_what_is_no_percentage_or_too_long_is_refused_with_an_example(self, typed: str) -> None:
        with pytest.raises(Refused, match="Type a percentage such as"):
            percent_typed(typed)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"source": " "}, "Say where the figure was published"),
        ({"month": 0}, "for a month from 1 to 12"),
        ({"percent": 60_000}, "between −50 % and 50 %"),
    ],
)
def test_a_figure_names_its_source_and_is_no_slip_of_the_pen(change: dict, says: str) -> None:
    told = {"index": "CPI", "year": 2027, "month": 9, "percent": 2_000, "source": "ONS"}

    with pytest.raises(Refused, match=says):
        Figure(**told | change)
