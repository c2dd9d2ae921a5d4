"""Gates and filters taken away one at a time: the matrix must notice every one.

The list is made from the code itself: each predicate of a ``permissions.py``, each
gate before a view, each token a form asks for, and each QuerySet word that keeps
what is one council's. A test that passes with the gate open tests nothing.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from tests.permissions.addresses import Pattern, patterns
from tests.permissions.policy import EVERYBODY, POLICY, PUBLIC, WITHOUT_TOKEN
from waywarden.county.people import gate
from waywarden.county.people.models import OfficeQuerySet

#: Rooms whose records are all public, so that a filter that is missing tells nobody a secret.
PUBLIC_ROOMS = frozenset({"councils", "places", "services", "plans", "journal"})
#: Words that keep rows for reasons other than whose they are, each with its reason.
NO_SECRETS: dict[str, str] = {
    "BucketQuerySet.full": "It counts tries, and shows none.",
    "ChoreQuerySet.open_to": "It says which work may begin, not who may see it.",
    "DecisionQuerySet.of": "Decisions are public; what is exempt is asked of each by itself.",
    "DecisionQuerySet.taken": "It is asked before one is recorded, and shown to nobody.",
    "InterestQuerySet.standing": "Those taken back stand on the page too.",
    "InvitationQuerySet.lapsed": "It is asked before one is sent, and shown to nobody.",
    "InvitationQuerySet.open": "Those that were answered are the same body's.",
    "LinkQuerySet.usable": "A link is found by its secret alone.",
    "NoticeQuerySet.set_aside": "The operator may try any letter again.",
    "NoticeQuerySet.to_gather": "The worker asks, and nobody else.",
    "NoticeQuerySet.to_send": "The worker asks, and nobody else.",
    "OfferQuerySet.in_round": "Each offer is asked of by itself.",
    "OfficeQuerySet.as_of": "It is seeded by itself below.",
    "PaperQuerySet.there": "Those withdrawn are the same body's.",
    "RoundQuerySet.public": "No council has an offer of a round that is still being written.",
    "SavedViewQuerySet.named": "The last filter used is one's own too.",
    "StoredFileQuerySet.there": "Those withdrawn are the same body's.",
    "UploadQuerySet.held_since": "The worker asks which to forget, and shows none.",
    "UploadQuerySet.newest_first": "It is an order.",
    "VersionedQuerySet.change": "It writes, and shows nothing.",
    "VersionedQuerySet.change_as_read": "It writes, and shows nothing.",
}


@dataclass(frozen=True)
class Leak:
    """One way of leaving the door open, and the address it is about if it is about one."""

    name: str
    opened: Callable[[], AbstractContextManager[None]]
    pattern: Pattern | None = None
    #: The room whose code it is in; blank where it is everybody's.
    room: str = ""

    def is_near(self, pattern: Pattern) -> bool:
        """Whether a page is the leak's own, or in its room where it is about no page."""
        if self.pattern is not None:
            return pattern.name == self.pattern.name
        return bool(self.room) and pattern.name.startswith(f"{self.room}:")


def _room_of(module: str) -> str:
    """Name the room of a module such as "waywarden.county.people.permissions"."""
    return [*module.split("."), "", "", ""][2]


def every_leak() -> Iterator[Leak]:
    """Give every leak that can be seeded in the code as it is."""
    yield from _of_predicates()
    for pattern in patterns():
        if POLICY.get(pattern.name) not in (None, PUBLIC):
            yield from _of_gates(pattern)
    yield from _of_words()
    yield from _of_the_gate_itself()


def _of_predicates() -> Iterator[Leak]:
    for name, module in sorted(sys.modules.items()):
        if name.startswith("waywarden.") and name.endswith(".permissions"):
            for word, found in inspect.getmembers(module, inspect.isfunction):
                if found.__module__ == name and not found.__closure__:
                    said = f"{name}.{word} says yes to everybody"
                    yield Leak(said, _saying_yes(found), room=_room_of(name))


def _yes(*given: Any, **named: Any) -> bool:
    return True


def _saying_yes(predicate: FunctionType) -> Callable[[], AbstractContextManager[None]]:
    return lambda: _with_code(predicate, _yes.__code__)


@contextmanager
def _with_code(function: FunctionType, code: CodeType) -> Iterator[None]:
    """Let every caller of a function, by whatever name, run other code."""
    own = function.__code__, function.__kwdefaults__
    function.__code__, function.__kwdefaults__ = code, None
    try:
        yield
    finally:
        function.__code__, function.__kwdefaults__ = own


def _layers(view: Any) -> Iterator[Any]:
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _gates(pattern: Pattern) -> dict[CodeType, Any]:
    layers = [each for each in _layers(pattern.found.callback) if hasattr(each, "__code__")]
    return {each.__code__: each for each in layers if each.__code__.co_name == "within"}


def _of_gates(pattern: Pattern) -> Iterator[Leak]:
    gates = _gates(pattern)
    if gates and POLICY[pattern.name].change != EVERYBODY:
        # Behind the innermost: of several gates one that is left still shuts most people out.
        code, layer = list(gates.items())[-1]
        if "may" not in code.co_freevars:
            yield Leak(f"{pattern.name} has no gate", _without(pattern, layer), pattern)
    for code, layer in gates.items():
        for name, cell in zip(code.co_freevars, layer.__closure__, strict=True):
            if name == "may" and cell.cell_contents.__code__.co_filename != gate.__file__:
                yield Leak(f"{pattern.name} asks for no office", _cell(cell), pattern)
    if POLICY[pattern.name].takes_forms and pattern.name not in WITHOUT_TOKEN:
        yield Leak(f"{pattern.name} asks for no token", _untokened(pattern), pattern)


def _cell(cell: Any) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def opened() -> Iterator[None]:
        own, cell.cell_contents = cell.cell_contents, _yes
        try:
            yield
        finally:
            cell.cell_contents = own

    return opened


def _without(pattern: Pattern, layer: Any) -> Callable[[], AbstractContextManager[None]]:
    return _replaced(pattern.found, "callback", layer.__wrapped__)


def _untokened(pattern: Pattern) -> Callable[[], AbstractContextManager[None]]:
    whole = pattern.found.callback

    def view(*given: Any, **named: Any) -> Any:
        return whole(*given, **named)

    view.csrf_exempt = True  # type: ignore[attr-defined]
    return _replaced(pattern.found, "callback", view)


def _replaced(of: Any, name: str, by: Any) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def opened() -> Iterator[None]:
        own = of.__dict__[name]
        setattr(of, name, by)
        try:
            yield
        finally:
            setattr(of, name, own)

    return opened


def _of_words() -> Iterator[Leak]:
    private = [model for model in apps.get_models() if model._meta.app_label not in PUBLIC_ROOMS]
    kinds = {type(model._default_manager.all()) for model in private}
    for kind in sorted(kinds, key=lambda found: f"{found.__module__}.{found.__name__}"):
        if not kind.__module__.startswith("waywarden."):
            continue
        for word, found in sorted(vars(kind).items()):
            name = f"{kind.__name__}.{word}"
            is_filter = inspect.isfunction(found) and not word.startswith("_")
            if is_filter and name not in NO_SECRETS:
                kept = _replaced(kind, word, _all)
                yield Leak(f"{name} keeps nothing back", kept, room=_room_of(kind.__module__))


def _all(self: QuerySet[Any], *given: Any, **named: Any) -> QuerySet[Any]:
    return self.all()


def _of_the_gate_itself() -> Iterator[Leak]:
    if not any("may" in code.co_freevars for each in patterns() for code in _gates(each)):
        return
    yield Leak("forms of another office are taken", _replaced(gate, "CHANGES", frozenset()))
    yield Leak("offices never end or begin", _offices_of_any_day())


def _offices_of_any_day() -> Callable[[], AbstractContextManager[None]]:
    return lambda: _with_offices(lambda self, day: self.all())


@contextmanager
def _with_offices(as_of: Any) -> Iterator[None]:
    own = OfficeQuerySet.as_of
    OfficeQuerySet.as_of = as_of  # type: ignore[method-assign]
    try:
        yield
    finally:
        OfficeQuerySet.as_of = own  # type: ignore[method-assign]
