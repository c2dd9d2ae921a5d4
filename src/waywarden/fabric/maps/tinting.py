"""Which of four tints each area of a map has, so that neighbours differ. Pure."""

from collections.abc import Iterable, Mapping, Sequence

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


def tints(neighbours: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give each key one of four tints so that no two neighbours share one.

    Tried in order and taken back where it leads nowhere. A map that needs a
    fifth, which areas in several pieces can, leaves the fewest it can alike.

    >>> tints({"a": ["b"], "b": ["a", "c"], "c": ["b"]})
    {'a': 'map-2', 'b': 'map-1', 'c': 'map-2'}
    """
    order = sorted(neighbours, key=lambda key: (-len(list(neighbours[key])), key))
    chosen: dict[str, str] = {}
    if not _tint_from(order, neighbours, chosen):
        for key in order:
            taken = [chosen.get(other) for other in neighbours[key]]
            chosen[key] = min(TINTS, key=taken.count)
    return {key: chosen[key] for key in sorted(chosen)}


def _tint_from(
    order: list[str], neighbours: Mapping[str, Iterable[str]], chosen: dict[str, str]
) -> bool:
    if not order:
        return True
    key, *later = order
    taken = {chosen.get(other) for other in neighbours[key]}
    for tint in TINTS:
        if tint not in taken:
            chosen[key] = tint
            if _tint_from(later, neighbours, chosen):
                return True
            del chosen[key]
    return False
