"""Quarterly claims: what each comes to, and for which reasons it is held until somebody acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.insurance import Certificate, Required, uncovered
from waywarden.rules.months import Every, closed, whole_period
from waywarden.rules.payments import why_beyond
from waywarden.rules.periods import Period
from waywarden.rules.provider_vat import Claimed, Paid, Provider, claimed
from waywarden.rules.saying import Refused, day, listed, pounds

BASES = (
    Basis(
        rule="A claim for more than is left of the award, for what was claimed before, or for days "
        "without insurance is held with its reason, and is neither paid nor lost.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
)


class Why(StrEnum):
    """Why a claim is held."""

    DUPLICATE = "claimed before"
    OVER = "over the award"
    UNINSURED = "not insured"
    NO_EVIDENCE = "no evidence"
    NOT_OVER_YET = "its quarter is not over"
    OUTSIDE = "outside the agreement"
    VAT = "VAT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a claim: whose bill, its number, what is claimed of it, and its evidence."""

    supplier: str
    bill: str
    net_pence: int
    vat_pence: int = 0
    #: The SHA-256 of each paper that shows it.
    evidence: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_same_bill(self) -> tuple[str, str]:
        """What tells one bill from another, however it is typed."""
        return ("".join(self.supplier.split()).casefold(), "".join(self.bill.split()).casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one payee claims for one service in one quarter."""

    key: str
    payee: str
    service: str
    period: Period
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        if not self.items:
            raise Refused("A claim has one line at least. Enter what is claimed.")
        start, end = closed(self.period)
        if end not in whole_period(start, Every.QUARTER):
            raise Refused(
                f"{day(start)} to {day(end)} does not lie within one quarter from 1 April. Make "
                "a claim for each quarter."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a claim is held against: the award, the agreement's days, VAT and insurance."""

    award_pence: int
    #: What was paid and promised of the award already, this claim left out.
    taken: tuple[int, ...] = ()
    agreed: Period
    provider: Provider
    paid: Paid = Paid.CONTRIBUTION
    required: tuple[Required, ...] = ()
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason for which a claim waits, and what to do about it."""

    why: Why
    says: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A claim looked at: what it comes to, and why it is held, if it is."""

    sums: Claimed | None
    holds: tuple[Hold, ...]

    @property
    def is_payable(self) -> bool:
        """Whether nothing holds it."""
        return not self.holds


def look_at(claim: Claim, terms: Terms, *, earlier: Sequence[Claim], today: date) -> Looked:
    """Say what a claim comes to, and name every reason to hold it, not the first alone.

    ``earlier`` are the claims that were not refused or taken back.
    """
    sums, vat_holds = _sums(claim, terms)
    holds = [
        *vat_holds,
        *_too_early(claim, today),
        *_outside(claim, terms),
        *_duplicates(claim, earlier),
        *_without_evidence(claim),
        *_uninsured(claim, terms),
        *_over(sums, claim, terms),
    ]
    return Looked(sums, tuple(holds))


def _sums(claim: Claim, terms: Terms) -> tuple[Claimed | None, list[Hold]]:
    sums, refusals = [], []
    for item in claim.items:
        try:
            sums.append(claimed(item.net_pence, item.vat_pence, terms.provider, terms.paid))
        except Refused as refused:
            refusals.append(str(refused))
    if refusals:
        return None, [Hold(Why.VAT, says) for says in dict.fromkeys(refusals)]
    warnings = dict.fromkeys(one.warns for one in sums if one.warns)
    return _together(sums), [Hold(Why.VAT, says) for says in warnings]


def _too_early(claim: Claim, today: date) -> list[Hold]:
    _, end = closed(claim.period)
    if end < today:
        return []
    return [
        Hold(Why.NOT_OVER_YET, f"It is for days up to {day(end)}: it is paid once these are over.")
    ]


def _outside(claim: Claim, terms: Terms) -> list[Hold]:
    start, end = closed(claim.period)
    if start in terms.agreed and end in terms.agreed:
        return []
    return [
        Hold(
            Why.OUTSIDE,
            f"The agreement does not cover all days from {day(start)} to {day(end)}. Claim for the "
            "days it covers.",
        )
    ]


def _duplicates(claim: Claim, earlier: Sequence[Claim]) -> list[Hold]:
    found = []
    for other in earlier:
        if other.key == claim.key:
            continue
        if same := _claimed_twice(claim, other):
            found.append(
                Hold(
                    Why.DUPLICATE,
                    f"{same} was claimed before, in claim {other.key}. Take it "
                    "out, or say why it is another.",
                )
            )
    return found


def _claimed_twice(claim: Claim, other: Claim) -> str:
    """Name what two claims have in common: the same quarter, a bill, or a paper."""
    mine = (claim.payee, claim.service)
    if mine == (other.payee, other.service) and claim.period.overlaps(other.period):
        return f"{claim.service} of {claim.payee} for these days"
    before = {item.is_same_bill for item in other.items if item.bill.strip()}
    bills = [
        f"bill {item.bill} of {item.supplier}"
        for item in claim.items
        if item.is_same_bill in before
    ]
    if bills:
        return _capital(listed(bills))
    papers = frozenset[str]().union(*(item.evidence for item in other.items))
    if any(item.evidence & papers for item in claim.items):
        return "A paper that is evidence here"
    return ""


def _without_evidence(claim: Claim) -> list[Hold]:
    bare = [f"“{item.supplier}, {item.bill}”" for item in claim.items if not item.evidence]
    if not bare:
        return []
    return [Hold(Why.NO_EVIDENCE, f"Nothing shows {listed(bare)}. Add a bill or a photograph.")]


def _uninsured(claim: Claim, terms: Terms) -> list[Hold]:
    held = [one for one in terms.certificates if one.holder == claim.payee]
    found = []
    for need in terms.required:
        for gap in uncovered(need, held, claim.period):
            start, end = closed(gap)
            found.append(
                Hold(
                    Why.UNINSURED,
                    f"{claim.payee} shows no {need.cover} of {pounds(need.limit_pence)} for "
                    f"{day(start)} to {day(end)}. Add the certificate for these days.",
                )
            )
    return found


def _over(sums: Claimed | None, claim: Claim, terms: Terms) -> list[Hold]:
    asked = sums.total_pence if sums else sum(item.net_pence for item in claim.items)
    says = why_beyond(terms.award_pence, terms.taken, asked)
    return [Hold(Why.OVER, f"{says} Claim less, or ask for a larger award.")] if says else []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def total_by_provider(sums: Mapping[Provider, Sequence[Claimed]]) -> dict[Provider, Claimed]:
    """Add claims up by the kind of provider: net, VAT and total of each.

    >>> one = Claimed(100, 20, True, "")
    >>> total_by_provider({Provider.REGISTERED: [one, one]})[Provider.REGISTERED].total_pence
    240
    """
    return {provider: _together(found) for provider, found in sums.items()}


def _together(sums: Sequence[Claimed]) -> Claimed:
    return Claimed(
        sum(one.net_pence for one in sums),
        sum(one.vat_pence for one in sums),
        all(one.is_charged for one in sums),
        " ".join(dict.fromkeys(one.says for one in sums)),
    )
