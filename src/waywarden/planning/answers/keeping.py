"""Reports as plain values that any file or database keeps, and back again, exactly."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from waywarden.planning.facts import CannotPlan
from waywarden.planning.reports import Report

#: Raised when a report kept earlier could no longer be read.
FORMAT = 1


def kept(report: Report) -> dict[str, Any]:
    """Return a report as dictionaries, lists, words and whole numbers, ready for JSON."""
    plain: dict[str, Any] = _plain(asdict(report))
    return {"format": FORMAT, **plain}


def report_from(plain: Mapping[str, Any]) -> Report:
    """Return the report that `kept` wrote. Raises `CannotPlan` for anything else."""
    if plain.get("format") != FORMAT:
        raise CannotPlan("This is not a plan that this version can read. Plan again.")
    try:
        report: Report = _rebuilt(
            Report, {name: value for name, value in plain.items() if name != "format"}
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CannotPlan(f"This plan is damaged: {error}. Plan again.") from error
    return report


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _rebuilt(kind: Any, value: Any) -> Any:
    """Return a plain value as the kind it was, however deep."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, value)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _rebuilt(parts[0], value)
    if origin is tuple:
        kinds = [parts[0]] * len(value) if parts[1:] == (...,) else parts
        return tuple(_rebuilt(one, item) for one, item in zip(kinds, value, strict=True))
    if origin is dict:
        return {name: _rebuilt(parts[1], item) for name, item in value.items()}
    if type(value) is not kind:
        raise TypeError(f"{value!r} should be a {kind.__name__}")
    return value


def _record(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    missing = [
        field.name for field in fields(kind) if field.name not in value and field.default is MISSING
    ]
    if missing:
        raise KeyError(f"{kind.__name__} has no {missing[0]}")
    return kind(**{name: _rebuilt(hints[name], item) for name, item in value.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
