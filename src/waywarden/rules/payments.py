"""Paying out of an award: never more than it, never twice, and never by one person alone."""

from collections.abc import Collection, Mapping

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.saying import Refused, pounds

BASES = (
    Basis(
        rule="Whoever prepared a payment does not approve it, in whatever office or account.",
        source="Local Government Act 1972, section 151: proper administration of financial affairs",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="What is paid and promised never comes to more than the award.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
)


def person_of(account: str, merged: Mapping[str, str]) -> str:
    """Return the person an account stands for, through every account it was merged into.

    >>> person_of("ada-at-home", {"ada-at-home": "ada"})
    'ada'
    """
    seen = {account}
    while (into := merged.get(account)) is not None:
        if into in seen:
            raise Refused("Accounts are merged in a ring. Ask the operator to look at them.")
        seen.add(into)
        account = into
    return account


def why_not_approve(
    approver: str, *, hands: Collection[str], merged: Mapping[str, str] | None = None
) -> str:
    """Say why somebody may not approve what others prepared; blank where they may.

    ``hands`` are the accounts that prepared, sent or changed it. What counts is the
    person, not the office or the account.

    >>> why_not_approve("ada", hands=["bron"])
    ''
    """
    if not hands:
        return "Nobody is named who prepared this. Let somebody prepare it first."
    merged = merged or {}
    if person_of(approver, merged) in {person_of(account, merged) for account in hands}:
        return (
            "You prepared, sent or changed this yourself, so somebody else approves it. Ask a "
            "second person who may."
        )
    return ""


def left_of(award_pence: int, taken: Collection[int]) -> int:
    """Return what is left of an award after all that was paid and promised of it."""
    return award_pence - sum(taken)


def why_beyond(award_pence: int, taken: Collection[int], asked_pence: int) -> str:
    """Say why an amount cannot be paid out of an award; blank where it can.

    >>> why_beyond(100_00, [60_00], 40_00)
    ''
    >>> why_beyond(100_00, [60_00], 40_01)
    'Of the award of £100 £40 is left, and £40.01 is asked: £0.01 too much.'
    """
    left = left_of(award_pence, taken)
    if asked_pence <= left:
        return ""
    if left <= 0:
        return f"Of the award of {pounds(award_pence)} nothing is left."
    return (
        f"Of the award of {pounds(award_pence)} {pounds(left)} is left, and {pounds(asked_pence)} "
        f"is asked: {pounds(asked_pence - left)} too much."
    )
