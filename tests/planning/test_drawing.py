"""The maps of a plan: clusters in tints, one cluster, one council in its cluster."""

import gzip
from dataclasses import replace

import pytest

from tests.planning import examples
from waywarden.fabric.maps import drawing
from waywarden.fabric.maps.drawing import Shape
from waywarden.fabric.maps.drawn import Drawing
from waywarden.fabric.maps.signs import DIAMOND, DISC
from waywarden.planning.papers.drawing import Ground, cluster_drawing, plan_drawing

LEAD, CHOLSEY, CROWMARSH, BRIGHTWELL, MOULSFORD = examples.WALLINGFORD


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Oxfordshire with the councils around Wallingford as its one cluster."""
    held = examples.ground(examples.report())
    return replace(
        held,
        address=lambda cluster: f"/clusters/{cluster.key}/",
        page=lambda council: f"/places/{council.key}/",
    )


def shape(of: Drawing, key: str) -> Shape:
    return next(one for one in of.shapes if one.key == key)


def test_a_cluster_has_its_tint_and_leads_to_its_page(ground: Ground) -> None:
    cholsey = shape(plan_drawing(ground), CHOLSEY)

    assert cholsey.fill == ground.report.clusters[0].tint
    assert cholsey.address == f"/clusters/cluster-{LEAD}/"
    assert cholsey.said == "Cholsey: in cluster 1, Wallingford"


def test_who_goes_alone_is_white_and_leads_to_its_own_page(ground: Ground) -> None:
    didcot = shape(plan_drawing(ground), examples.ALONE)

    assert didcot.fill == "alone"
    assert didcot.address == f"/places/{examples.ALONE}/"


def test_who_stays_with_the_county_and_where_no_parish_is_is_hatched() -> None:
    drawn = plan_drawing(examples.ground(examples.nobody()))

    assert {one.fill for one in drawn.shapes} == {"none"}
    assert shape(drawn, CHOLSEY).said == "Cholsey: stays with the county"
    assert shape(drawn, "Oxford, unparished area").said.endswith("no parish")
    assert drawn.title == "Oxfordshire: no cluster is proposed"


def test_the_lead_has_the_number_and_another_lead_a_diamond(ground: Ground) -> None:
    marks = plan_drawing(ground).marks

    # In the example the first council leads village grass and the second path clearance.
    disc = next(mark for mark in marks if mark.kind == DISC)
    diamond = next(mark for mark in marks if mark.kind == DIAMOND)
    assert (disc.lon, disc.lat, disc.words) == (*ground.middles[LEAD], "1")
    assert (diamond.lon, diamond.lat) == ground.middles[CHOLSEY]
    assert diamond.said == "Cholsey: leads path clearance"


def test_the_lead_is_joined_to_each_council_it_serves(ground: Ground) -> None:
    lines = plan_drawing(ground).lines

    assert {line.start for line in lines} == {ground.middles[LEAD]}
    assert {line.end for line in lines} == {ground.middles[key] for key in examples.WALLINGFORD[1:]}


def test_around_one_cluster_everything_is_stone(ground: Ground) -> None:
    drawn = cluster_drawing(ground, 1)

    inside = {one.key for one in drawn.shapes if one.fill != "stone"}
    assert inside == set(examples.WALLINGFORD) == {one.key for one in drawn.about}
    assert {label.name for label in drawn.labels} >= {"Cholsey", "Wallingford"}


def test_one_service_alone_shows_only_its_clusters(ground: Ground) -> None:
    cluster = ground.report.clusters[0]
    apart = replace(cluster, services=cluster.services[:1])
    only = replace(ground, report=replace(ground.report, clusters=(apart,)))

    assert plan_drawing(replace(only, service="ROW")).marks == []
    (mark,) = plan_drawing(replace(only, service="DPS01")).marks
    assert mark.kind == DISC


def test_a_council_without_a_shape_is_still_served(ground: Ground) -> None:
    bare = replace(ground, shapes={k: s for k, s in ground.shapes.items() if k != CHOLSEY})

    drawn = plan_drawing(bare)

    assert CHOLSEY not in {one.key for one in drawn.shapes}
    assert len(drawn.lines) == len(examples.WALLINGFORD) - 1


def test_the_maps_of_a_plan_are_light(ground: Ground) -> None:
    for sheet in (drawing.TALL, drawing.TALL_PHONE):
        assert len(gzip.compress(plan_drawing(ground).svg(sheet).encode(), 6)) < 35_000
    assert len(gzip.compress(cluster_drawing(ground, 1).svg(drawing.NEAR).encode(), 6)) < 10_000
