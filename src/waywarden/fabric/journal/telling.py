"""Lines of the journal put into words: who changed what, when and why, before and after."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.fabric.common import wording
from waywarden.fabric.journal.models import Entry, PersonalValue

#: How many lines a page shows.
PAGE = 50
#: A county loaded at once changes thousands of fields: a page tells of the first.
MOST_CHANGES = 20
NOTHING = "nothing"
#: A key that tells a reader nothing: file-2.
NUMBERED = re.compile(r"[a-z]+-[0-9]+")

Values = dict[str, Any]
#: Picks from a line what it says of one thing, before and after.
Reading = Callable[[Entry], tuple[Values, Values]]
#: Gives names for keys, as far as they may be known to whoever reads; the others stay keys.
#: It is given what lines say, by field; blank for what they are about.
Naming = Callable[[Iterable[tuple[str, str]]], dict[str, str]]


@dataclass(frozen=True)
class Change:
    """One field in words, as it was and as it became."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One line in words."""

    number: int
    at: datetime
    who: str
    did: str
    about: str
    to: str
    url: str
    changes: list[Change]
    untold: int
    reason: str
    hash: str

    @property
    def local_time(self) -> str:
        """When it was, as clocks in London showed it."""
        return f"{localtime(self.at):%Y-%m-%d %H:%M:%S}"

    @property
    def is_named(self) -> bool:
        """Whether what it is about has words, and no more than a number."""
        return not NUMBERED.fullmatch(self.to)

    @property
    def in_one_line(self) -> str:
        """All changes, one after another."""
        said = [f"{change.field}: {change.before} → {change.after}" for change in self.changes]
        return "; ".join(said + ([f"and {self.untold} more"] if self.untold else []))


def whole(entry: Entry) -> tuple[Values, Values]:
    """Read all that a line says."""
    return entry.before, entry.after


def unnamed(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name nothing: everybody may read this."""
    return {}


def sealed(entry: Entry) -> str:
    """Say which line of the journal seals what was agreed, and what to do with its hash."""
    how = urljoin(settings.SITE_ADDRESS, reverse("journal:head"))
    return (
        f"It is line {entry.number:,} of the journal of this site. The hash of that line, which "
        f"was the journal’s head then, is {entry.hash}. Keep this letter: with the two anybody can "
        "check that nothing up to that line was changed afterwards. This page says how: "
        f"{how}"
    )


def told(entries: Iterable[Entry], reading: Reading = whole, named: Naming = unnamed) -> list[Told]:
    """Put lines into words, with personal values as far as they have not been erased."""
    found = [(entry, *reading(entry)) for entry in entries]
    known = _personal_values(found) | named(_keys(found))
    return [_told(entry, before, after, known) for entry, before, after in found]


def _told(entry: Entry, before: Values, after: Values, known: dict[str, str]) -> Told:
    changed = [
        name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)
    ]
    changes = [
        Change(
            field_in_words(known.get(name, name)),
            in_words(name, before.get(name), known),
            in_words(name, after.get(name), known),
        )
        for name in changed[:MOST_CHANGES]
    ]
    return Told(
        number=entry.number,
        at=entry.at,
        who=entry.actor_shown_as,
        did=entry.did,
        about=entry.subject_key,
        to=", ".join(known.get(key, key) for key in entry.subject_key.split("_")),
        url=entry.subject_url,
        changes=changes,
        untold=max(0, len(changed) - MOST_CHANGES),
        reason=entry.reason,
        hash=entry.hash,
    )


def _keys(found: list[tuple[Entry, Values, Values]]) -> Iterator[tuple[str, str]]:
    """Give all that lines say which may be a key, with its field."""
    for entry, before, after in found:
        yield from (("", key) for key in entry.subject_key.split("_"))
        for values in (before, after):
            yield from (("", name) for name in values)
            for name, held in values.items():
                yield from ((name, each) for each in _words_in(held))


def _words_in(held: Any) -> Iterator[str]:
    """Give all words in a value, whether alone, in a list or beside something."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, list):
        yield from (each for each in held if isinstance(each, str))
    elif isinstance(held, dict) and "personal" not in held:
        yield from held


def _personal_values(found: list[tuple[Entry, Values, Values]]) -> dict[str, str]:
    wanted = {
        held["personal"]
        for _, before, after in found
        for values in (before, after)
        for held in _personal(values)
    }
    rows = PersonalValue.objects.filter(pk__in=[UUID(reference) for reference in wanted])
    return {str(row.pk): _shown(row) for row in rows}


def _personal(values: Values) -> Iterator[dict[str, str]]:
    return (held for held in values.values() if isinstance(held, dict) and "personal" in held)


def _shown(row: PersonalValue) -> str:
    if row.erased_at is None:
        return row.value
    day = localtime(row.erased_at)
    return f"(erased on {day.day} {day:%B %Y})"


#: What the end of a field's name says of its value.
WRITTEN: dict[str, Callable[[int], str]] = {
    "_milli": wording.number,
    "_pence": wording.pounds,
}


#: Fields whose names say nothing to people.
CALLED = {
    "sha256": "Its fingerprint (SHA-256)",
    "media_type": "Kind of file",
    "photo_sha256": "Fingerprint of its photo (SHA-256)",
}
#: Fields that hold moments, though their names do not end as those of moments do.
MOMENTS = frozenset({"from", "until"})
#: Fields that hold sums of pence beside names, though their own names do not say so.
SUMS = frozenset({"shares", "owed"})


def field_in_words(name: str) -> str:
    """Name a field as people do.

    >>> field_in_words("amount_milli"), field_in_words("is_disputed")
    ('Amount', 'Disputed')
    """
    if name in CALLED:
        return CALLED[name]
    bare = name.removeprefix("is_")
    for ending in (*WRITTEN, "_on", "_at"):
        bare = bare.removesuffix(ending)
    words = bare.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def in_words(name: str, value: Any, known: dict[str, str] | None = None) -> str:
    """Write a value as people do.

    >>> in_words("amount_milli", 2500), in_words("starts_on", "2026-04-01"), in_words("x", None)
    ('2.5', '1 April 2026', 'nothing')
    """
    if value is None or value in ("", [], {}) or (value == "None" and _is_of_time(name)):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _dict_in_words(name, value, known or {})
    if isinstance(value, list):
        return ", ".join(in_words(name, each, known) for each in value if each is not None)
    write = next((write for end, write in WRITTEN.items() if name.endswith(end)), None)
    if write and isinstance(value, int):
        return write(value)
    if name.endswith("_on"):
        return _day(value)
    if name.endswith("_at") or name in MOMENTS:
        return _moment(value)
    return (known or {}).get(str(value), str(value))


def _dict_in_words(name: str, value: dict[str, Any], known: dict[str, str]) -> str:
    if "personal" in value:
        return known.get(str(value["personal"]), "(not held)")
    ending = "_pence" if name in SUMS else ""
    return ", ".join(
        f"{known.get(key, key)}: {in_words(f'{key}{ending}', each, known)}"
        for key, each in value.items()
    )


def _is_of_time(name: str) -> bool:
    return name.endswith(("_on", "_at")) or name in MOMENTS


def _moment(value: Any) -> str:
    """Write a moment as clocks in London showed it."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return wording.moment(localtime(at) if at.tzinfo else at)


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.day} {day:%B %Y}"
