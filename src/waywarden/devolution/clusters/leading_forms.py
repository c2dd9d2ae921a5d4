"""What is asked of a group or company that takes a lead."""

from collections.abc import Sequence
from typing import Any

from waywarden.devolution.interest.forms import offer, one_of
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.forms.fields import words_field
from waywarden.fabric.forms.plain import PlainForm


class GroupForm(PlainForm):
    """Which of those that asked the county takes the lead, and what shows that."""

    group = one_of("Which of them takes it?", "Choose who takes the lead", ())
    shows = words_field(
        "What shows that it takes the lead?",
        asks="Say what shows that it takes the lead",
        help_text="Such as: its letter of 3 March. No group leads that has not said so.",
        required=True,
        rows=2,
        most=1000,
    )

    def __init__(self, *args: Any, groups: Sequence[Expression], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {str(each.pk): each for each in groups}
        named = {key: f"{each} ({each.get_kind_display()})" for key, each in self._groups.items()}
        offer(self, "group", list(named.items()))

    def chosen(self) -> Expression:
        """Return who takes the lead."""
        return self._groups[self.cleaned_data["group"]]
