"""Tampering with a site's journal in six ways, and whether whoever checks a copy finds it out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from waywarden.fabric.journal.verifying import FIRST, Published, hash_of, verify

Figures = dict[str, Any]
Line = dict[str, Any]
Chain = list[Line]
Tamper = Callable[[Chain, random.Random], Chain]

LENGTH = 300
#: How many lines a second of the processor's time are checked at least (REL8).
FAST_ENOUGH = 50_000
ROUNDS = 200
FIELDS = ("did", "reason", "at", "actor", "subject", "before", "after", "bodies")
LISTS = ("actor", "subject", "bodies")


def edit(chain: Chain, draw: random.Random) -> Chain:
    """Change what a line says, half the time with a hash to match."""
    at, field = draw.randrange(len(chain)), draw.choice(FIELDS)
    forged = chain[at] | {field: ["forged"] if field in LISTS else "forged"}
    if draw.random() < 0.5 and at < len(chain) - 1:
        forged["hash"] = hash_of(forged)
    return [*chain[:at], forged, *chain[at + 1 :]]


def delete(chain: Chain, draw: random.Random) -> Chain:
    """Take a line out of the middle."""
    at = draw.randrange(len(chain) - 1)
    return chain[:at] + chain[at + 1 :]


def reorder(chain: Chain, draw: random.Random) -> Chain:
    """Let two lines change places."""
    one, other = sorted(draw.sample(range(len(chain)), 2))
    moved = list(chain)
    moved[one], moved[other] = (
        moved[other] | {"number": one + 1},
        moved[one] | {"number": other + 1},
    )
    return moved


def insert(chain: Chain, draw: random.Random) -> Chain:
    """Slip a line in, and number those after it on."""
    at = draw.randrange(len(chain))
    previous = chain[at - 1]["hash"] if at else FIRST
    slipped = chain[-1] | {"number": at + 1, "previous_hash": previous}
    later = [line | {"number": line["number"] + 1} for line in chain[at:]]
    return [*chain[:at], slipped | {"hash": hash_of(slipped)}, *later]


def cut_tail(chain: Chain, draw: random.Random) -> Chain:
    """Leave out the end."""
    return chain[: draw.randrange(len(chain))]


def rewrite(chain: Chain, draw: random.Random) -> Chain:
    """Change a line and write the whole journal anew, so that it agrees with itself."""
    told = [dict(line) for line in chain]
    told[draw.randrange(len(chain))]["reason"] = "It never happened"
    return chained([{k: v for k, v in line.items() if k != "hash"} for line in told])


def chained(contents: Sequence[Line]) -> Chain:
    """Number lines and let each hold the hash of the one before, as an honest journal does."""
    chain: Chain = []
    for number, content in enumerate(contents, start=1):
        previous = chain[-1]["hash"] if chain else FIRST
        line = content | {"number": number, "previous_hash": previous}
        chain.append(line | {"hash": hash_of(line)})
    return chain


SEEN_BY_ITSELF: dict[str, Tamper] = {
    "edited": edit,
    "deleted": delete,
    "reordered": reorder,
    "inserted": insert,
}
SEEN_WITH_A_HEAD: dict[str, Tamper] = SEEN_BY_ITSELF | {"cut off": cut_tail, "rewritten": rewrite}


def tampering(site: object, *, count: int, seed: int, is_headless: bool = False) -> Figures:
    """Tamper in turn in six ways with what a site has written; count what is missed."""
    chain = written(LENGTH)
    heads = [] if is_headless else [Published(len(chain), chain[-1]["hash"])]
    tried = [
        bool(verify(tamper(chain, random.Random(seed * 1_000_000 + draw)), heads).faults)  # noqa: S311
        for tamper in SEEN_WITH_A_HEAD.values()
        for draw in range(count // len(SEEN_WITH_A_HEAD))
    ]
    rate = lines_a_second(chain)
    return {
        "tamperings": len(tried),
        "missed": tried.count(False),
        "falsely_found": len(verify(chain, heads).faults),
        "lines_a_second": rate,
        "too_slow": int(rate < FAST_ENOUGH),
    }


def written(lines: int) -> Chain:
    """Let a site write in its journal, and read all of it as it is exported."""
    from django.db import transaction

    from waywarden.fabric.common.subjects import COMMAND_LINE, Subject
    from waywarden.fabric.journal import actions, queries

    with transaction.atomic():
        for number in range(lines):
            actions.write(
                by=COMMAND_LINE,
                did="corrected a quantity",
                to=Subject("area", f"place-{number}", f"/places/place-{number}/"),
                before={"amount_milli": number * 1000},
                after={"amount_milli": number * 1000 + 500},
                reason="Measured on foot",
            )
    return list(queries.lines())


def lines_a_second(chain: Chain) -> int:
    """Return how many lines are checked in a second of the processor's time."""
    begun = time.process_time()
    for _ in range(ROUNDS):
        verify(chain)
    return int(ROUNDS * len(chain) / (time.process_time() - begun))
