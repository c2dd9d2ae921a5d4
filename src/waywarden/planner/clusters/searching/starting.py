"""Where the search for shared clusters starts: from nothing or a grouping, with who is tied."""

from collections import deque
from collections.abc import Iterable, Sequence, Set

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.binding import NO_BLOCK, blocks_by_council
from waywarden.planner.sharing import Sharing


def in_order(cluster: Ints) -> Ints:
    """Number clusters from 0 in the order of their first members.

    >>> in_order(np.array([7, 2, 7, 5]))
    array([0, 1, 0, 2])
    """
    _, first, numbers = np.unique(cluster, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[numbers], dtype=np.int64)


def first_labels(sharing: Sharing, start: Ints | None = None) -> Ints:
    """Return the number of each council's cluster to start from, shape N.

    Everyone is by itself, or as in ``start``; but councils tied to one another
    are together, with those between them where clusters must hang together.
    What then does not hang together, or is too large, is parted. Raises
    ValueError for a start that is not a row of N numbers.
    """
    councils = len(sharing.takes_part)
    labels = np.arange(councils, dtype=np.int64) if start is None else _checked(start, councils)
    if start is None and not sharing.has_rules:
        return labels
    blocks = blocks_by_council(sharing)
    for number in np.unique(blocks[blocks != NO_BLOCK]):
        block = np.flatnonzero(blocks == number)
        if len(np.unique(labels[block])) > 1:
            labels[_joined(sharing, blocks, block)] = councils + number
    return in_order(_parted(sharing, labels))


def _checked(start: Ints, councils: int) -> Ints:
    labels = np.asarray(start)
    if labels.shape != (councils,) or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"The start is {start!r}. Give {councils} numbers, one for each council.")
    return in_order(labels)


def _joined(sharing: Sharing, blocks: Ints, block: Ints) -> list[int]:
    """Return a block and the fewest councils that make it hang together, if there are such."""
    rows = [int(row) for row in block]
    if not sharing.is_contiguous:
        return rows
    barred = _barred(sharing, blocks, set(rows))
    members, missing = {rows[0]}, set(rows[1:])
    while missing:
        way = _way_between(sharing, members, missing, barred)
        if not way or len(members | missing | way) > sharing.most_members:
            return rows
        members |= way
        missing -= way
    return sorted(members)


def _barred(sharing: Sharing, blocks: Ints, block: Set[int]) -> set[int]:
    """Return those who should not be put into a cluster with a block: bound to others, or apart."""
    is_bound = (blocks != NO_BLOCK) | (sharing.locked >= 0).any(axis=1) | ~sharing.joins
    kept_apart = {int(other) for row in block for other in sharing.apart.of(row)}
    return ({int(row) for row in np.flatnonzero(is_bound)} | kept_apart) - block


def _way_between(
    sharing: Sharing, members: Set[int], missing: Set[int], barred: Set[int]
) -> set[int]:
    """Return the councils on the shortest way from members to one missing, if there is one."""
    came_from = dict.fromkeys(sorted(members), -1)
    waiting = deque(came_from)
    while waiting:
        row = waiting.popleft()
        if row in missing:
            return _steps_to(row, came_from)
        for other in _near(sharing, row):
            if other not in came_from and other not in barred:
                came_from[other] = row
                waiting.append(other)
    return set()


def _steps_to(row: int, came_from: dict[int, int]) -> set[int]:
    way = set[int]()
    while row >= 0:
        way.add(row)
        row = came_from[row]
    return way


def _near(sharing: Sharing, row: int) -> Iterable[int]:
    return (int(other) for other in sharing.neighbours.of(row) if sharing.joins[other])


def _parted(sharing: Sharing, labels: Ints) -> Ints:
    """Part clusters that are too large, have unwilling members or do not hang together."""
    parted, pieces = np.empty_like(labels), 0
    for label in np.unique(labels):
        left = [int(row) for row in np.flatnonzero(labels == label)]
        while left:
            piece = _first_piece(sharing, left)
            parted[piece] = pieces
            pieces += 1
            left = [row for row in left if row not in piece]
    return parted


def _first_piece(sharing: Sharing, rows: Sequence[int]) -> list[int]:
    """Return the first of some councils with those of the others that can be in its cluster."""
    if not sharing.joins[rows[0]]:
        return [rows[0]]
    piece, others = [rows[0]], {row for row in rows[1:] if sharing.joins[row]}
    for row in piece:
        reached = _near(sharing, row) if sharing.is_contiguous else sorted(others)
        for other in reached:
            if other in others and len(piece) < sharing.most_members:
                others.remove(other)
                piece.append(other)
    return piece
