"""Certificates of insurance: what is covered when, and reminders 60, 30 and 7 days before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.insurance import (
    PUBLIC_LIABILITY_PENCE,
    Certificate,
    Cover,
    Required,
    due,
    obstacles,
    reminders,
    uncovered,
)
from waywarden.rules.months import closed
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused

HELD = Certificate(
    holder="Coldbrook",
    cover=Cover.PUBLIC,
    limit_pence=PUBLIC_LIABILITY_PENCE,
    starts_on=date(2027, 4, 1),
    ends_on=date(2028, 3, 31),
)
NEXT = replace(HELD, starts_on=date(2028, 4, 1), ends_on=date(2029, 3, 31))
NEED = Required(Cover.PUBLIC, PUBLIC_LIABILITY_PENCE)
days = st.dates(date(2027, 1, 1), date(2027, 3, 1))
spans = st.tuples(days, st.integers(0, 40)).map(
    lambda drawn: replace(HELD, starts_on=drawn[0], ends_on=drawn[0] + timedelta(days=drawn[1]))
)


class TestCover:
    @given(held=st.lists(spans, max_size=5), first=days, length=st.integers(0, 60))
    def test_every_day_is_either_covered_or_named_as_a_gap(
        self, held: list[Certificate], first: date, length: int
    ) -> None:
        period = Period(first, first + timedelta(days=length))

        gaps = uncovered(NEED, held, period)

        for ahead in range(length + 1):
            day = first + timedelta(days=ahead)
            covered = any(one.covers(day) for one in held)
            assert [day in gap for gap in gaps].count(True) == (not covered)
        assert all(start >= first and end in period for start, end in map(closed, gaps))

    def test_a_certificate_without_end_covers_to_the_end_of_the_calendar(self) -> None:
        for_ever = replace(HELD, ends_on=date.max)

        assert uncovered(NEED, [for_ever], Period(date(2027, 4, 1), date(2030, 1, 1))) == []

    def test_days_between_two_certificates_are_a_gap_and_one_within_another_adds_nothing(
        self,
    ) -> None:
        within = replace(HELD, starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31))
        later = replace(HELD, starts_on=date(2028, 4, 11), ends_on=date(2028, 4, 20))

        gaps = uncovered(NEED, [later, within, HELD], Period(date(2027, 4, 1), date(2028, 4, 30)))

        assert gaps == [
            Period(date(2028, 4, 1), date(2028, 4, 10)),
            Period(date(2028, 4, 21), date(2028, 4, 30)),
        ]

    def test_too_low_a_limit_and_another_cover_are_no_cover(self) -> None:
        low = replace(HELD, limit_pence=PUBLIC_LIABILITY_PENCE - 1)
        other = replace(HELD, cover=Cover.EMPLOYERS)
        period = Period(HELD.starts_on, HELD.ends_on)

        assert uncovered(NEED, [low, other], period) == [period]


class TestReadiness:
    def test_cl6_who_is_insured_is_ready(self) -> None:
        assert obstacles("Coldbrook", [NEED], [HELD], on=HELD.ends_on) == []

    @pytest.mark.parametrize(
        ("held", "on", "says"),
        [
            ([], date(2027, 4, 1), "No certificate of public liability of Coldbrook is here."),
            (
                [HELD],
                date(2028, 4, 1),
                "The public liability of Coldbrook ended on 31 March 2028. Add the certificate",
            ),
            ([HELD], date(2027, 3, 31), "only begins on 1 April 2027. Add one in force before."),
            (
                [replace(HELD, limit_pence=5_000_000_00)],
                date(2027, 4, 1),
                "pays up to £5,000,000, and £10,000,000 is needed.",
            ),
        ],
    )
    def test_cl6_without_cover_nobody_is_ready_and_it_is_said_why(
        self, held: list[Certificate], on: date, says: str
    ) -> None:
        (found,) = obstacles("Coldbrook", [NEED], held, on=on)

        assert says in found

    @pytest.mark.parametrize(
        ("change", "says"),
        [({"ends_on": date(2027, 3, 31)}, "before it starts"), ({"limit_pence": 0}, "how much")],
    )
    def test_a_certificate_that_can_be_none_is_refused(self, change: dict, says: str) -> None:
        with pytest.raises(Refused, match=says):
            replace(HELD, **change)


class TestReminders:
    def test_cl6_its_holder_is_reminded_60_30_and_7_days_before(self) -> None:
        found = reminders(HELD)

        assert [(one.days_before, one.on) for one in found] == [
            (60, date(2028, 1, 31)),
            (30, date(2028, 3, 1)),
            (7, date(2028, 3, 24)),
        ]
        assert found[2].sentence == (
            "The public liability of Coldbrook ends on 31 March 2028, in 7 days. Add the "
            "certificate that follows it."
        )

    def test_a_certificate_of_a_month_has_the_reminders_that_fall_within_it(self) -> None:
        short = replace(HELD, starts_on=date(2028, 3, 2))
        just = replace(HELD, starts_on=date(2028, 3, 1))

        assert [one.days_before for one in reminders(short)] == [7]
        assert [one.days_before for one in reminders(just)] == [30, 7]

    @pytest.mark.parametrize(
        ("other", "is_quiet"),
        [
            (NEXT, True),
            (replace(NEXT, starts_on=date(2028, 1, 1)), True),
            (replace(NEXT, starts_on=date(2028, 4, 2)), False),
            (replace(NEXT, limit_pence=1), False),
            (replace(NEXT, holder="Little Haye"), False),
            (replace(NEXT, cover=Cover.EMPLOYERS), False),
            (HELD, False),
        ],
    )
    def test_who_has_added_what_follows_without_a_gap_is_left_in_peace(
        self, other: Certificate, is_quiet: bool
    ) -> None:
        assert (reminders(HELD, [HELD, other]) == []) is is_quiet

    @pytest.mark.parametrize(
        ("today", "sent", "days_before"),
        [
            (date(2028, 1, 30), [], None),
            (date(2028, 1, 31), [], 60),
            (date(2028, 2, 1), [60], None),
            (date(2028, 3, 26), [60], 5),
            (date(2028, 3, 31), [60, 30, 7], None),
            (date(2028, 3, 31), [], 0),
            (date(2028, 4, 1), [], None),
        ],
    )
    def test_only_the_nearest_reminder_is_sent_and_once(
        self, today: date, sent: list[int], days_before: int | None
    ) -> None:
        found = due(HELD, today=today, sent=sent)

        assert (found and found.days_before) == days_before

    @pytest.mark.parametrize(
        ("today", "says"), [(date(2028, 3, 30), ", tomorrow."), (date(2028, 3, 31), ", today.")]
    )
    def test_a_reminder_that_comes_late_says_how_near_the_end_is(
        self, today: date, says: str
    ) -> None:
        found = due(HELD, today=today, sent=[60, 30])

        assert found is not None
        assert says in found.sentence
