"""The rows of a list that stay in the database, in its usual order, until a page shows them."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, overload

from django.db.models import QuerySet

from waywarden.fabric.tables.columns import T


class Stored(Sequence[T], Generic[T]):
    """Rows in the order a list usually has, counted and cut into pages by the database.

    ``found`` is in that order already; ``told`` makes a row of what it holds.
    """

    def __init__(self, found: QuerySet[Any], *, told: Callable[[Any], T]) -> None:
        self._found, self._told = found, told

    @cached_property
    def _count(self) -> int:
        return self._found.count()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return map(self._told, self._found)

    @overload
    def __getitem__(self, wanted: int) -> T: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[T]: ...
    def __getitem__(self, wanted: int | slice) -> T | list[T]:
        if isinstance(wanted, slice):
            return [self._told(held) for held in self._found[wanted]]
        return self._told(self._found[wanted])


def distinct(found: QuerySet[Any], field: str) -> list[str]:
    """Return what a field says, each once."""
    return list(found.order_by(field).values_list(field, flat=True).distinct())
