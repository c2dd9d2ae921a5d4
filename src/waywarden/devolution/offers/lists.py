"""The lists of rounds and of the councils in one: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.timezone import localtime

from waywarden.devolution.offers.models import Offer, Round
from waywarden.devolution.offers.queries import Pack, PackLine
from waywarden.fabric.common.wording import day, whole_pounds
from waywarden.fabric.tables.columns import Column
from waywarden.fabric.tables.lists import Button, Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What the councils that offer and answer have recorded here."
LICENCE = "For whoever runs the round; reasons are kept as councils asked."
OPEN_LICENCE = "Open Government Licence v3.0"

ROUNDS: list[Listed[Round]] = [
    Listed(
        "title",
        "What is offered",
        "text",
        lambda of: of.title,
        heading="Offer",
        leads=lambda of: of.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "council",
        "Who offers it",
        "text",
        lambda of: of.body.name,
        heading="Offered by",
        filtered="choice",
    ),
    Listed(
        "status",
        "How it stands",
        "text",
        lambda of: of.get_status_display(),
        heading="Status",
        filtered="choice",
    ),
    Listed(
        "answer_by",
        "The day by which councils answer",
        "date",
        lambda of: of.answer_by,
        heading="Answer by",
        cell=lambda of: day(of.answer_by),
        starts="most",
    ),
    Listed(
        "starts_on",
        "The day the services start",
        "date",
        lambda of: of.starts_on,
        heading="Starts",
        cell=lambda of: day(of.starts_on),
        starts="most",
    ),
]


def rounds_list(rounds: Sequence[Round], asked: Mapping[str, str]) -> ListPage[Round]:
    """Return the rounds as an address asks for them, the last to be answered first."""
    return listed(ROUNDS, rounds, asked, what="offers", usual_sort="answer_by")


@dataclass(frozen=True)
class Line:
    """One council in a round, as its list and its files show it."""

    pack: Pack
    on: date

    @property
    def offer(self) -> Offer:
        return self.pack.offer

    @property
    def days_waiting(self) -> int | None:
        """Since when nothing was heard, in days; none where it was not written to or has ended."""
        since = self.offer.waiting_since()
        is_over = self.offer.answer in (Offer.Answer.AGREED, Offer.Answer.DECLINED)
        return None if since is None or is_over else (self.on - localtime(since).date()).days


def _money(pence: int | None) -> str:
    return "Not known" if pence is None else whole_pounds(pence)


def _saves(line: Line) -> int | None:
    """What a council would save in its cluster against alone, in a year."""
    together = line.pack.together
    if together is None or together.cost is None or line.pack.alone.cost is None:
        return None
    return line.pack.alone.cost - together.cost


def _call(offer: Offer) -> str:
    """Say whom to call back, or when they were called."""
    return f"Called on {day(offer.called_on)}" if offer.called_on else offer.call_back


COUNCILS: list[Listed[Line]] = [
    Listed(
        "council",
        "The council",
        "text",
        lambda line: line.offer.body.name,
        heading="Council",
        leads=lambda line: line.offer.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "stage",
        "Where it stands",
        "text",
        lambda line: line.offer.stage,
        heading="Stage",
        filtered="choice",
    ),
    Listed(
        "days_waiting",
        "Days since the last word or letter",
        "whole number",
        lambda line: line.days_waiting,
        heading="Days waiting",
        cell=lambda line: "–" if line.days_waiting is None else line.days_waiting,
        starts="most",
    ),
    Listed(
        "letters",
        "How many letters were sent",
        "whole number",
        lambda line: line.offer.letters,
        heading="Letters",
        starts="most",
    ),
    Listed(
        "county_pays",
        "What the county would pay in a year",
        "pence",
        lambda line: line.pack.county_pays,
        heading="County pays",
        cell=lambda line: _money(line.pack.county_pays),
        starts="most",
        adds_up=whole_pounds,
    ),
    Listed(
        "saves",
        "What it would save in its cluster against alone, in a year",
        "pence",
        _saves,
        heading="Saves if it joins",
        cell=lambda line: _money(_saves(line)),
        starts="most",
    ),
    Listed(
        "disputed",
        "Quantities it disputes",
        "whole number",
        lambda line: len(line.pack.disputed),
        heading="Disputed",
        starts="most",
    ),
    Listed(
        "meets_on",
        "Its next meeting that can decide",
        "date",
        lambda line: line.offer.meeting_on,
        heading="Meets on",
        cell=lambda line: day(line.offer.meeting_on) if line.offer.meeting_on else "Not known",
    ),
    Listed(
        "reason",
        "Why it said no or needs time",
        "text",
        lambda line: line.offer.reason,
        heading="Why",
        cell=lambda line: line.offer.reason or "–",
    ),
    Listed(
        "call_back",
        "Whom to call back",
        "text",
        lambda line: _call(line.offer),
        heading="Call back",
        cell=lambda line: _call(line.offer) or "–",
    ),
]


def _write(line: Line) -> Button:
    return Button(f"{line.offer.get_absolute_url()}write/", "Write", line.offer.body.name)


def councils_list(lines: Sequence[Line], asked: Mapping[str, str]) -> ListPage[Line]:
    """Return the councils of a round as an address asks for them, the longest silent first."""
    writes: Listed[Line] = Listed(
        "write", "", "text", None, heading="Letter", cell=_write, starts=""
    )
    page = partial(listed, what="councils", usual_sort="days_waiting")
    return page([*COUNCILS, writes], lines, asked)


LINES_SOURCE = "Quantities as they are held here, and what whoever offers pays for one unit."
LINES_LICENCE = "For the council that it is offered to, and whoever offers it."
#: The lines of one council's offer: its page shows them whole, and its files take them away.
LINES: list[Column[PackLine]] = [
    Column("service", "The service", "text", lambda line: line.offered.service.name),
    Column("place", "The parish", "text", lambda line: line.area.name),
    Column(
        "quantity",
        "How much there is; blank where nobody knows",
        "thousandths",
        lambda line: line.held.amount_milli if line.held else None,
    ),
    Column("unit", "The unit", "text", lambda line: line.offered.service.unit),
    Column("sureness", "How sure the quantity is", "text", lambda line: line.sureness),
    Column(
        "disputed",
        "What is disputed about it",
        "text",
        lambda line: line.held.dispute if line.held and line.is_disputed else "",
    ),
    Column("pays", "What the county would pay in a year", "pence", lambda line: line.pays),
    Column("standard", "The standard asked for", "text", lambda line: line.offered.standard),
]
