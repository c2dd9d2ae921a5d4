"""What is true of every page of the real Oxfordshire."""

import json
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.pages.addresses import (
    ADDRESSES,
    DOWNLOADS,
    EVERYTHING,
    MAPS,
    NOT_YET,
    PAGES,
    STATES,
    WITH_FORMS,
    patterns,
)
from tests.pages.reading import Page, body_of
from waywarden import data
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned_oxfordshire")]

HTML = PAGES | STATES
every_page = pytest.mark.parametrize("address", HTML.values(), ids=HTML)
every_address = pytest.mark.parametrize(
    "address", (ADDRESSES | STATES).values(), ids=ADDRESSES | STATES
)
every_map = pytest.mark.parametrize("address", MAPS.values(), ids=MAPS)


Get = Callable[[str], HttpResponse]
Read = Callable[[str], Page]


@pytest.fixture(scope="module")
def kept() -> dict[str, HttpResponse]:
    """What was answered so far: nothing changes between these tests."""
    return {}


@pytest.fixture
def get(db: None, client: Client, kept: dict[str, HttpResponse]) -> Get:
    """Give what asks for an address, once."""

    def answer(address: str) -> HttpResponse:
        if address not in kept:
            kept[address] = client.get(address)
        return kept[address]

    return answer


@pytest.fixture
def read(get: Get) -> Read:
    """Give what reads a page."""
    return lambda address: Page(body_of(get(address)))


def test_every_pattern_of_the_site_is_listed() -> None:
    assert sorted(EVERYTHING) == sorted(patterns())


@pytest.mark.parametrize("address", NOT_YET.values(), ids=NOT_YET)
def test_a_file_that_nobody_has_kept_is_not_there(get: Get, address: str) -> None:
    assert get(address).status_code == 404


@every_address
def test_every_address_answers(get: Get, address: str) -> None:
    answer = get(address)

    assert answer.status_code == 200
    assert answer.content


@every_page
def test_a_page_has_one_heading_of_its_own_a_title_and_its_language(
    read: Read, address: str
) -> None:
    page = read(address)

    assert len(page.texts("h1")) == 1
    assert page.texts("h1")[0]
    assert page.texts("title")[0].strip(" –")
    assert page.of("html") == [{"lang": "en-GB"}]
    assert len(page.of("main")) == 1


HEADINGS = {
    "website:home": "parish",
    "register:county": "Oxfordshire",
    "register:place": "Cholsey",
    "register:service": "Village grass",
    "register:services": "Services",
    "plans:plans": "Plans",
    "plans:plan": "If every council took part: an illustration",
    "plans:cluster": "Cholsey",
    "a county with a service": "Village grass in Oxfordshire",
    "a parish made since 2014": "Heyford Park",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_a_page_is_headed_by_what_it_is_about(read: Read, name: str) -> None:
    assert HEADINGS[name] in read(HTML[name]).texts("h1")[0]


@every_page
def test_a_page_leads_nowhere_that_does_not_answer(read: Read, get: Get, address: str) -> None:
    page = read(address)
    own = {link.get("href", "") for link in page.of("a")}
    ways = sorted({way.split("#")[0] for way in own if way.startswith("/")})

    # One of each kind is enough: a county's table leads to 324 places.
    one_of_each = {re.sub(r"/[^/]+/(\?.*)?$", "/*/", way): way for way in ways}

    for way in one_of_each.values():
        assert get(way).status_code in (200, 302), way


@every_address
def test_nobody_who_only_reads_is_given_a_cookie(get: Get, address: str) -> None:
    answer = get(address)

    # A form that changes something carries a token, which a cookie must match.
    assert set(answer.cookies) == ({settings.CSRF_COOKIE_NAME} if address in WITH_FORMS else set())
    assert "Set-Cookie" not in answer


ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "font-src": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "base-uri": "'self'",
}


@every_address
def test_a_browser_is_told_to_run_and_load_only_what_is_ours(get: Get, address: str) -> None:
    answer = get(address)

    rules = [rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";")]
    assert dict(rules) == ALLOWED
    assert len(rules) == len(ALLOWED)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@every_page
def test_a_page_holds_no_script_and_no_style_of_its_own(read: Read, get: Get, address: str) -> None:
    page = read(address)

    assert not "".join(page.inline).strip()
    assert not page.of("style")
    for tag, attributes in page.tags:
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert not attributes.get("href", "").lower().startswith("javascript:")


@every_page
def test_a_page_loads_nothing_from_another_host(read: Read, address: str) -> None:
    page = read(address)

    loaded = [link["href"] for link in page.of("link")]
    loaded += [tag["src"] for name in ("script", "img") for tag in page.of(name) if "src" in tag]
    loaded += [tag["srcset"] for tag in page.of("source")]
    assert loaded
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded)


@every_page
def test_a_page_names_whose_data_it_shows(read: Read, address: str) -> None:
    words = read(address).words

    for owner in (
        "Contains OS data © Crown copyright and database right",
        "National Statistics data © Crown copyright and database right",
        "Open Government Licence v3.0",
        "martinjc/UK-GeoJSON, CC BY 4.0",
    ):
        assert owner in words


@every_page
def test_a_page_says_that_parish_shapes_are_approximate(read: Read, address: str) -> None:
    assert "approximate" in read(address).words


def test_the_methods_page_carries_the_attribution_of_the_data_in_full(read: Read) -> None:
    assert " ".join(data.ATTRIBUTION.split()) in read("/methods/").words


# A range of a quantity: "1,200 to 3,400 m²", "5 to 9 signs", "about 5 signs".
UNITS = r"(?:m²|m|km|ha|signs?|gull(?:y|ies)|trees?|bins?|items?|hours?|sessions?|vehicles?|jobs?)"
RANGE = re.compile(rf"(?:[\d,.]+ to [\d,.]+|about [\d,.]+) {UNITS}\b", re.IGNORECASE)


# What the rules behind the estimates assume stands on the methods page under its letter.
ASSUMED = re.compile(r"[ABC]\. ")


@every_page
def test_a_range_is_never_shown_without_the_word_estimate(read: Read, address: str) -> None:
    unlabelled = [
        block
        for block in read(address).blocks
        if RANGE.search(block) and "estimate" not in block.lower() and not ASSUMED.match(block)
    ]

    assert unlabelled == []


def test_the_ranges_that_are_looked_for_are_there_to_be_found(read: Read) -> None:
    # The armed control: the pattern sees each way in which a page writes a range.
    assert RANGE.search("4,000 to 12,000 m² estimate (C)")
    assert RANGE.search("about 5 signs")
    for name in ("a county with a service", "register:place", "register:service"):
        assert RANGE.search(read(HTML[name]).words)


def test_every_estimated_quantity_is_shown_as_a_range_and_its_middle_never(
    read: Read, oxfordshire: Area
) -> None:
    page = read("/counties/oxfordshire/?service=village-grass")

    cells = " ".join(page.texts("td"))
    middles = Quantity.objects.filter(service__code="DPS01").values_list("amount_milli", flat=True)
    odd = [f"{milli // 1000:,}" for milli in middles if milli % 1000]
    assert odd
    assert [amount for amount in odd if f" {amount} m²" in f" {cells}"] == []


@every_map
def test_a_map_never_says_a_range_without_the_word_estimate(get: Get, address: str) -> None:
    body = body_of(get(address))
    if address.endswith(".geojson"):
        said = [f["properties"].get("said") or "" for f in json.loads(body)["features"]]
    else:
        said = re.findall(r"<(?:title|desc|text)[^>]*>([^<]*)<", body)

    assert [words for words in said if RANGE.search(words) and "estimate" not in words] == []


def test_a_live_map_says_of_each_place_how_much_it_is_estimated_to_have(get: Get) -> None:
    shapes = json.loads(body_of(get(MAPS["register:amounts-geojson"])))["features"]

    said = [shape["properties"]["said"] for shape in shapes if shape["properties"].get("said")]
    assert len(said) >= 321
    assert [words for words in said if words.endswith(", estimate")]


@every_map
def test_a_map_is_a_picture_or_shapes_and_nothing_that_runs(get: Get, address: str) -> None:
    answer = get(address)
    body = body_of(answer)

    if address.endswith(".svg"):
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert "<title" in body
        assert "<script" not in body
        assert not re.search(r"\son[a-z]+=", body)
    else:
        assert answer["Content-Type"].startswith("application/geo+json")
        assert json.loads(body)["type"] == "FeatureCollection"


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_map_is_drawn_for_wide_and_for_narrow_screens(get: Get, size: str) -> None:
    for address in MAPS.values():
        if address.endswith("wide.svg"):
            assert get(address.replace("wide", size)).status_code == 200


def test_every_place_has_a_page_that_can_be_shown(get: Get, oxfordshire: Area) -> None:
    # One in ten, and those of which little is known.
    keys = list(Area.objects.inside(oxfordshire).lowest().values_list("key", flat=True))
    odd = ["heyford-park-cherwell", "western-valley-vale-of-white-horse"]
    assert set(odd) <= set(keys)

    for key in [*sorted(keys)[::10], *odd]:
        assert get(f"/places/{key}/").status_code == 200


def test_every_service_has_a_page(read: Read, get: Get) -> None:
    page = read("/services/")
    ways = {link["href"] for link in page.of("a") if link["href"].startswith("/services/")}
    ways = {way for way in ways if way.endswith("/")} - {"/services/"}

    assert len(ways) == 20
    for way in ways:
        assert get(way).status_code == 200


def test_a_county_page_lists_every_place_with_its_district(read: Read) -> None:
    page = read("/counties/oxfordshire/")

    leads = [link["href"] for link in page.of("a") if link["href"].startswith("/places/")]
    assert len(set(leads)) == 324


def test_a_county_page_for_a_district_lists_the_places_of_that_district_alone(read: Read) -> None:
    page = read("/counties/oxfordshire/?district=oxford")

    leads = {link["href"] for link in page.of("a") if link["href"].startswith("/places/")}
    assert leads == {
        "/places/blackbird-leys-oxford/",
        "/places/littlemore-oxford/",
        "/places/old-marston-oxford/",
        "/places/risinghurst-and-sandhills-oxford/",
        "/places/oxford-unparished-area-oxford/",
    }


#: Downloads that are offered elsewhere than on the page of their name, or the page above them.
SHOWN_ON = {
    "/journal/head.json": "/journal/head/",
    "/journal/heads.csv": "/journal/head/",
    "/journal/heads.xlsx": "/journal/head/",
}


def page_of(download: str) -> str:
    """Give the page that shows what a file holds."""
    of_its_name = download.rpartition(".")[0] + "/"
    above = download.rpartition("/")[0] + "/"
    return SHOWN_ON.get(download, of_its_name if of_its_name in PAGES.values() else above)


#: The county's councils have none of these here, and a list of nothing offers no file.
EMPTY = ("papers:", "decisions:", "offers:", "clusters:", "interest:funding")
OFFERED = {name: at for name, at in DOWNLOADS.items() if not name.startswith(EMPTY)}


@pytest.mark.parametrize("address", OFFERED.values(), ids=OFFERED)
def test_a_page_offers_the_download_that_holds_what_it_shows(read: Read, address: str) -> None:
    assert address in {link["href"] for link in read(page_of(address)).of("a")}


def test_the_page_of_a_place_leads_to_each_council_that_holds_it(read: Read) -> None:
    ways = {link.get("href", "") for link in read(HTML["register:place"]).of("a")}

    for council in ("cholsey", "south-oxfordshire-district-council", "oxfordshire-county-council"):
        assert any(way.startswith(f"/bodies/{council}") for way in ways), ways
