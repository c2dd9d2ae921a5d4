import json
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from waywarden.county.councils.models import Body
from waywarden.county.offices.forms import kinds_of_office
from waywarden.county.people.models import Office, Person
from waywarden.county.people.permissions import APPOINTERS
from waywarden.fabric.forms.plain import DayField, PlainForm
from waywarden.fabric.forms.versions import VersionedForm

#: As long as a passkey may be as text; those that browsers make are shorter by far.
MOST_SIGNS = 20_000
E_MAIL = "Enter an e-mail address such as clerk@example.org"
CODE = "Enter the code"


def email_field(label: str = "E-mail address", hint: str = "") -> forms.EmailField:
    """Give the field in which somebody says which address is theirs."""
    widget = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    messages = {"required": E_MAIL, "invalid": E_MAIL}
    return forms.EmailField(
        label=label, help_text=hint, max_length=254, widget=widget, error_messages=messages
    )


def code_field(label: str, hint: str) -> forms.CharField:
    """Give the field for a code of an app."""
    attrs = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "class": "govuk-input--width-10",
        "spellcheck": "false",
    }
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": CODE, "max_length": "Enter the code alone"},
    )


class EmailForm(PlainForm):
    """Who wants to sign in."""

    email = email_field(hint="The one your council was given for you")


class PasswordForm(PlainForm):
    """Who wants to sign in, and what only they should know."""

    email = email_field()
    password = forms.CharField(
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )


class OtherBrowserForm(PlainForm):
    """Whose link it is, asked where it was opened in another browser."""

    email = email_field(
        "Your e-mail address",
        "You opened the link in another browser than you asked for it in, so we ask again",
    )


class CodeForm(PlainForm):
    """The second step."""

    code = code_field("Code", "The six digits your app shows now, or one of your recovery codes")


class AppForm(PlainForm):
    """A first code, to see that the app is set up."""

    code = code_field("Code", "The six digits the app shows now")


class PasskeyForm(PlainForm):
    """A passkey, as the browser has made it, under a name."""

    credential = forms.CharField(max_length=MOST_SIGNS, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Name for it",
        help_text="Such as “office laptop”, to tell it from your others",
        max_length=60,
        error_messages={"required": "Enter a name for the passkey"},
    )

    def clean_credential(self) -> Any:
        """Read what the browser made; refuse what no browser sends."""
        try:
            return json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError):
            raise ValidationError("The browser sent no passkey. Try again.") from None


class NewPasswordForm(PlainForm):
    """A password somebody chooses."""

    password = forms.CharField(
        label="New password",
        help_text=(
            "At least 12 characters; 15 or more is better. Three or four words that do not "
            "belong together make a good one."
        ),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Refuse what is short, common, or like their name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class RuleForm(VersionedForm):
    """Whether a body's offices open only after a second step, and why."""

    required = forms.TypedChoiceField(
        label="When people sign in",
        choices=[
            ("yes", "They take a second step: a passkey, or a code from an app"),
            ("no", "A link by e-mail or a password is enough"),
        ],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two"},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="It is kept in the history, which may be published. Name no person",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter a reason",
            "min_length": "Say why in a few words more",
        },
    )

    @property
    def kept(self) -> frozenset[str]:
        """The rule itself; why it is so, the journal alone holds."""
        return frozenset({"required"})


class FirstOfficerForm(PlainForm):
    """The first officer of a site: who they are, and in which body."""

    code = forms.CharField(
        label="Set-up code",
        help_text="The terminal shows it after: waywarden first-officer",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the set-up code"},
    )
    email = email_field(hint="Your own, not one that several people read")
    shown_as = forms.CharField(
        label="Your name, as others are to see it",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    body = forms.ModelChoiceField(
        label="Your council",
        queryset=Body.objects.none(),
        empty_label="Choose a council",
        error_messages={
            "required": "Choose your council",
            "invalid_choice": "Choose one of the councils listed",
        },
    )
    kind = forms.ChoiceField(
        label="Your office",
        help_text="One that may invite others",
        choices=[(kind, kind.label) for kind in Office.Kind if kind in APPOINTERS],
        initial=Office.Kind.PARTNERSHIPS_OFFICER,
        error_messages={"required": "Choose your office"},
    )
    ends_on = DayField(
        label="Last day of your office",
        help_text="Access ends with the office. A year or two ahead is usual",
    )
    is_operator = forms.BooleanField(
        label="I also look after this installation", required=False, initial=True
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.councils = Body.objects.listed().as_of(today).order_by("name", "key")
        self.fields["body"].queryset = self.councils  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date:
        """Refuse an office that has ended already."""
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < self.today:
            raise forms.ValidationError("Enter a last day that is not in the past")
        return ends_on

    def clean(self) -> dict[str, Any]:
        """Refuse an office that there is not in such a council."""
        said = super().clean() or self.cleaned_data
        body, kind = said.get("body"), said.get("kind")
        if body and kind and kind not in kinds_of_office(body):
            self.add_error("kind", f"{body} has no such office. Choose another.")
        return said
