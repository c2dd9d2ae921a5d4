"""AB14: who from outside looks into a body's own matters says why, for hours, and is seen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast, person
from tests.offices.asked import send
from tests.offices.letters import told
from waywarden.county.councils.models import Body
from waywarden.county.looking_in import actions
from waywarden.county.looking_in.actions import CannotLookIn
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.offices.hands import Hand
from waywarden.county.people.models import Office, Person
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LOOK = "/bodies/wychbourne-council/look-in/"
PEOPLE = "/bodies/wychbourne-council/people/"
WHY = "Their clerk cannot sign in and asked us to see why"


@pytest.fixture
def opal(cast: Cast) -> Person:
    """Give somebody who looks after the installation."""
    Person.objects.filter(pk=person("Opal").pk).update(is_operator=True)
    return person("Opal")


def test_ab14_the_operator_sees_a_councils_people_with_a_reason_alone_and_is_seen(
    cast: Cast, opal: Person
) -> None:
    assert cast.at_wychbourne
    browser = cast.signed_in(opal)
    assert browser.get(PEOPLE).status_code == 403
    assert browser.get("/bodies/wychbourne-council/people.csv").status_code == 403

    send(browser, LOOK, None, reason=WHY, hours=2)

    page = browser.get(PEOPLE).content.decode()
    assert "You look in from outside" in page
    assert "Bron" in page
    assert "bron@example.org" not in page
    assert "bron@example.org" not in browser.get(PEOPLE[:-1] + ".csv").content.decode()
    own = cast.signed_in(cast.bron).get(PEOPLE).content.decode()
    assert WHY in own
    assert "<strong>The operator</strong>" in own
    assert told() == ["bron@example.org"]
    line = Entry.objects.get(did="began to look in from outside")
    assert (line.subject_key, line.reason) == ("wychbourne-council", WHY)


def test_ab14_looking_in_changes_nothing(cast: Cast, opal: Person) -> None:
    office, browser = cast.at_wychbourne, cast.signed_in(opal)
    send(browser, LOOK, None, reason=WHY, hours=8)

    changes = [f"{office.pk}/end/", f"{office.pk}/extend/", f"{office.pk}/hand-over/"]
    for where in (*changes, "invite/", "appoint/"):
        assert browser.get(PEOPLE + where).status_code == 403
        assert send(browser, PEOPLE + where, None).status_code == 403


def test_ab14_it_ends_by_itself(cast: Cast, opal: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, now = cast.signed_in(opal), timezone.now()
    send(browser, LOOK, None, reason=WHY, hours=2)

    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=119))
    assert browser.get(PEOPLE).status_code == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=121))
    assert browser.get(PEOPLE).status_code == 403


def test_ab14_it_can_be_ended_before(cast: Cast, opal: Person) -> None:
    browser = cast.signed_in(opal)
    send(browser, LOOK, None, reason=WHY, hours=8)

    assert send(browser, f"{LOOK}end/", None).status_code == 302

    assert browser.get(PEOPLE).status_code == 403
    assert OperatorAccess.objects.get().closed_at
    again = send(browser, f"{LOOK}end/", None)
    assert "You do not look into" in browser.get(again["Location"]).content.decode()


def test_ab14_it_opens_one_council_and_no_other(cast: Cast, opal: Person) -> None:
    browser = cast.signed_in(opal)

    send(browser, LOOK, None, reason=WHY, hours=8)

    assert browser.get("/bodies/coldbrook-council/people/").status_code == 403


def test_ab14_it_is_for_whoever_opened_it_and_nobody_else(cast: Cast, opal: Person) -> None:
    send(cast.signed_in(opal), LOOK, None, reason=WHY, hours=8)
    Person.objects.filter(pk=person("Otto").pk).update(is_operator=True)

    assert cast.signed_in(person("Otto")).get(PEOPLE).status_code == 403


def test_ab14_it_ends_when_the_operator_is_one_no_more(cast: Cast, opal: Person) -> None:
    browser = cast.signed_in(opal)
    send(browser, LOOK, None, reason=WHY, hours=8)

    Person.objects.update(is_operator=False)

    assert browser.get(PEOPLE).status_code == 403


def test_ab14_a_county_officers_look_ends_with_the_office(cast: Cast) -> None:
    office, browser = cast.at_the_county, cast.signed_in(cast.ada)
    send(browser, LOOK, office, reason=WHY, hours=8)
    assert browser.get(PEOPLE).status_code == 200

    Office.objects.filter(pk=office.pk).update(ends_on=localdate() - timedelta(days=1))

    assert browser.get(PEOPLE).status_code == 403


def test_ab14_a_county_officer_who_acts_in_another_office_does_not_look_in(cast: Cast) -> None:
    office, browser = cast.at_the_county, cast.signed_in(cast.ada)
    other = cast.office(cast.ada, cast.coldbrook_council, "councillor")
    browser.post("/account/office/", {"office": office.pk})
    send(browser, LOOK, office, reason=WHY, hours=8)
    assert browser.get(PEOPLE).status_code == 200

    browser.post("/account/office/", {"office": other.pk})

    assert browser.get(PEOPLE).status_code == 403


def test_ab14_the_operator_who_is_a_clerk_elsewhere_looks_in_as_the_operator(
    cast: Cast, opal: Person
) -> None:
    office = cast.office(opal, cast.coldbrook_council, "clerk")
    browser = cast.signed_in(opal)

    send(browser, LOOK, office, reason=WHY, hours=8)

    assert OperatorAccess.objects.get().shown_as == "The operator"
    assert browser.get(PEOPLE).status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": "", "hours": 1}, "Say why"),
        ({"reason": "Because", "hours": 1}, "Say why in a few words more"),
        ({"reason": WHY, "hours": 9}, "Enter a whole number from 1 to 8"),
        ({"reason": WHY, "hours": 0}, "Enter a whole number from 1 to 8"),
    ],
)
def test_ab14_without_a_reason_or_for_more_than_eight_hours_it_does_not_open(
    cast: Cast, opal: Person, given: dict[str, object], words: str
) -> None:
    answer = send(cast.signed_in(opal), LOOK, None, **given)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not OperatorAccess.objects.exists()


def test_ab14_more_than_eight_hours_are_refused_whoever_asks(cast: Cast, opal: Person) -> None:
    given = {"body": cast.wychbourne_council, "reason": WHY, "by": Hand(opal, None)}

    with pytest.raises(CannotLookIn, match="between 1 and 8 hours"):
        actions.open_access(hours=9, now=timezone.now(), today=localdate(), **given)


def test_ab14_an_officer_of_one_county_does_not_look_into_another(cast: Cast, opal: Person) -> None:
    office = cast.office(cast.ada, far_county(cast), "officer")
    browser = cast.signed_in(cast.ada)

    assert browser.get("/bodies/far-council/look-in/").status_code == 200
    assert browser.get(LOOK).status_code == 403
    assert send(browser, LOOK, office, reason=WHY, hours=1).status_code == 403
    assert "Look in from outside" not in browser.get(LOOK.replace("look-in/", "")).content.decode()
    assert not OperatorAccess.objects.exists()
    assert cast.signed_in(opal).get(LOOK).status_code == 200


def far_county(cast: Cast) -> Body:
    """Give the council of a county beside the cast's, in which Far Council holds a parish."""
    council = Body.objects.create(key="far-county-council", kind="county", name="Far County")
    parish = Body.objects.create(key="far-council", kind="parish", name="Far Council")
    county = Area.objects.create(key="far", name="Far", kind="county")
    far = Area.objects.create(key="far-far", name="Far", kind="parish", county=county)
    Jurisdiction.objects.create(body=council, area=county, tier="county")
    Jurisdiction.objects.create(body=parish, area=far, tier="parish")
    return council


def test_ab14_a_body_without_an_area_is_looked_into_by_the_operator_alone(
    cast: Cast, opal: Person
) -> None:
    assert cast.at_the_county
    friends = Body.objects.create(key="friends", kind="group", name="Friends of the Brook")
    where = f"/bodies/{friends.key}/look-in/"

    assert cast.signed_in(cast.ada).get(where).status_code == 403
    assert cast.signed_in(opal).get(where).status_code == 200


def test_ab14_a_council_that_ended_is_looked_into_by_the_county_it_lay_in(cast: Cast) -> None:
    assert cast.at_the_county
    yesterday = localdate() - timedelta(days=1)
    Jurisdiction.objects.filter(body=cast.wychbourne_council).update(ends_on=yesterday)

    assert cast.signed_in(cast.ada).get(LOOK).status_code == 200


@pytest.mark.parametrize("who", ["bron", "colm", "dot"])
def test_ab14_nobody_but_the_operator_and_the_county_looks_in(cast: Cast, who: str) -> None:
    offices = {"bron": cast.at_wychbourne, "colm": cast.at_coldbrook}

    browser = cast.signed_in(person(who.title()))

    assert browser.get(LOOK).status_code == 403
    assert send(browser, LOOK, offices.get(who), reason=WHY, hours=1).status_code == 403


def test_an_operator_looks_in_only_after_the_second_step(cast: Cast, opal: Person) -> None:
    answer = cast.signed_in_one_way(opal).get(LOOK)

    assert answer.status_code == 302
    assert answer["Location"] == "/account/sign-in/"
