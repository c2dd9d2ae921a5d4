"""Ways to break a rule of the database, and the facts that rows of many rooms share."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model

from tests.cast import Cast

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
ENDS_FIRST = {"starts_on": APRIL, "ends_on": MARCH}
READ = {"source": "Read somewhere", "confidence": "A"}
UNSOURCED = READ | {"source": ""}
UNSURE = READ | {"confidence": "Z"}

Facts = Callable[[Cast], dict[str, Any]]
Break = Callable[[Cast], object]
#: A kind of row, and the facts of one that breaks no rule.
Whole = tuple[type[Model], Facts]


def twice(model: type[Model], facts: Facts) -> Break:
    """Save the same row twice."""

    def broken(cast: Cast) -> None:
        model._default_manager.create(**facts(cast))
        model._default_manager.create(**facts(cast))

    return broken


def once(model: type[Model], facts: Facts) -> Break:
    """Save one row that says what it must not."""
    return lambda cast: model._default_manager.create(**facts(cast))
