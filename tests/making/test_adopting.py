"""The clusters of a plan are proposed to the councils that hold its places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import ADA, DAY, Cast
from tests.plans import kept
from waywarden.county.councils.models import Body
from waywarden.county.people.gate import SENT
from waywarden.county.people.models import Office
from waywarden.county.places.models import Jurisdiction
from waywarden.devolution.clusters.actions import clusters
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.making import adopting, policies
from waywarden.devolution.making.adopting_actions import CannotAdopt, Proposal, adopt
from waywarden.devolution.plans import actions as plans
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.queries import report_of
from waywarden.fabric.forms.once import SENT as ONCE
from waywarden.fabric.journal.models import Entry
from waywarden.planning.reports import Report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
STARTS_ON = date(2027, 4, 1)


@pytest.fixture
def plan(county: Cast) -> PlanRun:
    """A plan of the cast: Coldbrook leads Wychbourne, and the others go alone."""
    return kept.keep_for(county)


def key_of(plan: PlanRun) -> str:
    """Give the key of its only cluster."""
    return report_of(plan).clusters[0].key


def proposed(cast: Cast, plan: PlanRun, **facts: Any) -> list[Cluster]:
    """Propose its cluster as Ada would."""
    proposal = Proposal(**{"keys": [key_of(plan)], "starts_on": STARTS_ON} | facts)
    return adopt(run=plan, body=cast.county_council, proposal=proposal, by=ADA, today=DAY)


def test_a_cluster_is_proposed_with_the_councils_leads_and_figures_of_the_plan(
    county: Cast, plan: PlanRun
) -> None:
    (made,) = proposed(county, plan, says="For everybody")
    report = report_of(plan)
    of = report.clusters[0]

    assert made.is_proposed
    assert made.says == "For everybody"
    assert made.starts_on == STARTS_ON
    held = {each.body: each for each in made.memberships.all()}
    assert set(held) == {county.coldbrook_council, county.wychbourne_council}
    assert all(each.invited_at is None for each in held.values())
    lead = made.roles.get(service=None)
    assert lead.meant_for == county.coldbrook_council
    assert lead.holder is None
    assert {each.service.code for each in made.scope.all()} == {led.service for led in of.services}
    made.refresh_from_db()
    assert made.whole_pence == of.planned.expected
    alone = {each.key: each.alone.expected for each in report.councils}
    assert held[county.coldbrook_council].alone_pence == alone["coldbrook-marlshire"]
    assert made.is_whole_modelled and "Estimate" in made.whole_source
    assert held[county.coldbrook_council].is_alone_modelled
    assert str(plan) in held[county.wychbourne_council].alone_source


def test_each_service_is_meant_for_who_leads_it_in_the_plan(county: Cast, plan: PlanRun) -> None:
    (made,) = proposed(county, plan)
    bodies = {
        "coldbrook-marlshire": county.coldbrook_council,
        "wychbourne-marlshire": county.wychbourne_council,
    }

    meant = {role.service.code: role.meant_for for role in made.roles.exclude(service=None)}

    assert meant == {led.service: bodies[led.lead] for led in report_of(plan).clusters[0].services}


def test_the_journal_says_from_which_plan_a_cluster_is(county: Cast, plan: PlanRun) -> None:
    (made,) = proposed(county, plan)

    line = Entry.objects.order_by("number").last()

    assert line
    assert (line.did, line.subject_key) == ("proposed a cluster", made.key)
    assert (line.after["plan"], line.after["cluster"]) == (plan.number, key_of(plan))
    assert line.after["whole_pence"] == report_of(plan).clusters[0].planned.expected
    assert set(line.after["alone_pence"]) == {"coldbrook-council", "wychbourne-council"}


def test_a_cluster_of_a_plan_is_proposed_once(county: Cast, plan: PlanRun) -> None:
    proposed(county, plan)

    with pytest.raises(CannotAdopt, match="was proposed from this plan already"):
        proposed(county, plan)

    assert Cluster.objects.count() == 1


def test_what_was_withdrawn_may_be_proposed_again(county: Cast, plan: PlanRun) -> None:
    (first,) = proposed(county, plan)
    clusters.withdraw(cluster=first, reason="Too early", by=ADA, today=DAY)

    (second,) = proposed(county, plan)

    assert second.key != first.key
    (offered,) = adopting.adoptable(plan, on=DAY)
    assert offered.cluster == second
    assert not offered.is_free


def test_a_trial_is_shown_to_everybody_before_it_is_proposed(county: Cast) -> None:
    report = kept.example(county.county, kept.MARLSHIRE)
    said = {"county": county.county, "report": report, "by": ADA, "today": DAY}
    trial = plans.keep_run(**said, is_trial=True)

    with pytest.raises(CannotAdopt, match="Show it to everybody first"):
        proposed(county, trial)


def test_nothing_is_proposed_where_nothing_is_ticked(county: Cast, plan: PlanRun) -> None:
    with pytest.raises(CannotAdopt, match="Tick at least one"):
        proposed(county, plan, keys=[])


def _end(body: Body) -> None:
    Jurisdiction.objects.filter(body=body).update(ends_on=date(2020, 1, 1))


class TestPlacesNobodyHolds:
    """A place of the plan may have lost its council since it was made."""

    def test_who_is_left_is_invited_and_the_cost_of_all_is_not_said(
        self, county: Cast, plan: PlanRun
    ) -> None:
        _end(county.coldbrook_council)

        (made,) = proposed(county, plan)

        made.refresh_from_db()
        assert [each.body for each in made.memberships.all()] == [county.wychbourne_council]
        assert made.whole_pence is None
        assert made.roles.get(service=None).meant_for is None

    @pytest.mark.parametrize("gone", [{"withdrawn_on": DAY}, {"ends_on": date(2020, 1, 1)}])
    def test_a_council_that_is_no_more_is_not_invited(
        self, county: Cast, plan: PlanRun, gone: dict[str, date]
    ) -> None:
        Body.objects.filter(pk=county.coldbrook_council.pk).update(**gone)

        (offered,) = adopting.adoptable(plan, on=DAY)

        assert offered.members == [county.wychbourne_council]
        assert offered.unheld == ("Coldbrook",)

    def test_a_cluster_without_any_council_is_not_proposed(
        self, county: Cast, plan: PlanRun
    ) -> None:
        _end(county.coldbrook_council)
        _end(county.wychbourne_council)

        with pytest.raises(CannotAdopt, match="No council or meeting is listed"):
            proposed(county, plan)

    def test_who_holds_two_places_is_invited_once_and_pays_for_both(
        self, county: Cast, plan: PlanRun
    ) -> None:
        held = Jurisdiction.objects.filter(body=county.coldbrook_council)
        held.update(body=county.wychbourne_council)

        (made,) = proposed(county, plan)

        (only,) = made.memberships.all()
        assert only.body == county.wychbourne_council
        assert only.alone_pence == report_of(plan).clusters[0].alone.expected


class TestPage:
    """The page on which an officer of the county ticks clusters."""

    def send(self, ada: tuple[Client, Office], plan: PlanRun, **typed: Any) -> HttpResponse:
        browser, acting = ada
        sent = {SENT: acting.pk, ONCE: str(uuid4()), "starts_on": "1/4/2027"} | typed
        return browser.post(f"/plans/{plan.number}/adopt/", sent, follow=True)

    def test_the_plan_leads_to_it_and_it_to_the_proposed_clusters(
        self, ada: tuple[Client, Office], plan: PlanRun
    ) -> None:
        browser, _ = ada
        way = f"/plans/{plan.number}/adopt/"
        assert way in browser.get(plan.get_absolute_url()).content.decode()
        page = browser.get(way).content.decode()
        assert "Coldbrook and neighbours: 2 councils" in page
        assert "(estimate)" in page

        answer = self.send(ada, plan, clusters=key_of(plan), says="For everybody")

        told = answer.content.decode()
        assert "1 cluster is proposed. Nobody is invited yet" in told
        assert "Coldbrook and neighbours" in told
        again = browser.get(way).content.decode()
        assert "Proposed from this plan before" in again
        assert "Every cluster of this plan was proposed" in again

    def test_a_plan_shows_the_way_to_officers_of_the_county_alone(
        self, client: Client, plan: PlanRun
    ) -> None:
        assert "/adopt/" not in client.get(plan.get_absolute_url()).content.decode()

    def test_nothing_ticked_or_a_day_mistyped_is_said_beside_the_field(
        self, ada: tuple[Client, Office], plan: PlanRun
    ) -> None:
        answer = self.send(ada, plan, starts_on="1/4/1027", says="Kept as it was typed")

        told = answer.content.decode()
        assert answer.status_code == 400
        assert "Tick at least one cluster" in told
        assert "Enter a year from 2000 to 2199" in told
        assert "Kept as it was typed" in told
        assert not Cluster.objects.exists()

    def test_what_another_proposed_meanwhile_is_named_and_not_proposed_twice(
        self, ada: tuple[Client, Office], county: Cast, plan: PlanRun
    ) -> None:
        proposed(county, plan)

        answer = self.send(ada, plan, clusters=key_of(plan))

        told = answer.content.decode()
        assert answer.status_code == 400
        assert "“Coldbrook and neighbours” was proposed from this plan already." in told
        assert Cluster.objects.count() == 1

    def test_a_cluster_the_plan_has_not_is_refused(
        self, ada: tuple[Client, Office], plan: PlanRun
    ) -> None:
        answer = self.send(ada, plan, clusters="cluster-elsewhere")

        assert answer.status_code == 400
        assert "Choose one of those listed" in answer.content.decode()

    def test_officers_of_another_county_neither_see_it_nor_propose(
        self, ada: tuple[Client, Office], county: Cast, plan: PlanRun
    ) -> None:
        Jurisdiction.objects.filter(body=county.county_council).update(area=county.marlshire)

        answer = self.send(ada, plan, clusters=key_of(plan))

        assert answer.status_code == 403
        assert not Cluster.objects.exists()
        browser, _ = ada
        assert "/adopt/" not in browser.get(plan.get_absolute_url()).content.decode()


def many(report: Report, count: int) -> list[adopting.Adoptable]:
    """Give so many clusters of a plan, none of them proposed."""
    one = adopting.Adoptable(report.clusters[0], False, {}, (), {}, None)
    return [one] * count


def test_not_more_than_twelve_are_proposed_at_a_time(plan: PlanRun) -> None:
    (said,) = policies.obstacles_to_adopting(many(report_of(plan), 13), is_hidden=False)

    assert said == "Tick 12 clusters or fewer at a time. Nothing was proposed."


class TestForEachService:
    """A plan may have clusters of their own for each service."""

    @pytest.fixture
    def separate(self, county: Cast) -> PlanRun:
        report = kept.example(county.county, kept.MARLSHIRE, shape="per_service")
        named = replace(report.clusters[0], name="Coldbrook, village grass")
        whole = replace(named, alone=named.alone + named.alone)
        report = replace(report, clusters=(whole,))
        return plans.keep_run(county=county.county, report=report, by=ADA, today=DAY)

    def test_each_is_called_by_its_lead_and_its_service(
        self, county: Cast, separate: PlanRun
    ) -> None:
        (made,) = proposed(county, separate)

        assert made.name == "Coldbrook and neighbours, village grass"

    def test_no_council_is_said_to_pay_alone_what_is_for_other_services_too(
        self, county: Cast, separate: PlanRun
    ) -> None:
        (made,) = proposed(county, separate)

        assert {each.alone_pence for each in made.memberships.all()} == {None}
        made.refresh_from_db()
        assert made.whole_pence == report_of(separate).clusters[0].planned.expected


def test_all_the_real_countys_places_have_a_council_to_invite(planned_oxfordshire: Any) -> None:
    plan = PlanRun.objects.get()

    offered = adopting.adoptable(plan, on=localdate())

    assert [len(each.members) for each in offered] == [4, 3]
    assert not any(each.unheld for each in offered)
