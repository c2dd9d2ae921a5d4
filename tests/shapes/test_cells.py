"""Modelled cells have their parishes' true areas, and share edges with the right ones."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
import shapely
import shapely.geometry
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from waywarden import data
from waywarden.county.shapes.cells import (
    CellsNotFound,
    modelled_cells,
    modelled_outline,
    neighbours,
    to_british_grid,
    to_wgs84,
)
from waywarden.county.shapes.modelled import (
    ModelledCounty,
    cells_geojson,
    modelled_county,
    neighbours_csv,
)

# Two kilometres by one: 200 hectares.
FIELD = shapely.box(0, 0, 2000, 1000)


@pytest.fixture(scope="module")
def oxfordshire() -> ModelledCounty:
    return modelled_county("Oxfordshire")


def overlap_m2(cells: Sequence[BaseGeometry]) -> float:
    shapes = np.asarray(cells, dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pair = first < second
    # On a micrometre grid: GEOS 3.14.1 may return a whole cell for two that share an edge and
    # differ in its last digit.
    shared = shapely.intersection(shapes[first[pair]], shapes[second[pair]], grid_size=1e-6)
    return float(shapely.area(shared).sum())


def largest_area_error(cells: Sequence[BaseGeometry], areas_ha: Sequence[float]) -> float:
    return max(
        abs(cell.area / 10_000 / area - 1) for cell, area in zip(cells, areas_ha, strict=True)
    )


def test_two_equal_parishes_split_a_rectangle_in_half() -> None:
    # The dividing line is at right angles to the line between the centres, and
    # each half of 2000 m x 1000 m is 100 ha: so it runs at x = 1000.
    left, right = modelled_cells([(400, 500), (900, 500)], [100, 100], FIELD)

    assert left.bounds == pytest.approx((0, 0, 1000, 1000), abs=2)
    assert right.bounds == pytest.approx((1000, 0, 2000, 1000), abs=2)


def test_a_parish_a_third_the_size_of_the_other_has_a_quarter_of_the_rectangle() -> None:
    # 1:3 of 200 ha is 50 ha and 150 ha: the line runs at x = 50 ha / 1000 m = 500.
    small, large = modelled_cells([(400, 500), (900, 500)], [50, 150], FIELD)

    assert small.bounds == pytest.approx((0, 0, 500, 1000), abs=2)
    assert large.bounds == pytest.approx((500, 0, 2000, 1000), abs=2)


def test_areas_that_do_not_fill_the_outline_are_stretched_alike() -> None:
    small, large = modelled_cells([(400, 500), (900, 500)], [5, 15], FIELD)

    assert large.area == pytest.approx(3 * small.area, rel=0.01)
    assert small.area + large.area == pytest.approx(FIELD.area)


def test_one_parish_fills_its_outline() -> None:
    (only,) = modelled_cells([(400, 500)], [1], FIELD)

    assert only.equals(FIELD)


def test_centres_on_one_spot_or_outside_the_outline_still_have_their_area() -> None:
    centres = [(400, 500)] * 4 + [(-3000, 200), (5000, 9000)]
    areas = [10, 20, 30, 40, 50, 50]

    cells = modelled_cells(centres, areas, FIELD)

    assert largest_area_error(cells, areas) < 0.005


def test_two_islands_each_keep_their_own_parishes() -> None:
    islands = shapely.union_all([shapely.box(0, 0, 1000, 1000), shapely.box(5000, 0, 6000, 1000)])

    cells = modelled_cells([(300, 500), (700, 500), (5500, 500)], [50, 50, 100], islands)

    assert cells[2].bounds == pytest.approx((5000, 0, 6000, 1000))
    assert largest_area_error(cells, [50, 50, 100]) < 0.005


def test_a_hole_in_the_outline_belongs_to_nobody() -> None:
    ring = FIELD.difference(shapely.box(900, 300, 1200, 700))
    areas = [ring.area / 30_000] * 3

    cells = modelled_cells([(300, 500), (1000, 500), (1700, 500)], areas, ring)

    assert largest_area_error(cells, areas) < 0.005
    assert sum(cell.area for cell in cells) == pytest.approx(ring.area)


def test_progress_is_told_after_every_round_and_ends_near_nothing() -> None:
    told: list[tuple[int, float]] = []

    modelled_cells(
        [(400, 500), (900, 500), (1900, 100)], [50, 100, 50], FIELD,
        lambda round_, worst: told.append((round_, worst)),
    )  # fmt: skip

    assert [round_ for round_, _ in told] == list(range(len(told)))
    assert told[-1][1] < 0.001


@pytest.mark.parametrize(
    ("centres", "areas", "said"),
    [
        ([], [], "There is no parish to draw."),
        ([(1, 1)], [0], "Every parish needs an area greater than nothing."),
        ([(1, 1)], [float("nan")], "Every parish needs an area greater than nothing."),
        ([(1, 1)], [1, 1], "Give one area for each centre."),
    ],
)
def test_nonsense_is_refused_in_a_sentence(
    centres: list[tuple[float, float]], areas: list[float], said: str
) -> None:
    with pytest.raises(CellsNotFound, match=said):
        modelled_cells(centres, areas, FIELD)


def test_an_outline_without_land_is_refused() -> None:
    with pytest.raises(CellsNotFound, match="The outline holds no land"):
        modelled_cells([(1, 1)], [1], shapely.Polygon())


parish = st.tuples(
    st.floats(-200, 2200), st.floats(-200, 1200), st.floats(1, 50, allow_subnormal=False)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(parish, min_size=2, max_size=25))
def test_whatever_the_parishes_cells_have_true_areas_cover_all_and_do_not_overlap(
    parishes: list[tuple[float, float, float]],
) -> None:
    centres = [(x, y) for x, y, _ in parishes]
    total = sum(area for *_, area in parishes)
    areas = [area * 200 / total for *_, area in parishes]

    cells = modelled_cells(centres, areas, FIELD)

    assert largest_area_error(cells, areas) < 0.005
    assert overlap_m2(cells) < 1
    assert sum(cell.area for cell in cells) == pytest.approx(FIELD.area)


def test_drawing_again_gives_the_very_same_cells() -> None:
    centres, areas = [(400, 500), (900, 500), (1500, 800)], [40, 100, 60]

    first = modelled_cells(centres, areas, FIELD)
    second = modelled_cells(centres, areas, FIELD)

    assert [cell.wkb for cell in first] == [cell.wkb for cell in second]


def test_a_likely_outline_of_one_parish_is_a_disc_of_its_area() -> None:
    outline = modelled_outline([(0, 0)], [100])

    assert outline.area == pytest.approx(1_000_000, rel=0.001)
    assert outline.bounds[2] == pytest.approx((1_000_000 / np.pi) ** 0.5, rel=0.005)


def test_a_likely_outline_has_the_area_of_its_parishes_in_every_separate_part() -> None:
    outline = modelled_outline([(0, 0), (600, 0), (900, 300), (20_000, 0)], [100, 50, 70, 30])

    west, east = sorted(outline.geoms, key=lambda part: part.bounds[0])
    assert west.area == pytest.approx(2_200_000, rel=0.001)
    assert east.area == pytest.approx(300_000, rel=0.001)


def test_neighbours_share_an_edge_long_enough() -> None:
    left, middle, right = shapely.box(0, 0, 1, 2), shapely.box(1, 0, 3, 1), shapely.box(3, 0, 4, 1)
    squares = [
        shapely.affinity.scale(box, 100, 100, origin=(0, 0)) for box in (left, middle, right)
    ]

    (first, second) = neighbours(squares)

    assert (first.a, first.b, first.distance_m) == (0, 1, 158)
    assert first.shared_edge_m == pytest.approx(100, abs=6)
    assert (second.a, second.b) == (1, 2)
    assert neighbours(squares, minimum_shared_edge_m=150) == []


def test_distances_run_between_the_centres_when_they_are_given() -> None:
    (pair,) = neighbours(
        [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)],
        centres=[(0, 0), (300, 400)],
    )

    assert pair.distance_m == 500


def test_a_shape_in_longitude_and_latitude_is_rounded_and_turns_the_right_way() -> None:
    ring = shapely.box(450_000, 180_000, 452_000, 182_000).difference(
        shapely.box(450_500, 180_500, 451_000, 181_000)
    )

    moved = to_wgs84(ring)

    coordinates = shapely.get_coordinates(moved)
    assert (coordinates == np.round(coordinates, 5)).all()
    assert moved.exterior.is_ccw
    assert not any(hole.is_ccw for hole in moved.interiors)
    assert coordinates[:, 0] == pytest.approx(-1.27, abs=0.03)
    assert to_british_grid(moved).area == pytest.approx(ring.area, rel=0.005)


def test_every_cell_of_oxfordshire_has_its_parish_s_true_area(oxfordshire: ModelledCounty) -> None:
    areas = [site.area_ha for site in oxfordshire.sites]

    assert len(oxfordshire.cells) == 322
    assert largest_area_error(oxfordshire.cells, areas) < 0.005


def test_the_cells_of_a_district_fill_its_outline_and_do_not_overlap(
    oxfordshire: ModelledCounty,
) -> None:
    for code, outline in data.district_outlines("Oxfordshire").items():
        land = to_british_grid(shapely.geometry.shape(outline))
        cells = [
            cell
            for site, cell in zip(oxfordshire.sites, oxfordshire.cells, strict=True)
            if site.district_code == code
        ]

        assert overlap_m2(cells) < 1
        assert shapely.union_all(cells).symmetric_difference(land).area < 1


def test_the_cells_and_neighbours_shipped_are_those_drawn(oxfordshire: ModelledCounty) -> None:
    # Compared as places, not bytes: another machine's arithmetic may differ in
    # the last digit.
    shipped = data.cells("Oxfordshire")
    drawn = oxfordshire.geojson()

    assert shipped.keys() == drawn.keys()
    for code, geometry in drawn.items():
        ours = shapely.geometry.shape(geometry)
        assert ours.is_valid
        assert shapely.geometry.shape(shipped[code]).symmetric_difference(ours).area < 1e-6
    assert {(pair.code_a, pair.code_b) for pair in data.neighbours("Oxfordshire")} == {
        (pair.code_a, pair.code_b) for pair in oxfordshire.neighbours()
    }


def test_drawing_oxfordshire_again_writes_the_very_same_files(oxfordshire: ModelledCounty) -> None:
    again = modelled_county("Oxfordshire")

    assert cells_geojson(again) == cells_geojson(oxfordshire)
    assert neighbours_csv(again) == neighbours_csv(oxfordshire)


def test_all_seven_true_neighbours_of_cholsey_are_found(oxfordshire: ModelledCounty) -> None:
    # Truth: the polygons of the Office for National Statistics. North Moreton
    # is the one false neighbour that the model adds.
    names = {site.code: site.name for site in oxfordshire.sites}
    found = {
        names[code]
        for pair in oxfordshire.neighbours()
        for code, other in [(pair.code_a, pair.code_b), (pair.code_b, pair.code_a)]
        if names[other] == "Cholsey"
    }

    assert found - {"North Moreton"} == {
        "Aston Tirrold", "Brightwell-cum-Sotwell", "Crowmarsh", "Moulsford",
        "South Moreton", "South Stoke", "Wallingford",
    }  # fmt: skip


def test_from_every_place_in_oxfordshire_one_can_walk_to_every_other(
    oxfordshire: ModelledCounty,
) -> None:
    edges = [(pair.code_a, pair.code_b) for pair in oxfordshire.neighbours()]
    reached, growing = {edges[0][0]}, True
    while growing:
        further = {b for a, b in edges if a in reached} | {a for a, b in edges if b in reached}
        growing = not further <= reached
        reached |= further

    assert len(reached) == 322


@pytest.mark.parametrize("name", ["Cornwall", "Devon"])
def test_a_county_whose_outline_is_not_held_is_drawn_inside_a_likely_one(name: str) -> None:
    told: list[float] = []

    drawn = modelled_county(name, lambda round_, worst: told.append(worst))

    areas = [site.area_ha for site in drawn.sites]
    assert len(drawn.cells) == len(data.county(name).parishes)
    assert largest_area_error(drawn.cells, areas) < 0.005
    assert overlap_m2(drawn.cells) < 1
    assert min(told) < 0.001


def test_a_county_without_parishes_has_no_cells() -> None:
    assert modelled_county("Reading") == ModelledCounty((), ())


def test_the_members_of_real_clusters_hang_together(oxfordshire: ModelledCounty) -> None:
    members = {one.code for one in data.real_clusters() if one.county == "Oxfordshire"}
    inside = [
        {pair.code_a, pair.code_b}
        for pair in oxfordshire.neighbours()
        if {pair.code_a, pair.code_b} <= members
    ]

    reached = set(inside[0])
    for _, edge in pairwise([*inside, *inside]):
        reached |= edge if edge & reached else set()
    assert reached == members
