"""The refusal of this room, and what the rules refuse put into it."""

from collections.abc import Iterator
from contextlib import contextmanager

from waywarden.fabric.common.refusals import Refusal
from waywarden.rules.saying import Refused


class CannotAgree(Refusal):
    """An agreement that cannot be changed as asked; the message says why."""


@contextmanager
def refused_plainly() -> Iterator[None]:
    """Say what a rule refuses as this room refuses."""
    try:
        yield
    except Refused as refused:
        raise CannotAgree(str(refused)) from refused
