"""VAT in a simple budget: how much is in each price, and how much of it stays as a cost.

A local authority is refunded the VAT on what it buys, if not for a business of its own (Value
Added Tax Act 1994, section 33(1) to (3)); so are a few kinds of charity, such as hospices and
air ambulances (sections 33C and 33D). Whoever is registered sets the VAT paid off against the VAT
charged, as far as what is bought serves taxable supplies (sections 24 to 26; recalled, not
read). Nobody else gets it back: to most groups and charities VAT is a cost like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from waywarden.rules.legislation import law

#: The standard rate (section 2(1)). Reduced rates are rare here and are not reckoned.
VAT_PERCENT = 20
#: Whom section 33(3)(a) names.
COUNCILS = (
    "A parish or town council is refunded the VAT on what it does as a council "
    f"({law('VATA1994-s33').name})."
)
MEETINGS = (
    "Section 33 names local authorities. Whether a parish meeting without a council is one of them "
    "(section 96(4)) is not settled here."
)
OTHERS = (
    "A group or charity that is not registered for VAT gets none back, but for a few kinds such as "
    "hospices and air ambulances (sections 33C and 33D): to it VAT is a cost like any other."
)
TO_BE_CONFIRMED = "Ask whoever keeps your accounts: it is to be confirmed for each body."


class Position(StrEnum):
    """What is known of a body's VAT before it is asked."""

    REFUNDED = "refunded"
    UNKNOWN = "unknown"


#: The kinds of body that are councils of a parish, so that section 33 names them without doubt.
_PARISH_COUNCILS = frozenset({"town", "parish"})


def position_of(body_kind: str) -> Position:
    """Return what is known of the VAT of a kind of body; nothing is assumed of any other.

    >>> position_of("parish").value, position_of("parish-meeting").value, position_of("").value
    ('refunded', 'unknown', 'unknown')
    """
    return Position.REFUNDED if body_kind in _PARISH_COUNCILS else Position.UNKNOWN


def words_for(body_kind: str, *, is_council_or_meeting: bool) -> str:
    """Say what the law says of whoever asks; where it is one of two, say both."""
    if position_of(body_kind) is Position.REFUNDED:
        return COUNCILS
    if not is_council_or_meeting:
        return OTHERS
    return MEETINGS if body_kind else f"{COUNCILS} {MEETINGS}"


class Priced(StrEnum):
    """What an amount says of VAT."""

    NONE = "none"
    WITHIN = "within"
    ON_TOP = "on-top"


@dataclass(frozen=True, slots=True)
class Price:
    """An amount without VAT, and the VAT on it, in pence."""

    net_pence: int
    vat_pence: int

    @property
    def gross_pence(self) -> int:
        return self.net_pence + self.vat_pence


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget; what comes in carries no VAT here."""

    amount_pence: int
    is_cost: bool
    is_once: bool
    vat: Priced


@dataclass(frozen=True, slots=True)
class Sums:
    """What a budget comes to: for a year, once, or both."""

    net_pence: int
    vat_pence: int
    #: The VAT that nobody gives back.
    kept_vat_pence: int
    income_pence: int

    @property
    def gross_pence(self) -> int:
        return self.net_pence + self.vat_pence

    @property
    def reclaimed_pence(self) -> int:
        return self.vat_pence - self.kept_vat_pence

    @property
    def cost_pence(self) -> int:
        """What it costs in the end: without VAT, and the VAT that stays."""
        return self.net_pence + self.kept_vat_pence

    @property
    def uncovered_pence(self) -> int:
        """What income does not cover; nothing where it covers all."""
        return max(self.cost_pence - self.income_pence, 0)

    @property
    def spare_pence(self) -> int:
        """What income leaves over."""
        return max(self.income_pence - self.cost_pence, 0)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.net_pence + other.net_pence,
            self.vat_pence + other.vat_pence,
            self.kept_vat_pence + other.kept_vat_pence,
            self.income_pence + other.income_pence,
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A budget added up: what comes every year, and what comes once."""

    yearly: Sums
    once: Sums

    @property
    def first_year(self) -> Sums:
        """What comes every year and what comes once, together."""
        return self.yearly + self.once


def priced(amount_pence: int, vat: Priced) -> Price:
    """Divide an amount into what is paid without VAT and the VAT, rounded half up to the penny.

    Of £12 with VAT in it £2 are VAT, a sixth; on £12 without it come £2.40:

    >>> priced(12_00, Priced.WITHIN), priced(12_00, Priced.ON_TOP)
    (Price(net_pence=1000, vat_pence=200), Price(net_pence=1200, vat_pence=240))
    >>> priced(12_00, Priced.NONE).gross_pence
    1200
    """
    if amount_pence < 0:
        raise ValueError("A line of a budget is not below nothing.")
    if vat is Priced.NONE:
        return Price(amount_pence, 0)
    if vat is Priced.ON_TOP:
        return Price(amount_pence, _rounded(amount_pence * VAT_PERCENT, 100))
    within = _rounded(amount_pence * VAT_PERCENT, 100 + VAT_PERCENT)
    return Price(amount_pence - within, within)


def counted(lines: Sequence[Line], *, percent_reclaimed: int) -> Counted:
    """Add a budget up. A part of a penny that could be reclaimed is not counted on.

    A mower at £1,200 with VAT in it, for a group that reclaims none:

    >>> mower = Line(1_200_00, is_cost=True, is_once=True, vat=Priced.WITHIN)
    >>> counted([mower], percent_reclaimed=0).once.cost_pence
    120000
    >>> counted([mower], percent_reclaimed=100).once.cost_pence
    100000
    """
    if not 0 <= percent_reclaimed <= 100:
        raise ValueError("Of VAT between none and all is reclaimed.")
    yearly, once = (
        _sums([line for line in lines if line.is_once is is_once], percent_reclaimed)
        for is_once in (False, True)
    )
    return Counted(yearly, once)


def _sums(lines: Sequence[Line], percent_reclaimed: int) -> Sums:
    prices = [priced(line.amount_pence, line.vat) for line in lines if line.is_cost]
    vat = sum(price.vat_pence for price in prices)
    return Sums(
        net_pence=sum(price.net_pence for price in prices),
        vat_pence=vat,
        kept_vat_pence=vat - vat * percent_reclaimed // 100,
        income_pence=sum(line.amount_pence for line in lines if not line.is_cost),
    )


def _rounded(parts: int, whole: int) -> int:
    return (2 * parts + whole) // (2 * whole)
