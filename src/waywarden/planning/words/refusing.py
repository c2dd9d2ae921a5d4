"""What the planner refuses, said to people: by names alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from waywarden.planner import Infeasible
from waywarden.planning.facts import CannotPlan
from waywarden.planning.words.phrasing import without_rows


@contextmanager
def refused_plainly() -> Iterator[None]:
    """Raise `CannotPlan` for what the planner refuses, which names councils with their rows.

    Whoever asked for a plan has no such rows before them.
    """
    try:
        yield
    except Infeasible as error:
        raise CannotPlan(without_rows(str(error))) from error
