"""What is asked of whoever writes an agreement, signs it, and ends it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from waywarden.arrangements.agreements.actions import Handing, Joining, Outline
from waywarden.arrangements.agreements.models import Agreement, Party
from waywarden.arrangements.agreements.power_actions import Confirmed
from waywarden.arrangements.agreements.signing_actions import Word
from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.fabric.documents.kinds import ACCEPTED, ENDINGS
from waywarden.fabric.forms.fields import (
    CHOOSE,
    line_field,
    number_field,
    pence_of,
    pounds_field,
    why_field,
    words_field,
)
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm
from waywarden.rules.clauses import LONGEST, Clause
from waywarden.rules.notice import LONGEST_MONTHS
from waywarden.rules.powers import Recorded
from waywarden.rules.powers.table import POWERS

ENDS = ",".join(f".{ENDINGS[kind]}" for kind in ACCEPTED)


class _Outline(PlainForm):
    title = line_field("What is it called?", asks="Name the agreement")
    starts_on = DayField(label="Its first day")
    ends_on = DayField(label="Its last day")
    notice_months = number_field(
        "How many months of notice end it?",
        most=LONGEST_MONTHS,
        help_text="Leave it blank while that is not agreed.",
    )
    is_notice_to_year_end = forms.BooleanField(
        label="It ends by notice on a 31 March only", required=False
    )

    def outline(self) -> Outline:
        """Return what was typed."""
        return Outline(**{name: self.cleaned_data[name] for name in _Outline.base_fields})


class DraftForm(_Outline):
    """What an agreement is called, its days and its notice."""


class ChangeForm(VersionedForm, _Outline):
    """The same, of a draft that others may be changing."""


class ClauseForm(VersionedForm):
    """The fields of one clause, each in words or left blank."""

    def __init__(self, *args: Any, clause: Clause, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = keys
        asks = {field.key: field.asks for field in clause.fields}
        for key in keys:
            self.fields[key] = words_field(asks[key], most=LONGEST, rows=3)
        self.dress()

    def given(self) -> dict[str, str]:
        """Return the words by field."""
        return {key: self.cleaned_data[key] for key in self._keys}


class PartyForm(PlainForm):
    """Who becomes a party: a body from the list, or a name."""

    body = forms.ChoiceField(
        label="A council or group that is known here",
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    outside = line_field(
        "Or the name of a group or company that is not",
        asks="Name it",
        required=False,
        help_text="It signs on paper.",
    )
    is_lead = forms.BooleanField(label="It leads for the others", required=False)
    share = pounds_field("What does it pay in a year, in pounds?", required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        choices = [("", "None of these"), *((pk, each.name) for pk, each in self._bodies.items())]
        cast(forms.ChoiceField, self.fields["body"]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("body")) == bool(cleaned.get("outside")) and not self.errors:
            self.add_error("body", "Choose one from the list, or name one: not both")
        return cleaned

    def joining(self) -> Joining:
        """Return who becomes a party."""
        said = self.cleaned_data
        share = said["share"]
        return Joining(
            body=self._bodies.get(said["body"]),
            outside=said["outside"],
            is_lead=said["is_lead"],
            share_pence=None if share is None else pence_of(share),
        )


class LineForm(PlainForm):
    """A service that is handed over."""

    service = forms.ChoiceField(
        label="Which service?", error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE)
    )
    area = forms.ChoiceField(
        label="Where?", error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE)
    )
    lead = forms.ChoiceField(
        label="Who delivers it?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE),
    )
    quantity = number_field(
        "How much, in the unit of the service?",
        most=1_000_000_000,
        help_text="Leave it blank while that is not agreed.",
    )
    standard = words_field("How often and how well?", most=2_000, rows=3)
    starts_on = DayField(label="From")
    ends_on = DayField(label="To, that day included")

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        areas: Sequence[Area],
        parties: Sequence[Party],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rows: dict[str, dict[str, Any]] = {
            "service": {str(each.pk): each for each in services},
            "area": {str(each.pk): each for each in areas},
            "lead": {str(each.pk): each for each in parties},
        }
        for name, rows in self._rows.items():
            choices = [("", "Choose"), *((pk, str(each)) for pk, each in rows.items())]
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def handing(self) -> Handing:
        """Return what is handed over."""
        said = self.cleaned_data
        chosen = {name: rows[said[name]] for name, rows in self._rows.items()}
        quantity = said["quantity"]
        return Handing(
            **chosen,
            quantity_milli=None if quantity is None else quantity * 1000,
            **{name: said[name] for name in ("standard", "starts_on", "ends_on")},
        )


class PowerForm(VersionedForm):
    """The power it rests on, and where that can be read which powers ask for."""

    power = forms.ChoiceField(
        label="On which power does it rest?",
        widget=forms.RadioSelect,
        choices=[(key, each.name) for key, each in POWERS.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the power"),
    )

    def __init__(self, *args: Any, asked: Mapping[str, Recorded], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = asked
        for name, need in asked.items():
            words = str(need)
            self.fields[name] = line_field(
                f"{words[:1].upper()}{words[1:]}: where can it be read?",
                asks="Say where it can be read",
                required=False,
                help_text="Only where the power you choose asks for it.",
            )
        self.dress()

    def records(self) -> dict[str, str]:
        """Return where each can be read."""
        return {name: self.cleaned_data[name] for name in self._asked}


class ConfirmForm(PlainForm):
    """Which warnings the monitoring officer confirms about the power, of the draft as read."""

    draft = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    warnings = forms.MultipleChoiceField(
        label="What the monitoring officer confirms",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is confirmed", "invalid_choice": CHOOSE},
    )
    given_on = DayField(label="The day it was confirmed")
    reference = line_field(
        "Where it can be read", asks="Say where it can be read, such as the day of an e-mail"
    )

    def __init__(
        self, *args: Any, standing: Sequence[tuple[str, str]], is_own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["warnings"]).choices = standing
        self._is_own = is_own
        self.fields["reference"].required = not is_own

    def said(self) -> Confirmed:
        """Return what is confirmed."""
        names = ("warnings", "given_on", "reference")
        said = {name: self.cleaned_data[name] for name in names}
        return Confirmed(**said, is_noted=not self._is_own)


class SureForm(PlainForm):
    """Nothing but that one is sure."""


class SendForm(PlainForm):
    """That the draft is still as it was read."""

    draft = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class _ByDecision(PlainForm):
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(
        label="By which decision?",
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    conditions_met = words_field(
        "If it was agreed on conditions: how were they met?", most=2_000, rows=3
    )

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decisions = {str(each.pk): each for each in decisions}
        choices = [("", "Choose"), *((pk, _told(each)) for pk, each in self._decisions.items())]
        cast(forms.ChoiceField, self.fields["decision"]).choices = choices


class SignForm(_ByDecision):
    """The decision by which a party signs, and the version it was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        field.required = True
        field.error_messages["required"] = "Choose the decision"

    def word(self) -> Word:
        """Return by which decision it is signed."""
        said = self.cleaned_data
        decision = self._decisions[said["decision"]]
        return Word(decision=decision, conditions_met=said["conditions_met"])


class PaperForm(_ByDecision):
    """The scan of what a party signed by hand, and its decision."""

    party = forms.ChoiceField(
        label="Which party signed it?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE),
    )
    reference = line_field(
        "Or the decision of a group or company that is not known here",
        asks="Name the decision",
        required=False,
    )
    decided_on = DayField(label="The day of that decision", required=False)
    file = forms.FileField(
        label="The scan",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDS}),
        error_messages=dict.fromkeys(("required", "invalid", "missing"), "Choose the scan"),
    )

    def __init__(self, *args: Any, parties: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *parties.items()]
        cast(forms.ChoiceField, self.fields["party"]).choices = choices

    def refuse(self, why: str) -> None:
        """Say why the file cannot be kept, beside it and in place of anything else said of it."""
        self.errors.pop("file", None)
        self.add_error("file", why)

    def word(self) -> Word:
        """Return by which decision it is signed."""
        said = self.cleaned_data
        return Word(
            decision=self._decisions.get(said["decision"]),
            reference=said["reference"],
            decided_on=said["decided_on"],
            conditions_met=said["conditions_met"],
        )


class SeenForm(PlainForm):
    """The hash of what was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class StartForm(PlainForm):
    """That all is ready for the first day."""

    is_ready = forms.BooleanField(
        label="Everybody who is to be insured has shown a certificate, and what the first day "
        "needs is ready",
        error_messages={"required": "Say that all is ready, or wait until it is"},
    )


class EndForm(PlainForm):
    """Why it is over."""

    reason = why_field()


def _told(decision: Decision) -> str:
    on = f"{decision.stated_on:%-d %B %Y}" if decision.stated_on else ""
    held = " (on conditions)" if decision.conditions else ""
    return f"{decision.reference}, {on}: {decision.title}{held}"


def first_of(agreement: Agreement) -> dict[str, Any]:
    """Return what the form of the outline starts with."""
    return {name: getattr(agreement, name) for name in _Outline.base_fields}
