"""What is asked of a decision: when it is planned, when it was taken, and around it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from waywarden.county.decisions.actions import Declared
from waywarden.county.decisions.models import Decision, Interest
from waywarden.county.decisions.policies import Notice, Proposal, Taken
from waywarden.county.people.models import Office
from waywarden.fabric.forms.fields import (
    CHOOSE,
    WebAddressField,
    line_field,
    number_field,
    why_field,
    words_field,
)
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm

A_MEETING = "A meeting"


def title_field() -> forms.CharField:
    """Ask what it is about."""
    return line_field(
        "What is it about?",
        asks="Say what it is about",
        help_text="Such as: To cut the urban grass of the parish from April 2027.",
    )


def count_field(label: str, *, help_text: str = "") -> forms.IntegerField:
    """Ask how many members."""
    return number_field(label, most=999, help_text=help_text)


def exempt_field() -> forms.BooleanField:
    """Ask whether its words are kept from the public."""
    return forms.BooleanField(
        label="Its words are exempt from publication",
        help_text="Schedule 12A to the Local Government Act 1972. Its title, day, reference and "
        "outcome are shown all the same.",
        required=False,
    )


class TakenFields(PlainForm):
    """What is said of a decision that was taken."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what came of it",
            "invalid_choice": "Choose one of the outcomes listed",
        },
    )
    reference = forms.CharField(
        label="Minute or decision reference",
        help_text="As the minutes number it, such as 2026/114(b).",
        max_length=100,
        error_messages={
            "required": "Enter the reference",
            "max_length": "Enter the reference in 100 characters or fewer",
        },
    )
    stated_on = DayField(label="The day it was taken")
    text = words_field("The words of the resolution")
    conditions = words_field("Conditions, if any")
    link = WebAddressField(
        label="Where your council publishes it",
        help_text="A web address, if there is one.",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter a web address, such as https://www.coldbrook.example/minutes"
        },
    )
    present = count_field("Members there")
    quorum = count_field(
        "The quorum",
        help_text="Of a parish council one third of its members, and never under three.",
    )
    left = count_field("How many of them left for the item because of an interest?")
    votes_for = count_field("Votes for")
    votes_against = count_field("Votes against")
    abstained = count_field("Abstained")
    is_by_casting_vote = forms.BooleanField(
        label="The votes were equal, and whoever was in the chair decided", required=False
    )

    def taken(self) -> Taken:
        """Return what was said, votes counted together."""
        given = {name: self.cleaned_data[name] for name in TAKEN}
        given["left"] = given["left"] or 0
        counts = ("votes_for", "votes_against", "abstained")
        if any(given[name] is not None for name in counts):
            given |= {name: given[name] or 0 for name in counts}
        return Taken(**given)


TAKEN = tuple(TakenFields.base_fields)


class RecordForm(TakenFields):
    """A decision that was taken, and not planned here."""

    kind = forms.ChoiceField(
        label="Who took it?",
        error_messages={
            "required": "Choose who took it",
            "invalid_choice": CHOOSE,
        },
    )
    title = title_field()
    is_exempt = exempt_field()
    field_order = ["title", "kind", *TAKEN, "is_exempt"]

    def __init__(self, *args: Any, kinds: Sequence[Decision.Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kind", [(str(kind), kind.label) for kind in kinds])


class TakeForm(TakenFields):
    """How a planned decision was taken."""


class CorrectForm(TakenFields, VersionedForm):
    """What a record ought to say, and why it is put right."""

    reason = why_field("Why is it put right?")
    kept = frozenset(TAKEN)


class PlanForm(PlainForm):
    """What is going to be decided."""

    kind = forms.ChoiceField(
        label="Who will take it?",
        error_messages={
            "required": "Choose who will take it",
            "invalid_choice": CHOOSE,
        },
    )
    title = title_field()
    text = words_field("What is proposed")
    due_on = DayField(label="The day it is to be taken")
    is_key = forms.BooleanField(label="It is a key decision", required=False)
    announced_on = DayField(
        label="The day its notice was published",
        help_text="A key decision is announced 28 days before.",
        required=False,
    )
    urgency = words_field(
        "If 28 days cannot be kept, which exception is used, and why?",
        help_text="The general exception or special urgency, SI 2012/2089.",
    )
    decider = forms.ChoiceField(
        label="Taken by",
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    is_exempt = exempt_field()
    field_order = ["title", "kind", "text"]

    def __init__(
        self, *args: Any, kinds: Sequence[Decision.Kind], deciders: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._deciders = {str(office.pk): office for office in deciders}
        _offer(self, "kind", [(str(kind), kind.label) for kind in kinds])
        _offer(self, "decider", offered(self._deciders))

    def proposal(self) -> Proposal:
        """Return what was said of it."""
        given = {name: self.cleaned_data[name] for name in self.fields}
        given["decider"] = self._deciders.get(given["decider"])
        return Proposal(**given)


class NoticeForm(VersionedForm):
    """When notice of a decision was given, why it could not wait, and what is exempt."""

    announced_on = DayField(label="The day its notice was published", required=False)
    urgency = words_field(
        "If 28 days could not be kept, which exception is used, and why?",
        help_text="The general exception or special urgency, SI 2012/2089.",
    )
    is_exempt = exempt_field()
    reason = why_field("Why is it changed?")
    kept = frozenset({"announced_on", "urgency", "is_exempt"})

    def notice(self) -> Notice:
        """Return what was said."""
        return Notice(**{name: self.cleaned_data[name] for name in NOTICE})


NOTICE = tuple(sorted(NoticeForm.base_fields.keys() - {"reason", "version"}))


class HandForm(VersionedForm):
    """Who takes a planned decision from now on."""

    decider = forms.ChoiceField(
        label="Taken by",
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, deciders: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deciders = {str(office.pk): office for office in deciders}
        _offer(self, "decider", offered(self._deciders))

    def to(self) -> Office | None:
        """Return the office chosen; none for a meeting."""
        return self._deciders.get(self.cleaned_data["decider"])


class OptionForm(PlainForm):
    """One thing that could be decided."""

    title = line_field("The option", asks="Name the option", help_text="Do nothing is one of them.")
    says = words_field("What it would mean, and cost", required=True)
    is_recommended = forms.BooleanField(label="It is the one recommended", required=False)


class SignOffForm(PlainForm):
    """What an officer says of a proposal."""

    says = words_field("What you say of it", required=True)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class InterestForm(PlainForm):
    """An interest that a member declares, or that was minuted."""

    whose = forms.ChoiceField(
        label="Whose interest is it?",
        help_text="What is proposed is hidden from whoever has declared an interest here.",
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    member = line_field(
        "The member, if not in that list",
        asks="Say which member declared it",
        required=False,
        help_text="As the minutes name them.",
    )
    nature = forms.ChoiceField(
        label="What kind of interest?",
        choices=Interest.Nature.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what kind of interest it is",
            "invalid_choice": CHOOSE,
        },
    )
    effect = forms.ChoiceField(
        label="And for the item?",
        choices=Interest.Effect.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether the member left or stayed",
            "invalid_choice": CHOOSE,
        },
    )
    dispensation = forms.CharField(
        label="Reference of the dispensation, if there is one",
        help_text="Localism Act 2011, section 33.",
        required=False,
        max_length=100,
        error_messages={"max_length": "Enter the reference in 100 characters or fewer"},
    )

    def __init__(
        self, *args: Any, own: Office | None, offices: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._own = own
        self._offices = {str(office.pk): office for office in offices}
        if own is not None:
            del self.fields["whose"], self.fields["member"]
            return
        _offer(self, "whose", [("", "Somebody else"), *_titles(self._offices)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "member" in self.fields and not (cleaned.get("whose") or cleaned.get("member")):
            self.add_error("member", "Say whose interest it is: choose, or write their name")
        is_by_dispensation = cleaned.get("effect") == Interest.Effect.DISPENSATION
        if is_by_dispensation and not cleaned.get("dispensation"):
            self.add_error("dispensation", "Enter the reference of the dispensation")
        if cleaned.get("dispensation") and cleaned.get("effect") and not is_by_dispensation:
            self.add_error("dispensation", "Leave this blank: nobody stayed by a dispensation")
        return cleaned

    def declared(self) -> Declared:
        """Return the interest, with the office of whoever has one here."""
        office = self._own or self._offices.get(self.cleaned_data.get("whose", ""))
        return Declared(
            member=str(office) if office else self.cleaned_data["member"],
            office=office,
            nature=self.cleaned_data["nature"],
            effect=self.cleaned_data["effect"],
            dispensation=self.cleaned_data["dispensation"],
        )


def offered(offices: dict[str, Office]) -> list[tuple[str, str]]:
    """Return the choices of who takes a decision."""
    return [("", A_MEETING), *_titles(offices)]


def _titles(offices: dict[str, Office]) -> list[tuple[str, str]]:
    return [(key, f"{office.title}, {office.person}") for key, office in offices.items()]


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
