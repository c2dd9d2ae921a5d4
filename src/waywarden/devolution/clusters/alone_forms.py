"""The forms of a council that would go alone, and of the county that assesses it and decides."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.papers.models import Paper
from waywarden.county.services.models import Service
from waywarden.devolution.clusters.actions.alone import Ruling, Wish
from waywarden.devolution.clusters.factors import FACTORS
from waywarden.devolution.clusters.forms import in_our_time
from waywarden.devolution.clusters.models import Finding, GoingAlone
from waywarden.devolution.clusters.naming import councils_called
from waywarden.devolution.interest.forms import choose, offer, one_of
from waywarden.fabric.forms.fields import CHOOSE, line_field, words_field
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm

NONE_NAMED = ("", "None")


class AskForm(PlainForm):
    """What a council would deliver alone."""

    council = line_field(
        "Which council asks?",
        asks="Name the council",
        help_text="Its whole name, or its parish. Only where it told you.",
    )
    services = forms.MultipleChoiceField(
        label="Which services would it deliver for its own area only?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a service", "invalid_choice": CHOOSE},
    )
    starts_on = DayField(label="From which day?")
    says = words_field(
        "How would it deliver them?",
        asks="Say how",
        help_text="Who does the work, how it is insured and paid for, and who stands in. The five "
        "factors are published: whoever assesses you reads these words first.",
        required=True,
        most=5_000,
    )

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        councils: Callable[[], Sequence[Body]] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._services = {service.code: service for service in services}
        self._councils = councils
        choices = [(code, each.name) for code, each in self._services.items()]
        cast(forms.MultipleChoiceField, self.fields["services"]).choices = choices
        if councils is None:
            del self.fields["council"]

    def clean_council(self) -> Body:
        among = self._councils() if self._councils else ()
        found, _ = councils_called(self.cleaned_data["council"], among)
        if not found:
            raise forms.ValidationError("No council, or more than one, has this name")
        return found[0]

    def clean_starts_on(self) -> date:
        return in_our_time(self.cleaned_data["starts_on"])

    def wish(self) -> Wish:
        """Return what was typed."""
        said = self.cleaned_data
        services = [self._services[code] for code in said["services"]]
        return Wish(services=services, starts_on=said["starts_on"], says=said["says"])


class AssessForm(VersionedForm):
    """How a council stands by each factor: a step, why, and what shows it. No score."""

    def __init__(self, *args: Any, evidence: Mapping[str, Decision | Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._evidence = evidence
        named = [(key, f"{each.body}: {each}") for key, each in evidence.items()]
        for factor in FACTORS:
            steps = [(key, f"{name}. {meaning}") for key, name, meaning in factor.steps]
            self.fields[f"step_{factor.key}"] = one_of(
                f"{factor.name}: {factor.asks}", "Choose a step", steps
            )
            self.fields[f"says_{factor.key}"] = words_field(
                f"Why, for {factor.name.lower()}?",
                asks="Say why",
                most=2_000,
                rows=3,
                required=True,
            )
            self.fields[f"evidence_{factor.key}"] = words_field(
                f"What shows it, for {factor.name.lower()}?",
                help_text="The highest step needs this, or one of those below.",
                most=2_000,
                rows=2,
            )
            self.fields[f"link_{factor.key}"] = choose(
                f"A decision or paper that shows it, for {factor.name.lower()}",
                help_text="Of those that everybody may read here.",
            )
            offer(self, f"link_{factor.key}", [NONE_NAMED, *named])
        self.dress()

    def findings(self) -> list[Finding]:
        """Return what was found, factor by factor."""
        return [self._finding(factor.key) for factor in FACTORS]

    def _finding(self, key: str) -> Finding:
        said = self.cleaned_data
        link = self._evidence.get(said[f"link_{key}"])
        return Finding(
            factor=key,
            step=said[f"step_{key}"],
            says=said[f"says_{key}"],
            evidence=said[f"evidence_{key}"],
            decision=link if isinstance(link, Decision) else None,
            paper=link if isinstance(link, Paper) else None,
        )


class AnswerForm(VersionedForm):
    """What a council says of its assessment."""

    says = words_field(
        "What does your council say of it?", asks="Say it", required=True, most=5_000, rows=8
    )


class DecideForm(VersionedForm):
    """What was decided, and why."""

    outcome = one_of("What was decided?", "Choose what was decided", GoingAlone.Outcome.choices)
    reasons = words_field(
        "Why?",
        asks="Say why",
        help_text="The council reads it. Say what would have to change, where it is not agreed.",
        most=5_000,
        required=True,
    )
    deferred_until = DayField(
        label="Deferred until", help_text="Only if it is deferred.", required=False
    )
    decision = choose("Which decision of your council is it?", help_text="If it was recorded here.")

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decisions = {str(each.pk): each for each in decisions}
        known = [(key, str(each)) for key, each in self._decisions.items()]
        offer(self, "decision", [("", "None that is recorded here"), *known])

    def ruling(self) -> Ruling:
        """Return what was decided."""
        said = self.cleaned_data
        return Ruling(
            outcome=said["outcome"],
            reasons=said["reasons"],
            deferred_until=said["deferred_until"],
            decision=self._decisions.get(said["decision"]),
        )
