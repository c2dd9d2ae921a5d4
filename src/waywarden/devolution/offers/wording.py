"""The wording a clerk takes to a meeting: agenda item, resolution, budget line. Pure."""

from dataclasses import dataclass
from datetime import date

from waywarden.fabric.common.wording import day, whole_pounds
from waywarden.rules.calendar import Whose
from waywarden.rules.four_numbers import FourNumbers
from waywarden.rules.legislation import TO_BE_CONFIRMED, Mark
from waywarden.rules.powers.table import Power


@dataclass(frozen=True)
class Manner:
    """How it is said of a council, and of a parish meeting, which need not have a clerk."""

    #: What the text for the meeting's notice is called.
    item: str
    #: What must be out by a day.
    notice: str
    #: Why by that day.
    why: str
    #: Who tells the county what was resolved.
    teller: str


MANNERS = {
    Whose.PARISH_COUNCIL: Manner("Agenda item", "The agenda must go out", "", "the clerk"),
    Whose.PARISH_MEETING: Manner(
        "Business for the notice",
        "Its public notice, with the business and signed by whoever convenes it, must be up",
        "A parish meeting gives seven clear days’ notice (Local Government Act 1972, Schedule 12, "
        "paragraph 15(2)).",
        "the chairman of the parish meeting",
    ),
    Whose.COUNCIL_OR_MEETING: Manner(
        "Agenda item, or business for the notice of a parish meeting",
        "Its notice must be out",
        "It is not known here whether yours is a parish council, which gives three clear days’ "
        "notice, or a parish meeting, which gives seven (Local Government Act 1972, Schedule 12, "
        "paragraphs 10(2) and 15(2)): the longer keeps to both.",
        "the clerk, or the chairman of the parish meeting,",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What the wording is about."""

    council: str
    giver: str
    whose: Whose = Whose.PARISH_COUNCIL
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
    #: What the first of them is called.
    item: str

    @property
    def whole(self) -> str:
        """All of it as one plain text."""
        return (
            f"{self.item.upper()}\n\n{self.agenda}\n\nDRAFT RESOLUTION\n\n{self.resolution}\n\n"
            f"BUDGET LINE\n\n{self.budget}\n"
        )


def wording_of(meant: Meant) -> Wording:
    """Write the agenda item, the resolution and the budget line of an offer."""
    item = MANNERS[meant.whose].item
    return Wording(_agenda(meant), _resolution(meant), _budget(meant.numbers), item)


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
        f"agreement, under {_law(meant.power)}; and that {MANNERS[meant.whose].teller} be "
        f"authorised to tell {meant.giver} so."
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
