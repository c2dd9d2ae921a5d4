"""Between which days somebody can be given an office."""

from __future__ import annotations

from datetime import date

import pytest

from waywarden.county.people.policies import LONGEST, obstacles_to_holding

TODAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "says"),
    [
        (TODAY, date(2026, 3, 31), "would have ended on 31 March 2026 already"),
        (date(2026, 5, 2), date(2026, 5, 1), "would end on 1 May 2026, before it starts on 2 May"),
    ],
)
def test_an_office_ends_after_it_starts_and_not_in_the_past(
    starts_on: date, ends_on: date, says: str
) -> None:
    (said,) = obstacles_to_holding(starts_on=starts_on, ends_on=ends_on, today=TODAY)

    assert says in said


def test_an_office_of_the_longest_term_can_be_given() -> None:
    assert obstacles_to_holding(starts_on=TODAY, ends_on=TODAY + LONGEST, today=TODAY) == []
