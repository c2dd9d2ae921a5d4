"""Any county of England by name: what a load says, and that a failure leaves nothing."""

import pytest

from tests.counties import DAY, load
from tests.loading.questions import held
from waywarden import data
from waywarden.county import loading
from waywarden.county.places import queries
from waywarden.county.places.models import Area
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import COMMAND_LINE
from waywarden.fabric.journal import queries as journal

pytestmark = pytest.mark.django_db


def test_a_load_says_what_it_found() -> None:
    said: list[tuple[str, float]] = []

    found = loading.load_county(
        "Oxfordshire", by=COMMAND_LINE, today=DAY, progress=lambda *at: said.append(at)
    )

    for words in ("323 parishes", "1 unparished area,", "5 districts"):
        assert words in found.lines()[0]
    assert "approximate" in found.lines()[1]
    shares = [share for _, share in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("stage", ["councils and places", "neighbours", "estimates", "done"])
def test_a_load_that_fails_leaves_nothing_behind(stage: str) -> None:
    def fail(reached: str, share: float) -> None:
        if reached == stage:
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        loading.load_county("Oxfordshire", by=COMMAND_LINE, today=DAY, progress=fail)

    assert set(held().values()) == {0}
    assert journal.length() == 0
    assert load("Oxfordshire").name == "Oxfordshire"


def test_two_counties_may_be_held_and_the_first_is_served() -> None:
    first = load("Oxfordshire")
    second = load("Cornwall")

    assert queries.home_county() == first
    assert queries.counties() == [first, second]
    assert len(queries.parishes_of(first, on=DAY)) == 323
    assert journal.faults() == []


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("Oxfrodshire", "Oxfordshire"),
        ("devonn", "Devon"),
        ("North Yorkshir", "North Yorkshire"),
        ("Cherwell", "Oxfordshire"),
    ],
)
def test_a_county_that_is_not_known_is_refused_with_what_may_be_meant(
    asked: str, suggested: str
) -> None:
    with pytest.raises(data.UnknownCounty) as refused:
        load(asked)

    assert suggested in str(refused.value)
    assert not Area.objects.exists()
    assert journal.length() == 0


@pytest.mark.parametrize("asked", ["", " ", "Rutlandia-on-Sea", "'; DROP TABLE", "x" * 5000])
def test_nonsense_is_refused_in_a_sentence(asked: str) -> None:
    with pytest.raises(data.UnknownCounty) as refused:
        load(asked)

    assert str(refused.value).rstrip().endswith((".", "?"))
    assert not Area.objects.exists()


def test_a_unitary_that_is_held_beside_a_county_is_not_loaded_again() -> None:
    load("Cornwall")
    before = held()

    with pytest.raises(Refusal, match="held already"):
        load("Isles of Scilly")

    assert held() == before
