"""The forms of the county: who answers, what was said, how criteria are met, what is decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.devolution.interest.answering import Decided, Finding, Noted
from waywarden.devolution.interest.forms import choose, offer, one_of
from waywarden.devolution.interest.models import Assessment, Expression, Note
from waywarden.fabric.forms.fields import words_field
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm
from waywarden.rules.challenge import GROUNDS


class CoordinatorForm(VersionedForm):
    """Which office answers."""

    coordinator = choose(
        "Who answers?",
        required=True,
        help_text="Those who ask are told the office, who holds it, and how to reach your council.",
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offices = {str(office.pk): office for office in offices}
        titles = [(key, f"{each.title}, {each.person}") for key, each in self._offices.items()]
        offer(self, "coordinator", [("", "Choose one"), *titles])

    def office(self) -> Office:
        """Return the office chosen."""
        return self._offices[self.cleaned_data["coordinator"]]


class NoteForm(PlainForm):
    """What was said, seen or changed."""

    kind = one_of("What was it?", "Choose what it was", Note.Kind.choices)
    on = DayField(label="The day")
    says = words_field(
        "What was said, seen or changed?", asks="Say what it was", most=5_000, required=True
    )
    is_for_asker = forms.BooleanField(
        label="Those who ask can read it",
        help_text="“You said, we did” they always can.",
        required=False,
    )

    def noted(self) -> Noted:
        """Return the note."""
        return Noted(**self.cleaned_data)


class AssessForm(VersionedForm):
    """How each published criterion is met: a word and a few words, and no score."""

    def __init__(self, *args: Any, criteria: Sequence[str], **kwargs: Any) -> None:
        self._criteria = criteria
        super().__init__(*args, **kwargs)
        for number, criterion in enumerate(criteria):
            self.fields[f"finding_{number}"] = one_of(
                criterion, "Choose how it is met", Assessment.Finding.choices
            )
            self.fields[f"says_{number}"] = words_field(
                f"Why, for “{criterion}”", asks="Say why", most=2_000, rows=3, required=True
            )
        self.dress()

    def findings(self) -> list[Finding]:
        """Return what was found, criterion by criterion."""
        said: Mapping[str, Any] = self.cleaned_data
        return [
            Finding(criterion, said[f"finding_{number}"], said[f"says_{number}"])
            for number, criterion in enumerate(self._criteria)
        ]


class EraseForm(PlainForm):
    """That they wish it, and that it is they."""

    reason = words_field(
        "Why, and how it reached you?",
        asks="Say why",
        help_text="Such as: asked for in a letter of 3 May. It stays for good, so name no person.",
        most=500,
        rows=2,
        required=True,
    )
    is_sure = forms.BooleanField(
        label="I have made sure that it is they who ask to be erased",
        error_messages={"required": "Make sure first that it is they"},
    )


class DecideForm(PlainForm):
    """What was decided, and why."""

    outcome = one_of("What was decided?", "Choose what was decided", Expression.Outcome.choices)
    reasons = words_field(
        "Why?",
        asks="Say why",
        help_text="Those who asked read it. Say what would have to change, where it is not agreed.",
        most=5_000,
        required=True,
    )
    deferred_until = DayField(
        label="Deferred until", help_text="Only if it is deferred.", required=False
    )
    ground = choose(
        "On which ground is the challenge not agreed?",
        help_text="Localism Act 2011, section 83, and SI 2012/1313: to be confirmed by the "
        "monitoring officer. There are no others.",
    )
    decision = choose("Which decision of your council is it?", help_text="If it was recorded here.")

    def __init__(
        self, *args: Any, is_challenge: bool, decisions: Sequence[Decision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._decisions = {str(each.pk): each for each in decisions}
        known = [(key, str(each)) for key, each in self._decisions.items()]
        offer(self, "decision", [("", "None that is recorded here"), *known])
        if not is_challenge:
            del self.fields["ground"]
            return
        grounds = [(ground.key, ground.says) for ground in GROUNDS.values()]
        offer(self, "ground", [("", "None"), *grounds])

    def decided(self) -> Decided:
        """Return the decision."""
        said = dict(self.cleaned_data)
        return Decided(**said | {"decision": self._decisions.get(said["decision"])})
