"""What is asked of a round, of what it offers, and of a council's answer."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django import forms

from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.policies import Taken
from waywarden.county.decisions.relying import Reliance
from waywarden.county.services.models import Service
from waywarden.devolution.offers.actions import Called, Own, Rate, Said, Terms
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.offers.policies import named, obstacles_to_relying
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
from waywarden.rules.bank_holidays import NotRecorded
from waywarden.rules.calendar import Whose
from waywarden.rules.powers import POWERS, Power
from waywarden.rules.timetable import deadlines, meeting

Answer = Offer.Answer
#: Says what is found of a power, by its key, from the day the services start.
Relies = Callable[[str, date], Reliance]
OPEN_INSTEAD, OTHERS = "Open for this offer", "Others"
NOT_RECKONED = "Choose another day: the bank holidays of that year are not recorded here"


def _is_reckoned(reckon: Callable[[], object]) -> bool:
    """Whether the bank holidays of all the years a reckoning needs are recorded."""
    try:
        reckon()
    except (NotRecorded, ValueError, OverflowError):
        return False
    return True


NO_POWER = ("", "Choose a power")


class TermsForm(PlainForm):
    """What a round offers, on which days and by which power."""

    title = line_field(
        "What is offered?",
        asks="Say what is offered",
        help_text="Such as: Six services from April 2028.",
    )
    starts_on = DayField(label="The day the services start")
    answer_by = DayField(label="The day by which councils answer")
    years = number_field("For how many years", least=1, most=25, initial=3, required=True)
    power = forms.ChoiceField(
        label="By which power?",
        help_text="It stands in the wording that councils take to their meetings. What the law, "
        "as read, does not allow is refused; what the monitoring officer must confirm is shown.",
        error_messages={"required": "Choose a power", "invalid_choice": CHOOSE},
    )
    plan = forms.IntegerField(
        label="The number of the plan whose costs councils see",
        help_text="Leave it blank where there is none: then no cost is shown.",
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter the number of a plan, such as 7"
        ),
    )
    says = words_field("What councils should know", help_text="It stands on the page of the round.")
    criteria = words_field("By what you judge who may take services on")

    def __init__(self, *args: Any, relies: Relies | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._relies = relies
        self._offer_powers((), POWERS.values())

    def _offer_powers(self, first: Collection[Power], others: Iterable[Power]) -> None:
        """Let one choose a power; where one was refused, those that are open stand first."""
        rest = [(each.key, named(each)) for each in others if each not in first]
        groups = [(OPEN_INSTEAD, [(each.key, named(each)) for each in first]), (OTHERS, rest)]
        offered = groups if first else rest
        cast(forms.ChoiceField, self.fields["power"]).choices = [NO_POWER, *offered]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, answer_by = cleaned.get("starts_on"), cleaned.get("answer_by")
        if starts_on and answer_by and answer_by >= starts_on:
            self.add_error("answer_by", "Enter a day before the services start")
        if starts_on and not _is_reckoned(lambda: deadlines(starts_on)):
            self.add_error("starts_on", NOT_RECKONED)
        if starts_on and cleaned.get("power") and self._relies:
            self._refuse_power(self._relies(cleaned["power"], starts_on))
        return cleaned

    def _refuse_power(self, reliance: Reliance) -> None:
        if obstacles := obstacles_to_relying(reliance):
            self.add_error("power", " ".join(obstacles))
            self._offer_powers(reliance.instead, POWERS.values())

    def terms(self) -> Terms:
        """Return what was typed."""
        return Terms(**{name: self.cleaned_data[name] for name in TermsForm.base_fields})


class ChangeForm(TermsForm, VersionedForm):
    """What a round is to offer instead."""


class RateForm(PlainForm):
    """A service, and what the county pays for it."""

    service = forms.ChoiceField(
        label="Service", error_messages={"required": "Choose a service", "invalid_choice": CHOOSE}
    )
    rate = pounds_field(
        "What the county pays for one unit in a year, in pounds",
        help_text="Such as 0.05 for a square metre of grass cut twice.",
        places=5,
    )
    visits = number_field("How often a year it pays for it to be done", least=1, most=366)
    standard = words_field("The standard it asks for")

    def __init__(self, *args: Any, services: Sequence[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._services = {str(service.pk): service for service in services}
        choices = [(key, f"{each.name} ({each.unit})") for key, each in self._services.items()]
        cast(forms.ChoiceField, self.fields["service"]).choices = [("", "Choose one"), *choices]

    def chosen(self) -> Service:
        """Return the service chosen."""
        return self._services[self.cleaned_data["service"]]

    def offered(self) -> Rate:
        """Return what the county pays: pounds are a hundred thousand thousandths of a penny."""
        said = self.cleaned_data
        return Rate(
            rate_millipence=int((said["rate"] * 100_000).to_integral_value()),
            visits=said["visits"],
            standard=said["standard"],
        )


class OwnForm(VersionedForm):
    """What a council says of itself."""

    meeting_on = DayField(
        label="Your next meeting that can decide",
        help_text="Then this page says by which day its notice must be out.",
        required=False,
    )
    tax_base = forms.DecimalField(
        label="Your tax base: how many Band D homes it counts",
        help_text="Your district sends it each winter. Then this page shows the effect on a home.",
        required=False,
        min_value=Decimal("0.1"),
        max_digits=9,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Enter a number of homes, such as 262 or 262.4",
        ),
    )
    own_quote = pounds_field(
        "A price you were quoted for all of it, in pounds a year",
        help_text="To be compared. Only your council and whoever makes this offer see it.",
        required=False,
    )

    def __init__(
        self, *args: Any, whose: Whose, filled_from: Mapping[str, str], **kwargs: Any
    ) -> None:
        """Say of each field that was filled in from an earlier offer, from which."""
        super().__init__(*args, **kwargs)
        self._whose = whose
        for name, offer in filled_from.items():
            field = self.fields[name]
            field.help_text = f"{field.help_text} You said so for {offer}."

    def clean_meeting_on(self) -> date | None:
        """Refuse a day whose notice cannot be reckoned: one of a year nobody has entered."""
        meets_on: date | None = self.cleaned_data["meeting_on"]
        if meets_on and not _is_reckoned(lambda: meeting(meets_on, self._whose)):
            raise forms.ValidationError(NOT_RECKONED)
        return meets_on

    def own(self) -> Own:
        """Return what was said, in whole thousandths and pence."""
        said = self.cleaned_data
        homes, quote = said["tax_base"], said["own_quote"]
        return Own(
            meeting_on=said["meeting_on"],
            tax_base_milli=None if homes is None else int(homes * 1000),
            own_quote_pence=None if quote is None else pence_of(quote),
        )


class ResolutionForm(PlainForm):
    """The resolution by which a council agreed."""

    reference = line_field(
        "Minute reference",
        asks="Enter the reference",
        most=100,
        required=False,
        help_text="If it agreed.",
    )
    stated_on = DayField(label="The day it was resolved", help_text="If it agreed.", required=False)
    present = number_field("Members there", most=999, help_text="If the minutes count votes.")
    quorum = number_field("The quorum", most=999)
    votes_for = number_field("Votes for", most=999)
    votes_against = number_field("Votes against", most=999)

    def taken(self) -> Taken:
        """Return the resolution, as the minutes state it."""
        said = self.cleaned_data
        counts = {name: said[name] for name in ("votes_for", "votes_against")}
        if any(number is not None for number in counts.values()):
            counts = {name: number or 0 for name, number in counts.items()} | {"abstained": 0}
        return Taken(
            outcome=Decision.Outcome.AGREED,
            reference=said["reference"],
            stated_on=said["stated_on"],
            present=said["present"],
            quorum=said["quorum"],
            **counts,
        )


class AnswerForm(ResolutionForm):
    """A council's answer."""

    field_order = ("answer",)

    answer = forms.ChoiceField(
        label="What did your council decide?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer", "invalid_choice": CHOOSE},
    )
    reason = words_field(
        "Why, if you like to say",
        help_text="It helps to make a better offer. Nobody is pressed.",
        most=1000,
        rows=3,
    )
    is_reason_public = forms.BooleanField(
        label="Everybody may read why", required=False, help_text="Otherwise only whoever offers."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == Answer.AGREED:
            if not cleaned.get("reference"):
                self.add_error("reference", "Enter the minute reference")
            if not cleaned.get("stated_on") and "stated_on" not in self.errors:
                self.add_error("stated_on", "Enter the day it was resolved")
        return cleaned

    def said(self) -> Said:
        """Return the answer, with the resolution where the council agreed."""
        said = self.cleaned_data
        return Said(
            answer=said["answer"],
            taken=self.taken() if said["answer"] == Answer.AGREED else None,
            reason=said["reason"],
            is_reason_public=said["is_reason_public"],
        )


class CallForm(PlainForm):
    """Whom to call back, and when."""

    who = line_field(
        "Your name, number and a good time",
        asks="Say whom to call, and on which number",
        help_text="Only whoever makes this offer sees it.",
    )


class CalledForm(PlainForm):
    """That the call was made which a council had asked for."""

    called_on = DayField(label="The day you called")
    note = words_field(
        "What was said, if it should be kept",
        help_text="It stands in the history of this offer, which its council reads too. Do not "
        "write names or numbers.",
        most=1000,
        rows=3,
    )
    asked_at = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "Open this page again from the list of councils"},
    )

    def clean_asked_at(self) -> datetime:
        """Read which request is meant."""
        try:
            found = datetime.fromisoformat(self.cleaned_data["asked_at"])
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise forms.ValidationError("Open this page again from the list of councils")
        return found

    def called(self) -> Called:
        """Return the call."""
        said = self.cleaned_data
        return Called(asked_at=said["asked_at"], on=said["called_on"], note=said["note"])


class EndLinkForm(PlainForm):
    """Why a link is ended, and in which of the council's letters it stood."""

    reason = words_field(
        "Why?",
        asks="Say why",
        help_text="It stands in the history of this offer, which its council reads too. Whoever "
        "opens the link is told that you ended it and when, not why. Do not name people.",
        most=1000,
        rows=3,
        required=True,
    )
    letter = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Open this page again from the page of the offer"
        ),
    )

    def show_newest(self, letter: int) -> None:
        """Be ready to be sent again, about the link that has taken the other's place."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["letter"] = str(letter)  # type: ignore[index]
