"""What a kept plan says an offer costs a council."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from tests.cast import Cast
from tests.offers.asked import GRASS, NOW, begun, offer_to, words
from tests.plans import kept
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.devolution.offers import actions, queries
from waywarden.devolution.offers.costs import Costs, costs_of
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.queries import report_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def costs(run: PlanRun, areas: list[Area], codes: frozenset[str], number: int = 0) -> Costs | None:
    """Give what a plan says of one council of these places."""
    return costs_of(number or run.number, {7: areas}, codes).get(7)


def test_the_plans_own_figures_stand_in_the_pack(cast: Cast) -> None:
    run = kept.keep_for(cast)
    council = next(c for c in report_of(run).councils if c.alone_models and c.clusters)
    area = next(place for place in cast.places if place.key == council.key)

    found = costs(run, [area], frozenset(run.services))

    assert found is not None
    assert found.alone.expected == council.alone.expected
    assert found.together is not None
    assert found.together.expected == council.together.expected
    assert "cluster" in found.cluster
    assert found.url.startswith(f"/plans/{run.number}/clusters/")


def test_a_plan_of_other_services_or_places_says_nothing(cast: Cast) -> None:
    run = kept.keep_for(cast)
    codes = frozenset(run.services)

    assert costs(run, [cast.wychbourne], codes - {min(codes)}) is None
    assert costs(run, [cast.wychbourne, cast.coldbrook], codes) is None
    assert costs(run, [cast.county], codes) is None
    assert costs(run, [cast.wychbourne], codes, number=run.number + 1) is None
    assert costs(run, [], codes) is None
    assert costs_of(None, {7: [cast.wychbourne]}, codes) == {}


def test_an_offer_of_the_services_of_its_plan_shows_what_the_plan_says(cast: Cast) -> None:
    run = kept.keep_for(cast)
    council = next(c for c in report_of(run).councils if c.alone_models)
    area = next(place for place in cast.places if place.key == council.key)
    draft = begun(cast, plan=run.number)
    actions.leave_out(offered=draft.services.get(), by=cast.by)
    for code in run.services:
        actions.offer_service(of=draft, service=cast.service(code), rate=GRASS, by=cast.by)
    actions.open_round(of=draft, by=cast.by, now=NOW)
    holder = Jurisdiction.objects.get(area=area, tier=Jurisdiction.Tier.PARISH).body

    pack = queries.pack_of(offer_to(draft, holder), on=NOW.date())

    assert pack.alone.cost == council.alone.expected


def test_the_officer_is_told_why_councils_see_no_cost(cast: Cast) -> None:
    assert cast.at_the_county
    browser = cast.signed_in(cast.ada)
    run = kept.keep_for(cast)

    def says(plan: int | None) -> str:
        of = begun(cast, plan=plan)
        return words(browser.get(of.get_absolute_url()))

    assert "There is no plan 99." in says(99)
    assert f"{run} is not of these very services." in says(run.number)
    QuerySet.update(PlanRun.objects.filter(pk=run.pk), is_trial=True)
    assert f"{run} is a trial that councils cannot see." in says(run.number)
    assert "Councils see no cost" not in says(None)
