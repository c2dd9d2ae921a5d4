"""Cornwall: one unitary council does the work of both tiers."""

from collections.abc import Iterator

import pytest

from tests.counties import DAY, Loader
from tests.loading.questions import a_place_in, tiers_of
from waywarden.county.places import queries
from waywarden.county.places.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cornwall(loaded: Loader) -> Iterator[Area]:
    with loaded("Cornwall") as county:
        yield county


def test_one_council_holds_both_tiers_in_every_parish(cornwall: Area) -> None:
    parishes = [
        place for place in queries.parishes_of(cornwall, on=DAY) if place.within_id == cornwall.pk
    ]

    assert len(parishes) == 213
    for parish in parishes:
        held = tiers_of(cornwall, parish)
        assert held["county"] == held["district"]
        assert held["county"].startswith("Cornwall")
        assert "parish" in held


def test_the_isles_of_scilly_beside_have_their_own_council(cornwall: Area) -> None:
    isles = a_place_in(cornwall, "Isles of Scilly")

    assert tiers_of(cornwall, isles)["county"].startswith("Isles of Scilly")
