"""Whose history may be seen by whom: each room says so of its kinds of record.

The settings name the registers (`HISTORIES`); a kind in none of them has no
history page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.module_loading import import_string

from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import Naming, Reading, unnamed, whole


@dataclass(frozen=True)
class Thing:
    """A record that has a history: its name, its page, its lines, what to read in them, and how."""

    name: str
    url: str
    lines: QuerySet[Entry]
    reading: Reading = whole
    named: Naming = unnamed


#: Finds the record with a key for whoever asks: none where there is none, or where
#: it is hidden from them; it raises PermissionDenied where they may know of it only.
Find = Callable[[HttpRequest, str], Thing | None]


def kinds() -> dict[str, Find]:
    """Return every kind of record that has a history."""
    registers: list[dict[str, Find]] = [import_string(path) for path in settings.HISTORIES]
    return {kind: find for register in registers for kind, find in register.items()}


#: A longer number is none of ours.
MOST_DIGITS = 9


def number_in(key: str, kind: str) -> int:
    """Read the number from a key such as "round-12"; 0 where it is not written as we write it."""
    number = key.removeprefix(kind)
    is_ours = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    return int(number) if is_ours and key == f"{kind}{int(number)}" else 0
