from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area
from waywarden.county.places.naming import full_name
from waywarden.county.services.models import Service
from waywarden.devolution.interest import hosting, queries
from waywarden.devolution.interest.actions import Asker, Challenged, Means, Named, Wish
from waywarden.devolution.interest.models import Challenge, Expression
from waywarden.devolution.offers.models import Round
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.forms.fields import CHOOSE, line_field, words_field
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.versions import VersionedForm
from waywarden.rules.challenge import RELEVANT_BODIES
from waywarden.rules.registered import charity_number, company_number


def one_of(label: str, asks: str, choices: Any, *, help_text: str = "") -> forms.ChoiceField:
    """Ask for one of a few, all of them in view."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": asks, "invalid_choice": CHOOSE},
    )


def choose(label: str, *, required: bool = False, help_text: str = "") -> forms.ChoiceField:
    """Ask for one of a list that a form is given."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Give a form the choices of a field."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class WhoFields(PlainForm):
    """Who asks, and where an answer reaches them."""

    kind = one_of("Who asks?", "Choose who asks", Expression.Kind.choices)
    who = line_field(
        "The name of your council, group or organisation",
        asks="Enter the name",
        help_text="A group that does not exist yet: what it may be called.",
    )
    charity_number = line_field("Charity number", asks="Enter the number", most=20, required=False)
    company_number = line_field("Company number", asks="Enter the number", most=20, required=False)
    contact_name = line_field("Your name", asks="Enter your name", required=False)
    contact_email = forms.EmailField(
        label="Your e-mail address",
        help_text="You are sent a private link, to carry on from here. It is not published.",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an e-mail address, such as name@example.org",
            "max_length": "Enter the address in 254 characters or fewer",
        },
    )

    def clean_charity_number(self) -> str:
        return self._number("charity_number", charity_number, "of 6 or 7 figures, such as 1122334")

    def clean_company_number(self) -> str:
        return self._number("company_number", company_number, "of 8 signs, such as 01234567")

    def _number(self, name: str, read: Any, such: str) -> str:
        said = self.cleaned_data[name]
        if said and not read(said):
            raise forms.ValidationError(f"Enter a number {such}, or leave it blank")
        return str(read(said))

    def asker(self) -> Asker:
        """Return who asks."""
        return Asker(**{name: self.cleaned_data[name] for name in WHO})


WHO = tuple(WhoFields.base_fields)


class AskForm(WhoFields):
    """Who asks whom: the first page."""

    asked_of = choose("Which council do you ask?", required=True)

    def __init__(self, *args: Any, counties: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._counties = {body.key: body for body in counties}
        if len(counties) == 1:
            del self.fields["asked_of"]
            return
        offer(self, "asked_of", [(key, body.name) for key, body in self._counties.items()])

    def county(self) -> Body:
        """Return the council that is asked."""
        first = next(iter(self._counties))
        return self._counties[self.cleaned_data.get("asked_of", first)]


class WhoForm(WhoFields, VersionedForm):
    """Who asks, put right."""


class WhatForm(VersionedForm):
    """What they ask to run, where, and what they would do."""

    round = choose("Is it about an offer that is open?")
    services = forms.MultipleChoiceField(
        label="Which services?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a service", "invalid_choice": CHOOSE},
    )
    places = words_field(
        "Which parishes?",
        asks="Name a parish",
        help_text="One on each line. Where two have one name, add the district: Noke, Cherwell.",
        most=5_000,
        rows=3,
        required=True,
    )
    what = words_field(
        "What would you do?",
        asks="Say what you would do",
        help_text="In your own words: a few sentences are enough.",
        most=5_000,
        required=True,
    )

    def __init__(
        self,
        *args: Any,
        rounds: Sequence[Round],
        services: Sequence[Service],
        parishes: Sequence[Area],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rounds = {str(each.pk): each for each in rounds}
        self._services = {each.code: each for each in services}
        self._parishes = parishes
        offered = [(key, each.title) for key, each in self._rounds.items()]
        offer(self, "round", [("", "No, or I do not know"), *offered])
        offer(self, "services", [(code, each.name) for code, each in self._services.items()])

    def clean_places(self) -> str:
        """Find the parishes named, and write them as they are called."""
        try:
            found = queries.named_parishes(self.cleaned_data["places"].splitlines(), self._parishes)
        except Refusal as refused:
            raise forms.ValidationError(str(refused)) from refused
        self._found = found
        return in_lines(found)

    def wish(self) -> Wish:
        """Return what is asked for."""
        said = self.cleaned_data
        return Wish(
            services=[self._services[code] for code in said["services"]],
            places=self._found,
            what=said["what"],
            round=self._rounds.get(said["round"]),
        )


def in_lines(places: Sequence[Area]) -> str:
    """Write parishes one on each line, each with its district."""
    return "\n".join(full_name(place) for place in places)


class HostFields(PlainForm):
    """Who would sign and hold money for those who ask."""

    host_kind = choose(
        "Does somebody sign and hold money for you?",
        help_text="A group without a legal form needs a host: its parish council, or a company.",
    )
    host = line_field(
        "The name of your host",
        asks="Name your host",
        required=False,
        help_text="Such as: Coldbrook Parish Council. It is told once you have sent it, and then "
        "reads who asks, what you would do, where, and who would do it.",
    )
    host_email = forms.EmailField(
        label="The e-mail address of your host",
        help_text="Only if it is not known here: a council is written to at its public address. It "
        "is used to ask your host whether it agrees, and for nothing else.",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an e-mail address, such as name@example.org",
            "max_length": "Enter the address in 254 characters or fewer",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "host_kind", [("", "No, or not yet"), *Expression.Host.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, host = cleaned.get("host_kind"), cleaned.get("host")
        if kind and not host and "host" not in self.errors:
            self.add_error("host", "Name your host")
        if host and not kind:
            self.add_error("host_kind", "Choose what your host is")
        if cleaned.get("host_email") and not host and "host" not in self.errors:
            self.add_error("host", "Name your host")
        self._find(host or "")
        return cleaned

    def _find(self, host: str) -> None:
        """Find the body that is meant; who is not known here is reached by an address."""
        self._body: Body | None = None
        has_address = "host_email" in self.errors or self.cleaned_data["host_email"]
        try:
            self._body = hosting.host_named(host, on=localdate())
        except Refusal as refused:
            if not has_address:
                self.add_error("host", str(refused))
            return
        if host and self._body is None and not has_address:
            meant = hosting.hosts_like(host, on=localdate())
            says = f"Nobody of this name is known here. {meant}".strip()
            self.add_error("host_email", f"{says} Else enter their e-mail address.")

    def named(self) -> Named:
        """Return the host."""
        names = ("host_kind", "host", "host_email")
        said = {name: self.cleaned_data[name] for name in names}
        return Named(host_body=self._body, **said)


class HostForm(HostFields, VersionedForm):
    """Another host, once it was sent."""


class AnswerHostForm(PlainForm):
    """Whether the host agrees."""

    answer = one_of(
        "Would you be their host?",
        "Choose whether you would",
        [("agreed", "Yes: we would sign and hold money for them"), ("declined", "No, we cannot")],
    )
    says = words_field("What would you like to say to it?", most=2_000, rows=3)


class HowForm(HostFields, VersionedForm):
    """Who would do it, what help they need, and who would host them."""

    OWN = ("by_whom", "since", "help_wanted", "is_challenge")
    field_order = (*OWN[:3], "host_kind", "host", "host_email", "is_challenge")

    by_whom = words_field(
        "Who would do it?",
        asks="Say who would do it",
        help_text="How many people, paid or not, and what they know of it.",
        most=5_000,
        rows=4,
        required=True,
    )
    since = line_field(
        "Since when have you done something like it?",
        asks="Say since when",
        required=False,
        help_text="Such as: since 2019, in our churchyard. Nothing yet is an answer too.",
    )
    help_wanted = words_field(
        "What help do you need?",
        help_text="Training, tools, insurance, money, somebody to ask.",
        most=5_000,
        rows=4,
    )
    is_challenge = forms.BooleanField(
        label="This is under the Community Right to Challenge",
        help_text="A right of voluntary bodies, charities, parish councils and the council’s own "
        "employees (Localism Act 2011, section 81). The law then asks a few more questions, and "
        "may lead to a tender that others can win.",
        required=False,
    )

    def means(self) -> Means:
        """Return how it would be done."""
        own = {name: self.cleaned_data[name] for name in HowForm.OWN}
        return Means(**own, **vars(self.named()))


class ChallengeForm(VersionedForm):
    """What the Right to Challenge asks besides."""

    relevant_body = one_of(
        "Which of these are you?",
        "Choose which you are",
        list(RELEVANT_BODIES.items()),
        help_text="Others cannot use the right (Localism Act 2011, section 81; to be confirmed by "
        "the monitoring officer). They can ask all the same.",
    )
    part = one_of(
        "Would you run all of the service or a part of it?",
        "Choose all or a part",
        [("whole", "All of it"), ("part", "A part of it")],
    )
    outcomes = words_field(
        "What good would it do?",
        asks="Say what good it would do",
        help_text="Social, economic and environmental, and how it meets the needs of its users.",
        most=5_000,
        required=True,
    )
    finances = words_field(
        "What money and other means have you?",
        asks="Say what means you have",
        most=5_000,
        rows=4,
        required=True,
    )
    capability = words_field(
        "How will you be able to do it by the time of a tender?",
        asks="Say how you will be able to",
        most=5_000,
        rows=4,
        required=True,
    )
    period = one_of(
        "Has the council set a period for challenges?",
        "Choose what you know of the period",
        Challenge.Period.choices,
        help_text="It may set one for a service (section 82).",
    )

    def said(self) -> Challenged:
        """Return what was said."""
        said = {name: self.cleaned_data[name] for name in self.fields}
        return Challenged(
            is_whole=said["part"] == "whole",
            **{name: value for name, value in said.items() if name not in ("part", "version")},
        )


class WithdrawForm(PlainForm):
    """Taking it back; nobody has to say why."""

    reason = words_field("Why, if you like to say", most=1000, rows=3)


class NearForm(PlainForm):
    """Near which parish."""

    says_optional = False
    place = choose("Your parish or town")

    def __init__(self, *args: Any, places: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(place.key, full_name(place)) for place in places]
        offer(self, "place", [("", "All of them"), *known])
