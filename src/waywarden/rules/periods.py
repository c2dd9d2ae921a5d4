"""Periods as agreements count them: "1 April to 31 March", both days included."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The days from one date to another, both included; None is an open end.

    >>> year = Period(date(2027, 4, 1), date(2028, 3, 31))
    >>> year.days
    366
    >>> date(2028, 3, 31) in year, date(2028, 4, 1) in year
    (True, False)
    """

    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(f"A period cannot end on {self.ends_on}, before {self.starts_on}.")

    def __contains__(self, day: date) -> bool:
        return self.contains(day)

    def contains(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two periods share at least one day.

        >>> spring = Period(date(2027, 3, 1), date(2027, 5, 31))
        >>> spring.overlaps(Period(date(2027, 5, 31), None))
        True
        >>> spring.overlaps(Period(date(2027, 6, 1), None))
        False
        """
        return self._begins_by(other.ends_on) and other._begins_by(self.ends_on)

    def _begins_by(self, day: date | None) -> bool:
        return day is None or self.starts_on is None or self.starts_on <= day

    @property
    def days(self) -> int | None:
        """Count the days of the period, or give None where an end is open."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return (self.ends_on - self.starts_on).days + 1
