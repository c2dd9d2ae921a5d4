"""What is known of a council that would go alone, beside the factors it is judged by."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.clusters.alone import (
    asked,
    certificate,
)
from tests.offers.asked import offer_to, open_today
from waywarden.devolution.clusters import (
    alone_facts,
)
from waywarden.devolution.clusters.models import GoingAlone
from waywarden.devolution.offers.costs import Costs, Span
from waywarden.devolution.offers.models import Offer, Round

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def says(of: GoingAlone, factor: str) -> dict[str, str]:
    """Give what is known beside a factor."""
    rows = alone_facts.facts_beside(of, [], on=localdate())
    found = next(row for row in rows if row.factor.key == factor)
    return {fact.name: fact.says for fact in found.facts}


def test_what_is_known_stands_beside_the_factors_and_what_is_not_says_so(cast: Cast) -> None:
    made, meeting = asked(cast), asked(cast, "marl_green")

    assert set(says(made, "capacity").values()) == {alone_facts.NOT_HELD}
    assert says(made, "insurance") == {"Certificates of insurance": "No certificate is public here"}
    assert says(made, "money-gap")["Precept and tax base"] == alone_facts.NOT_HELD
    assert "is of these services alone" in says(made, "money-gap")["Cost of these services alone"]
    held = says(made, "clerk-hours")["Offices of clerk and deputy clerk"]
    assert held == "Nobody holds one here today"
    assert says(made, "continuity") == {"What it is": "Parish council"}
    assert "no council" in says(meeting, "continuity")["What it is"]

    _ = cast.at_coldbrook
    certificate(cast)
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 1_200))
    of = open_today(cast)
    given = {"tax_base_milli": 262_000, "own_quote_pence": 3_060_00}
    Offer.objects.filter(pk=offer_to(of, cast.coldbrook_council).pk).update(**given)
    money = says(made, "money-gap")
    assert says(made, "capacity") == {"Village grass in Coldbrook": "1,200 m²"}
    assert says(made, "insurance") == {"Certificates of insurance": "Cover of 2027"}
    assert money["Tax base"] == "262 Band D homes"
    assert money["A price it was quoted"] == "£3,060 a year for “Grass from April 2028”"
    assert says(made, "clerk-hours")["Offices of clerk and deputy clerk"] == "1 held today"


def test_the_plan_of_an_offer_says_what_the_services_cost_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = asked(cast)
    of = open_today(cast)
    Round.objects.filter(pk=of.pk).update(plan=1)
    span = Span(low=900_00, expected=1_000_49, high=1_234_56)
    planned = Costs(alone=span, together=None, cluster="", plan="Plan 1", url="/plans/1/")
    given = {cast.coldbrook_council.pk: planned}
    monkeypatch.setattr(alone_facts, "costs_of", lambda plan, places, codes: given)

    money = says(made, "money-gap")["Cost of these services alone"]

    assert money == (
        "About £1,000 a year, about £900 to £1,230 between low and high prices: an estimate"
    )
