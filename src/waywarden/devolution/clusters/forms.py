"""What is asked of a cluster, its members, its leads and its terms."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from waywarden.county.councils.models import Body
from waywarden.county.services.models import Service
from waywarden.devolution.clusters import sharing
from waywarden.devolution.clusters.actions.clusters import Cost, Idea
from waywarden.devolution.clusters.actions.members import Alone
from waywarden.devolution.clusters.actions.terms import Draft
from waywarden.devolution.clusters.models import Membership, Role, Terms
from waywarden.devolution.clusters.naming import councils_called
from waywarden.devolution.offers.forms import AnswerForm, ResolutionForm
from waywarden.fabric.forms.fields import (
    CHOOSE,
    line_field,
    number_field,
    pence_of,
    pounds_field,
    words_field,
)
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm
from waywarden.rules.clusters_terms import MONTHS

MONTH_NAMES = [f"{date(2000, month, 1):%B}" for month in range(1, MONTHS + 1)]
#: Years in which services start.
FIRST_YEAR, LAST_YEAR = 2000, 2199


def in_our_time(day: date) -> date:
    """Return a day on which services may start; refuse one that was surely mistyped."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


class IdeaForm(PlainForm):
    """What a cluster is called, when it would start, and what councils should know."""

    name = line_field(
        "What is the cluster called?",
        asks="Name the cluster",
        help_text="Such as: Wychbourne and its neighbours.",
    )
    starts_on = DayField(label="The day the services would start")
    says = words_field("What everybody should know", help_text="It stands on its public page.")

    def clean_starts_on(self) -> date:
        return in_our_time(self.cleaned_data["starts_on"])

    def idea(self) -> Idea:
        """Return what was typed."""
        return Idea(**{name: self.cleaned_data[name] for name in IdeaForm.base_fields})


class ChangeForm(IdeaForm, VersionedForm):
    """What is said of a cluster instead."""


class ProposeForm(IdeaForm):
    """A new cluster: besides, its services, whom to invite, and who is meant to lead."""

    services = forms.MultipleChoiceField(
        label="Which services?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a service", "invalid_choice": CHOOSE},
    )
    members = words_field(
        "Which councils are to be invited?",
        asks="Name the councils",
        help_text="One on a line, by its whole name or the name of its parish.",
        required=True,
    )
    lead = line_field(
        "Which of them is meant to lead?",
        asks="Name the council",
        required=False,
        help_text="It takes the role itself once it has joined, or another does.",
    )

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        councils: Callable[[], Sequence[Body]],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self._services = {service.code: service for service in services}
        self._councils = councils
        choices = [(code, each.name) for code, each in self._services.items()]
        cast(forms.MultipleChoiceField, self.fields["services"]).choices = choices

    def clean_members(self) -> list[Body]:
        found, unknown = councils_called(self.cleaned_data["members"], self._councils())
        if unknown:
            raise forms.ValidationError(
                f"No council, or more than one, is called: {', '.join(unknown)}"
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        said, members = cleaned.get("lead"), cleaned.get("members")
        if said and members:
            found, _ = councils_called(said, members)
            if not found:
                self.add_error("lead", "Name one of the councils to be invited")
            cleaned["lead"] = next(iter(found), None)
        return cleaned

    def meant_to_lead(self) -> Body | None:
        """Return who is meant to lead."""
        return self.cleaned_data["lead"] or None

    def services_chosen(self) -> list[Service]:
        """Return the services in scope."""
        return [self._services[code] for code in self.cleaned_data["services"]]


class AddForm(PlainForm):
    """One more council to invite."""

    council = line_field(
        "Which council?", asks="Name the council", help_text="Its whole name, or its parish."
    )

    def __init__(self, *args: Any, councils: Callable[[], Sequence[Body]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = councils

    def clean_council(self) -> Body:
        found, _ = councils_called(self.cleaned_data["council"], self._councils())
        if not found:
            raise forms.ValidationError("No council, or more than one, has this name")
        return found[0]


class JoinForm(AnswerForm):
    """A council's answer to a cluster."""

    answer = forms.ChoiceField(
        label="What did your council decide?",
        choices=[("agreed", "To join"), ("declined", "Not to join")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer", "invalid_choice": CHOOSE},
    )
    reason = words_field("Why, if you like to say", most=1000, rows=3)
    is_reason_public = forms.BooleanField(
        label="Everybody may read why",
        required=False,
        help_text="Otherwise only the cluster and the county.",
    )


class AloneForm(VersionedForm):
    """What the services cost a council alone."""

    alone = pounds_field(
        "What would all these services cost your council alone, in pounds a year?",
        help_text="Without VAT.",
    )
    alone_source = words_field(
        "Where is that from?", asks="Say where the figure is from", required=True, rows=2, most=1000
    )
    is_without_staff = forms.BooleanField(label="The council has no paid staff", required=False)
    people_told = number_field(
        "How many people live in the council’s area?",
        least=1,
        most=9_999_999,
        help_text="Counts only where the register here has no figure.",
    )

    def said(self) -> Alone:
        """Return what was typed, in pence."""
        said = self.cleaned_data
        return Alone(
            alone_pence=pence_of(said["alone"]),
            alone_source=said["alone_source"],
            is_without_staff=said["is_without_staff"],
            people_told=said["people_told"],
        )


class CostForm(VersionedForm):
    """What all of it costs."""

    whole = pounds_field(
        "What does all of it cost the members together, in pounds a year?",
        help_text="Without VAT.",
    )
    whole_source = words_field(
        "Where is that from?", asks="Say where the figure is from", required=True, rows=2, most=1000
    )

    def clean_whole(self) -> Decimal:
        whole: Decimal = self.cleaned_data["whole"]
        if not whole:
            raise forms.ValidationError("Enter more than nought")
        return whole

    def said(self) -> Cost:
        """Return what was typed, in pence."""
        said = self.cleaned_data
        return Cost(whole_pence=pence_of(said["whole"]), whole_source=said["whole_source"])


class HolderForm(PlainForm):
    """A group or company that takes the lead of a service."""

    name = line_field("Its name", asks="Name who leads the service")
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Role.Holder.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one", "invalid_choice": CHOOSE},
    )


class CapacityForm(VersionedForm):
    """How much a service lead can do in each month."""

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(MONTH_NAMES, 1):
            self.fields[f"month_{number}"] = number_field(
                f"{name}, in {unit}", most=1_000_000_000, required=True
            )
        self.dress()

    def monthly_milli(self) -> list[int]:
        """Return what was typed, in thousandths of the unit, January first."""
        return [self.cleaned_data[f"month_{month}"] * 1000 for month in range(1, MONTHS + 1)]


class DraftForm(PlainForm):
    """What terms are to say."""

    rule = forms.ChoiceField(
        label="How is the cost shared?",
        choices=list(sharing.RULES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a rule", "invalid_choice": CHOOSE},
    )
    season_starts_on = DayField(label="The season that is paid for starts on")
    season_ends_on = DayField(label="It ends on")
    notice_days = number_field("Days of notice before a member leaves", most=1_000, required=True)
    on_default = forms.ChoiceField(
        label="Who pays if a member does not?",
        choices=Terms.OnDefault.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who pays", "invalid_choice": CHOOSE},
    )
    years = number_field("For how many years", least=1, most=25, required=True)
    extension_years = number_field("By how many it can be extended", most=25, required=True)
    quorum = number_field(
        "How many votes must be there for a meeting to decide",
        least=1,
        most=9_999,
        required=True,
    )
    says = words_field("What else is agreed")

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = members
        for held in members:
            self.fields[f"votes_{held.pk}"] = number_field(
                f"Votes of {held.body}", most=999, required=True
            )
            self.fields[f"figure_{held.pk}"] = pounds_field(
                f"Figure for {held.body}, in pounds",
                help_text="Only for a rule that needs one: its share, weight or county payment.",
                required=False,
            )
        self.dress()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("season_starts_on"), cleaned.get("season_ends_on")
        if first and last and last < first:
            self.add_error("season_ends_on", "Enter the first day of the season or a later one")
        votes = [cleaned.get(f"votes_{held.pk}") or 0 for held in self._members]
        if cleaned.get("quorum") and cleaned["quorum"] > sum(votes):
            self.add_error("quorum", f"Enter {sum(votes)} or fewer: there are no more votes")
        return cleaned

    def draft(self) -> Draft:
        """Return what was typed, in pence and by the keys of the members."""
        said = self.cleaned_data
        keys = {held.pk: held.body.key for held in self._members}
        figures = {key: said[f"figure_{pk}"] for pk, key in keys.items()}
        return Draft(
            **{name: said[name] for name in DraftForm.base_fields},
            figures={key: pence_of(given) for key, given in figures.items() if given is not None},
            votes={key: said[f"votes_{pk}"] for pk, key in keys.items()},
        )


class AgreeForm(ResolutionForm):
    """The resolution by which a member agrees to terms, and the terms it was shown."""

    accepts_above_alone = forms.BooleanField(
        label="The council was told that it pays more than alone, and agreed to that",
        required=False,
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, is_above_alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reference", "stated_on"):
            self.fields[name].required = True
            self.fields[name].help_text = ""
        if not is_above_alone:
            del self.fields["accepts_above_alone"]


class LeaveForm(PlainForm):
    """From when a member leaves; why, if it likes to say, and who may read that."""

    last = DayField(label="Its last day in the cluster")
    reason = words_field(
        "Why, if you like to say",
        help_text="You need not. It can be erased later. Name no person.",
        most=1000,
        rows=3,
    )
    reason_for = forms.ChoiceField(
        label="Who may read why?",
        choices=Membership.Readers.choices,
        widget=forms.RadioSelect,
        initial=Membership.Readers.NOBODY,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
