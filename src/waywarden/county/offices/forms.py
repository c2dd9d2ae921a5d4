"""What is asked of people who give, take and end offices."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from waywarden.county.councils.models import Body
from waywarden.county.offices.actions import Offer
from waywarden.county.people.models import Office, Person
from waywarden.county.people.permissions import PRINCIPAL
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm

Kind = Office.Kind
#: Which offices there are in which bodies. Nobody is monitoring officer of a parish.
OF_PRINCIPAL = [
    Kind.LEADER,
    Kind.CABINET_MEMBER,
    Kind.COUNCILLOR,
    Kind.CHAIR,
    Kind.CHIEF_EXECUTIVE,
    Kind.DIRECTOR,
    Kind.MONITORING_OFFICER,
    Kind.SECTION_151_OFFICER,
    Kind.PARTNERSHIPS_OFFICER,
    Kind.FINANCE_OFFICER,
    Kind.OFFICER,
    Kind.OPERATIVE,
    Kind.VOLUNTEER_COORDINATOR,
]
OF_PARISHES = [
    Kind.CLERK,
    Kind.DEPUTY_CLERK,
    Kind.CHAIR,
    Kind.COUNCILLOR,
    Kind.FINANCE_OFFICER,
    Kind.OFFICER,
    Kind.OPERATIVE,
    Kind.VOLUNTEER_COORDINATOR,
]
OF_OTHERS = [
    Kind.CONTACT,
    Kind.CHAIR,
    Kind.FINANCE_OFFICER,
    Kind.OFFICER,
    Kind.OPERATIVE,
    Kind.VOLUNTEER_COORDINATOR,
]
PARISHES = frozenset(
    {
        Body.Kind.TOWN,
        Body.Kind.PARISH,
        Body.Kind.MEETING,
        Body.Kind.PARISH_OR_MEETING,
        Body.Kind.TRUSTEES,
    }
)
#: Which offices answer for something that is named with them.
WITH_PORTFOLIO = frozenset({Kind.CABINET_MEMBER, Kind.DIRECTOR})
A_YEAR = timedelta(days=365)
REASON = "Do not name people: this stays in the journal, which is never changed."


def kinds_of_office(body: Body) -> list[Office.Kind]:
    """Return the offices there may be in a body, the commonest first."""
    if body.kind in PRINCIPAL or body.kind == Body.Kind.STRATEGIC:
        return OF_PRINCIPAL
    return OF_PARISHES if body.kind in PARISHES else OF_OTHERS


def _choices(kinds: list[Office.Kind]) -> list[tuple[str, str]]:
    return [("", "Choose an office"), *((str(kind), str(kind.label)) for kind in kinds)]


def address_field(label: str = "Their e-mail address") -> forms.EmailField:
    """Ask for an e-mail address."""
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address in the right form, such as name@example.org",
        },
    )


def kind_field() -> forms.ChoiceField:
    """Ask which office; `offer_kinds` says of which."""
    says = "Choose an office from the list"
    return forms.ChoiceField(
        label="Office", error_messages={"required": says, "invalid_choice": says}
    )


def reason_field(label: str, *, is_required: bool = True) -> forms.CharField:
    """Ask why, in words that may stand in the journal."""
    return forms.CharField(
        label=label,
        help_text=REASON,
        required=is_required,
        min_length=10 if is_required else None,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why",
            "min_length": "Say why in a few words more",
            "max_length": "Say why in 1,000 characters or fewer",
        },
    )


class OfficeForm(PlainForm):
    """An office in a body, from one day to another."""

    kind = kind_field()
    portfolio = forms.CharField(
        label="Portfolio",
        help_text="What a cabinet member or director answers for, such as transport",
        required=False,
        max_length=200,
        error_messages={"max_length": "Name the portfolio in 200 characters or fewer"},
    )
    starts_on = DayField(label="First day")
    ends_on = DayField(
        label="Last day",
        help_text="Every office ends on a day that is known. It can be extended.",
    )

    def __init__(self, *args: Any, body: Body, today: date, **kwargs: Any) -> None:
        first = {"starts_on": today, "ends_on": today + A_YEAR}
        super().__init__(*args, initial=first, **kwargs)
        self.today = today
        kinds = kinds_of_office(body)
        offer_kinds(self, kinds)
        if WITH_PORTFOLIO.isdisjoint(kinds):
            del self.fields["portfolio"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Enter a last day that is not before the first day")
        if cleaned.get("portfolio") and cleaned.get("kind") not in WITH_PORTFOLIO:
            says = "Leave this blank: only a cabinet member or director has a portfolio"
            self.add_error("portfolio", says)
        return cleaned

    def offer(self) -> Offer:
        """Return the office asked for, and for whom."""
        given = self.cleaned_data
        return Offer(
            address=given.get("address", ""),
            kind=given["kind"],
            portfolio=given.get("portfolio", "").strip(),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )


class InviteForm(OfficeForm):
    """An office for whoever reads the mail of an address."""

    address = address_field()
    field_order = ["address", "kind", "portfolio", "starts_on", "ends_on"]


class AppointForm(OfficeForm):
    """An office for somebody the body knows."""

    person = forms.ChoiceField(
        label="Who",
        error_messages={
            "required": "Choose somebody from the list",
            "invalid_choice": "Choose somebody from the list",
        },
    )
    field_order = ["person", "kind", "portfolio", "starts_on", "ends_on"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        chosen = [(key, str(person)) for key, person in self._people.items()]
        field = cast(forms.ChoiceField, self.fields["person"])
        field.choices = [("", "Choose somebody"), *chosen]

    def who(self) -> Person:
        """Return the person chosen."""
        return self._people[self.cleaned_data["person"]]


class HandOverForm(PlainForm):
    """Who comes after the holder of an office, and when."""

    address = address_field("The successor’s e-mail address")
    starts_on = DayField(label="The successor’s first day")
    ends_on = DayField(label="The successor’s last day")
    leaves = forms.ChoiceField(
        label="When the present holder’s access ends",
        choices=[
            ("before", "The day before the successor begins"),
            ("at-once", "As soon as the successor accepts"),
        ],
        initial="before",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose when access ends",
            "invalid_choice": "Choose when access ends",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        first = {"starts_on": today + timedelta(days=1), "ends_on": today + A_YEAR}
        super().__init__(*args, initial=first, **kwargs)

    def offer(self, office: Office) -> Offer:
        """Return the same office for somebody else."""
        given = self.cleaned_data
        return Offer(
            address=given["address"],
            kind=office.kind,
            portfolio=office.portfolio,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )

    def leaves_at_once(self) -> bool:
        """Whether access ends at the moment the successor accepts."""
        return bool(self.cleaned_data["leaves"] == "at-once")


class OfficeAsSeen(VersionedForm):
    """A form about an office as it was when the form was opened."""

    def seen(self, office: Office) -> Office:
        """Return the office in the version the form was opened with."""
        office.version = self.cleaned_data["version"]
        return office


class EndForm(OfficeAsSeen):
    """When an office ends, and why."""

    when = forms.ChoiceField(
        label="When it ends",
        choices=[("on", "At the end of a day"), ("at-once", "At once")],
        initial="on",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose when it ends",
            "invalid_choice": "Choose when it ends",
        },
    )
    on = DayField(label="Last day", help_text="Needed unless it ends at once", required=False)
    reason = reason_field("Why", is_required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "on" and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the last day, or choose that it ends at once")
        return cleaned

    @property
    def kept(self) -> frozenset[str]:
        """When it ends; why, the journal alone holds."""
        return frozenset({"when", "on"} if self.cleaned_data["when"] == "on" else {"when"})


class ExtendForm(OfficeAsSeen):
    """Until when an office goes on."""

    until = DayField(label="New last day")


class AcceptForm(PlainForm):
    """The name of somebody who takes up an office and is not known yet."""

    shown_as = forms.CharField(
        label="Your name",
        help_text="As the people you work with should see it",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Enter your name",
            "max_length": "Enter a name of 200 characters or fewer",
        },
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["shown_as"]


def offer_kinds(form: PlainForm, kinds: list[Office.Kind]) -> None:
    """Let a form choose among these offices."""
    field = cast(forms.ChoiceField, form.fields["kind"])
    field.choices = _choices(kinds)
