"""Words planted in what each council keeps to itself: nobody else may ever be sent one.

Each kind of private thing has a word for each body, which stands nowhere else. The
table says who, by what they are to the body, may be sent it; a kind that is planted
and found nowhere by anybody would prove nothing, and fails a test of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.permissions import planting
from tests.permissions.county import County
from tests.permissions.policy import (
    COUNTY,
    INSIDE,
    ITS_OFFICERS,
    ITS_PEOPLE,
    NOBODY,
    RECOVERERS,
    Role,
    Roles,
)
from waywarden.county.councils.models import Body


def word(kind: str, body: Body) -> str:
    """Give the word planted in one kind of thing of one body: letters alone, so nothing escapes."""
    return f"canary{kind}of{body.key.replace('-', '')}"


def signs(kind: str, body: Body) -> tuple[str, ...]:
    """Give by which words one planted is found: a price by every way in which it is written."""
    if kind != "quotes":
        return (word(kind, body),)
    pounds, pence = divmod(planting.quoted(body), 100)
    whole = f"{pounds:,}", f"{pounds + (pence >= 50):,}"
    return (*whole, f"{pounds}.{pence}", str(planting.quoted(body)))


@dataclass(frozen=True)
class Canary:
    """One kind of private thing: who may be sent it, and how it is planted."""

    kind: str
    may_see: Roles
    plant: Callable[[County, Body, str], object]


#: One's own alone: the clerk's, who keeps it.
THE_CLERK: Roles = frozenset({Role.CLERK})

CANARIES: list[Canary] = [
    Canary("people", INSIDE, planting.somebody),
    Canary("mailboxes", THE_CLERK, planting.mailbox),
    Canary("invitations", THE_CLERK, planting.invitation),
    Canary("recoveries", INSIDE | RECOVERERS, planting.recovery),
    Canary("looks", INSIDE, planting.look),
    Canary("papers", INSIDE, planting.paper),
    Canary("decisions", INSIDE, planting.decision),
    Canary("offers", ITS_PEOPLE | COUNTY, planting.offer),
    Canary("quotes", ITS_PEOPLE | COUNTY, planting.quote),
    Canary("photos", ITS_PEOPLE | COUNTY, planting.photo),
    Canary("interest", ITS_PEOPLE | COUNTY, planting.interest),
    Canary("wishes", ITS_PEOPLE, planting.wish),
    Canary("asked-plan", COUNTY, planting.asked_plan),
    Canary("clusters", ITS_PEOPLE | COUNTY, planting.cluster),
    Canary("alone", ITS_PEOPLE | COUNTY, planting.going_alone),
    Canary("uploads", ITS_OFFICERS, planting.upload),
    Canary("letters", NOBODY, planting.letter),
    Canary("views", THE_CLERK, planting.view),
    Canary("drafts", THE_CLERK, planting.draft),
]


def plant(county: County) -> None:
    """Plant every word in every body."""
    for canary in CANARIES:
        for body in county.bodies:
            county.planted[canary.kind, body.key] = canary.plant(
                county, body, word(canary.kind, body)
            )


def leaked(county: County, name: str, sent: str) -> Iterator[str]:
    """Name each word that somebody was sent and must not be."""
    for canary in CANARIES:
        for body in county.bodies:
            planted = next((sign for sign in signs(canary.kind, body) if sign in sent), "")
            if planted and county.role(name, body) not in canary.may_see:
                yield f"{planted} reached {name}, who is {county.role(name, body)}"


def everything_sent(response: object) -> str:
    """Give all that an answer says: its headers, cookies and body, however it is packed."""
    head = "".join(f"{name}: {value}\n" for name, value in response.items())  # type: ignore[attr-defined]
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else response.content  # type: ignore[attr-defined]
    return (head + str(response.cookies) + readable(body)).lower()  # type: ignore[attr-defined]


def readable(body: bytes) -> str:
    """Give the text of an answer; of a workbook or a packed file, of all that is in it."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "".join(readable(packed.read(name)) for name in packed.namelist())
