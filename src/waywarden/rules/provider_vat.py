"""Which VAT a provider may claim with its costs, by what kind of provider it is.

What the county gives councils towards their costs (section 136 of the Local Government Act 1972)
is no payment for a supply, and carries no VAT. A contract is: whoever is registered adds VAT.
"""

from dataclasses import dataclass
from enum import StrEnum

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.saying import Refused, pounds
from waywarden.rules.vat import VAT_PERCENT

BASES = (
    Basis(
        rule="A local authority is refunded the VAT on what is not for a business of its own: it "
        "claims its costs without VAT.",
        source="Value Added Tax Act 1994, section 33(1) to (3)",
        sure=Sure.READ,
    ),
    Basis(
        rule="A few charities, such as hospices and air ambulances, are refunded it as well.",
        source="Value Added Tax Act 1994, sections 33C and 33D",
        sure=Sure.READ,
    ),
    Basis(
        rule="Whoever is registered adds VAT to what it supplies for payment in the course of a "
        "business, and sets off what it paid.",
        source="Value Added Tax Act 1994, sections 4, 24 to 26 and 94",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="Whoever is not registered adds none and gets none back: VAT paid is a cost to it.",
        source="Value Added Tax Act 1994, sections 3 and 4",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="What is given towards costs, and not for a supply, carries no VAT.",
        source="Value Added Tax Act 1994, section 5(2)",
        sure=Sure.RECALLED,
    ),
)


class Provider(StrEnum):
    """What a provider is to VAT."""

    COUNCIL = "council"
    REFUNDED_CHARITY = "charity that is refunded VAT"
    REGISTERED = "registered for VAT"
    NOT_REGISTERED = "not registered for VAT"
    NOT_KNOWN = "not known"


class Paid(StrEnum):
    """What a payment is: something given towards costs, or the price of a supply."""

    CONTRIBUTION = "contribution"
    SUPPLY = "supply"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is paid on a claim, in pence: without VAT, VAT, and whether the payer is refunded it."""

    net_pence: int
    vat_pence: int
    #: Whether the VAT is charged to the payer on a tax invoice, who may then be refunded it.
    is_charged: bool
    says: str
    #: What speaks against it by a rule that is recalled: it is held until somebody decides.
    warns: str = ""

    @property
    def total_pence(self) -> int:
        """What is paid out."""
        return self.net_pence + self.vat_pence

    @property
    def cost_pence(self) -> int:
        """What it costs the payer, if a council, once VAT charged to it is refunded."""
        return self.net_pence if self.is_charged else self.total_pence


def claimed(net_pence: int, vat_pence: int, provider: Provider, paid: Paid) -> Claimed:
    """Return what may be claimed of costs; refuse VAT that section 33 gives back another way.

    What a rule that is recalled speaks against is not refused: ``warns`` says why it waits.

    A group that is not registered claims the VAT on its bills; a parish council does not:

    >>> claimed(100_00, 20_00, Provider.NOT_REGISTERED, Paid.CONTRIBUTION).total_pence
    12000
    >>> claimed(100_00, 0, Provider.COUNCIL, Paid.CONTRIBUTION).total_pence
    10000
    """
    if net_pence < 0 or vat_pence < 0:
        raise Refused("Enter amounts without a sign. What was claimed too much is a credit.")
    if provider is Provider.NOT_KNOWN:
        raise Refused(
            "It is not known whether this provider gets VAT back. Ask whoever keeps its accounts, "
            "and note the answer before its claim is paid."
        )
    if provider is Provider.NOT_REGISTERED:
        return _of_unregistered(net_pence, vat_pence, paid)
    if paid is Paid.SUPPLY and provider is Provider.REGISTERED:
        return _of_supply(net_pence, vat_pence)
    if not vat_pence:
        return Claimed(net_pence, 0, False, "Claimed without VAT.")
    against = _NET_ALONE[provider].format(vat=pounds(vat_pence), net=pounds(net_pence))
    if provider is Provider.REGISTERED:
        return Claimed(net_pence, vat_pence, False, "Claimed with VAT.", against)
    raise Refused(against)


_NET_ALONE = {
    Provider.COUNCIL: "A council is refunded the VAT on what it does as a council (Value Added Tax "
    "Act 1994, section 33): claim {net} without the VAT of {vat}.",
    Provider.REFUNDED_CHARITY: "This charity is refunded its VAT (Value Added Tax Act 1994, "
    "sections 33C and 33D): claim {net} without the VAT of {vat}.",
    Provider.REGISTERED: "Whoever is registered sets off the VAT it pays, and a contribution "
    "carries none (recalled: to be confirmed): claim {net} without the VAT of {vat}.",
}


def _of_unregistered(net_pence: int, vat_pence: int, paid: Paid) -> Claimed:
    if not vat_pence:
        return Claimed(net_pence, 0, False, "Claimed without VAT.")
    says = "The VAT on its bills is a cost to it, which nobody refunds."
    if paid is Paid.CONTRIBUTION:
        return Claimed(net_pence, vat_pence, False, says)
    return Claimed(
        net_pence,
        vat_pence,
        False,
        says,
        "Who is not registered adds no VAT to a price (recalled: to be confirmed). Claim the price "
        f"alone, {pounds(net_pence)}, or with the VAT of bought things inside it.",
    )


def _of_supply(net_pence: int, vat_pence: int) -> Claimed:
    most = (2 * net_pence * VAT_PERCENT + 100) // 200
    if vat_pence > most + 1:
        raise Refused(
            f"VAT of {pounds(vat_pence)} on {pounds(net_pence)} is more than {VAT_PERCENT} in a "
            "hundred. Look at the invoice."
        )
    return Claimed(
        net_pence,
        vat_pence,
        True,
        "Pay it on a VAT invoice with the number of whoever "
        "is registered; a council is refunded it.",
    )
