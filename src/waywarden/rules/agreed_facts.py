"""What a signature binds: the facts of an agreement, written in one way alone, and their hash.

The hash is SHA-256 of JSON with names in order, no blanks and plain letters. Numbers are whole and
days are written year first, so that nothing can be read, or rounded, in two ways.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.clusters_terms import canonical
from waywarden.rules.saying import Refused, listed

#: The parts of an agreement that a signature binds, none of which may be left out.
PARTS = ("number", "version", "parties", "power", "terms", "schedules", "shares")
DEEPEST = 20
#: Larger whole numbers are not read alike by every program that reads JSON.
LARGEST = 2**53 - 1
BASES = (
    Basis(
        rule="A signature binds the hash of what was shown: terms, schedules and shares.",
        source="SHA-256 as in FIPS 180-4",
        sure=Sure.OURS,
    ),
    Basis(
        rule="An electronic signature may be given as evidence, and a deed asks for more.",
        source="Electronic Communications Act 2000, section 7; Law Commission, report 386 (2019)",
        sure=Sure.RECALLED,
    ),
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """Facts as they were shown: their bytes, and the hash that a signature binds."""

    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def frozen(facts: Mapping[str, Any]) -> Frozen:
    """Return the facts of an agreement in the one way they are hashed.

    Refuses where a part is missing, unknown, or holds what cannot be written in one way.

    >>> facts = dict.fromkeys(PARTS) | {"terms": {"from": date(2027, 4, 1)}, "shares": {"b": 2}}
    >>> b'"shares":{"b":2},"terms":{"from":"2027-04-01"}' in frozen(facts).content
    True
    """
    missing = [part for part in PARTS if part not in facts]
    if missing:
        raise Refused(f"A signature binds the whole agreement. Add its {listed(missing)}.")
    unknown = sorted(str(part) for part in facts if part not in PARTS)
    if unknown:
        raise Refused(f"An agreement has no part called {listed(unknown)}. Take it out.")
    return Frozen(canonical(_plain(facts, "the agreement")).encode("ascii"))


def _plain(value: object, where: str, depth: int = 0) -> Any:
    """Return a value as JSON writes it in one way alone; refuse any other."""
    if depth > DEEPEST:
        raise Refused(f"{where} lies deeper than {DEEPEST} levels. Write it more simply.")
    if isinstance(value, Mapping):
        return _plain_mapping(value, where, depth)
    if isinstance(value, list | tuple):
        return [
            _plain(one, f"{where}, row {row}", depth + 1) for row, one in enumerate(value, start=1)
        ]
    return _plain_leaf(value, where)


def _plain_mapping(value: Mapping[Any, object], where: str, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, one in value.items():
        if not isinstance(name, str) or not name:
            raise Refused(f"In {where} something has no name. Give it one.")
        plain = _words(name)
        if plain in found:
            raise Refused(f"In {where} {plain} is named twice. Take one of them out.")
        found[plain] = _plain(one, f"{where}, {plain}", depth + 1)
    return found


def _plain_leaf(value: object, where: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise Refused(f"The number at {where} is too long to be kept exactly. Shorten it.")
        return value
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise Refused(
        f"What stands at {where} cannot be signed: only words, whole numbers, days, yes and no."
    )


def _words(text: str) -> str:
    """Compose letters with their accents, so that what looks alike is hashed alike."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two versions differ: what was shown, and what stands there now."""

    where: str
    shown: str
    now: str


#: What is shown where one of two versions has nothing at all.
NOTHING = "nothing"
SHOWN = {"null": "not agreed", "true": "yes", "false": "no", "{}": "empty", "[]": "empty"}


def differences(shown: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """List where two versions of the facts differ, in the order of what was shown.

    Wherever their hashes differ, something is listed, and else nothing is.

    >>> differences({"shares": {"a": 1}}, {"shares": {"a": 2}})
    [Difference(where='shares, a', shown='1', now='2')]
    """
    before, after = _leaves(shown), _leaves(now)
    return [
        Difference(", ".join(where), _shown(before.get(where)), _shown(after.get(where)))
        for where in dict.fromkeys([*before, *after])
        if before.get(where) != after.get(where)
    ]


def _leaves(facts: Mapping[str, Any]) -> dict[tuple[str, ...], str]:
    """Give every place that holds a value, with the value as it is hashed."""
    found: dict[tuple[str, ...], str] = {}
    _gather(_plain(facts, "the agreement"), (), found)
    return found


def _gather(value: Any, where: tuple[str, ...], found: dict[tuple[str, ...], str]) -> None:
    if isinstance(value, dict) and value:
        for name, one in value.items():
            _gather(one, (*where, name), found)
    elif isinstance(value, list) and value:
        for row, one in enumerate(value, start=1):
            _gather(one, (*where, f"row {row}"), found)
    else:
        found[where] = json.dumps(value, ensure_ascii=False)


def _shown(written: str | None) -> str:
    if written is None:
        return NOTHING
    value = json.loads(written)
    return value if isinstance(value, str) else SHOWN.get(written, written)


def why_not_sign(shown_digest: str, now: Mapping[str, Any]) -> str:
    """Say why a signature under what was shown does not bind what stands now; blank where it does.

    >>> facts = dict.fromkeys(PARTS)
    >>> why_not_sign(frozen(facts).digest, facts)
    ''
    """
    if frozen(now).digest == shown_digest:
        return ""
    return (
        "The agreement was changed after it was shown to you, and your signature was not taken. "
        "Read what is different, and sign again if you agree."
    )
