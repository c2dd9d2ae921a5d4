"""The form of a budget: a few rows for what is paid and what comes in, and more where wanted."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from waywarden.devolution.interest.budget_actions import Budgeted, Reckoned
from waywarden.devolution.interest.forms import choose, offer, one_of
from waywarden.devolution.interest.models import Budget, BudgetLine
from waywarden.fabric.forms.fields import (
    in_pounds,
    line_field,
    number_field,
    pence_of,
    pounds_field,
)
from waywarden.fabric.forms.versions import VersionedForm

COST, INCOME = BudgetLine.Side.COST, BudgetLine.Side.INCOME
#: So many rows stand there at first, so many are added at a time, and more are not kept.
ROWS = {COST: 4, INCOME: 3}
MORE, MOST = 3, 40
CALLED = {COST: "Cost", INCOME: "Income"}
OFTEN = [("year", "Every year"), ("once", "Once")]


class BudgetForm(VersionedForm):
    """What it would cost and bring in, in rows; a row that is left blank is none."""

    says_optional = False

    def __init__(self, *args: Any, rows: Mapping[str, int], **kwargs: Any) -> None:
        self._rows = dict(rows)
        super().__init__(*args, **kwargs)
        for side in (COST, INCOME):
            for number in range(1, rows[side] + 1):
                self._add_row(side, number)
        self.fields["reclaims"] = one_of(
            "How much of the VAT do you get back?",
            "Choose how much of the VAT you get back",
            Budget.Reclaims.choices,
            help_text="What you do not know is not counted on: all the VAT then stays as a cost.",
        )
        self.fields["percent"] = number_field(
            "If a part: how much in a hundred?", least=1, most=99, help_text="Such as 40."
        )
        self.dress()

    def _add_row(self, side: str, number: int) -> None:
        name, called = f"{side}_{number}", f"{CALLED[BudgetLine.Side(side)]} {number}"
        asks = "Say what it is for" if side == COST else "Say where it comes from"
        self.fields[f"{name}_what"] = line_field(f"{called}: what it is", asks=asks, required=False)
        pounds = "pounds" if side == COST else "pounds, without VAT"
        self.fields[f"{name}_amount"] = pounds_field(f"{called}: {pounds}", required=False)
        self.fields[f"{name}_often"] = choose(f"{called}: how often")
        offer(self, f"{name}_often", OFTEN)
        if side == COST:
            self.fields[f"{name}_vat"] = choose(f"{called}: VAT")
            offer(self, f"{name}_vat", [("", "Choose one"), *BudgetLine.Vat.choices])

    def rows_of(self, side: str) -> list[list[forms.BoundField]]:
        """Return the fields of each row, for the page to set out."""
        return [
            [self[name] for name in self._names(side, number) if name in self.fields]
            for number in range(1, self._rows[side] + 1)
        ]

    @property
    def groups(self) -> list[tuple[str, str, list[list[forms.BoundField]]]]:
        """The rows of what is paid and of what comes in, each with its heading and what to know."""
        return [
            ("What you would pay", "", self.rows_of(COST)),
            ("What comes in", "Give it without VAT.", self.rows_of(INCOME)),
        ]

    def _names(self, side: str, number: int) -> list[str]:
        return [f"{side}_{number}_{part}" for part in ("what", "amount", "often", "vat")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for side in (COST, INCOME):
            for number in range(1, self._rows[side] + 1):
                self._check_row(side, number, cleaned)
        if cleaned.get("reclaims") == Budget.Reclaims.PART and not cleaned.get("percent"):
            self._refuse("percent", "Enter how much in a hundred, from 1 to 99")
        return cleaned

    def _check_row(self, side: str, number: int, cleaned: dict[str, Any]) -> None:
        what, amount, often, vat = self._names(side, number)
        if not cleaned.get(what) and not cleaned.get(amount):
            # What is chosen in a row that is blank says nothing, and is not kept.
            cleaned |= {often: "year", vat: ""}
            return
        if cleaned.get(what) and not cleaned.get(amount):
            self._refuse(amount, "Enter how much in pounds, more than nought")
        if cleaned.get(amount) and not cleaned.get(what):
            self._refuse(what, "Say what the amount is for")
        if side == COST and cleaned.get(what) and not cleaned.get(vat):
            self._refuse(vat, "Choose whether VAT is in it")

    def _refuse(self, name: str, why: str) -> None:
        if name not in self.errors:
            self.add_error(name, why)

    def reckoned(self) -> Reckoned:
        """Return the budget."""
        said = self.cleaned_data
        is_part = said["reclaims"] == Budget.Reclaims.PART
        return Reckoned(
            lines=list(self._lines()),
            reclaims=said["reclaims"],
            percent=said["percent"] if is_part else None,
        )

    def _lines(self) -> Iterator[Budgeted]:
        said = self.cleaned_data
        for side in (COST, INCOME):
            for number in range(1, self._rows[side] + 1):
                what, amount, often, vat = self._names(side, number)
                if said[what]:
                    yield Budgeted(
                        side=side,
                        what=said[what],
                        amount_pence=pence_of(said[amount]),
                        is_once=said[often] == "once",
                        vat=said.get(vat, BudgetLine.Vat.NONE),
                    )


def as_typed(held: Reckoned | None, *, usual: str) -> dict[str, object]:
    """Write a budget as its form holds it; where there is none, with what is usual of VAT."""
    found: dict[str, object] = {"reclaims": held.reclaims if held else usual}
    found["percent"] = held.percent if held else None
    # What is chosen in a row that is blank.
    found |= {f"{s}_{n}_often": "year" for s in (COST, INCOME) for n in range(1, MOST + 1)}
    for side in (COST, INCOME):
        lines = [line for line in held.lines if line.side == side] if held else []
        for number, line in enumerate(lines, start=1):
            name = f"{side}_{number}"
            found |= {
                f"{name}_what": line.what,
                f"{name}_amount": in_pounds(line.amount_pence),
                f"{name}_often": "once" if line.is_once else "year",
                f"{name}_vat": line.vat,
            }
    return found


def rows_for(held: Reckoned | None, *, typed: Mapping[str, Any] | None = None) -> dict[str, int]:
    """Say how many rows stand there: those that are filled in, some more, and what was typed."""
    return {side: _rows(side, held, typed) for side in (COST, INCOME)}


def _rows(side: BudgetLine.Side, held: Reckoned | None, typed: Mapping[str, Any] | None) -> int:
    filled = sum(line.side == side for line in held.lines) if held else 0
    wanted = ROWS[side] if filled < ROWS[side] else filled + MORE
    if typed is not None:
        sent = [number for number in range(1, MOST + 1) if f"{side}_{number}_what" in typed]
        wanted = max([wanted if not sent else 0, filled, *sent])
    return min(wanted, MOST)
