"""Checking a chain of lines, wherever they come from. Pure: it runs where there is no Django.

A line is a mapping as the journal exports it, one JSON object to a line of
text. What is read is forgotten again, so that a long journal needs no more
memory than a short one.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Line = Mapping[str, Any]

FIRST = "0" * 64
#: More faults than these are counted and not told.
MOST_TOLD = 100
SQLITE = b"SQLite format 3\x00"

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Unreadable(Exception):
    """A file that holds no journal; the message says what was expected."""

    is_plain = True


@dataclass(frozen=True)
class Published:
    """A head as it was made known: the journal's last line on some day, and that line's hash."""

    number: int
    hash: str
    day: str = ""


@dataclass
class Found:
    """What checking a chain has found."""

    lines: int = 0
    #: Lines of which only the place in the chain was there to be checked.
    sealed: int = 0
    number: int = 0
    hash: str = FIRST
    faults: list[str] = field(default_factory=list)
    untold: int = 0

    def complain(self, sentence: str) -> None:
        """Note a fault; count it where there are too many to tell."""
        if len(self.faults) < MOST_TOLD:
            self.faults.append(sentence)
        else:
            self.untold += 1


def hash_of(line: Line) -> str:
    """Return the SHA-256 over a line's canonical text and the hash before it.

    The bodies a line concerns came later: a line that concerns none is hashed
    as it was before there were any.
    """
    content = [
        line["number"],
        line["at"],
        line["actor"],
        line["did"],
        line["subject"],
        line["before"],
        line["after"],
        line["reason"],
        line["previous_hash"],
    ]
    if bodies := line.get("bodies"):
        content.append(bodies)
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def verify(lines: Iterable[Line], heads: Iterable[Published] = ()) -> Found:
    """Check that lines follow one another unaltered, and end no earlier than was published.

    Without published heads a tail that was cut off, or a journal written anew
    from its first line, cannot be told from a whole one.
    """
    expected = _by_number(heads)
    found = Found()
    for line in lines:
        try:
            _check(line, found)
        except (KeyError, TypeError, ValueError, AttributeError):
            found.complain(f"What follows line {found.number} cannot be read as a line.")
            continue
        for head in expected.pop(found.number, ()):
            if head.hash != found.hash:
                found.complain(f"Line {found.number} is not the one published{_on(head)}.")
    for number in sorted(expected):
        for head in expected[number]:
            found.complain(
                f"The journal ends at line {found.number}, "
                f"but line {head.number} was published{_on(head)}."
            )
    return found


def _by_number(heads: Iterable[Published]) -> dict[int, list[Published]]:
    expected: dict[int, list[Published]] = {}
    for head in heads:
        if head.number > 0:
            expected.setdefault(head.number, []).append(head)
    return expected


def _on(head: Published) -> str:
    return f" on {head.day}" if head.day else ""


def _check(line: Line, found: Found) -> None:
    number, own = line["number"], line["hash"]
    is_sealed = line.get("sealed") is True
    expected_hash = own if is_sealed else hash_of(line)
    if number != found.number + 1:
        found.complain(f"Line {found.number + 1} is missing.")
    if line["previous_hash"] != found.hash:
        found.complain(f"Line {number} does not follow the line before it.")
    if own != expected_hash:
        found.complain(f"Line {number} has been altered.")
    found.lines += 1
    found.sealed += is_sealed
    # What cannot be counted on from is no line.
    found.number, found.hash = int(number), str(own)


def lines_in(path: Path) -> Iterator[Line]:
    """Read the lines of an exported journal, or of an SQLite database that holds one."""
    with path.open("rb") as file:
        is_database = file.read(len(SQLITE)) == SQLITE
    return _database_lines(path) if is_database else _exported_lines(path)


def _exported_lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        for text in file:
            if text.strip():
                yield _object(text)


def _object(text: str) -> Line:
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


COLUMNS = (
    "number, at, actor_key, actor_shown_as, did, subject_kind, subject_key, subject_url, "
    "before, after, reason, previous_hash, hash"
)


def _database_lines(path: Path) -> Iterator[Line]:
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        try:
            named = {row[1] for row in database.execute("PRAGMA table_info(journal_entry)")}
            # A database from before lines named the bodies they concern has no such column.
            bodies = "bodies" if "bodies" in named else "'[]'"
            rows = database.execute(
                f"SELECT {COLUMNS}, {bodies} FROM journal_entry ORDER BY number"  # noqa: S608
            )
        except sqlite3.Error as error:
            raise Unreadable(f"{path.name} is a database without a journal.") from error
        for row in rows:
            yield _row(row)


def _row(row: tuple[Any, ...]) -> Line:
    number, at, *words, before, after, reason, previous_hash, own, bodies = row
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        return {
            "number": number,
            "at": moment.isoformat(timespec="microseconds"),
            "actor": words[:2],
            "did": words[2],
            "subject": words[3:],
            "before": json.loads(before),
            "after": json.loads(after),
            "reason": reason,
            "bodies": json.loads(bodies),
            "previous_hash": previous_hash,
            "hash": own,
        }
    except (TypeError, ValueError):
        return {}
