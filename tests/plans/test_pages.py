"""The pages of plans, in the states a plan can be in."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from tests.cast import DAY, Cast
from tests.pages.reading import Page, body_of
from tests.plans.kept import MARLSHIRE, example, keep, keep_for
from tests.plans.tables import in_pence, read, rows_of
from waywarden.county.places.models import Boundary
from waywarden.planning.reports import Range

pytestmark = pytest.mark.django_db


def test_odd_pence_add_up_too(client: Client, cast: Cast) -> None:
    made = example(cast.county, MARLSHIRE)
    odd = Range(33, 49, 51)
    councils = [replace(one, together=one.together + odd) for one in made.councils]
    outside = [one.together for one in councils if one.cluster is None]
    clusters = [replace(one, planned=one.planned + odd) for one in made.clusters]
    planned = sum(outside, clusters[0].planned)
    keep(
        cast.county,
        MARLSHIRE,
        councils=tuple(councils),
        clusters=tuple(clusters),
        planned=planned,
    )

    *rows, _, outside_row, whole = rows_of(client, "/plans/1/", "Clusters in Plan 1")

    shown = [in_pence(row[3]) for row in (*rows, outside_row)]
    assert sum(shown) == in_pence(whole[3])
    assert in_pence(whole[3]) == (planned.expected + 50) // 100 * 100


def test_a_member_that_would_pay_more_than_alone_is_told_in_words(
    client: Client, cast: Cast
) -> None:
    made = example(cast.county, MARLSHIRE)
    dearer = [
        replace(one, together=one.alone + Range(100, 100, 100)) if one.cluster else one
        for one in made.councils
    ]
    keep(cast.county, MARLSHIRE, councils=tuple(dearer))

    page = read(client, "/plans/1/clusters/cluster-coldbrook-marlshire/")

    assert "−£1 more than alone" in " ".join(page.words.split())


@pytest.mark.parametrize(("sort", "first"), [("number", "1"), ("saved", "2"), ("holds", "2")])
def test_clusters_stand_in_the_order_asked_for(
    client: Client, cast: Cast, sort: str, first: str
) -> None:
    groups = (("coldbrook-marlshire", "wychbourne-marlshire"), ("little-haye-marlshire",))
    made = example(cast.county, groups)
    one, two = made.clusters
    cheaper = replace(two, planned=Range(100, 100, 100))
    keep(cast.county, groups, clusters=(replace(one, holds_at=("high",)), cheaper))

    rows = rows_of(client, f"/plans/1/?sort={sort}", "Clusters in Plan 1")
    page = read(client, f"/plans/1/?sort={sort}")

    assert rows[0][0].split()[0] == first
    assert len([cell for cell in page.of("th") if "aria-sort" in cell]) == 1


def test_an_order_there_is_not_is_refused_in_plain_words(client: Client, cast: Cast) -> None:
    keep_for(cast)

    answer = client.get("/plans/1/", {"sort": "<b>"})

    assert answer.status_code == 400
    words = Page(body_of(answer)).words
    assert (
        "Sort the clusters by one of these: number, councils, leads, planned, alone, saved, holds."
        in words
    )


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("shared", "The map shows all services."),
        ("per_service", "The map can show one of these: DPS01, ROW."),
    ],
)
@pytest.mark.parametrize("address", ["/plans/1/", "/plans/1/map/wide.svg", "/plans/1/map.geojson"])
def test_a_map_of_a_service_there_is_not_is_refused_in_plain_words(
    client: Client, cast: Cast, shape: str, said: str, address: str
) -> None:
    keep_for(cast, shape=shape)

    answer = client.get(address, {"service": "LIB"})

    assert answer.status_code == 400
    assert said in Page(body_of(answer)).words


def test_what_a_report_says_is_shown_and_never_run(client: Client, cast: Cast) -> None:
    made = example(cast.county, MARLSHIRE)
    nasty = "<script>alert(1)</script>"
    council = replace(made.councils[0], name=nasty, why=(nasty,))
    cluster = replace(made.clusters[0], name=nasty, binds=(nasty,))
    keep(
        cast.county,
        MARLSHIRE,
        councils=(council, *made.councils[1:]),
        clusters=(cluster,),
        left_out=((nasty, nasty),),
        findings=(nasty,),
        bound_is=nasty,
        assumed=((nasty, "C", nasty),),
    )

    for address in ("/plans/", "/plans/1/", "/plans/1/clusters/cluster-coldbrook-marlshire/",
                    "/places/coldbrook-marlshire/"):  # fmt: skip
        page = read(client, address)
        assert not "".join(page.inline).strip(), address
    assert nasty in read(client, "/plans/1/").words


def test_those_who_leave_all_with_the_county_are_told_apart_from_those_alone(
    client: Client, cast: Cast
) -> None:
    made = example(cast.county, MARLSHIRE, is_everyone=False)
    kept = Range(100_00, 200_00, 300_00)
    stays = {"alone_models": {}, "stays": ("DPS01", "ROW"), "kept": kept}
    councils = tuple(
        replace(one, **stays) if one.name == "Marl Green" else one for one in made.councils
    )
    costs = {"kept": kept, "planned": made.planned + kept, "alone": made.alone + kept}
    keep(cast.county, MARLSHIRE, is_everyone=False, councils=councils, **costs)

    page = read(client, "/plans/1/")
    rows = rows_of(client, "/plans/1/", "Clusters in Plan 1")

    assert page.texts("h1") == ["A plan for the councils that would take part"]
    assert "A proposal: each council decides for itself." in page.words
    assert rows[-2][:2] == ["Left with the county", "1"]
    assert in_pence(rows[-2][3]) == kept.expected
    assert "1 council or meeting would leave all these services with the county" in page.words
    assert (
        "leave these services with the county"
        in read(client, "/places/marl-green-marlshire/").words
    )


def test_a_place_has_no_plan_before_there_was_one(client: Client, cast: Cast) -> None:
    keep_for(cast, today=DAY)

    day_before = read(client, "/places/coldbrook-marlshire/?on=2026-03-31")

    assert "If every council took part: an illustration" not in day_before.texts("h2")


def test_the_first_page_leads_to_the_newest_plan(client: Client, cast: Cast) -> None:
    assert "See the plan" not in read(client, "/").words
    keep_for(cast)
    keep_for(cast, input_hash="ab" * 32)

    page = read(client, "/")

    assert "See the plan for the county: 1 cluster, if every council took part" in page.texts("a")
    assert "/plans/2/" in {link["href"] for link in page.of("a")}


def test_a_proposal_is_not_called_an_illustration_on_the_first_page(
    client: Client, cast: Cast
) -> None:
    keep_for(cast, is_everyone=False)

    assert "1 cluster proposed, for each council to decide" in read(client, "/").words


def test_plans_are_listed_newest_first_and_none_says_how_to_make_one(
    client: Client, cast: Cast
) -> None:
    assert "waywarden plan --keep" in read(client, "/plans/").words
    keep_for(cast)
    keep_for(cast, input_hash="ab" * 32)

    links = [link["href"] for link in read(client, "/plans/").of("a")]

    assert [way for way in links if re.fullmatch(r"/plans/\d+/", way)] == ["/plans/2/", "/plans/1/"]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/plans/9/", "/plans/1/"),
        ("/plans/one/", "/plans/1/"),
        ("/plans/99999999999999999999/", "/plans/1/"),
        ("/plans/1/clusters/coldbrok/", "/plans/1/clusters/cluster-coldbrook-marlshire/"),
        ("/plans/1/clusters/zzzzzz/", "/plans/1/"),
        ("/plans/1/clusters/Coldbrook/", "/plans/1/clusters/cluster-coldbrook-marlshire/"),
    ],
)
def test_a_mistyped_address_is_met_with_what_it_may_have_meant(
    client: Client, cast: Cast, address: str, meant: str
) -> None:
    keep_for(cast)

    answer = client.get(address)

    assert answer.status_code == 404
    page = Page(body_of(answer))
    assert page.texts("h1") == ["There is no page here"]
    assert meant in {link["href"] for link in page.of("a")}


@pytest.mark.parametrize(
    "address",
    [
        "/plans/0/",
        "/plans/1/map/enormous.svg",
        "/plans/2/map.geojson",
        "/plans/1/clusters/nothing/",
        "/plans/1/clusters/nothing/members.csv",
        "/plans/1/clusters/nothing/map/wide.svg",
        "/plans/1/clusters/cluster-coldbrook-marlshire/map/huge.svg",
        "/plans/99999999999999999999/clusters.csv",
    ],
)
def test_what_a_plan_has_not_is_not_there(client: Client, cast: Cast, address: str) -> None:
    keep_for(cast)

    assert client.get(address).status_code == 404


def test_a_plan_without_shapes_has_its_table_and_says_there_is_no_map(
    client: Client, cast: Cast
) -> None:
    keep_for(cast)
    Boundary.objects.all().delete()

    page = read(client, "/plans/1/")

    assert "No shapes are held for the county" in page.words
    assert client.get("/plans/1/map/wide.svg").status_code == 404
    cluster = read(client, "/plans/1/clusters/cluster-coldbrook-marlshire/")
    assert "The table lists every member" in cluster.words


def test_a_plan_of_each_service_by_itself_says_which_the_map_shows(
    client: Client, cast: Cast
) -> None:
    keep_for(cast, shape="per_service")

    page = read(client, "/plans/1/")
    other = read(client, "/plans/1/?service=ROW")

    assert "The map shows the clusters of village grass alone." in page.words
    assert "The map shows the clusters of path clearance alone." in other.words
    assert "?service=ROW" in {link["href"] for link in page.of("a")}
    assert "/plans/1/map/wide.svg?service=ROW" in {picture["src"] for picture in other.of("img")}
    assert client.get("/plans/1/map/phone.svg?service=ROW").status_code == 200
    map_of_one = "/plans/1/clusters/cluster-coldbrook-marlshire/map.geojson"
    assert client.get(map_of_one).status_code == 200


def test_how_plans_are_made_is_told_without_any_county(client: Client, db: None) -> None:
    page = read(client, "/plans/how-plans-are-made/")

    assert "What the proof means" in page.texts("h2")


def test_a_plan_in_which_nobody_takes_part_says_that_nothing_changes(
    client: Client, cast: Cast
) -> None:
    made = example(cast.county, (), is_everyone=False)
    staying = [replace(one, alone_models={}, stays=("DPS01", "ROW")) for one in made.councils]
    keep(
        cast.county,
        (),
        is_everyone=False,
        councils=tuple(staying),
        kept=made.now,
        planned=made.now,
        alone=made.now,
    )

    page = read(client, "/plans/1/")

    assert page.texts("h1") == ["No council has said that it would take part"]
    assert "so nothing changes" in page.words
    assert "No cluster is proposed." in page.words
    assert "This plan" not in page.texts("dt")
    assert "No plan of shared clusters" not in page.words
    assert client.get("/plans/1/map/wide.svg").status_code == 200
    assert client.get("/plans/").status_code == client.get("/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/plans/1/map/wide.svg",
        "/plans/1/map.geojson",
        "/plans/1/clusters/cluster-coldbrook-marlshire/map/wide.svg",
        "/plans/1/clusters/cluster-coldbrook-marlshire/",
    ],
)
def test_a_kept_plan_is_shown_as_it_was_when_a_member_has_ended(
    client: Client, cast: Cast, address: str
) -> None:
    keep_for(cast)
    before = DAY.replace(year=DAY.year - 1)
    type(cast.wychbourne).objects.filter(pk=cast.wychbourne.pk).update(ends_on=before)
    type(cast.coldbrook).objects.filter(pk=cast.coldbrook.pk).update(name="Renamed since")

    answer = client.get(address)

    assert answer.status_code == 200
    assert "Renamed since" not in answer.content.decode()


def test_a_long_list_of_plans_shows_the_newest_and_where_the_older_are(
    client: Client, cast: Cast
) -> None:
    for number in range(12):
        keep_for(cast, input_hash=f"{number:064x}")

    page = read(client, "/plans/")

    assert len([words for words in page.texts("h2") if words.startswith("Plan ")]) == 10
    assert "?page=2#list" in [link.get("href") for link in page.of("a")]
