"""People who sign in: found however their address is typed, and there from the start."""

from datetime import date

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.db import IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader

from tests.cast import Cast
from waywarden.county.people.actions import CannotAppoint, appoint
from waywarden.county.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_the_person_who_signs_in_is_ours_from_the_first_migration() -> None:
    first = MigrationLoader(None).get_migration("people", "0001_initial")

    assert get_user_model() is Person
    assert "Person" in {
        operation.name for operation in first.operations if hasattr(operation, "fields")
    }
    assert first.initial


def test_an_address_belongs_to_one_person_however_it_is_typed(cast: Cast) -> None:
    assert cast.bron.email == "bron@example.org"

    for typed in ("bron@example.org", "Bron@example.org", "BRON@EXAMPLE.ORG"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create_user(typed, "Another Bron")


def test_a_person_is_found_by_their_address_however_it_is_typed(cast: Cast) -> None:
    colm = cast.colm

    assert Person.objects.get_by_natural_key("COLM@Example.Org") == colm


def test_a_person_without_a_password_cannot_sign_in_by_one(cast: Cast) -> None:
    assert not cast.dot.has_usable_password()
    assert authenticate(username="dot@example.org", password="") is None


def test_a_password_is_kept_as_a_hash_alone() -> None:
    ada = Person.objects.create_user("ada@county.example", "Ada", password="a long walk at dawn")

    assert "dawn" not in ada.password
    assert ada.check_password("a long walk at dawn")
    assert authenticate(username="ada@county.example", password="a long walk at dawn") == ada


def test_a_person_is_shown_by_name_and_never_by_address(cast: Cast) -> None:
    assert str(cast.ada) == "Ada"


def test_the_account_leads_to_the_council_somebody_acts_for(cast: Cast) -> None:
    office = cast.at_coldbrook

    page = cast.signed_in(office.person).get("/account/").content.decode()

    assert f'href="/bodies/{office.body.key}/"' in page


def test_an_office_does_not_end_before_it_starts(cast: Cast) -> None:
    days = {"starts_on": date(2027, 4, 1), "ends_on": date(2027, 3, 31)}

    with pytest.raises(CannotAppoint, match="cannot end on 2027-03-31, before it starts"):
        appoint(
            person=cast.bron,
            body=cast.wychbourne_council,
            kind="clerk",
            by=cast.by,
            today=cast.today,
            **days,
        )

    assert not cast.bron.offices.exists()
