"""People and their offices through the wizard: the known are appointed, others invited."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import DAY, Cast
from tests.imports.sending import Desk, figures
from tests.pages.reading import Page, body_of
from waywarden.county.offices import actions
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.models import Invitation
from waywarden.county.people import actions as people
from waywarden.county.people.models import Office
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

HEAD = "email,office,starts_on,ends_on,portfolio\n"
UNTIL = "31/12/2028"


@pytest.fixture
def colm(cast: Cast) -> Desk:
    return Desk(cast, cast.at_coldbrook)


def test_somebody_who_held_an_office_here_is_appointed(cast: Cast, colm: Desk) -> None:
    cast.office(cast.dot, cast.coldbrook_council, "councillor")

    page = colm.take_in("offices", f"{HEAD}DOT@example.org,Chair,,{UNTIL},\n")

    assert figures(page)["new"] == 1
    office = Office.objects.get(person=cast.dot, kind="chair")
    assert office.body == cast.coldbrook_council


def test_somebody_else_is_invited_whether_they_have_an_account_or_not(
    cast: Cast, colm: Desk
) -> None:
    addresses = (cast.bron.email, "nobody@coldbrook.example")
    rows = "".join(f"{address},Councillor,,{UNTIL},\n" for address in addresses)

    page = colm.look(colm.paste("offices", HEAD + rows))
    assert page.words.count("is invited to be Councillor") == 2
    assert "is appointed" not in page.words

    colm.take_in("offices", HEAD + rows)
    sent = Invitation.objects.filter(body=cast.coldbrook_council)
    assert sorted(invitation.address for invitation in sent) == sorted(addresses)


def test_the_same_people_again_change_nothing(cast: Cast, colm: Desk) -> None:
    rows = f"{HEAD}new@coldbrook.example,Councillor,,{UNTIL},\n"
    colm.take_in("offices", rows)
    lines = Entry.objects.count()

    page = colm.look(colm.paste("offices", rows))

    assert figures(page) == {"new": 0, "changed": 0, "same": 1, "left_out": 0}
    assert Entry.objects.count() == lines


def test_the_journal_names_nobody_who_was_taken_in(cast: Cast, colm: Desk) -> None:
    colm.take_in("offices", f"{HEAD}new@coldbrook.example,Councillor,,{UNTIL},\n")

    assert not [e for e in Entry.objects.all() if "new@coldbrook.example" in str(e.__dict__)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"not an address,Councillor,,{UNTIL},", "“not an address” is no e-mail address."),
        (f"a@b.example,Counsillor,,{UNTIL},", "Did you mean Councillor?"),
        (f"a@b.example,Monitoring officer,,{UNTIL},", "is no office in Coldbrook"),
        ("a@b.example,Councillor,,never,", "'never' is not a date"),
        ("a@b.example,Councillor,soon,31/12/2028,", "'soon' is not a date"),
        ("a@b.example,Councillor,,31/12/1999,", "would have ended"),
        ("a@b.example,Councillor,,31/12/2099,", "Nobody holds an office for ever"),
        (f"a@b.example,Councillor,,{UNTIL},Roads", "Only a cabinet member or director has one."),
    ],
)
def test_what_is_wrong_with_a_row_is_said(colm: Desk, row: str, said: str) -> None:
    page = colm.look(colm.paste("offices", f"{HEAD}{row}\n"))

    assert figures(page)["left_out"] == 1
    assert said in page.words


def test_a_portfolio_goes_with_a_cabinet_member(cast: Cast) -> None:
    ada = Desk(cast, cast.at_the_county)
    rows = f"c@county.example,Cabinet member,,{UNTIL},Roads\n"
    rows += f"d@county.example,Cabinet member,,{UNTIL},{'x' * 201}\n"

    page = ada.take_in("offices", HEAD + rows)

    assert figures(page) == {"new": 1, "changed": 0, "same": 0, "left_out": 1}
    assert Invitation.objects.get().portfolio == "Roads"


def test_no_more_are_invited_than_in_a_day(colm: Desk) -> None:
    rows = "".join(f"p{n}@coldbrook.example,Councillor,,{UNTIL},\n" for n in range(23))

    page = colm.take_in("offices", HEAD + rows + f"p0@coldbrook.example,Councillor,,{UNTIL},\n")

    assert figures(page)["new"] == 20
    assert "Row 25: Row 2 says the same." in page.words
    assert Invitation.objects.count() == 20


def test_ab1_people_are_given_offices_in_the_council_acted_for_alone(
    cast: Cast, colm: Desk
) -> None:
    rows = "email,office,ends_on,body\nnew@x.example,Councillor,31/12/2028,wychbourne-council\n"

    colm.take_in("offices", rows)

    assert Invitation.objects.get().body == cast.coldbrook_council


def test_whoever_appoints_nobody_takes_no_people_in(cast: Cast) -> None:
    dot = Desk(cast, cast.office(cast.dot, cast.coldbrook_council, "councillor"))

    assert dot.browser.get("/imports/offices/").status_code == 403


def test_an_office_ended_at_once_on_its_first_day_can_be_given_back_that_day(
    cast: Cast, colm: Desk
) -> None:
    until = localdate().replace(year=localdate().year + 1)
    cast.office(cast.dot, cast.coldbrook_council, "councillor")
    given: dict[str, Any] = {"person": cast.dot, "body": cast.coldbrook_council, "kind": "chair"}
    given |= {"starts_on": localdate(), "ends_on": until, "by": cast.by, "today": localdate()}
    ended = people.appoint(**given)
    people.end_at_once(office=ended, by=cast.by, now=timezone.now(), today=localdate())

    page = colm.take_in("offices", f"{HEAD}dot@example.org,Chair,,{UNTIL},\n")

    assert figures(page)["new"] == 1
    held = Office.objects.as_of(localdate()).get(person=cast.dot, kind="chair")
    assert held.pk != ended.pk
    with pytest.raises(people.CannotAppoint, match="from that day already"):
        people.appoint(**given)


def test_the_preview_finds_an_office_that_ran_out_from_the_same_first_day(
    cast: Cast, colm: Desk
) -> None:
    until = date(2026, 5, 1)
    given: dict[str, Any] = {"person": cast.dot, "body": cast.coldbrook_council, "kind": "chair"}
    given |= {"starts_on": DAY, "ends_on": until, "by": cast.by, "today": DAY}
    people.appoint(**given)
    row = f"{HEAD}dot@example.org,Chair,{DAY},{UNTIL},\n"

    page = colm.look(colm.paste("offices", row))

    assert "from that day until 1 May 2026. Choose a later first day." in page.words
    with pytest.raises(people.CannotAppoint, match="until 1 May 2026"):
        people.appoint(**given | {"today": localdate()})


def test_what_stands_in_the_way_of_a_table_is_named_by_its_row(
    cast: Cast, colm: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{name}@coldbrook.example,Councillor,,{UNTIL},\n" for name in "ab")
    there = colm.paste("offices", HEAD + rows)["Location"]

    def refuses(*, offer: Offer, **given: object) -> None:
        if offer.address.startswith("b"):
            raise actions.CannotInvite("That address is known to fail.")

    monkeypatch.setattr(actions, "invite", refuses)
    answer = colm.decide(there)

    said = Page(body_of(answer)).words
    assert "Row 3: That address is known to fail. Nothing was saved." in said
    assert not Invitation.objects.exists()
