"""Several who change one thing at once: one is saved, and each of the others keeps their words."""

from __future__ import annotations

from typing import Any, Protocol

from soak.browsers import Answer
from soak.sites import Site
from soak.together import Crowd, Press

EDITORS = 4
Figures = dict[str, Any]


class Editing(Protocol):
    """A form that changes a row, and carries the version it was opened with."""

    name: str

    def opened(self, number: int, editors: int) -> list[Press]:
        """Open the form in several browsers, and give what each types and sends."""

    def typed(self, press: Press) -> str:
        """Give the words that somebody typed."""

    def stands(self, number: int) -> str:
        """Say what stands in the row now."""


def edits(site: Site, form: Editing, *, count: int, first: int = 0) -> Figures:
    """Make so many edits that conflict, and count those that were lost without a word."""
    found: Figures = dict.fromkeys(("edits", "saved", "told", "lost", "words_lost", "broken"), 0)
    with Crowd(site.port, EDITORS) as crowd:
        for number in range(first, first + count // EDITORS):
            presses = form.opened(number, EDITORS)
            answers = crowd.press(presses)
            stands = form.stands(number)
            for press, answer in zip(presses, answers, strict=True):
                _count(found, form.typed(press), answer, stands)
    return found


def _count(found: Figures, typed: str, answer: Answer, stands: str) -> None:
    found["edits"] += 1
    if answer.is_accepted:
        found["saved"] += 1
        found["lost"] += typed != stands
    elif answer.status == 409:
        found["told"] += 1
        found["words_lost"] += typed not in answer.body
    else:
        found["broken"] += 1
