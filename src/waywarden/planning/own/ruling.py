"""Reads the rules and settings of a county's spreadsheet: pairs, locks, ways, limits and costs."""

from collections.abc import Mapping
from typing import Any

from waywarden.data.names import plain
from waywarden.planning.own.columns import SETTING_MEANINGS
from waywarden.planning.own.reading import Cells, Reader

KINDS = ("together", "apart", "lock", "exclude")

#: What each setting is called in a `planner.Problem`.
FIELDS = {
    "travel limit": "travel_limit_km",
    "cost per km": "cost_per_km",
    "road factor": "road_factor",
    "most members": "most_members",
    "cost per cluster": "per_cluster",
    "cost per member": "per_member",
    "everyone": "everyone",
}

Names = Mapping[str, str]


def settings_of(reader: Reader) -> dict[str, Any]:
    """Return the settings that are given, as the fields of a problem."""
    found: dict[str, Any] = {}
    for cells in reader.rows("settings"):
        setting = cells.one_of("setting", list(SETTING_MEANINGS))
        if setting is None:
            continue
        if FIELDS[setting] in found:
            cells.refuse("setting", f"'{setting}' is given twice. Keep one of them.")
        found[FIELDS[setting]] = _setting(cells, setting)
    return found


def _setting(cells: Cells, setting: str) -> float | bool | None:
    if setting == "everyone":
        # There is no blank here: a setting without a value is left out.
        return cells.yes("value", blank=False)
    value = cells.amount("value")
    if setting == "most members" and value is not None:
        if value != int(value) or value < 1:
            cells.refuse("value", f"{value:g} is no number of members: write 1 or more.")
        return int(value)
    if setting == "road factor" and value == 0:
        cells.refuse("value", "The road factor is nought: write 1 for straight lines, or more.")
    return value


def rules_of(reader: Reader, councils: Names, leads: Names, services: Names) -> dict[str, Any]:
    """Return neighbours, ways and rules as the fields of a problem; names are by plain form."""
    pairs: dict[str, list[tuple[str, str]]] = {"together": [], "apart": []}
    locks: dict[tuple[str, str], str] = {}
    excluded: list[str] = []
    for cells in reader.rows("rules"):
        kind, council = cells.one_of("kind", KINDS), cells.name("council", councils)
        if kind is None or council is None:
            continue
        if kind == "exclude":
            excluded.append(council)
        elif kind == "lock":
            _lock(cells, council, leads, services, locks)
        elif pair := _pair(cells, council, "other", councils):
            pairs[kind].append(pair)
    return {
        "neighbours": _neighbours(reader, councils),
        "travel": _travel(reader, councils, leads),
        "together": tuple(pairs["together"]),
        "apart": tuple(pairs["apart"]),
        "locks": locks,
        "excluded": tuple(excluded),
    }


def _pair(cells: Cells, council: str, column: str, councils: Names) -> tuple[str, str] | None:
    other = cells.name(column, councils)
    if other == council:
        cells.refuse(column, f"'{council}' is paired with itself. Name another council.")
    return (council, other) if other else None


def _lock(
    cells: Cells, council: str, leads: Names, services: Names, locks: dict[tuple[str, str], str]
) -> None:
    service, lead = cells.name("service", services), cells.name("other", leads, blank=council)
    if service is None or lead is None:
        return
    if locks.get((council, service), lead) != lead:
        held = locks[council, service]
        cells.refuse("other", f"'{council}' is locked to '{held}' already. Keep one of them.")
    locks[council, service] = lead


def _neighbours(reader: Reader, councils: Names) -> tuple[tuple[str, str], ...] | None:
    found = []
    for cells in reader.rows("neighbours"):
        council = cells.name("council", councils)
        pair = _pair(cells, council or "", "neighbour", councils)
        found += [pair] if council and pair else []
    return tuple(found) or None


def _travel(reader: Reader, councils: Names, leads: Names) -> dict[tuple[str, str], float] | None:
    found: dict[tuple[str, str], float] = {}
    for cells in reader.rows("travel"):
        start, end = cells.name("from", leads), cells.name("to", leads)
        way = cells.amount("way")
        if start is None or end is None or way is None:
            continue
        if plain(start) not in councils and plain(end) not in councils:
            cells.refuse("to", "A way between two providers is not needed. Leave it out.")
        found[start, end] = way
    return found or None
