"""Official boundaries in other coordinates, broken shapes, and files that mean harm."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping, shape

from tests.cast import ADA, DAY, SQUARES, Cast, middle, square
from tests.intake.files import (
    CODES,
    feature,
    polygon,
    shapes,
    text,
)
from tests.official.drawing import Load, here, line, real_boundaries, without
from waywarden.county.official import geojson, importing
from waywarden.county.official.grid import shape_in_metres
from waywarden.county.places import lookup
from waywarden.county.places.models import Boundary
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.tables.previews import Preview
from waywarden.fabric.tables.problems import UnreadableTable

pytestmark = pytest.mark.django_db


# Coordinates.


def on_grid(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw features on the British National Grid."""
    for one in features:
        drawn = shape_in_metres(shape(one["geometry"]))
        one["geometry"] = json.loads(json.dumps(mapping(drawn)))
    return features


@pytest.mark.parametrize("members", [{}, {"crs": {"properties": {"name": "EPSG:27700"}}}])
def test_the_national_grid_is_turned_into_degrees_and_said(
    county: Cast, load: Load, members: dict[str, Any]
) -> None:
    preview = load(on_grid(shapes()), **members)

    assert line(preview, "It is drawn on the British National Grid")
    found = lookup.place_at(*middle("marl_green"), county=county.county, on=DAY)
    assert found.choices == (county.marl_green,)


def test_other_coordinates_are_refused_by_name(load: Load) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(Refusal, match=r"“urn:ogc:def:crs:EPSG::3857”\. Export it in longitude"):
        load(shapes(), crs=crs)


def test_coordinates_of_no_system_we_know_are_refused(load: Load) -> None:
    moved = polygon([-145e3, 67e5], [-140e3, 67e5], [-140e3, 68e5], [-145e3, 67e5])
    with pytest.raises(UnreadableTable, match="neither longitude and latitude nor British"):
        load([feature(CODES["coldbrook"], "Coldbrook", moved)])


def test_latitude_before_longitude_is_noticed(load: Load) -> None:
    turned = [[y, x] for x, y in here("coldbrook")]
    with pytest.raises(UnreadableTable, match="Do its points have latitude first"):
        load([feature(CODES["coldbrook"], "Coldbrook", polygon(*turned))])


# Shapes gone wrong.


def test_a_ring_left_open_is_closed_and_reported(county: Cast, load: Load) -> None:
    gap = feature(CODES["coldbrook"], "Coldbrook", polygon(*here("coldbrook")[:-1]))
    preview = load([*without("coldbrook"), gap])

    assert "Mended: Coldbrook (it was not closed)." in preview.lines()


def test_a_shape_that_crosses_itself_is_mended_and_reported(county: Cast, load: Load) -> None:
    a, b, c, d, _ = here("coldbrook")
    bow = feature(CODES["coldbrook"], "Coldbrook", polygon(a, c, b, d, a))
    preview = load([*without("coldbrook"), bow])

    assert "Mended: Coldbrook (it crossed itself)." in preview.lines()
    held = Boundary.objects.get(area=county.coldbrook, boundary_set__is_approximate=False)
    assert shape(held.geometry).is_valid
    assert shape(held.geometry).geom_type == "MultiPolygon"


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (None, "is no area: its geometry is None."),
        ({"type": "Point", "coordinates": [-1.3, 51.6]}, "is no area: its geometry is Point."),
        ({"type": "MultiPolygon"}, "has no coordinates."),
        ({"type": "MultiPolygon", "coordinates": []}, "has no coordinates."),
        ({"type": "Polygon"}, "has a part without coordinates."),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "has a part without coordinates."),
        ({"type": "Polygon", "coordinates": {"a": 1}}, "has a part without coordinates."),
        (polygon(), "has a ring of fewer than three points."),
        (polygon([-1.3, 51.6], [-1.2, 51.6]), "has a ring of fewer than three points."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], [-1.25, 51.6]), "encloses nothing."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], ["x", "y"]), "is not a pair of numbers."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], [1]), "is not a pair of numbers."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], None), "is not a pair of numbers."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], [float("nan"), 51]), "is not a number."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], [float("inf"), 51]), "is not a number."),
        (polygon([-1.3, 51.6], [-1.2, 51.6], [10**400, 51]), "is not a pair of numbers."),
    ],
)
def test_a_shape_beyond_mending_is_named_and_nothing_saved(
    load: Load, geometry: Any, sentence: str
) -> None:
    preview = load([*without("coldbrook"), feature(CODES["coldbrook"], "Coldbrook", geometry)])

    [problem] = preview.problems
    assert str(problem).startswith("Shape 5 (E04000002): it ")
    assert str(problem).endswith(sentence)
    assert real_boundaries() == 0


def test_a_damaged_shape_that_is_not_ours_is_no_matter(load: Load) -> None:
    damaged = [feature("E04009998", "Faraway", None), feature("E04009997", "Coldbrook", polygon())]
    assert not load([*shapes(), *damaged]).problems


def test_shapes_that_overlap_are_reported(load: Load) -> None:
    wide = feature(CODES["coldbrook"], "Coldbrook", square(0, 0, 2, 1))
    preview = load([*without("coldbrook"), wide])

    assert "Wychbourne and Coldbrook" in line(preview, "Shapes that overlap")


# Files that mean harm.


def whole(folder: Path, content: str | bytes) -> Preview:
    """Take in a file by its bare content."""
    file = folder / "x.geojson"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return importing.take_in_boundaries(file, on=DAY, by=ADA, today=DAY)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is not GeoJSON."),
        (b"code,name\nE04000001,Wychbourne\n", "This is not GeoJSON."),
        (b"PK\x03\x04....", "This is a zip file or a workbook. Unpack it"),
        (b'{"type": "FeatureCollection",\n "features": [\n', "line 3 breaks off."),
        (b'{"type": "FeatureCollection",\n "features": [\n{"a" 1}]}', "line 3 cannot be read."),
        (b'{"type": "FeatureCollection", "features": [1]}', "Shape 1 of this file is not a fea"),
        (b'{"type": "FeatureCollection", "features": []}', "There are no shapes in this file."),
        (b'{"type": "FeatureCollection", "features": null}', "There are no shapes"),
        (b'{"type": "Topology", "objects": {}}', "not a FeatureCollection but Topology."),
        (b"{}", "not a FeatureCollection but None."),
        (b'{"a": "\xff\xfe"}', "The letters of this file are not UTF-8."),
        (b'{"a": ' + b"9" * 5000 + b"}", "line 1 cannot be read."),
        (b'{"a": ' + b"[" * 100_000 + b"}", "nested far deeper"),
    ],
)
def test_what_is_no_geojson_is_refused_in_a_sentence(
    county: Cast, tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(UnreadableTable) as refused:
        whole(tmp_path, content)

    assert sentence in refused.value.sentence


def test_coordinates_nested_ten_thousand_deep_are_refused(county: Cast, tmp_path: Path) -> None:
    deep = "[" * 10_000 + "]" * 10_000
    geometry = '{"type": "Polygon", "coordinates": ' + deep + "}"
    one = f'{{"type": "Feature", "properties": {{"code": "E04000001"}}, "geometry": {geometry}}}'

    with pytest.raises(UnreadableTable, match="nested far deeper than any map"):
        whole(tmp_path, '{"type": "FeatureCollection", "features": [' + one + "]}")


def test_a_shape_of_a_million_points_is_refused(load: Load) -> None:
    angles = np.linspace(0, 2 * np.pi, 1_000_000)
    ring = np.column_stack((-1.27 + 0.01 * np.cos(angles), 51.61 + 0.01 * np.sin(angles)))
    huge = feature(CODES["coldbrook"], "Coldbrook", polygon(*ring.round(7).tolist()))

    [problem] = load([huge]).problems

    assert "it has 1,000,000 points; 250,000 can be read." in str(problem)


def test_many_large_shapes_are_refused_together(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waywarden.county.official.remapping.MOST_POINTS", 12)
    with pytest.raises(UnreadableTable, match="have more than 12 points"):
        load(shapes())


def test_a_file_of_too_many_points_is_refused_before_it_is_read(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geojson, "MOST_ARRAYS", 20)
    with pytest.raises(UnreadableTable, match="more than 20 points"):
        load(shapes())


def test_a_file_too_large_is_refused_before_it_is_opened(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geojson, "MOST_BYTES", 1_000)
    with pytest.raises(UnreadableTable, match="Take the generalised boundaries"):
        load(shapes())


def test_control_characters_in_a_name_reach_no_terminal(load: Load) -> None:
    sly = feature(CODES["coldbrook"], "\x1b[31mred", square(*SQUARES["coldbrook"]))
    preview = load([*without("coldbrook"), sly])

    assert not any("\x1b" in line for line in preview.lines())


scalars = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
geometries = anything | st.builds(
    lambda kind, written: {"type": kind, "coordinates": written},
    st.sampled_from(["Polygon", "MultiPolygon", "Point"]),
    anything | st.lists(st.lists(st.lists(st.floats(), max_size=3), max_size=6), max_size=2),
)


@settings(max_examples=150)
@given(geometry=geometries)
def test_whatever_is_drawn_is_a_valid_shape_or_explained(geometry: Any) -> None:
    try:
        made = geojson.drawn(geometry)
    except geojson.Flawed as flaw:
        assert str(flaw).endswith(".")
    else:
        assert shapely.is_valid(made.shape)
        assert made.shape.area > 0


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80) | st.text(alphabet='{}[]",:features1 \n').map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused_in_a_sentence(content: bytes) -> None:
    try:
        list(geojson.GeoJson(b'{"type": "FeatureCollection", ' + content).features())
    except UnreadableTable as refused:
        assert refused.sentence.endswith(".")


def test_a_blank_file_is_refused(county: Cast, tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable):
        importing.take_in_boundaries(
            text(tmp_path, "x.geojson", "  \n "), on=DAY, by=ADA, today=DAY
        )


def test_an_empty_installation_asks_for_a_county_first(db: None, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="waywarden load oxfordshire"):
        whole(tmp_path, "{}")
