"""Public pages are read and never written to; browsers may keep them and ask if they changed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.cast import ADA, Cast
from tests.pages.addresses import ADDRESSES, NEVER_KEPT, TAKES_FORMS
from tests.plans.kept import keep_for
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal import actions as journal

pytestmark = pytest.mark.django_db


def of_the_cast(address: str) -> str:
    """Give the same page of the cast's county."""
    return (
        address.replace("cholsey-south-oxfordshire", "coldbrook-marlshire")
        .replace("cherwell-district-council", "marlshire-council")
        .replace("oxfordshire", "the-county")
        .replace("lon=-1.15&lat=51.57", "lon=-1.29&lat=51.61")
        .replace("q=stoke", "q=o")
    )


HERE = {name: of_the_cast(address) for name, address in ADDRESSES.items()}
REGISTER = {
    name: address
    for name, address in HERE.items()
    if name.startswith(("register:", "plans:"))
    and not name.endswith(("csv", ":at"))
    and name not in NEVER_KEPT
}
KEPT = {name: address for name, address in HERE.items() if name not in NEVER_KEPT}


@pytest.fixture(autouse=True)
def county(cast: Cast) -> Cast:
    amounts = enumerate(cast.places, start=1)
    cast.record(*(cast.quantity(area, "DPS01", 100 * n) for n, area in amounts))
    keep_for(cast)
    return cast


@pytest.mark.parametrize("address", HERE.values(), ids=HERE)
def test_the_head_of_a_page_may_be_asked_for_alone(client: Client, address: str) -> None:
    answer = client.head(address)

    assert answer.status_code == 200
    assert answer.content == b""


METHODS = ("post", "put", "patch", "delete")
WRITES = [
    (name, method)
    for name in HERE
    for method in METHODS
    if not (method == "post" and name in TAKES_FORMS)
]


@pytest.mark.parametrize(("name", "method"), WRITES)
def test_a_public_page_cannot_be_written_to(client: Client, name: str, method: str) -> None:
    answer = getattr(client, method)(HERE[name])

    assert answer.status_code == 405
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("address", KEPT.values(), ids=KEPT)
def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("address", REGISTER.values(), ids=REGISTER)
def test_a_page_is_made_again_after_anything_was_written_in_the_journal(
    client: Client, address: str
) -> None:
    first = client.get(address)
    with transaction.atomic():
        journal.write(by=ADA, did="did something", to=Subject("place", "coldbrook"))

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", REGISTER.values(), ids=REGISTER)
def test_a_page_is_made_again_on_another_day(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(address)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200


@pytest.mark.parametrize("address", REGISTER.values(), ids=REGISTER)
def test_a_browser_asks_each_time_whether_a_page_changed(client: Client, address: str) -> None:
    assert "no-cache" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("name", sorted(NEVER_KEPT - {"people:first-run"}))
def test_what_is_made_anew_each_time_is_never_kept(client: Client, name: str) -> None:
    answer = client.get(HERE[name])

    assert "public" not in answer.get("Cache-Control", "")
    assert answer.status_code == 200


def test_not_modified_costs_one_query(client: Client, django_assert_num_queries) -> None:
    first = client.get(HERE["register:county"])

    with django_assert_num_queries(1):
        client.get(HERE["register:county"], headers={"If-None-Match": first["ETag"]})


def test_a_changed_quantity_is_on_the_page_at_once(client: Client, county: Cast) -> None:
    address = f"{HERE['register:county']}?service=village-grass"
    first = client.get(address)
    assert "777 m²" not in first.content.decode()

    county.record(county.quantity(county.coldbrook, "DPS01", 777))

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert "777 m²" in again.content.decode()


def test_a_changed_quantity_is_on_the_map_at_once(client: Client, county: Cast) -> None:
    address = HERE["register:amounts-geojson"]
    assert "777" not in client.get(address).content.decode()

    county.record(county.quantity(county.coldbrook, "DPS01", 777))

    said = [shape["properties"].get("said") for shape in client.get(address).json()["features"]]
    assert "Coldbrook: 777 m²" in said
