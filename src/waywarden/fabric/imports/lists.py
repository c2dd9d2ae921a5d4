"""The list of tables sent for a body: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.fabric.common.wording import moment
from waywarden.fabric.imports.kinds import ImportKind, Line, Reading
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.stored import Stored, distinct
from waywarden.fabric.tables.views import listed

SOURCE = "Tables that were sent here for the body."
LICENCE = "Kept by the body for its own work: ask it before you pass it on."
Sent = tuple[ImportKind, Upload]

SENT: list[Listed[Sent]] = [
    Listed(
        "table",
        "The file’s name, or that cells were pasted",
        "text",
        lambda sent: str(sent[1]),
        heading="Table",
        leads=lambda sent: reverse("imports:upload", args=[sent[0].slug, sent[1].pk]),
        filtered="text",
    ),
    Listed(
        "kind",
        "What kind of table it is",
        "text",
        lambda sent: sent[0].title,
        heading="Kind",
        filtered="choice",
    ),
    Listed(
        "sent",
        "When it was sent, in London",
        "text",
        lambda sent: f"{localtime(sent[1].received_at):%Y-%m-%d %H:%M:%S}",
        heading="Sent",
        cell=lambda sent: moment(localtime(sent[1].received_at)),
        starts="most",
    ),
    Listed(
        "state",
        "What came of it",
        "text",
        lambda sent: sent[1].get_status_display(),
        heading="What came of it",
        filtered="choice",
    ),
]


def sent_list(
    kinds: Mapping[str, ImportKind], body_key: str, asked: Mapping[str, str]
) -> ListPage[Sent]:
    """Return the tables sent for a body as an address asks for them, the newest first."""
    found = (
        Upload.objects.of(body_key).filter(kind__in=kinds).newest_first().defer("table", "outcome")
    )
    rows: Stored[Sent] = Stored(found, told=lambda upload: (kinds[upload.kind], upload))
    known = {
        "kind": lambda: [kinds[slug].title for slug in distinct(found, "kind")],
        "state": lambda: [str(Upload.Status(word).label) for word in distinct(found, "status")],
    }
    return listed(SENT, rows, asked, what="tables", usual_sort="sent", is_ordered=True, known=known)


LINES: list[Listed[Line]] = [
    Listed(
        "row",
        "The row’s number in the table",
        "text",
        lambda line: line.row_number,
        heading="Row",
    ),
    Listed(
        "says",
        "What it says",
        "text",
        lambda line: line.says,
        heading="What it says",
        starts="",
        filtered="text",
    ),
    Listed(
        "state",
        "Whether it is new here, changes something, or is held already",
        "text",
        lambda line: line.state,
        heading="Here",
        filtered="choice",
    ),
]


def lines_list(reading: Reading, asked: Mapping[str, str]) -> ListPage[Line]:
    """Return the good rows of a table as an address asks for them, in its own order."""
    return listed(LINES, reading.good, asked, what="rows", anchor="rows")
