"""Rules asked of a plan, typed in rows: leads locked, councils together, apart and left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from waywarden.devolution.making.calling import LISTED, Callings, CouncilField
from waywarden.fabric.forms.fields import CHOOSE
from waywarden.fabric.forms.plain import PlainForm
from waywarden.planning.asking import Asked

#: So many rows of each kind stand in a new form, so many are added at a time, and so many at most.
FIRST_ROWS, MORE_ROWS, MOST_ROWS = 2, 3, 20
NONE = ("", "No such rule")


@dataclass(frozen=True)
class Kind:
    """One kind of rule: what it is called, and what is asked in each of its rows."""

    name: str
    title: str
    says: str
    row: str
    more: str
    asks: Mapping[str, str]


LOCK = Kind(
    "lead",
    "Lock leads",
    "Who leads a service for a council, such as a town that does the work already.",
    "Lead",
    "Add more leads",
    {"who": "Who is to lead", "service": "Which service", "place": "For which council"},
)
TOGETHER = Kind(
    "together",
    "Put councils together",
    "Two that must be in one cluster. For three, pair the first with each of the others.",
    "Together",
    "Add more pairs to put together",
    {"one": "This council", "other": "In one cluster with"},
)
APART = Kind(
    "apart",
    "Keep councils apart",
    "Two that must not be in one cluster.",
    "Apart",
    "Add more pairs to keep apart",
    {"one": "This council", "other": "Not in one cluster with"},
)
OUT = Kind(
    "out",
    "Leave councils out",
    "They are in no cluster, and go alone where they take something on.",
    "Left out",
    "Add more councils to leave out",
    {"council": "This council"},
)
KINDS = {kind.name: kind for kind in (LOCK, TOGETHER, APART, OUT)}
NAME = re.compile(rf"({'|'.join(KINDS)})_([1-9][0-9]?)_[a-z]+")


def is_of_rules(name: str) -> bool:
    """Whether a field of a form is one of a row."""
    return NAME.fullmatch(name) is not None


def rows_in(names: Iterable[str], kind: str) -> int:
    """Count the rows of a kind that somebody was shown, given the names of the fields sent."""
    found = [NAME.fullmatch(name) for name in names]
    return max((int(one[2]) for one in found if one and one[1] == kind), default=0)


@dataclass(frozen=True)
class Row:
    """One row as the page shows it."""

    legend: str
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class Group:
    """All rows of a kind as the page shows them."""

    kind: Kind
    rows: list[Row]
    #: Whether more rows were just asked for.
    has_grown: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the page shows its rows at once: something was typed in them, or more asked."""
        fields = [field for row in self.rows for field in row.fields]
        return self.has_grown or any(field.value() or field.errors for field in fields)

    @property
    def is_full(self) -> bool:
        """Whether no row can be added."""
        return len(self.rows) >= MOST_ROWS


class RulesForm(PlainForm):
    """A form whose last fields are rows of rules; they are added once the county is known."""

    #: The names that are offered while somebody types.
    listed = LISTED

    def add_rules(
        self, callings: Callings, services: Sequence[tuple[str, str]], *, more: str = ""
    ) -> None:
        """Add as many rows as there were when it was sent, and some of the kind to have more."""
        self.callings, self._service_names, self._grown = callings, dict(services), more
        names = list(self.data if self.is_bound else self.initial)
        self._rows: dict[str, int] = {}
        for kind in KINDS:
            rows = max(FIRST_ROWS, rows_in(names, kind)) + (MORE_ROWS if kind == more else 0)
            self._rows[kind] = min(MOST_ROWS, rows)
            for number in range(1, self._rows[kind] + 1):
                self._add_row(KINDS[kind], number, services)
        self.dress()

    def _add_row(self, kind: Kind, number: int, services: Sequence[tuple[str, str]]) -> None:
        for part, label in kind.asks.items():
            field: forms.Field = CouncilField(label, self.callings)
            if part == "service":
                field = forms.ChoiceField(
                    label=label,
                    required=False,
                    choices=[NONE, *services],
                    error_messages={"invalid_choice": CHOOSE},
                )
            self.fields[f"{kind.name}_{number}_{part}"] = field

    @property
    def groups(self) -> list[Group]:
        """The rows of each kind, for the page."""
        return [
            Group(
                kind,
                [self._row(kind, number) for number in range(1, self._rows[name] + 1)],
                has_grown=name == self._grown,
            )
            for name, kind in KINDS.items()
        ]

    def _row(self, kind: Kind, number: int) -> Row:
        fields = [self[f"{kind.name}_{number}_{part}"] for part in kind.asks]
        return Row(f"{kind.row} {number}", fields)

    def _said(self, kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
        """Return what was typed in each row without faults, after how its fields begin."""
        for number in range(1, self._rows[kind.name] + 1):
            begins = f"{kind.name}_{number}_"
            said = {part: self.cleaned_data.get(f"{begins}{part}") for part in kind.asks}
            if None not in said.values() and any(said.values()):
                yield begins, said

    def check_rules(self, planned: Sequence[str] | None) -> None:
        """Refuse rows half filled in, and what names one council twice or one place two leads."""
        self._check_leads(planned)
        for kind in (TOGETHER, APART):
            for begins, said in self._said(kind):
                if not all(said.values()):
                    self.add_error(f"{begins}other", "Name two councils, or neither")
                elif said["one"] == said["other"]:
                    self.add_error(f"{begins}other", "Name another council than the first")

    def _check_leads(self, planned: Sequence[str] | None) -> None:
        leads: dict[tuple[str, str], str] = {}
        for begins, said in self._said(LOCK):
            if not all(said.values()):
                self.add_error(f"{begins}who", "Say who leads, which service and for which council")
            elif planned is not None and said["service"] not in planned:
                self.add_error(f"{begins}service", "Choose one of the services to plan")
            elif leads.setdefault((said["place"], said["service"]), said["who"]) != said["who"]:
                first = leads[said["place"], said["service"]]
                self.add_error(f"{begins}who", self._two_leads(first, said))

    def _two_leads(self, first: str, said: Mapping[str, str]) -> str:
        names = self.callings.names
        what = f"{self._service_names[said['service']].lower()} for {names[said['place']]}"
        return f"{names[first]} and {names[said['who']]} are both to lead {what}. Keep one of them"

    def asked(self) -> Asked:
        """Return the rules that were typed, each once."""
        return Asked(
            together=self._pairs(TOGETHER),
            apart=self._pairs(APART),
            locks={(said["place"], said["service"]): said["who"] for _, said in self._said(LOCK)},
            excluded=tuple(sorted({said["council"] for _, said in self._said(OUT)})),
        )

    def _pairs(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        found = {tuple(sorted((said["one"], said["other"]))) for _, said in self._said(kind)}
        return tuple((one, other) for one, other in sorted(found))
