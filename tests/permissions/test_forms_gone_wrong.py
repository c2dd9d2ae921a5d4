"""Forms that were forged, opened in another office, or speak of another body."""

from __future__ import annotations

import pytest

from tests.permissions import forms
from tests.permissions.addresses import Pattern, patterns
from tests.permissions.county import County
from tests.permissions.policy import POLICY, WITHOUT_OFFICE, WITHOUT_TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FORMS = [each for each in patterns() if each.name in POLICY and POLICY[each.name].takes_forms]
every_form = pytest.mark.parametrize("pattern", FORMS, ids=[each.name for each in FORMS])


def test_every_exception_is_one_for_a_form_there_is() -> None:
    assert {*WITHOUT_TOKEN, *WITHOUT_OFFICE} <= {each.name for each in FORMS}


@every_form
def test_a_form_without_its_token_is_not_taken(county: County, pattern: Pattern) -> None:
    assert list(forms.forged(county, pattern)) == []


@every_form
def test_ab2_a_clerk_of_two_parishes_cannot_send_a_form_opened_as_the_other(
    county: County, pattern: Pattern
) -> None:
    assert list(forms.from_another_office(county, pattern)) == []


@every_form
def test_ab1_a_clerk_who_names_another_parish_in_a_form_changes_nothing_there(
    county: County, pattern: Pattern
) -> None:
    assert list(forms.smuggling(county, pattern)) == []
