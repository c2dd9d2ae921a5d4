"""Whoever signs in finds their work from their account, and no way that is closed to them."""

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from waywarden.county.councils.models import Body
from waywarden.county.looking_in.actions import open_access
from waywarden.county.offices.hands import Hand
from waywarden.county.people.models import Office
from waywarden.fabric.forms import actions as forms
from waywarden.fabric.forms.models import Draft

pytestmark = pytest.mark.django_db

Kind = Office.Kind


def ways(browser: Client, address: str = "/account/") -> dict[str, str]:
    """Give where each link of a page leads, by the way."""
    page = Page(body_of(browser.get(address)))
    links = [link["href"] for link in page.of("a") if link.get("href", "").startswith("/")]
    return dict.fromkeys(links, address)


def all_ways(browser: Client) -> set[str]:
    """Give where the links of an account lead, and of pages of councils and places."""
    pages = ["/account/", "/bodies/wychbourne-council/"]
    pages += [f"/places/{place}-marlshire/" for place in ("wychbourne", "unparished-ward")]
    return {way for page in pages for way in ways(browser, page)}


def begun(cast: Cast, office: Office, browser: Client, **typed: str) -> None:
    """Let somebody begin a contact and save what they have typed."""
    where = f"/bodies/{office.body.key}/contacts/add/"
    page = Page(body_of(browser.get(where)))
    token = next(field["value"] for field in page.of("input") if field.get("name") == "draft_of")
    assert browser.post("/drafts/", {"draft_of": token} | typed).status_code == 302


@pytest.mark.parametrize(
    "kind",
    [
        Kind.CLERK,
        Kind.DEPUTY_CLERK,
        Kind.FINANCE_OFFICER,
        Kind.COUNCILLOR,
        Kind.CHAIR,
        Kind.OPERATIVE,
        Kind.VOLUNTEER_COORDINATOR,
    ],
)
def test_every_way_on_the_account_of_a_parish_opens(cast: Cast, kind: Kind) -> None:
    office = cast.office(cast.bron, cast.wychbourne_council, kind)
    browser = cast.signed_in(office.person)

    for way in all_ways(browser):
        assert browser.get(way).status_code == 200, way


@pytest.mark.parametrize(
    "kind",
    [
        Kind.PARTNERSHIPS_OFFICER,
        Kind.MONITORING_OFFICER,
        Kind.CHIEF_EXECUTIVE,
        Kind.OFFICER,
        Kind.CABINET_MEMBER,
        Kind.OPERATIVE,
    ],
)
def test_every_way_on_the_account_of_the_county_opens(cast: Cast, kind: Kind) -> None:
    office = cast.office(cast.ada, cast.county_council, kind)
    browser = cast.signed_in(office.person)

    for way in all_ways(browser):
        assert browser.get(way).status_code == 200, way


@pytest.mark.parametrize("kind", [Kind.CLERK, Kind.COUNCILLOR, Kind.OPERATIVE])
def test_the_page_of_a_place_offers_to_change_it_to_officers_alone(cast: Cast, kind: Kind) -> None:
    office = cast.office(cast.bron, cast.wychbourne_council, kind)

    found = ways(cast.signed_in(office.person), "/places/wychbourne-marlshire/")

    closed = {"/bodies/wychbourne-council/contacts/", "/places/wychbourne-marlshire/quantities/"}
    assert closed & set(found) == (closed if kind == Kind.CLERK else set())


def test_the_page_of_a_place_offers_its_figures_to_the_county_and_not_to_the_district(
    cast: Cast,
) -> None:
    dot = cast.office(cast.dot, cast.marlshire_council, Kind.OFFICER)
    figures = "/places/unparished-ward-marlshire/quantities/"
    there = figures.removesuffix("quantities/")

    assert figures in ways(cast.signed_in(cast.at_the_county.person), there)
    district = ways(cast.signed_in(dot.person), there)
    assert "/bodies/marlshire-council/contacts/" in district
    assert figures not in district


def test_a_clerk_finds_their_figures_contacts_people_papers_tables_and_journal(
    cast: Cast,
) -> None:
    office = cast.at_wychbourne

    found = ways(cast.signed_in(office.person))

    own = "/bodies/wychbourne-council/"
    wanted = {
        "/places/wychbourne-marlshire/quantities/",
        *(f"{own}{page}/" for page in ("contacts", "people", "papers", "decisions", "journal")),
        f"{own}sign-in-rule/",
        "/imports/",
        f"{own}people/{office.pk}/end/",
    }
    assert wanted <= set(found)


def test_an_operative_is_told_what_the_office_does_not_open(cast: Cast) -> None:
    office = cast.office(cast.bron, cast.wychbourne_council, Kind.OPERATIVE)
    browser = cast.signed_in(office.person)

    said = Page(body_of(browser.get("/account/"))).words

    assert "This office opens nothing of what Wychbourne Town Council keeps to itself" in said
    assert "/bodies/wychbourne-council/people/" not in ways(browser)


def test_the_county_lets_the_first_clerk_of_a_council_in_from_its_account(cast: Cast) -> None:
    found = ways(cast.signed_in(cast.at_the_county.person))

    assert {"/bodies/", "/plans/"} <= set(found)


def test_one_resigns_from_ones_account_in_the_office_one_acts_in(cast: Cast) -> None:
    own, other = cast.at_wychbourne, cast.office(cast.bron, cast.coldbrook_council, "clerk")

    found = ways(cast.signed_in(cast.bron))

    assert f"/bodies/wychbourne-council/people/{own.pk}/end/" in found
    assert f"/bodies/coldbrook-council/people/{other.pk}/end/" not in found


def test_what_somebody_began_is_found_on_their_account_until_it_is_sent(cast: Cast) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(office.person)

    begun(cast, office, browser, value="01865 123456")

    where = "/bodies/wychbourne-council/contacts/add/"
    assert where in ways(browser)
    assert "A new contact of Wychbourne Town Council" in body_of(browser.get("/account/"))
    assert "01865 123456" in body_of(browser.get(where))
    Draft.objects.all().delete()
    assert where not in ways(browser)


def test_a_draft_of_an_office_that_is_closed_is_not_offered(cast: Cast) -> None:
    office = cast.at_wychbourne
    begun(cast, office, cast.signed_in(office.person), value="01865 123456")

    assert "What you have begun" not in body_of(cast.signed_in_one_way(cast.bron).get("/account/"))


def test_nobody_is_offered_what_another_began_or_what_cannot_be_found_again(
    cast: Cast,
) -> None:
    office = cast.at_wychbourne
    browser = cast.signed_in(office.person)
    given = {"body": office.body.key, "form": "note", "about": "", "fields": {}}
    forms.save_draft(who=cast.dot.key, back="/there/", now=office.person.joined_at, **given)
    forms.save_draft(who=cast.bron.key, now=office.person.joined_at, **given)

    assert "What you have begun" not in body_of(browser.get("/account/"))


def test_the_operator_finds_what_they_look_after(cast: Cast) -> None:
    olga = cast.dot
    olga.is_operator = True
    olga.save()

    proved, unproved = cast.signed_in(olga), cast.signed_in_one_way(olga)

    assert {"/notices/log/", "/bodies/"} <= set(ways(proved))
    assert "You look after this site" in body_of(proved.get("/account/"))
    assert "/notices/log/" not in ways(unproved)


def test_whoever_looks_in_finds_what_that_opens_on_the_bodys_page(cast: Cast) -> None:
    office = cast.at_the_county
    own, browser = "/bodies/wychbourne-council/", cast.signed_in(office.person)
    before = set(ways(browser, own))
    open_access(
        body=cast.wychbourne_council,
        reason="They asked us",
        hours=1,
        by=Hand(office.person, office),
        now=now(),
        today=localdate(),
    )

    after = set(ways(browser, own))

    opened = {f"{own}{page}/" for page in ("people", "contacts", "journal")}
    assert after - before == opened
    assert {browser.get(way).status_code for way in after} == {200}


def test_a_message_reaches_whoever_goes_to_the_first_page(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    browser.post("/sign-out/")

    assert "You are signed out" in body_of(browser.get("/"))


def test_a_group_has_no_parish_of_its_own_to_put_right(cast: Cast) -> None:
    group = Body.objects.create(key="friends", kind="community-group", name="Friends of the green")
    office = cast.office(cast.bron, group, Kind.CONTACT)

    found = ways(cast.signed_in(office.person))

    assert "/bodies/friends/contacts/" in found
    assert not [way for way in found if way.startswith("/places/")]
