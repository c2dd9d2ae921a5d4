"""The pages of a plan of the real Oxfordshire show what its report says, and nothing else."""

import pytest
from django.test import Client

from tests.plans.kept import OXFORDSHIRE
from tests.plans.tables import in_pence, read, rows_of, table
from waywarden.county.places.models import Area
from waywarden.devolution.plans import queries
from waywarden.planning.reports import Report
from waywarden.planning.words.wording import between, short_pounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned_oxfordshire")]

CHOLSEY = "/plans/1/clusters/cluster-cholsey-south-oxfordshire/"


@pytest.fixture
def report(planned_oxfordshire: Area) -> Report:
    run = queries.shown_run_of(planned_oxfordshire)
    assert run
    return queries.report_of(run)


def test_a_plan_shows_its_three_costs_as_ranges_and_calls_them_estimates(
    client: Client, report: Report
) -> None:
    costs = read(client, "/plans/1/").texts("dd")

    for cost in (report.now, report.alone, report.planned):
        assert short_pounds(cost.expected) in costs
        assert [words for words in costs if words.startswith(f"{between(cost)} estimate (C)")]


def test_a_plan_says_what_it_is_and_how_good_it_is_proven_to_be(
    client: Client, report: Report
) -> None:
    page = read(client, "/plans/1/")

    assert page.texts("h1") == ["If every council took part: an illustration"]
    assert "A proposal: each council decides for itself." in page.words
    assert (
        "No plan of shared clusters under these prices and rules can be more than 2% cheaper."
        in page.words
    )
    assert f"{report.bound_is[0].upper()}{report.bound_is[1:]}." in page.words
    assert "/plans/how-plans-are-made/#proof" in {link["href"] for link in page.of("a")}


def test_the_county_s_own_position_stands_beside_the_plan(client: Client) -> None:
    words = read(client, "/plans/1/").words

    assert "the county goes on paying as it does now, £485k to £767k estimate (C) a year" in words
    assert "If it handed over the same sum, the councils would find the rest" in words
    assert "Nobody knows yet what it would offer." in words


def test_the_rows_of_clusters_add_up_to_the_plan(client: Client, report: Report) -> None:
    *rows, together, outside, whole = rows_of(client, "/plans/1/", "Clusters in Plan 1")

    assert len(rows) == len(report.clusters) == 2
    for column in (3, 4):
        assert sum(in_pence(row[column]) for row in rows) == in_pence(together[column])
        assert in_pence(together[column]) + in_pence(outside[column]) == in_pence(whole[column])
    assert [in_pence(whole[3]), in_pence(whole[4])] == [
        report.planned.expected,
        report.alone.expected,
    ]
    assert [together[1], outside[1], whole[1]] == ["7", "314", "321"]


def test_the_members_of_a_cluster_pay_what_it_costs(client: Client, report: Report) -> None:
    *rows, total = rows_of(client, CHOLSEY, "Each member’s cost")
    *services, together = rows_of(client, CHOLSEY, "Service leads")

    cluster = report.clusters[0]
    assert [row[0].split(" Kind")[0].split(" Town")[0] for row in rows] == [
        "Cholsey",
        "Wallingford",
        "Crowmarsh",
        "Moulsford",
    ]
    assert sum(in_pence(row[3]) for row in rows) == in_pence(total[3]) == cluster.planned.expected
    assert sum(in_pence(row[2]) for row in rows) == in_pence(total[2]) == cluster.alone.expected
    assert sum(in_pence(row[-1]) for row in services) == in_pence(together[-1])
    assert in_pence(together[-1]) == cluster.planned.expected


def test_a_cluster_says_who_leads_how_and_how_much_of_the_busiest_month_that_takes(
    client: Client,
) -> None:
    rows = rows_of(client, CHOLSEY, "Service leads")

    assert rows[0] == ["Village grass", "Cholsey", "Own staff 63% full", "£6,000"]
    assert rows[1] == ["Path clearance", "Wallingford", "Volunteers no limit", "£6,000"]
    words = read(client, CHOLSEY).words
    assert "Cholsey could take no more in the peak month." in words
    assert "in proportion to what each would pay alone" in words


def test_those_alone_and_those_left_out_are_named(client: Client, report: Report) -> None:
    page = read(client, "/plans/1/")

    leads = {link["href"] for link in page.of("a")}
    assert "/places/didcot-south-oxfordshire/" in leads
    (name, why), *_ = report.left_out
    assert f"{name}: {why}" in page.words
    assert "314 councils or meetings would do better, or no worse, alone" in page.words


def test_every_assumption_stands_there_with_its_letter_and_source(
    client: Client, report: Report
) -> None:
    rows = rows_of(client, "/plans/1/", "What the plan rests on")

    assert len(rows) == len(report.assumed)
    assert rows[0][1] == "C: an estimate or a judgement"


def test_the_page_of_a_place_says_what_the_plan_would_mean_there(
    client: Client, planned_oxfordshire: Area
) -> None:
    page = read(client, "/places/wallingford-south-oxfordshire/")
    changes = rows_of(client, "/places/wallingford-south-oxfordshire/", "What would change")

    assert "If every council took part: an illustration" in page.texts("h2")
    assert "£3,360 to £5,320 estimate (C) a year" in page.words
    assert "£2,520 to £3,990 estimate (C) a year" in page.words
    assert "in proportion to what each would pay alone" in page.words
    assert changes == [
        ["Village grass", "Contractor", "Cholsey would deliver with its own staff"],
        ["Path clearance", "Contractor", "It would deliver for all with volunteers"],
    ]
    assert {CHOLSEY, "/plans/1/"} <= {link["href"] for link in page.of("a")}
    assert "Wallingford is an example." in page.words


def test_a_place_in_no_cluster_is_told_that_it_goes_alone(
    client: Client, planned_oxfordshire: Area
) -> None:
    words = read(client, "/places/didcot-south-oxfordshire/").words

    assert "Didcot would go alone" in words
    assert "Together it would pay" not in words


def test_a_place_without_a_parish_has_no_plan(client: Client, planned_oxfordshire: Area) -> None:
    page = read(client, "/places/oxford-unparished-area-oxford/")

    assert "If every council took part: an illustration" not in page.texts("h2")


def test_the_downloads_hold_the_figures_to_the_penny(client: Client, report: Report) -> None:
    clusters = table(client, "/plans/1/clusters.csv")
    councils = table(client, "/plans/1/councils.csv")
    members = table(client, f"{CHOLSEY}members.csv")

    assert [row["number"] for row in clusters] == ["1", "2"]
    assert clusters[0]["planned_low_estimate"] == f"{report.clusters[0].planned.low / 100:.2f}"
    assert len(councils) == 321
    paid = sum(round(float(row["together_expected_estimate"]) * 100) for row in councils)
    assert paid == report.planned.expected
    assert {row["cluster_numbers"] for row in members} == {"1"}
    assert len(members) == 4
    money = [name for name in councils[0] if name.startswith(("alone", "together"))]
    assert len(money) == 6
    assert all(name.endswith("_estimate") for name in money)


def test_the_map_leads_from_each_cluster_to_its_page(client: Client, report: Report) -> None:
    shapes = client.get("/plans/1/map.geojson").json()["features"]

    leads = {shape["properties"].get("address") for shape in shapes}
    assert CHOLSEY in leads
    assert len(OXFORDSHIRE) == len({way for way in leads if way and "/clusters/" in way})
