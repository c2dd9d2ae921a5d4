"""What members of a cluster owe one another: whole pence that always add up."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules import clusters_terms, procurement
from waywarden.rules.clusters_terms import (
    Saving,
    benefit,
    exposure,
    most_exposed,
    needed_by_month,
    pro_rata,
    season_bills,
)

SEASON = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
shares_of = st.dictionaries(
    st.sampled_from("abcdef"), st.integers(0, 10**9), min_size=1, max_size=6
)
days = st.dates(date(2027, 1, 1), date(2028, 6, 30))


class TestSeason:
    @pytest.mark.parametrize(
        ("joined_on", "pays"),
        [
            (date(2027, 1, 1), 366),
            (date(2027, 4, 1), 366),
            (date(2027, 4, 2), 365),
            (date(2028, 3, 31), 1),
            (date(2028, 4, 1), 0),
        ],
    )
    def test_ld3_a_late_joiner_pays_by_days(self, joined_on: date, pays: int) -> None:
        # The season has 366 days, the last of February 2028 among them.
        assert pro_rata(366, joined_on=joined_on, **SEASON) == pays

    def test_half_a_penny_rounds_up(self) -> None:
        assert pro_rata(1, joined_on=date(2027, 10, 1), **SEASON) == 1
        assert pro_rata(1, joined_on=date(2027, 10, 2), **SEASON) == 0

    def test_a_season_that_ends_before_it_starts_is_none(self) -> None:
        with pytest.raises(ValueError, match="ends on the day it starts, or later"):
            pro_rata(
                1, joined_on=date(2027, 4, 1), starts_on=date(2027, 4, 2), ends_on=date(2027, 4, 1)
            )

    @pytest.mark.parametrize(
        ("left_on", "pays"),
        [
            (date(2027, 3, 31), 0),
            (date(2027, 4, 1), 1),
            (date(2028, 3, 30), 365),
            (date(2028, 3, 31), 366),
            (date(2029, 1, 1), 366),
        ],
    )
    def test_ld3_a_leaver_pays_by_days_up_to_its_last(self, left_on: date, pays: int) -> None:
        joined_on = date(2027, 1, 1)
        assert pro_rata(366, joined_on=joined_on, left_on=left_on, **SEASON) == pays

    @given(
        shares=shares_of,
        joined=st.dictionaries(st.sampled_from("abcdef"), days),
        left=st.dictionaries(st.sampled_from("abcdef"), days),
    )
    def test_ld3_bills_add_up_wherever_somebody_was_there_from_the_first_day_to_the_last(
        self, shares: dict[str, int], joined: dict[str, date], left: dict[str, date]
    ) -> None:
        bills = season_bills(shares, joined, left=left, **SEASON)

        late = {member for member in shares if joined.get(member, date.min) > date(2027, 4, 1)}
        early = {member for member in shares if left.get(member, date.max) < date(2028, 3, 31)}
        assert set(bills) == set(shares)
        assert min(bills.values()) >= 0
        assert all(bills[member] <= shares[member] for member in late | early)
        if late | early != set(shares):
            assert sum(bills.values()) == sum(shares.values())

    def test_ld3_who_comes_late_and_goes_early_pays_for_its_own_days(self) -> None:
        bills = season_bills(
            {"a": 100, "c": 366},
            {"c": date(2027, 5, 1)},
            left={"c": date(2027, 5, 31)},
            **SEASON,
        )

        assert bills == {"a": 435, "c": 31}

    def test_nobody_pays_for_days_on_which_nobody_was_there(self) -> None:
        assert season_bills({"a": 366}, {"a": date(2028, 3, 1)}, **SEASON) == {"a": 31}

    def test_what_a_late_joiner_leaves_is_split_alike_where_the_others_have_no_share(self) -> None:
        bills = season_bills({"a": 0, "b": 0, "c": 366}, {"c": date(2028, 3, 31)}, **SEASON)

        assert bills == {"a": 183, "b": 182, "c": 1}


class TestDefault:
    @given(shares=shares_of, way=st.sampled_from(clusters_terms.WAYS))
    def test_ld7_the_others_owe_exactly_what_is_missing(
        self, shares: dict[str, int], way: str
    ) -> None:
        for failing in shares:
            owed = exposure(shares, failing, way=way, lead="a")
            assert failing not in owed
            if len(shares) > 1:
                assert sum(owed.values()) == shares[failing]

    def test_ld7_where_the_lead_fails_the_others_pay_by_their_shares(self) -> None:
        assert exposure({"a": 90, "b": 20, "c": 10}, "a", way="lead", lead="a") == {
            "b": 60,
            "c": 30,
        }

    def test_ld7_alone_nobody_else_owes_anything(self) -> None:
        assert exposure({"a": 90}, "a", way="alike", lead="a") == {}
        assert most_exposed({"a": 90}, way="alike", lead="a") == {"a": 0}

    def test_a_way_that_is_not_known_is_refused(self) -> None:
        with pytest.raises(ValueError, match="There is no way 'luck'"):
            exposure({"a": 1}, "a", way="luck", lead="a")


class TestBenefit:
    def test_of_nobody_there_is_none(self) -> None:
        assert benefit([]) is None

    def test_who_pays_nothing_alone_has_no_part_in_per_cent(self) -> None:
        found = benefit([Saving(0, 5)])

        assert found is not None
        assert (found.lowest, found.lowest_percent, found.median_percent) == (-5, "", "")

    def test_the_lowest_and_the_middle_are_told(self) -> None:
        found = benefit([Saving(1000, 900), Saving(1000, 1005), Saving(1000, 500)])

        assert found is not None
        assert (found.lowest, found.median, found.count) == (-5, 100, 3)
        assert (found.lowest_percent, found.median_percent) == ("−0.5 %", "10.0 %")


class TestMonths:
    @given(st.integers(0, 10**12), st.integers(1, 50), st.integers(1, 12), st.integers(1, 12))
    def test_ld8_all_of_it_is_done_within_the_year(
        self, amount: int, visits: int, first: int, last: int
    ) -> None:
        months = needed_by_month(amount, visits=visits, first=first, last=last)

        assert len(months) == 12
        assert amount * visits <= sum(months) < amount * visits + 12

    @pytest.mark.parametrize("wrong", [{"first": 0, "last": 1}, {"first": 1, "last": 13}])
    def test_months_that_there_are_not_are_refused(self, wrong: dict[str, int]) -> None:
        with pytest.raises(ValueError, match="from 1 to 12"):
            needed_by_month(1, visits=1, **wrong)


class TestProcurement:
    def test_ld4_three_years_and_the_extension_count_with_vat(self) -> None:
        # 207,720 pounds with VAT are 173,100 without, 43,275 in each of four years.
        values = [
            procurement.pooled(yearly, years=3, extension=1) for yearly in (43_275_00, 43_274_99)
        ]

        assert [procurement.reached(value, [date(2027, 4, 1)]) for value in values] == [
            207_720_00,
            None,
        ]

    def test_ld4_of_the_days_on_which_buying_may_begin_the_lowest_line_counts(self) -> None:
        days = [date(2025, 12, 31), date(2026, 1, 1), date(2031, 1, 1)]

        assert procurement.reached(214_904_00, days) == 207_720_00
        assert procurement.reached(214_903_99, days[:1]) is None

    def test_ld4_outside_what_is_recorded_the_threshold_is_not_known_and_never_guessed(
        self,
    ) -> None:
        for day in (date(2023, 12, 31), date(2028, 1, 1)):
            assert procurement.not_known(day)
            assert procurement.threshold(day) is None
            assert procurement.reached(10**12, [day]) is None
        assert not procurement.not_known(date(2027, 12, 31))

    def test_ld4_each_period_begins_the_day_after_the_one_before_and_names_its_source(self) -> None:
        held = procurement.periods()

        for before, after in pairwise(held):
            assert (after.first - before.last).days == 1
        assert all(one.first < one.last and one.read_in for one in held)
