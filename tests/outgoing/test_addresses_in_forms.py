"""An address that somebody gives in a form, and others will follow, leads nowhere inside (AB24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from waywarden.fabric.forms.fields import WebAddressField

INSIDE = (
    "http://127.0.0.1:5432/",
    "http://169.254.169.254/latest/",
    "http://[::1]/",
    "https://10.0.0.1/",
    "http://router.local/",
    "http://localhost/",
    "https://clerk:secret@www.coldbrook.example/",
)


def every_form(of: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    """Give every form of the site: its addresses are loaded with all that they show."""
    assert get_resolver().url_patterns
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def addresses() -> dict[str, forms.Field]:
    """Give every field of ours that asks for a web address, by its form and name."""
    return {
        f"{form.__name__}.{name}": field
        for form in every_form()
        if form.__module__.startswith("waywarden.")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.URLField)
    }


def test_ab24_every_form_that_asks_for_an_address_refuses_what_leads_inside() -> None:
    asked = addresses()

    assert any(name.endswith("FundForm.link") for name in asked)
    assert len(asked) > 1
    assert not [name for name, field in asked.items() if not isinstance(field, WebAddressField)]


@pytest.mark.parametrize("address", INSIDE)
def test_ab24_an_address_that_leads_inside_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(ValidationError, match=r"address .*\.") as refused:
        WebAddressField(assume_scheme="https").clean(address)

    assert "Enter a valid" not in str(refused.value)


def test_an_address_that_everybody_can_open_is_taken_as_it_stands() -> None:
    field = WebAddressField(assume_scheme="https", required=False)

    assert field.clean("https://www.coldbrook.example/minutes") == (
        "https://www.coldbrook.example/minutes"
    )
    assert field.clean("www.coldbrook.example") == "https://www.coldbrook.example"
    assert field.clean("") == ""
