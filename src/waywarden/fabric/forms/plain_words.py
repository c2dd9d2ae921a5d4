"""What is wrong with a field, in plain words, where the field has none of its own."""

from typing import Any

from django import forms

WITHOUT_WHAT_IT_NEEDS = (
    "This form came without something it needs. Open the page again, and send it from there."
)
OFFERED = "Choose one of the answers that are offered"
A_FILE = "Choose a file that can be opened, and send it again"

WORDS = {
    "null_characters_not_allowed": "It holds a sign that cannot be kept. Type it again by hand",
    "max_length": "Enter at most %(limit_value)d characters",
    "min_length": "Enter at least %(limit_value)d characters",
    "max_value": "Enter a number that is not above %(limit_value)s",
    "min_value": "Enter a number that is not below %(limit_value)s",
    "max_digits": "Enter a shorter number",
    "max_decimal_places": "Enter a number with fewer places after the point",
    "max_whole_digits": "Enter a smaller number",
    "invalid_choice": OFFERED,
    "invalid_list": OFFERED,
    "invalid_pk_value": OFFERED,
    "invalid": "We could not read this. Enter it again",
}
WORDS_OF_A_FILE = {
    "required": "Choose a file",
    "invalid": A_FILE,
    "missing": A_FILE,
    "contradiction": "Choose a file, or take out the one that is there, not both",
    "empty": "The file is empty. Choose another",
    "max_length": "The name of the file is too long. Shorten it",
}
INVALID: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.IntegerField, "Enter a whole number, such as 12"),
    (forms.DecimalField, "Enter a number, such as 1200.5"),
    (forms.EmailField, "Enter an e-mail address such as clerk@example.org"),
    (forms.URLField, "Enter a web address such as https://example.org"),
)


def speak_plainly(field: forms.Field) -> None:
    """Put plain words in place of the framework's own, and leave those that a field was given."""
    stock = _stock_of(field)
    for code, words in _words_for(field).items():
        if code not in field.error_messages or field.error_messages[code] is stock.get(code):
            field.error_messages[code] = words


def _stock_of(field: forms.Field) -> dict[str, Any]:
    """Return what the framework says of a field of this kind."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            found |= getattr(kind, "default_error_messages", {})
    return found


def _words_for(field: forms.Field) -> dict[str, str]:
    if field.widget.is_hidden:
        return dict.fromkeys({*WORDS, "required"}, WITHOUT_WHAT_IT_NEEDS)
    if isinstance(field, forms.FileField):
        return WORDS_OF_A_FILE
    invalid = next((said for kind, said in INVALID if isinstance(field, kind)), WORDS["invalid"])
    return WORDS | {"invalid": invalid, "required": _required(field)}


def _required(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "Tick the box to go on"
    if isinstance(field, forms.ChoiceField):
        return OFFERED
    asked = str(field.label or "").rstrip(".?").replace("%", "%%")
    return f"Fill in “{asked}”" if asked else "Fill this in"
