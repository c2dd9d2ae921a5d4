"""Write the pages of docs/ that are made from the code, or ``--check`` that they are current."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tools import agreements_reference, planner_reference, printed
from waywarden.rules.duties import (
    EXECUTIVE_CERTAINTY_PERCENT,
    SERVICES,
    DefaultDuty,
    Ground,
    default_duties,
)
from waywarden.rules.legislation import LAWS, TO_BE_CONFIRMED, Law, Mark
from waywarden.rules.powers import POWERS, Power
from waywarden.rules.powers.conditions import CONDITIONS, Condition
from waywarden.website import glossary, guides

DOCS = Path(__file__).resolve().parent.parent / "docs"

LEGISLATION_INTRODUCTION = f"""\
# The law behind the answers

Made from `laws.py`, `laws_of_services.py`, `duties.py` and `powers/` in `src/waywarden/rules` by
`make docs`: change those.

A law marked **R** was read in the source named beside it. One marked **K** is recalled, and every
page that cites it adds "{TO_BE_CONFIRMED}". A recalled law warns and never refuses. A law that is
not in the table is shown as "power not recorded"; it is never guessed. The first day of a law, and
how far it reaches, have sources of their own: a use on a day before it, or by a body beyond it, is
refused where that was read and warned of where it is recalled. Where the first day is not recorded,
nothing is refused for its sake.
"""

DUTIES_INTRODUCTION = f"""\
## Whose duty a service is by default

What the register answers where nothing has been agreed. All of it is recalled (K) and
{TO_BE_CONFIRMED}; the figure after a law says how sure we are that it is the right one. The
county's functions here are executive ones ({EXECUTIVE_CERTAINTY_PERCENT} %). A unitary council
holds the county's and the district's.
"""

POWERS_INTRODUCTION = """\
## What an arrangement may rest on

Before a power is relied on, its conditions are checked and what it needs is looked for. A condition
that was read may refuse, and names what is open instead. A recalled one warns, and the
monitoring officer may confirm that it is met.
"""


def legislation() -> str:
    """Give docs/legislation.md as the tables of law state it today."""
    titles = ("Key", "Law", "What it says", "Known", "Standing", "In force", "Jurisdiction")
    laws = table(titles, map(law_row, LAWS.values()))
    duties = table(
        ("Service", "Falls to", "Must or may", "Under", "A parish may do it", "Remark"),
        (duty_row(duty) for service in SERVICES for duty in default_duties(service)),
    )
    titles = ("Power", "What it is for", "Must be recorded", "In force", "Jurisdiction")
    powers = table(titles, map(power_row, POWERS.values()))
    conditions = table(
        ("Power", "What is said where a condition is not met", "So it"),
        (condition_row(power, one) for power in POWERS.values() for one in conditions_of(power)),
    )
    duty_part = [DUTIES_INTRODUCTION, duties]
    power_part = [POWERS_INTRODUCTION, powers, conditions]
    return "\n".join([LEGISLATION_INTRODUCTION, laws, *duty_part, *power_part])


def law_row(law: Law) -> tuple[str, ...]:
    """Give one law as a row."""
    known = law.mark.value + (f": {law.read_in}" if law.mark is Mark.READ else "")
    says = f"{law.says} {law.remark}".strip()
    name = f"[{law.name}]({law.address})"
    return f"`{law.key}`", name, says, known, law.standing.value, days(law), reach(law)


def days(law: Law) -> str:
    """Give the days of a law, and where they were read."""
    sources = dict.fromkeys(filter(None, (law.starts_read_in, law.ends_read_in)))
    if law.starts_on or law.ends_on:
        return f"{law.days} ({'; '.join(sources) or 'recalled'})"
    return law.days


def reach(law: Law) -> str:
    """Give how far a law reaches, and where that was read."""
    return f"{law.jurisdiction} ({law.jurisdiction_read_in or 'recalled'})"


def duty_row(duty: DefaultDuty) -> tuple[str, ...]:
    """Give one default duty as a row."""
    falls_to = " ".join(filter(None, (duty.tier.value, duty.capacity, duty.where)))
    under = cited(duty.grounds) or "power not recorded"
    parish = " ".join(filter(None, (duty.parish_route.value, cited(duty.parish_grounds))))
    return duty.service, falls_to, duty.obligation.value, under, parish, duty.remark


def power_row(power: Power) -> tuple[str, ...]:
    """Give one power as a row."""
    under = power.law.name if power.law else "power not recorded"
    reaches = power.jurisdiction or "depends on who gives it"
    needs = "; ".join(power.needs)
    return f"{power.name}: {under}", power.explains, needs, power.days or "no law named", reaches


def conditions_of(power: Power) -> Iterable[Condition]:
    """Give what is asked of this power, without what is asked of all of them."""
    return [one for one in CONDITIONS if power.key in one.powers and len(one.powers) < len(POWERS)]


def condition_row(power: Power, condition: Condition) -> tuple[str, ...]:
    """Give one condition of a power as a row."""
    says = condition.says.format(giver="the giver", taker="the taker")
    does = "refuses" if condition.may_refuse(power) else f"warns: {condition.law_of(power).name}"
    return power.name, says[0].upper() + says[1:], does


def cited(grounds: Iterable[Ground]) -> str:
    """Name the laws an answer rests on, each with how sure we are of it."""
    return "; ".join(f"{ground.law.name} ({ground.certainty_percent} %)" for ground in grounds)


def table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Lay out a table for reading on the page and in the file."""
    lines = (titles, tuple("---" for _ in titles), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


MADE = {
    "legislation.md": legislation,
    "glossary.md": glossary.as_markdown,
    "how-to/README.md": guides.as_markdown,
    "reference/agreements.md": agreements_reference.as_markdown,
    "reference/planner-api.md": planner_reference.as_markdown,
}


def outdated() -> list[str]:
    """List the pages that no longer say what the code says."""
    return [
        name
        for name, make in MADE.items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text("utf-8") != make()
    ]


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` name those that are out of date."""
    if arguments == ["--check"]:
        for name in outdated():
            print(f"docs/{name} is out of date; run `make docs`.")
        return 1 if outdated() else 0
    for name, make in MADE.items():
        (DOCS / name).write_text(make(), "utf-8")
    printed.write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
