"""What is tried, in pieces of a minute or two: each leaves one result, so that it can be cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One piece: which harness, on which database, with which numbers."""

    name: str
    harness: str
    store: str
    options: dict[str, Any] = field(default_factory=dict)
    #: About how long it takes.
    seconds: float = 90

    @property
    def limit(self) -> float:
        """When it is ended, in seconds: a busy machine needs many times as long."""
        return max(900, 6 * self.seconds)


def every_step() -> list[Step]:
    """Give every piece, so ordered that a part of it says something of everything."""
    rounds = [list(pieces) for pieces in _harnesses()]
    ordered = []
    while any(rounds):
        ordered += [pieces.pop(0) for pieces in rounds if pieces]
    return ordered


def _harnesses() -> Iterator[Iterator[Step]]:
    from soak.harnesses import HARNESSES

    for harness in HARNESSES.values():
        for store in harness.stores:
            yield _pieces(harness, store)


def _pieces(harness: Any, store: str) -> Iterator[Step]:
    for number in range(1, harness.pieces + 1):
        name = f"{harness.name}-{store}-{number:03}"
        options = {"count": harness.in_a_piece, "seed": number}
        yield Step(name, harness.name, store, options, harness.seconds)
