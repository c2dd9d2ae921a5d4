"""The pages of clusters: proposing one, joining, leading, terms, and who is shown what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.clusters.formed import council, drawn_up, held, joined, lead, proposed
from tests.offers.asked import send, words
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import Cluster, Membership

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def now() -> datetime:
    """Give the moment at which the tests run."""
    return datetime.now(UTC)


def test_ld1_a_cluster_goes_from_the_idea_to_its_forming_on_its_pages(cast: Cast) -> None:
    ada, colm, bron = cast.at_the_county, cast.at_coldbrook, cast.at_wychbourne
    county, clerk, town = (cast.signed_in(each) for each in (cast.ada, cast.colm, cast.bron))
    starts_on = str(localdate() + timedelta(days=200))
    idea = {"name": "The Brook", "starts_on": starts_on, "services": "DPS01", "lead": "Wychbourne"}

    wrong = idea | {"members": "Coldbrook\nNowhere", "lead": "Marl Green"}
    refused = send(county, "/clusters/propose/", acting=ada, **wrong)
    assert refused.status_code == 400
    assert "No council, or more than one, is called: Nowhere" in words(refused)
    wrong["members"] = "Coldbrook"
    said = words(send(county, "/clusters/propose/", acting=ada, **wrong))
    assert "Name one of the councils to be invited" in said
    idea["members"] = "Coldbrook\nWychbourne Town Council\n"
    page = words(send(county, "/clusters/propose/", acting=ada, **idea))
    assert "It is proposed. Nobody is invited yet." in page
    assert Client().get("/clusters/the-brook/").status_code == 404
    assert "The Brook" not in words(Client().get("/clusters/"))
    assert "The Brook" in words(county.get("/clusters/"))

    page = words(send(county, "/clusters/the-brook/invite/", acting=ada))
    assert "The councils are invited." in page
    again = words(send(county, "/clusters/the-brook/invite/", acting=ada))
    assert "by now. Look at it again." in again

    where = "/clusters/the-brook/members"
    for browser, acting, body, alone in (
        (clerk, colm, "coldbrook-council", "1,500"),
        (town, bron, "wychbourne-council", "3,000"),
    ):
        answered = {"answer": "agreed", "reference": "12.3", "stated_on": "2026-04-12"}
        send(browser, f"{where}/{body}/answer/", acting=acting, **answered)
        version = str(Membership.objects.get(body__key=body).version)
        told = {"alone": alone, "alone_source": "A quote", "version": version}
        send(browser, f"{where}/{body}/alone/", acting=acting, **told)
    found = Cluster.objects.get()
    role = queries.lead_of(found)
    taken = words(send(town, f"/clusters/the-brook/roles/{role.pk}/accept/", acting=bron))
    assert "Wychbourne Town Council has taken the role: Cluster lead." in taken
    late = words(send(clerk, f"/clusters/the-brook/roles/{role.pk}/accept/", acting=colm))
    assert "Wychbourne Town Council took it first, on" in late

    version = str(found.version)
    nought = {"whole": "0", "whole_source": "A quote", "version": version}
    cost = f"{found.get_absolute_url()}cost/"
    assert "Enter more than nought" in words(send(town, cost, acting=bron, **nought))
    send(town, cost, acting=bron, **nought | {"whole": "3,600"})
    form = town.get("/clusters/the-brook/terms/draw-up/").context["form"]
    typed = {name: value for name, value in form.initial.items() if value is not None}
    draw_up = "/clusters/the-brook/terms/draw-up/"
    ends = {"season_ends_on": "2020-01-01", "quorum": "9"}
    wrong_page = words(send(town, draw_up, acting=bron, **typed | ends))
    assert "Enter the first day of the season or a later one" in wrong_page
    assert "Enter 2 or fewer: there are no more votes" in wrong_page
    page = words(send(town, draw_up, acting=bron, **typed))
    # A fifth less than alone for both.
    assert "£1,500 £1,200 £300 20.0 %" in page
    again = town.get(draw_up).context["form"].initial
    assert again["rule"] == "alone"

    shown = queries.terms_of(found)[0].hash
    resolved = {"reference": "14", "stated_on": str(localdate()), "shown": shown}
    stale = resolved | {"shown": "0" * 64}
    agree = f"{where}/coldbrook-council/agree/"
    assert send(clerk, agree, acting=colm, **stale).status_code == 409
    agreed = words(send(clerk, agree, acting=colm, **resolved))
    assert "The agreement of Coldbrook Parish Council is recorded." in agreed
    early = words(send(town, "/clusters/the-brook/form/", acting=bron))
    assert "Not agreed to the terms yet: Wychbourne Town Council." in early
    send(town, f"{where}/wychbourne-council/agree/", acting=bron, **resolved)
    formed = words(send(town, "/clusters/the-brook/form/", acting=bron))
    assert "The Brook is formed." in formed
    assert "In force are terms 1" in words(clerk.get("/clusters/the-brook/"))

    public = words(Client().get("/clusters/the-brook/"))
    assert "Coldbrook Parish Council" in public
    assert "£" not in public


def test_the_county_changes_adds_notes_and_withdraws(cast: Cast) -> None:
    made, acting = joined(cast, now=now()), cast.at_the_county
    county, where = cast.signed_in(cast.ada), "/clusters/wychbourne-and-neighbours"
    grass = queries.roles_of(made)[1]

    assert "more than one" in words(
        send(county, f"{where}/members/add/", acting=acting, council="Nowhere")
    )
    added = words(send(county, f"{where}/members/add/", acting=acting, council="Little Haye"))
    assert "No letter could be sent to: Little Haye parish" in added
    noted = {"name": "Green Hands", "kind": "company"}
    page = words(send(county, f"{where}/roles/{grass.pk}/note/", acting=acting, **noted))
    assert "Green Hands leads: Lead for Village grass." in page
    months = {f"month_{month}": "500" for month in range(1, 13)}
    version = str(queries.roles_of(made)[1].version)
    capacity = f"{where}/roles/{grass.pk}/capacity/"
    assert "It is kept." in words(send(county, capacity, acting=acting, version=version, **months))
    over = send(county, capacity, acting=acting, version=version, **months | {"month_1": "7"})
    assert over.status_code == 409
    assert county.get(f"{where}/roles/{queries.lead_of(made).pk}/capacity/").status_code == 404
    assert county.get(f"{where}/roles/999999/give-up/").status_code == 404
    gone = words(send(county, f"{where}/roles/{grass.pk}/give-up/", acting=acting, reason="No"))
    assert "Another can take it now." in gone
    assert county.get(f"{where}/members/county-council/leave/").status_code == 404
    assert county.get(f"{where}/terms/1/").status_code == 404
    assert county.get("/clusters/nowhere/change/").status_code == 404
    assert county.get(f"{where}/members/little-haye-parish/agree/").status_code == 302
    changed = {"name": "The Hill", "starts_on": "2029-04-01", "version": str(made.version)}
    assert "It is changed." in words(send(county, f"{where}/change/", acting=acting, **changed))
    page = words(send(county, f"{where}/withdraw/", acting=acting, reason="No"))
    assert "It is withdrawn." in page
    assert "The Hill" in Client().get("/clusters/clusters.csv").content.decode()


def test_ab15_who_left_is_shown_its_own_time_and_no_more(cast: Cast) -> None:
    made, colm = joined(cast, now=now() - timedelta(days=9)), cast.at_coldbrook
    first = drawn_up(made, now=now() - timedelta(days=9))
    lead(made, cast.wychbourne_council)
    yesterday = localdate() - timedelta(days=1)
    Membership.objects.filter(body=cast.coldbrook_council).update(
        starts_on=yesterday, ends_on=yesterday
    )
    second = drawn_up(made, now=now())
    clerk, history = cast.signed_in(cast.colm), f"/history/cluster/{made.key}/"

    assert clerk.get(first.get_absolute_url()).status_code == 200
    assert clerk.get(second.get_absolute_url()).status_code == 403
    assert "What each member pays" not in words(clerk.get(made.get_absolute_url()))
    assert clerk.get(f"{made.get_absolute_url()}members/add/").status_code == 403
    # The lines of the journal are of today, when it was a member no more.
    told = clerk.get(history)
    assert "drew up terms" not in words(told)
    assert colm.body == council(cast, "coldbrook")
    assert held(made, cast.coldbrook_council).stage(localdate()) == "Left"
    _ = cast.at_wychbourne
    assert "drew up terms" in words(cast.signed_in(cast.bron).get(history))


def test_the_history_is_for_those_inside(cast: Cast) -> None:
    made = joined(cast, "wychbourne", "marl_green", now=now())
    history = f"/history/cluster/{made.key}/"
    _ = cast.at_the_county, cast.at_coldbrook
    volunteer = cast.office(cast.dot, cast.wychbourne_council, "volunteer-coordinator")

    assert Client().get(history).status_code == 404
    assert cast.signed_in(cast.colm).get(history).status_code == 404
    assert cast.signed_in(cast.dot).get(history).status_code == 404
    assert volunteer.body == cast.wychbourne_council
    assert "proposed a cluster" in words(cast.signed_in(cast.ada).get(history))
    assert Client().get("/history/cluster/nowhere/").status_code == 404


def test_nobody_answers_for_another_council_and_a_holder_keeps_its_own_role(cast: Cast) -> None:
    _ = cast.at_wychbourne, cast.at_coldbrook
    made = joined(cast, now=now())
    lead(made, cast.wychbourne_council, now=now())
    Cluster.objects.update(proposed_by=cast.coldbrook_council)
    clerk, town = cast.signed_in(cast.colm), cast.signed_in(cast.bron)
    role = queries.lead_of(made)
    theirs = f"{made.get_absolute_url()}members/wychbourne-council"
    own = f"{made.get_absolute_url()}members/coldbrook-council"

    # Coldbrook proposed it and Wychbourne leads it: neither may speak for the other.
    for page in ("answer", "alone", "leave", "agree"):
        assert clerk.get(f"{theirs}/{page}/").status_code == 403
        assert town.get(f"{own}/{page}/").status_code == 403
    assert clerk.get(f"{made.get_absolute_url()}roles/{role.pk}/give-up/").status_code == 403
    assert town.get(f"{made.get_absolute_url()}roles/{role.pk}/give-up/").status_code == 200
    assert "Give it up" in words(town.get(made.get_absolute_url()))
    assert "Give it up" not in words(clerk.get(made.get_absolute_url()))


def test_many_clusters_are_listed_in_as_many_queries_as_few(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    ada = cast.at_the_county
    browser = cast.signed_in(ada.person)
    for _ in range(12):
        proposed(cast)
    browser.get("/clusters/")

    with django_assert_max_num_queries(20):
        page = browser.get("/clusters/")

    assert words(page).count("Wychbourne and neighbours") == 12
