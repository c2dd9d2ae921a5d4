"""Lays out what `waywarden.planner` offers, from its docstrings, as a page of docs/."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from waywarden import planner

INTRODUCTION = """\
# Everything `waywarden.planner` offers

Made from the docstrings in `src/waywarden/planner/` by `make docs`: change those. How the parts go
together: [the planner as a library](planner.md).
"""

#: The parts of the page, and the names that stand in each; what is in none comes last.
PARTS = {
    "What is to be planned": (
        "Problem", "Council", "Work", "DeliveryModel", "Outside", "Provider", "Service",
        "Willingness", "Location", "read",
    ),
    "Planning": ("plan", "Effort", "EFFORTS", "sweep", "hand_made", "moved", "Infeasible"),
    "The plan": ("Plan", "Cluster", "ServiceLead"),
    "Fair shares": (
        "share_costs", "Shares", "core_excess", "Excess", "nearest_core", "cluster_game",
        "ClusterGame", "stable_shares", "StableShares",
    ),
}  # fmt: skip


def as_markdown() -> str:
    """Give docs/reference/planner-api.md as the docstrings state it today."""
    placed = {name for names in PARTS.values() for name in names}
    parts = PARTS | {"Questions to a plan": tuple(n for n in planner.__all__ if n not in placed)}
    lines = [INTRODUCTION]
    for title, names in parts.items():
        lines.append(f"## {title}\n")
        lines += [_entry(name) for name in names]
    return "\n".join(lines)


def _entry(name: str) -> str:
    thing = getattr(planner, name)
    if inspect.isclass(thing):
        return "\n".join([f"### `{name}`\n", _text(thing), *_fields(thing), *_members(thing)])
    if inspect.isfunction(thing):
        return "\n".join([f"### `{name}{_signature(thing)}`\n", _text(thing), *_of_module(thing)])
    if isinstance(thing, dict):
        return f"### `{name}`\n\nOne of: {', '.join(f'`{key}`' for key in thing)}.\n"
    return f"### `{name}`\n\nA kind of value: `{_plain(str(thing))}`.\n"


def _of_module(called: object) -> Iterator[str]:
    """Give what a module says below its first line, where a docstring of its refers to that."""
    if "the module says" in " ".join((inspect.getdoc(called) or "").split()):
        yield _text(inspect.getmodule(called)).partition("\n\n")[2]


def _fields(kind: type) -> Iterator[str]:
    """Give the fields of a dataclass as a list, or the values of an enumeration."""
    if is_dataclass(kind):
        for field in fields(kind):
            if not field.name.startswith("_"):
                yield f"- `{field.name}: {_plain(str(field.type))}`"
        yield ""
    elif hasattr(kind, "__members__"):
        yield "\n".join(f"- `{member.value}`" for member in kind) + "\n"


def _members(kind: type) -> Iterator[str]:
    """Give the public methods and properties that a class itself has, each with its meaning."""
    for name, member in vars(kind).items():
        meaning = _meaning(member)
        if meaning and not name.startswith("_"):
            called = _signature(member) if inspect.isfunction(member) else ""
            yield f"**`.{name}{called}`** {meaning}\n"


def _meaning(member: object) -> str:
    kinds = (property, classmethod, staticmethod)
    is_one = inspect.isfunction(member) or isinstance(member, kinds) or hasattr(member, "attrname")
    return _text(member).strip() if is_one else ""


def _signature(called: object) -> str:
    signature = inspect.signature(called)  # type: ignore[arg-type]
    shown = [
        one.replace(default=_default(one), annotation=_Shown.of(one.annotation))
        for one in signature.parameters.values()
        if one.name != "self"
    ]
    answer = _Shown.of(signature.return_annotation)
    return _plain(str(signature.replace(parameters=shown, return_annotation=answer)))


class _Shown(str):
    """A type as it is written, without quotes."""

    def __repr__(self) -> str:
        return str(self)

    @classmethod
    def of(cls, annotation: object) -> object:
        """Take the quotes off a type that was given as text."""
        return cls(annotation) if isinstance(annotation, str) else annotation


def _default(parameter: inspect.Parameter) -> object:
    """Give a default that reads the same on every machine."""
    return "…" if callable(parameter.default) and not inspect.isclass(parameter.default) else (
        parameter.default
    )  # fmt: skip


def _plain(annotation: str) -> str:
    """Drop what only a compiler needs to know of where a name comes from."""
    short = re.sub(r"<class '([\w.]+)'>", r"\1", annotation)
    named = re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z])", "", short)
    return re.sub(r"ndarray\[tuple\[Any, \.\.\.\], dtype\[(\w+)\]\]", r"array of \1", named)


def _text(thing: object) -> str:
    """Give a docstring as Markdown."""
    return re.sub(r"``(.+?)``", r"`\1`", inspect.getdoc(thing) or "", flags=re.DOTALL) + "\n"
