"""Contacts of councils: each its own, and a district what its address book says of its parishes."""

import pytest

from tests.cast import Cast
from tests.imports.sending import CONTACTS, MINE, Desk, figures
from waywarden.county.councils.models import Body, Contact
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db

PARISHES = (
    "body,kind,value,source\n"
    "Coldbrook Parish Council,e-mail,clerk@coldbrook.example,Asked in May\n"
    "Wychbourne Town Council,phone,01865 000000,\n"
)


def of_the_district(cast: Cast) -> Office:
    return cast.office(cast.dot, cast.marlshire_council, "officer")


@pytest.fixture
def dot(cast: Cast) -> Desk:
    """Dot, who for once works for the district."""
    return Desk(cast, of_the_district(cast))


def test_do7_a_district_officer_takes_in_the_contacts_of_the_parishes_in_its_area(
    cast: Cast, dot: Desk
) -> None:
    page = dot.take_in("contacts", PARISHES)

    assert figures(page) == {"new": 2, "changed": 0, "same": 0, "left_out": 0}
    contact = Contact.objects.get(body=cast.coldbrook_council)
    assert contact.source == "From the address book of Marlshire District Council: Asked in May"
    assert Contact.objects.get(body=cast.wychbourne_council).value == "01865 000000"
    place = dot.page("/places/coldbrook-marlshire/")
    assert "clerk@coldbrook.example" in place.words


def test_do7_the_same_address_book_again_changes_nothing(dot: Desk) -> None:
    dot.take_in("contacts", PARISHES)
    lines = Entry.objects.count()

    page = dot.look(dot.paste("contacts", PARISHES))

    assert figures(page) == {"new": 0, "changed": 0, "same": 2, "left_out": 0}
    assert Entry.objects.count() == lines


def test_do7_a_parish_elsewhere_is_left_out(cast: Cast, dot: Desk) -> None:
    elsewhere = Area.objects.create(key="elsewhere", name="Elsewhere", kind="district")
    area = Area.objects.create(key="far", name="Far", kind="parish", within=elsewhere)
    body = Body.objects.create(key="far", kind="parish", name="Far Parish Council")
    Jurisdiction.objects.create(body=body, area=area, tier="parish")

    page = dot.look(dot.paste("contacts", "body,kind,value\nFar Parish Council,web,far.example"))

    assert figures(page)["left_out"] == 1
    assert "and the parishes in its area. Leave out the row." in page.words


def test_do7_what_a_parish_has_ended_itself_the_district_does_not_bring_back(
    cast: Cast, dot: Desk
) -> None:
    dot.take_in("contacts", PARISHES)
    Contact.objects.filter(body=cast.coldbrook_council).update(ended_on=cast.today)

    page = dot.look(dot.paste("contacts", PARISHES))

    assert "Coldbrook Parish Council has ended this itself." in page.words
    assert figures(page)["left_out"] == 1


def test_what_one_has_ended_oneself_is_in_use_again(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)
    colm.take_in("contacts", CONTACTS + MINE)
    Contact.objects.update(ended_on=cast.today)

    page = colm.take_in("contacts", CONTACTS + MINE)

    assert figures(page)["changed"] == 1
    assert Contact.objects.get().ended_on is None


@pytest.mark.parametrize("named", ["Wychbourne Town Council", "WYCHBOURNE TOWN COUNCIL"])
def test_ab1_a_row_about_another_council_changes_nothing(cast: Cast, named: str) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    there = colm.paste("contacts", f"body,kind,value\n{named},web,www.evil.example")["Location"]

    assert "You act for Coldbrook Parish Council, and may say this only of it." in (
        colm.page(there).words
    )
    assert colm.decide(there).status_code == 409
    assert not Contact.objects.exists()


def test_ab1_the_council_comes_from_the_office_whatever_the_form_says(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    sent = {"body": cast.wychbourne_council.key, "body_key": cast.wychbourne_council.key}
    there = colm.post("/imports/contacts/", cells=CONTACTS + MINE, **sent)["Location"]
    colm.decide(there)

    assert [contact.body for contact in Contact.objects.all()] == [cast.coldbrook_council]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Coldbrok Parish Council,web,x.example,", "Did you mean Coldbrook Parish Council?"),
        (",e-mail,not an address,", "“not an address” is no e-mail address."),
        (",web,javascript:alert(1),", "is no web address"),
        (",web,http://[,", "is no web address"),
        (",phone,ring me,", "“ring me” is no telephone number."),
        (",post,,", "Write the address or number under value"),
        (f",post,{'x' * 301},", "Write the address or number under value"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_what_to_do(cast: Cast, row: str, said: str) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    page = colm.look(colm.paste("contacts", f"{CONTACTS}{row}"))

    assert figures(page)["left_out"] == 1
    assert "Row 2" in page.words
    assert said in page.words


def test_a_day_to_come_is_no_day_on_which_something_was_stated(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    page = colm.look(colm.paste("contacts", "kind,value,date\nweb,x.example,2099-01-01"))

    assert "“2099-01-01” is in the future." in page.words


def test_the_same_contact_twice_is_kept_once(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    page = colm.take_in("contacts", CONTACTS + MINE + MINE)

    assert figures(page) == {"new": 1, "changed": 0, "same": 0, "left_out": 1}
    assert "Row 2 says the same already." in page.words
