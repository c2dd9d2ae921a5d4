"""What is asked of a meeting, of what members lend, and of how a cluster is dissolved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from waywarden.devolution.clusters.actions.settling import Due, Plan
from waywarden.devolution.clusters.models import Membership, Resource, Scope
from waywarden.devolution.offers.forms import ResolutionForm
from waywarden.fabric.forms.fields import CHOOSE, line_field, pence_of, pounds_field, words_field
from waywarden.fabric.forms.plain import DayField, PlainForm

HOW = [
    ("for", "For it"),
    ("against", "Against it"),
    ("abstained", "Abstained"),
    ("absent", "Was not there"),
]


#: That a service has no open work.
NONE = "none"
NO_WORK = [(NONE, "No work is open")]


class MeetingForm(PlainForm):
    """What a meeting decided, and how each member voted."""

    question = line_field("What was voted on?", asks="Say what was voted on", most=300)
    held_on = DayField(label="The day of the meeting")

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fields_of = {key: f"vote_{number}" for number, key in enumerate(names, 1)}
        for key, name in names.items():
            self.fields[self._fields_of[key]] = forms.ChoiceField(
                label=f"How {name} voted",
                choices=HOW,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose how it voted", "invalid_choice": CHOOSE},
            )
        self.dress()

    def cast(self) -> dict[str, str]:
        """Return how each member voted, by the key of the council."""
        return {key: self.cleaned_data[name] for key, name in self._fields_of.items()}


class ResourceForm(PlainForm):
    """Something a member lends, hires out or shares."""

    name = line_field("What is it?", asks="Say what it is", help_text="Such as: a ride-on mower.")
    way = forms.ChoiceField(
        label="How may the others have it?",
        choices=[("lend", "Lend it"), ("hire", "Hire it out"), ("share", "Share it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how", "invalid_choice": CHOOSE},
    )
    on_terms = words_field(
        "On what terms?",
        asks="Say on what terms",
        help_text="What it costs, who insures it, how to ask for it.",
        most=1000,
        rows=3,
        required=True,
    )

    def clean_way(self) -> str:
        return str(Resource.Way(self.cleaned_data["way"]))


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who", "invalid_choice": CHOOSE},
    )


class SettleForm(PlainForm):
    """How a cluster is dissolved."""

    last_on = DayField(label="The last day of the cluster")
    says = words_field("Why, and what else is agreed", asks="Say why", required=True)

    def __init__(
        self,
        *args: Any,
        members: Sequence[Membership],
        things: Sequence[Resource] = (),
        scope: Sequence[Scope] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._members, self._things, self._scope = members, things, scope
        who = [(str(held.pk), held.body.name) for held in members]
        for thing in things:
            way, owner = thing.get_way_display().lower(), thing.membership.body
            self.fields[f"thing_{thing.pk}"] = _choice(
                f"Who has “{thing}” afterwards ({way} by {owner})?", who
            )
            self.initial.setdefault(f"thing_{thing.pk}", str(thing.membership_id))
        for each in scope:
            self.fields[f"service_{each.pk}"] = _choice(
                f"Who finishes the open work of {each.service.name}?", [*NO_WORK, *who]
            )
        for held in members:
            name = held.body.name
            self.fields[f"out_{held.pk}"] = pounds_field(
                f"What {name} is paid out, in pounds", required=False
            )
            self.fields[f"in_{held.pk}"] = pounds_field(
                f"What {name} pays in, in pounds", required=False
            )
            self.fields[f"assets_{held.pk}"] = words_field(
                f"Anything else that {name} takes over", most=2000, rows=2
            )
            self.fields[f"work_{held.pk}"] = words_field(
                f"Anything else that {name} finishes", most=2000, rows=2
            )
        self.dress()

    def plan(self) -> Plan:
        """Return what was typed, in pence: below nought is what a member pays."""
        said = self.cleaned_data
        return Plan(
            last_on=said["last_on"],
            says=said["says"],
            due={
                held.pk: Due(
                    balance_pence=self._pence("out", held) - self._pence("in", held),
                    assets=said[f"assets_{held.pk}"],
                    work=said[f"work_{held.pk}"],
                )
                for held in self._members
            },
            things={thing.pk: int(said[f"thing_{thing.pk}"]) for thing in self._things},
            work={
                each.pk: int(who) if (who := said[f"service_{each.pk}"]) != NONE else None
                for each in self._scope
            },
        )

    def _pence(self, way: str, held: Membership) -> int:
        typed = self.cleaned_data[f"{way}_{held.pk}"]
        return 0 if typed is None else pence_of(typed)


class ConsentForm(ResolutionForm):
    """The resolution by which a member agrees to a settlement, and the one it was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reference", "stated_on"):
            self.fields[name].required = True
            self.fields[name].help_text = ""
