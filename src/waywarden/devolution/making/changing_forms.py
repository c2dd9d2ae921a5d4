"""Which councils of a plan are moved where."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from django import forms

from waywarden.devolution.making.changing import OUT, Group, Moves, moves_of
from waywarden.devolution.making.forms import EFFORTS
from waywarden.fabric.forms.fields import CHOOSE
from waywarden.fabric.forms.plain import PlainForm

TO = "Where do those ticked go?"
NOWHERE = "Choose where those ticked go"
NOBODY = "Tick at least one council, and choose where it goes"
#: Between a council and where it goes, in what the form carries.
ARROW = ">"


def _many(label: str, widget: type[forms.Widget]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=widget,
        error_messages={"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    )


class ChangeForm(PlainForm):
    """Councils that are ticked, where they go, and what was moved so far."""

    says_optional = False

    moved = _many("Moved so far", forms.MultipleHiddenInput)
    councils = _many("Councils to move", forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=TO, required=False, error_messages={"invalid_choice": CHOOSE})
    effort = forms.ChoiceField(
        label="How long to search?",
        choices=EFFORTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long to search", "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = groups
        names = [(each.key, each.name) for group in groups for each in group.councils]
        places = [(group.key, group.name) for group in groups if group.key != OUT]
        places.append((OUT, "Into no cluster"))
        self._offer("councils", names)
        self._offer("to", [("", "Choose a cluster"), *places])
        self._offer("moved", [(f"{key}{ARROW}{to}", "") for key, _ in names for to, _ in places])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("councils") and not cleaned.get("to") and "to" not in self.errors:
            self.add_error("to", NOWHERE)
        return cleaned

    @property
    def moves(self) -> Moves:
        """Where each moved council goes: what is ticked now counts before what was moved."""
        to = self.cleaned_data.get("to")
        ticked = [(key, to) for key in self.cleaned_data.get("councils", ()) if to]
        return moves_of(self._groups, [*_parted(self.cleaned_data.get("moved", ())), *ticked])

    def moved_before(self) -> Moves:
        """Where each council goes that was moved before, whatever is ticked now."""
        return moves_of(self._groups, _parted(self.cleaned_data.get("moved", ())))


def carried(moves: Moves) -> list[str]:
    """Return moves as the form carries them."""
    return [f"{key}{ARROW}{to}" for key, to in moves.items()]


def _parted(carried: Iterable[str]) -> Iterator[tuple[str, str]]:
    for each in carried:
        council, _, to = each.partition(ARROW)
        yield council, to
