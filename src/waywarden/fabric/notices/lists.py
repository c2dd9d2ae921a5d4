"""The log of letters: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.fabric.common.wording import day
from waywarden.fabric.notices import queries
from waywarden.fabric.notices.queries import Line
from waywarden.fabric.tables.lists import NOTHING_TO_PRESS, Button, Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "The letters this installation wrote, and what became of them."
LICENCE = "For whoever looks after this installation alone."


def _again(line: Line) -> object:
    if not line.is_set_aside:
        return NOTHING_TO_PRESS
    about = f"the letter of {day(line.told_on)} to {line.to}"
    return Button(reverse("notices:try-again", args=[line.pk]), "Try again", about)


LINES: list[Listed[Line]] = [
    Listed(
        "told_on",
        "The day of what it tells of",
        "date",
        lambda line: line.told_on,
        heading="Told on",
        cell=lambda line: day(line.told_on),
        starts="most",
    ),
    Listed(
        "topic",
        "What it is about",
        "text",
        lambda line: line.topic,
        heading="Topic",
        filtered="choice",
    ),
    Listed(
        "to",
        "Its address, in part",
        "text",
        lambda line: line.to,
        heading="To",
        filtered="text",
    ),
    Listed(
        "state",
        "What became of it",
        "text",
        lambda line: line.status,
        heading="State",
        cell=lambda line: render_to_string("notices/state.html", {"line": line}),
        filtered="choice",
    ),
    Listed(
        "sent",
        "When it left, in London",
        "text",
        lambda line: f"{localtime(line.sent_at):%Y-%m-%d %H:%M:%S}" if line.sent_at else None,
        heading="Sent",
        cell=lambda line: line.went_at or "Not yet",
        starts="most",
    ),
    Listed(
        "tries",
        "How often it was tried",
        "whole number",
        lambda line: line.tries,
        heading="Tries",
        starts="most",
    ),
]
AGAIN: Listed[Line] = Listed("again", "", "text", None, heading="Try again", cell=_again, starts="")


def letters_list(asked: Mapping[str, str]) -> ListPage[Line]:
    """Return the letters as an address asks for them, the newest first."""
    letters = queries.letters()
    again = [AGAIN] if any(line.is_set_aside for line in letters) else []
    return listed([*LINES, *again], letters, asked, what="letters", usual_sort="told_on")
