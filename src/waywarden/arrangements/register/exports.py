"""The register's tables for download. One list of columns drives the file and its description."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waywarden.arrangements.register.queries import Answer
from waywarden.county.services.models import Standard
from waywarden.fabric.tables.columns import Column


@dataclass(frozen=True)
class Line:
    """One answer with the place's code, and the day the table is made."""

    answer: Answer
    code: str
    made_on: date


def _measured(line: Line) -> int | None:
    quantity = line.answer.quantity
    return None if quantity is None or quantity.is_estimate else quantity.amount_milli


def _estimated(line: Line, end: str) -> int | None:
    """Return one end of an estimate's range; none for what was measured."""
    quantity = line.answer.quantity
    return getattr(quantity, end) if quantity and quantity.is_estimate else None


def _held_on(line: Line) -> date | None:
    return line.made_on if line.answer.quantity else None


def _visits(standard: Standard | None) -> int | None:
    """Return visits a year in thousandths: one in three years is 333."""
    return None if standard is None else (standard.visits * 1000) // standard.years


COLUMNS = [
    Column("place", "The parish or unparished area", "text", lambda line: line.answer.area.name),
    Column(
        "place_key",
        "The place's own key in this register",
        "text",
        lambda line: line.answer.area.key,
    ),
    Column("gss_code", "The latest GSS code known", "text", lambda line: line.code),
    Column(
        "district",
        "The district or unitary it lies in",
        "text",
        lambda line: line.answer.area.within.name,
    ),
    Column("service_code", "The service", "text", lambda line: line.answer.service.code),
    Column("service", "The service's plain name", "text", lambda line: line.answer.service.name),
    Column("as_of", "The day answered for", "date", lambda line: line.answer.on),
    Column(
        "delivered_by",
        "The body that delivers; blank where not known",
        "text",
        lambda line: line.answer.delivered_by,
    ),
    Column("why", "Why the register says so", "text", lambda line: line.answer.why),
    Column(
        "power",
        "The law relied on; blank where not recorded",
        "text",
        lambda line: line.answer.power,
    ),
    Column(
        "basis",
        "What the answer rests on: the law's default, as no agreement is recorded",
        "text",
        lambda line: "default" if line.answer.deliverer else "",
    ),
    Column(
        "certainty_percent",
        "How sure we are of the law until somebody confirms it",
        "number",
        lambda line: line.answer.chief.certainty,
    ),
    Column(
        "confirmed_by",
        "Who confirmed it; blank until somebody has",
        "text",
        lambda line: line.answer.confirmed_by,
    ),
    Column(
        "minimum_visits_a_year",
        "The minimum standard",
        "thousandths",
        lambda line: _visits(line.answer.standards.minimum),
    ),
    Column(
        "funded_visits_a_year",
        "What is funded",
        "thousandths",
        lambda line: _visits(line.answer.standards.funded),
    ),
    Column(
        "delivered_visits_a_year",
        "What is delivered",
        "thousandths",
        lambda line: _visits(line.answer.standards.delivered),
    ),
    Column("unit", "The unit of the quantity", "text", lambda line: line.answer.service.unit),
    Column("quantity", "The measured quantity; blank where not measured", "thousandths", _measured),
    Column(
        "quantity_low_estimate",
        "An estimate, not a measurement: low",
        "thousandths",
        lambda line: _estimated(line, "low_milli"),
    ),
    Column(
        "quantity_high_estimate",
        "An estimate, not a measurement: high",
        "thousandths",
        lambda line: _estimated(line, "high_milli"),
    ),
    Column("quantity_held_on", "The day the quantity was held here", "date", _held_on),
    Column(
        "quantity_source",
        "Where the quantity comes from",
        "text",
        lambda line: line.answer.quantity_source,
    ),
    Column(
        "quantity_confidence",
        "A read, B derived, C estimate",
        "text",
        lambda line: line.answer.quantity_confidence,
    ),
    Column(
        "quantity_disputed",
        "Whether somebody disputes it",
        "yes or no",
        lambda line: line.answer.quantity_disputed,
    ),
]


def lines(answers: Iterable[Answer], codes: dict[int, str], made_on: date) -> list[Line]:
    """Join answers to the codes of their places."""
    return [Line(answer, codes.get(answer.area.pk, ""), made_on) for answer in answers]
