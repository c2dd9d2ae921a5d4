"""The figures a plan follows from, to download: each with its source and who entered it."""

from typing import Any

from waywarden.fabric.tables.columns import Column

SOURCE = "The register as it was when the plan was asked for."
Line = dict[str, Any]

FIGURES: list[Column[Line]] = [
    Column("place", "The parish", "text", lambda line: line["name"]),
    Column("place_key", "The place's own key", "text", lambda line: line["place"]),
    Column("service", "The code of the service", "text", lambda line: line["service"]),
    Column("amount", "How much there is", "thousandths", lambda line: line["amount_milli"]),
    Column("unit", "In which unit", "text", lambda line: line["unit"]),
    Column("estimate", "Whether it is an estimate", "yes or no", lambda line: line["is_estimate"]),
    Column("disputed", "Whether it is disputed", "yes or no", lambda line: line["is_disputed"]),
    Column("confidence", "How sure it is, as a letter", "text", lambda line: line["confidence"]),
    Column("source", "Where it is from", "text", lambda line: line["source"]),
    Column("entered_by", "Who entered it", "text", lambda line: line["entered_by"]),
    Column("recorded_on", "When, as year, month and day", "text", lambda line: line["recorded_on"]),
]
