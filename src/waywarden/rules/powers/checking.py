"""Whether a power can be relied on: what refuses, what warns, what is not recorded yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from waywarden.rules.legislation import TO_BE_CONFIRMED, Law, Mark
from waywarden.rules.powers import table
from waywarden.rules.powers.conditions import CONDITIONS, Condition
from waywarden.rules.powers.parties import Recorded, Use


class Weight(StrEnum):
    """What a finding does to whoever wants to rely on the power."""

    REFUSES = "refuses"
    MISSING = "missing"
    WARNS = "warns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: what it does, what a page says, the law, and what is open instead.

    ``instead`` are keys of powers that the same two sides could use, of none of which a
    condition is known to be broken.
    """

    key: str
    weight: Weight
    says: str
    law: Law | None = None
    instead: tuple[str, ...] = ()
    is_confirmed: bool = False

    @property
    def refuses(self) -> bool:
        """Whether the power cannot be used at all between these two."""
        return self.weight is Weight.REFUSES

    @property
    def stands_in_the_way(self) -> bool:
        """Whether something must still be done, recorded or confirmed."""
        return not self.is_confirmed


@dataclass(frozen=True, slots=True)
class Answer:
    """All that was found of one use of a power."""

    power: table.Power
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the law, as read in its source, says no."""
        return any(finding.refuses for finding in self.findings)

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to do: all recorded, every warning confirmed."""
        return not any(finding.stands_in_the_way for finding in self.findings)


def check(use: Use) -> tuple[Finding, ...]:
    """Return all that stands in the way of relying on this power, the gravest first.

    Raises ``PowerNotRecorded`` for a power that is not in the table.
    """
    found = [*_of_its_law(use), *_of_conditions(use), *_of_records(use)]
    return tuple(sorted(found, key=lambda finding: list(Weight).index(finding.weight)))


def answer(use: Use) -> Answer:
    """Return the power with all that was found of this use of it."""
    return Answer(table.power(use.power), check(use))


def open_powers(use: Use) -> tuple[table.Power, ...]:
    """Return the powers that these two sides could use for this, in the order of the table.

    One is left out only where the law, as read, refuses it or it was superseded.
    """
    return tuple(
        power
        for key, power in table.POWERS.items()
        if not power.is_superseded and not _is_refused(replace(use, power=key))
    )


def _is_refused(use: Use) -> bool:
    if any(refusal.refuses for refusal in _of_its_law(use, is_asked=False)):
        return True
    return any(_weight(one, use) is Weight.REFUSES for one in CONDITIONS)


def _of_its_law(use: Use, *, is_asked: bool = True) -> Iterator[Finding]:
    """Find what the day and the two sides break of the law's days and of how far it reaches.

    What is open instead is looked for where it ``is_asked``.
    """
    power = table.power(use.power)
    out_of_force = power.out_of_force(use.on)
    if out_of_force:
        says = f"{power.name} is in force {power.days}, not on {use.on:%-d %B %Y}."
        yield _outside("in-force", out_of_force, says, use, is_asked=is_asked)
    for side, party in (("giver", use.giver), ("taker", use.taker)):
        out_of_reach = power.out_of_reach(party.country)
        if out_of_reach:
            says = (
                f"{power.name} is for {power.jurisdiction}, and {party.name} is in {party.country}."
            )
            yield _outside(f"law-reaches-{side}", out_of_reach, says, use, is_asked=is_asked)


def _outside(key: str, known: Mark, says: str, use: Use, *, is_asked: bool) -> Finding:
    """Refuse where the day or the reach of the law was read, and warn where it is recalled."""
    weight = Weight.REFUSES if known is Mark.READ else Weight.WARNS
    law = table.power(use.power).law
    return Finding(
        key=key,
        weight=weight,
        says=_worded(says, weight, law),
        law=law,
        instead=_open_of((*table.POWERS,), use) if is_asked and weight is Weight.REFUSES else (),
        is_confirmed=weight is Weight.WARNS and key in use.confirmed,
    )


def _weight(condition: Condition, use: Use) -> Weight | None:
    """Give what a condition does to this use; None where it is met or does not apply."""
    if use.power not in condition.powers:
        return None
    fails = condition.fails(use)
    if fails is False or (fails is None and not condition.unknown):
        return None
    if not condition.may_refuse(table.power(use.power)):
        return Weight.WARNS
    return Weight.REFUSES if fails else Weight.MISSING


def _of_conditions(use: Use) -> Iterator[Finding]:
    for condition in CONDITIONS:
        weight = _weight(condition, use)
        if weight is not None:
            yield _finding(condition, weight, use)


def _finding(condition: Condition, weight: Weight, use: Use) -> Finding:
    is_unknown = condition.fails(use) is None
    says = condition.unknown if is_unknown else condition.says
    words = says.format(giver=use.giver.name, taker=use.taker.name)
    law = condition.law_of(table.power(use.power))
    return Finding(
        key=condition.key,
        weight=weight,
        says=_worded(words, weight, law),
        law=law,
        instead=_open_of(condition.instead, use),
        is_confirmed=weight is Weight.WARNS and condition.key in use.confirmed,
    )


def _worded(words: str, weight: Weight, law: Law | None) -> str:
    """Add to a warning the section that it rests on."""
    if law is None or weight is not Weight.WARNS:
        return words
    return f"{words} ({law.name}: {TO_BE_CONFIRMED}.)"


def _open_of(keys: tuple[str, ...], use: Use) -> tuple[str, ...]:
    """Keep of these powers the others of which no condition is known to be broken."""
    others = (key for key in keys if key != use.power and not table.power(key).is_superseded)
    return tuple(key for key in others if _breaks_nothing(replace(use, power=key)))


def _breaks_nothing(use: Use) -> bool:
    broken = (one.fails(use) for one in CONDITIONS if use.power in one.powers)
    return not any(_of_its_law(use, is_asked=False)) and True not in broken


def _of_records(use: Use) -> Iterator[Finding]:
    """Name what is not recorded yet, which nobody can confirm away."""
    power = table.power(use.power)
    for need in power.needs:
        if need not in use.recorded:
            yield Finding(
                key=f"needs-{need.name.lower().replace('_', '-')}",
                weight=Weight.MISSING,
                says=f"Not recorded yet: {_whose(need, use)}.",
                law=power.law,
            )


def _whose(need: Recorded, use: Use) -> str:
    """Say what is missing by the names of the two sides."""
    return {
        Recorded.GIVER_DECISION: f"the decision of {use.giver.name}",
        Recorded.EXECUTIVE_DECISION: f"the decision of the executive of {use.giver.name}",
        Recorded.OTHER_EXECUTIVE_DECISION: f"the decision of the executive of {use.taker.name}",
        Recorded.TAKER_MINUTE: f"the minute by which {use.taker.name} accepts",
    }.get(need, str(need))
