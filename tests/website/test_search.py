"""Search and mistyped addresses: every county that is held, and the words residents use."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast
from waywarden.county.places.models import Area


@pytest.fixture
def valeshire(cast: Cast) -> Area:
    """A second county beside the cast's, with one district and one parish."""
    county = Area.objects.create(key="valeshire", name="Valeshire", kind="county")
    inside = {"county": county}
    district = Area.objects.create(
        key="east-vale", name="East Vale", kind="district", within=county, **inside
    )
    Area.objects.create(
        key="far-stoke-east-vale", name="Far Stoke", kind="parish", within=district, **inside
    )
    Area.objects.create(
        key="coldbrook-east-vale", name="Coldbrook", kind="parish", within=district, **inside
    )
    return county


def found(client: Client, asked: str) -> list[str]:
    """Give the names found, in the order shown."""
    return [entry.name for entry in client.get("/search/", {"q": asked}).context["results"].matches]


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("Far Stoke", "/places/far-stoke-east-vale/"),
        ("East Vale", "/counties/valeshire/?district=east-vale"),
        ("Valeshire", "/counties/valeshire/"),
        ("the county", "/counties/the-county/"),
    ],
)
def test_a_name_in_any_county_that_is_held_is_gone_to(
    client: Client, valeshire: Area, asked: str, address: str
) -> None:
    assert client.get("/search/", {"q": asked})["Location"] == address


def test_a_place_of_another_county_is_told_by_its_county(client: Client, valeshire: Area) -> None:
    results = client.get("/search/", {"q": "Coldbrook"}).context["results"]

    assert [entry.detail for entry in results.matches] == ["East Vale, Valeshire", "Marlshire"]


def test_a_county_that_is_one_council_is_named_once(client: Client, cast: Cast) -> None:
    county = Area.objects.create(key="rutland", name="Rutland", kind="unitary")
    Area.objects.create(
        key="far-stoke-rutland", name="Far Stoke", kind="parish", within=county, county=county
    )

    assert client.get("/search/?q=Rutland")["Location"] == "/counties/rutland/"
    results = client.get("/search/?q=Far+Stok").context["results"]
    assert [entry.detail for entry in results.matches] == ["Rutland"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("grass cutting", "Village grass"),
        ("footpath", "Path clearance"),
        ("footpaths", "Path clearance"),
        ("litter", "Litter and street cleaning"),
        ("litter picking", "Litter and street cleaning"),
        ("hedge", "Hedges and overgrowth"),
        ("cutting hedges", "Hedges and overgrowth"),
        ("drains", "Gully grates"),
    ],
)
def test_a_service_is_found_by_the_words_residents_use(
    client: Client, cast: Cast, asked: str, first: str
) -> None:
    assert found(client, asked)[0] == first


def test_what_has_the_word_in_its_name_comes_first(client: Client, cast: Cast) -> None:
    names = found(client, "path")

    assert set(names[:2]) == {"Path edges", "Path clearance"}


def test_a_search_of_an_empty_installation_says_that_it_is_empty(client: Client, db: None) -> None:
    assert b"No county is loaded on this site yet" in client.get("/search/?q=grass").content


@pytest.mark.parametrize("asked", ["and", "the", "of"])
def test_words_that_say_nothing_find_no_service_by_its_summary(
    client: Client, cast: Cast, asked: str
) -> None:
    assert "Sign cleaning" not in found(client, asked)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("/places/coldbrok-marlshire/", "/places/coldbrook-marlshire/"),
        ("/places/Coldbrook/", "/places/coldbrook-marlshire/"),
        ("/places/little haye/", "/places/little-haye-marlshire/"),
        ("/services/village-gras/", "/services/village-grass/"),
        ("/services/DPS01/", None),
        ("/counties/the-countyy/", "/counties/the-county/"),
        ("/counties/marlshire/", "/counties/the-county/?district=marlshire"),
        ("/places/qqqq/", None),
        ("/coldbrook-marlshire/", None),
        ("/places/coldbrok-marlshire/services.csv", None),
    ],
)
def test_a_mistyped_address_offers_what_it_may_have_meant(
    client: Client, cast: Cast, mistyped: str, meant: str | None
) -> None:
    answer = client.get(mistyped)
    page = answer.content.decode()

    assert answer.status_code == 404
    assert ("Did you mean" in page) == (meant is not None)
    assert meant is None or f'<a href="{meant}">' in page


def test_a_mistyped_address_is_never_run(client: Client, cast: Cast) -> None:
    Area.objects.filter(pk=cast.coldbrook.pk).update(name="Coldbrook <script>alert(1)</script>")

    page = client.get("/places/coldbrok-marlshire<script>/").content.decode()

    assert "Coldbrook &lt;script&gt;" in page
    assert "<script>" not in page


def test_a_mistyped_address_costs_no_more_in_a_large_county(
    client: Client, cast: Cast, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(12) as before:
        client.get("/places/coldbrok/")
    Area.objects.bulk_create(
        Area(
            key=f"coldbrook-{n}",
            name=f"Coldbrook {n}",
            kind="parish",
            within=cast.marlshire,
            county=cast.county,
        )
        for n in range(60)
    )
    cache.clear()

    with django_assert_num_queries(len(before)):
        client.get("/places/coldbrok/")
