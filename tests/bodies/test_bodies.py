"""What anybody may know of a body, and what its own officers see of its people."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offices.asked import days, send
from tests.pages.reading import Page, body_of
from waywarden.county.councils.models import Body, Contact, Succession
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office
from waywarden.county.recovery.models import Recovery
from waywarden.fabric.common.tokens import hash_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

BODY = "/bodies/wychbourne-council/"
PEOPLE = f"{BODY}people/"
DAY = timedelta(days=1)


def rows(browser: Client, where: str) -> list[dict[str, str]]:
    """Read a download."""
    return list(csv.DictReader(io.StringIO(browser.get(where).content.decode("utf-8-sig"))))


def test_the_bodies_are_listed_with_what_they_are_and_hold(cast: Cast, client: Client) -> None:
    page = Page(body_of(client.get("/bodies/")))

    assert "Wychbourne Town Council" in page.words
    assert "Town council" in page.texts("td")
    assert {"href": BODY} in page.of("a")
    assert "6 bodies" in page.words


def test_the_list_of_bodies_is_narrowed_down_and_taken_away(cast: Cast, client: Client) -> None:
    asked = "?kind=Town+council"

    page = Page(body_of(client.get(f"/bodies/{asked}")))

    assert page.texts("th")[-1] == "Wychbourne Town Council"
    assert [row["body"] for row in rows(client, f"/bodies/bodies.csv{asked}")] == [
        "Wychbourne Town Council"
    ]
    assert rows(client, "/bodies/bodies.csv")[0]["areas"]
    assert client.get("/bodies/bodies.xlsx").status_code == 200
    assert client.get("/bodies/bodies.csv?sort=size").status_code == 400


def test_a_body_says_what_it_is_which_area_it_holds_and_how_to_reach_it(
    cast: Cast, client: Client
) -> None:
    Contact.objects.create(
        body=cast.wychbourne_council,
        kind="email",
        value="clerk@wychbourne.example",
        source="Its site",
        confidence="A",
    )

    page = Page(body_of(client.get(BODY)))

    assert page.texts("h1") == ["Wychbourne Town Council"]
    assert {"href": "/places/wychbourne-marlshire/"} in page.of("a")
    assert "clerk@wychbourne.example" in page.words


def test_a_body_names_the_offices_held_there_and_nobody_who_holds_them(
    cast: Cast, client: Client
) -> None:
    assert cast.at_wychbourne

    words = body_of(client.get(BODY))
    table = rows(client, f"{BODY}offices.csv")

    assert "Clerk" in Page(words).texts("li")
    assert [row["office"] for row in table] == ["Clerk"]
    for private in ("Bron", "bron@example.org", "2030"):
        assert private not in words
        assert private not in str(table)
    assert client.get(f"{BODY}offices.xlsx").status_code == 200


def test_on_a_day_after_its_end_a_body_leads_to_who_stands_in_its_place(
    cast: Cast, client: Client
) -> None:
    last = localdate() + DAY
    Body.objects.filter(pk=cast.wychbourne_council.pk).update(ends_on=last)
    Succession.objects.create(
        predecessor=cast.wychbourne_council,
        successor=cast.coldbrook_council,
        on=last + DAY,
        source="An order",
    )

    today = Page(body_of(client.get(BODY))).words
    after = Page(body_of(client.get(f"{BODY}?on={last + DAY}"))).words
    heir = Page(body_of(client.get("/bodies/coldbrook-council/"))).words

    assert "Not there on this day" not in today
    assert "Coldbrook Parish Council takes over from it" in today
    assert "In its place: Coldbrook Parish Council" in after
    assert "It took over from Wychbourne Town Council" in heir


def test_a_day_that_is_none_is_refused_in_words(cast: Cast, client: Client) -> None:
    answer = client.get(f"{BODY}?on=soon")

    assert answer.status_code == 400
    assert "Enter the date as day, month and year" in body_of(answer)


@pytest.mark.parametrize("page", ["", "offices.csv", "people/", "people/invite/", "recovery/"])
def test_a_body_that_was_withdrawn_is_not_there(cast: Cast, page: str) -> None:
    assert cast.at_wychbourne
    Body.objects.filter(pk=cast.wychbourne_council.pk).update(withdrawn_on=localdate())

    assert cast.signed_in(cast.bron).get(BODY + page).status_code == 404


def test_officers_see_who_holds_office_who_comes_who_is_gone_and_whose_ends_soon(
    cast: Cast,
) -> None:
    assert cast.at_wychbourne
    body, today = cast.wychbourne_council, localdate()
    soon = cast.office(cast.dot, body, "councillor", today + DAY)
    gone = cast.office(cast.colm, body, "chair")
    Office.objects.filter(pk=gone.pk).update(ends_on=today - DAY)
    comes = cast.office(cast.ada, body, "officer")
    Office.objects.filter(pk=comes.pk).update(starts_on=today + DAY)

    page = cast.signed_in(cast.bron).get(PEOPLE).context["page"]

    assert [office.person.shown_as for office in page.now] == ["Bron", "Dot"]
    assert [office.person.shown_as for office in page.coming] == ["Ada"]
    assert [office.person.shown_as for office in page.past] == ["Colm"]
    assert page.ending_soon == {soon.pk}


def test_a_councillor_sees_the_people_and_changes_nothing(cast: Cast) -> None:
    clerk = cast.at_wychbourne
    own = cast.office(cast.dot, cast.wychbourne_council, "councillor")
    browser = cast.signed_in(cast.dot)

    words = body_of(browser.get(PEOPLE))

    assert "Bron" in words
    assert "bron@example.org" not in words
    assert f"{PEOPLE}{own.pk}/end/" in words
    assert f"{PEOPLE}{clerk.pk}/end/" not in words
    assert "email" not in rows(browser, f"{BODY}people.csv")[0]


def test_those_who_appoint_download_the_people_with_their_addresses(cast: Cast) -> None:
    assert cast.at_wychbourne
    browser = cast.signed_in(cast.bron)

    found = rows(browser, f"{BODY}people.csv")

    assert [(row["office"], row["name"], row["email"]) for row in found] == [
        ("Clerk", "Bron", "bron@example.org")
    ]
    assert browser.get(f"{BODY}people.xlsx").status_code == 200


@pytest.mark.parametrize("kind", ["operative", "volunteer-coordinator"])
def test_who_only_works_for_a_body_does_not_see_its_people(cast: Cast, kind: str) -> None:
    own = cast.office(cast.dot, cast.wychbourne_council, kind)
    browser = cast.signed_in(cast.dot)

    assert browser.get(PEOPLE).status_code == 403
    assert browser.get(f"{PEOPLE}{own.pk}/end/").status_code == 200


def test_a_visitor_is_sent_to_sign_in_and_comes_back(cast: Cast, client: Client) -> None:
    answer = client.get(PEOPLE)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=/bodies/")


def test_ab1_a_clerk_who_changes_the_body_in_the_address_is_refused(cast: Cast) -> None:
    office = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)

    assert browser.get(PEOPLE).status_code == 403
    assert send(browser, f"{PEOPLE}invite/", office, **days()).status_code == 403


def test_ab1_a_clerk_who_changes_the_number_in_the_address_finds_nothing(cast: Cast) -> None:
    other, own = cast.at_wychbourne, cast.at_coldbrook
    browser, now = cast.signed_in(cast.colm), timezone.now()
    invitation = Invitation.objects.create(
        body=cast.wychbourne_council,
        kind="chair",
        starts_on=localdate(),
        ends_on=localdate(),
        address="fay@example.org",
        token_hash=hash_of("a key"),
        sent_at=now,
        expires_at=now + DAY,
    )
    recovery = Recovery.objects.create(
        body=cast.wychbourne_council,
        address="fay@example.org",
        kind="clerk",
        ends_on=localdate(),
        reason="All have left",
        proposed_by=cast.ada,
        proposed_at=now,
    )
    there = "/bodies/coldbrook-council/"

    for what in ("end", "extend", "hand-over"):
        where = f"{there}people/{other.pk}/{what}/"
        assert browser.get(where).status_code == 404
        assert send(browser, where, own, when="at-once", version=1).status_code == 404
    for where in (
        f"people/invitations/{invitation.pk}/withdraw/",
        f"recovery/{recovery.pk}/stop/",
    ):
        assert send(browser, there + where, own).status_code == 404

    assert Office.objects.get(pk=other.pk) == other
    assert Invitation.objects.get().status == "sent"
    assert Recovery.objects.get().status == "proposed"


def test_ab1_a_body_or_office_named_in_a_field_changes_nothing(cast: Cast) -> None:
    own, other = cast.at_coldbrook, cast.at_wychbourne
    smuggled = {"body": other.body.key, "body_id": other.body_id, "office": other.pk}
    given = {"address": "fay@example.org", "kind": "chair"} | days() | smuggled

    answer = send(
        cast.signed_in(cast.colm), "/bodies/coldbrook-council/people/invite/", own, **given
    )

    assert answer.status_code == 302
    assert Invitation.objects.get().body == cast.coldbrook_council


def test_ab2_a_clerk_of_two_parishes_does_not_act_for_one_in_a_tab_of_the_other(
    cast: Cast,
) -> None:
    here = cast.at_wychbourne
    there = cast.office(cast.bron, cast.coldbrook_council, "clerk")
    browser = cast.signed_in(cast.bron)
    browser.post("/account/office/", {"office": there.pk})
    given = {"address": "fay@example.org", "kind": "chair"} | days()

    for stale in (f"{PEOPLE}invite/", "/bodies/coldbrook-council/people/invite/"):
        answer = send(browser, stale, here, **given)
        assert answer.status_code == 409
        assert "You have changed office" in body_of(answer)

    assert not Invitation.objects.exists()
    assert not OperatorAccess.objects.exists()


def test_the_pages_ask_as_often_of_a_large_council_as_of_a_small_one(
    cast: Cast, django_assert_max_num_queries
) -> None:
    assert cast.at_wychbourne
    for kind in ("councillor", "chair", "operative", "deputy-clerk", "officer"):
        cast.office(cast.dot, cast.wychbourne_council, kind)
    browser = cast.signed_in(cast.bron)

    with django_assert_max_num_queries(24):
        browser.get(PEOPLE)
