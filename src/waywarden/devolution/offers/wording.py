"""The wording a clerk takes to a meeting: agenda item, resolution, budget line. Pure."""

from dataclasses import dataclass
from datetime import date

from waywarden.fabric.common.wording import day, whole_pounds
from waywarden.rules.four_numbers import FourNumbers
from waywarden.rules.legislation import TO_BE_CONFIRMED, Mark
from waywarden.rules.powers.table import Power


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What the wording is about."""

    council: str
    giver: str
    services: tuple[str, ...]
    starts_on: date
    years: int
    cluster: str
    numbers: FourNumbers
    power: Power


@dataclass(frozen=True)
class Wording:
    """Three texts, ready to paste."""

    agenda: str
    resolution: str
    budget: str

    @property
    def whole(self) -> str:
        """All of it as one plain text."""
        return (
            f"AGENDA ITEM\n\n{self.agenda}\n\nDRAFT RESOLUTION\n\n{self.resolution}\n\n"
            f"BUDGET LINE\n\n{self.budget}\n"
        )


def wording_of(meant: Meant) -> Wording:
    """Write the agenda item, the resolution and the budget line of an offer."""
    return Wording(_agenda(meant), _resolution(meant), _budget(meant.numbers))


def _services(meant: Meant) -> str:
    *first, last = [name[0].lower() + name[1:] for name in meant.services]
    return f"{', '.join(first)} and {last}" if first else last


def _agenda(meant: Meant) -> str:
    together = f" {meant.cluster}" if meant.cluster else ""
    return (
        f"To consider the offer of {meant.giver} that {meant.council} look after "
        f"{_services(meant)} in its parish from {day(meant.starts_on)} for {meant.years} "
        f"{'year' if meant.years == 1 else 'years'}, and to resolve whether to accept it."
        f"{together}"
    )


def _resolution(meant: Meant) -> str:
    return (
        f"Resolved: that {meant.council} accept the offer of {meant.giver} to carry out "
        f"{_services(meant)} in its parish from {day(meant.starts_on)}, subject to a written "
        f"agreement, under {_law(meant.power)}; and that the clerk be authorised to tell "
        f"{meant.giver} so."
    )


def _law(power: Power) -> str:
    if power.law is None:
        return f"{power.name.lower()} (its law depends on who gives it: {TO_BE_CONFIRMED})"
    unsure = "" if power.mark is Mark.READ else f" ({TO_BE_CONFIRMED})"
    return f"{power.law.name}{unsure}"


def _budget(numbers: FourNumbers) -> str:
    if numbers.cost is None or numbers.county_pays is None:
        return "The cost or the county’s payment is not known yet: no sum can be entered."
    lines = [
        f"Expenditure in a full year: {whole_pounds(numbers.cost)} (estimate).",
        f"Income from the county: {whole_pounds(numbers.county_pays)}.",
        f"To find from the precept: {whole_pounds(numbers.gap or 0)}.",
    ]
    if numbers.band_d is not None:
        lines.append(f"For a home in Band D: {_pence(numbers.band_d)} a year.")
    return "\n".join(lines)


def _pence(pence: int) -> str:
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
