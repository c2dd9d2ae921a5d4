"""The list of funds: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.devolution.interest.lists import KINDS
from waywarden.devolution.interest.models import Expression, Fund
from waywarden.fabric.common.wording import day, pounds
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = (
    "What officers of the county have found, and national funds that come with the site; each "
    "names its source and the day somebody looked at it. Check before you rely on it."
)
LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class FundLine:
    """One fund, as the list and its files show it."""

    fund: Fund
    left_pence: int | None
    on: date

    @property
    def standing(self) -> str:
        """Whether one may apply today, in a word."""
        if self.fund.package_key:
            # Nobody here hears of it when it closes.
            return "Look first"
        if self.fund.is_open(self.on):
            return "Open"
        opens = self.fund.opens_on
        is_coming = self.fund.ended_on is None and opens is not None and self.on < opens
        return "Not open yet" if is_coming else "Closed"


def _amount(pence: int | None, otherwise: str) -> str:
    return otherwise if pence is None else pounds(pence)


def _day(on: date | None, otherwise: str) -> str:
    return otherwise if on is None else day(on)


FUNDS: list[Listed[FundLine]] = [
    Listed(
        "name",
        "What the fund is called",
        "text",
        lambda line: line.fund.name,
        heading="Fund",
        leads=lambda line: line.fund.get_absolute_url(),
        filtered="text",
    ),
    Listed(
        "given_by",
        "Who gives it",
        "text",
        lambda line: line.fund.given_by,
        heading="Given by",
        filtered="text",
    ),
    Listed(
        "reach",
        "Whether it is national or local",
        "text",
        lambda line: line.fund.get_reach_display(),
        heading="Reach",
        filtered="choice",
    ),
    Listed(
        "pays_for",
        "What it pays for",
        "text",
        lambda line: line.fund.get_pays_for_display(),
        heading="Pays for",
        filtered="choice",
    ),
    Listed(
        "for_whom",
        "Who may apply",
        "text",
        lambda line: line.fund.for_whom,
        heading="For whom",
        cell=lambda line: ", ".join(KINDS[Expression.Kind(kind)] for kind in line.fund.kinds),
        filtered="text",
        is_wide=True,
    ),
    Listed(
        "most",
        "The most that one applicant is given",
        "pence",
        lambda line: line.fund.most_pence,
        heading="Most for one",
        cell=lambda line: _amount(line.fund.most_pence, "No limit known"),
        starts="most",
    ),
    Listed(
        "left",
        "What is left of the county’s own fund",
        "pence",
        lambda line: line.left_pence,
        heading="Left",
        cell=lambda line: _amount(line.left_pence, "Not known"),
        starts="most",
    ),
    Listed(
        "opens_on",
        "The day it opens",
        "date",
        lambda line: line.fund.opens_on,
        heading="Opens",
        cell=lambda line: _day(line.fund.opens_on, "Not known"),
    ),
    Listed(
        "closes_on",
        "The last day to apply",
        "date",
        lambda line: line.fund.closes_on,
        heading="Closes",
        cell=lambda line: _day(line.fund.closes_on, "Not known"),
    ),
    Listed(
        "standing",
        "Whether one may apply today",
        "text",
        lambda line: line.standing,
        heading="Now",
        filtered="choice",
    ),
    Listed("source", "Where this is from", "text", lambda line: line.fund.source, heading="Source"),
    Listed(
        "checked_on",
        "The day somebody looked at the source",
        "date",
        lambda line: line.fund.checked_on,
        heading="Checked",
        cell=lambda line: day(line.fund.checked_on),
        starts="most",
    ),
]


def funds_list(lines: Sequence[FundLine], asked: Mapping[str, str]) -> ListPage[FundLine]:
    """Return the funds, the open ones first."""
    in_turn = sorted(lines, key=lambda line: (line.standing != "Open", line.fund.name))
    return listed(FUNDS, in_turn, asked, what="funds")
