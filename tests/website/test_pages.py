"""The pages of the website's own: home, search, errors and the statements."""

import logging
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings

from waywarden.county.places.models import Area, Postcode
from waywarden.website import errors

PAGES = [
    "/",
    "/search/",
    "/search/?q=brook",
    "/glossary/",
    "/accessibility/",
    "/privacy/",
    "/components/",
]


def parish(name: str, district: Area) -> Area:
    """Add a parish to a district."""
    key = f"{name.lower().replace(' ', '-')}-{district.key}"
    county = district.within
    return Area.objects.create(key=key, name=name, kind="parish", within=district, county=county)


@pytest.fixture
def marlshire(db: None) -> Area:
    """A county of two districts, in which two parishes are called South Stoke."""
    county = Area.objects.create(key="wessex", name="Wessex", kind="county")
    marlshire, valeshire = (
        Area.objects.create(
            key=name.lower(), name=name, kind="district", within=county, county=county
        )
        for name in ("Marlshire", "Valeshire")
    )
    for name in ("Wychbourne", "Coldbrook", "Little Haye", "South Stoke"):
        parish(name, marlshire)
    parish("South Stoke", valeshire)
    return marlshire


def text(client: Client, address: str) -> str:
    """Read a page."""
    return client.get(address).content.decode()


def test_home_asks_for_the_parish_and_counts_parishes_by_district(
    client: Client, marlshire: Area
) -> None:
    page = text(client, "/")

    assert '<option value="Coldbrook">' in page
    assert "All 5 parishes" in page


def test_an_empty_installation_says_what_to_load(client: Client, db: None) -> None:
    page = text(client, "/")

    assert "Nothing is loaded yet" in page
    assert "waywarden load oxfordshire" in page


@pytest.mark.parametrize("asked", ["Coldbrook", "coldbrook parish council", "  COLDBROOK "])
def test_the_one_parish_of_a_name_is_gone_to_at_once(
    client: Client, marlshire: Area, asked: str
) -> None:
    answer = client.get("/search/", {"q": asked})

    assert answer.status_code == 302
    assert answer["Location"] == "/places/coldbrook-marlshire/"


def test_two_parishes_of_one_name_are_offered_with_their_districts(
    client: Client, marlshire: Area
) -> None:
    page = text(client, "/search/?q=South+Stoke")

    assert "2 found" in page
    assert "Marlshire" in page
    assert "Valeshire" in page


def test_a_name_nearly_right_is_suggested(client: Client, marlshire: Area) -> None:
    page = text(client, "/search/?q=Coldbrok")

    assert "Did you mean" in page
    assert "/places/coldbrook-marlshire/" in page


def test_a_word_of_the_glossary_is_found(client: Client, marlshire: Area) -> None:
    assert "/glossary/#swathe" in client.get("/search/?q=swathe")["Location"]


def test_a_postcode_is_refused_in_words_while_none_are_loaded(
    client: Client, marlshire: Area
) -> None:
    assert "No postcodes are loaded" in text(client, "/search/?q=ox10+9pp")


def test_an_unknown_postcode_is_told_from_none_loaded(client: Client, marlshire: Area) -> None:
    Postcode.objects.create(code="OX109AA", latitude=51.6, longitude=-1.1, source="Test")

    assert "not in the list we hold" in text(client, "/search/?q=OX10+9PP")


def test_a_known_postcode_leads_to_the_places_it_may_be_in(client: Client, marlshire: Area) -> None:
    Postcode.objects.create(code="OX109PP", latitude=51.6, longitude=-1.1, source="Test")

    assert "lon=-1.1" in client.get("/search/?q=ox109pp")["Location"]


@pytest.mark.parametrize("asked", ["", " ", "\x00", "<script>alert(1)</script>", "%" * 300])
def test_odd_searches_are_answered_calmly(client: Client, marlshire: Area, asked: str) -> None:
    answer = client.get("/search/", {"q": asked})

    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_set_no_cookie(client: Client, marlshire: Area, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert not answer.cookies


def test_what_is_said_to_one_visitor_is_not_said_to_the_next(
    client: Client, marlshire: Area
) -> None:
    client.post("/sign-out/")

    told, next_visitor = client.get("/bodies/"), Client().get("/bodies/")

    assert "You are signed out." in told.content.decode()
    assert "You are signed out." not in next_visitor.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_way_a_page_offers_leads_to_a_page(
    client: Client, marlshire: Area, address: str
) -> None:
    ways = client.get(address).context["ways"]

    assert [client.get(way.address).status_code for way in ways] == [200] * 8


def test_the_gallery_is_kept_out_of_search_engines(client: Client, marlshire: Area) -> None:
    assert client.get("/components/")["X-Robots-Tag"] == "noindex"


def test_a_missing_page_gives_a_reference_and_a_way_on(client: Client, db: None) -> None:
    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert b"There is no page here" in answer.content
    assert b"quote reference" in answer.content


def test_a_failure_needs_no_database_and_is_logged_with_its_reference(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = errors.failed(rf.get("/"))

    page = answer.content.decode()
    number = caplog.records[-1].getMessage().split()[1].rstrip(":")
    assert answer.status_code == 500
    assert "Nothing you sent was saved" in page
    assert number in page


@pytest.mark.parametrize(
    ("answer", "status"), [(errors.malformed, 400), (errors.forbidden, 403), (errors.forged, 403)]
)
def test_each_refusal_says_that_nothing_was_saved(
    db: None, rf: RequestFactory, answer, status: int
) -> None:
    page = answer(rf.get("/"))

    assert page.status_code == status
    assert b"Nothing was saved" in page.content


@override_settings(
    SITE_OPERATOR="Wychbourne Town Council", CONTACT_EMAIL="clerk@wychbourne.example"
)
def test_the_statements_name_whoever_runs_the_site(client: Client, marlshire: Area) -> None:
    for address in ("/accessibility/", "/privacy/"):
        page = text(client, address)
        assert "Wychbourne Town Council" in page
        assert "mailto:clerk@wychbourne.example" in page


@override_settings(SITE_OPERATOR="", CONTACT_EMAIL="")
def test_the_statements_name_nobody_the_installation_does_not(
    client: Client, marlshire: Area
) -> None:
    page = text(client, "/privacy/")

    assert "the council that runs this site" in page
    assert "mailto:" not in page
    assert "This site is run by" not in text(client, "/accessibility/")


def test_queries_do_not_grow_with_the_number_of_parishes(
    client: Client, marlshire: Area, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(24) as before:
        client.get("/")
        client.get("/search/?q=zzz")
    for index in range(60):
        parish(f"Parish {index}", marlshire)
    cache.clear()

    with django_assert_num_queries(len(before)):
        client.get("/")
        client.get("/search/?q=zzz")


def test_parishes_that_have_ended_are_not_offered(client: Client, marlshire: Area) -> None:
    Area.objects.filter(name="Coldbrook").update(ends_on=date(2020, 3, 31))

    assert "Coldbrook" not in text(client, "/")
