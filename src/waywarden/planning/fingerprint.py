"""What a plan follows from, as one hash: the same facts and wishes have the same, any other not."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from waywarden.planning.asking import NOTHING_ASKED, Asked
from waywarden.planning.checking import chosen_services
from waywarden.planning.costing import Costing, costing_for
from waywarden.planning.facts import CountyFacts

#: Raised whenever the planner or the report would answer the same input otherwise.
PLANNER_VERSION = 4


def input_hash(
    facts: CountyFacts,
    services: Sequence[str] = (),
    *,
    shape: str,
    effort: str,
    seed: int,
    everyone: bool,
    costing: Costing | None = None,
    asked: Asked = NOTHING_ASKED,
    start: Sequence[Sequence[str]] = (),
) -> str:
    """Return the SHA-256 of everything a report follows from, before anything is planned.

    ``start`` are the groups of council keys that the search begins from, if it begins from any.
    """
    costing = costing or costing_for(facts.county)
    told: dict[str, object] = {
        "version": PLANNER_VERSION,
        "facts": asdict(facts),
        "costing": asdict(costing),
        "services": chosen_services(services, costing),
        "shape": shape,
        "effort": effort,
        "seed": seed,
        "everyone": everyone,
    }
    # Without rules or a start a plan has the hash it had before they could be asked.
    if rules := asked.plain():
        told["asked"] = rules
    if start:
        told["start"] = sorted(sorted(group) for group in start)
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
