"""What could be taken on near a place: what is open, who does it next door, and whom to ask."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import ADA, Cast
from tests.clusters import formed
from tests.offers.asked import open_today, reachable, words
from waywarden.county.places.models import Neighbour, Postcode
from waywarden.devolution.clusters.actions import clusters
from waywarden.devolution.overview import near

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def page(asked: str = "") -> str:
    answer = Client().get("/near/", {"q": asked} if asked else {})
    assert answer.status_code == 200
    return words(answer)


def next_to(cast: Cast) -> None:
    """Let Coldbrook lie next to Wychbourne and nobody else."""
    Neighbour.objects.all().delete()
    one, other = sorted((cast.coldbrook, cast.wychbourne), key=lambda each: each.pk)
    Neighbour.objects.create(a=one, b=other, distance_m=900, is_modelled=True, source="Drawn")


def test_nothing_asked_shows_the_form_alone(cast: Cast) -> None:
    said = page()

    assert "Your parish, town or postcode" in said
    assert "On offer" not in said


def test_what_is_open_is_shown_with_whom_to_ask(cast: Cast) -> None:
    of = open_today(cast)
    reachable(cast, cast.county_council, "services@county.example")

    said = page("coldbrook")

    assert of.title in said
    assert cast.service("DPS01").name in said
    assert "services@county.example" in said
    assert "not asked yet." in said


def test_where_nothing_is_open_one_may_ask_all_the_same(cast: Cast) -> None:
    assert "No offer is open here now." in page("Coldbrook")


def test_a_neighbours_cluster_is_shown_with_its_link(cast: Cast) -> None:
    next_to(cast)
    terms = formed.agreed(cast, "wychbourne", "marl_green")
    clusters.form(cluster=terms.cluster, by=ADA, now=formed.NOW)

    [found] = near.near(cast.coldbrook, on=formed.TODAY).clusters

    assert found.cluster == terms.cluster
    # Marl Green is in it too, and not next to Coldbrook.
    assert found.councils == (cast.wychbourne_council,)
    assert "Wychbourne and neighbours" in page("Coldbrook")


def test_a_cluster_that_is_only_proposed_is_not_shown(cast: Cast) -> None:
    next_to(cast)
    formed.proposed(cast)

    assert "Wychbourne and neighbours" not in page("Coldbrook")


def test_a_place_that_is_nearly_spelt_right_is_asked_about(cast: Cast) -> None:
    assert "There is no parish called “Coldbrok”. Did you mean Coldbrook?" in page("Coldbrok")


def test_a_place_is_found_by_its_key(cast: Cast) -> None:
    assert "Near Coldbrook" in page(cast.coldbrook.key)


def test_a_place_without_a_council_says_so(cast: Cast) -> None:
    assert "No parish council or meeting is listed" in page(cast.unparished_ward.key)


@pytest.mark.parametrize("typed", ["OX10 9PP", "ox109pp"])
def test_a_postcode_that_is_not_loaded_says_what_to_do(cast: Cast, typed: str) -> None:
    assert near.NOT_LOADED in page(typed)

    Postcode.objects.create(code="OX11AA", longitude=-1.2, latitude=51.7, source="Made up")
    assert near.NOT_KNOWN in page(typed)


def test_a_postcode_outside_every_parish_says_so(cast: Cast) -> None:
    Postcode.objects.create(code="ZE11AA", longitude=-1.1, latitude=60.1, source="Made up")

    assert near.OUTSIDE in page("ZE1 1AA")
