"""What is paid when, and each parish's part: every payment and statement adds up to the penny."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.indexation import Figure, Indexation, Method, amounts, indexed
from waywarden.rules.months import Every, Season, closed, periods
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused
from waywarden.rules.schedules import (
    Falls,
    Instalment,
    Profile,
    Row,
    Statement,
    difference,
    remittances,
    same_every_year,
    schedule,
    statements,
)

YEAR = Period(date(2027, 4, 1), date(2028, 3, 31))
terms = st.tuples(st.dates(date(2020, 1, 1), date(2050, 1, 1)), st.integers(0, 3_000)).map(
    lambda drawn: Period(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)
seasons = st.none() | st.builds(Season, st.integers(1, 12), st.integers(1, 12))
profiles = st.builds(
    Profile,
    every=st.sampled_from(Every),
    falls=st.sampled_from(Falls),
    days_to_pay=st.integers(0, 365),
    season=seasons,
)
shares_of = st.dictionaries(
    st.sampled_from(["Wychbourne", "Coldbrook", "Little Haye", "Marl Green"]),
    st.integers(0, 10**7),
    min_size=1,
).filter(lambda shares: sum(shares.values()) > 0)


class TestSchedule:
    @pytest.mark.parametrize("every", Every)
    @given(pence=st.integers(0, 10**10))
    def test_fo1_the_payments_of_a_whole_year_are_alike_and_come_to_the_year(
        self, every: Every, pence: int
    ) -> None:
        paid = schedule(YEAR, {2027: pence}, Profile(every=every))

        amounts = [part.pence for part in paid]
        assert len(paid) == every.in_a_year
        assert sum(amounts) == pence
        assert max(amounts) - min(amounts) <= 1

    @given(term=terms, pence=st.integers(0, 10**9), profile=profiles)
    def test_fo1_no_year_of_a_term_is_paid_more_than_it_is_worth(
        self, term: Period, pence: int, profile: Profile
    ) -> None:
        paid = schedule(term, same_every_year(pence, term), profile)

        assert [part.period for part in paid] == periods(term, profile.every)
        for year in {part.year for part in paid}:
            in_year = [part for part in paid if part.year == year]
            assert all(part.pence >= 0 for part in in_year)
            assert sum(part.pence for part in in_year) <= pence

    def test_fo1_a_first_part_quarter_is_paid_by_its_days_of_the_whole_quarter(self) -> None:
        paid = schedule(Period(date(2027, 5, 15), date(2027, 9, 30)), {2027: 364_00})

        # A quarter is worth £91. 47 of the 91 days of April to June are left on 15 May.
        assert [(part.pence, part.period.days) for part in paid] == [(47_00, 47), (91_00, 92)]

    def test_fo1_a_last_part_year_is_paid_by_days_of_a_leap_year(self) -> None:
        term = Period(date(2027, 4, 1), date(2028, 2, 29))

        (paid,) = schedule(term, {2027: 366_00}, Profile(every=Every.YEAR))

        assert paid.pence == 335_00

    def test_fo1_grass_that_begins_in_june_is_paid_by_the_days_of_the_season_left(self) -> None:
        grass = Profile(every=Every.QUARTER, season=Season(3, 10))

        paid = schedule(Period(date(2027, 6, 1), date(2028, 3, 31)), {2027: 245_00}, grass)

        # June 30 days; July to September 92; October 31; March 31: 184 of the season's 245.
        assert [part.pence for part in paid] == [30_00, 92_00, 31_00, 31_00]

    def test_a_term_outside_the_season_is_paid_nothing(self) -> None:
        winter = Period(date(2027, 11, 1), date(2028, 2, 29))

        paid = schedule(winter, {2027: 245_00}, Profile(season=Season(3, 10)))

        assert [part.pence for part in paid] == [0, 0]

    @pytest.mark.parametrize(
        ("falls", "due_on"),
        [(Falls.IN_ADVANCE, date(2027, 4, 29)), (Falls.IN_ARREARS, date(2027, 7, 28))],
    )
    def test_a_payment_is_due_so_many_days_from_the_first_or_last_of_its_period(
        self, falls: Falls, due_on: date
    ) -> None:
        assert schedule(YEAR, {2027: 1}, Profile(falls=falls))[0].due_on == due_on

    @pytest.mark.parametrize(
        ("yearly", "says"),
        [
            ({}, "Nothing is said of what 2027/28 is worth"),
            ({2027: -1}, "below nothing"),
        ],
    )
    def test_a_year_without_its_amount_is_refused_by_its_name(
        self, yearly: dict[int, int], says: str
    ) -> None:
        with pytest.raises(Refused, match=says):
            schedule(YEAR, yearly)

    @pytest.mark.parametrize("days_to_pay", [-1, 366])
    def test_an_absurd_time_to_pay_is_refused(self, days_to_pay: int) -> None:
        with pytest.raises(Refused, match="within 0 to 365 days"):
            Profile(days_to_pay=days_to_pay)

    def test_a_payment_beyond_the_calendar_is_refused(self) -> None:
        with pytest.raises(Refused, match="beyond the calendar"):
            schedule(Period(date(9998, 1, 1), date(9998, 1, 2)), {9997: 1})


class TestStatements:
    @given(term=terms, pence=st.integers(0, 10**9), profile=profiles, shares=shares_of)
    def test_ld6_one_county_payment_is_split_and_every_statement_adds_up(
        self, term: Period, pence: int, profile: Profile, shares: dict[str, int]
    ) -> None:
        paid = schedule(term, same_every_year(pence, term), profile)

        said = statements(paid, shares)

        assert difference(paid, said) == ""
        assert [each.parish for each in said] == list(shares)
        assert sum(each.pence for each in said) == sum(part.pence for part in paid)
        whole = sum(shares.values())
        for each in said:
            for part, row in zip(paid, each.rows, strict=True):
                assert abs(row.pence * whole - part.pence * shares[each.parish]) < whole
            assert shares[each.parish] or each.pence == 0

    def test_ld6_no_parish_loses_the_odd_penny_time_and_again(self) -> None:
        paid = schedule(YEAR, {2027: 1200}, Profile(every=Every.MONTH))

        said = statements(paid, {"Wychbourne": 1, "Coldbrook": 1, "Little Haye": 1})

        # £1 a month among three: whoever is short goes first, and each has £4 in the end.
        assert [each.pence for each in said] == [400, 400, 400]
        assert [row.pence for row in said[0].rows[:4]] == [34, 33, 33, 34]

    @pytest.mark.parametrize("shares", [{}, {"Coldbrook": 0}, {"Coldbrook": 2, "Marl Green": -1}])
    def test_shares_of_nothing_are_refused(self, shares: dict[str, int]) -> None:
        with pytest.raises(Refused, match="Enter a share for one parish at least"):
            statements([], shares)

    def test_a_statement_that_does_not_add_up_is_named_by_its_payment(self) -> None:
        paid = schedule(YEAR, {2027: 400}, Profile(every=Every.HALF_YEAR))
        (right,) = statements(paid, {"Coldbrook": 1})
        short = Statement("Coldbrook", (Row(right.rows[0].period, right.rows[0].due_on, 199),))
        more = Statement("Marl Green", (Row(YEAR, date(2027, 4, 29), 1),))

        assert difference(paid, [short]) == (
            "1 April 2027 to 30 September 2027: £2 paid, £1.99 stated."
        )
        assert difference(paid, [right, more]) == (
            "1 April 2027 to 31 March 2028: stated, but no payment is due."
        )

    @given(term=terms, pence=st.integers(0, 10**9), shares=shares_of)
    def test_ld6_what_is_posted_to_one_lead_is_what_would_be_posted_to_all(
        self, term: Period, pence: int, shares: dict[str, int]
    ) -> None:
        paid = schedule(term, same_every_year(pence, term))
        lead = next(iter(shares))

        to_lead = remittances(paid, shares, lead=lead)
        to_all = remittances(paid, shares)

        assert {one.payee for one in to_lead} <= {lead}
        assert sum(one.pence for one in to_lead) == sum(one.pence for one in to_all)
        assert all(one.pence for one in [*to_lead, *to_all])
        assert sum(one.pence for one in to_all) == sum(part.pence for part in paid)

    def test_ld6_without_a_lead_each_parish_is_paid_its_own_part(self) -> None:
        paid = schedule(YEAR, {2027: 400}, Profile(every=Every.YEAR))

        posted = remittances(paid, {"Wychbourne": 3, "Coldbrook": 1, "Marl Green": 0})

        assert [(one.payee, one.pence) for one in posted] == [
            ("Wychbourne", 300),
            ("Coldbrook", 100),
        ]

    def test_a_lead_that_is_no_member_is_paid_nothing(self) -> None:
        with pytest.raises(Refused, match="Marl Green is no member"):
            remittances([], {"Coldbrook": 1}, lead="Marl Green")

    def test_the_princes_risborough_consortium_as_an_example_of_our_rules(self) -> None:
        # Its five parishes, its yearly total and its first day are facts; equal shares are ours.
        term = Period(date(2015, 4, 1), date(2018, 3, 31))
        parishes = (
            "Princes Risborough",
            "Bledlow-cum-Saunderton",
            "Bradenham",
            "Lacey Green",
            "Longwick-cum-Ilmer",
        )

        paid = schedule(term, same_every_year(28_282_00, term))
        said = statements(paid, dict.fromkeys(parishes, 1))

        assert {part.pence for part in paid} == {7_070_50}
        assert {each.pence for each in said} == {16_969_20}


def test_fo1_a_schedule_by_parish_and_period_follows_the_index_month_and_the_cap() -> None:
    term = Period(date(2027, 4, 1), date(2029, 9, 30))
    agreed = Indexation(
        method=Method.INDEX,
        index="CPI",
        reference_month=9,
        first_on=date(2028, 4, 1),
        cap=5_000,
        floor=0,
    )
    figures = [
        Figure(index="CPI", year=2027, month=9, percent=7_200, source="the office of statistics"),
        Figure(index="CPI", year=2028, month=9, percent=2_500, source="the office of statistics"),
    ]

    years = indexed(20_000_00, agreed, first_year=2027, last_year=2029, figures=figures)
    paid = schedule(term, amounts(years), Profile(every=Every.HALF_YEAR))
    said = statements(paid, {"Wychbourne": 5, "Coldbrook": 3, "Little Haye": 2})

    # £20,000; with the cap of 5 % £21,000; with 2.5 % more £21,525. Half of each by half-year.
    assert [part.pence for part in paid] == [
        *(10_000_00, 10_000_00, 10_500_00, 10_500_00, 10_762_50),
    ]
    assert [each.pence for each in said] == [25_881_25, 15_528_75, 10_352_50]
    again = indexed(20_000_00, agreed, first_year=2027, last_year=2029, figures=figures[::-1])
    assert schedule(term, amounts(again), Profile(every=Every.HALF_YEAR)) == paid


def test_instalments_begin_where_their_term_begins() -> None:
    first = schedule(Period(date(2027, 6, 2), date(2027, 6, 30)), {2027: 91 * 4})[0]

    assert first == Instalment(
        Period(date(2027, 6, 2), date(2027, 6, 30)), 2027, 29, date(2027, 6, 30)
    )
    assert closed(first.period)[0] == date(2027, 6, 2)
