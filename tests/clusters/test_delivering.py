"""The ways to deliver a cluster's services: estimated, said by somebody, not known, and chosen."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import ADA, Cast
from tests.clusters.formed import NOW, TODAY, forming
from tests.offers.asked import send, words
from waywarden.county.places.models import Area
from waywarden.devolution.clusters import delivering
from waywarden.devolution.clusters.actions import clusters, roles
from waywarden.devolution.clusters.actions import delivering as actions
from waywarden.devolution.clusters.actions.delivering import Choice, Statement, Work
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Role, Scope, Stated
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

ON = date(2027, 1, 4)


def measured(cast: Cast, amount: int = 1_200) -> Cluster:
    """Give a cluster of Wychbourne and Coldbrook, whose grass is measured."""
    made = forming(cast, "wychbourne", "coldbrook")
    for area in (cast.wychbourne, cast.coldbrook):
        cast.record(cast.quantity(area, "DPS01", amount))
    return made


def cells(cluster: Cluster, model: str) -> dict[str, delivering.Cell]:
    """Give what is known of a way to cut the grass, by what it is about."""
    (only,) = delivering.compared(cluster, on=TODAY)
    row = next(row for row in only.rows if row.model == model)
    return {cell.label: cell for cell in row.cells}


def scope_of(cluster: Cluster) -> Scope:
    return Scope.objects.select_related("cluster__proposed_by", "service").get(cluster=cluster)


def told(scope: Scope, model: str = "contractor", **said: Any) -> None:
    """Keep what a firm said."""
    who = {"said_by": "Brook Mowing", "said_on": ON}
    statement = Statement(model=model, said=said, **who)
    actions.state(scope=scope, version=scope.version, statement=statement, by=ADA, today=TODAY)


def test_what_the_planner_prices_is_estimated_and_the_rest_is_not_known(cast: Cast) -> None:
    made = measured(cast)

    contractor, own = cells(made, "contractor"), cells(made, "own")

    assert contractor["Cost a year"].source == delivering.ESTIMATED
    cost = contractor["Cost a year"].says
    assert cost.startswith("About £") and cost.endswith("and high prices, without journeys")
    sums = re.findall(r"£([\d,]+)", cost)
    # It is modelled: no sum has more than three figures.
    assert all(len(sum_.replace(",", "").rstrip("0")) <= 3 for sum_ in sums)
    assert "One firm: up to" in contractor["Capacity"].says
    assert own["Jobs"].says == "About 2 paid hours a year"
    assert "card to work beside roads" in own["Training"].says
    assert own["Insurance"].source == delivering.ESTIMATED
    assert own["Capacity"].says.endswith(": enough")
    assert own["VAT"].source == delivering.LAW
    assert {cell.says for cell in cells(made, "county").values()} == {delivering.UNKNOWN}
    assert cells(made, "shared")["Cost a year"].says == delivering.UNKNOWN
    # Nobody prices volunteers on big mowers.
    assert cells(made, "volunteers")["Cost a year"].says == delivering.UNKNOWN


def test_more_than_a_team_can_do_is_not_priced_for_it(cast: Cast) -> None:
    own = cells(measured(cast, 9_000_000), "own")

    assert own["Cost a year"].says == "It could not do all of it in the busiest month"
    assert own["Capacity"].says.endswith(": not enough")


def test_where_a_quantity_is_not_held_no_cost_is_estimated(cast: Cast) -> None:
    made = forming(cast, "wychbourne", "coldbrook")
    cast.record(cast.quantity(cast.wychbourne, "DPS01", 1_200))

    (only,) = delivering.compared(made, on=TODAY)

    assert cells(made, "contractor")["Cost a year"].says == delivering.UNKNOWN
    assert only.work.missing == ["Coldbrook, Marlshire"]
    assert not only.work.is_estimate
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 900, 1_000, 1_200))
    (only,) = delivering.compared(made, on=TODAY)
    assert (only.work.missing, only.work.is_estimate) == ([], True)


def test_places_of_one_name_are_counted_each(cast: Cast) -> None:
    made = measured(cast)
    (before,) = delivering.compared(made, on=TODAY)
    Area.objects.filter(pk=cast.coldbrook.pk).update(name=cast.wychbourne.name)

    (only,) = delivering.compared(made, on=TODAY)

    assert only.work == before.work
    assert only.work.visits == 2 * scope_of(made).visits


def test_what_is_done_more_often_costs_more(cast: Cast) -> None:
    made, scope = measured(cast), scope_of(Cluster.objects.get())
    once = cells(made, "own")["Jobs"].says

    work = Work(visits=10, first_month=4, last_month=9)
    actions.say_work(scope=scope, version=1, work=work, by=ADA, today=TODAY)

    assert cells(made, "own")["Jobs"].says == "About 20 paid hours a year" != once
    line = Entry.objects.order_by("-number")[0]
    assert line.before == {"visits": 1, "first_month": 1, "last_month": 12}
    assert line.after == {"service": "DPS01", "visits": 10, "first_month": 4, "last_month": 9}
    actions.say_work(scope=scope, version=2, work=work, by=ADA, today=TODAY)
    assert Entry.objects.order_by("-number")[0] == line
    with pytest.raises(Overtaken):
        actions.say_work(scope=scope, version=1, work=work, by=ADA, today=TODAY)


def test_what_somebody_said_takes_the_place_of_an_estimate_and_keeps_its_day(cast: Cast) -> None:
    made = measured(cast)
    scope = scope_of(made)

    told(scope, cost=1_000_00, insurance="£10 million")
    before = Entry.objects.count()
    told(scope, cost=1_000_00, insurance="£10 million")
    later = Statement(
        model="contractor", said={"cost": 0, "insurance": None}, said_by="Hill", said_on=TODAY
    )
    assert Entry.objects.count() == before
    cost = cells(made, "contractor")["Cost a year"]
    assert cost.in_file == "£1,000 without VAT (Said by Brook Mowing, 4 January 2027)"
    given = {"version": scope.version, "by": ADA, "today": TODAY}
    actions.state(scope=scope, statement=later, **given)

    assert cells(made, "contractor")["Cost a year"].says == "£0 without VAT"
    assert cells(made, "contractor")["Insurance"].in_file == delivering.UNKNOWN
    line = Entry.objects.order_by("-number")[0]
    assert line.before == {"cost": 1_000_00, "insurance": "£10 million"}
    assert line.after["cost"] == 0
    assert str(Stated.objects.get(aspect="cost")) == "A contractor of the lead council: Cost a year"


def test_the_cluster_chooses_a_way_by_one_line_and_changes_none_once_it_is_over(
    cast: Cast,
) -> None:
    made = measured(cast)
    scope = scope_of(made)
    choice = Choice(intended="local", intended_why="It trains people here")
    given = {"choice": choice, "by": ADA, "today": TODAY}

    before = Entry.objects.count()
    actions.choose(scope=scope, version=1, **given)

    assert Entry.objects.count() == before + 1
    (only,) = delivering.compared(made, on=TODAY)
    assert only.intended == "A local group or social company"
    assert [row.model for row in only.rows if row.is_intended] == ["local"]
    clusters.withdraw(cluster=made, reason="We wait", by=ADA, today=TODAY)
    with pytest.raises(CannotCluster):
        actions.choose(scope=scope_of(made), version=2, **given)
    with pytest.raises(CannotCluster):
        told(scope_of(made), cost=1)


def test_the_ways_stand_side_by_side_on_a_page_and_in_a_file(cast: Cast) -> None:
    ada, _, _ = cast.at_the_county, cast.at_coldbrook, cast.at_wychbourne
    made = measured(cast)
    county, clerk = cast.signed_in(cast.ada), cast.signed_in(cast.colm)
    page = f"{made.get_absolute_url()}models/"
    of = f"{made.get_absolute_url()}services/DPS01/"
    lead = Role.objects.get(service__code="DPS01")
    roles.note_holder(role=lead, name="The Mowers", kind="company", by=ADA, now=NOW)

    assert "What it would cost is not known." in words(county.get(made.get_absolute_url()))
    form = county.get(f"{of}models/local/").context["form"]
    assert form.initial["said_by"] == "The Mowers"
    assert county.get(f"{of}models/contractor/").context["form"].initial["said_by"] == ""
    said = {"cost": "900", "jobs": "Two apprentices", "said_by": "The Mowers"}
    said |= {"said_on": str(ON), "version": "1"}
    done = words(send(county, f"{of}models/local/", acting=ada, **said))
    assert "£900 without VAT" in done
    assert "Said by The Mowers, 4 January 2027" in done
    led = words(clerk.get(made.get_absolute_url()))
    assert "It would cost £900 a year without VAT, said by The Mowers on 4 January 2027." in led
    late = send(county, f"{of}models/local/", acting=ada, **said | {"jobs": "None"})
    assert late.status_code == 409
    chosen = {"intended": "local", "intended_why": "It trains people", "version": "2"}
    done = words(send(county, f"{of}choose/", acting=ada, **chosen))
    assert "It trains people" in done
    often = {"visits": "8", "first_month": "4", "last_month": "9", "version": "3"}
    done = words(send(county, f"{of}visits/", acting=ada, **often))
    assert "8 times a year, from April to September" in done

    assert "£900 without VAT" in words(clerk.get(page))
    assert "Say how often it is done" not in words(clerk.get(page))
    assert "meant to be delivered by a local group" in words(clerk.get(made.get_absolute_url()))
    rows = clerk.get(f"{made.get_absolute_url()}models.csv").content.decode().splitlines()
    assert len(rows) == 7
    assert rows[4].startswith("Village grass,A local group or social company,Intended,")
    assert clerk.get(f"{of}choose/").status_code == 403
    assert county.get(f"{of}models/robots/").status_code == 404
    assert county.get(f"{made.get_absolute_url()}services/SGN/visits/").status_code == 404
    assert Client().get(page).status_code in (302, 403)
