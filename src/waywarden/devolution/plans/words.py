"""How a plan's figures are put into sentences. Pure: no request, no database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from waywarden.fabric.common.wording import money_span, short_pounds
from waywarden.planning.reports import CouncilReport, Range, Report

ILLUSTRATION = "If every council took part: an illustration"
PROPOSAL = "A proposal: each council decides for itself"
SHARE_RULE = "in proportion to what each would pay alone"

HOLDS_AT = {
    ("low", "expected", "high"): "Every price",
    ("expected", "high"): "Expected and high",
    ("low", "expected"): "Low and expected",
    ("low", "high"): "Low and high",
    ("expected",): "Expected only",
    ("high",): "High only",
    ("low",): "Low only",
    (): "No price",
}

KINDS = {
    "town": "Town council",
    "parish": "Parish council",
    "parish-meeting": "Parish meeting",
}


WAYS = {
    "cic": "Community interest company",
    "contractor": "Contractor",
    "county_top_up": "More of the county’s own service",
    "own_staff": "Own staff",
    "social_enterprise": "Social enterprise",
    "volunteers": "Volunteers",
}


BY_WAYS = {
    "contractor": "through a contractor",
    "county_top_up": "with more of the county’s own service",
    "own_staff": "with its own staff",
    "volunteers": "with volunteers",
}


@dataclass(frozen=True)
class Spread:
    """The least and the most of a sum in pence over the price cases."""

    low: int
    high: int


def spread(of: Range) -> Spread:
    """Return the ends of a range, whichever price case gives them."""
    three = (of.low, of.expected, of.high)
    return Spread(min(three), max(three))


def heading(report: Report) -> str:
    """Say what kind of plan it is: nobody has agreed to anything."""
    return ILLUSTRATION if report.is_everyone else PROPOSAL


def holds_at(prices: Collection[str]) -> str:
    """Say at which prices a cluster costs no more than its members alone.

    >>> holds_at(("high", "expected"))
    'Expected and high'
    """
    return HOLDS_AT[tuple(price for price in ("low", "expected", "high") if price in prices)]


def percent(part: int, whole: int) -> int:
    """Return a part in whole percent of a whole, rounded half up; 0 of nothing.

    >>> percent(371, 1750), percent(5, 0)
    (21, 0)
    """
    return (200 * part + whole) // (2 * whole) if whole > 0 else 0


def tenths(permille: int) -> str:
    """Write tenths of a percent.

    >>> tenths(13), tenths(20)
    ('1.3%', '2%')
    """
    whole, part = divmod(permille, 10)
    return f"{whole}.{part}%" if part else f"{whole}%"


def proof(report: Report) -> str:
    """Say what the plan saves and how far from the best it can be, in two sentences."""
    saved = report.saving.expected
    beside = f"{short_pounds(abs(saved))} a year {'less' if saved >= 0 else 'more'} than"
    says = (
        f"The plan costs {beside} every council going alone."
        if saved
        else ("The plan costs as much as every council going alone.")
    )
    if report.gap_permille == 0:
        return f"{says} No plan of this kind at these prices can be cheaper."
    limit = tenths(report.gap_permille)
    return f"{says} No plan at these prices can be more than {limit} cheaper."


def rest(report: Report) -> str:
    """Say what the councils would have to find beside what the county would hand over."""
    short = spread(report.planned - report.now)
    if short == Spread(0, 0):
        return "and nothing would change, for nobody has said they would take part"
    if short.low > 0:
        found = money_span(short.low, short.high, is_short=True)
        return f"the councils would find the rest, {found} a year (estimate)"
    if short.high <= 0:
        over = money_span(-short.high, -short.low, is_short=True)
        return f"that would pay for the plan, with {over} a year to spare (estimate)"
    most, spare = short_pounds(short.high), short_pounds(-short.low)
    return (
        f"depending on prices the councils would find up to {most} a year more, "
        f"or have up to {spare} to spare (estimate)"
    )


def listed(names: Sequence[str], most: int = 0) -> str:
    """Write names as a sentence has them; where ``most`` is given, no more than so many.

    >>> listed(["Thame", "Witney", "Wantage"]), listed(["Thame", "Witney", "Wantage"], most=1)
    ('Thame, Witney and Wantage', 'Thame and 2 more')
    """
    if most and len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def way(model: str) -> str:
    """Write a way of delivering as people say it.

    >>> way("own_staff"), way("two mowers")
    ('Own staff', 'Two mowers')
    """
    said = WAYS.get(model, model.replace("_", " "))
    return said[:1].upper() + said[1:]


def by_way(model: str) -> str:
    """Say in which way something is delivered, to follow a verb.

    >>> by_way("own_staff"), by_way("cic")
    ('with its own staff', 'through a community interest company')
    """
    said = WAYS.get(model, model.replace("_", " "))
    return BY_WAYS.get(model, f"through a {said[:1].lower()}{said[1:]}")


def kind_of(council: CouncilReport) -> str:
    """Say what holds a place, and as what it is planned where nobody has said."""
    if council.kind in KINDS:
        return KINDS[council.kind]
    return (
        f"Kind not known, planned as a {'meeting' if council.is_planned_as_meeting else 'council'}"
    )


def as_sentence(text: str) -> str:
    """Write a remark as a sentence of its own.

    >>> as_sentence("the sum of four bounds"), as_sentence("It is so.")
    ('The sum of four bounds.', 'It is so.')
    """
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}" if text else ""
