"""What the register tells the planner of a county."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, Cast
from tests.counties import DAY as LOADED_ON
from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area, Boundary, Jurisdiction
from waywarden.devolution.plans.facts import NO_COUNCIL, register_facts
from waywarden.planning.facts import Amount, LeftOut
from waywarden.planning.shipped import NOT_PLACED, shipped_facts

pytestmark = pytest.mark.django_db


def test_a_fresh_register_says_what_the_package_says(oxfordshire: Area) -> None:
    assert register_facts(oxfordshire, LOADED_ON) == shipped_facts("Oxfordshire")


def test_the_register_is_read_in_a_few_queries(oxfordshire: Area) -> None:
    with CaptureQueriesContext(connection) as asked:
        facts = register_facts(oxfordshire, LOADED_ON)

    assert len(facts.councils) == 321
    assert len(asked) <= 10


def test_each_parish_that_a_council_or_meeting_holds_is_there_by_its_key(cast: Cast) -> None:
    facts = register_facts(cast.county, DAY)

    assert [(council.key, council.kind) for council in facts.councils] == [
        ("coldbrook-marlshire", "parish"),
        ("little-haye-marlshire", "parish-or-meeting"),
        ("marl-green-marlshire", "parish-meeting"),
        ("wychbourne-marlshire", "town"),
    ]
    assert facts.left_out == ()
    assert facts.councils[0].district == "Marlshire"


def test_only_places_that_are_planned_count_as_touching(cast: Cast) -> None:
    # The unparished ward touches Coldbrook and Marl Green, and is not planned.
    assert register_facts(cast.county, DAY).neighbours == (
        ("coldbrook-marlshire", "marl-green-marlshire"),
        ("coldbrook-marlshire", "wychbourne-marlshire"),
        ("little-haye-marlshire", "marl-green-marlshire"),
        ("little-haye-marlshire", "wychbourne-marlshire"),
    )


def test_an_amount_measured_is_alike_at_both_ends_and_an_estimate_is_a_range(cast: Cast) -> None:
    cast.record(
        cast.quantity(cast.coldbrook, "DPS01", 900), cast.estimate(cast.coldbrook, "HDG", 4, 5, 9)
    )

    coldbrook = register_facts(cast.county, DAY).councils[0]

    assert coldbrook.amounts == {
        "DPS01": Amount(900_000, 900_000, 900_000, is_estimate=False),
        "HDG": Amount(4_000, 5_000, 9_000, is_estimate=True),
    }


def test_a_place_without_a_position_is_where_its_boundary_is(cast: Cast) -> None:
    # Coldbrook is the square from 1.28 to 1.26 west and 51.60 to 51.62 north.
    coldbrook = register_facts(cast.county, DAY).councils[0]

    assert (coldbrook.longitude, coldbrook.latitude) == pytest.approx((-1.27, 51.61))


def test_a_parish_that_is_nowhere_or_without_a_council_is_left_out_and_why_is_said(
    cast: Cast,
) -> None:
    Boundary.objects.filter(area=cast.coldbrook).delete()
    Jurisdiction.objects.filter(area=cast.marl_green).delete()

    facts = register_facts(cast.county, DAY)

    assert facts.left_out == (
        LeftOut("Coldbrook", NOT_PLACED),
        LeftOut("Marl Green", NO_COUNCIL),
    )
    assert len(facts.councils) == 2


def test_a_kind_that_is_known_is_told(cast: Cast) -> None:
    Body.objects.filter(key="little-haye-parish").update(kind=Body.Kind.PARISH)

    assert register_facts(cast.county, DAY).councils[1].kind == "parish"
