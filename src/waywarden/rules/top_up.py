"""Buying more of the county's own service: what the extra visits cost, and who pays which part.

Three levels stand apart: the least there is, what the county funds, and what a parish wants. What a
parish buys on top is its own gap, of which another body may pay a part, such as half.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.four_numbers import FourNumbers
from waywarden.rules.pence import split_pence
from waywarden.rules.saying import Refused

MOST_VISITS = 366
BASES = (
    Basis(
        rule="A parish may keep the county’s visits, or buy more of the county’s own service.",
        source="East Sussex County Council: of 106 councils 52 bought four more cuts",
        sure=Sure.READ,
    ),
    Basis(
        rule="The extra cost may be split half and half between a parish and another council.",
        source="Cherwell District Council, Executive, 7 September 2015",
        sure=Sure.READ,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """What a parish would buy on top: visits in a year, and the price of each in pence."""

    minimum: int
    funded: int
    wanted: int
    visit_pence: int

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.funded:
            raise Refused("The county funds at least the minimum. Look at both.")
        if not self.funded <= self.wanted <= MOST_VISITS:
            raise Refused(
                f"What is wanted is at least what the county funds, {self.funded} visits, and at "
                f"most {MOST_VISITS}. To do less, or to do it yourselves, answer the offer so."
            )
        if self.visit_pence < 0:
            raise Refused("Enter the price of a visit without a sign.")

    @property
    def extra_visits(self) -> int:
        """How many visits are bought."""
        return self.wanted - self.funded

    @property
    def extra_pence(self) -> int:
        """What they cost in a year.

        >>> TopUp(minimum=1, funded=2, wanted=4, visit_pence=12_000_00).extra_pence
        2400000
        """
        return self.extra_visits * self.visit_pence

    @property
    def numbers(self) -> FourNumbers:
        """Cost and county payment of all visits, which leave the extra ones as the gap."""
        return FourNumbers(
            cost=self.wanted * self.visit_pence, county_pays=self.funded * self.visit_pence
        )

    def split(self, shares: Mapping[str, int]) -> dict[str, int]:
        """Divide what the extra visits cost among those who pay for them, to the penny.

        >>> bought = TopUp(minimum=1, funded=2, wanted=4, visit_pence=12_000_00)
        >>> bought.split({"Bicester": 50, "Cherwell": 50})
        {'Bicester': 1200000, 'Cherwell': 1200000}
        """
        if not shares or min(shares.values()) < 0 or not sum(shares.values()):
            raise Refused("Say who pays for the extra visits, and which part of them.")
        return split_pence(self.extra_pence, shares)
