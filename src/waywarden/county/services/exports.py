"""The figures of one place for download. One list of columns drives the file and its notes."""

from typing import Any

from waywarden.county.services.lists import Figure
from waywarden.fabric.tables.columns import Column

SOURCE = "The figures held here for the place; each names its own source."
LICENCE = "Open Government Licence v3.0, where a figure's own source does not say otherwise."


def _of(figure: Figure, name: str) -> Any:
    return getattr(figure.held, name) if figure.held else None


def _measured(figure: Figure) -> int | None:
    return None if _of(figure, "is_estimate") else _of(figure, "amount_milli")


FIGURES: list[Column[Figure]] = [
    Column("place", "The parish or unparished area", "text", lambda f: f.area.name),
    Column("place_key", "The place's own key in this register", "text", lambda f: f.area.key),
    Column("service_code", "The service", "text", lambda f: f.service.code),
    Column("service", "The service's plain name", "text", lambda f: f.service.name),
    Column("amount", "What was measured; blank for an estimate", "thousandths", _measured),
    Column("low", "The low end of an estimate", "thousandths", lambda f: _of(f, "low_milli")),
    Column("high", "The high end of an estimate", "thousandths", lambda f: _of(f, "high_milli")),
    Column("unit", "The unit it is counted in", "text", lambda f: f.service.unit),
    Column("source", "Who says so", "text", lambda f: _of(f, "source")),
    Column("stated_on", "The day it was stated", "date", lambda f: _of(f, "stated_on")),
    Column("confidence", "How sure it is, A to C", "text", lambda f: _of(f, "confidence")),
    Column("state", "Measured, estimated, disputed or not known", "text", lambda f: f.state),
    Column("dispute", "What is disputed", "text", lambda f: _of(f, "dispute")),
]
