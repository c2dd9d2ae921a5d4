"""What is sent: right values where a form could be taken, and hostile ones where it must not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import quote

from django.utils.timezone import localdate
from hypothesis import strategies as st

from tests.permissions.addresses import Pattern, patterns
from tests.permissions.policy import POLICY

PATTERNS = list(patterns())
FORMS = [pattern for pattern in PATTERNS if POLICY[pattern.name].takes_forms]
#: Numbers too large, words of other alphabets, and what means something to a program.
STRINGS = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "1.5",
    "1e309",
    "NaN",
    "Infinity",
    "9" * 9,
    str(2**31),
    str(2**63),
    "9" * 40,
    "٣",
    "½",
    "²",
    "\x00",
    "a\x00b",
    "\u202e\u0000",
    "é" * 301,
    "x" * 5001,
    "🏛" * 70,
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "'; DROP TABLE people; --",
    "{{ 7 }}{% load ww %}",
    "%s %(a)s {0} {a}",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "10000-01-01",
    "31 12 9999",
    "=1+1",
    "a\r\nSet-Cookie: stolen=1",
    "null",
    "[]",
    "true",
    "coldbrook-council",
    "wychbourne-council",
    "coldbrook-marlshire",
    "//evil.example/",
    "javascript:alert(1)",
    "\\",
    "%00",
    "%ff%fe",
]


def _in_days(number: int) -> str:
    """Write the day that is so many days from now, as forms take it."""
    return (localdate() + timedelta(days=number)).isoformat()


#: What a form may hold under each of these names, and be taken.
RIGHT: dict[str, list[str]] = {
    "kind": ["phone", "email", "operative", "volunteer-coordinator", "clerk", "other"],
    "value": ["01865 123456", "somebody@example.org", "https://www.example.org"],
    "address": ["somebody@example.org", "another@example.org"],
    "email": ["somebody@example.org", "bron@example.org"],
    "shown_as": ["Sam"],
    "starts_on": [_in_days(0), _in_days(40)],
    "ends_on": [_in_days(220), _in_days(495)],
    "until": [_in_days(1300), _in_days(1600)],
    "on": [_in_days(70)],
    "reason": ["Moves away", "The council resolved so"],
    "when": ["on", "at-once"],
    "leaves": ["before", "at-once"],
    "hours": ["4"],
    "what": ["new", "dispute"],
    "amount": ["77", "1,234.5"],
    "source": ["Counted by the clerk"],
    "stated_on": [_in_days(-270)],
    "dispute": ["The green was sold"],
    "decision": ["good", "none"],
    "required": ["yes", "no"],
    "version": ["1", "2"],
    "portfolio": ["Greens"],
    "cells": ["kind,value\nTelephone,01865 765432\n", "place,service\n"],
    "title": ["Minutes"],
    "name": ["Mine"],
    "path": ["/services/", "/plans/"],
    "query": ["name=grass"],
    "code": ["123456"],
    "password": ["a password of some length"],
}
NAMES = [*RIGHT, "acting_in", "once", "next", "draft_of", "save_draft", "seen", "followed", "body"]
QUERIES = [
    *("page", "rows", "sort", "on", "place", "service", "district", "q", "lon", "lat", "name"),
    *("next", "kind", "version", "county", "format", "text", "from", "to", "who", "what"),
]
OTHERS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")

hostile = st.one_of(st.sampled_from(STRINGS), st.text(max_size=20))


@dataclass(frozen=True)
class Ask:
    """One request: about which address and body, by whom, and what is wrong with it."""

    pattern: Pattern
    method: str
    name: str
    body: int
    #: A part of the address, counted from its end, and what stands there instead.
    bent: tuple[int, str] | None = None
    query: dict[str, str] = field(default_factory=dict)
    #: What is typed in place of what stands in the form, and what is taken out of it.
    typed: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    #: Whether it is sent with the key of the form before.
    is_replayed: bool = False

    def __str__(self) -> str:
        typed = {k: v for k, v in self.typed.items() if v not in RIGHT.get(k, ())}
        said: dict[str, Any] = {"bent": self.bent, "query": self.query, "typed": typed}
        said |= {"left_out": self.left_out, "replayed": self.is_replayed}
        given = {name: value for name, value in said.items() if value}
        return f"{self.method} {self.pattern.name} as {self.name} of {self.body}: {given}"

    def bend(self, where: str) -> str:
        """Put what is wrong into the right address."""
        path, _, query = where.partition("?")
        if self.bent:
            parts = path.split("/")
            parts[-1 - self.bent[0] % len(parts)] = quote(self.bent[1], safe="%")
            path = "/".join(parts)
        more = "&".join(f"{name}={quote(value, safe='%')}" for name, value in self.query.items())
        path = f"/{path.lstrip('/')}"
        return f"{path}?{'&'.join(filter(None, (query, more)))}"


Words = Callable[[], str]
WhoMay = Mapping[str, Callable[[Pattern, int], bool]]


def _sometimes(chance: Random, often: float = 0.2) -> bool:
    return chance.random() < often


def asked(chance: Random, word: Words, people: WhoMay) -> Ask:
    """Give a request: mostly of a form, mostly by somebody who may send it, mostly filled in."""
    pattern = chance.choice(FORMS if _sometimes(chance, 0.7) else PATTERNS)
    method = "POST" if pattern in FORMS and _sometimes(chance, 0.8) else "GET"
    method = chance.choice(OTHERS) if _sometimes(chance, 0.05) else method
    body = chance.randrange(2)
    may = [name for name, is_let_in in people.items() if is_let_in(pattern, body)]
    name = chance.choice(may if may and _sometimes(chance, 0.7) else list(people))
    bent = (chance.randrange(5), word()) if _sometimes(chance, 0.1) else None
    queried = chance.sample(QUERIES, chance.randrange(4)) if _sometimes(chance) else []
    query = {field: word() for field in queried}
    return Ask(pattern, method, name, body, bent, query, **_form(chance, word))


def _form(chance: Random, word: Words) -> dict[str, Any]:
    """Fill in whatever a form may ask rightly, and some of it wrongly."""
    right = {field: chance.choice(values) for field, values in RIGHT.items()}
    wrong = chance.sample(NAMES, chance.randrange(4)) if _sometimes(chance, 0.4) else []
    return {
        "typed": right | {field: word() for field in wrong},
        "left_out": tuple(chance.sample(NAMES, 2)) if _sometimes(chance) else (),
        "is_replayed": _sometimes(chance),
    }
