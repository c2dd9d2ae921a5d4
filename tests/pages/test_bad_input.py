"""What does not make sense is answered in a plain sentence and never breaks."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.pages.reading import Page, body_of

pytestmark = pytest.mark.django_db

REFERENCE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
ODD = [
    "next week",
    "2026-02-30",
    "0000-00-00",
    "1/1/1",
    "99999999999",
    "-1",
    "'; DROP TABLE places_area; --",
    "<script>alert(1)</script>",
    "\x00",
    "💥" * 50,
    "2026-04-01T00:00:00Z",
]
DATED = [
    "/counties/the-county/",
    "/places/coldbrook-marlshire/",
    "/services/village-grass/",
]


@pytest.fixture(autouse=True)
def county(cast: Cast) -> Cast:
    return cast


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/counties/nowhere/",
        "/counties/coldbrook-marlshire/",
        "/counties/nowhere/places.csv",
        "/places/nowhere/",
        "/places/the-county/",
        "/places/marlshire/",
        "/places/nowhere/services.csv",
        "/services/nothing/",
        "/services/nothing/places.csv",
        "/maps/nowhere/districts/wide.svg",
        "/maps/the-county/districts/enormous.svg",
        "/maps/nowhere/districts.geojson",
        "/maps/the-county/nothing/wide.svg",
        "/maps/the-county/nothing.geojson",
        "/maps/places/nowhere/map/wide.svg",
        "/maps/places/coldbrook-marlshire/map/enormous.svg",
        "/maps/places/nowhere.geojson",
        "/plans/1/",
        "/plans/none/",
        "/plans/1/clusters/nowhere/",
        "/plans/1/clusters.csv",
        "/plans/1/map.geojson",
        "/places/COLDBROOK-marlshire%00/",
        "/places/" + "x" * 5000 + "/",
        "/static/nowhere.css",
        "/../../etc/passwd",
    ],
)
def test_what_is_not_there_is_said_with_a_number_to_quote(client: Client, address: str) -> None:
    answer = client.get(address)
    page = Page(body_of(answer))

    assert answer.status_code == 404
    assert page.texts("h1") == ["There is no page here"]
    assert REFERENCE.search(page.words)


def test_each_visitor_is_given_another_number(client: Client) -> None:
    numbers = {REFERENCE.search(body_of(client.get("/nowhere/")))[0] for _ in range(5)}

    assert len(numbers) == 5


@pytest.mark.parametrize("address", DATED)
@pytest.mark.parametrize("on", ODD)
def test_a_day_that_is_none_is_refused_in_plain_words(
    client: Client, address: str, on: str
) -> None:
    answer = client.get(address, {"on": on})
    page = Page(body_of(answer))

    assert answer.status_code == 400
    assert "There is a problem" in page.texts("h2")
    assert re.search(r"Enter (the date as day, month and year|a date between)", page.words)
    assert page.texts("title")[0].startswith("Error:")


@pytest.mark.parametrize("address", DATED)
def test_what_was_wrong_leads_to_the_field_to_mend(client: Client, address: str) -> None:
    page = Page(body_of(client.get(address, {"on": "next week"})))

    fields = {field.get("id") for field in page.of("input")}
    leads = {link["href"].removeprefix("#") for link in page.of("a") if "href" in link}
    assert "id_on" in fields & leads


@pytest.mark.parametrize("name", ["service", "district"])
@pytest.mark.parametrize("given", ["nothing", "<b>", "' OR 1=1", "💥"])
def test_a_choice_that_is_not_offered_is_refused_in_plain_words(
    client: Client, name: str, given: str
) -> None:
    answer = client.get("/counties/the-county/", {name: given})

    assert answer.status_code == 400
    assert f"Choose a {name} from the list" in Page(body_of(answer)).words


@pytest.mark.parametrize("given", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_was_typed_is_shown_back_and_never_run(client: Client, given: str) -> None:
    for address in (*DATED, "/search/"):
        for name in ("on", "q", "service", "district"):
            page = Page(body_of(client.get(address, {name: given})))
            assert not "".join(page.inline).strip()
            assert not [tag for tag in page.of("img") if tag.get("src") == "x"]


DOWNLOADS = [
    "/counties/the-county/places.csv",
    "/places/coldbrook-marlshire/services.csv",
    "/services/village-grass/places.csv",
]


@pytest.mark.parametrize("address", DOWNLOADS)
def test_a_download_for_a_day_that_is_none_is_refused_and_not_made_for_another(
    client: Client, address: str
) -> None:
    assert client.get(address, {"on": "2026-02-30"}).status_code in (400, 404)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"lon": "-1.3"},
        {"lat": "51.6"},
        {"lon": "west", "lat": "north"},
        {"lon": "", "lat": ""},
        {"lon": "1,5", "lat": "51,6"},
    ],
)
def test_a_point_that_is_none_is_refused_in_plain_words(
    client: Client, asked: dict[str, str]
) -> None:
    answer = client.get("/at/", asked)

    assert answer.status_code == 400
    assert "not a point on the map" in Page(body_of(answer)).words


@pytest.mark.parametrize(
    "asked",
    [
        {"lon": "0", "lat": "0"},
        {"lon": "nan", "lat": "nan"},
        {"lon": "inf", "lat": "-inf"},
        {"lon": "1e308", "lat": "51.6"},
        {"lon": "-999", "lat": "999"},
    ],
)
def test_a_point_in_no_parish_is_answered_calmly(client: Client, asked: dict[str, str]) -> None:
    answer = client.get("/at/", asked)

    assert answer.status_code in (200, 400)
    assert re.search(r"no parish we hold|not a point on the map", Page(body_of(answer)).words)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ({"lon": "-1.29", "lat": "51.61"}, "Wychbourne"),
        ({"lon": " -1.29 ", "lat": "51.61"}, "Wychbourne"),
    ],
)
def test_a_point_in_a_parish_offers_it_first(
    client: Client, data: dict[str, str], wanted: str
) -> None:
    page = Page(body_of(client.get("/at/", data)))

    offered = [link["href"] for link in page.of("a") if link["href"].startswith("/places/")]
    assert offered[0] == f"/places/{wanted.lower()}-marlshire/"
    assert len(offered) == 3
