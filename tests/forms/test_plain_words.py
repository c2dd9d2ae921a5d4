"""What is wrong with a form is said in plain words, once, with what to do."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.plain_words import _stock_of, speak_plainly
from waywarden.fabric.forms.versions import VersionedForm

pytestmark = pytest.mark.django_db


def words(answer: object) -> str:
    return " ".join(Page(body_of(answer)).words.split())  # type: ignore[arg-type]


def test_a_form_of_more_fields_than_ours_is_not_called_an_address(client: Client) -> None:
    answer = client.post("/sign-in/", {f"field-{number}": "x" for number in range(3000)})

    said = words(answer)
    assert answer.status_code == 400
    assert "This form holds more than any form of ours." in said
    assert "address is not as we expect" not in said


def test_what_was_said_with_a_full_stop_gets_no_second_one(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(office.person)

    answer = browser.post("/drafts/", {"acting_in": office.pk, "draft_of": "forged", "x": "y"})

    assert answer.status_code == 400
    assert "Open the form again. Go back" in words(answer)


class Asked(VersionedForm):
    """A form whose fields were given no words of their own, but for one."""

    kind = forms.ChoiceField(label="What is it?", choices=[("a", "A")])
    words = forms.CharField(label="Your words", max_length=5)
    count = forms.IntegerField(min_value=2, max_value=4)
    table = forms.FileField()
    agreed = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Say your own"})


def said_of(**sent: str) -> dict[str, list[str]]:
    form = Asked(sent)
    return {name: list(errors) for name, errors in form.errors.items()}


def test_a_field_says_in_plain_words_what_to_do() -> None:
    assert said_of(version="1") == {
        "kind": ["Choose one of the answers that are offered"],
        "words": ["Fill in “Your words”"],
        "count": ["Fill this in"],
        "table": ["Choose a file"],
        "agreed": ["Tick the box to go on"],
        "own": ["Say your own"],
    }


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("kind", "maybe", "Choose one of the answers that are offered"),
        ("words", "a\x00b", "It holds a sign that cannot be kept. Type it again by hand"),
        ("words", "too long", "Enter at most 5 characters"),
        ("count", "1", "Enter a number that is not below 2"),
        ("count", "5", "Enter a number that is not above 4"),
        ("count", "many", "Enter a whole number, such as 12"),
    ],
)
def test_a_value_that_cannot_be_taken_is_told_plainly(name: str, sent: str, words: str) -> None:
    assert said_of(**{name: sent})[name] == [words]


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"version": "-1"}])
def test_what_a_form_carries_unseen_is_not_called_by_its_name(sent: dict[str, str]) -> None:
    shown = str(Asked(sent))

    assert "This form came without something it needs. Open the page again" in shown
    assert "Hidden field" not in shown


def test_nothing_the_framework_says_is_left_in_any_of_our_forms() -> None:
    for form in every_form():
        for name, field in form.base_fields.items():
            speak_plainly(field)
            stock = {id(said) for said in _stock_of(field).values()}
            left = [code for code, said in field.error_messages.items() if id(said) in stock]
            assert not set(left) - {"incomplete", "invalid_date", "overflow"}, (form, name, left)


def every_form(kind: type[PlainForm] = PlainForm) -> Iterator[type[PlainForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from every_form(each)
