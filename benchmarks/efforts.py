"""How long we try: the efforts people choose between, and parts and multiples of them."""

from __future__ import annotations

from dataclasses import fields, replace

from waywarden.planner import EFFORTS, Effort


def effort_of(named: str) -> Effort:
    """Return an effort by its name, as in "standard", or a multiple, as in "standard x 0.5".

    Every whole number of moves, rounds and nodes is multiplied.
    """
    name, _, times = named.partition(" x ")
    effort = EFFORTS[name]
    if not times:
        return effort
    counts = ((field.name, getattr(effort, field.name)) for field in fields(effort))
    return replace(effort, **{name: _multiplied(count, float(times)) for name, count in counts})


def _multiplied(count: object, times: float) -> object:
    is_count = isinstance(count, int) and not isinstance(count, bool)
    return max(1, round(count * times)) if is_count and count else count
