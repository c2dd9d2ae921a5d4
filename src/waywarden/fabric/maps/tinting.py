"""Which of four tints each area of a map has, so that neighbours differ. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from waywarden.fabric.maps.drawing import TINTS, Shape


def touching(shapes: Sequence[Shape]) -> dict[str, set[str]]:
    """Return, by key, which shapes share at least two points of their edges."""
    corners = {shape.key: _corners(shape) for shape in shapes}
    return {
        key: {other for other in corners if other != key and len(mine & corners[other]) > 1}
        for key, mine in corners.items()
    }


def _corners(shape: Shape) -> set[tuple[float, float]]:
    rings = [ring for polygon in shape.polygons for ring in polygon]
    return {(round(point[0], 5), round(point[1], 5)) for ring in rings for point in ring}


#: How many tints are tried before a map is taken to need a fifth.
MOST_TRIES = 20_000


def tints(neighbours: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give each key one of four tints so that no two neighbours share one.

    The area with the fewest tints left is tried first, and what leads nowhere
    is taken back. A map that needs a fifth, which areas in several pieces can,
    leaves few of them alike.

    >>> tints({"a": ["b"], "b": ["a", "c"], "c": ["b"]})
    {'a': 'map-2', 'b': 'map-1', 'c': 'map-2'}
    """
    near = {key: sorted(others) for key, others in sorted(neighbours.items())}
    chosen: dict[str, str] = {}
    if not _tint_rest(near, chosen, iter(range(MOST_TRIES))):
        chosen.clear()
        while len(chosen) < len(near):
            key = _hardest(near, chosen)
            taken = [chosen.get(other) for other in near[key]]
            chosen[key] = min(TINTS, key=taken.count)
    return {key: chosen[key] for key in near}


def _tint_rest(
    near: Mapping[str, Sequence[str]], chosen: dict[str, str], tries: Iterator[int]
) -> bool:
    if len(chosen) == len(near):
        return True
    key = _hardest(near, chosen)
    taken = {chosen.get(other) for other in near[key]}
    for tint in TINTS:
        if tint not in taken and next(tries, None) is not None:
            chosen[key] = tint
            if _tint_rest(near, chosen, tries):
                return True
            del chosen[key]
    return False


def _hardest(near: Mapping[str, Sequence[str]], chosen: Mapping[str, str]) -> str:
    """Return which area without a tint has the fewest left, or the most neighbours."""

    def freedom(key: str) -> tuple[int, int]:
        taken = {chosen[other] for other in near[key] if other in chosen}
        return len(TINTS) - len(taken), -len(near[key])

    return min((key for key in near if key not in chosen), key=freedom)
