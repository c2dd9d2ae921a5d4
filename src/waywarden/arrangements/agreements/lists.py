"""The list of agreements: how each column is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What councils have agreed and recorded here."
LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Row:
    """An agreement as whoever looks may know it."""

    number: str
    title: str
    url: str
    state: str
    giver: str
    others: str
    starts_on: date
    last_on: date


AGREEMENTS: list[Listed[Row]] = [
    Listed(
        "title",
        "What the agreement is called",
        "text",
        lambda row: row.title,
        heading="Agreement",
        leads=lambda row: row.url,
        filtered="text",
    ),
    Listed("number", "Its number", "text", lambda row: row.number, heading="Number"),
    Listed(
        "state",
        "How it stands",
        "text",
        lambda row: row.state,
        heading="Status",
        filtered="choice",
    ),
    Listed(
        "giver",
        "Who hands services over",
        "text",
        lambda row: row.giver,
        heading="Hands over",
        filtered="choice",
    ),
    Listed(
        "others",
        "The other parties",
        "text",
        lambda row: row.others,
        heading="Other parties",
        filtered="text",
    ),
    Listed(
        "starts_on",
        "Its first day",
        "date",
        lambda row: row.starts_on,
        heading="From",
        cell=lambda row: day(row.starts_on),
        starts="most",
    ),
    Listed(
        "last_on",
        "Its last day",
        "date",
        lambda row: row.last_on,
        heading="To",
        cell=lambda row: day(row.last_on),
        starts="most",
    ),
]


def agreements_list(rows: Sequence[Row], asked: Mapping[str, str]) -> ListPage[Row]:
    """Return the agreements as an address asks for them, by name."""
    return listed(AGREEMENTS, rows, asked, what="agreements", usual_sort="title")
