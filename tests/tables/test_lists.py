"""Lists: what an address asks for is what stands there, on every page and in every file."""

import csv
import io

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from tests.pages.test_query_counts import grow
from waywarden.fabric.tables import actions
from waywarden.fabric.tables.lists import Listed, ListPage, Unasked
from waywarden.fabric.tables.models import SavedView

COLUMNS: list[Listed[tuple[str, int | None]]] = [
    Listed("place", "Its name", "text", lambda row: row[0], heading="Place", filtered="text"),
    Listed(
        "people",
        "How many",
        "whole number",
        lambda row: row[1],
        heading="People",
        starts="most",
        adds_up="{:,}".format,
    ),
]
ROWS = [("Wychbourne", 4400), ("Coldbrook", None), ("Marl Green", 40), ("little Haye", 300)]
COUNTY = "/counties/the-county/"


def names(asked: dict[str, str]) -> list[str]:
    return [name for name, _ in ListPage(COLUMNS, ROWS, asked).rows]


def listed(client: Client, address: str) -> list[str]:
    """Give the places a county page lists, in their order."""
    answer = client.get(address)
    assert answer.status_code == 200
    table = body_of(answer).split("<tbody")[-1].split("</tbody>")[0]
    return [words.split(" (")[0] for words in Page(table).texts("th") if words]


# How a list is put in order, filtered and cut.


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, ["Coldbrook", "little Haye", "Marl Green", "Wychbourne"]),
        ({"sort": "-place"}, ["Wychbourne", "Marl Green", "little Haye", "Coldbrook"]),
        ({"sort": "people"}, ["Wychbourne", "little Haye", "Marl Green", "Coldbrook"]),
        ({"sort": "-people"}, ["Marl Green", "little Haye", "Wychbourne", "Coldbrook"]),
        ({"place": "L"}, ["Coldbrook", "little Haye", "Marl Green"]),
        ({"place": "zzz"}, []),
        ({"rows": "3", "page": "2"}, ["Wychbourne"]),
        ({"rows": "3", "page": "99"}, ["Wychbourne"]),
    ],
)
def test_what_is_not_known_comes_last_whichever_way_a_list_is_sorted(
    asked: dict[str, str], wanted: list[str]
) -> None:
    assert names(asked) == wanted


@pytest.mark.parametrize(
    "asked",
    [{"sort": "size"}, {"page": "0"}, {"page": "two"}, {"rows": "9999"}, {"rows": "-1"}],
)
def test_what_a_list_cannot_do_is_refused_in_a_sentence(asked: dict[str, str]) -> None:
    with pytest.raises(Unasked, match=r"^(Sort the|Ask for)"):
        ListPage(COLUMNS, ROWS, asked)


@given(
    st.lists(st.tuples(st.text(max_size=5), st.none() | st.integers(0, 9)), max_size=12),
    st.sampled_from(["place", "-place", "people", "-people"]),
    st.integers(1, 5),
)
def test_the_pages_together_hold_every_row_once(
    rows: list[tuple[str, int | None]], sort: str, size: int
) -> None:
    first = ListPage(COLUMNS, rows, {"sort": sort, "rows": str(size)})
    asked = [{"sort": sort, "rows": str(size), "page": str(n + 1)} for n in range(first.pages)]

    assert [row for one in asked for row in ListPage(COLUMNS, rows, one).rows] == first.found
    assert sorted(map(repr, first.found)) == sorted(map(repr, rows))


def test_a_list_adds_up_what_is_known_of_all_its_pages() -> None:
    assert ListPage(COLUMNS, ROWS, {"rows": "1"}).totals[0][1] == "4,740"


def test_a_list_says_how_much_of_it_stands_on_a_page() -> None:
    assert ListPage(COLUMNS, ROWS, {"rows": "3"}, what="places").said == "4 places, 1 to 3 shown"
    assert ListPage(COLUMNS, ROWS, {"place": "l"}, what="places").said == "3 of 4 places"


def test_what_is_usual_is_left_out_of_addresses() -> None:
    page = ListPage(COLUMNS, ROWS, {"place": "a b", "rows": "3"}, carried={"district": "marl"})

    assert page.address(sort="people") == "?district=marl&place=a+b&sort=people&rows=3#list"
    assert page.of_downloads == "?district=marl&place=a+b"
    assert ListPage(COLUMNS, ROWS, {}).query() == ""


# On the pages.


def test_a_county_is_sorted_by_a_link_in_the_heading(client: Client, cast: Cast) -> None:
    page = Page(body_of(client.get(COUNTY)))
    assert "?sort=hectares#list" in [link.get("href") for link in page.of("a")]

    sorted_page = Page(body_of(client.get(f"{COUNTY}?sort=hectares")))

    assert listed(client, f"{COUNTY}?sort=hectares")[:2] == ["Unparished ward", "Wychbourne"]
    assert [head["aria-sort"] for head in sorted_page.of("th") if "aria-sort" in head] == [
        "descending"
    ]
    links = [link.get("href") for link in sorted_page.of("a")]
    assert "?sort=-hectares#list" in links


def test_a_county_is_cut_into_pages(client: Client, cast: Cast) -> None:
    grow(cast, 60)

    page = Page(body_of(client.get(f"{COUNTY}?rows=25&page=2")))

    assert len(listed(client, f"{COUNTY}?rows=25&page=2")) == 25
    assert "?rows=25&page=3#list" in [link.get("href") for link in page.of("a")]
    assert "60 places, 26 to 50 shown" in page.texts("caption")[-1]


@pytest.mark.parametrize("query", ["sort=nothing", "page=x", "rows=10000"])
@pytest.mark.parametrize("address", [COUNTY, f"{COUNTY}places.csv", "/services/", "/plans/"])
def test_an_address_that_asks_nonsense_is_refused_in_words(
    client: Client, cast: Cast, address: str, query: str
) -> None:
    answer = client.get(f"{address}?{query}")

    assert answer.status_code == 400
    assert "by " in Page(body_of(answer)).words


def test_a_file_holds_exactly_the_rows_of_all_pages_in_their_order(
    client: Client, cast: Cast
) -> None:
    query = "?place=l&sort=-place&rows=25&service=village-grass"
    on_page = listed(client, COUNTY + query)

    text = client.get(f"{COUNTY}places.csv{query}").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(f"{COUNTY}places.xlsx{query}").content))

    in_csv = [row["place"] for row in csv.DictReader(io.StringIO(text))]
    in_book = [row[0] for row in book["Table"].iter_rows(min_row=2, values_only=True)]
    assert on_page == in_csv == in_book == ["Marl Green", "Little Haye", "Coldbrook"]
    assert "place: l; sort: -place" in str(book["Notes"]["B4"].value)


def test_the_catalogue_is_filtered_and_taken_away(client: Client, cast: Cast) -> None:
    page = Page(body_of(client.get("/services/?name=grass")))
    text = client.get("/services/catalogue.csv?name=grass").content.decode("utf-8-sig")

    assert "Village grass" in page.texts("h2")
    assert "Rural verges" not in page.texts("h2")
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["Village grass"]


def test_a_search_that_anybody_may_make_up_is_not_kept(client: Client, cast: Cast) -> None:
    def asks_again(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert asks_again(f"{COUNTY}?sort=people") <= 2
    assert asks_again(f"{COUNTY}?place=cold") > 5


# Saved views.


def save(client: Client, **given: str) -> int:
    sent = {"name": "Big places", "path": COUNTY, "query": "sort=hectares"} | given
    return client.post("/views/", sent).status_code


def test_a_clerk_saves_a_filter_under_a_name_and_finds_it_above_the_list(cast: Cast) -> None:
    bron = cast.signed_in(cast.bron)

    answer = bron.post(
        "/views/", {"name": "Big places", "path": COUNTY, "query": "sort=hectares"}, follow=True
    )

    assert answer.redirect_chain == [(f"{COUNTY}?sort=hectares", 302)]
    page = Page(body_of(bron.get(COUNTY)))
    assert f"{COUNTY}?sort=hectares" in [link.get("href") for link in page.of("a")]
    assert "Big places" in page.words


def test_views_are_seen_by_whoever_saved_them_alone(cast: Cast, client: Client) -> None:
    save(cast.signed_in(cast.bron))

    for other in (cast.signed_in(cast.colm), client):
        assert "Big places" not in Page(body_of(other.get(COUNTY))).words


def test_the_same_name_again_takes_the_new_filter(cast: Cast) -> None:
    bron = cast.signed_in(cast.bron)
    save(bron)
    save(bron, query="sort=people")

    assert [view.query for view in SavedView.objects.named()] == ["sort=people"]


def test_a_view_is_removed_by_whoever_saved_it_and_by_nobody_else(cast: Cast) -> None:
    bron, colm = cast.signed_in(cast.bron), cast.signed_in(cast.colm)
    save(bron)
    number = SavedView.objects.get().pk

    colm.post(f"/views/{number}/remove/", {"next": COUNTY})
    assert SavedView.objects.count() == 1

    answer = bron.post(f"/views/{number}/remove/", {"next": "//elsewhere.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not SavedView.objects.exists()


def test_the_filter_used_last_is_offered_when_one_comes_back(cast: Cast) -> None:
    bron = cast.signed_in(cast.bron)
    bron.get(f"{COUNTY}?sort=people")
    bron.get(f"{COUNTY}?sort=-people")

    page = Page(body_of(bron.get(COUNTY)))

    assert f"{COUNTY}?sort=-people" in [link.get("href") for link in page.of("a")]
    assert SavedView.objects.count() == 1


def test_nothing_is_remembered_of_a_visitor(client: Client, cast: Cast) -> None:
    client.get(f"{COUNTY}?sort=people")

    assert not SavedView.objects.exists()


@override_settings(READ_ONLY=True)
def test_while_nothing_is_saved_a_list_is_filtered_and_not_remembered(cast: Cast) -> None:
    assert cast.signed_in(cast.bron).get(f"{COUNTY}?sort=people").status_code == 200

    assert not SavedView.objects.exists()


def test_a_disk_that_is_full_keeps_no_list_from_being_filtered(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**given: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(actions, "remember", full)

    assert cast.signed_in(cast.bron).get(f"{COUNTY}?sort=people").status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "Enter a name for the view"),
        ({"name": "x" * 81}, "The name must be 80 letters or fewer"),
        ({"path": "https://elsewhere.example/"}, "There is no such list here"),
        ({"path": "/nowhere/"}, "There is no such list here"),
    ],
)
def test_a_view_that_cannot_be_saved_says_why(cast: Cast, given: dict[str, str], said: str) -> None:
    bron = cast.signed_in(cast.bron)
    sent = {"name": "Big places", "path": COUNTY, "query": ""} | given

    answer = bron.post("/views/", sent)

    assert answer.status_code == 400
    assert said in Page(body_of(answer)).words
    assert not SavedView.objects.exists()


def test_nobody_fills_the_shelf_without_end(cast: Cast) -> None:
    person_key = cast.bron.key
    SavedView.objects.bulk_create(
        SavedView(person_key=person_key, path=COUNTY, name=f"View {n}")
        for n in range(actions.MOST_VIEWS)
    )
    bron = cast.signed_in(cast.bron)

    assert save(bron) == 409
    assert save(bron, name="View 1") == 302
    assert save(cast.signed_in(cast.colm)) == 302


def test_a_question_longer_than_any_filter_is_not_remembered(cast: Cast) -> None:
    actions.remember(path=COUNTY, query="x" * 1001, person_key=cast.bron.key)

    assert not SavedView.objects.exists()


def test_a_visitor_who_would_save_a_view_is_asked_to_sign_in(client: Client, cast: Cast) -> None:
    answer = client.post("/views/", {"name": "Mine", "path": COUNTY, "query": ""})

    assert answer.status_code == 401
    assert "Mine" in answer.content.decode()
