"""First estimates of how much of a service a place has, while nobody has measured it.

One written rule, whose every number stands with its reason in `assumptions`:

    (per person x population + per hectare x area + fixed) x scale

An estimate is a range, never one figure, and says "estimate" whenever it is
shown. Where the population or the area a rule needs is not known there is no
estimate: unknown is not nought. Quantities are whole thousandths of their unit
(`milli`), areas whole thousandths of a hectare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from waywarden.rules.assumptions import Prices, Rule, refuse_nonsense
from waywarden.rules.pence import line, split_pence
from waywarden.rules.units import after_number


@dataclass(frozen=True)
class Place:
    """What a rule needs to know of a place; None is not known."""

    population: int | None
    extent_milli: int | None
    population_is_modelled: bool = True

    def __post_init__(self) -> None:
        for amount, what in ((self.population, "A population"), (self.extent_milli, "An area")):
            if amount is not None:
                refuse_nonsense(amount, what)


@dataclass(frozen=True)
class Estimate:
    """A range in which we think an amount lies: shown rounded, and always as an estimate.

    >>> print(Estimate(8_412_000, 12_345_000, 17_023_000, "m2"))
    estimate: 8,400 to 18,000 m²
    """

    low_milli: int
    expected_milli: int
    high_milli: int
    unit: str
    step_milli: int = 1_000
    confidence: str = "C"

    def __post_init__(self) -> None:
        for milli in (self.low_milli, self.expected_milli, self.high_milli):
            refuse_nonsense(milli, "An estimate")
        if not self.low_milli <= self.expected_milli <= self.high_milli:
            raise ValueError("An estimate must lie within its own range.")

    @property
    def rounded_milli(self) -> tuple[int, int]:
        """The range as published: outward, to two figures and no finer than the unit's step."""
        return (
            rounded_down(self.low_milli, self.step_milli),
            rounded_up(self.high_milli, self.step_milli),
        )

    @property
    def published(self) -> "Estimate":
        """The same estimate with its range as published."""
        low, high = self.rounded_milli
        return replace(self, low_milli=low, high_milli=high)

    def __str__(self) -> str:
        low, high = (amount_in_words(milli) for milli in self.rounded_milli)
        return f"estimate: {low} to {high} {after_number(self.unit, 0)}"


@dataclass(frozen=True)
class Total:
    """The sum of several estimates, and how many places are missing from it."""

    estimate: Estimate | None
    counted: int
    unknown: int

    def __str__(self) -> str:
        missing = f"not known for {self.unknown}" if self.unknown else ""
        said = str(self.estimate) if self.estimate else ""
        return "; ".join(part for part in (said, missing) if part) or "not known"


@dataclass(frozen=True)
class CostBeside:
    """What the rule would cost a whole county, beside what was published; the two may differ."""

    low_pence: int
    expected_pence: int
    high_pence: int
    published_pence: int
    counted: int
    unknown: int

    @property
    def ratio(self) -> Fraction:
        """The expected cost as a part of the published one."""
        return Fraction(self.expected_pence, self.published_pence)

    @property
    def ratio_in_words(self) -> str:
        """The ratio to two decimals, for a page.

        >>> CostBeside(1, 1_00, 2_00, 3_00, counted=1, unknown=0).ratio_in_words
        '0.33'
        """
        hundredths = half_up(self.ratio.numerator * 100, self.ratio.denominator)
        return f"{hundredths // 100}.{hundredths % 100:02d}"


def half_up(numerator: int, denominator: int) -> int:
    """Divide amounts that are not negative, rounding once, half up.

    >>> half_up(5, 2), half_up(7, 3)
    (3, 2)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def grain(milli: int, step_milli: int) -> int:
    """What an amount is rounded to: its second figure, or the unit's step if that is coarser."""
    return max(step_milli, 10 ** (len(str(milli)) - 2) if milli >= 100 else 1)


def rounded_down(milli: int, step_milli: int) -> int:
    """Round to two figures, never upwards.

    >>> rounded_down(34_567_000, 1_000)
    34000000
    """
    size = grain(milli, step_milli)
    return milli // size * size


def rounded_up(milli: int, step_milli: int) -> int:
    """Round to two figures, never downwards.

    >>> rounded_up(34_567_000, 1_000)
    35000000
    """
    size = grain(milli, step_milli)
    return -(-milli // size) * size


def amount_in_words(milli: int) -> str:
    """Write thousandths as an ordinary number.

    >>> amount_in_words(34_000_000), amount_in_words(1_200)
    ('34,000', '1.2')
    """
    whole, thousandths = divmod(milli, 1_000)
    decimals = f".{thousandths:03d}".rstrip("0") if thousandths else ""
    return f"{whole:,}{decimals}"


def unscaled_micro(rule: Rule, place: Place) -> int | None:
    """Apply a rule before scaling, in millionths of the unit; None if it needs what is unknown."""
    micro = rule.fixed.milli * 1_000 if rule.fixed else 0
    if rule.per_person:
        if place.population is None:
            return None
        micro += rule.per_person.milli * place.population * 1_000
    if rule.per_hectare:
        if place.extent_milli is None:
            return None
        micro += rule.per_hectare.milli * place.extent_milli
    return micro


def scale_of(rule: Rule, places: Mapping[str, Place]) -> Fraction | None:
    """What the rule must be multiplied by to meet its anchor; 1 when it has none.

    None when a place of the anchor is missing or its amount is not known, for
    then nothing says how large the scale is.
    """
    if rule.anchor is None:
        return Fraction(1)
    amounts = [
        unscaled_micro(rule, places[key]) if key in places else None for key in rule.anchor.places
    ]
    known = [micro for micro in amounts if micro is not None]
    if len(known) < len(amounts) or sum(known) == 0:
        return None
    return Fraction(rule.anchor.milli * 1_000, sum(known))


def estimates_of(
    rule: Rule, places: Mapping[str, Place], *, scale: Fraction | None = None
) -> dict[str, Estimate | None]:
    """Estimate a service in every place; None where it cannot be estimated.

    Without `scale` the places of the rule's anchor must be among `places`. A
    county that has no such places may be given the scale found elsewhere.
    """
    scale = scale if scale is not None else scale_of(rule, places)
    if scale is None:
        return dict.fromkeys(places)
    raw = {key: unscaled_micro(rule, place) for key, place in places.items()}
    expected = {
        key: None if micro is None else half_up(micro * scale.numerator, scale.denominator * 1_000)
        for key, micro in raw.items()
    }
    # One of the anchor's places cannot have more than all of them together.
    published = anchored(rule, raw)
    at_most = rule.anchor.milli if rule.anchor and published else None
    return {
        key: around(rule, place, published[key], at_most_milli=at_most)
        if key in published
        else around(rule, place, expected[key])
        for key, place in places.items()
    }


def anchored(rule: Rule, raw: Mapping[str, int | None]) -> dict[str, int]:
    """The amounts of the anchor's own places, which sum to the published total exactly."""
    if rule.anchor is None:
        return {}
    weights = {key: raw.get(key) for key in rule.anchor.places}
    known = {key: micro for key, micro in weights.items() if micro is not None}
    is_whole = len(known) == len(weights) and sum(known.values()) > 0
    # Thousandths of a unit are split to the last one exactly as pence are.
    return split_pence(rule.anchor.milli, known) if is_whole else {}


def around(
    rule: Rule, place: Place, expected_milli: int | None, *, at_most_milli: int | None = None
) -> Estimate | None:
    """The range about an expected amount: wider where it rests on a modelled population."""
    if expected_milli is None:
        return None
    is_modelled = rule.per_person is not None and place.population_is_modelled
    spread = rule.range_modelled if is_modelled else rule.range
    high_milli = -(-expected_milli * spread.high_percent // 100)
    return Estimate(
        low_milli=expected_milli * spread.low_percent // 100,
        expected_milli=expected_milli,
        high_milli=high_milli if at_most_milli is None else min(high_milli, at_most_milli),
        unit=rule.unit,
        step_milli=rule.step_milli,
    )


def combine(estimates: Iterable[Estimate | None]) -> Total:
    """Sum estimates of one service over places, counting those that are not known.

    The lows are summed, and the highs: as if all places erred the same way,
    which for one rule applied everywhere they may well do.
    """
    everyone = list(estimates)
    known = [estimate for estimate in everyone if estimate is not None]
    unknown = len(everyone) - len(known)
    if not known:
        return Total(None, counted=0, unknown=unknown)
    if len({(estimate.unit, estimate.step_milli) for estimate in known}) > 1:
        raise ValueError("Estimates in different units cannot be summed.")
    whole = Estimate(
        low_milli=sum(estimate.low_milli for estimate in known),
        expected_milli=sum(estimate.expected_milli for estimate in known),
        high_milli=sum(estimate.high_milli for estimate in known),
        unit=known[0].unit,
        step_milli=known[0].step_milli,
    )
    return Total(whole, counted=len(known), unknown=unknown)


def cost_of(milli: int, prices: Prices) -> int:
    """The pence a year in one place: the work, rounded once, half up, and the call-outs.

    >>> cost_of(4_500_000, Prices(visits=2, rate_millipence=2_500, call_out_pence=60_00))
    34500
    """
    work = line(prices.rate_millipence, milli * prices.visits)
    return work + prices.call_out_pence * prices.visits


def county_cost_of(
    estimates: Iterable[Estimate | None], prices: Prices, *, published_pence: int
) -> CostBeside:
    """Put the cost of the estimates in every place beside the published one, forcing neither."""
    if published_pence <= 0:
        raise ValueError("A published cost must be more than nothing.")
    everyone = list(estimates)
    known = [estimate for estimate in everyone if estimate is not None]
    return CostBeside(
        low_pence=sum(cost_of(estimate.low_milli, prices) for estimate in known),
        expected_pence=sum(cost_of(estimate.expected_milli, prices) for estimate in known),
        high_pence=sum(cost_of(estimate.high_milli, prices) for estimate in known),
        published_pence=published_pence,
        counted=len(known),
        unknown=len(everyone) - len(known),
    )
