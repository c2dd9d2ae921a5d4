"""Forms sent twice and more: done once, and answered alike."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, Protocol
from uuid import UUID

from soak.browsers import Browser
from soak.sites import Site
from soak.together import Crowd, Press

MOST = 8
#: What may go wrong with a form that is sent several times.
WRONG = ("duplicates", "lost", "unlike", "later_unlike", "other_taken", "broken")
Figures = dict[str, Any]


class Creating(Protocol):
    """A form that makes something."""

    name: str

    def press(self, number: int) -> Press:
        """Give a form filled in for the first time; without its key."""

    def other(self, press: Press) -> Press:
        """Give the same form with something else typed into it."""

    def made(self, number: int) -> int:
        """Say how many things came of a form."""


def doubles(site: Site, form: Creating, *, count: int, seed: int) -> Figures:
    """Send so many forms several times at once, and again later; count what went wrong."""
    chance = random.Random(f"{form.name} {seed}")  # noqa: S311
    found: Figures = dict.fromkeys(("forms", "presses", *WRONG), 0)
    with Crowd(site.port, MOST) as crowd:
        for number in range(seed * 100_000, seed * 100_000 + count):
            key = str(UUID(int=chance.getrandbits(128), version=4))
            press = _with_key(form.press(number), key)
            answers = crowd.press([press] * chance.randint(2, MOST))
            made = form.made(number)
            found["forms"] += 1
            found["presses"] += len(answers)
            found["duplicates"] += made > 1
            found["lost"] += made < 1
            found["broken"] += any(not 0 < a.status < 500 for a in answers)
            found["unlike"] += len({(a.status, a.location) for a in answers}) > 1
            browser = Browser(site.port, press.session)
            later = browser.send(press.path, press.fields, press.files)
            found["later_unlike"] += (later.status, later.location) != (
                answers[0].status,
                answers[0].location,
            )
            other = _with_key(form.other(press), key)
            found["other_taken"] += (
                browser.send(other.path, other.fields, other.files).status != 422
            )
            found["duplicates"] += form.made(number) > 1
    return found


def _with_key(press: Press, key: str) -> Press:
    return replace(press, fields=press.fields | {"once": key})
