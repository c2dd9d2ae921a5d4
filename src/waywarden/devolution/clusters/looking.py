"""While a page is only shown, what it asks of the database again and again is asked once."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
#: What was asked while a page is shown, and what the answer was; none where nothing is remembered.
_KNOWN: ContextVar[dict[Hashable, Any] | None] = ContextVar("known while shown", default=None)


def only_shown(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Remember within a view: one that changes nothing, so that no answer grows old in it."""

    @wraps(view)
    def remembering(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        token = _KNOWN.set({})
        try:
            return view(*args, **kwargs)
        finally:
            _KNOWN.reset(token)

    return remembering


def asked_once(query: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Ask the same of the database once while a page is only shown; everywhere else each time."""

    @wraps(query)
    def answered(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        known = _KNOWN.get()
        if known is None:
            return query(*args, **kwargs)
        key = (query, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = query(*args, **kwargs)
        found: Answer = known[key]
        return found

    return answered
