"""Expressions that came elsewhere, taken in as a table: nobody is written to."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.imports.sending import Desk, figures
from waywarden.devolution.interest.models import Expression
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HEAD = "received,who,kind,services,places,what,contact_email,charity_number\n"
ROW = "11/05/2026,Friends,group,Village grass;DPS02,Coldbrook;Wychbourne,Mow,flo@a.example,\n"


@pytest.fixture
def ada(cast: Cast) -> Desk:
    return Desk(cast, cast.at_the_county)


def test_what_came_elsewhere_stands_in_the_list(ada: Desk) -> None:
    page = ada.take_in("interest", HEAD + ROW)

    assert figures(page)["new"] == 1
    of = Expression.objects.get()
    assert (of.status, of.is_from_elsewhere, str(of.sent_on)) == ("sent", True, "2026-05-11")
    assert (of.services.count(), of.places.count()) == (2, 2)
    assert not Notice.objects.exists()


def test_the_same_again_changes_nothing(ada: Desk) -> None:
    ada.take_in("interest", HEAD + ROW)

    page = ada.look(ada.paste("interest", HEAD + ROW))

    assert figures(page) == {"new": 0, "changed": 0, "same": 1, "left_out": 0}


def test_two_rows_about_one_are_not_both_taken(ada: Desk) -> None:
    page = ada.look(ada.paste("interest", HEAD + ROW + ROW))

    assert "It says the same as row 2." in page.words


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Friends,group,DPS01,Coldbrook,Mow,,", "is not a date"),
        ("1/5/2026,,group,DPS01,Coldbrook,Mow,,", "Enter who asks"),
        ("1/5/2026,Friends,gang,DPS01,Coldbrook,Mow,,", "“gang” is none of these"),
        ("1/5/2026,Friends,group,,Coldbrook,Mow,,", "Name a service"),
        ("1/5/2026,Friends,group,Gras,Coldbrook,Mow,,", "There is no service called"),
        ("1/5/2026,Friends,group,DPS01,Coldbrok,Mow,,", "Did you mean Coldbrook?"),
        ("1/5/2026,Friends,group,DPS01,Coldbrook,Mow,flo,", "is no e-mail address"),
        ("1/5/2026,Friends,group,DPS01,Coldbrook,Mow,,12", "can be no charity number"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(ada: Desk, row: str, said: str) -> None:
    page = ada.look(ada.paste("interest", HEAD + row + "\n"))

    assert said in page.words
    assert figures(page)["left_out"] == 1


def test_a_day_to_come_and_a_long_name_are_refused(ada: Desk) -> None:
    head = "received,who,kind,services,places,what,contact_name\n"
    row = f"1/1/{localdate().year + 1},F,group,DPS01,Coldbrook,Mow,{'x' * 201}\n"

    page = ada.look(ada.paste("interest", head + row))

    assert "has not come yet" in page.words
    assert "in up to 200 letters" in page.words


def test_a_parish_takes_in_none(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    assert colm.paste("interest", HEAD + ROW).status_code in (403, 404)
