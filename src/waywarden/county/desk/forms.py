import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from waywarden.county.councils.models import Contact
from waywarden.fabric.common.outgoing import NotReached, check_shown
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.versions import VersionedForm

Kind = Contact.Kind
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,24}(?:\s*(?:ext\.?|x)\s*[0-9]{1,6})?", re.IGNORECASE)
validate_web = URLValidator(schemes=["http", "https"])

SAYS = {
    Kind.WEB: "Enter the whole address of the website, one that everybody can open, such as "
    "https://www.coldbrook.example",
    Kind.EMAIL: "Enter an e-mail address, such as clerk@coldbrook.example",
    Kind.PHONE: "Enter a telephone number, such as 01865 000000",
}


class ContactFields(PlainForm):
    """A way to reach a body: what it is, and where it leads."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is", "invalid_choice": "Say what it is"},
    )
    value = forms.CharField(
        label="Address or number",
        help_text="Everybody can see it. Give the council’s own, not somebody’s home address.",
        max_length=300,
        error_messages={
            "required": "Enter the address or number",
            "max_length": "Enter at most 300 characters",
        },
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be an address of its kind."""
        said = super().clean() or {}
        kind, value = said.get("kind"), said.get("value")
        if kind and value and not _may_be(kind, value):
            self.add_error("value", SAYS[Kind(kind)])
        return said


def _may_be(kind: str, value: str) -> bool:
    if kind == Kind.PHONE:
        return bool(PHONE.fullmatch(value))
    try:
        if kind == Kind.WEB:
            validate_web(value)
            check_shown(value)
        elif kind == Kind.EMAIL:
            validate_email(value)
    except (ValidationError, NotReached):
        return False
    return True


class NewContact(ContactFields):
    """A contact that is not listed yet."""


class ChangedContact(ContactFields, VersionedForm):
    """A contact as it was shown in a version."""
