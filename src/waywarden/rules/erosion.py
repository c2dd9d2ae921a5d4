"""What money that never rises is worth later, at a rate of price rises that is named as assumed."""

from dataclasses import dataclass
from fractions import Fraction

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.indexation import MOST, WHOLE
from waywarden.rules.months import LONGEST_YEARS
from waywarden.rules.saying import Refused, percent, pounds

#: The rate assumed where nobody names another: three per cent a year.
ASSUMED = 3_000
BASES = (
    Basis(
        rule="Money fixed over three years at 3 % a year has lost 8.5 % from start to end.",
        source="1 − 1 ÷ 1.03³, worked out; the rate is an assumption and no forecast",
        sure=Sure.OURS,
    ),
)


@dataclass(frozen=True, slots=True)
class Erosion:
    """What fixed money is worth after some years, at an assumed rate a year."""

    pence: int
    years: int
    rate: int

    def __post_init__(self) -> None:
        if self.pence < 0 or not 0 <= self.years <= LONGEST_YEARS:
            raise Refused(f"Enter an amount without a sign and 0 to {LONGEST_YEARS} years.")
        if not 0 <= self.rate <= MOST:
            raise Refused(f"Assume between 0 % and {percent(MOST)} a year.")

    @property
    def worth_pence(self) -> int:
        """What it buys at the end, in the money of the beginning, rounded half up.

        >>> Erosion(28_282_00, 3, ASSUMED).worth_pence
        2588204
        """
        worth = self.pence * self._left
        return (2 * worth.numerator + worth.denominator) // (2 * worth.denominator)

    @property
    def lost_pence(self) -> int:
        """What it no longer buys at the end, in the money of the beginning."""
        return self.pence - self.worth_pence

    @property
    def lost_per_thousand(self) -> int:
        """How many thousandths are lost from start to end, rounded half up.

        >>> Erosion(100_00, 3, ASSUMED).lost_per_thousand
        85
        """
        lost = (1 - self._left) * 1000
        return (2 * lost.numerator + lost.denominator) // (2 * lost.denominator)

    @property
    def sentence(self) -> str:
        """Say what is lost, and that the rate is assumed."""
        after = "1 year" if self.years == 1 else f"{self.years} years"
        return (
            f"Nothing is indexed: after {after} {pounds(self.pence)} a year buys what "
            f"{pounds(self.worth_pence)} buys at the start, {percent(self.lost_per_thousand * 100)}"
            f" less, if prices rise by {percent(self.rate)} a year, which is assumed and no "
            "forecast."
        )

    @property
    def _left(self) -> Fraction:
        return Fraction(WHOLE, WHOLE + self.rate) ** self.years
