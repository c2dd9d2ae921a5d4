"""The site broken on purpose, in the ways that generated requests must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from tests.permissions.leaks import every_leak
from waywarden.county.councils import actions as councils
from waywarden.fabric.journal import actions as journal


def failing() -> AbstractContextManager[Any]:
    """Stumble over a contact that is withdrawn."""
    return patch.object(councils, "withdraw_contact", side_effect=ValueError("Broken on purpose"))


def leaking() -> AbstractContextManager[None]:
    """Let everybody see who holds a body's offices."""
    [leak] = [leak for leak in every_leak() if ".may_see_people says" in leak.name]
    return leak.opened()


def unnoted() -> AbstractContextManager[Any]:
    """Write nothing into the journal."""
    return patch.object(journal, "write")


@contextmanager
def noted_wrongly() -> Iterator[None]:
    """Note a contact as changed that is not."""
    with patch.object(councils.Contact.objects, "change_as_read"):
        yield


BROKEN: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "": nullcontext,
    "failed": failing,
    "leaked": leaking,
    "unnoted": unnoted,
    "noted_wrongly": noted_wrongly,
}
