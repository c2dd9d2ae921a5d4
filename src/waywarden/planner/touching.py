"""Who hangs together: whom one reaches through neighbours without leaving a group."""

from collections.abc import Callable, Iterable, Set


def reached_from(
    first: int, members: Set[int], neighbours_of: Callable[[int], Iterable[int]]
) -> set[int]:
    """Return the members that are reached from one of them, itself included."""
    reached, waiting = {first}, [first]
    while waiting:
        beside = {int(other) for other in neighbours_of(waiting.pop())}
        new = (beside & members) - reached
        reached |= new
        waiting.extend(sorted(new))
    return reached


def parts_of(members: Set[int], neighbours_of: Callable[[int], Iterable[int]]) -> list[set[int]]:
    """Return the parts of a group that hang together, by their first members; one if all do."""
    left, parts = set(members), list[set[int]]()
    while left:
        parts.append(reached_from(min(left), left, neighbours_of))
        left -= parts[-1]
    return parts
