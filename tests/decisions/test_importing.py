"""Decisions taken in as a table: a row for each minute, and none twice."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.imports.sending import Desk, figures
from waywarden.county.decisions.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HEAD = "date,reference,title,kind,outcome,present,quorum,left,for,against,abstained\n"


@pytest.fixture
def colm(cast: Cast) -> Desk:
    return Desk(cast, cast.at_coldbrook)


@pytest.fixture
def ada(cast: Cast) -> Desk:
    return Desk(cast, cast.at_the_county)


def test_a_years_minutes_come_in_with_their_votes(cast: Cast, colm: Desk) -> None:
    rows = (
        "11/05/2026,12.3,To mow the green,,,9,3,1,7,1,\n"
        "11/05/2026,12.4,To sell the hall,minute,not agreed,9,3,,2,7,0\n"
        "08/06/2026,13.1,To wait,,deferred,,,,,,\n"
    )

    page = colm.take_in("decisions", HEAD + rows)

    assert figures(page)["new"] == 3
    mown, sold, waits = Decision.objects.order_by("pk")
    assert (mown.body, mown.outcome, mown.left) == (cast.coldbrook_council, "agreed", 1)
    assert (sold.votes_for, sold.votes_against, sold.abstained) == (2, 7, 0)
    assert waits.vote is None


def test_the_same_minutes_again_change_nothing(colm: Desk) -> None:
    rows = HEAD + "11/05/2026,12.3,To mow the green,,,,,,,,\n"
    colm.take_in("decisions", rows)

    page = colm.look(colm.paste("decisions", rows))

    assert figures(page) == {"new": 0, "changed": 0, "same": 1, "left_out": 0}


def test_an_executive_is_the_countys_alone(colm: Desk, ada: Desk) -> None:
    rows = HEAD + "11/05/2026,CA7,To offer grass cutting,cabinet,,,,,,,\n"

    refused = colm.look(colm.paste("decisions", rows))
    taken = ada.take_in("decisions", rows)

    assert "Coldbrook Parish Council has no executive: write minute or officer." in refused.words
    assert figures(taken)["new"] == 1
    assert Decision.objects.get().kind == "executive"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",12.3,To mow,,,,,,,,", "Enter the day it was taken."),
        ("soon,12.3,To mow,,,,,,,,", "'soon' is not a date"),
        ("11/05/2026,,To mow,,,,,,,,", "Enter the reference in up to 100 letters."),
        ("11/05/2026,12.3,,,,,,,,,", "Enter the title in up to 200 letters."),
        ("11/05/2026,12.3,To mow,gossip,,,,,,,", "“gossip” is no kind of decision we know"),
        ("11/05/2026,12.3,To mow,,perhaps,,,,,,", "“perhaps” is no outcome we know"),
        ("11/05/2026,12.3,To mow,,,many,3,,,,", "“many” is no number of members."),
        ("11/05/2026,12.3,To mow,,,1000,3,,,,", "“1000” is no number of members."),
        ("11/05/2026,12.3,To mow,,,0000000001000000,3,,,,", "is no number of members."),
        ("11/05/2026,12.3,To mow,,,9,3,,1,7,", "1 voted for it and 7 against"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(colm: Desk, row: str, said: str) -> None:
    page = colm.look(colm.paste("decisions", HEAD + row + "\n"))

    assert said in page.words
    assert figures(page)["left_out"] == 1


def test_two_rows_about_one_minute_are_not_both_taken(colm: Desk) -> None:
    row = "11/05/2026,12.3,To mow,,,,,,,,\n"

    page = colm.look(colm.paste("decisions", HEAD + row + row))

    assert "Row 2 says the same already. Keep one of rows 2 and 3." in page.words


def test_a_day_to_come_is_refused(colm: Desk) -> None:
    page = colm.look(
        colm.paste("decisions", f"{HEAD}1/1/{localdate().year + 1},1,To mow,,,,,,,,\n")
    )

    assert "has not come yet" in page.words


def test_where_it_is_published_is_a_web_address(colm: Desk) -> None:
    rows = "date,reference,title,link,text\n11/05/2026,1,To mow,ftp://here,So be it\n"

    assert "“ftp://here” is no web address." in colm.look(colm.paste("decisions", rows)).words


@pytest.mark.parametrize("link", ["http://127.0.0.1:5432/", "http://169.254.169.254/", "https://"])
def test_ab24_where_it_is_published_leads_nowhere_inside(colm: Desk, link: str) -> None:
    rows = f"date,reference,title,link,text\n11/05/2026,1,To mow,{link},So be it\n"

    assert f"“{link}” is no web address." in colm.look(colm.paste("decisions", rows)).words


def test_where_it_is_published_is_a_web_address_of_a_bearable_length(colm: Desk) -> None:
    link = f"https://www.coldbrook.example/{'x' * 300}"
    rows = f"date,reference,title,link,text\n11/05/2026,1,To mow,{link},So be it\n"

    page = colm.look(colm.paste("decisions", rows))

    assert "Enter a web address in up to 300 letters." in page.words


def test_the_words_of_a_resolution_come_in_with_it(colm: Desk) -> None:
    link = "https://www.coldbrook.example/may"
    rows = f"date,reference,title,link,text\n11/05/2026,1,To mow,{link},So be it\n"

    colm.take_in("decisions", rows)

    decision = Decision.objects.get()
    assert (decision.text, decision.link) == ("So be it", link)
