"""What the gallery of parts shows: every part, in every state it can be in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms


@dataclass(frozen=True)
class Amount:
    """A quantity as the parts expect it."""

    unit: str
    amount_milli: int | None = None
    low_milli: int | None = None
    high_milli: int | None = None
    is_estimate: bool = False
    is_disputed: bool = False
    source: str = ""
    stated_on: date | None = None
    confidence: str = "C"


@dataclass(frozen=True)
class Money:
    """A range of money as the parts expect it, in pence."""

    low: int
    high: int


@dataclass(frozen=True)
class Often:
    """A standard as the parts expect it."""

    visits: int
    years: int = 1


@dataclass(frozen=True)
class Work:
    """A service as the parts expect it."""

    visits_word: str = "cuts"


class AskADay(forms.Form):
    """A form with a mistake in it, to show how mistakes are said."""

    on = forms.DateField(
        label="Show as of",
        widget=forms.DateInput(attrs={"class": "govuk-input govuk-input--width-10"}),
        error_messages={"invalid": "Enter the date as day, month and year, such as 1/4/2026"},
    )


def everything() -> dict[str, Any]:
    """Return what the gallery page needs: names from our cast, figures made up for it."""
    measured = Amount(
        "m2", 21_600_000, source="Survey by the clerk", stated_on=date(2026, 5, 4), confidence="A"
    )
    disputed = Amount("m", 1_820_000, source="County's inventory", is_disputed=True, confidence="B")
    return {
        "estimates": [
            Amount("m2", 8_000_000, 4_000_000, 12_000_000, is_estimate=True),
            Amount("sign", 5_000, 5_000, 5_000, is_estimate=True),
            None,
        ],
        "sums": [Money(310_000, 430_000), Money(5_000, 5_000), None],
        "quantities": [measured, disputed, None],
        "standards": _standards(),
        "work": Work(),
        "days": [(date(2026, 12, 8), "soon"), (date(2026, 11, 2), "late"), (date(2025, 4, 1), "")],
        "fills": _fills(),
        "form": AskADay({"on": "next week"}),
    }


def _standards() -> list[tuple[str, Often | None, Often | None, Often | None]]:
    return [
        ("More than the minimum", Often(1), Often(2), Often(5)),
        ("Below the minimum", Often(1), Often(1), Often(0)),
        ("Once in several years", Often(1, 3), Often(1, 3), None),
        ("Too many to draw", Often(26), Often(26), Often(26)),
        ("Not known", None, None, None),
    ]


def _fills() -> list[tuple[str, str]]:
    tints = [(f"map-{i}", f"Tint {i}") for i in range(1, 5)]
    amounts = [(f"seq-{i}", f"Amount {i}") for i in range(1, 6)]
    others = [
        ("you", "Your parish"),
        ("stone", "Next to it"),
        ("none", "No parish"),
        ("unknown", "Not known"),
    ]
    return [*tints, *amounts, *others]
