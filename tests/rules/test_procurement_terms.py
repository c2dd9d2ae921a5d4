"""What a contract is worth over its whole term, and which lines of the Procurement Act it meets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules import procurement
from waywarden.rules.procurement_terms import (
    Kind,
    Stands,
    Term,
    crossed_together,
    looked_at,
    pooled,
    threshold,
    thresholds,
)
from waywarden.rules.saying import Refused

BEGINS = date(2027, 4, 1)
GOODS, WORKS, NOTICE = Kind.GOODS_AND_SERVICES, Kind.WORKS, Kind.NOTICE
amounts = st.lists(st.integers(0, 10**8), min_size=1, max_size=8).map(tuple)


class TestThresholds:
    @pytest.mark.parametrize(
        ("kind", "on", "pence"),
        [
            (GOODS, date(2025, 12, 31), 214_904_00),
            (GOODS, date(2026, 1, 1), 207_720_00),
            (WORKS, date(2025, 12, 31), 5_372_609_00),
            (WORKS, date(2027, 12, 31), 5_193_000_00),
            (NOTICE, date(2035, 1, 1), 30_000_00),
        ],
    )
    def test_a_line_holds_between_its_days(self, kind: Kind, on: date, pence: int) -> None:
        found = threshold(kind, on)

        assert found is not None
        assert found.pence == pence

    @pytest.mark.parametrize("on", [date(2025, 2, 23), date(2028, 1, 1)])
    def test_before_the_act_and_after_the_last_figure_no_line_is_known(self, on: date) -> None:
        assert threshold(GOODS, on) is None

    def test_every_line_names_its_source_and_none_overlaps_another_of_its_kind(self) -> None:
        for line in thresholds():
            assert "Procurement Act 2023" in line.source
            assert line.read_in
            same = [other for other in thresholds() if other.kind is line.kind and other != line]
            assert not any(line.days.overlaps(other.days) for other in same)

    def test_the_lines_agree_with_those_that_clusters_are_held_against(self) -> None:
        day = date(2025, 2, 24)
        while day <= date(2027, 12, 31):
            found = threshold(GOODS, day)
            assert found is not None
            assert found.pence == procurement.threshold(day)
            day += timedelta(days=30)


class TestValue:
    @given(years=amounts, options=amounts, once=st.integers(0, 10**8))
    def test_every_option_and_the_vat_count(
        self, years: tuple[int, ...], options: tuple[int, ...], once: int
    ) -> None:
        term = Term(years=years, options=options, once=once)

        net = sum(years) + sum(options) + once
        assert term.net_pence == net
        assert abs(5 * term.pence - 6 * net) <= 3
        assert Term(years=years + options, once=once).pence == term.pence

    def test_half_a_penny_of_vat_rounds_up_and_less_rounds_down(self) -> None:
        assert Term(years=(50,), vat_percent=1).pence == 51
        assert Term(years=(49,), vat_percent=1).pence == 49

    @pytest.mark.parametrize(
        ("parts", "says"),
        [
            ({"years": ()}, "in the first year at least"),
            ({"years": (1,) * 60, "options": (1,) * 40}, "at most 99 years"),
            ({"years": (-1,)}, "without a sign"),
            ({"years": (1,), "options": (-1,)}, "without a sign"),
            ({"years": (1,), "once": -1}, "without a sign"),
            ({"years": (1,), "vat_percent": 101}, "between 0 and 100"),
        ],
    )
    def test_a_term_that_can_be_none_is_refused(self, parts: dict, says: str) -> None:
        with pytest.raises(Refused, match=says):
            Term(**parts)


class TestFindings:
    @pytest.mark.parametrize(
        ("pence", "stands"),
        [(172_999_99, Stands.BELOW), (173_100_00, Stands.OVER), (173_099_99, Stands.BELOW)],
    )
    def test_at_the_line_counts_as_over_it(self, pence: int, stands: Stands) -> None:
        # £173,100 and 20 % of VAT are £207,720, the line of 2026 and 2027.
        found = looked_at(Term(years=(pence,)), begins_on=BEGINS)

        assert [one.kind for one in found] == [GOODS, NOTICE]
        assert found[0].stands is stands

    def test_an_option_to_extend_takes_a_contract_over_the_line(self) -> None:
        three = Term(years=(50_000_00,) * 3)
        with_option = Term(years=(50_000_00,) * 3, options=(50_000_00,))

        assert looked_at(three, begins_on=BEGINS)[0].stands is Stands.BELOW
        over = looked_at(with_option, begins_on=BEGINS)[0]
        assert over.says == (
            "Over the whole term £240,000 with VAT may be paid, at or over the line of £207,720 "
            "for goods and services that holds from 1 January 2026 to 31 December 2027 "
            "(Procurement Act 2023, Schedule 1, paragraph 1, row 12, as amended by SI 2025/1200). "
            "To be confirmed by whoever buys for the council."
        )

    def test_a_line_without_a_last_day_is_said_from_its_first(self) -> None:
        found = looked_at(Term(years=(30_000_00,)), begins_on=BEGINS, kind=NOTICE)

        assert len(found) == 1
        assert "for a notice that holds from 24 February 2025 (" in found[0].says

    @pytest.mark.parametrize(
        ("begins_on", "says"),
        [
            (date(2025, 2, 23), "under the earlier regulations"),
            (date(2028, 1, 1), "on 1 January 2028 is not entered: it changes every two years"),
        ],
    )
    def test_where_no_line_is_known_nobody_is_told_they_are_below_it(
        self, begins_on: date, says: str
    ) -> None:
        found = looked_at(Term(years=(1,)), begins_on=begins_on)[0]

        assert found.stands is Stands.NOT_KNOWN
        assert says in found.says


class TestTogether:
    def test_a_lead_may_cross_a_line_that_no_member_would(self) -> None:
        members = {
            "Wychbourne": Term(years=(40_000_00,) * 3),
            "Coldbrook": Term(years=(20_000_00,) * 3),
        }

        says = crossed_together(members, begins_on=BEGINS)

        assert says.startswith(
            "None of Wychbourne and Coldbrook would pay £207,720 with VAT alone, but one contract "
            "for all of them may come to £216,000"
        )

    @pytest.mark.parametrize(
        ("members", "begins_on"),
        [
            ({"a": (200_000_00,), "b": (1,)}, BEGINS),
            ({"a": (100_00,), "b": (1,)}, BEGINS),
            ({"a": (100_000_00,), "b": (100_000_00,)}, date(2028, 1, 1)),
        ],
        ids=["one is over alone", "together below", "no line known"],
    )
    def test_there_is_nothing_to_warn_of_otherwise(
        self, members: dict[str, tuple[int, ...]], begins_on: date
    ) -> None:
        terms = {name: Term(years=years) for name, years in members.items()}

        assert crossed_together(terms, begins_on=begins_on) == ""

    @given(st.lists(st.tuples(amounts, amounts, st.integers(0, 10**6)), min_size=1, max_size=5))
    def test_what_is_pooled_is_what_all_pay(
        self, rows: list[tuple[tuple[int, ...], tuple[int, ...], int]]
    ) -> None:
        terms = {
            str(row): Term(years=years, options=options, once=once)
            for row, (years, options, once) in enumerate(rows)
        }

        assert pooled(terms).net_pence == sum(term.net_pence for term in terms.values())

    def test_together_at_the_line_counts_as_over_it_and_a_penny_less_does_not(self) -> None:
        # £173,100 with 20 % of VAT are £207,720.
        at = {"a": Term(years=(100_000_00,)), "b": Term(years=(73_100_00,))}
        below = {"a": Term(years=(100_000_00,)), "b": Term(years=(73_099_99,))}

        assert crossed_together(at, begins_on=BEGINS)
        assert crossed_together(below, begins_on=BEGINS) == ""

    def test_the_highest_vat_of_any_member_counts_for_all(self) -> None:
        terms = {"a": Term(years=(100,), vat_percent=0), "b": Term(years=(100,))}

        assert pooled(terms).pence == 240

    def test_nobody_pools_nothing(self) -> None:
        with pytest.raises(Refused, match="one member at least"):
            pooled({})
