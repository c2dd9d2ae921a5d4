"""Cost, county payment, gap and Band D effect: four numbers that are shown apart, never merged.

What the county pays is not what a service costs, and the gap between the two falls on
the precept. The effect on a home in Band D is the gap divided by the council's tax base,
which is counted in homes as if all were in that band (recalled).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FourNumbers:
    """What one council would pay in a year, in pence; None is not known, never nought.

    ``low``, ``cost`` and ``high`` are at low, expected and high prices. ``county_pays`` is
    what the county gives towards it. ``tax_base_milli`` counts thousandths of a Band D home.
    """

    cost: int | None
    county_pays: int | None
    low: int | None = None
    high: int | None = None
    tax_base_milli: int | None = None

    def __post_init__(self) -> None:
        """Refuse a tax base of nothing: a gap cannot be divided among no homes."""
        if self.tax_base_milli is not None and self.tax_base_milli <= 0:
            raise ValueError("A tax base counts one home at least.")

    @property
    def gap(self) -> int | None:
        """What is left to find, in pence; below nought where the county pays more than it costs.

        >>> FourNumbers(cost=154_000, county_pays=41_184).gap
        112816
        """
        return self._gap(self.cost)

    @property
    def gap_range(self) -> tuple[int, int] | None:
        """The gap at low and at high prices, where both are known."""
        low, high = self._gap(self.low), self._gap(self.high)
        return None if low is None or high is None else (low, high)

    @property
    def band_d(self) -> int | None:
        """The gap for one Band D home in a year, in pence, rounded half up.

        >>> FourNumbers(cost=306_000, county_pays=88_600, tax_base_milli=262_000).band_d
        830
        """
        if self.gap is None or self.tax_base_milli is None:
            return None
        sign, homes = -1 if self.gap < 0 else 1, self.tax_base_milli
        return sign * ((2 * abs(self.gap) * 1000 + homes) // (2 * homes))

    def _gap(self, cost: int | None) -> int | None:
        return None if cost is None or self.county_pays is None else cost - self.county_pays
