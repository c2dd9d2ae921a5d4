"""The list of councils by the days they have left: how each column is sorted and shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from waywarden.devolution.offers.calendars import CouncilDays
from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = (
    "What councils said of their meetings, and clear days by the strictest reading of Schedule 12 "
    "to the Local Government Act 1972."
)
NOT_SAID = "Not known"


def _left(days: CouncilDays) -> str:
    left = days.days_left
    if left is None:
        return "–"
    return f"{-left} too late" if left < 0 else str(left)


def _precept(days: CouncilDays) -> str:
    if days.has_decided:
        return ""
    return "After it" if days.misses_precept else "Before it"


def _on(
    key: str, heading: str, says: str, of: Callable[[CouncilDays], date | None]
) -> Listed[CouncilDays]:
    """Describe a column of days."""

    def cell(days: CouncilDays) -> str:
        return day(found) if (found := of(days)) else NOT_SAID

    return Listed(key, says, "date", of, heading=heading, cell=cell)


DAYS: list[Listed[CouncilDays]] = [
    Listed(
        "council",
        "The council",
        "text",
        lambda days: days.offer.body.name,
        heading="Council",
        leads=lambda days: days.offer.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "standing",
        "Whether it can decide in time",
        "text",
        lambda days: days.standing,
        heading="Standing",
        filtered="choice",
    ),
    Listed(
        "days_left",
        "Days until the notice of its meeting must be out; below nothing where it is too late",
        "whole number",
        lambda days: days.days_left,
        heading="Days left",
        cell=_left,
    ),
    _on(
        "meets_on",
        "Meets on",
        "The meeting it named",
        lambda days: days.named.on if days.named else None,
    ),
    _on(
        "notice_by",
        "Notice by",
        "The last working day for the notice of that meeting",
        lambda days: days.named.notice_by_working_day if days.named else None,
    ),
    _on(
        "last_meeting",
        "Last meeting",
        "The last working day on which a meeting decides in time",
        lambda days: days.last.on,
    ),
    _on(
        "last_notice",
        "Last notice",
        "The last working day for the notice of such a meeting",
        lambda days: days.last.notice_by_working_day,
    ),
    Listed(
        "precept",
        "Whether it decides before precepts are asked for",
        "text",
        _precept,
        heading="Precept",
        filtered="choice",
    ),
    Listed(
        "whose",
        "Whose meeting it is, on which its notice depends",
        "text",
        lambda days: days.offer.whose.value,
        heading="Whose meeting",
        filtered="choice",
    ),
]


def days_list(days: Sequence[CouncilDays], asked: Mapping[str, str]) -> ListPage[CouncilDays]:
    """Return the days of councils as an address asks for them, the worst first."""
    return listed(DAYS, days, asked, what="councils", usual_sort="days_left")
